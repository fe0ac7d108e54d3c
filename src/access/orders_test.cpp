// Goal: accounts and roles come about by two persons, on both databases, and the trail holds it
// all.

#include "access/lists.h"

#include "access/bureau_for_test.h"
#include "test/support/said.h"

namespace fenming::access::test {

FENMING_ON_BOTH(Orders);

TEST_P(Orders, TheHouseIsFoundedOnce) {
    Bureau bureau(GetParam());
    auto one = bureau.founding();
    one.founders.pop_back();
    EXPECT_TRUE(refused(bureau.door->with_passwords(one, {}), kTwoFounders));
    bureau.found();
    EXPECT_TRUE(refused(road::carry_out(bureau.road(), Bureau::console(), bureau.founding()),
                        kAccountsExist));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, bureau.founding()), kAccountsExist));
    EXPECT_TRUE(bureau.forged().empty());
    bureau.world.expect_trail_whole();
}

TEST_P(Orders, AnAccountTakesTwoPersons) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto office = bureau.office("c1", kCounty);
    const auto order = bureau.wanted("cora", office);
    const auto proposed = must(bureau.give(bureau.anna, order, {"k1"}));
    // The same request again gives the same answer, though its password was hashed anew.
    EXPECT_EQ(must(bureau.give(bureau.anna, bureau.wanted("cora", office), {"k1"})).accounts,
              proposed.accounts);
    EXPECT_TRUE(refused(bureau.give(bureau.anna, bureau.wanted("cora", office)), kLoginTaken));
    EXPECT_TRUE(
        refused(bureau.give(bureau.anna, ConfirmAccounts{proposed.requests}), kNotPermitted));
    EXPECT_TRUE(refused(bureau.give(bureau.bert, ConfirmAccounts{{RequestId{1}}}), kNotHere));
    EXPECT_TRUE(refused(bureau.give(bureau.bert, ConfirmAccounts{{}}), kHowMany));
    // Nobody signs in with an account that waits.
    EXPECT_TRUE(
        refused(bureau.door->sign_in({"cora", Bureau::word(kFirstPassword), "", "a", "web", ""}),
                kAccountNotActive));
    must(bureau.give(bureau.bert, ConfirmAccounts{proposed.requests}));
    EXPECT_TRUE(
        refused(bureau.give(bureau.bert, ConfirmAccounts{proposed.requests}), kDecidedAlready));

    const auto again = must(bureau.give(bureau.anna, bureau.wanted("dora", office)));
    must(bureau.give(bureau.bert, RefuseAccounts{again.requests}));
    EXPECT_TRUE(refused(bureau.give(bureau.bert, RefuseAccounts{again.requests}), kDecidedAlready));
    auto third = bureau.wanted("dora", office);  // the name is free again, the person known by name
    EXPECT_TRUE(refused(bureau.give(bureau.anna, third), kSameName));
    third.accounts[0].is_another_person = true;
    must(bureau.give(bureau.anna, third));
    bureau.world.expect_trail_whole();
}

TEST_P(Orders, OnePersonMayHaveTwoAccounts) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto office = bureau.office("c1", kCounty);
    const auto cora = bureau.account("cora", office);
    auto second = bureau.wanted("cora.2", office);
    second.accounts[0].staff = bureau.caller(cora).staff;
    second.accounts[0].name = "";
    second.accounts[0].office.reset();
    const auto proposed = must(bureau.give(bureau.anna, second));
    must(bureau.give(bureau.bert, ConfirmAccounts{proposed.requests}));
    EXPECT_EQ(bureau.caller(proposed.accounts[0]).staff, bureau.caller(cora).staff);
    // Roles exclude one another across the person's accounts (S7).
    bureau.grant(cora, "county", kCounty);
    EXPECT_TRUE(
        refused(bureau.give(bureau.bert, Bureau::role(proposed.accounts[0], "admin-log", kCity)),
                kRolesExclude));
    auto nobody = bureau.wanted("x1", office);
    nobody.accounts[0].staff = StaffId{77};
    EXPECT_TRUE(refused(bureau.give(bureau.anna, nobody), kNotHere));
    // An administrator gets no second account by his own hand.
    auto own = second;
    own.accounts[0].login = "anna.2";
    own.accounts[0].staff = bureau.caller(bureau.anna).staff;
    EXPECT_TRUE(refused(bureau.give(bureau.anna, own), kNotToHimself));
}

