// Goal: who shows the secrets gets in, nobody else, and neither words nor locks tell more than they
// must (S8, S18).

#include "access/sign_in.h"

#include "access/bureau_for_test.h"

namespace fenming::access::test {

FENMING_ON_BOTH(SignIns);

Credentials with(const std::string& login, const std::string& password,
                 const std::string& code = "", const std::string& source = "10.0.0.1") {
    return {login, Secret<std::string>(password), code, source, "web", ""};
}

/// The secret in an otpauth URI: base32 without padding.
Bytes secret_of(const std::string& uri) {
    const auto from = uri.find("secret=") + 7;
    Bytes out;
    std::uint32_t bits = 0;
    int held = 0;
    for (std::size_t i = from; i < uri.size() && uri[i] != '&'; ++i) {
        const char c = uri[i];
        const auto value = static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
        bits = (bits << 5U) | value;
        held += 5;
        if (held < 8) continue;
        held -= 8;
        out.push_back(static_cast<std::uint8_t>(bits >> static_cast<unsigned>(held)));
    }
    return out;
}

/// Enrols one-time codes for the account and gives the secret.
Bytes enrol(Bureau& bureau, AccountId account) {
    const auto enrolled = must(bureau.door->enrol_totp(bureau.caller(account)));
    const auto secret = secret_of(enrolled.uri.reveal());
    must(bureau.give(account,
                     ConfirmTotp{enrolled.authenticator,
                                 crypto::totp_code(secret, crypto::totp_step(bureau.now()))}));
    bureau.world.clock.advance_ms(30'000);
    return secret;
}
std::string code_now(Bureau& bureau, const Bytes& secret) {
    return crypto::totp_code(secret, crypto::totp_step(bureau.now()));
}

TEST_P(SignIns, SessionsBeginGoOnAndEnd) {
    Bureau bureau(GetParam());
    bureau.found();
    auto& clock = bureau.world.clock;
    const auto in = must(bureau.door->sign_in(with(" ANNA ", kOwnPassword)));
    EXPECT_EQ(in.token.reveal().size(), 64U);
    EXPECT_EQ(in.caller.account, bureau.anna);
    EXPECT_EQ(in.caller.stepped_up.ms, 0);
    const auto caller = must(bureau.door->caller_of(in.token.reveal()));
    EXPECT_EQ(caller.account, bureau.anna);
    EXPECT_EQ(caller.channel, "web");
    EXPECT_TRUE(refused(bureau.door->caller_of("no such token"), kNotSignedIn));

    clock.advance_ms(29 * kMinute_ms);  // each use prolongs it
    must(bureau.door->caller_of(in.token.reveal()));
    clock.advance_ms(29 * kMinute_ms);
    must(bureau.door->caller_of(in.token.reveal()));
    clock.advance_ms(30 * kMinute_ms);  // idle
    EXPECT_TRUE(refused(bureau.door->caller_of(in.token.reveal()), kNotSignedIn));

    const auto next = must(bureau.door->sign_in(with("anna", kOwnPassword)));
    must(bureau.door->sign_out(next.token.reveal()));
    EXPECT_TRUE(refused(bureau.door->sign_out(next.token.reveal()), kNotSignedIn));

    const auto last = must(bureau.door->sign_in(with("anna", kOwnPassword)));
    for (int i = 0; i < 36; ++i) {  // never idle, and yet twelve hours are the end
        EXPECT_TRUE(bureau.door->caller_of(last.token.reveal()).has_value()) << i;
        clock.advance_ms(20 * kMinute_ms);
    }
    EXPECT_TRUE(refused(bureau.door->caller_of(last.token.reveal()), kNotSignedIn));
    must(bureau.door->sign_in(with("anna", kOwnPassword)));  // sweeps out what is over
    auto tx = bureau.world.database().begin_read();
    EXPECT_EQ(tx->all<SessionRow>(sql::every_session).size(), 1U);
    tx.reset();
    bureau.world.expect_trail_whole();
}

TEST_P(SignIns, AWrongPasswordAndAnUnknownNameAreToldAlike) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto wrong = bureau.door->sign_in(with("anna", "Falsches-Wort-9"));
    const auto unknown = bureau.door->sign_in(with("nobody", "Falsches-Wort-9"));
    ASSERT_TRUE(refused(wrong, kSignInFailed));
    ASSERT_TRUE(refused(unknown, kSignInFailed));
    EXPECT_EQ(say(wrong.error(), Language::zh_cn).says, say(unknown.error(), Language::zh_cn).says);
    EXPECT_TRUE(refused(bureau.door->sign_in(with("安娜", kOwnPassword)), kSignInFailed));
    EXPECT_TRUE(refused(bureau.door->sign_in(with("", "")), kSignInFailed));
}

TEST_P(SignIns, TriesAreCountedByNameAndSourceForATime) {
    Bureau bureau(GetParam());
    bureau.found();
    auto& clock = bureau.world.clock;
    for (const std::string login : {"anna", "nobody"}) {
        for (int i = 0; i < 5; ++i)
            EXPECT_TRUE(
                refused(bureau.door->sign_in(with(login, "Falsch-9-Falsch")), kSignInFailed))
                << i;
        EXPECT_TRUE(refused(bureau.door->sign_in(with(login, kOwnPassword)), kLockedOut)) << login;
    }
    // Only there: a stranger cannot lock her out elsewhere (S18).
    must(bureau.door->sign_in(with("anna", kOwnPassword, "", "10.0.0.2")));
    clock.advance_ms(14 * kMinute_ms);
    EXPECT_TRUE(refused(bureau.door->sign_in(with("anna", kOwnPassword)), kLockedOut));
    clock.advance_ms(kMinute_ms);  // trying on did not make it longer
    must(bureau.door->sign_in(with("anna", kOwnPassword)));
    for (int i = 0; i < 4; ++i) (void)bureau.door->sign_in(with("anna", "Falsch-9-Falsch"));
    must(bureau.door->sign_in(with("anna", kOwnPassword)));  // success begins the count anew
    EXPECT_TRUE(refused(bureau.door->sign_in(with("anna", "Falsch-9-Falsch")), kSignInFailed));
    clock.advance_ms(25 * kHour_ms);
    must(bureau.door->sign_in(with("anna", kOwnPassword)));
}

TEST_P(SignIns, ASourceThatTriesManyNamesIsLockedToo) {
    auto settings = plain();
    settings.source_tries = 6;
    Bureau bureau(GetParam(), settings);
    bureau.found();
    for (int i = 0; i < 7; ++i)
        EXPECT_TRUE(
            refused(bureau.door->sign_in(with("name" + std::to_string(i), "Falsch-9-Falsch")),
                    kSignInFailed))
            << i;
    EXPECT_TRUE(refused(bureau.door->sign_in(with("anna", kOwnPassword)), kLockedOut));
    must(bureau.door->sign_in(with("anna", kOwnPassword, "", "10.0.0.2")));
}

TEST_P(SignIns, OneTimeCodesServeOnce) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto secret = enrol(bureau, bureau.anna);
    EXPECT_TRUE(refused(bureau.door->sign_in(with("anna", kOwnPassword)), kSecondFactorNeeded));
    EXPECT_TRUE(
        refused(bureau.door->sign_in(with("anna", kOwnPassword, "000000")), kSecondFactorWrong));
    const auto code = code_now(bureau, secret);
    const auto in = must(bureau.door->sign_in(with("anna", kOwnPassword, code)));
    EXPECT_EQ(in.caller.stepped_up, bureau.now());
    EXPECT_TRUE(
        refused(bureau.door->sign_in(with("anna", kOwnPassword, code)), kSecondFactorWrong));
    // Asking for the code is no try at it, and does not forgive one either.
    bureau.world.clock.advance_ms(kHour_ms);
    for (int i = 0; i < 12; ++i)
        EXPECT_TRUE(refused(bureau.door->sign_in(with("anna", kOwnPassword)), kSecondFactorNeeded))
            << i;
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(
            refused(bureau.door->sign_in(with("anna", kOwnPassword, "000000")), kSecondFactorWrong))
            << i;
        if (i == 4) break;
        EXPECT_TRUE(refused(bureau.door->sign_in(with("anna", kOwnPassword)), kSecondFactorNeeded))
            << i;
    }
    EXPECT_TRUE(refused(bureau.door->sign_in(with("anna", kOwnPassword)), kLockedOut));
}

