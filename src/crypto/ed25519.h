#pragma once
// Ed25519 (RFC 8032), for the public log alone: what the world's log tools can check. What Fenming
// relies on is the SM2 line beside it (B10).

#include <array>
#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "crypto/secret_bytes.h"

struct evp_pkey_st;

namespace fenming::crypto {

using Ed25519Point = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;

class Ed25519PublicKey {
public:
    /// Any 32 bytes; bytes that are no point verify nothing.
    explicit Ed25519PublicKey(const Ed25519Point& point);

    [[nodiscard]] const Ed25519Point& point() const { return point_; }
    /// False for a signature that is not 64 bytes, too.
    [[nodiscard]] bool verify(BytesView text, BytesView signature) const;

private:
    std::shared_ptr<evp_pkey_st> key_;
    Ed25519Point point_;
};

class Ed25519PrivateKey {
public:
    static Ed25519PrivateKey generate();
    /// RFC 8032's 32-byte seed.
    explicit Ed25519PrivateKey(BytesView seed);

    [[nodiscard]] Ed25519PublicKey public_key() const;
    [[nodiscard]] Ed25519Signature sign(BytesView text) const;

private:
    std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace fenming::crypto
