#pragma once
// From the words of a document to places and units: "乌拉特前旗", "下达西峰区", "市本级",
// "儿童福利院". Pure.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "budget/register.h"

namespace fenming::budget {

inline constexpr RefusalKind kReceiverUnknown{"budget.receiver_unknown", 422};
inline constexpr RefusalKind kReceiverAmbiguous{"budget.receiver_ambiguous", 422};

/// A place by its name.
struct PlaceName {
    Area code;
    std::string name;
    static constexpr auto fields =
        std::make_tuple(field("code", &PlaceName::code), field("name", &PlaceName::name));
};

struct Receiver {
    Area area;
    std::int64_t unit_id = 0;  ///< 0: the bureau of the area
};

/// What a text may be.
enum class MayBe { receiver, use, either };

class Receivers {
public:
    Receivers(std::vector<PlaceName> places, std::vector<KnownUnit> units);

    /// The receiver that a document of `within` names. In this order: 本级; a place of that name; a
    /// unit of that name; the longest name of a place that the text ends with; the only place or
    /// unit whose name ends with the text. Of several places the one of the highest level counts. A
    /// use (用途) stays with the document's own place; `either` is a use unless its last word is
    /// one that names of places and units end with.
    [[nodiscard]] Result<Receiver> find(Area within, std::string_view text, MayBe may_be) const;
    /// The place that a document's issuer stands for: the only one of that name anywhere, or that
    /// the text ends or begins with.
    [[nodiscard]] Result<Area> place_of_issuer(std::string_view text) const;

    /// The place's name; its code if it has none here.
    [[nodiscard]] std::string name_of(Area area) const;

private:
    [[nodiscard]] std::vector<Area> places_named(std::string_view name, Area within) const;

    std::vector<PlaceName> places_;
    std::vector<KnownUnit> units_;
    std::multimap<std::string, Area, std::less<>> by_name_;
};

}  // namespace fenming::budget
