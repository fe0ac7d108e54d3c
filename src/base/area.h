#pragma once
// Areas by 12-digit statistics code (R9.03), as a number: 430408001002. A subtree is a range.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fenming {

inline constexpr RefusalKind kNotAnArea{"base.not_an_area", 422};

enum class AreaLevel { country, province, city, county, town, village };

/// A place. The code's digits say what it lies in: province 2, city 4, county 6, town 9,
/// village 12. Code 0 is the country. A level is read from the zeros at the end.
struct Area {
    std::int64_t code = 0;

    [[nodiscard]] AreaLevel level() const;
    /// One past the last code that lies in this area.
    [[nodiscard]] std::int64_t end() const;
    [[nodiscard]] bool contains(Area other) const {
        return other.code >= code && other.code < end();
    }
    /// The county this place is or lies in; 0 for a city, province or the country. A city without
    /// counties (东莞 441900) is the county of its towns.
    [[nodiscard]] Area county() const;
    /// The place one level up; the country lies in itself.
    [[nodiscard]] Area parent() const;
    [[nodiscard]] std::string text() const;  ///< 12 digits
    friend constexpr auto operator<=>(Area, Area) = default;
};

/// 6, 9 or 12 digits, full width too; shorter codes are filled with zeros. Refuses other lengths
/// and a code that lies in no province (`kNotAnArea`); whether the place exists is the registry's
/// to say.
Result<Area> parse_area(std::string_view text);

}  // namespace fenming
