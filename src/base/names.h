#pragma once
// Enums by name: as they stand in the store, in JSON and in words, so that renumbering one changes
// nothing. An enum names its members by a function beside it, found by its argument; the i-th name
// belongs to the enumerator of number i, counted from 0 without a gap:
//
//   enum class Colour { red, green };
//   constexpr std::array<std::string_view, 2> names_of(Colour) { return {"red", "green"}; }

#include <array>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/check.h"

namespace fenming {

/// An enum that names its members (see above).
template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E e) {
    { names_of(e)[0] } -> std::convertible_to<std::string_view>;
};

/// The name of an enum's value. A number without a name is a Bug.
template <NamedEnum E>
constexpr std::string_view name_of(E value) {
    const auto names = names_of(value);
    const auto index = static_cast<std::size_t>(value);
    check(index < names.size(), "an enum value has a name");
    return names[index];
}

/// The same as text to store.
template <NamedEnum E>
std::string stored(E value) {
    return std::string(name_of(value));
}

/// The member that a stored name names. Another name is a damaged row: the database is not ours
/// alone (Fault).
template <NamedEnum E>
E member_of(std::string_view name) {
    constexpr auto kNames = names_of(E{});
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<E>(i);
    throw Fault("a stored word is none of its list: " + std::string(name));
}

}  // namespace fenming
