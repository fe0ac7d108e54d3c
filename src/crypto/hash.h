#pragma once
// Digests and keyed digests. SM3 is what Fenming relies on; SHA-256 is for the public log, whose
// format is other people's (B10). More than one field goes through Frame first (crypto/frame.h).

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/bytes.h"
#include "crypto/secret_bytes.h"

struct evp_md_ctx_st;

namespace fenming::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest sm3(BytesView bytes);
Digest sha256(BytesView bytes);

/// Same length and same bytes, in a time that depends on the length alone.
bool equal_in_constant_time(BytesView a, BytesView b);

/// An owned digest state.
struct DigestStateFree {
    void operator()(evp_md_ctx_st* state) const;
};
using DigestState = std::unique_ptr<evp_md_ctx_st, DigestStateFree>;

/// The SM3 of one long field that comes in parts. Not for gluing fields together.
class Sm3 {
public:
    Sm3();
    void add(BytesView part);
    /// The digest; the object then begins anew.
    Digest finish();

private:
    DigestState state_;
};

/// HMAC-SM3 (GB/T 15852.2, RFC 2104) under one key, set once. Its functions may be called from many
/// threads at once. A key is 1 byte or more; keys of ours are 32 bytes, since HMAC cannot tell a
/// short key from the same key with zeros behind it (B1).
class HmacSm3 {
public:
    explicit HmacSm3(BytesView key);

    [[nodiscard]] Digest mac(BytesView message) const;

    /// The MAC of one long field that comes in parts.
    class Stream {
    public:
        void add(BytesView part);
        /// Ends the stream: once.
        Digest finish();

    private:
        friend class HmacSm3;
        explicit Stream(const HmacSm3& key);
        const HmacSm3* key_;
        DigestState state_;
    };
    /// The key must outlive its stream.
    [[nodiscard]] Stream stream() const { return Stream(*this); }

private:
    DigestState inner_;  // after key ⊕ ipad; only ever copied from
    DigestState outer_;  // after key ⊕ opad; only ever copied from
};

/// HKDF (RFC 5869) with HMAC-SM3, an empty salt, and `info` as the label; 1…8160 bytes.
SecretBytes hkdf_sm3(BytesView root, std::string_view info, std::size_t length);

}  // namespace fenming::crypto
