// Looking persons up and showing them.

#include "registry/look_up.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/random.h"
#include "registry/sql.h"

namespace fenming::registry {
namespace {

/// A row of look_up.
struct LookUpToAdd {
    std::int64_t id = 0;
    Instant at;
    std::string day;
    StaffId staff;
    AccountId account;
    Area area;
    std::string kind;
    std::string purpose;
    Bytes reason;
    PersonId person;
    std::array<std::uint8_t, 16> row_salt{};
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &LookUpToAdd::id), field("at_ms", &LookUpToAdd::at),
        field("day", &LookUpToAdd::day), field("staff_id", &LookUpToAdd::staff),
        field("account_id", &LookUpToAdd::account), field("area", &LookUpToAdd::area),
        field("kind", &LookUpToAdd::kind), field("purpose", &LookUpToAdd::purpose),
        field("reason", &LookUpToAdd::reason), field("person_id", &LookUpToAdd::person),
        field("row_salt", &LookUpToAdd::row_salt), field("order_id", &LookUpToAdd::order));
};

struct NamedRow {
    PersonId id;
    Area area;
    Bytes name;
    Date birth_date;
    std::string sex;
    std::string label;
    static constexpr auto fields =
        std::make_tuple(field("id", &NamedRow::id), field("area", &NamedRow::area),
                        field("name", &NamedRow::name), field("birth_date", &NamedRow::birth_date),
                        field("sex", &NamedRow::sex), field("label", &NamedRow::label));
};
struct CellsRow {
    PersonId id;
    Bytes id_number;
    Bytes name;
    Bytes phone;
    Date birth_date;
    static constexpr auto fields =
        std::make_tuple(field("id", &CellsRow::id), field("id_number", &CellsRow::id_number),
                        field("name", &CellsRow::name), field("phone", &CellsRow::phone),
                        field("birth_date", &CellsRow::birth_date));
};

std::int64_t looked_today(road::Desk& desk) {
    return desk.tx.value<std::int64_t>(sql::looked_today, desk.caller.staff, desk.today)
        .value_or(0);
}

bool is_given(const std::optional<Secret<std::string>>& text) {
    return text && !trim(text->reveal()).empty();
}

template <class Order>
Result<LookUpDossier> load_look_up(road::Desk& desk, const Order& order, bool guarded) {
    LookUpDossier dossier;
    dossier.looked_today = looked_today(desk);
    const std::int64_t low = order.area.code;
    const std::int64_t end = order.area.end();
    const auto take = [&](const std::vector<PersonBrief>& rows) {
        for (const PersonBrief& row : rows)
            if (std::find(dossier.found.begin(), dossier.found.end(), row.person) ==
                dossier.found.end())
                dossier.found.push_back(row.person);
    };
    if (is_given(order.id_number)) {
        dossier.is_whole = true;
        const auto number = TRY(crypto::canonical_id_number(order.id_number->reveal()));
        for (const auto& index : desk.keys.blind_indexes(number))
            take(desk.tx.all<PersonBrief>(sql::find_by_id_number, index, low, end, guarded,
                                          desk.scope));
    } else if (is_given(order.name) && order.birth_date) {
        dossier.is_whole = true;
        const auto name = TRY(crypto::canonical_name(order.name->reveal()));
        for (const auto& index : desk.keys.blind_indexes(name))
            take(desk.tx.all<PersonBrief>(sql::find_by_name, index, *order.birth_date, low, end,
                                          guarded, desk.scope));
    }
    return dossier;
}

std::string name_of_row(const crypto::KeyStore& keys, const NamedRow& row) {
    if (row.name.empty()) return {};
    return mask_name(keys.open_cell({"person", "name", row.id.number}, row.name).reveal());
}

PersonCard card_of(const crypto::KeyStore& keys, const NamedRow& row) {
    return {row.id,
            row.area,
            name_of_row(keys, row),
            row.birth_date.is_none() ? 0 : row.birth_date.year(),
            row.sex,
            row.label};
}

