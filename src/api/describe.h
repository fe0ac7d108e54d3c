#pragma once
// Described structs to and from JSON values. member.h lists the types a member may have;
// canonical.h has their bytes for hashing, schema.h their OpenAPI schema.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "api/member.h"
#include "api/value.h"
#include "base/result.h"

namespace fenming::api {

// Each of these has the JSON pointer of the value in its place's `column`. What the requester wrote
// is carried as a personal value: shown to him, never stored (S3).
inline constexpr RefusalKind kNotAnObject{"api.not_an_object", 422};
inline constexpr RefusalKind kNotAList{"api.not_a_list", 422};
inline constexpr RefusalKind kNotAText{"api.not_a_text", 422};
inline constexpr RefusalKind kNotAYesNo{"api.not_a_yes_no", 422};
inline constexpr RefusalKind kNotANumber{"api.not_a_number", 422};
inline constexpr RefusalKind kNumberOutOfRange{"api.number_out_of_range", 422};
/// An amount written as anything but a whole number of fen (E12).
inline constexpr RefusalKind kNotAnAmount{"api.not_an_amount", 422};
inline constexpr RefusalKind kNotAnId{"api.not_an_id", 422};
inline constexpr RefusalKind kNotBase64{"api.not_base64", 422};
inline constexpr RefusalKind kUnknownChoice{"api.unknown_choice", 422};
inline constexpr RefusalKind kUnknownField{"api.unknown_field", 422};
inline constexpr RefusalKind kMissingField{"api.missing_field", 422};
/// Something in a protected (Secret) member does not read; what was written is not repeated (S10).
inline constexpr RefusalKind kSecretMalformed{"api.secret_malformed", 422};

/// Where a value stands: a chain up to the root on the caller's stack, made into text only when
/// something is refused.
class Spot {
public:
    /// `root` is what the pointer begins with: "" for a body, "?" for a query, "{batch}" for
    /// a value in the path.
    explicit Spot(std::string_view root) : name_(root) {}
    Spot(const Spot& up, std::string_view name) : up_(&up), name_(name) {}
    Spot(const Spot& up, std::size_t index) : up_(&up), index_(index), is_index_(true) {}

    /// "/lines/3/amount_fen", "?year"
    [[nodiscard]] std::string pointer() const;

private:
    [[nodiscard]] std::string whole() const;

