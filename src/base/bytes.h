#pragma once
// Raw bytes, and their printable forms.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fenming {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

inline BytesView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower case.
std::string to_hex(BytesView bytes);
/// Either case; an odd length or another character gives nothing.
std::optional<Bytes> from_hex(std::string_view text);
/// RFC 4648 base64 with padding.
std::string to_base64(BytesView bytes);
/// Only what to_base64 writes, so that bytes have one text: padding is demanded, stray bits and
/// line breaks are not taken.
std::optional<Bytes> from_base64(std::string_view text);
/// RFC 4648 base32, upper case, no padding: the bank end-to-end ids (S5).
std::string to_base32(BytesView bytes);

}  // namespace fenming
