#pragma once
// The bytes of a described struct that are hashed: two orders with the same bytes are the same
// order, under one idempotency key and in the trail (S2, E37). Members that hold personal data are
// among them, so the bytes are secret themselves: hash them under a key (S3), never store them.
//
// An element is a tag byte (the table in member.h), the length of what follows in 4 bytes, big end
// first, and its content. A struct holds an element for each field, in order, without names; a list
// holds one for each entry. Numbers are 8 bytes, big end first, two's complement; an enum is its
// name, so that renumbering one changes nothing; an absent optional is the tag 'n' of length 0.
// Reordering or retyping fields changes the bytes. This form is fixed: stored digests were made of
// it.

#include "api/member.h"

namespace fenming::api {

namespace canonical_detail {

/// Opens an element and returns where its content starts; close() writes the length before it.
std::size_t open(Bytes& out, char tag);
void close(Bytes& out, std::size_t start);
void put_number(Bytes& out, char tag, std::int64_t number);
void put_text(Bytes& out, char tag, std::string_view text);
void put_bytes(Bytes& out, char tag, BytesView bytes);

template <Sound T>
void put_fields(Bytes& out, const T& described);

template <class M>
void put(Bytes& out, const M& member) {
    if constexpr (kIsOptional<M>) {
        if (member) {
            put(out, *member);
        } else {
            put_bytes(out, 'n', {});
        }
    } else if constexpr (kIsSecret<M>) {
        put(out, member.reveal());
    } else if constexpr (kIsList<M>) {
        const std::size_t start = open(out, 'v');
        for (const auto& each : member) put<Inner<M>>(out, each);
        close(out, start);
    } else if constexpr (kIsId<M>) {
        put_number(out, 'd', member.number);
    } else if constexpr (std::same_as<M, bool>) {
        const std::uint8_t yes = member ? 1 : 0;
        put_bytes(out, 'b', {&yes, 1});
    } else if constexpr (value_detail::WholeNumber<M>) {
        put_number(out, 'i', static_cast<std::int64_t>(member));
    } else if constexpr (std::same_as<M, Money>) {
        put_number(out, 'm', member.in_fen());
    } else if constexpr (std::same_as<M, std::string>) {
        put_text(out, 's', member);
    } else if constexpr (std::same_as<M, Bytes>) {
        put_bytes(out, 'y', member);
    } else if constexpr (std::same_as<M, Date>) {
        put_text(out, 't', member.is_none() ? std::string() : member.text());
    } else if constexpr (std::same_as<M, Month>) {
        put_text(out, 'u', member.year == 0 ? std::string() : member.text());
    } else if constexpr (std::same_as<M, Period>) {
        put_text(out, 'p', member.text);
    } else if constexpr (std::same_as<M, Instant>) {
        put_number(out, 'a', member.ms);
    } else if constexpr (std::same_as<M, Area>) {
        put_number(out, 'r', member.code);
    } else if constexpr (NamedEnum<M>) {
        put_text(out, 'e', name_of(member));
    } else {
        put_fields(out, member);
    }
}

template <Sound T>
void put_fields(Bytes& out, const T& described) {
    const std::size_t start = open(out, 'o');
    for_each_field<T>([&](const auto& each) { put(out, described.*each.member); });
    close(out, start);
}

}  // namespace canonical_detail

/// The canonical bytes of a described struct, Secret members included.
template <Sound T>
Bytes canonical_bytes(const T& described) {
    Bytes out;
    canonical_detail::put_fields(out, described);
    return out;
}

}  // namespace fenming::api
