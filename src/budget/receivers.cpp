// Names of places and units.

#include "budget/receivers.h"

#include <algorithm>

#include "base/text.h"

namespace fenming::budget {
namespace {

constexpr std::size_t kLeastCharacters = 2;  // of a name that is part of another text

/// What names of places and units end with.
constexpr std::string_view kPlaceEndings[] = {
    "省",   "市",     "州", "盟", "县", "区", "旗",   "镇", "乡",   "街道", "苏木",
    "林场", "管委会", "局", "院", "站", "所", "中心", "村", "社区", "办",   "委"};

bool is_start_of_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

bool ends_as_place(std::string_view text) {
    return std::any_of(std::begin(kPlaceEndings), std::end(kPlaceEndings),
                       [&](std::string_view ending) { return text.ends_with(ending); });
}

/// Of several places, those of the highest level.
std::vector<Area> highest(std::vector<Area> found) {
    if (found.size() < 2) return found;
    const auto top = std::ranges::min_element(found, {}, [](Area a) { return a.level(); })->level();
    std::erase_if(found, [&](Area a) { return a.level() != top; });
    return found;
}

Result<Receiver> only(const std::vector<Area>& found, std::string_view text) {
    if (found.size() == 1) return Receiver{found.front(), 0};
    return refuse(refusal(kReceiverAmbiguous)
                      .with("text", shown(text))
                      .with("places", static_cast<std::int64_t>(found.size())));
}

}  // namespace

Receivers::Receivers(std::vector<PlaceName> places, std::vector<KnownUnit> units)
    : places_(std::move(places)), units_(std::move(units)) {
    for (const auto& place : places_) by_name_.emplace(place.name, place.code);
}

std::vector<Area> Receivers::places_named(std::string_view name, Area within) const {
    std::vector<Area> found;
    const auto [begin, end] = by_name_.equal_range(name);
    for (auto at = begin; at != end; ++at)
        if (within.contains(at->second)) found.push_back(at->second);
    return highest(std::move(found));
}

Result<Receiver> Receivers::find(Area within, std::string_view given, MayBe may_be) const {
    const std::string text = without_spaces(to_half_width(given));
    if (may_be == MayBe::use || text.ends_with("本级")) return Receiver{within, 0};
    if (const auto named = places_named(text, within); !named.empty()) return only(named, text);
    std::vector<const KnownUnit*> units;
    for (const auto& unit : units_)
        if (within.contains(unit.area) && unit.name == text) units.push_back(&unit);
    if (units.size() == 1) return Receiver{units.front()->area, units.front()->id};
    for (std::size_t from = 1; from < text.size(); ++from) {
        if (!is_start_of_character(text[from])) continue;
        const auto ending = std::string_view(text).substr(from);
        if (length_in_characters(ending) < kLeastCharacters) break;
        const auto named = places_named(ending, within);
        if (!named.empty()) return only(named, text);
    }
    std::vector<Area> longer;
    if (length_in_characters(text) >= kLeastCharacters)
        for (const auto& place : places_)
            if (within.contains(place.code) && place.name.ends_with(text))
                longer.push_back(place.code);
    for (const auto& unit : units_)
        if (within.contains(unit.area) && unit.name.ends_with(text) && unit.name != text)
            units.push_back(&unit);
    longer = highest(std::move(longer));
    if (units.size() == 1 && longer.empty())
        return Receiver{units.front()->area, units.front()->id};
    if (longer.size() == 1 && units.empty()) return Receiver{longer.front(), 0};
    if (may_be == MayBe::either && !ends_as_place(text)) return Receiver{within, 0};
    if (longer.size() + units.size() > 1)
        return refuse(refusal(kReceiverAmbiguous)
                          .with("text", shown(text))
                          .with("places", static_cast<std::int64_t>(longer.size() + units.size())));
    return refuse(
        refusal(kReceiverUnknown).with("text", shown(text)).with("within", name_of(within)));
}

std::string Receivers::name_of(Area area) const {
    const auto found = std::ranges::find(places_, area, &PlaceName::code);
    return found == places_.end() ? area.text() : found->name;
}

Result<Area> Receivers::place_of_issuer(std::string_view given) const {
    const std::string text = without_spaces(to_half_width(given));
    const Area everywhere;
    if (const auto named = places_named(text, everywhere); !named.empty())
        return (TRY(only(named, text))).area;
    // "重庆市长寿区", "巴彦淖尔市财政局": the longest name at its end, else at its beginning.
    for (std::size_t from = 1; from < text.size(); ++from) {
        if (!is_start_of_character(text[from])) continue;
        const auto named = places_named(std::string_view(text).substr(from), everywhere);
        if (!named.empty()) return (TRY(only(named, text))).area;
    }
    for (std::size_t size = text.size(); size > 0; --size) {
        if (size < text.size() && !is_start_of_character(text[size])) continue;
        const auto named = places_named(std::string_view(text).substr(0, size), everywhere);
        if (!named.empty()) return (TRY(only(named, text))).area;
    }
    return refuse(
        refusal(kReceiverUnknown).with("text", shown(text)).with("within", everywhere.text()));
}

}  // namespace fenming::budget
