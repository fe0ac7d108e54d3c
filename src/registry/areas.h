#pragma once
// Places and the budget units in them: orders, dossiers, decisions, refusals (R9.03, R2.41).

#include <optional>
#include <string>
#include <vector>

#include "base/names.h"
#include "registry/validity.h"
#include "road/order.h"

namespace fenming::registry {

/// An area that the register does not know on that day.
inline constexpr RefusalKind kNoSuchArea{"registry.no_such_area", 422};
/// A row names an area that does not lie in the order's area.
inline constexpr RefusalKind kAreaOutside{"registry.area_outside", 422};
/// Two rows of one import say what holds for an area on the same days.
inline constexpr RefusalKind kAreaTwice{"registry.area_twice", 422};
inline constexpr RefusalKind kAreaNameEmpty{"registry.area_name_empty", 422};
/// Its last day lies before its first.
inline constexpr RefusalKind kValidityBackwards{"registry.validity_backwards", 422};
/// A fiscal code is 9 digits (R2.41).
inline constexpr RefusalKind kFiscalCodeShape{"registry.fiscal_code_shape", 422};
/// An order brings more than 100,000 rows, or none.
inline constexpr RefusalKind kRowCount{"registry.row_count", 422};
inline constexpr RefusalKind kUnitCodeTaken{"registry.unit_code_taken", 409};
inline constexpr RefusalKind kUnitNameEmpty{"registry.unit_name_empty", 422};

inline constexpr std::size_t kMostRows = 100'000;

/// What a place is. The code's digits give the level; the name of the level differs by place.
enum class AreaKind {
    country,
    province,
    city,
    county,
    district,
    county_city,
    banner,
    town,
    township,
    street,
    village,
    community,
    zone
};
constexpr std::array<std::string_view, 13> names_of(AreaKind) {
    return {"country", "province", "city",   "county",  "district",  "county_city", "banner",
            "town",    "township", "street", "village", "community", "zone"};
}
/// By level and the end of the Chinese name: 蒸湘区 → district, 耒阳市 → county_city, 高新区 →
/// zone.
AreaKind kind_of(AreaLevel level, std::string_view name_zh);

struct AreaInput {
    Area code;
    std::string name_zh;
    std::optional<std::string> name_en;
    std::optional<std::string> name_key;
    std::optional<AreaKind> kind;
    std::optional<std::string> fiscal_code;
    std::optional<Area> successor;
    std::optional<Date> valid_from;
    std::optional<Date> valid_to;
    static constexpr auto fields = std::make_tuple(
        field("code", &AreaInput::code, "12-digit statistics code"),
        field("name_zh", &AreaInput::name_zh, "Chinese name"),
        field("name_en", &AreaInput::name_en, "English name"),
        field("name_key", &AreaInput::name_key, "pinyin, for sorting"),
        field("kind", &AreaInput::kind, "what it is; absent: by level and name"),
        field("fiscal_code", &AreaInput::fiscal_code, "9-digit code of the fiscal system"),
        field("successor", &AreaInput::successor, "the area that it became part of"),
        field("valid_from", &AreaInput::valid_from, "first day; absent: as known, or since ever"),
        field("valid_to", &AreaInput::valid_to, "the day on which it holds no longer"));
};

/// Brings places up to date: what is new is added, what differs is closed and written again, what
/// is known already is left (E6). Rows lie in `area`.
struct ImportAreas {
    Area area;
    std::vector<AreaInput> areas;
    static constexpr road::OrderType type{"registry.import_areas", "registry.area.write"};
    static constexpr auto fields =
        std::make_tuple(field("area", &ImportAreas::area, "where the places lie"),
                        field("areas", &ImportAreas::areas, "1 to 100,000 places"));
};

/// A row of area_register.
struct AreaRow {
    std::int64_t id = 0;
    Area code;
    Area parent;
    std::string name_zh;
    std::string name_en;
    std::string name_key;
    std::string kind;
    std::string fiscal_code;
    Area successor;
    Date valid_from;
    Date valid_to;
    static constexpr auto fields = std::make_tuple(
        field("id", &AreaRow::id), field("code", &AreaRow::code), field("parent", &AreaRow::parent),
        field("name_zh", &AreaRow::name_zh), field("name_en", &AreaRow::name_en),
        field("name_key", &AreaRow::name_key), field("kind", &AreaRow::kind),
        field("fiscal_code", &AreaRow::fiscal_code), field("successor", &AreaRow::successor),
        field("valid_from", &AreaRow::valid_from), field("valid_to", &AreaRow::valid_to));
    [[nodiscard]] Span span() const { return {valid_from, valid_to}; }
};

struct AreasDossier {
    std::vector<AreaRow> known;  ///< what is held for true of places in the order's area
};
struct AreasDecision {
    std::vector<AreaRow> add;         ///< without ids
    std::vector<std::int64_t> close;  ///< ids of rows that are no longer held for true
    std::int64_t unchanged = 0;
};
struct AreasReceipt {
    std::int64_t added = 0;
    std::int64_t closed = 0;
    std::int64_t unchanged = 0;
    static constexpr auto fields = std::make_tuple(field("added", &AreasReceipt::added),
                                                   field("closed", &AreasReceipt::closed),
                                                   field("unchanged", &AreasReceipt::unchanged));
};
Result<Area> area_of(store::Tx& tx, const ImportAreas& order);
Result<AreasDossier> load(road::Desk& desk, const ImportAreas& order);
Result<AreasDecision> decide(const ImportAreas& order, const AreasDossier& dossier);
Result<AreasReceipt> record(road::Desk& desk, const AreasDecision& decision);

using UnitId = Id<struct UnitTag>;

enum class UnitKind { bureau, institution, town_office, village_committee, other };
constexpr std::array<std::string_view, 5> names_of(UnitKind) {
    return {"bureau", "institution", "town_office", "village_committee", "other"};
}

/// Registers a budget unit 预算单位, or an institution that receives for those in its care (P24).
struct RegisterUnit {
    Area area;
    std::string code;
    std::string name_zh;
    std::optional<std::string> name_en;
    UnitKind kind = UnitKind::other;
    static constexpr road::OrderType type{"registry.register_unit", "registry.area.write"};
    static constexpr auto fields = std::make_tuple(
        field("area", &RegisterUnit::area), field("code", &RegisterUnit::code, "budget unit code"),
        field("name_zh", &RegisterUnit::name_zh), field("name_en", &RegisterUnit::name_en),
        field("kind", &RegisterUnit::kind));
};
struct UnitDossier {
    bool area_known = false;
    bool code_taken = false;
};
struct UnitDecision {
    RegisterUnit unit;
};
struct UnitReceipt {
    UnitId unit;
    static constexpr auto fields = std::make_tuple(field("unit_id", &UnitReceipt::unit));
};
Result<Area> area_of(store::Tx& tx, const RegisterUnit& order);
Result<UnitDossier> load(road::Desk& desk, const RegisterUnit& order);
Result<UnitDecision> decide(const RegisterUnit& order, const UnitDossier& dossier);
Result<UnitReceipt> record(road::Desk& desk, const UnitDecision& decision);

// ---- reading ----

/// A place on a day, by its code; none if the register does not know it on that day.
std::optional<AreaRow> area_on(store::Tx& tx, Area code, Date day);
/// Places one level down, by code, after `after`.
std::vector<AreaRow> areas_under(store::Tx& tx, Area parent, Date day, Area after, int limit);
/// The place and all it lies in, from the outermost in: 湖南省 衡阳市 石鼓区. Unknown ones are
/// left out.
std::vector<AreaRow> path_of(store::Tx& tx, Area code, Date day);
/// Refuses (`kNoSuchArea`) what the register does not know on that day.
Result<Done> must_exist(store::Tx& tx, Area code, Date day);

struct UnitRow {
    UnitId id;
    std::string code;
    std::string name_zh;
    std::string name_en;
    Area area;
    std::string kind;
    static constexpr auto fields =
        std::make_tuple(field("id", &UnitRow::id), field("code", &UnitRow::code),
                        field("name_zh", &UnitRow::name_zh), field("name_en", &UnitRow::name_en),
                        field("area", &UnitRow::area), field("kind", &UnitRow::kind));
};
/// Units in the scope, by id, after `after`.
std::vector<UnitRow> units_page(store::Tx& tx, const Scope& scope, UnitId after, int limit);

}  // namespace fenming::registry
