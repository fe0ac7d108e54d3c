// The table of roles and permissions. README.md shows it as it is here; a test compares them.

#include "access/roles.h"

#include <algorithm>
#include <array>

namespace fenming::access {
namespace {

using Names = std::string_view;

constexpr Permission kPermissions[] = {
    {kSelf, Weight::works},
    {"access.read", Weight::reads},
    {"access.office.write", Weight::person},
    {"access.account.propose", Weight::person},
    {"access.account.confirm", Weight::person},
    {"access.account.lock", Weight::person},
    {"access.grant.propose", Weight::person},
    {"access.grant.confirm", Weight::person},
    {"access.reset.propose", Weight::person},
    {"access.reset.confirm", Weight::person},
    {"access.session.end", Weight::person},
    {"registry.read", Weight::reads},
    {"registry.area.write", Weight::works},
    {"registry.person.write", Weight::works},
    {"registry.account.write", Weight::works},
    {"registry.account.confirm", Weight::decides},
    {"registry.unmask", Weight::person},
    {"policy.read", Weight::reads},
    {"policy.write", Weight::person},
    {"ledger.read", Weight::reads},
    {"ledger.close", Weight::person},
    {"ledger.reverse", Weight::decides},
    {"budget.read", Weight::reads},
    {"budget.register", Weight::person},
    {"budget.resolve", Weight::decides},
    {"budget.split", Weight::person},
    {"budget.opening", Weight::person},
    {"disbursement.read", Weight::reads},
    {"disbursement.import", Weight::works},
    {"disbursement.submit", Weight::person},
    {"disbursement.review", Weight::decides},
    {"disbursement.approve", Weight::decides},
    {"disbursement.override", Weight::decides},
    {"disbursement.plan", Weight::person},
    {"disbursement.request", Weight::decides},
    {"disbursement.voucher", Weight::person},
    {"disbursement.bankfile", Weight::decides},
    {"disbursement.answer", Weight::person},
    {"disbursement.reissue.confirm", Weight::decides},
    {"disbursement.close", Weight::person},
    {"workflow.delegate", Weight::person},
    {"report.read", Weight::reads},
    {"trail.read", Weight::reads},
    {"trail.verify", Weight::reads},
    {"job.read", Weight::reads},
    {"system.settings", Weight::person},
};

constexpr Names kTown[] = {"registry.read",
                           "registry.person.write",
                           "registry.account.write",
                           "policy.read",
                           "budget.read",
                           "disbursement.read",
                           "disbursement.import",
                           "disbursement.submit",
                           "workflow.delegate",
                           "report.read",
                           "job.read"};
constexpr Names kCounty[] = {"registry.read",
                             "registry.person.write",
                             "registry.account.write",
                             "registry.account.confirm",
                             "registry.unmask",
                             "policy.read",
                             "ledger.read",
                             "budget.read",
                             "disbursement.read",
                             "disbursement.import",
                             "disbursement.submit",
                             "disbursement.review",
                             "workflow.delegate",
                             "report.read",
                             "job.read"};
constexpr Names kReview[] = {"registry.read",         "registry.account.confirm",
                             "registry.unmask",       "policy.read",
                             "ledger.read",           "budget.read",
                             "disbursement.read",     "disbursement.review",
                             "disbursement.override", "workflow.delegate",
                             "report.read",           "job.read"};
constexpr Names kApprove[] = {"registry.read",
                              "policy.read",
                              "ledger.read",
                              "budget.read",
                              "disbursement.read",
                              "disbursement.approve",
                              "disbursement.override",
                              "disbursement.reissue.confirm",
                              "workflow.delegate",
                              "report.read",
                              "job.read"};
constexpr Names kFinance[] = {"registry.read",        "registry.account.confirm",
                              "policy.read",          "policy.write",
                              "ledger.read",          "ledger.close",
                              "ledger.reverse",       "budget.read",
                              "budget.register",      "budget.split",
                              "budget.opening",       "disbursement.read",
                              "disbursement.plan",    "disbursement.request",
                              "disbursement.voucher", "disbursement.answer",
                              "disbursement.close",   "workflow.delegate",
                              "report.read",          "job.read"};
constexpr Names kRelease[] = {"registry.read",
                              "policy.read",
                              "ledger.read",
                              "budget.read",
                              "budget.resolve",
                              "disbursement.read",
                              "disbursement.bankfile",
                              "disbursement.reissue.confirm",
                              "workflow.delegate",
                              "report.read",
                              "job.read"};
constexpr Names kAudit[] = {"access.read",  "registry.read",     "policy.read", "ledger.read",
                            "budget.read",  "disbursement.read", "report.read", "trail.read",
                            "trail.verify", "job.read"};
constexpr Names kLeader[] = {"access.read",
                             "access.account.confirm",
                             "access.grant.confirm",
                             "access.reset.confirm",
                             "registry.read",
                             "policy.read",
                             "ledger.read",
                             "budget.read",
                             "disbursement.read",
                             "disbursement.approve",
                             "workflow.delegate",
                             "report.read",
                             "job.read"};
constexpr Names kSection[] = {
    "registry.read", "registry.area.write", "policy.read",       "policy.write", "ledger.read",
    "budget.read",   "disbursement.read",   "workflow.delegate", "report.read",  "job.read"};
constexpr Names kAdminAccount[] = {
    "access.read",          "access.office.write",  "access.account.propose", "access.account.lock",
    "access.grant.confirm", "access.reset.propose", "access.session.end",     "job.read",
    "system.settings"};
constexpr Names kAdminPermission[] = {"access.read",          "access.account.confirm",
                                      "access.account.lock",  "access.grant.propose",
                                      "access.reset.confirm", "access.session.end"};
constexpr Names kAdminLog[] = {"access.read", "trail.read", "trail.verify"};

constexpr Names kProgram[] = {"registry.read",     "policy.read", "ledger.read", "budget.read",
                              "disbursement.read", "report.read", "trail.read",  "trail.verify",
                              "job.read",          "access.read"};

constexpr Role kRoles[] = {
    {"town", RoleKind::business, AreaLevel::town, kTown},
    {"county", RoleKind::business, AreaLevel::county, kCounty},
    {"review", RoleKind::business, AreaLevel::city, kReview},
    {"approve", RoleKind::business, AreaLevel::city, kApprove},
    {"finance", RoleKind::business, AreaLevel::province, kFinance},
    {"release", RoleKind::business, AreaLevel::city, kRelease},
    {"audit", RoleKind::business, AreaLevel::province, kAudit},
    {"leader", RoleKind::business, AreaLevel::province, kLeader},
    {"section", RoleKind::business, AreaLevel::province, kSection},
    {"admin-account", RoleKind::administrator, AreaLevel::country, kAdminAccount},
    {"admin-permission", RoleKind::administrator, AreaLevel::country, kAdminPermission},
    {"admin-log", RoleKind::administrator, AreaLevel::country, kAdminLog},
};

bool exclude(const Role& a, const Role& b) {
    return a.name != b.name &&
           (a.kind == RoleKind::administrator || b.kind == RoleKind::administrator);
}

}  // namespace

std::span<const Permission> permissions() {
    return kPermissions;
}

const Permission* find_permission(std::string_view name) {
    const auto found = std::ranges::find(kPermissions, name, &Permission::name);
    return found == std::end(kPermissions) ? nullptr : found;
}

std::span<const Role> roles() {
    return kRoles;
}

const Role* find_role(std::string_view name) {
    const auto found = std::ranges::find(kRoles, name, &Role::name);
    return found == std::end(kRoles) ? nullptr : found;
}

bool role_has(const Role& role, std::string_view permission) {
    return std::ranges::find(role.permissions, permission) != role.permissions.end();
}

std::span<const std::string_view> program_permissions() {
    return kProgram;
}

std::string role_key(std::string_view role) {
    std::string key = "access.role." + std::string(role);
    std::ranges::replace(key, '-', '_');
    return key;
}

Result<Done> may_hold(std::span<const std::string> held, std::string_view taken) {
    const Role* role = find_role(taken);
    if (role == nullptr) return refuse(refusal(kNoSuchRole).with("role", std::string(taken)));
    for (const auto& each : held) {
        const Role* other = find_role(each);
        if (other != nullptr && exclude(*role, *other))
            return refuse(refusal(kRolesExclude)
                              .word("role", std::string(taken), "access.role")
                              .word("other_role", std::string(each), "access.role"));
    }
    return Done{};
}

std::optional<std::pair<std::string, std::string>> excluded_pair(
    std::span<const std::string> held) {
    for (std::size_t i = 0; i < held.size(); ++i)
        for (std::size_t j = i + 1; j < held.size(); ++j) {
            const Role* a = find_role(held[i]);
            const Role* b = find_role(held[j]);
            if (a != nullptr && b != nullptr && exclude(*a, *b)) return {{held[i], held[j]}};
        }
    return std::nullopt;
}

Result<Done> may_stand(const Role& role, Area area, bool is_demo) {
    if (is_demo || area.level() >= role.widest) return Done{};
    return refuse(
        refusal(kRoleTooWide)
            .word("role", std::string(role.name), "access.role")
            .with("area", area.text())
            .word("level", std::to_string(static_cast<int>(role.widest)), "access.level"));
}

}  // namespace fenming::access