Secret<std::string> opened(const crypto::KeyStore& keys, std::string_view column, PersonId person,
                           const Bytes& cell) {
    if (cell.empty()) return {};
    return keys.open_cell({"person", column, person.number}, cell);
}

}  // namespace

Result<Area> area_of(store::Tx&, const LookUp& order) {
    return order.area;
}
Result<LookUpDossier> load(road::Desk& desk, const LookUp& order) {
    return load_look_up(desk, order, false);
}

Result<Area> area_of(store::Tx&, const LookUpGuarded& order) {
    return order.area;
}
Result<LookUpDossier> load(road::Desk& desk, const LookUpGuarded& order) {
    return load_look_up(desk, order, true);
}

Result<Area> area_of(store::Tx& tx, const Unmask& order) {
    return area_of_person(tx, order.person);
}
Result<UnmaskDossier> load(road::Desk& desk, const Unmask& order) {
    auto person = TRY(brief_of(desk.tx, desk.scope, order.person));
    return UnmaskDossier{person, looked_today(desk)};
}

Result<LookUpReceipt> record(road::Desk& desk, const LookUpDecision& decision) {
    // A search that finds nobody is noted too, under person 0.
    std::vector<PersonId> persons = decision.persons;
    if (persons.empty()) persons.push_back({});
    std::vector<LookUpToAdd> rows;
    for (const PersonId person : persons) {
        LookUpToAdd row;
        row.id = desk.mint_number();
        row.at = desk.at;
        row.day = desk.today.text();
        row.staff = desk.caller.staff;
        row.account = desk.caller.account;
        row.area = decision.area;
        row.kind = decision.kind;
        row.purpose = stored(decision.purpose);
        row.reason = desk.keys.seal_cell({"look_up", "reason", row.id}, decision.reason);
        row.person = person;
        row.row_salt = crypto::random_array<16>();
        row.order = desk.order;
        rows.push_back(std::move(row));
    }
    desk.tx.run_each<LookUpToAdd>(sql::add_look_up, rows);
    return LookUpReceipt{decision.persons};
}

std::vector<PersonCard> persons_page(store::Tx& tx, const crypto::KeyStore& keys,
                                     const Scope& scope, Area area, PersonId after, int limit) {
    std::vector<PersonCard> cards;
    for (const NamedRow& row :
         tx.all<NamedRow>(sql::persons_page, area.code, area.end(), after, limit, scope))
        cards.push_back(card_of(keys, row));
    return cards;
}

std::vector<LookUpRow> look_ups_page(store::Tx& tx, const Scope& scope, std::int64_t after,
                                     int limit) {
    return tx.all<LookUpRow>(sql::look_ups_page, after, limit, scope);
}

std::int64_t guarded_count(store::Tx& tx, const Scope& scope, Area area) {
    return tx.value<std::int64_t>(sql::guarded_count, area.code, area.end(), scope).value_or(0);
}

Result<PersonCard> person_card(store::Tx& tx, const crypto::KeyStore& keys, const Scope& scope,
                               PersonId person, Seen seen) {
    const auto row = tx.one<NamedRow>(sql::person_named, person, scope);
    if (!row) return refuse(access::kNotHere);
    const auto label = member_of<Label>(row->label);
    const bool is_guarded = label == Label::child || label == Label::guarded;
    if (is_guarded && seen == Seen::open) return refuse(access::kNotHere);
    return card_of(keys, *row);
}

Result<ClearPerson> clear_person(store::Tx& tx, const crypto::KeyStore& keys, const Scope& scope,
                                 PersonId person) {
    const auto row = tx.one<CellsRow>(sql::person_cells, person, scope);
    if (!row) return refuse(access::kNotHere);
    return ClearPerson{row->id, opened(keys, "id_number", person, row->id_number),
                       opened(keys, "name", person, row->name),
                       opened(keys, "phone", person, row->phone), row->birth_date};
}

}  // namespace fenming::registry
