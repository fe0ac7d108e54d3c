#pragma once
// SM4 in counter mode: it hides, and does not protect against change. Never used without an
// HMAC-SM3 over what it made (crypto/cell.h, crypto/blob.h, crypto/sealed.h).

#include <array>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "crypto/secret_bytes.h"

namespace fenming::crypto {

inline constexpr std::size_t kSm4KeySize = 16;
using Sm4Iv = std::array<std::uint8_t, 16>;

/// SM4-CTR (GB/T 32907, GB/T 17964) under one key. May be used from many threads at once.
class Sm4Ctr {
public:
    /// `key` has 16 bytes.
    explicit Sm4Ctr(SecretBytes key);
    Sm4Ctr(const Sm4Ctr&) = delete;
    Sm4Ctr& operator=(const Sm4Ctr&) = delete;
    ~Sm4Ctr();

    /// Encrypts or decrypts (the same thing) `in` to `out`, of the same size; they may be the same
    /// memory. `iv` is the first counter block: random for every encryption, never used twice.
    void crypt(const Sm4Iv& iv, BytesView in, std::span<std::uint8_t> out) const;

private:
    SecretBytes key_;
    std::uint64_t serial_;  // tells this object from every other, living or gone
};

}  // namespace fenming::crypto