TEST_P(SignIns, ASecondFactorIsReplacedOnlyByWhoHasIt) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto first =
        must(bureau.door->enrol_totp(bureau.caller(bureau.anna)));  // never confirmed
    enrol(bureau, bureau.anna);
    EXPECT_TRUE(refused(bureau.give(bureau.anna, ConfirmTotp{first.authenticator, "123456"}),
                        kDecidedAlready));
    auto caller = bureau.caller(bureau.anna);
    caller.stepped_up = {bureau.now().ms - 6 * kMinute_ms};
    EXPECT_TRUE(refused(bureau.door->enrol_totp(caller), kStepUpNeeded));
    const auto fresh = must(bureau.door->enrol_totp(bureau.caller(bureau.anna), {"key"}));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, ConfirmTotp{fresh.authenticator, "000000"}),
                        kSecondFactorWrong));
    // The same request again shows no secret: that was shown once.
    const auto repeated = must(bureau.door->enrol_totp(bureau.caller(bureau.anna), {"key"}));
    EXPECT_EQ(repeated.authenticator, fresh.authenticator);
    EXPECT_TRUE(repeated.uri.reveal().empty());
    must(bureau.give(bureau.anna, ConfirmTotp{fresh.authenticator,
                                              code_now(bureau, secret_of(fresh.uri.reveal()))}));
    // Somebody else's is not there at all.
    EXPECT_TRUE(
        refused(bureau.give(bureau.bert, ConfirmTotp{fresh.authenticator, "000000"}), kNotHere));
    EXPECT_TRUE(
        refused(bureau.give(bureau.bert, ConfirmTotp{AuthenticatorId{8}, "000000"}), kNotHere));
    bureau.world.expect_trail_whole();
}

