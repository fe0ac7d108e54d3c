// Staging and taking over persons.

#include "registry/intake.h"

#include <algorithm>
#include <future>

#include "crypto/e2e.h"
#include "crypto/frame.h"
#include "crypto/random.h"
#include "registry/sql.h"

namespace fenming::registry {
namespace {

constexpr std::size_t kRowsATransaction = 10'000;

/// A row of person_intake.
struct Staged {
    IntakeId intake;
    std::int64_t ordinal = 0;
    Area area;
    Area county;
    std::int64_t person = 0;
    crypto::Digest stable_ref{};
    std::string id_kind;
    Bytes id_number;
    crypto::BlindIndex id_index{};
    Bytes name;
    crypto::BlindIndex name_index{};
    std::string birth_date;
    std::string sex;
    Bytes phone;
    Bytes phone_index;
    std::string label;
    std::array<std::uint8_t, 16> row_salt{};
    std::int64_t account_id = 0;
    Bytes account;
    Bytes account_index;
    Bytes holder;
    Bytes holder_index;
    std::string last_four;
    std::string bank_code;
    std::string bank_name;
    std::string account_kind;
    Bytes account_salt;
    static constexpr auto fields = std::make_tuple(
        field("intake_id", &Staged::intake), field("ordinal", &Staged::ordinal),
        field("area", &Staged::area), field("county", &Staged::county),
        field("person_id", &Staged::person), field("stable_ref", &Staged::stable_ref),
        field("id_kind", &Staged::id_kind), field("id_number", &Staged::id_number),
        field("id_index", &Staged::id_index), field("name", &Staged::name),
        field("name_index", &Staged::name_index), field("birth_date", &Staged::birth_date),
        field("sex", &Staged::sex), field("phone", &Staged::phone),
        field("phone_index", &Staged::phone_index), field("label", &Staged::label),
        field("row_salt", &Staged::row_salt), field("account_id", &Staged::account_id),
        field("account", &Staged::account), field("account_index", &Staged::account_index),
        field("holder", &Staged::holder), field("holder_index", &Staged::holder_index),
        field("last_four", &Staged::last_four), field("bank_code", &Staged::bank_code),
        field("bank_name", &Staged::bank_name), field("account_kind", &Staged::account_kind),
        field("account_salt", &Staged::account_salt));
};

Bytes bytes_of_index(const crypto::BlindIndex& index) {
    return {index.begin(), index.end()};
}

/// Seals one person under the ids minted for the person and the account.
Staged seal(const crypto::KeyStore& keys, IntakeId intake, const CheckedPerson& person,
            std::int64_t person_id, std::int64_t account_id) {
    Staged row;
    row.intake = intake;
    row.ordinal = person.ordinal;
    row.area = person.area;
    row.county = person.area.county();
    row.person = person_id;
    row.stable_ref = crypto::person_reference(keys, person.id_number);
    row.id_kind = stored(person.id_kind);
    row.id_number = keys.seal_cell({"person", "id_number", person_id}, person.id_number.reveal());
    row.id_index = keys.blind_index(person.id_number);
    row.name = keys.seal_cell({"person", "name", person_id}, person.written_name.reveal());
    row.name_index = keys.blind_index(person.name);
    row.birth_date = person.birth_date.text();
    row.sex = stored(person.sex);
    if (person.phone) {
        row.phone = keys.seal_cell({"person", "phone", person_id}, person.phone->reveal());
        row.phone_index = bytes_of_index(keys.blind_index(*person.phone));
    }
    row.label = stored(person.label);
    crypto::random_fill(row.row_salt);
    if (!person.account) return row;

    const std::string& account = person.account->reveal();
    row.account_id = account_id;
    row.account = keys.seal_cell({"payee_account", "account", account_id}, account);
    row.account_index = bytes_of_index(keys.blind_index(*person.account));
    row.holder =
        keys.seal_cell({"payee_account", "holder", account_id}, person.written_holder.reveal());
    row.holder_index =
        bytes_of_index(person.holder ? keys.blind_index(*person.holder) : row.name_index);
    row.last_four = account.substr(account.size() - 4);
    row.bank_code = person.bank_code;
    row.bank_name = person.bank_name;
    row.account_kind = stored(person.account_kind);
    row.account_salt = crypto::random_bytes(16);
    return row;
}

/// Seals a run of persons on two threads: it is nearly all arithmetic.
std::vector<Staged> seal_all(const Staging& staging, IntakeId intake, std::int64_t first_id,
                             std::span<const CheckedPerson> persons, std::size_t offset) {
    std::vector<Staged> rows(persons.size());
    const auto part = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const auto place = static_cast<std::int64_t>((offset + i) * 2);
            rows[i] = seal(staging.keys, intake, persons[i], IdSource::step(first_id, place),
                           IdSource::step(first_id, place + 1));
        }
    };
    if (persons.size() < 500) {
        part(0, persons.size());
        return rows;
    }
    const std::size_t middle = persons.size() / 2;
    auto second = std::async(std::launch::async, part, middle, persons.size());
    part(0, middle);
    second.get();
    return rows;
}

