// Roles of accounts: where orders act, what they read, what they write.

#include "access/accounts.h"
#include "access/grants.h"
#include "access/save.h"
#include "access/sql.h"

namespace fenming::access {
namespace {

Result<Area> grants_area(store::Tx& tx, std::span<const GrantId> grants) {
    TRY(how_many(grants.size()));
    std::vector<Area> areas;
    for (const auto each : grants)
        areas.push_back(TRY(here(tx.value<Area>(sql::grant_area, each))));
    return common_area(areas);
}

Result<PersonsRoles> roles_of(road::Desk& desk, AccountId id) {
    PersonsRoles person;
    // The role's area was authorised; the account may be a colleague's of another office.
    person.account =
        TRY(here_and_ours(desk.keys, desk.tx.one<AccountRow>(sql::account_of_caller, id)));
    person.live = desk.tx.all<GrantRow>(sql::live_grants_of_person, person.account.staff);
    for (const auto& each : person.live) TRY(check_seal(desk.keys, each));
    return person;
}

Result<GrantsToDecide> grants_to_decide(road::Desk& desk, std::span<const GrantId> grants) {
    GrantsToDecide found{desk.caller.staff, desk.at, {}};
    for (const auto id : grants) {
        auto grant =
            TRY(here_and_ours(desk.keys, desk.tx.one<GrantRow>(sql::grant, id, desk.scope)));
        auto person = TRY(roles_of(desk, grant.account));
        found.grants.push_back({std::move(grant), std::move(person)});
    }
    return found;
}

}  // namespace

Result<Area> area_of(store::Tx& tx, const ProposeGrants& order) {
    TRY(how_many(order.grants.size()));
    std::vector<Area> areas;
    for (const auto& each : order.grants) {
        // Both where the role is to stand and whose account it is must be the caller's to rule.
        areas.push_back(TRY(here(tx.value<Area>(sql::account_area, each.account))));
        areas.push_back(each.area);
    }
    return common_area(areas);
}
Result<Area> area_of(store::Tx& tx, const ConfirmGrants& order) {
    return grants_area(tx, order.grants);
}
Result<Area> area_of(store::Tx& tx, const RefuseGrants& order) {
    return grants_area(tx, order.grants);
}
Result<Area> area_of(store::Tx& tx, const EndGrants& order) {
    return grants_area(tx, order.grants);
}

Result<GrantsToPropose> load(road::Desk& desk, const ProposeGrants& order) {
    GrantsToPropose found{desk.caller.staff, desk.today, is_demo(desk.tx), {}};
    for (const auto& each : order.grants)
        found.persons.push_back(TRY(roles_of(desk, each.account)));
    return found;
}
Result<GrantsToDecide> load(road::Desk& desk, const ConfirmGrants& order) {
    return grants_to_decide(desk, order.grants);
}
Result<GrantsToDecide> load(road::Desk& desk, const RefuseGrants& order) {
    return grants_to_decide(desk, order.grants);
}
Result<GrantsToDecide> load(road::Desk& desk, const EndGrants& order) {
    return grants_to_decide(desk, order.grants);
}

Result<GrantsReceipt> record(road::Desk& desk, const GrantsProposed& decision) {
    auto rows = decision.grants;
    GrantsReceipt receipt;
    for (auto& row : rows) {
        row.id = desk.mint<GrantId>();
        receipt.grants.push_back(row.id);
        desk.announce("access.grant_proposed", row.id.number, row.area);
    }
    save(desk, sql::put_grant, rows);
    return receipt;
}

Result<GrantsReceipt> record(road::Desk& desk, const GrantsDecided& decision) {
    auto rows = decision.grants;
    auto accounts = decision.refreshed;
    GrantsReceipt receipt;
    for (const auto& row : rows) {
        receipt.grants.push_back(row.id);
        desk.announce("access.grant_" + row.state, row.id.number, row.area);
    }
    save(desk, sql::put_grant, rows);
    save(desk, sql::put_account, accounts);
    for (const auto account : decision.ends_sessions_of) desk.tx.run(sql::end_sessions_of, account);
    return receipt;
}

}  // namespace fenming::access
