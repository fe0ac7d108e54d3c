// Rules about places and units: pure.

#include <array>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "registry/areas.h"

namespace fenming::registry {
namespace {

struct NameEnd {
    std::string_view end;
    AreaKind kind;
};
// The first that fits; longer ends stand before the shorter ones they contain.
constexpr std::array kCountyEnds{
    NameEnd{"开发区", AreaKind::zone},   NameEnd{"高新区", AreaKind::zone},
    NameEnd{"产业园区", AreaKind::zone}, NameEnd{"管委会", AreaKind::zone},
    NameEnd{"管理区", AreaKind::zone},   NameEnd{"园区", AreaKind::zone},
    NameEnd{"区", AreaKind::district},   NameEnd{"旗", AreaKind::banner},
    NameEnd{"市", AreaKind::county_city}};
constexpr std::array kTownEnds{
    NameEnd{"开发区", AreaKind::zone}, NameEnd{"园区", AreaKind::zone},
    NameEnd{"管委会", AreaKind::zone}, NameEnd{"管理区", AreaKind::zone},
    NameEnd{"街道", AreaKind::street}, NameEnd{"街道办事处", AreaKind::street},
    NameEnd{"乡", AreaKind::township}, NameEnd{"苏木", AreaKind::township}};
constexpr std::array kVillageEnds{
    NameEnd{"社区", AreaKind::community}, NameEnd{"社区居委会", AreaKind::community},
    NameEnd{"居委会", AreaKind::community}, NameEnd{"居民委员会", AreaKind::community},
    NameEnd{"社区居民委员会", AreaKind::community}};

template <std::size_t N>
AreaKind by_end(const std::array<NameEnd, N>& ends, std::string_view name, AreaKind otherwise) {
    for (const NameEnd& each : ends)
        if (name.ends_with(each.end)) return each.kind;
    return otherwise;
}

std::string place_text(const Area& area) {
    return area.text();
}

Result<Done> check_input(const ImportAreas& order, const AreaInput& row) {
    if (!order.area.contains(row.code))
        return refuse(refusal(kAreaOutside)
                          .with("area", place_text(row.code))
                          .with("root", place_text(order.area)));
    if (trim(row.name_zh).empty())
        return refuse(refusal(kAreaNameEmpty).with("area", place_text(row.code)));
    if (row.fiscal_code && !row.fiscal_code->empty() &&
        (row.fiscal_code->size() != 9 || !parse_int(*row.fiscal_code)))
        return refuse(refusal(kFiscalCodeShape)
                          .with("area", place_text(row.code))
                          .with("code", shown(*row.fiscal_code)));
    const Span span{row.valid_from.value_or(Date()), row.valid_to.value_or(Date())};
    if (!span.is_sound())
        return refuse(
            refusal(kValidityBackwards).with("from", span.from.text()).with("to", span.to.text()));
    return Done{};
}

AreaRow row_of(const AreaInput& input, const Span& span) {
    return {0,
            input.code,
            input.code.parent(),
            trim(input.name_zh),
            input.name_en.value_or(""),
            input.name_key.value_or(""),
            stored(input.kind.value_or(kind_of(input.code.level(), trim(input.name_zh)))),
            input.fiscal_code.value_or(""),
            input.successor.value_or(Area()),
            span.from,
            span.to};
}

bool says_the_same(const AreaRow& a, const AreaRow& b) {
    return a.name_zh == b.name_zh && a.name_en == b.name_en && a.name_key == b.name_key &&
           a.kind == b.kind && a.fiscal_code == b.fiscal_code && a.successor == b.successor &&
           a.span() == b.span();
}

/// The days a row is about: as given; else those of the row that still holds; else ever.
Span span_of(const AreaInput& input, const std::vector<const AreaRow*>& known) {
    Span span{input.valid_from.value_or(Date()), input.valid_to.value_or(Date())};
    if (input.valid_from) return span;
    for (const AreaRow* row : known)
        if (row->valid_to.is_none()) span.from = row->valid_from;
    return span;
}

}  // namespace

AreaKind kind_of(AreaLevel level, std::string_view name_zh) {
    switch (level) {
        case AreaLevel::country:
            return AreaKind::country;
        case AreaLevel::province:
            return AreaKind::province;
        case AreaLevel::city:
            return AreaKind::city;
        case AreaLevel::county:
            return by_end(kCountyEnds, name_zh, AreaKind::county);
        case AreaLevel::town:
            return by_end(kTownEnds, name_zh, AreaKind::town);
        case AreaLevel::village:
            return by_end(kVillageEnds, name_zh, AreaKind::village);
    }
    bug("an area level is one of six");
}

Result<AreasDecision> decide(const ImportAreas& order, const AreasDossier& dossier) {
    if (order.areas.empty() || order.areas.size() > kMostRows)
        return refuse(refusal(kRowCount)
                          .with("rows", static_cast<std::int64_t>(order.areas.size()))
                          .with("most", static_cast<std::int64_t>(kMostRows)));
    std::map<Area, std::vector<const AreaRow*>> known;
    for (const AreaRow& row : dossier.known) known[row.code].push_back(&row);

    AreasDecision decision;
    std::set<std::int64_t> closed;
    std::map<Area, std::vector<Span>> given;
    for (const AreaInput& input : order.areas) {
        TRY(check_input(order, input));
        const auto& held = known[input.code];
        const AreaRow row = row_of(input, span_of(input, held));
        for (const Span& earlier : given[input.code])
            if (overlap(earlier, row.span()))
                return refuse(refusal(kAreaTwice).with("area", place_text(input.code)));
        given[input.code].push_back(row.span());

        const bool is_known = std::any_of(held.begin(), held.end(), [&](const AreaRow* each) {
            return says_the_same(*each, row);
        });
        if (is_known) {
            ++decision.unchanged;
            continue;
        }
        for (const AreaRow* old : held) {
            if (!overlap(old->span(), row.span())) continue;
            // Two rows of one import may cut the same old row: it is closed once, and what is left
            // of it is what neither takes.
            if (closed.insert(old->id).second) decision.close.push_back(old->id);
        }
        decision.add.push_back(row);
    }
    for (const auto& [code, rows] : known) {
        for (const AreaRow* old : rows) {
            if (!closed.contains(old->id)) continue;
            std::vector<Span> left{old->span()};
            for (const Span& taken : given[code]) {
                std::vector<Span> next;
                for (const Span& piece : left)
                    for (const Span& rest : left_of(piece, taken)) next.push_back(rest);
                left = std::move(next);
            }
            for (const Span& piece : left) {
                AreaRow rest = *old;
                rest.id = 0;
                rest.valid_from = piece.from;
                rest.valid_to = piece.to;
                decision.add.push_back(std::move(rest));
            }
        }
    }
    return decision;
}

Result<UnitDecision> decide(const RegisterUnit& order, const UnitDossier& dossier) {
    if (!dossier.area_known)
        return refuse(refusal(kNoSuchArea).with("area", place_text(order.area)));
    if (trim(order.name_zh).empty() || trim(order.code).empty()) return refuse(kUnitNameEmpty);
    if (dossier.code_taken)
        return refuse(refusal(kUnitCodeTaken).with("code", shown(trim(order.code))));
    return UnitDecision{order};
}

}  // namespace fenming::registry
