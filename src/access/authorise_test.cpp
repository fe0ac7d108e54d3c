// Goal: the road lets through who holds the permission where the object lies, and nobody else.
// Method: a stand-in order type with each permission, on both databases.

#include <algorithm>
#include <map>

#include "access/bureau_for_test.h"

namespace fenming::access::test {

FENMING_ON_BOTH(Authorising);

/// Asks for a permission in an area, as an order of that type would.
Result<Scope> ask(Bureau& bureau, const road::Caller& caller, std::string_view permission,
                  Area area, bool step_up = false) {
    const road::OrderType type{"access.test", permission, step_up};
    auto tx = bureau.world.database().begin_read();
    return bureau.access.may_order(*tx, *bureau.world.keys, caller, type, {}, area, bureau.now());
}
Result<Scope> look(Bureau& bureau, const road::Caller& caller, std::string_view permission,
                   Area area) {
    auto tx = bureau.world.database().begin_read();
    return bureau.access.may_read(*tx, *bureau.world.keys, caller, permission, area, bureau.now());
}

TEST_P(Authorising, EveryRoleMayWhatItsTableSaysAndOnlyInItsArea) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto office = bureau.office("c1", kCounty);
    for (const auto& role : roles()) {
        const auto area = role.widest >= AreaLevel::town ? kTown : kCounty;
        const auto account = bureau.account("x." + std::string(role.name), office);
        bureau.grant(account, std::string(role.name), area);
        const auto caller = bureau.caller(account);
        for (const auto& permission : permissions()) {
            if (permission.name == kSelf) continue;
            const bool has = role_has(role, permission.name);
            EXPECT_EQ(verdict_of(ask(bureau, caller, permission.name, area)),
                      has ? "ok" : "access.not_permitted")
                << role.name << " " << permission.name;
            EXPECT_EQ(verdict_of(ask(bureau, caller, permission.name, kOtherCounty)),
                      has ? "access.not_here" : "access.not_permitted")
                << role.name << " " << permission.name;
        }
        EXPECT_TRUE(ask(bureau, caller, kSelf, kCounty).has_value());
        EXPECT_TRUE(refused(ask(bureau, caller, "no.such_permission", area), kNotPermitted));
    }
}

TEST_P(Authorising, AnOrderSeesTheGrantedAreaAndAReadTheAreaAskedFor) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto cora = bureau.account("cora", bureau.office("c1", kCounty));
    bureau.grant(cora, "county", kCounty);
    bureau.grant(cora, "town", {430412001000});
    const auto caller = bureau.caller(cora);
    const auto in_town = must(ask(bureau, caller, "disbursement.submit", kTown));
    EXPECT_EQ(in_town.low(), kCounty.code);
    EXPECT_EQ(in_town.end(), kCounty.end());
    EXPECT_EQ(must(look(bureau, caller, "disbursement.read", {430412001001})).low(), 430412001001);
    EXPECT_EQ(must(look(bureau, caller, "disbursement.read", kTown)).end(), kTown.end());
    EXPECT_EQ(must(look(bureau, caller, "disbursement.read", {})).low(),
              kCounty.code);  // the widest
    EXPECT_TRUE(refused(look(bureau, caller, "disbursement.read", kCity), kNotHere));
    EXPECT_TRUE(refused(look(bureau, caller, "trail.read", {}), kNotPermitted));
}

TEST_P(Authorising, AGrantCountsOnItsDays) {
    Bureau bureau(GetParam());
    bureau.found();
    const auto cora = bureau.account("cora", bureau.office("c1", kCounty));
    const auto today = bureau.world.clock.today();
    const auto proposed = must(bureau.give(
        bureau.bert,
        ProposeGrants{{{cora, "county", kCounty, add_days(today, 1), add_days(today, 2)}}}));
    const auto may = [&] {
        return verdict_of(ask(bureau, bureau.caller(cora), "disbursement.read", kCounty));
    };
    EXPECT_EQ(may(), "access.not_permitted");
    must(bureau.give(bureau.anna, ConfirmGrants{proposed.grants}));
    for (const char* expected : {"access.not_permitted", "ok", "ok", "access.not_permitted"}) {
        EXPECT_EQ(may(), expected);
        bureau.world.clock.advance_ms(kDay_ms);
    }
}

TEST_P(Authorising, StepUpLastsFiveMinutes) {
    Bureau bureau(GetParam());
    bureau.found();
    auto caller = bureau.caller(bureau.bert);
    EXPECT_TRUE(ask(bureau, caller, "access.grant.propose", kCity, true).has_value());
    bureau.world.clock.advance_ms(5 * kMinute_ms + 1);
    EXPECT_TRUE(refused(ask(bureau, caller, "access.grant.propose", kCity, true), kStepUpNeeded));
    EXPECT_TRUE(ask(bureau, caller, "access.grant.propose", kCity, false).has_value());
    // A factor given for one order serves for no other, and for none at all if for none.
    const auto order = Bureau::role(bureau.anna, "audit", kCity);
    caller = bureau.caller(bureau.bert);
    caller.for_any_order = false;
    const auto no = road::carry_out(bureau.road(), caller, order);
    ASSERT_TRUE(refused(no, kStepUpNeeded));
    const auto asked = to_hex(road::digest_of(bureau.road(), order));
    EXPECT_TRUE(std::ranges::any_of(no.error().values(), [&](const RefusalValue& value) {
        return value.name == "order_digest" && std::get<std::string>(value.value) == asked;
    }));
    caller.stepped_for =
        road::digest_of(bureau.road(), Bureau::role(bureau.anna, "audit", kCounty));
    EXPECT_TRUE(refused(road::carry_out(bureau.road(), caller, order), kStepUpNeeded));
    caller.stepped_for = road::digest_of(bureau.road(), order);
    EXPECT_FALSE(refused(road::carry_out(bureau.road(), caller, order), kStepUpNeeded));
    caller.stepped_up = {0};
    EXPECT_TRUE(refused(road::carry_out(bureau.road(), caller, order), kStepUpNeeded));
}

