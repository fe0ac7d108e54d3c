#pragma once
// The OpenAPI 3.1 schema of a described struct, from the same list of fields as its JSON.

#include <limits>
#include <span>

#include "api/member.h"
#include "api/value.h"

namespace fenming::api {

/// What we read, or what we write. Input must not have names we do not know, and an optional may be
/// left out; output always has every field, an absent one as null, and may gain fields in later
/// releases.
enum class Side { input, output };

namespace schema_detail {

/// The whole range of 64 bits is told as a format: JavaScript cannot read its bounds.
Value whole_number(std::int64_t least, std::int64_t greatest);
Value amount();
/// Text of a format; "none" is written as "" but never read.
Value text(std::string_view format);
Value text_like(std::string_view pattern, Side side);
Value choice(std::span<const std::string_view> names);
Value list_of(Value item);
Value nullable(Value schema);
Value write_only(Value schema);
Value object(Side side);
void add_property(Value& object, std::string_view name, std::string_view doc, Value schema,
                  bool is_required);

}  // namespace schema_detail

template <Sound T, Side side = Side::input>
requires(side == Side::input || kMayBeShown<T>) Value schema_of();

/// The schema of one member of any type in member.h's table.
template <class M, Side side = Side::input>
Value member_schema() {
    using namespace schema_detail;
    if constexpr (kIsOptional<M>) {
        return nullable(member_schema<Inner<M>, side>());
    } else if constexpr (kIsSecret<M>) {
        return write_only(member_schema<Inner<M>, side>());
    } else if constexpr (kIsList<M>) {
        return list_of(member_schema<Inner<M>, side>());
    } else if constexpr (kIsId<M>) {
        return text_like("[1-9][0-9]{0,18}", side);
    } else if constexpr (std::same_as<M, bool>) {
        return Object{{"type", "boolean"}};
    } else if constexpr (value_detail::WholeNumber<M>) {
        return whole_number(std::numeric_limits<M>::min(), std::numeric_limits<M>::max());
    } else if constexpr (std::same_as<M, Money>) {
        return amount();
    } else if constexpr (std::same_as<M, std::string>) {
        return Object{{"type", "string"}};
    } else if constexpr (std::same_as<M, Bytes>) {
        return Object{{"type", "string"}, {"contentEncoding", "base64"}};
    } else if constexpr (std::same_as<M, Date>) {
        return text("date");
    } else if constexpr (std::same_as<M, Month>) {
        return text_like("[0-9]{4}-[0-9]{2}", side);
    } else if constexpr (std::same_as<M, Period>) {
        return text("period");
    } else if constexpr (std::same_as<M, Instant>) {
        return text("date-time");
    } else if constexpr (std::same_as<M, Area>) {
        return text_like("[0-9]{12}", side);
    } else if constexpr (NamedEnum<M>) {
        static constexpr auto kNames = names_of(M{});
        return choice(kNames);
    } else {
        return schema_of<M, side>();
    }
}

/// The schema of T as an object; descriptions are the field docs. A struct must not hold itself.
template <Sound T, Side side>
requires(side == Side::input || kMayBeShown<T>) Value schema_of() {
    Value object = schema_detail::object(side);
    std::apply(
        [&]<class... S, class... M>(const Field<S, M>&... each) {
            (schema_detail::add_property(object, each.name, each.doc, member_schema<M, side>(),
                                         side == Side::output || !kIsOptional<M>),
             ...);
        },
        T::fields);
    return object;
}

}  // namespace fenming::api
