// Who may: the road asks here before anything is read.

#include <algorithm>

#include "access/access.h"
#include "access/accounts.h"
#include "access/own.h"
#include "access/save.h"
#include "access/sql.h"
#include "base/calendar.h"
#include "store/migrate.h"

namespace fenming::access {

Settings Settings::for_demo() {
    Settings demo;
    demo.probation_working_days = 0;
    demo.second_factor_required = false;
    demo.password_rules = false;
    demo.password_days = 0;
    demo.cost = crypto::kTestPasswordCost;
    return demo;
}

bool is_demo(store::Tx& tx) {
    return store::meta(tx, "demo") == "1";
}

Settings settings_of(store::Tx& tx, const Settings& real) {
    return is_demo(tx) ? Settings::for_demo() : real;
}

Instant probation_end(Instant fresh, int days) {
    if (days <= 0) return fresh;
    const Date day = beijing_date(fresh);
    const auto working = Calendar::built_in().add_working_days(day, days);
    const Date end = working ? *working : add_days(day, days);
    constexpr std::int64_t kDay_ms = 86'400'000;
    return {fresh.ms + (end.days() - day.days()).count() * kDay_ms};
}

bool has_stepped_up(const road::Caller& caller, Instant now, std::int64_t within_ms) {
    const auto ago = now.ms - caller.stepped_up.ms;
    return caller.stepped_up.ms > 0 && ago >= 0 && ago <= within_ms;
}

bool has_stepped_up_for(const road::Caller& caller, const crypto::Digest& order, Instant now,
                        std::int64_t within_ms) {
    return (caller.for_any_order || caller.stepped_for == order) &&
           has_stepped_up(caller, now, within_ms);
}

// ---- pure -----------------------------------------------------------------------------------

Result<Area> judge_grants(std::span<const Held> held, const Asked& asked) {
    std::optional<Area> best;
    bool holds_it = false;
    for (const auto& each : held) {
        const Role* role = find_role(each.role);
        if (role == nullptr || !role_has(*role, asked.permission)) continue;
        holds_it = true;
        if (asked.area && !each.area.contains(*asked.area)) continue;
        const auto span = [](Area area) { return area.end() - area.code; };
        if (!best || span(each.area) > span(*best)) best = each.area;
    }
    if (best) return *best;
    if (holds_it) return refuse(kNotHere);
    return refuse(refusal(kNotPermitted)
                      .word("permission", std::string(asked.permission), "access.permission"));
}

namespace {

/// What the program does for nobody in particular.
Result<Done> program_may(const road::Caller& caller, std::string_view permission) {
    const bool is_program = caller.channel == "scheduler" || caller.channel == "cli";
    if (!is_program) return refuse(kNotSignedIn);
    const auto allowed = program_permissions();
    if (std::ranges::find(allowed, permission) != allowed.end()) return Done{};
    return refuse(
        refusal(kNotForProgram).word("permission", std::string(permission), "access.permission"));
}

bool is_valid_on(const GrantRow& grant, std::string_view day) {
    return grant.state == kConfirmed && grant.valid_from <= day &&
           (grant.valid_to.empty() || day <= grant.valid_to);
}

/// The live grants of the person, each with a true MAC, none excluding another.
Result<std::vector<GrantRow>> sound_grants(store::Tx& tx, const crypto::KeyStore& keys,
                                           StaffId staff) {
    auto rows = tx.all<GrantRow>(sql::live_grants_of_person, staff);
    std::vector<std::string> roles;
    for (const auto& each : rows) {
        TRY(check_seal(keys, each));
        if (each.state == kConfirmed) roles.push_back(each.role);
    }
    if (const auto pair = excluded_pair(roles))
        return refuse(refusal(kRolesExclude)
                          .word("role", std::string(pair->first), "access.role")
                          .word("other_role", std::string(pair->second), "access.role"));
    return rows;
}

std::vector<Held> held_today(const std::vector<GrantRow>& grants, AccountId account, Date today) {
    std::vector<Held> held;
    for (const auto& each : grants)
        if (each.account == account && is_valid_on(each, today.text()))
            held.push_back({each.role, each.area});
    return held;
}

Result<AccountRow> active_account(store::Tx& tx, const crypto::KeyStore& keys,
                                  const road::Caller& caller) {
    auto account = tx.one<AccountRow>(sql::account_of_caller, caller.account);
    if (!account || account->staff != caller.staff) return refuse(kNotSignedIn);
    TRY(check_seal(keys, *account));
    if (account->state != kActive)
        return refuse(refusal(kAccountNotActive).word("state", account->state, "access.state"));
    return std::move(*account);
}

}  // namespace

Result<std::vector<Held>> held_by(store::Tx& tx, const crypto::KeyStore& keys, AccountId id,
                                  Date today) {
    const auto account = tx.one<AccountRow>(sql::account_of_caller, id);
    if (!account) return refuse(kNotSignedIn);
    return held_today(TRY(sound_grants(tx, keys, account->staff)), id, today);
}

// ---- the authoriser -------------------------------------------------------------------------

Result<Done> Access::may_work(store::Tx& tx, const AccountRow& account, Instant now) const {
    constexpr std::int64_t kDay_ms = 86'400'000;
    const bool is_too_old = settings_.password_days > 0 &&
                            now.ms - account.password_set.ms > settings_.password_days * kDay_ms;
    if (account.must_change || is_too_old) return refuse(kPasswordMustChange);
    if (settings_.second_factor_required &&
        tx.all<AuthenticatorRow>(sql::authenticators, account.id, kActive).empty())
        return refuse(kSecondFactorMissing);
    return Done{};
}

Result<Scope> Access::judge(store::Tx& tx, const crypto::KeyStore& keys, const road::Caller& caller,
                            std::string_view permission, std::optional<Area> area,
                            Instant now) const {
    if (permission == kFound) {
        if (tx.value<AccountId>(sql::any_account)) return refuse(kAccountsExist);
        return scope_of(area.value_or(Area{}));
    }
    if (!caller.account) {
        TRY(program_may(caller, permission));
        return area ? scope_of(*area) : scope_of_everything();
    }
    const auto account = TRY(active_account(tx, keys, caller));
    // One's own account: no role is needed, and nothing beyond it is seen.
    if (permission == kSelf || permission == kSignIn) return scope_of(account.area);

    TRY(may_work(tx, account, now));
    const Permission* known = find_permission(permission);
    const bool by_person =
        known == nullptr || known->weight == Weight::person || known->weight == Weight::decides;
    if (by_person && caller.channel == "scheduler")
        return refuse(refusal(kNotForProgram)
                          .word("permission", std::string(permission), "access.permission"));
    const auto grants = TRY(sound_grants(tx, keys, account.staff));
    const auto held = held_today(grants, account.id, beijing_date(now));
    const auto granted = TRY(judge_grants(held, {permission, area}));
    const auto until = probation_end(account.fresh, settings_.probation_working_days);
    if (known != nullptr && known->weight == Weight::decides && now < until)
        return refuse(refusal(kOnProbation)
                          .word("permission", std::string(permission), "access.permission")
                          .with("until", beijing_text(until).substr(0, 16)));
    return scope_of(granted);
}

Result<Scope> Access::may_order(store::Tx& tx, const crypto::KeyStore& keys,
                                const road::Caller& caller, const road::OrderType& type,
                                const crypto::Digest& order, Area area, Instant now) const {
    auto scope = TRY(judge(tx, keys, caller, type.permission, area, now));
    if (type.step_up && !has_stepped_up_for(caller, order, now, settings_.step_up_ms))
        return refuse(refusal(kStepUpNeeded)
                          .with("minutes", settings_.step_up_ms / 60'000)
                          .with("order_digest", to_hex(order)));
    return scope;
}

Result<Scope> Access::may_read(store::Tx& tx, const crypto::KeyStore& keys,
                               const road::Caller& caller, std::string_view permission, Area area,
                               Instant now) const {
    const auto asked = area.code == 0 ? std::nullopt : std::optional<Area>(area);
    auto granted = TRY(judge(tx, keys, caller, permission, asked, now));
    // Who asks for an area sees that area, however much more he may see.
    return asked ? scope_of(*asked) : granted;
}

}  // namespace fenming::access
