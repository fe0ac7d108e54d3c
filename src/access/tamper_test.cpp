// Goal: whoever writes into the tables with a database client gains nothing and is named (S8).
// Method: each thing an insider would try, by SQL beside the program.

#include "access/bureau_for_test.h"

namespace fenming::access::test {

FENMING_ON_BOTH(Tampering);

std::string id_of(AccountId id) {
    return std::to_string(id.number);
}

/// What verify_macs names, as "table key".
std::vector<std::string> named(Bureau& bureau) {
    std::vector<std::string> out;
    for (const auto& each : bureau.forged()) {
        EXPECT_FALSE(words(each.why, Language::zh_cn).empty());
        out.push_back(each.table + " " + each.key);
    }
    return out;
}
Credentials anna_with(const std::string& password) {
    return {"anna", Secret<std::string>(password), "", "s", "web", ""};
}
Result<Scope> ask(Bureau& bureau, AccountId account, std::string_view permission) {
    auto tx = bureau.world.database().begin_read();
    return bureau.access.may_order(*tx, *bureau.world.keys, bureau.caller(account),
                                   {"access.test", permission}, {}, kCity, bureau.now());
}

TEST_P(Tampering, AMintedSessionOpensNothing) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto in = must(bureau.door->sign_in(anna_with(kOwnPassword)));
    // Bert's session under a token of his own making, and anna's turned over to bert.
    const std::string zeros(64, '0');
    const std::string blob =
        std::string(GetParam()) == "sqlite" ? "x'" + zeros + "'" : "'\\x" + zeros + "'";
    bureau.world.behind_the_back(
        "INSERT INTO session (token_mac, account_id, channel, created_ms, last_seen_ms, "
        "expires_ms, stepped_up_ms, stepped_for, mac) "
        "SELECT " +
        blob +
        ", account_id, channel, created_ms, last_seen_ms, expires_ms, stepped_up_ms, "
        "stepped_for, mac FROM session");
    EXPECT_EQ(named(bureau), std::vector<std::string>{"session 0000000000000000"});
    bureau.world.behind_the_back("DELETE FROM session WHERE token_mac = " + blob);
    EXPECT_TRUE(named(bureau).empty());
    for (const std::string& change :
         {"account_id = " + id_of(bureau.bert), std::string("stepped_up_ms = 1795482000000"),
          std::string("expires_ms = expires_ms + 1"), "stepped_for = " + blob}) {
        bureau.world.behind_the_back("UPDATE session SET " + change);
        EXPECT_TRUE(refused(bureau.door->caller_of(in.token.reveal()), kRowForged)) << change;
    }
    EXPECT_EQ(named(bureau).size(), 1U);
}

TEST_P(Tampering, ASwappedPasswordOpensNothing) {
    Bureau bureau(GetParam());
    bureau.found();
    bureau.world.behind_the_back(
        "UPDATE account SET password = (SELECT b.password FROM account b WHERE b.id = " +
        id_of(bureau.bert) + ") WHERE id = " + id_of(bureau.anna));
    const auto said = bureau.door->sign_in(anna_with(kOwnPassword));
    ASSERT_TRUE(refused(said, kRowForged));
    EXPECT_NE(say(said.error(), Language::zh_cn).says.find("account"), std::string::npos);
    EXPECT_TRUE(refused(ask(bureau, bureau.anna, "access.read"), kRowForged));
    EXPECT_TRUE(
        refused(bureau.door->change_password(bureau.caller(bureau.anna), Bureau::word(kOwnPassword),
                                             Bureau::word("Viertes-Wort-4"), "s"),
                kPasswordWrong));
    EXPECT_EQ(named(bureau), std::vector<std::string>{"account " + id_of(bureau.anna)});
}