    const Spot* up_ = nullptr;
    std::string_view name_;
    std::size_t index_ = 0;
    bool is_index_ = false;
};

/// A refusal whose place is the spot.
Refusal refusal_at(const RefusalKind& kind, const Spot& spot);

// One reader for each kind of value. The ids, days and places that mean "none" are refused here.
Result<bool> read_yes_no(const Value& value, const Spot& spot);
Result<std::int64_t> read_number(const Value& value, const Spot& spot, std::int64_t least,
                                 std::int64_t greatest);
Result<Money> read_amount(const Value& value, const Spot& spot);
Result<std::string> read_text(const Value& value, const Spot& spot);
Result<Bytes> read_bytes(const Value& value, const Spot& spot);
Result<std::int64_t> read_id_number(const Value& value, const Spot& spot);
Result<Date> read_date(const Value& value, const Spot& spot);
Result<Month> read_month(const Value& value, const Spot& spot);
Result<Period> read_period(const Value& value, const Spot& spot);
Result<Instant> read_instant(const Value& value, const Spot& spot);
Result<Area> read_area(const Value& value, const Spot& spot);
/// The index of the text among `names`.
Result<std::size_t> read_choice(const Value& value, const Spot& spot,
                                std::span<const std::string_view> names);
/// The object, if all its names are among `names`; else the closest of them is suggested.
Result<const Object*> read_object(const Value& value, const Spot& spot,
                                  std::span<const std::string_view> names);
/// The same refusal without what was written; keeps its place.
Refusal without_content(const Refusal& refusal, const Spot& spot);

std::string text_or_none(Date date);
std::string text_or_none(Month month);

template <Sound T>
Result<T> read_struct(const Value& value, const Spot& spot);

/// Reads one member of any type in member.h's table.
template <class M>
Result<M> read_member(const Value& value, const Spot& spot) {
    if constexpr (kIsOptional<M>) {
        const std::string* text = value.if_text();
        const bool is_absent = kTextNeverEmpty<Inner<M>> && text != nullptr && text->empty();
        if (value.is_null() || is_absent) return M{};
        return M(TRY(read_member<Inner<M>>(value, spot)));
    } else if constexpr (kIsSecret<M>) {
        auto inner = read_member<Inner<M>>(value, spot);
        if (!inner) return refuse(without_content(inner.error(), spot));
        return M(std::move(*inner));
    } else if constexpr (kIsList<M>) {
        const Array* list = value.if_array();
        if (list == nullptr) return refuse(refusal_at(kNotAList, spot));
        M out;
        out.reserve(list->size());
        for (std::size_t i = 0; i < list->size(); ++i)
            out.push_back(TRY(read_member<Inner<M>>((*list)[i], Spot(spot, i))));
        return out;
    } else if constexpr (kIsId<M>) {
        return M{TRY(read_id_number(value, spot))};
    } else if constexpr (std::same_as<M, bool>) {
        return read_yes_no(value, spot);
    } else if constexpr (value_detail::WholeNumber<M>) {
        return static_cast<M>(TRY(read_number(value, spot, std::numeric_limits<M>::min(),
                                              std::numeric_limits<M>::max())));
    } else if constexpr (std::same_as<M, Money>) {
        return read_amount(value, spot);
    } else if constexpr (std::same_as<M, std::string>) {
        return read_text(value, spot);
    } else if constexpr (std::same_as<M, Bytes>) {
        return read_bytes(value, spot);
    } else if constexpr (std::same_as<M, Date>) {
        return read_date(value, spot);
    } else if constexpr (std::same_as<M, Month>) {
        return read_month(value, spot);
    } else if constexpr (std::same_as<M, Period>) {
        return read_period(value, spot);
    } else if constexpr (std::same_as<M, Instant>) {
        return read_instant(value, spot);
    } else if constexpr (std::same_as<M, Area>) {
        return read_area(value, spot);
    } else if constexpr (NamedEnum<M>) {
        static constexpr auto kNames = names_of(M{});
        return static_cast<M>(TRY(read_choice(value, spot, kNames)));
    } else {
        return read_struct<M>(value, spot);
    }
}

namespace describe_detail {

/// Fills one field; false, with the reason in `why`, if it is refused.
template <class T, class S, class M>
bool fill(T& out, const Field<S, M>& field, const Object& object, const Spot& spot,
          std::optional<Refusal>& why) {
    const Value* value = object.find(field.name);
    if (value == nullptr) {
        if constexpr (!kIsOptional<M>) why = refusal_at(kMissingField, Spot(spot, field.name));
        return kIsOptional<M>;
    }
    auto member = read_member<M>(*value, Spot(spot, field.name));
    if (!member) {
        why = std::move(member.error());
        return false;
    }
    out.*field.member = std::move(*member);
    return true;
}

}  // namespace describe_detail

template <Sound T>
Result<T> read_struct(const Value& value, const Spot& spot) {
    const Object& object = *TRY(read_object(value, spot, kFieldNames<T>));
    T out{};
    std::optional<Refusal> why;
    const bool is_read = std::apply(
        [&](const auto&... each) {
            return (true && ... && describe_detail::fill(out, each, object, spot, why));
        },
        T::fields);
    if (!is_read) return refuse(std::move(*why));
    return out;
}

/// Reads a T. Every field that is not optional must be there; a name that T does not have is
/// refused with the closest that it has. `at` is what the pointers in refusals begin with.
template <Sound T>
Result<T> from_value(const Value& value, std::string_view at = "") {
    return read_struct<T>(value, Spot(at));
}

template <Sound T>
requires kMayBeShown<T> Value to_value(const T& described);

/// The JSON of one member of any type in member.h's table but Secret.
template <class M>
requires kMayBeShown<M> Value member_value(const M& member) {
    if constexpr (kIsOptional<M>) {
        return member ? member_value(*member) : Value();
    } else if constexpr (kIsList<M>) {
        Array list;
        list.reserve(member.size());
        for (const auto& each : member) list.push_back(member_value<Inner<M>>(each));
        return list;
    } else if constexpr (kIsId<M>) {
        return member ? std::to_string(member.number) : std::string();
    } else if constexpr (std::same_as<M, bool> || value_detail::WholeNumber<M> ||
                         std::same_as<M, std::string>) {
        return member;
    } else if constexpr (std::same_as<M, Money>) {
        return member.in_fen();
    } else if constexpr (std::same_as<M, Bytes>) {
        return to_base64(member);
    } else if constexpr (std::same_as<M, Date> || std::same_as<M, Month>) {
        return text_or_none(member);
    } else if constexpr (std::same_as<M, Instant>) {
        return beijing_text(member);
    } else if constexpr (std::same_as<M, Period>) {
        return member.text;
    } else if constexpr (std::same_as<M, Area>) {
        return member.text();
    } else if constexpr (NamedEnum<M>) {
        return stored(member);
    } else {
        return to_value(member);
    }
}

/// The JSON object of a described struct: every field, in order; an absent optional is null. Does
/// not compile for a struct that holds a Secret (S10).
template <Sound T>
requires kMayBeShown<T> Value to_value(const T& described) {
    Object object;
    for_each_field<T>([&](const auto& each) {
        object.append(std::string(each.name), member_value(described.*each.member));
    });
    return object;
}

}  // namespace fenming::api
