// The rules of granting roles. Pure.

#include <algorithm>

#include "access/accounts.h"
#include "access/grants.h"

namespace fenming::access {
namespace {

std::vector<std::string> role_names(const std::vector<GrantRow>& grants) {
    std::vector<std::string> names;
    for (const auto& each : grants) names.push_back(each.role);
    return names;
}

bool over_on(const GrantRow& grant, std::string_view day) {
    return !grant.valid_to.empty() && grant.valid_to < day;
}

Result<GrantRow> proposed(const GrantWanted& wanted, const PersonsRoles& person,
                          const GrantsToPropose& found) {
    const Role* role = find_role(wanted.role);
    if (role == nullptr) return refuse(refusal(kNoSuchRole).with("role", wanted.role));
    if (person.account.staff == found.by) return refuse(kNotToHimself);
    if (person.account.state != kActive && person.account.state != kLocked)
        return refuse(kNotYetConfirmed);
    TRY(may_stand(*role, wanted.area, found.is_demo));
    TRY(may_hold(role_names(person.live), wanted.role));
    const Date from = wanted.valid_from.value_or(found.today);
    const std::string until = wanted.valid_to ? wanted.valid_to->text() : "";
    if (!until.empty() && (until < from.text() || until < found.today.text()))
        return refuse(refusal(kGrantDates).with("from", from.text()).with("to", until));
    for (const auto& each : person.live) {
        const bool is_same = each.account == wanted.account && each.role == wanted.role &&
                             each.area.contains(wanted.area);
        if (is_same && !over_on(each, from.text()))
            return refuse(refusal(kGrantedAlready)
                              .word("role", std::string(each.role), "access.role")
                              .with("area", each.area.text()));
    }
    GrantRow row;
    row.account = wanted.account;
    row.role = wanted.role;
    row.area = wanted.area;
    row.county = wanted.area.county();
    row.valid_from = from.text();
    row.valid_to = until;
    row.state = kProposed;
    row.proposed_by = found.by;
    return row;
}

/// Remembers an account once.
void note(std::vector<AccountId>& ids, AccountId id) {
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

}  // namespace

Result<GrantsProposed> decide(const ProposeGrants& order, const GrantsToPropose& found) {
    GrantsProposed out;
    for (std::size_t i = 0; i < order.grants.size(); ++i) {
        // Roles wanted in the same order count as held: they would exclude one another later.
        PersonsRoles person = found.persons[i];
        for (std::size_t j = 0; j < i; ++j)
            if (found.persons[j].account.staff == person.account.staff)
                person.live.push_back(out.grants[j]);
        auto row = proposed(order.grants[i], person, found);
        if (!row)
            return refuse(std::move(row.error()).at("", static_cast<std::int64_t>(i) + 1, ""));
        out.grants.push_back(std::move(*row));
    }
    return out;
}

Result<GrantsDecided> decide(const ConfirmGrants&, const GrantsToDecide& found) {
    GrantsDecided out;
    for (const auto& [grant, person] : found.grants) {
        if (grant.state != kProposed)
            return refuse(refusal(kDecidedAlready).word("state", grant.state, "access.state"));
        if (grant.proposed_by == found.by) return refuse(kSamePerson);
        if (person.account.staff == found.by) return refuse(kNotToHimself);
        if (person.account.state != kActive && person.account.state != kLocked)
            return refuse(kNotYetConfirmed);
        TRY(may_hold(role_names(person.live), grant.role));
        GrantRow row = grant;
        row.state = kConfirmed;
        row.confirmed_by = found.by;
        row.decided = found.at;
        out.grants.push_back(std::move(row));
        if (std::ranges::find(out.refreshed, person.account.id, &AccountRow::id) ==
            out.refreshed.end()) {
            out.refreshed.push_back(person.account);
            out.refreshed.back().fresh = found.at;
        }
        note(out.ends_sessions_of, person.account.id);
    }
    return out;
}

Result<GrantsDecided> decide(const RefuseGrants&, const GrantsToDecide& found) {
    GrantsDecided out;
    for (const auto& each : found.grants) {
        if (each.grant.state != kProposed)
            return refuse(refusal(kDecidedAlready).word("state", each.grant.state, "access.state"));
        GrantRow row = each.grant;
        row.state = kRefused;
        row.decided = found.at;
        out.grants.push_back(std::move(row));
    }
    return out;
}

Result<GrantsDecided> decide(const EndGrants&, const GrantsToDecide& found) {
    GrantsDecided out;
    for (const auto& each : found.grants) {
        if (each.grant.state != kConfirmed)
            return refuse(refusal(kDecidedAlready).word("state", each.grant.state, "access.state"));
        GrantRow row = each.grant;
        row.state = kEnded;
        row.decided = found.at;
        out.grants.push_back(std::move(row));
        note(out.ends_sessions_of, each.grant.account);
    }
    return out;
}

}  // namespace fenming::access
