#pragma once
// The name of a key version. Every ciphertext, index, MAC and signature carries one (S12).

#include <compare>
#include <cstdint>
#include <string>

#include "base/bytes.h"

namespace fenming::crypto {

/// 4 bytes that name a key and tell nothing about it.
struct KeyId {
    std::uint32_t number = 0;

    /// 8 lower-case hex digits.
    [[nodiscard]] std::string text() const;
    friend constexpr auto operator<=>(KeyId, KeyId) = default;
};

/// Reads the first 4 bytes, big-endian, of what carries a key id; `bytes` holds at least 4.
KeyId key_id_of(BytesView bytes);
/// Appends the 4 bytes, big-endian.
void append_key_id(Bytes& bytes, KeyId id);

}  // namespace fenming::crypto
