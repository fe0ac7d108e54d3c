// Offices, people, accounts and requests: where orders act, what they read, what they write.

#include <set>

#include "access/accounts.h"
#include "access/save.h"
#include "access/sql.h"
#include "api/member.h"
#include "crypto/random.h"

namespace fenming::access {
namespace {

constexpr std::size_t kSaltSize = 16;

Result<Area> areas_together(std::span<const std::optional<Area>> areas) {
    TRY(how_many(areas.size()));
    std::vector<Area> known;
    for (const auto& each : areas) {
        if (!each) return refuse(kNotHere);
        known.push_back(*each);
    }
    return common_area(known);
}

Result<Area> requests_area(store::Tx& tx, std::span<const RequestId> requests,
                           std::string_view kind) {
    std::vector<std::optional<Area>> areas;
    for (const auto each : requests) areas.push_back(tx.value<Area>(sql::request_area, each, kind));
    return areas_together(areas);
}

Result<AccountRow> account_here(road::Desk& desk, AccountId id) {
    return here_and_ours(desk.keys, desk.tx.one<AccountRow>(sql::account, id, desk.scope));
}

Result<RequestsToDecide> requests_to_decide(road::Desk& desk, std::span<const RequestId> requests,
                                            std::string_view kind) {
    RequestsToDecide found{desk.caller.staff, desk.at, {}, {}};
    for (const auto id : requests) {
        auto request = TRY(
            here_and_ours(desk.keys, desk.tx.one<RequestRow>(sql::request, id, kind, desk.scope)));
        // A refused account is no longer found by its id; its request still says so.
        auto account = request.state == kRefused && kind == "create"
                           ? AccountRow{}
                           : TRY(account_here(desk, request.account));
        found.requests.push_back({std::move(request), std::move(account)});
    }
    return found;
}

StaffRow new_staff(road::Desk& desk, const std::string& name, OfficeId office, Area area,
                   const std::optional<Secret<std::string>>& phone) {
    StaffRow row;
    row.id = desk.mint<StaffId>();
    row.name = name;
    row.office = office;
    row.area = area;
    row.county = area.county();
    row.phone = desk.keys.seal_cell({"staff", "phone", row.id.number},
                                    phone ? phone->reveal() : std::string());
    row.row_salt = new_row_salt();
    row.state = kActive;
    return row;
}

AccountRow new_account(road::Desk& desk, const NewPassword& password, StaffId staff,
                       const std::string& login, Area area, bool must_change) {
    AccountRow row;
    row.id = password.account();
    row.staff = staff;
    row.login = login;
    row.area = area;
    row.must_change = must_change;
    row.password_set = desk.at;
    row.password = password.stored();
    row.row_salt = new_row_salt();
    return row;
}

RequestRow new_request(road::Desk& desk, std::string_view kind, AccountId account, Area area) {
    RequestRow row;
    row.id = desk.mint<RequestId>();
    row.kind = kind;
    row.account = account;
    row.area = area;
    row.state = kProposed;
    row.proposed_by = desk.caller.staff;
    row.proposed = desk.at;
    row.row_salt = new_row_salt();
    return row;
}

}  // namespace

Bytes new_row_salt() {
    return crypto::random_bytes(kSaltSize);
}

// ---- where ----------------------------------------------------------------------------------

Result<Area> area_of(store::Tx&, const FirstAccount& order) {
    return order.area;
}

Result<Area> area_of(store::Tx&, const AddOffices& order) {
    std::vector<std::optional<Area>> areas;
    for (const auto& each : order.offices) areas.emplace_back(each.area);
    return areas_together(areas);
}

Result<Area> area_of(store::Tx& tx, const ProposeAccounts& order) {
    std::vector<std::optional<Area>> areas;
    for (const auto& each : order.accounts)
        areas.push_back(each.staff
                            ? tx.value<Area>(sql::staff_area, *each.staff)
                            : tx.value<Area>(sql::office_area, each.office.value_or(OfficeId{})));
    return areas_together(areas);
}

Result<Area> area_of(store::Tx& tx, const ConfirmAccounts& order) {
    return requests_area(tx, order.requests, "create");
}
Result<Area> area_of(store::Tx& tx, const RefuseAccounts& order) {
    return requests_area(tx, order.requests, "create");
}
Result<Area> area_of(store::Tx& tx, const ProposeReset& order) {
    return here(tx.value<Area>(sql::account_area, order.account));
}
Result<Area> area_of(store::Tx& tx, const ConfirmReset& order) {
    return requests_area(tx, {&order.request, 1}, "reset");
}
Result<Area> area_of(store::Tx& tx, const RefuseReset& order) {
    return requests_area(tx, {&order.request, 1}, "reset");
}
Result<Area> area_of(store::Tx& tx, const StopAccount& order) {
    return here(tx.value<Area>(sql::account_area, order.account));
}
Result<Area> area_of(store::Tx& tx, const EndSessions& order) {
    return here(tx.value<Area>(sql::account_area, order.account));
}

// ---- what is read ---------------------------------------------------------------------------

Result<Founding> load(road::Desk& desk, const FirstAccount&) {
    return Founding{desk.tx.value<AccountId>(sql::any_account).has_value(), is_demo(desk.tx)};
}

Result<OfficesToAdd> load(road::Desk& desk, const AddOffices& order) {
    OfficesToAdd found;
    for (const auto& each : order.offices) {
        const auto code = login_form(each.code);
        found.is_taken.push_back(
            code && desk.tx.value<OfficeId>(sql::office_code_taken, *code).has_value());
    }
    return found;
}

Result<AccountsToPropose> load(road::Desk& desk, const ProposeAccounts& order) {
    AccountsToPropose found{desk.caller.staff, is_demo(desk.tx), {}};
    for (const auto& each : order.accounts) {
        WantedFacts facts;
        const auto login = login_form(each.login);
        facts.is_login_taken =
            login && desk.tx.one<AccountRow>(sql::account_of_login, *login).has_value();
        if (each.staff) {
            const auto staff =
                TRY(here(desk.tx.one<StaffRow>(sql::staff_of, *each.staff, desk.scope)));
            facts.staff = staff.id;
            facts.office = staff.office;
            facts.area = staff.area;
        } else {
            facts.office = *each.office;
            facts.area = TRY(here(desk.tx.value<Area>(sql::office_area, facts.office)));
            facts.has_same_name =
                desk.tx.value<StaffId>(sql::same_name, facts.office, each.name, desk.scope)
                    .has_value();
        }
        found.facts.push_back(facts);
    }
    return found;
}

Result<RequestsToDecide> load(road::Desk& desk, const ConfirmAccounts& order) {
    return requests_to_decide(desk, order.requests, "create");
}
Result<RequestsToDecide> load(road::Desk& desk, const RefuseAccounts& order) {
    return requests_to_decide(desk, order.requests, "create");
}

Result<ResetToPropose> load(road::Desk& desk, const ProposeReset& order) {
    return ResetToPropose{desk.caller.staff, TRY(account_here(desk, order.account))};
}

Result<RequestsToDecide> load(road::Desk& desk, const ConfirmReset& order) {
    auto found = TRY(requests_to_decide(desk, {&order.request, 1}, "reset"));
    const auto account = found.requests.front().account.id;
    for (const auto state : {kProposed, kActive})
        for (auto& each : desk.tx.all<AuthenticatorRow>(sql::authenticators, account, state))
            found.factors.push_back(std::move(each));
    return found;
}
Result<RequestsToDecide> load(road::Desk& desk, const RefuseReset& order) {
    return requests_to_decide(desk, {&order.request, 1}, "reset");
}

Result<AccountToStop> load(road::Desk& desk, const StopAccount& order) {
    return AccountToStop{desk.at, TRY(account_here(desk, order.account)),
                         desk.tx.all<GrantRow>(sql::live_grants_of_account, order.account)};
}
Result<SessionsToEnd> load(road::Desk& desk, const EndSessions& order) {
    return SessionsToEnd{TRY(account_here(desk, order.account))};
}

// ---- what is written ------------------------------------------------------------------------

Result<FoundedReceipt> record(road::Desk& desk, const Founded& decision) {
    const auto& order = decision.order;
    OfficeRow office{desk.mint<OfficeId>(),
                     order.office_code,
                     order.office_name_zh,
                     order.office_name_en,
                     stored(OfficeKind::administrators),
                     order.area,
                     std::string(kActive),
                     {}};
    save(desk, sql::put_office, office);
    std::vector<StaffRow> staff;
    std::vector<AccountRow> accounts;
    std::vector<GrantRow> grants;
    FoundedReceipt receipt;
    constexpr std::string_view kFirstRoles[] = {"admin-account", "admin-permission"};
    for (std::size_t i = 0; i < order.founders.size(); ++i) {
        const auto& founder = order.founders[i];
        staff.push_back(new_staff(desk, founder.name, office.id, order.area, founder.phone));
        accounts.push_back(new_account(desk, order.passwords[i], staff.back().id, founder.login,
                                       order.area, decision.must_change));
        accounts.back().state = kActive;
        accounts.back().fresh = desk.at;
        GrantRow grant;
        grant.id = desk.mint<GrantId>();
        grant.account = accounts.back().id;
        grant.role = kFirstRoles[i];
        grant.area = order.area;
        grant.county = order.area.county();
        grant.valid_from = desk.today.text();
        grant.state = kConfirmed;
        grant.founding = true;
        grant.decided = desk.at;
        grants.push_back(std::move(grant));
        receipt.accounts.push_back(accounts.back().id);
    }
    save(desk, sql::put_staff, staff);
    save(desk, sql::put_account, accounts);
    save(desk, sql::put_grant, grants);
    return receipt;
}

Result<OfficesReceipt> record(road::Desk& desk, const OfficesAdded& decision) {
    std::vector<OfficeRow> rows;
    OfficesReceipt receipt;
    for (const auto& each : decision.offices) {
        rows.push_back({desk.mint<OfficeId>(),
                        each.code,
                        each.name_zh,
                        each.name_en,
                        stored(each.kind),
                        each.area,
                        std::string(kActive),
                        {}});
        receipt.offices.push_back(rows.back().id);
    }
    save(desk, sql::put_office, rows);
    return receipt;
}

Result<RequestsReceipt> record(road::Desk& desk, const AccountsProposed& decision) {
    std::vector<StaffRow> staff;
    std::vector<AccountRow> accounts;
    std::vector<RequestRow> requests;
    RequestsReceipt receipt;
    for (const auto& each : decision.accounts) {
        StaffId person = each.facts.staff;
        if (!person) {
            staff.push_back(new_staff(desk, each.wanted.name, each.facts.office, each.facts.area,
                                      each.wanted.phone));
            person = staff.back().id;
        }
        accounts.push_back(new_account(desk, each.password, person, each.wanted.login,
                                       each.facts.area, decision.must_change));
        accounts.back().state = kProposed;
        requests.push_back(new_request(desk, "create", accounts.back().id, each.facts.area));
        receipt.requests.push_back(requests.back().id);
        receipt.accounts.push_back(accounts.back().id);
        desk.announce("access.account_proposed", accounts.back().id.number, each.facts.area);
    }
    save(desk, sql::put_staff, staff);
    save(desk, sql::put_account, accounts);
    save(desk, sql::put_request, requests);
    return receipt;
}

Result<RequestsReceipt> record(road::Desk& desk, const RequestsDecided& decision) {
    auto requests = decision.requests;
    auto accounts = decision.accounts;
    auto factors = decision.factors;
    RequestsReceipt receipt;
    for (const auto& each : requests) {
        receipt.requests.push_back(each.id);
        receipt.accounts.push_back(each.account);
        if (decision.is_confirmed && each.kind == "reset")
            desk.tx.run(sql::end_sessions_of, each.account);
        // The person and the heads are told of every such change (S7).
        desk.announce("access." + each.kind + "_" + each.state, each.account.number, each.area);
    }
    save(desk, sql::put_request, requests);
    save(desk, sql::put_account, accounts);
    save(desk, sql::put_authenticator, factors);
    return receipt;
}

Result<RequestsReceipt> record(road::Desk& desk, const ResetProposed& decision) {
    auto request = new_request(desk, "reset", decision.account.id, decision.account.area);
    request.ends_factors = decision.ends_factors;
    request.password = decision.password;
    save(desk, sql::put_request, request);
    desk.announce("access.reset_proposed", decision.account.id.number, decision.account.area);
    return RequestsReceipt{{request.id}, {decision.account.id}};
}

Result<AccountReceipt> record(road::Desk& desk, const AccountStopped& decision) {
    auto account = decision.account;
    auto grants = decision.grants;
    save(desk, sql::put_account, account);
    save(desk, sql::put_grant, grants);
    desk.announce("access.account_" + account.state, account.id.number, account.area);
    return AccountReceipt{account.id, desk.tx.run(sql::end_sessions_of, account.id)};
}

Result<AccountReceipt> record(road::Desk& desk, const SessionsEnded& decision) {
    return AccountReceipt{decision.account, desk.tx.run(sql::end_sessions_of, decision.account)};
}

}  // namespace fenming::access
