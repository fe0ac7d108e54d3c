#pragma once
// SM2 signatures and encryption (GB/T 32918), with SM3 and the identity fixed below. Signatures are
// strict DER (B3): one signature of one text has one encoding, and another encoding is false.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret_bytes.h"

struct evp_pkey_st;

namespace fenming::crypto {

/// A text that should hold an SM2 key and does not: another curve, a point off the curve, damage.
inline constexpr RefusalKind kNotAnSm2Key{"crypto.not_an_sm2_key", 422};

/// The identity that goes into every signature's Z value; the standard's own default.
inline constexpr std::string_view kSm2Identity = "1234567812345678";

/// Uncompressed: 04 ‖ X ‖ Y.
using Sm2Point = std::array<std::uint8_t, 65>;

/// Whether `signature` is a strict DER SEQUENCE of two INTEGERs r and s, each in 1…n−1, in 8 to 72
/// bytes with nothing left over. It says nothing of any text.
bool is_strict_sm2_signature(BytesView signature);

class Sm2PublicKey {
public:
    /// 65 bytes, uncompressed, on the curve; else `kNotAnSm2Key`.
    static Result<Sm2PublicKey> from_point(BytesView point);
    static Result<Sm2PublicKey> from_hex(std::string_view point);
    /// A SubjectPublicKeyInfo in PEM.
    static Result<Sm2PublicKey> from_pem(std::string_view pem);

    [[nodiscard]] const Sm2Point& point() const { return point_; }
    [[nodiscard]] std::string pem() const;
    /// True if `signature` is strict and made over `text` by this key's owner.
    [[nodiscard]] bool verify(BytesView text, BytesView signature) const;
    /// For the owner alone: DER of C1, C3, C2. At most 1024 bytes; keys, not files.
    [[nodiscard]] Bytes encrypt(BytesView clear) const;

    friend bool operator==(const Sm2PublicKey& a, const Sm2PublicKey& b) {
        return a.point_ == b.point_;
    }

private:
    friend class Sm2PrivateKey;
    Sm2PublicKey(std::shared_ptr<evp_pkey_st> key, const Sm2Point& point)
        : key_(std::move(key)), point_(point) {}
    std::shared_ptr<evp_pkey_st> key_;
    Sm2Point point_;
};

class Sm2PrivateKey {
public:
    static Sm2PrivateKey generate();
    /// 32 bytes, big-endian, in 1…n−2; else `kNotAnSm2Key`. The public key is computed.
    static Result<Sm2PrivateKey> from_scalar(BytesView scalar);
    static Result<Sm2PrivateKey> from_hex(std::string_view scalar);
    /// PKCS#8 or SEC 1 in PEM, not under a password.
    static Result<Sm2PrivateKey> from_pem(std::string_view pem);

    [[nodiscard]] const Sm2PublicKey& public_key() const { return public_; }
    /// DER, 8 to 72 bytes. Two signatures of one text differ.
    [[nodiscard]] Bytes sign(BytesView text) const;
    /// What `encrypt` hid; nullopt if it was not for this key or was changed.
    [[nodiscard]] std::optional<SecretBytes> decrypt(BytesView hidden) const;
    /// For writing key files only.
    [[nodiscard]] SecretBytes scalar() const;
    [[nodiscard]] std::string pem() const;

private:
    explicit Sm2PrivateKey(Sm2PublicKey public_key) : public_(std::move(public_key)) {}
    Sm2PublicKey public_;  // its handle holds the private part too
};

}  // namespace fenming::crypto
