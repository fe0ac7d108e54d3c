// Area codes: what their zeros say.

#include "base/area.h"

#include "base/check.h"
#include "base/text.h"

namespace fenming {
namespace {

constexpr std::int64_t kCountry = 1'000'000'000'000;

/// How many codes an area of this level spans.
std::int64_t span_of(AreaLevel level) {
    switch (level) {
        case AreaLevel::country:
            return kCountry;
        case AreaLevel::province:
            return 10'000'000'000;
        case AreaLevel::city:
            return 100'000'000;
        case AreaLevel::county:
            return 1'000'000;
        case AreaLevel::town:
            return 1'000;
        case AreaLevel::village:
            return 1;
    }
    bug("an area level is one of six");
}

AreaLevel above(AreaLevel level) {
    return level == AreaLevel::country ? level : AreaLevel(static_cast<int>(level) - 1);
}

}  // namespace

AreaLevel Area::level() const {
    check(code >= 0 && code < kCountry, "an area code has 12 digits");
    if (code == 0) return AreaLevel::country;
    AreaLevel level = AreaLevel::province;
    while (code % span_of(level) != 0) level = AreaLevel(static_cast<int>(level) + 1);
    return level;
}

std::int64_t Area::end() const {
    return code + span_of(level());
}

Area Area::county() const {
    if (level() < AreaLevel::county) return {};
    return {code - code % span_of(AreaLevel::county)};
}

Area Area::parent() const {
    return {code - code % span_of(above(level()))};
}

std::string Area::text() const {
    check(code >= 0 && code < kCountry, "an area code has 12 digits");
    const std::string digits = std::to_string(code);
    return std::string(12 - digits.size(), '0') + digits;
}

Result<Area> parse_area(std::string_view text) {
    std::string digits = to_half_width(trim(text));
    const auto number = parse_int(digits);
    const bool is_long_enough = digits.size() == 6 || digits.size() == 9 || digits.size() == 12;
    const bool lies_in_province = number && (*number == 0 || digits.substr(0, 2) != "00");
    if (!is_long_enough || !lies_in_province) {
        return refuse(refusal(kNotAnArea).personal("text", shown(text)));
    }
    digits.resize(12, '0');
    return Area{*parse_int(digits)};
}

}  // namespace fenming
