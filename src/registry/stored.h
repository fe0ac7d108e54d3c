#pragma once
// Enums as they stand in the store: by name, so that renumbering one changes nothing.

#include <string>
#include <string_view>

#include "api/member.h"
#include "base/check.h"

namespace fenming::registry {

template <api::NamedEnum E>
std::string stored(E value) {
    return std::string(api::name_of(value));
}

/// The value of a stored name. A name that the enum does not have is a Bug: we wrote it.
template <api::NamedEnum E>
E enum_of(std::string_view name) {
    const auto names = names_of(E{});
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<E>(i);
    bug("a stored name belongs to its enum");
}

}  // namespace fenming::registry