TEST_P(Authorising, ANewRoleDecidesNothingForAWorkingDay) {
    auto settings = plain();
    settings.probation_working_days = 1;
    Bureau bureau(GetParam(), settings);
    bureau.found();
    const auto cora = bureau.account("cora", bureau.office("c1", kCounty));
    bureau.grant(cora, "review", kCounty);  // Tuesday, nine o'clock
    const auto said = ask(bureau, bureau.caller(cora), "disbursement.review", kCounty);
    ASSERT_TRUE(refused(said, kOnProbation));
    EXPECT_NE(say(said.error(), Language::en).says.find("2026-11-25T09:00"), std::string::npos);
    EXPECT_TRUE(ask(bureau, bureau.caller(cora), "disbursement.read", kCounty).has_value());
    bureau.world.clock.advance_ms(kDay_ms - 1);
    EXPECT_TRUE(
        refused(ask(bureau, bureau.caller(cora), "disbursement.review", kCounty), kOnProbation));
    bureau.world.clock.advance_ms(1);
    EXPECT_TRUE(ask(bureau, bureau.caller(cora), "disbursement.review", kCounty).has_value());
    // A reset begins it again: whoever chose the password could sign in (S7).
    const auto reset = must(bureau.give(
        bureau.anna,
        must(bureau.door->with_password({cora, false, {}}, Bureau::word(kFirstPassword)))));
    must(bureau.give(bureau.bert, ConfirmReset{reset.requests[0]}));
    EXPECT_TRUE(refused(ask(bureau, bureau.caller(cora), "disbursement.read", kCounty),
                        kPasswordMustChange));
    bureau.make_own(cora);
    EXPECT_TRUE(
        refused(ask(bureau, bureau.caller(cora), "disbursement.review", kCounty), kOnProbation));
}

TEST_P(Authorising, AnOldPasswordMustBeChangedFirst) {
    Bureau bureau(GetParam());
    bureau.found();
    bureau.world.clock.advance_ms(90 * kDay_ms);
    EXPECT_TRUE(ask(bureau, bureau.caller(bureau.anna), "access.read", kCity).has_value());
    bureau.world.clock.advance_ms(1);
    EXPECT_TRUE(refused(ask(bureau, bureau.caller(bureau.anna), "access.read", kCity),
                        kPasswordMustChange));
    EXPECT_TRUE(ask(bureau, bureau.caller(bureau.anna), kSelf, kCity).has_value());
}

TEST_P(Authorising, TheProgramReadsAndVerifiesAndNoMore) {
    Bureau bureau(GetParam());
    bureau.found();
    road::Caller scheduler{{}, {}, "scheduler", "", {}};
    road::Caller web{{}, {}, "web", "", {}};
    for (const auto& permission : permissions()) {
        const auto allowed = program_permissions();
        const bool may = std::ranges::find(allowed, permission.name) != allowed.end();
        const auto expected = permission.name == kSelf ? "access.not_for_program"
                              : may                    ? "ok"
                                                       : "access.not_for_program";
        EXPECT_EQ(verdict_of(ask(bureau, scheduler, permission.name, kTown)), expected)
            << permission.name;
        EXPECT_EQ(verdict_of(ask(bureau, Bureau::console(), permission.name, kTown)), expected)
            << permission.name;
        EXPECT_TRUE(refused(ask(bureau, web, permission.name, kTown), kNotSignedIn));
    }
    EXPECT_EQ(must(look(bureau, scheduler, "trail.verify", {})).low(), 0);
    EXPECT_TRUE(refused(ask(bureau, scheduler, "disbursement.approve", kTown), kNotForProgram));
    // Nor in the name of somebody who may (S1).
    const auto cora = bureau.account("cora", bureau.office("c1", kCounty));
    bureau.grant(cora, "county", kCounty);
    const auto job = bureau.caller(cora, "scheduler");
    const std::map<std::string, const char*> rows = {
        {"disbursement.import", "ok"},
        {"disbursement.read", "ok"},
        {"registry.person.write", "ok"},
        {"disbursement.submit", "access.not_for_program"},
        {"disbursement.review", "access.not_for_program"},
        {"registry.unmask", "access.not_for_program"},
        {"registry.account.confirm", "access.not_for_program"},
    };
    for (const auto& [permission, verdict] : rows)
        EXPECT_EQ(verdict_of(ask(bureau, job, permission, kTown)), verdict) << permission;
}

TEST_P(Authorising, ACallerIsWhoHisAccountSays) {
    Bureau bureau(GetParam());
    bureau.found();
    auto caller = bureau.caller(bureau.anna);
    caller.staff = {12345};
    EXPECT_TRUE(refused(ask(bureau, caller, "access.read", kCity), kNotSignedIn));
    caller.account = {12345};
    EXPECT_TRUE(refused(ask(bureau, caller, "access.read", kCity), kNotSignedIn));
    must(bureau.give(bureau.bert, StopAccount{bureau.anna, Stop::lock}));
    EXPECT_TRUE(
        refused(ask(bureau, bureau.caller(bureau.anna), "access.read", kCity), kAccountNotActive));
    EXPECT_TRUE(refused(ask(bureau, bureau.caller(bureau.anna), kSelf, kCity), kAccountNotActive));
}

}  // namespace fenming::access::test