struct Summary {
    std::int64_t rows = 0;
    std::int64_t outside = 0;
    Area outside_area;
    static constexpr auto fields =
        std::make_tuple(field("row_count", &Summary::rows), field("outside", &Summary::outside),
                        field("outside_area", &Summary::outside_area));
};
struct CountyRow {
    Area county;
    static constexpr auto fields = std::make_tuple(field("county", &CountyRow::county));
};

}  // namespace

IntakeId intake_of(const crypto::KeyStore& keys, BytesView canonical_request) {
    const auto digest = keys.mac(crypto::MacLabel::idempotency)
                            .mac(crypto::Frame("fenming/intake/v1").add(canonical_request).view());
    std::int64_t number = 0;
    for (std::size_t i = 0; i < 7; ++i) number = number * 256 + digest[i];
    return IntakeId{number + 1};
}

IntakeId stage_persons(const Staging& staging, std::span<const CheckedPerson> persons,
                       IntakeId intake) {
    if (!intake) intake.number = staging.ids.next(staging.now.ms);
    if (persons.empty()) return intake;
    const auto count = static_cast<std::int64_t>(persons.size()) * 2;
    const std::int64_t first = staging.ids.block(staging.now.ms, count);
    for (std::size_t at = 0; at < persons.size(); at += kRowsATransaction) {
        const auto part = persons.subspan(at, std::min(kRowsATransaction, persons.size() - at));
        const auto rows = seal_all(staging, intake, first, part, at);
        auto tx = staging.database.begin_write();
        tx->run_each<Staged>(sql::stage_person, rows);
        tx->commit();
    }
    return intake;
}

void drop_intake(store::Database& database, IntakeId intake) {
    auto tx = database.begin_write();
    tx->run(sql::drop_intake, intake);
    tx->commit();
}

Result<Area> area_of(store::Tx&, const RegisterPersons& order) {
    return order.area;
}

Result<IntakeDossier> load(road::Desk& desk, const RegisterPersons& order) {
    IntakeDossier dossier;
    const auto summary =
        desk.tx.one<Summary>(sql::intake_summary, order.intake, order.area.code, order.area.end());
    dossier.rows = summary->rows;
    dossier.outside = summary->outside;
    dossier.outside_area = summary->outside_area;
    const auto unknown =
        desk.tx.value<std::int64_t>(sql::intake_unknown_area, order.intake, desk.today);
    dossier.has_unknown_area = unknown.has_value();
    dossier.unknown_area = Area{unknown.value_or(0)};
    dossier.twice = desk.tx.value<std::int64_t>(sql::intake_twice, order.intake).value_or(0);
    if (dossier.outside == 0)
        for (const CountyRow& row : desk.tx.all<CountyRow>(sql::intake_counties, order.intake))
            desk.need_pen(row.county);
    return dossier;
}

Result<IntakeReceipt> record(road::Desk& desk, const IntakeDecision& decision) {
    IntakeReceipt receipt;
    receipt.intake = decision.intake;
    receipt.registered = desk.tx.run(sql::take_over_persons, decision.intake, desk.order);
    receipt.accounts = desk.tx.run(sql::take_over_accounts, decision.intake, desk.caller.staff,
                                   Bytes{}, desk.today, desk.order, desk.scope);
    receipt.rows = desk.tx.run(sql::drop_intake, decision.intake);
    receipt.already_known = receipt.rows - receipt.registered;
    return receipt;
}

}  // namespace fenming::registry