TEST_P(Orders, OfficesHaveTheirCodes) {
    Bureau bureau(GetParam());
    bureau.found();
    bureau.office("c1", kCounty);
    const AddOffices again{{{"c1", "局", "", OfficeKind::leaders, kCity}}};
    const AddOffices odd{{{"ü", "局", "", OfficeKind::leaders, kCity}}};
    const AddOffices nameless{{{"c9", "", "", OfficeKind::leaders, kCity}}};
    EXPECT_TRUE(refused(bureau.give(bureau.anna, again), kOfficeCodeTaken));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, odd), kOfficeCodeShape));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, nameless), kNameNeeded));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, AddOffices{{{"c8", "局", "", OfficeKind::leaders,
                                                              Area{440100000000}}}}),
                        kNotHere));  // not in the founders' city
}

TEST_P(Orders, ARoleTakesTwoPersonsAndEnds) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto office = bureau.office("c1", kCounty);
    const auto cora = bureau.account("cora", office);
    const auto signed_in =
        must(bureau.door->sign_in({"cora", Bureau::word(kOwnPassword), "", "a", "web", ""}));
    const auto proposed = must(bureau.give(bureau.bert, Bureau::role(cora, "county", kCounty)));
    EXPECT_TRUE(
        refused(bureau.give(bureau.bert, Bureau::role(cora, "county", kTown)), kGrantedAlready));
    EXPECT_TRUE(refused(bureau.give(bureau.bert, Bureau::role(bureau.bert, "admin-log", kCity)),
                        kNotToHimself));
    EXPECT_TRUE(refused(bureau.give(bureau.bert, ProposeGrants{}), kHowMany));
    EXPECT_TRUE(refused(bureau.give(bureau.bert, Bureau::role({99}, "county", kCounty)), kNotHere));
    must(bureau.give(bureau.anna, ConfirmGrants{proposed.grants}));
    // The session began before the role (S18).
    EXPECT_TRUE(refused(bureau.door->caller_of(signed_in.token.reveal()), kNotSignedIn));

    auto tx = bureau.world.database().begin_read();
    const auto held = must(held_by(*tx, *bureau.world.keys, cora, bureau.world.clock.today()));
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held[0].role, "county");
    tx.reset();

    must(bureau.give(bureau.bert, EndGrants{proposed.grants}));
    EXPECT_TRUE(refused(bureau.give(bureau.bert, EndGrants{proposed.grants}), kDecidedAlready));
    const auto other = must(bureau.give(bureau.bert, Bureau::role(cora, "town", kTown)));
    must(bureau.give(bureau.anna, RefuseGrants{other.grants}));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, ConfirmGrants{other.grants}), kDecidedAlready));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, ConfirmGrants{{GrantId{5}}}), kNotHere));
    bureau.world.expect_trail_whole();
}

TEST_P(Orders, AResetTakesTwoPersonsAndUnlocks) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto cora = bureau.account("cora", bureau.office("c1", kCounty));
    // A factor that is lost with the telephone.
    const auto enrolled = must(bureau.door->enrol_totp(bureau.caller(cora)));
    EXPECT_NE(enrolled.uri.reveal().find("otpauth://totp/"), std::string::npos);
    must(bureau.give(bureau.anna, StopAccount{cora, Stop::lock}));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, StopAccount{cora, Stop::lock}), kAccountState));
    EXPECT_TRUE(
        refused(bureau.door->sign_in({"cora", Bureau::word(kOwnPassword), "", "a", "web", ""}),
                kAccountNotActive));

    const auto order =
        must(bureau.door->with_password({cora, true, {}}, Bureau::word("Drittes-Wort-3")));
    const auto proposed = must(bureau.give(bureau.anna, order));
    EXPECT_TRUE(refused(bureau.give(bureau.bert, ConfirmReset{RequestId{5}}), kNotHere));
    must(bureau.give(bureau.bert, ConfirmReset{proposed.requests[0]}));
    EXPECT_TRUE(
        refused(bureau.give(bureau.bert, ConfirmReset{proposed.requests[0]}), kDecidedAlready));
    const auto again =
        must(bureau.door->sign_in({"cora", Bureau::word("Drittes-Wort-3"), "", "a", "web", ""}));
    auto tx = bureau.world.database().begin_read();
    const auto shown = must(me(*tx, *bureau.world.keys, again.caller, bureau.world.clock.today()));
    EXPECT_TRUE(shown.must_change);
    EXPECT_FALSE(shown.has_second_factor);
    tx.reset();

    const auto own =
        must(bureau.door->with_password({bureau.anna, false, {}}, Bureau::word(kFirstPassword)));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, own), kNotToHimself));
    const auto second = must(bureau.give(
        bureau.anna,
        must(bureau.door->with_password({cora, false, {}}, Bureau::word(kFirstPassword)))));
    must(bureau.give(bureau.bert, RefuseReset{second.requests[0]}));
    EXPECT_TRUE(
        refused(bureau.give(bureau.bert, RefuseReset{second.requests[0]}), kDecidedAlready));
    EXPECT_TRUE(
        refused(bureau.give(bureau.anna, must(bureau.door->with_password(
                                             {{4}, false, {}}, Bureau::word(kFirstPassword)))),
                kNotHere));
    bureau.world.expect_trail_whole();
}

