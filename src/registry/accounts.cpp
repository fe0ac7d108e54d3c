// Accounts money goes to: between rows and words.

#include "registry/accounts.h"

#include "base/text.h"
#include "crypto/random.h"
#include "registry/probe.h"
#include "registry/sql.h"

namespace fenming::registry {
namespace {

struct CheckRow {
    PayeeAccountId account;
    std::string result;
    std::string on;
    OrderId order;
    static constexpr auto fields =
        std::make_tuple(field("account", &CheckRow::account), field("result", &CheckRow::result),
                        field("on_day", &CheckRow::on), field("order_id", &CheckRow::order));
};

Result<Area> area_of_account(store::Tx& tx, PayeeAccountId account) {
    const auto area = tx.value<Area>(sql::account_area, account);
    if (!area) return refuse(access::kNotHere);
    return *area;
}

Result<AccountDossier> load_account(road::Desk& desk, PayeeAccountId account) {
    auto brief = desk.tx.one<AccountBrief>(sql::account_brief, account, desk.scope);
    if (!brief) return refuse(access::kNotHere);
    return AccountDossier{std::move(*brief), desk.caller.staff, desk.today};
}

Bytes index_of(const crypto::KeyStore& keys, const crypto::Canonical& value) {
    const auto index = keys.blind_index(value);
    return {index.begin(), index.end()};
}

}  // namespace

Result<Area> area_of(store::Tx& tx, const ChangeAccount& order) {
    if (order.person) return area_of_person(tx, *order.person);
    if (!order.unit) return refuse(kOneOwner);
    const auto area = tx.value<Area>(sql::unit_area, *order.unit);
    if (!area) return refuse(access::kNotHere);
    return *area;
}

Result<ChangeDossier> load(road::Desk& desk, const ChangeAccount& order) {
    ChangeDossier dossier;
    dossier.area = desk.area;
    dossier.account_index =
        index_of(desk.keys, TRY(crypto::canonical_account(order.account.reveal())));
    dossier.holder_index = index_of(desk.keys, TRY(crypto::canonical_name(order.holder.reveal())));
    if (order.person) {
        dossier.owner_index = desk.tx.value<Bytes>(sql::owner_name_index, *order.person, desk.scope)
                                  .value_or(Bytes{});
        dossier.accounts =
            desk.tx.all<AccountBrief>(sql::live_accounts_of_person, *order.person, desk.scope);
    } else if (order.unit) {
        dossier.accounts =
            desk.tx.all<AccountBrief>(sql::live_accounts_of_unit, *order.unit, desk.scope);
    }
    return dossier;
}

Result<AccountReceipt> record(road::Desk& desk, const ChangeDecision& decision) {
    const ChangeAccount& order = decision.order;
    const auto id = desk.mint<PayeeAccountId>();
    const auto seal = [&](std::string_view column, std::string_view text) {
        return desk.keys.seal_cell({"payee_account", column, id.number}, text);
    };
    const std::string note = order.custody_note ? trim(order.custody_note->reveal()) : "";
    desk.tx.run(sql::add_account, id, order.person.value_or(PersonId{}),
                order.unit.value_or(UnitId{}), decision.area, decision.area.county(),
                seal("account", decision.account), decision.account_index,
                seal("holder", trim(order.holder.reveal())), decision.holder_index,
                decision.account.substr(decision.account.size() - 4), trim(order.bank_code),
                trim(order.bank_name), stored(order.kind), !note.empty(),
                note.empty() ? Bytes{} : seal("custody_note", note), order.proof.value_or(FileId{}),
                desk.caller.staff, desk.order, crypto::random_array<16>(), desk.order);
    desk.announce("registry.account_proposed", id.number, decision.area);
    return AccountReceipt{id};
}

Result<Area> area_of(store::Tx& tx, const ConfirmAccountChange& order) {
    return area_of_account(tx, order.account);
}

Result<AccountDossier> load(road::Desk& desk, const ConfirmAccountChange& order) {
    return load_account(desk, order.account);
}

Result<ConfirmReceipt> record(road::Desk& desk, const ConfirmDecision& decision) {
    const AccountBrief& account = decision.account;
    const StaffId staff = desk.caller.staff;
    if (!decision.accept) {
        check(desk.tx.run(sql::refuse_account, account.id, staff, desk.order, desk.scope) == 1,
              "a proposed account is refused once");
        return ConfirmReceipt{account.id, 0, 0};
    }
    const std::int64_t closed =
        account.person ? desk.tx.run(sql::close_other_accounts_of_person, account.id,
                                     account.person, desk.today, desk.order, desk.scope)
                       : desk.tx.run(sql::close_other_accounts_of_unit, account.id, account.unit,
                                     desk.today, desk.order, desk.scope);
    check(desk.tx.run(sql::confirm_account, account.id, staff, desk.today, desk.order,
                      desk.scope) == 1,
          "a proposed account is confirmed once");
    desk.announce("registry.account_changed", account.id.number, account.area);
    return ConfirmReceipt{account.id, 1, closed};
}

Result<Area> area_of(store::Tx& tx, const CloseAccount& order) {
    return area_of_account(tx, order.account);
}

Result<AccountDossier> load(road::Desk& desk, const CloseAccount& order) {
    return load_account(desk, order.account);
}

Result<AccountReceipt> record(road::Desk& desk, const CloseDecision& decision) {
    check(desk.tx.run(sql::close_account, decision.account.id, desk.today, desk.order,
                      desk.scope) == 1,
          "an active account is closed once");
    return AccountReceipt{decision.account.id};
}

Result<Area> area_of(store::Tx& tx, const RecordCustody& order) {
    return area_of_account(tx, order.account);
}

Result<AccountDossier> load(road::Desk& desk, const RecordCustody& order) {
    return load_account(desk, order.account);
}

Result<AccountReceipt> record(road::Desk& desk, const CustodyDecision& decision) {
    const PayeeAccountId id = decision.account.id;
    const Bytes note =
        desk.keys.seal_cell({"payee_account", "custody_note", id.number}, decision.note);
    check(desk.tx.run(sql::set_custody, id, note, desk.order, desk.scope) == 1,
          "the account is there");
    return AccountReceipt{id};
}

Result<Area> area_of(store::Tx&, const RecordAccountChecks& order) {
    return order.area;
}

Result<ChecksDossier> load(road::Desk& desk, const RecordAccountChecks& order) {
    std::vector<PayeeAccountId> ids;
    ids.reserve(order.checks.size());
    for (const CheckInput& each : order.checks) ids.push_back(each.account);
    const std::int64_t question = desk.mint_number();
    Probe probe(desk.tx, question, ids);
    const auto found = desk.tx.value<std::int64_t>(sql::count_accounts_of_probe, question,
                                                   order.area.code, order.area.end(), desk.scope);
    probe.clear();
    return ChecksDossier{desk.today, found.value_or(0)};
}

Result<ChecksReceipt> record(road::Desk& desk, const ChecksDecision& decision) {
    std::vector<CheckRow> rows;
    rows.reserve(decision.checks.size());
    for (const CheckInput& each : decision.checks)
        rows.push_back({each.account, stored(each.result), decision.on.text(), desk.order});
    return ChecksReceipt{desk.tx.run_each<CheckRow>(sql::set_check, rows)};
}

std::vector<AccountRow> accounts_of(store::Tx& tx, const Scope& scope, PersonId person) {
    return tx.all<AccountRow>(sql::accounts_of, person, scope);
}

std::vector<AccountRow> pending_changes(store::Tx& tx, const Scope& scope, PayeeAccountId after,
                                        int limit) {
    return tx.all<AccountRow>(sql::pending_changes, after, limit, scope);
}

}  // namespace fenming::registry
