#pragma once
// Blind indexes (S9): how the store finds an encrypted value by its whole text.

#include <array>

#include "crypto/canonical.h"
#include "crypto/hash.h"
#include "crypto/key_id.h"

namespace fenming::crypto {

/// key id(4) ‖ HMAC-SM3(k_index[field], canonical value). Equal values have equal indexes under one
/// key; the index tells nothing to who lacks the key, and everything to who holds it (S11).
using BlindIndex = std::array<std::uint8_t, 4 + 32>;

/// `key` is k_index of the value's field, of the root version `id`.
BlindIndex blind_index(KeyId id, const HmacSm3& key, const Canonical& value);

}  // namespace fenming::crypto