TEST_P(Orders, AClosedAccountLosesItsRolesAndSessions) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto cora = bureau.account("cora", bureau.office("c1", kCounty));
    bureau.grant(cora, "county", kCounty);
    must(bureau.door->sign_in({"cora", Bureau::word(kOwnPassword), "", "a", "web", ""}));
    EXPECT_EQ(must(bureau.give(bureau.bert, EndSessions{cora})).sessions_ended, 1);
    must(bureau.door->sign_in({"cora", Bureau::word(kOwnPassword), "", "a", "web", ""}));
    EXPECT_EQ(must(bureau.give(bureau.anna, StopAccount{cora, Stop::close})).sessions_ended, 1);
    auto tx = bureau.world.database().begin_read();
    EXPECT_TRUE(must(held_by(*tx, *bureau.world.keys, cora, bureau.world.clock.today())).empty());
    tx.reset();
    EXPECT_TRUE(
        refused(bureau.give(bureau.bert, Bureau::role(cora, "town", kTown)), kNotYetConfirmed));
    EXPECT_TRUE(refused(bureau.give(bureau.anna, EndSessions{AccountId{9}}), kNotHere));
    bureau.world.expect_trail_whole();
}

TEST_P(Orders, ListsShowWhatTheScopeHolds) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto here = bureau.office("c1", kCounty);
    const auto there = bureau.office("c2", kOtherCounty);
    const auto cora = bureau.account("cora", here);
    bureau.account("dora", there);
    bureau.grant(cora, "county", kCounty);
    auto tx = bureau.world.database().begin_read();
    const auto county = fenming::test::EverythingAllowed::only(kCounty);
    const auto whole = fenming::test::everything();
    EXPECT_EQ(offices(*tx, whole, {}, 50).size(), 3U);
    EXPECT_EQ(offices(*tx, county, {}, 50).size(), 1U);
    ASSERT_EQ(accounts(*tx, county, {}, 50).size(), 1U);
    EXPECT_EQ(accounts(*tx, county, {}, 50)[0].name, "某cora");
    EXPECT_EQ(accounts(*tx, whole, {}, 50).size(), 4U);
    EXPECT_EQ(accounts(*tx, whole, {}, 2).size(), 2U);
    EXPECT_EQ(accounts(*tx, whole, accounts(*tx, whole, {}, 2)[1].id, 50).size(), 2U);
    EXPECT_EQ(grants(*tx, county, "", {}, {}, 50).size(), 1U);
    EXPECT_EQ(grants(*tx, whole, "confirmed", {}, {}, 50).size(), 3U);
    EXPECT_EQ(grants(*tx, whole, "", cora, {}, 50).size(), 1U);
    EXPECT_EQ(grants(*tx, whole, "ended", {}, {}, 50).size(), 0U);
    EXPECT_EQ(requests(*tx, whole, "confirmed", {}, 50).size(), 2U);
    EXPECT_EQ(requests(*tx, county, "", {}, 50).size(), 1U);
}

TEST_P(Orders, InvariantsNameWhatAnInsiderWrote) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto cora = bureau.account("cora", bureau.office("c1", kCounty));
    const auto granted = bureau.grant(cora, "county", kCounty);
    const auto broken = [&](std::string_view name) {
        std::vector<std::string> keys;
        std::int64_t counted = 0;
        auto tx = bureau.world.database().begin_read();
        for (const auto& each : invariants()) {
            if (each.name != name) continue;
            tx->query(*each.broken, {store::Value::of(0)}, store::Fetch::whole,
                      [&](store::Cursor& c) {
                          keys.emplace_back(c.text(1));
                          fenming::test::expect_said(c.text(2));
                      });
            tx->query(*each.counted, {}, store::Fetch::whole,
                      [&](store::Cursor& c) { counted = c.integer(0); });
        }
        EXPECT_EQ(counted, 3);
        return keys;
    };
    EXPECT_TRUE(broken("roles_exclude").empty());
    EXPECT_TRUE(broken("two_persons").empty());
    const auto id = std::to_string(granted.number);
    bureau.world.behind_the_back(
        "UPDATE role_grant SET confirmed_by_staff = proposed_by_staff WHERE id = " + id);
    EXPECT_EQ(broken("two_persons"), std::vector<std::string>{id});
    bureau.world.behind_the_back("UPDATE role_grant SET account_id = " +
                                 std::to_string(bureau.anna.number) + " WHERE id = " + id);
    EXPECT_EQ(broken("roles_exclude").size(), 2U);
}

}  // namespace fenming::access::test