TEST_P(SignIns, SteppingUpRotatesTheToken) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto in = must(bureau.door->sign_in(with("bert", kOwnPassword)));
    EXPECT_TRUE(refused(
        bureau.door->step_up(in.token.reveal(), Bureau::word("Falsch-9-Falsch"), "", "s", {}),
        kPasswordWrong));
    const auto up =
        must(bureau.door->step_up(in.token.reveal(), Bureau::word(kOwnPassword), "", "s", {}));
    EXPECT_NE(up.token.reveal(), in.token.reveal());
    EXPECT_TRUE(refused(bureau.door->caller_of(in.token.reveal()), kNotSignedIn));
    EXPECT_EQ(must(bureau.door->caller_of(up.token.reveal())).stepped_up, bureau.now());
    EXPECT_EQ(up.expires, in.expires);
    EXPECT_FALSE(must(bureau.door->caller_of(up.token.reveal())).stepped_for.has_value());
    EXPECT_FALSE(must(bureau.door->caller_of(up.token.reveal())).for_any_order);

    const auto secret = enrol(bureau, bureau.bert);
    EXPECT_TRUE(
        refused(bureau.door->step_up(up.token.reveal(), Bureau::word(kOwnPassword), "", "s", {}),
                kSecondFactorNeeded));
    EXPECT_TRUE(refused(bureau.door->step_up(up.token.reveal(), {}, "000000", "s", {}),
                        kSecondFactorWrong));
    must(bureau.door->step_up(up.token.reveal(), {}, code_now(bureau, secret), "s", {}));
    for (int i = 0; i < 6; ++i)
        (void)bureau.door->step_up(up.token.reveal(), {}, "000000", "s", {});
    const auto last = must(bureau.door->sign_in(with("bert", kOwnPassword, [&] {
        bureau.world.clock.advance_ms(30'000);
        return code_now(bureau, secret);
    }())));
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(refused(bureau.door->step_up(last.token.reveal(), {}, "000000", "s", {}),
                            kSecondFactorWrong))
            << i;
    EXPECT_TRUE(
        refused(bureau.door->step_up(last.token.reveal(), {}, code_now(bureau, secret), "s", {}),
                kLockedOut));
}

