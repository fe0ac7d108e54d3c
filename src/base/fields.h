#pragma once
// One description of a struct, from which the rest follows: columns of a row, JSON, OpenAPI,
// the canonical bytes of an order. No macros, no mapper per struct.
//
//   struct Row {
//       BatchId id;
//       Money total_fen;
//       static constexpr auto fields = std::make_tuple(field("id", &Row::id, "the batch"),
//                                                      field("total_fen", &Row::total_fen));
//   };

#include <string_view>
#include <tuple>
#include <utility>

namespace fenming {

template <class Struct, class Member>
struct Field {
    std::string_view name;  ///< snake_case; an amount ends in _fen
    Member Struct::*member;
    std::string_view doc;  ///< one clause for OpenAPI and help; may be empty
};

template <class Struct, class Member>
constexpr Field<Struct, Member> field(std::string_view name, Member Struct::*member,
                                      std::string_view doc = {}) {
    return {name, member, doc};
}

/// A struct that describes itself.
template <class T>
concept Described = requires {
    T::fields;
};

/// Calls f(field) for every field in order.
template <Described T, class F>
constexpr void for_each_field(F&& f) {
    std::apply([&](const auto&... each) { (f(each), ...); }, T::fields);
}

template <Described T>
inline constexpr std::size_t kFieldCount = std::tuple_size_v<decltype(T::fields)>;

}  // namespace fenming
