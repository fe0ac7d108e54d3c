#pragma once
// lp(): length, then bytes. The only way to hash, MAC or sign more than one field (SECURITY C11):
// fields that are merely glued together let "12"+"3" pass for "1"+"23" (torture H5).

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace fenming::crypto {

/// A sequence of fields as bytes that cannot be read in two ways:
///
///     sm3(Frame("fenming/row/v1").add(table).add(row_id).add(cell).view())
///
/// The first field is the domain, which says what the bytes mean, so that a digest made for one use
/// can never serve another (B8). A field is its length as 4 bytes, big-endian, then its bytes; an
/// integer is 8 bytes, big-endian, two's complement; a null is the length ff ff ff ff and nothing.
/// The types of the fields are fixed by the domain: text "A" and bytes {0x41} frame alike.
class Frame {
public:
    /// Begins with lp(domain).
    explicit Frame(std::string_view domain);
    /// Begins with the domain's bare bytes, for the formats that SECURITY.md fixes so (the cell,
    /// S9).
    static Frame bare(std::string_view domain);
    /// Begins anew in the memory already held, for loops over rows.
    Frame& restart(std::string_view domain);
    Frame& restart_bare(std::string_view domain);

    Frame& add(std::string_view text) { return add(bytes_of(text)); }
    Frame& add(BytesView bytes);
    Frame& add(std::int64_t number);
    Frame& add_null();
    template <class T>
    Frame& add(const std::optional<T>& field) {
        return field ? add(*field) : add_null();
    }
    // A bool, a pointer or an unsigned number has no agreed bytes.
    template <class T>
    requires(std::same_as<T, bool> || std::unsigned_integral<T> ||
             std::floating_point<T>) Frame& add(T) = delete;
    Frame& add(std::nullptr_t) = delete;

    /// A field whose size the domain fixes, without a length.
    template <std::size_t N>
    Frame& fixed(const std::array<std::uint8_t, N>& field) {
        return append(field);
    }
    /// 4 bytes, big-endian.
    Frame& fixed32(std::uint32_t number);
    Frame& fixed8(std::uint8_t number);
    /// The last field, without a length; nothing may be added after it.
    Frame& last(BytesView bytes);

    /// Valid until the frame is changed or gone.
    [[nodiscard]] BytesView view() const { return bytes_; }

private:
    Frame() = default;
    Frame& append(BytesView bytes);
    void length(std::uint32_t size);

    Bytes bytes_;
    bool is_closed_ = false;
};

}  // namespace fenming::crypto
