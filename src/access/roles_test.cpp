// Goal: the table of roles is what README.md says, holds no contradiction, and judges as it should.
// Method: one row per case.

#include "access/roles.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "access/access.h"
#include "access/bureau_for_test.h"

namespace fenming::access::test {
namespace {

TEST(Roles, NameOnlyPermissionsThatExistAndEachHasWords) {
    for (const auto& role : roles()) {
        for (const auto language : {Language::zh_cn, Language::en})
            EXPECT_FALSE(words(role_key(role.name), language).empty()) << role.name;
        std::set<std::string_view> once;
        for (const auto permission : role.permissions) {
            EXPECT_NE(find_permission(permission), nullptr) << role.name << " " << permission;
            EXPECT_TRUE(once.insert(permission).second) << role.name << " twice " << permission;
        }
    }
    for (const auto& permission : permissions())
        EXPECT_TRUE(has_words("access.permission." + std::string(permission.name)))
            << permission.name;
    for (const auto permission : program_permissions()) {
        ASSERT_NE(find_permission(permission), nullptr) << permission;
        EXPECT_EQ(find_permission(permission)->weight, Weight::reads) << permission;
    }
}

TEST(Roles, EveryPermissionIsSomebodysAndNobodyHasAll) {
    for (const auto& permission : permissions()) {
        if (permission.name == kSelf) continue;
        const auto holders = std::ranges::count_if(
            roles(), [&](const Role& role) { return role_has(role, permission.name); });
        EXPECT_GE(holders, 1) << permission.name;
        EXPECT_LT(holders, std::ssize(roles())) << permission.name;
    }
}

TEST(Roles, AdministratorsHaveNoBusinessAndTheBusinessNoAdministration) {
    const std::set<std::string_view> governing = {"access.office.write",  "access.account.propose",
                                                  "access.account.lock",  "access.grant.propose",
                                                  "access.reset.propose", "access.session.end",
                                                  "system.settings"};
    for (const auto& role : roles())
        for (const auto permission : role.permissions) {
            const auto capability = permission.substr(0, permission.find('.'));
            if (role.kind == RoleKind::administrator) {
                EXPECT_TRUE(capability == "access" || capability == "trail" ||
                            capability == "system" || capability == "job")
                    << role.name << " " << permission;
            } else {
                EXPECT_EQ(governing.count(permission), 0U) << role.name << " " << permission;
            }
        }
}

TEST(Roles, NobodyProposesAndConfirms) {
    for (const auto& role : roles())
        for (const std::string_view thing : {"access.account", "access.grant", "access.reset"})
            EXPECT_FALSE(role_has(role, std::string(thing) + ".propose") &&
                         role_has(role, std::string(thing) + ".confirm"))
                << role.name << " " << thing;
}

TEST(Roles, AuditReadsAllAndChangesNothing) {
    const Role& audit = *find_role("audit");
    for (const auto permission : audit.permissions)
        EXPECT_EQ(find_permission(permission)->weight, Weight::reads) << permission;
    for (const auto& permission : permissions()) {
        if (permission.weight != Weight::reads) continue;
        EXPECT_TRUE(role_has(audit, permission.name)) << permission.name;
    }
}

TEST(Roles, HaveWhatTheyNeedAndNotWhatTheyMustNot) {
    const struct {
        const char* permission;
        const char* who;  // every role that has it, in the order of the table
    } rows[] = {
        {"disbursement.import", "town county"},
        {"disbursement.submit", "town county"},
        {"disbursement.review", "county review"},
        {"disbursement.approve", "approve leader"},
        {"disbursement.override", "review approve"},
        {"disbursement.plan", "finance"},
        {"disbursement.request", "finance"},
        {"disbursement.voucher", "finance"},
        {"disbursement.bankfile", "release"},
        {"disbursement.answer", "finance"},
        {"disbursement.reissue.confirm", "approve release"},
        {"budget.register", "finance"},
        {"budget.resolve", "release"},
        {"budget.split", "finance"},
        {"ledger.close", "finance"},
        {"policy.write", "finance section"},
        {"registry.area.write", "section"},
        {"registry.unmask", "county review"},
        {"registry.account.write", "town county"},
        {"registry.account.confirm", "county review finance"},
        {"trail.read", "audit admin-log"},
        {"trail.verify", "audit admin-log"},
        {"access.read", "audit leader admin-account admin-permission admin-log"},
        {"access.account.propose", "admin-account"},
        {"access.account.confirm", "leader admin-permission"},
        {"access.grant.propose", "admin-permission"},
        {"access.grant.confirm", "leader admin-account"},
        {"access.reset.propose", "admin-account"},
        {"access.reset.confirm", "leader admin-permission"},
        {"access.session.end", "admin-account admin-permission"},
        {"system.settings", "admin-account"},
    };
    for (const auto& row : rows) {
        std::string who;
        for (const auto& role : roles())
            if (role_has(role, row.permission))
                who += (who.empty() ? "" : " ") + std::string(role.name);
        EXPECT_EQ(who, row.who) << row.permission;
    }
}

/// The table as README.md shows it: a line for each role.
std::string table_of_roles() {
    const auto level = [](const Role& role) {
        return words("access.level." + std::to_string(static_cast<int>(role.widest)), Language::en);
    };
    std::string out = "| role | | at most for | permissions |\n|---|---|---|---|\n";
    for (const auto& role : roles()) {
        out += "| " + std::string(role.name) + " | ";
        out += std::string(words(role_key(role.name), Language::zh_cn)) + " | ";
        out += std::string(level(role)) + " |";
        for (const auto permission : role.permissions) out += " " + std::string(permission);
        out += " |\n";
    }
    return out;
}

TEST(Roles, StandInTheReadmeAsTheyAre) {
    std::ifstream file(SOURCE_DIR "/src/access/README.md");
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_NE(text.str().find(table_of_roles()), std::string::npos) << "README.md should hold:\n"
                                                                    << table_of_roles();
}

TEST(Exclusion, IsOfAdministratorsWithEverythingElse) {
    const struct {
        std::vector<std::string> held;
        const char* taken;
        const char* verdict;
    } rows[] = {
        {{}, "town", "ok"},
        {{"town"}, "county", "ok"},
        {{"town", "review"}, "approve", "ok"},
        {{"leader"}, "audit", "ok"},
        {{"town"}, "admin-account", "access.roles_exclude"},
        {{"admin-account"}, "town", "access.roles_exclude"},
        {{"admin-account"}, "admin-account", "ok"},
        {{"admin-account"}, "admin-permission", "access.roles_exclude"},
        {{"admin-permission"}, "admin-log", "access.roles_exclude"},
        {{"admin-log"}, "audit", "access.roles_exclude"},
        {{"admin-log"}, "leader", "access.roles_exclude"},
        {{}, "root", "access.no_such_role"},
    };
    for (const auto& row : rows)
        EXPECT_EQ(verdict_of(may_hold(row.held, row.taken)), row.verdict) << row.taken;
    for (const auto& a : roles())
        for (const auto& b : roles()) {
            const bool excluded = a.name != b.name && (a.kind == RoleKind::administrator ||
                                                       b.kind == RoleKind::administrator);
            const std::vector<std::string> both{std::string(a.name), std::string(b.name)};
            EXPECT_EQ(excluded_pair(both).has_value(), excluded) << a.name << " " << b.name;
        }
    EXPECT_TRUE(refused(may_hold(std::vector<std::string>{"town"}, "admin-log"), kRolesExclude));
    EXPECT_TRUE(refused(may_hold({}, "root"), kNoSuchRole));
}

TEST(Width, OfARoleIsBoundedButForDemos) {
    const Area country{0};
    const Area province{430000000000};
    const struct {
        const char* role;
        Area area;
        bool is_demo;
        const char* verdict;
    } rows[] = {
        // clang-format off
        // role          area       demo    verdict
        {"town",         kTown,     false,  "ok"},
        {"town",         kCounty,   false,  "access.role_too_wide"},
        {"town",         kCity,     true,   "ok"},
        {"county",       kCounty,   false,  "ok"},
        {"county",       kTown,     false,  "ok"},
        {"county",       kCity,     false,  "access.role_too_wide"},
        {"approve",      kCity,     false,  "ok"},
        {"approve",      province,  false,  "access.role_too_wide"},
        {"finance",      province,  false,  "ok"},
        {"finance",      country,   false,  "access.role_too_wide"},
        {"admin-log",    country,   false,  "ok"},
        // clang-format on
    };
    for (const auto& row : rows)
        EXPECT_EQ(verdict_of(may_stand(*find_role(row.role), row.area, row.is_demo)), row.verdict)
            << row.role << " " << row.area.text();
    EXPECT_TRUE(refused(may_stand(*find_role("town"), kCity, false), kRoleTooWide));
}

TEST(Judging, TakesTheGrantThatContainsTheArea) {
    const Held town_in_county{"town", kTown};
    const Held county{"county", kCounty};
    const Held audit{"audit", kCity};
    const struct {
        const char* name;
        std::vector<Held> held;
        const char* permission;
        std::optional<Area> area;
        const char* verdict;  // the area granted, or the refusal
    } rows[] = {
        // clang-format off
        // name                   held              permission             area          verdict
        {"in his county",         {county},         "disbursement.read",   kTown,        "430408000000"},
        {"in another county",     {county},         "disbursement.read",   kOtherCounty, "access.not_here"},
        {"above his county",      {county},         "disbursement.read",   kCity,        "access.not_here"},
        {"never, wherever",       {county},         "trail.read",          kOtherCounty, "access.not_permitted"},
        {"never, at home",        {county},         "trail.read",          kTown,        "access.not_permitted"},
        {"nothing at all",        {},               "disbursement.read",   kTown,        "access.not_permitted"},
        {"the wider of two",      {town_in_county, audit}, "disbursement.read", kTown,   "430400000000"},
        {"the one that has it",   {town_in_county, audit}, "disbursement.submit", kTown, "430408001000"},
        {"widest",                {town_in_county, county}, "disbursement.read", {},     "430408000000"},
        {"widest, never",         {town_in_county}, "trail.read",          {},           "access.not_permitted"},
        {"a role that is gone",   {{"king", kCity}}, "disbursement.read",  kTown,        "access.not_permitted"},
        // clang-format on
    };
    for (const auto& row : rows) {
        const auto area = judge_grants(row.held, {row.permission, row.area});
        EXPECT_EQ(area ? area->text() : verdict_of(area), row.verdict) << row.name;
    }
    EXPECT_TRUE(refused(judge_grants({}, {"trail.read", kCity}), kNotPermitted));
    EXPECT_TRUE(refused(judge_grants(rows[0].held, {"disbursement.read", kOtherCounty}), kNotHere));
}

}  // namespace
}  // namespace fenming::access::test
