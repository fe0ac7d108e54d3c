// Places and units: between rows and words.

#include "registry/areas.h"

#include "base/text.h"
#include "registry/sql.h"

namespace fenming::registry {
namespace {

/// A row of area_register with what the order adds.
struct NewArea : AreaRow {
    std::string from_text;
    std::string to_text;
    OrderId known_from;
    std::int64_t known_to = 0;
    OrderId order;
    static constexpr auto fields = std::make_tuple(
        field("id", &NewArea::id), field("code", &NewArea::code), field("parent", &NewArea::parent),
        field("name_zh", &NewArea::name_zh), field("name_en", &NewArea::name_en),
        field("name_key", &NewArea::name_key), field("kind", &NewArea::kind),
        field("fiscal_code", &NewArea::fiscal_code), field("successor", &NewArea::successor),
        field("valid_from", &NewArea::from_text), field("valid_to", &NewArea::to_text),
        field("known_from", &NewArea::known_from), field("known_to", &NewArea::known_to),
        field("order_id", &NewArea::order));
};

struct Closing {
    std::int64_t id = 0;
    OrderId order;
    static constexpr auto fields =
        std::make_tuple(field("id", &Closing::id), field("order_id", &Closing::order));
};

}  // namespace

Result<Area> area_of(store::Tx&, const ImportAreas& order) {
    return order.area;
}

Result<AreasDossier> load(road::Desk& desk, const ImportAreas& order) {
    return AreasDossier{desk.tx.all<AreaRow>(sql::areas_held, order.area.code, order.area.end())};
}

Result<AreasReceipt> record(road::Desk& desk, const AreasDecision& decision) {
    std::vector<Closing> closing;
    closing.reserve(decision.close.size());
    for (const std::int64_t id : decision.close) closing.push_back({id, desk.order});
    const auto closed = desk.tx.run_each<Closing>(sql::close_area, closing);

    std::vector<NewArea> rows;
    rows.reserve(decision.add.size());
    for (const AreaRow& each : decision.add) {
        NewArea row{each, each.valid_from.text(), each.valid_to.text(), desk.order, 0, desk.order};
        row.id = desk.mint_number();
        rows.push_back(std::move(row));
    }
    desk.tx.run_each<NewArea>(sql::add_area, rows);
    return AreasReceipt{static_cast<std::int64_t>(rows.size()), closed, decision.unchanged};
}

Result<Area> area_of(store::Tx&, const RegisterUnit& order) {
    return order.area;
}

Result<UnitDossier> load(road::Desk& desk, const RegisterUnit& order) {
    return UnitDossier{
        area_on(desk.tx, order.area, desk.today).has_value(),
        desk.tx.value<std::int64_t>(sql::unit_by_code, trim(order.code)).has_value()};
}

Result<UnitReceipt> record(road::Desk& desk, const UnitDecision& decision) {
    const RegisterUnit& unit = decision.unit;
    const auto id = desk.mint<UnitId>();
    desk.tx.run(sql::add_unit, id, trim(unit.code), trim(unit.name_zh), unit.name_en.value_or(""),
                unit.area, unit.area.county(), stored(unit.kind), desk.order);
    return UnitReceipt{id};
}

std::optional<AreaRow> area_on(store::Tx& tx, Area code, Date day) {
    return tx.one<AreaRow>(sql::area_on, code, day);
}

std::vector<AreaRow> areas_under(store::Tx& tx, Area parent, Date day, Area after, int limit) {
    return tx.all<AreaRow>(sql::areas_under, parent, day, after, limit);
}

std::vector<AreaRow> path_of(store::Tx& tx, Area code, Date day) {
    std::array<Area, 5> chain{};
    for (Area& each : chain) {
        each = code;
        code = code.parent();
    }
    auto rows =
        tx.all<AreaRow>(sql::area_path, chain[0], chain[1], chain[2], chain[3], chain[4], day);
    std::erase_if(rows, [](const AreaRow& row) { return row.code == Area(); });
    return rows;
}

Result<Done> must_exist(store::Tx& tx, Area code, Date day) {
    if (area_on(tx, code, day)) return Done{};
    return refuse(refusal(kNoSuchArea).with("area", code.text()));
}

std::vector<UnitRow> units_page(store::Tx& tx, const Scope& scope, UnitId after, int limit) {
    return tx.all<UnitRow>(sql::units_page, after, limit, scope);
}

}  // namespace fenming::registry