TEST_P(SignIns, WhereASecondFactorIsRequiredOnlyOnesOwnAccountIsOpenWithoutIt) {
    Bureau bureau(GetParam(), strict());
    bureau.found();
    const auto in = must(bureau.door->sign_in(with("anna", kOwnPassword)));
    EXPECT_TRUE(
        refused(bureau.door->step_up(in.token.reveal(), Bureau::word(kOwnPassword), "", "s", {}),
                kSecondFactorMissing));
    EXPECT_TRUE(refused(
        bureau.give(bureau.anna, AddOffices{{{"c1", "局", "", OfficeKind::leaders, kCity}}}),
        kSecondFactorMissing));
    enrol(bureau, bureau.anna);
    bureau.office("c1", kCounty);
}

TEST_P(SignIns, APasswordIsChangedByWhoKnowsIt) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto in = must(bureau.door->sign_in(with("anna", kOwnPassword)));
    const auto change = [&](const std::string& from, const std::string& to) {
        return bureau.door->change_password(in.caller, Bureau::word(from), Bureau::word(to), "s");
    };
    EXPECT_TRUE(refused(change("Falsch-9-Falsch", "Viertes-Wort-4"), kPasswordWrong));
    EXPECT_TRUE(refused(change(kOwnPassword, kOwnPassword), kPasswordUnchanged));
    EXPECT_TRUE(refused(change(kOwnPassword, "kurz"), kPasswordWeak));
    EXPECT_EQ(must(change(kOwnPassword, "Viertes-Wort-4")).sessions_ended, 1);
    EXPECT_TRUE(refused(bureau.door->caller_of(in.token.reveal()), kNotSignedIn));
    EXPECT_TRUE(refused(bureau.door->sign_in(with("anna", kOwnPassword)), kSignInFailed));
    must(bureau.door->sign_in(with("anna", "Viertes-Wort-4")));
    // A proof that another change overtook is worth nothing.
    ChangePassword stale{bureau.anna, Bytes{1, 2, 3},
                         must(new_password(*bureau.world.keys, plain(), bureau.anna, "anna",
                                           Bureau::word(kFirstPassword)))};
    EXPECT_TRUE(refused(bureau.give(bureau.anna, stale), kPasswordWrong));
    stale.account = bureau.bert;
    EXPECT_TRUE(refused(bureau.give(bureau.anna, stale), kNotHere));
}

TEST_P(SignIns, AnOldHashIsRenewedWithoutAWord) {
    Bureau bureau(GetParam());
    bureau.found();
    auto dearer = plain();
    dearer.cost = {16, 1};
    Door door(bureau.road(), dearer);
    must(door.sign_in(with("anna", kOwnPassword)));
    auto tx = bureau.world.database().begin_read();
    const auto row = tx->one<AccountRow>(sql::account_of_caller, bureau.anna);
    EXPECT_EQ(std::string(text_of(row->password)).find("$16$1$") != std::string::npos, true);
    tx.reset();
    must(door.sign_in(with("anna", kOwnPassword)));
    bureau.world.expect_trail_whole();
}

TEST_P(SignIns, StandInTheTrailAndRefusedOnesInTheLog) {
    Bureau bureau(GetParam());
    bureau.found();
    must(bureau.door->sign_in(with("anna", kOwnPassword)));
    (void)bureau.door->sign_in(with("anna", "Falsch-9-Falsch"));
    bureau.road().flush_refusals();
    const store::StmtInfo links{
        "access.test_links",
        "SELECT COUNT(*) FROM trail WHERE order_type = 'access.sign_in' AND pen = 0",
        "SELECT COUNT(*) FROM trail WHERE order_type = 'access.sign_in' AND pen = 0",
        "",
        0,
        "",
        ""};
    const store::StmtInfo refusals{"access.test_refusals",
                                   "SELECT COUNT(*) FROM refused_order WHERE order_type = "
                                   "'access.sign_in' AND code = 'access.sign_in_failed'",
                                   "SELECT COUNT(*) FROM refused_order WHERE order_type = "
                                   "'access.sign_in' AND code = 'access.sign_in_failed'",
                                   "",
                                   0,
                                   "",
                                   ""};
    auto tx = bureau.world.database().begin_read();
    for (const auto* each : {&links, &refusals})
        tx->query(*each, {}, store::Fetch::whole,
                  [&](store::Cursor& c) { EXPECT_EQ(c.integer(0), 1); });
}

}  // namespace fenming::access::test
