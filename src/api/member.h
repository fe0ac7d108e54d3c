#pragma once
// Which types a member of a described struct may have, told once for JSON, schema and canonical
// bytes; and what must hold of every struct's field list, checked when it compiles.
//
//   member type                    JSON                                 canonical tag
//   bool                           true, false                          b
//   int64 and narrower integers    number                               i
//   Money (name ends in _fen)      number, whole fen (E12)              m
//   std::string                    text                                 s
//   Bytes                          text, base64                         y
//   Id<Tag>                        text of decimal digits; none is ""   d
//   Date, Month, Period            text; none is ""                     t, u, p
//   Instant                        text, RFC 3339 at +08:00             a
//   Area                           text of 12 digits                    r
//   an enum with names_of          text, its name                       e
//   a described struct             object                               o
//   std::vector<M>                 list                                 v
//   std::optional<M>               null or absent, else as M            n, else as M
//   Secret<M>                      read as M, never written (S10)       as M
//
// How an enum names its members: base/names.h.

#include <array>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "api/value.h"
#include "base/area.h"
#include "base/bytes.h"
#include "base/date.h"
#include "base/fields.h"
#include "base/id.h"
#include "base/money.h"
#include "base/names.h"
#include "base/secret.h"

namespace fenming::api {

template <class T>
inline constexpr bool kIsId = false;
template <class Tag>
inline constexpr bool kIsId<Id<Tag>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class M>
inline constexpr bool kIsOptional<std::optional<M>> = true;
template <class T>
inline constexpr bool kIsSecret = false;
template <class M>
inline constexpr bool kIsSecret<Secret<M>> = true;
/// A list; Bytes are not one.
template <class T>
inline constexpr bool kIsList = false;
template <class M>
inline constexpr bool kIsList<std::vector<M>> = !std::same_as<std::vector<M>, Bytes>;

/// The M of optional<M>, vector<M> and Secret<M>; any other type itself.
template <class T>
struct InnerOf {
    using type = T;
};
template <class M>
struct InnerOf<std::optional<M>> {
    using type = M;
};
template <class M>
struct InnerOf<std::vector<M>> {
    using type = std::conditional_t<kIsList<std::vector<M>>, M, Bytes>;
};
template <class M>
struct InnerOf<Secret<M>> {
    using type = M;
};
template <class T>
using Inner = typename InnerOf<T>::type;

/// Types whose JSON text is never empty, so that "" in an optional member means absent.
template <class T>
inline constexpr bool kTextNeverEmpty =
    kIsId<T> || NamedEnum<T> || std::same_as<T, Date> || std::same_as<T, Month> ||
    std::same_as<T, Period> || std::same_as<T, Instant> || std::same_as<T, Area>;

namespace member_detail {

template <class M>
constexpr bool holds_money() {
    if constexpr (std::same_as<Inner<M>, M>) {
        return std::same_as<M, Money>;
    } else {
        return holds_money<Inner<M>>();
    }
}

template <class M>
constexpr bool holds_secret() {
    if constexpr (kIsSecret<M>) {
        return true;
    } else if constexpr (Described<M>) {
        return std::apply(
            []<class... S, class... Each>(const Field<S, Each>&...) {
                return (false || ... || holds_secret<Each>());
            },
            M::fields);
    } else if constexpr (!std::same_as<Inner<M>, M>) {
        return holds_secret<Inner<M>>();
    } else {
        return false;
    }
}

constexpr bool is_snake_case(std::string_view name) {
    if (name.empty() || name.front() < 'a' || name.front() > 'z') return false;
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    return true;
}

}  // namespace member_detail

/// The names of T's fields, in order.
template <Described T>
inline constexpr auto kFieldNames = std::apply(
    [](const auto&... each) { return std::array<std::string_view, sizeof...(each)>{each.name...}; },
    T::fields);

/// Every name is snake_case and stands once.
template <Described T>
constexpr bool names_are_sound() {
    const auto& names = kFieldNames<T>;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!member_detail::is_snake_case(names[i])) return false;
        for (std::size_t j = 0; j < i; ++j)
            if (names[i] == names[j]) return false;
    }
    return true;
}

/// A member is Money if, and only if, its name ends in _fen (E12).
template <Described T>
constexpr bool amounts_end_in_fen() {
    return std::apply(
        []<class... S, class... M>(const Field<S, M>&... each) {
            return (true && ... &&
                    (each.name.ends_with("_fen") == member_detail::holds_money<M>()));
        },
        T::fields);
}

/// T holds nothing that must not be written: no Secret at any depth (S10).
template <class T>
inline constexpr bool kMayBeShown = !member_detail::holds_secret<T>();

/// What every template over T::fields asks of T.
template <class T>
concept Sound = Described<T> && names_are_sound<T>() && amounts_end_in_fen<T>();

}  // namespace fenming::api