TEST_P(Tampering, AnAccountThatWasChangedIsRefused) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto in = must(bureau.door->sign_in(anna_with(kOwnPassword)));
    must(bureau.give(bureau.bert, StopAccount{bureau.anna, Stop::lock}));
    bureau.world.behind_the_back("UPDATE account SET state = 'active' WHERE id = " +
                                 id_of(bureau.anna));
    EXPECT_TRUE(refused(bureau.door->sign_in(anna_with(kOwnPassword)), kRowForged));
    EXPECT_TRUE(refused(bureau.door->caller_of(in.token.reveal()), kNotSignedIn));
    bureau.world.behind_the_back("UPDATE account SET mac = row_salt WHERE id = " +
                                 id_of(bureau.bert));
    EXPECT_TRUE(refused(ask(bureau, bureau.bert, "access.read"), kRowForged));
    EXPECT_EQ(named(bureau).size(), 2U);
}

TEST_P(Tampering, AChangedRoleIsRefused) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto cora = bureau.account("cora", bureau.office("c1", kCity));
    const auto granted = bureau.grant(cora, "audit", kCity);
    const auto id = std::to_string(granted.number);
    ASSERT_TRUE(ask(bureau, cora, "trail.read").has_value());
    for (const std::string change :
         {"role = 'approve'", "area = 0", "valid_from = '2020-01-01'", "confirmed_by_staff = 7"}) {
        bureau.world.behind_the_back("UPDATE role_grant SET " + change + " WHERE id = " + id);
        const auto said = ask(bureau, cora, "trail.read");
        ASSERT_TRUE(refused(said, kRowForged)) << change;
        EXPECT_EQ(std::get<std::string>(said.error().values().at(0).value), "role_grant");
    }
    EXPECT_EQ(named(bureau), std::vector<std::string>{"role_grant " + id});
    // One put in whole does no better; nobody is granted anything upon it.
    bureau.world.behind_the_back(
        "INSERT INTO role_grant (id, account_id, role, area, county, valid_from, valid_to, state, "
        "proposed_by_staff, "
        "confirmed_by_staff, founding, decided_ms, order_id, mac) SELECT 5, " +
        id_of(bureau.bert) +
        ", 'approve', area, county, valid_from, valid_to, state, proposed_by_staff, "
        "confirmed_by_staff, founding, "
        "decided_ms, order_id, mac FROM role_grant WHERE id = " +
        id);
    EXPECT_TRUE(refused(ask(bureau, bureau.bert, "access.read"), kRowForged));
}

TEST_P(Tampering, ARequestOrFactorThatWasChangedIsRefused) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto proposed =
        must(bureau.give(bureau.anna, bureau.wanted("cora", bureau.office("c1", kCity))));
    const auto id = std::to_string(proposed.requests[0].number);
    bureau.world.behind_the_back("UPDATE account_request SET proposed_by_staff = 7 WHERE id = " +
                                 id);
    EXPECT_TRUE(refused(bureau.give(bureau.bert, ConfirmAccounts{proposed.requests}), kRowForged));

    const auto enrolled = must(bureau.door->enrol_totp(bureau.caller(bureau.anna)));
    const auto factor = std::to_string(enrolled.authenticator.number);
    bureau.world.behind_the_back("UPDATE authenticator SET state = 'active' WHERE id = " + factor);
    auto credentials = anna_with(kOwnPassword);
    credentials.code = "123456";
    EXPECT_TRUE(refused(bureau.door->sign_in(credentials), kRowForged));
    EXPECT_EQ(named(bureau),
              (std::vector<std::string>{"authenticator " + factor, "account_request " + id}));
}

TEST_P(Tampering, RolesThatExcludeOneAnotherStopThePerson) {
    // Both MACs are true: the program itself wrote them, in an order from before the rule, say.
    Bureau bureau(GetParam());
    bureau.found();
    const auto cora = bureau.account("cora", bureau.office("c1", kCity));
    bureau.grant(cora, "audit", kCity);
    auto tx = bureau.world.database().begin_write();
    auto row = tx->all<GrantRow>(sql::live_grants_of_account, cora).at(0);
    row.id = {5};
    row.role = "admin-log";
    seal(*bureau.world.keys, row);
    tx->run_each(sql::put_grant, std::vector<GrantRow>{row});
    tx->commit();
    EXPECT_TRUE(named(bureau).empty());
    EXPECT_TRUE(refused(ask(bureau, cora, "trail.read"), kRolesExclude));
}

}  // namespace fenming::access::test
