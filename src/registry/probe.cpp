// Questions about many persons at once.

#include "registry/probe.h"

#include <limits>

#include "registry/sql.h"

namespace fenming::registry {
namespace {

struct Key {
    std::int64_t probe = 0;
    std::int64_t ordinal = 0;
    Bytes bytes;
    std::int64_t number = 0;
    static constexpr auto fields =
        std::make_tuple(field("probe_id", &Key::probe), field("ordinal", &Key::ordinal),
                        field("key_bytes", &Key::bytes), field("key_int", &Key::number));
};

/// An order id later than all others, for "now".
std::int64_t known_at(OrderId as_known) {
    return as_known ? as_known.number : std::numeric_limits<std::int64_t>::max();
}

struct CellRow {
    PayeeAccountId account;
    Bytes number;
    Bytes holder;
    static constexpr auto fields =
        std::make_tuple(field("id", &CellRow::account), field("account", &CellRow::number),
                        field("holder", &CellRow::holder));
};

template <class IdT>
void lay(store::Tx& tx, std::int64_t probe, std::span<const IdT> ids) {
    std::vector<Key> keys(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
        keys[i] = {probe, static_cast<std::int64_t>(i), {}, ids[i].number};
    tx.run_each<Key>(sql::add_probe, keys);
}

}  // namespace

Probe::Probe(store::Tx& tx, std::int64_t id, std::span<const crypto::BlindIndex> id_numbers)
    : tx_(&tx), id_(id) {
    std::vector<Key> keys(id_numbers.size());
    for (std::size_t i = 0; i < id_numbers.size(); ++i)
        keys[i] = {id, static_cast<std::int64_t>(i),
                   Bytes(id_numbers[i].begin(), id_numbers[i].end()), 0};
    tx.run_each<Key>(sql::add_probe, keys);
}

Probe::Probe(store::Tx& tx, std::int64_t id, std::span<const PersonId> persons)
    : tx_(&tx), id_(id) {
    lay(tx, id, persons);
}

Probe::Probe(store::Tx& tx, std::int64_t id, std::span<const PayeeAccountId> accounts)
    : tx_(&tx), id_(id) {
    lay(tx, id, accounts);
}

std::vector<FoundPerson> Probe::persons_by_id_number() const {
    return tx_->all<FoundPerson>(sql::probe_persons, id_);
}

std::vector<StatusRow> Probe::statuses_in(Month month, OrderId as_known) const {
    return tx_->all<StatusRow>(sql::probe_statuses, id_, month.first_day(), month.last_day(),
                               known_at(as_known));
}

std::vector<AccountOf> Probe::accounts_on(Date day, OrderId as_known) const {
    return tx_->all<AccountOf>(sql::probe_accounts, id_, day, known_at(as_known));
}

std::vector<SharedAccount> Probe::shared_accounts() const {
    return tx_->all<SharedAccount>(sql::probe_shared_accounts, id_);
}

void Probe::clear() {
    tx_->run(sql::clear_probe, id_);
}

std::vector<ClearAccount> open_accounts(store::Tx& tx, const crypto::KeyStore& keys,
                                        std::int64_t probe, std::span<const PayeeAccountId> ids) {
    lay(tx, probe, ids);
    const auto rows = tx.all<CellRow>(sql::cells_of_probe, probe);
    tx.run(sql::clear_probe, probe);
    check(rows.size() == ids.size(), "every account to be opened exists");
    std::vector<ClearAccount> opened;
    opened.reserve(rows.size());
    for (const CellRow& row : rows)
        opened.push_back(
            {row.account,
             keys.open_cell({"payee_account", "account", row.account.number}, row.number),
             keys.open_cell({"payee_account", "holder", row.account.number}, row.holder)});
    return opened;
}

}  // namespace fenming::registry
