// Goal: the rules of granting roles. Method: tables over pure functions.

#include <gtest/gtest.h>

#include "access/bureau_for_test.h"

namespace fenming::access::test {
namespace {

constexpr StaffId kAnna{1};
constexpr StaffId kBert{2};
constexpr StaffId kCora{3};
const Instant kNow{1'795'482'000'000};

GrantRow held(const char* role, Area area, std::string_view state = kConfirmed,
              const char* until = "") {
    GrantRow row;
    row.account = {30};
    row.role = role;
    row.area = area;
    row.state = state;
    row.valid_to = until;
    row.proposed_by = kBert;
    return row;
}

TEST(Granting, JudgesRoleAreaDaysAndPerson) {
    const Date today = must(parse_date("2026-11-24"));
    const Date tomorrow = add_days(today, 1);
    const Date yesterday = add_days(today, -1);
    const struct {
        const char* name;
        GrantWanted wanted;
        StaffId by;
        std::string_view state;
        std::vector<GrantRow> live;
        const char* verdict;
    } rows[] = {
        // clang-format off
        // name            wanted                                   by     account   held                     verdict
        {"plain",          {{30}, "county", kCounty, {}, {}},       kBert, kActive,  {},                      "ok"},
        {"with days",      {{30}, "county", kCounty, today, tomorrow}, kBert, kActive, {},                    "ok"},
        {"backwards",      {{30}, "county", kCounty, tomorrow, today}, kBert, kActive, {},                    "access.grant_dates"},
        {"over already",   {{30}, "county", kCounty, yesterday, yesterday}, kBert, kActive, {},               "access.grant_dates"},
        {"no such role",   {{30}, "king", kCounty, {}, {}},         kBert, kActive,  {},                      "access.no_such_role"},
        {"too wide",       {{30}, "county", kCity, {}, {}},         kBert, kActive,  {},                      "access.role_too_wide"},
        {"to himself",     {{30}, "county", kCounty, {}, {}},       kCora, kActive,  {},                      "access.not_to_himself"},
        {"not confirmed",  {{30}, "county", kCounty, {}, {}},       kBert, kProposed, {},                     "access.not_yet_confirmed"},
        {"excluded",       {{30}, "admin-log", kCity, {}, {}},      kBert, kActive,  {held("town", kTown)},   "access.roles_exclude"},
        {"excluded, too",  {{30}, "town", kTown, {}, {}},           kBert, kActive,  {held("admin-log", kCity, kProposed)}, "access.roles_exclude"},
        {"beside another", {{30}, "review", kCounty, {}, {}},       kBert, kActive,  {held("county", kCounty)}, "ok"},
        {"again",          {{30}, "county", kTown, {}, {}},         kBert, kActive,  {held("county", kCounty)}, "access.granted_already"},
        {"elsewhere",      {{30}, "county", kOtherCounty, {}, {}},  kBert, kActive,  {held("county", kCounty)}, "ok"},
        {"after the old",  {{30}, "county", kCounty, tomorrow, {}}, kBert, kActive,  {held("county", kCounty, kConfirmed, "2026-11-24")}, "ok"},
        // clang-format on
    };
    for (const auto& row : rows) {
        GrantsToPropose found{row.by, today, false, {{}}};
        found.persons[0].account.id = {30};
        found.persons[0].account.staff = kCora;
        found.persons[0].account.state = row.state;
        found.persons[0].live = row.live;
        const auto said = decide(ProposeGrants{{row.wanted}}, found);
        EXPECT_EQ(verdict_of(said), row.verdict) << row.name;
        if (!said) {
            EXPECT_TRUE(refused(said, said.error().kind())) << row.name;
        }
    }
}

TEST(Granting, TwoRolesInOneOrderExcludeOneAnotherToo) {
    GrantsToPropose found{kBert, must(parse_date("2026-11-24")), false, {{}, {}}};
    for (auto& person : found.persons) {
        person.account.staff = kCora;
        person.account.state = kActive;
    }
    const ProposeGrants order{{{{30}, "admin-log", kCity, {}, {}}, {{31}, "town", kTown, {}, {}}}};
    const auto said = decide(order, found);
    ASSERT_TRUE(refused(said, kRolesExclude));
    EXPECT_EQ(said.error().place().row, 2);
}

GrantsToDecide grant_to_decide(StaffId by, const GrantRow& grant, std::string_view account_state) {
    GrantsToDecide found{by, kNow, {{grant, {}}}};
    found.grants[0].person.account.id = {30};
    found.grants[0].person.account.staff = kCora;
    found.grants[0].person.account.state = account_state;
    found.grants[0].person.live = {grant};
    return found;
}

TEST(Granting, IsConfirmedByASecondPerson) {
    const auto proposed = held("county", kCounty, kProposed);
    const struct {
        const char* name;
        StaffId by;
        GrantRow grant;
        std::string_view account;
        const char* confirm;
        const char* refuse;
        const char* end;
    } rows[] =
        {
            // clang-format off
        // name       by     grant                      account  confirm                     refuse                     end
        {"another",   kAnna, proposed,                  kActive, "ok",                       "ok",                      "access.decided_already"},
        {"proposer",  kBert, proposed,                  kActive, "access.same_person",       "ok",                      "access.decided_already"},
        {"holder",    kCora, proposed,                  kActive, "access.not_to_himself",    "ok",                      "access.decided_already"},
        {"closed",    kAnna, proposed,                  kClosed, "access.not_yet_confirmed", "ok",                      "access.decided_already"},
        {"confirmed", kAnna, held("county", kCounty),   kActive, "access.decided_already",   "access.decided_already",  "ok"},
            // clang-format on
        };
    for (const auto& row : rows) {
        const auto found = grant_to_decide(row.by, row.grant, row.account);
        EXPECT_EQ(verdict_of(decide(ConfirmGrants{{{1}}}, found)), row.confirm) << row.name;
        EXPECT_EQ(verdict_of(decide(RefuseGrants{{{1}}}, found)), row.refuse) << row.name;
        EXPECT_EQ(verdict_of(decide(EndGrants{{{1}}}, found)), row.end) << row.name;
    }
    auto excluded = grant_to_decide(kAnna, proposed, kActive);
    excluded.grants[0].person.live.push_back(held("admin-log", kCity));
    EXPECT_TRUE(refused(decide(ConfirmGrants{{{1}}}, excluded), kRolesExclude));
    EXPECT_TRUE(refused(decide(ConfirmGrants{{{1}}}, grant_to_decide(kBert, proposed, kActive)),
                        kSamePerson));
    EXPECT_TRUE(refused(decide(ConfirmGrants{{{1}}}, grant_to_decide(kCora, proposed, kActive)),
                        kNotToHimself));
    EXPECT_TRUE(refused(decide(ConfirmGrants{{{1}}}, grant_to_decide(kAnna, proposed, kClosed)),
                        kNotYetConfirmed));
}

}  // namespace
}  // namespace fenming::access::test
