// SM2 by OpenSSL, with our own strict reading of signatures.

#include "crypto/sm2.h"

#include <openssl/core_names.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "crypto/openssl.h"
#include "crypto/random.h"

namespace fenming::crypto {

namespace {

using Params = std::unique_ptr<OSSL_PARAM, openssl::FreeWith<OSSL_PARAM_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, openssl::FreeWith<OSSL_PARAM_BLD_free>>;
using Scalar = std::array<std::uint8_t, 32>;

constexpr std::size_t kLongestPem = 16 * 1024;
constexpr std::size_t kMostHidden = 1024;

// The order n of the curve's base point (GB/T 32918.5).
constexpr Scalar kOrder = {0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                           0xff, 0xff, 0xff, 0xff, 0xff, 0x72, 0x03, 0xdf, 0x6b, 0x21, 0xc6,
                           0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x23};

/// A DER INTEGER at the front of `rest`, taken off it: positive, shortest form, in 1…n−1.
std::optional<Scalar> take_integer(BytesView& rest) {
    if (rest.size() < 3 || rest[0] != 0x02) return std::nullopt;
    const std::size_t size = rest[1];
    if (size < 1 || size > 33 || rest.size() < 2 + size) return std::nullopt;
    BytesView number = rest.subspan(2, size);
    rest = rest.subspan(2 + size);
    if (number[0] >= 0x80) return std::nullopt;  // negative
    if (number[0] == 0 && number.size() > 1) {
        if (number[1] < 0x80) return std::nullopt;  // a zero too many
        number = number.subspan(1);
    }
    if (number.size() > 32) return std::nullopt;
    Scalar scalar{};
    std::copy(number.begin(), number.end(),
              scalar.end() - static_cast<std::ptrdiff_t>(number.size()));
    if (scalar == Scalar{} || !(scalar < kOrder)) return std::nullopt;
    return scalar;
}

void put_integer(Bytes& der, const Scalar& scalar) {
    const auto* first =
        std::find_if(scalar.begin(), scalar.end(), [](auto byte) { return byte != 0; });
    Bytes number(first, scalar.end());
    if (number.front() >= 0x80) number.insert(number.begin(), 0);
    der.push_back(0x02);
    der.push_back(static_cast<std::uint8_t>(number.size()));
    der.insert(der.end(), number.begin(), number.end());
}

/// A key from its point, and its scalar if there is one; null if the point is not on the curve.
openssl::Pkey make_key(BytesView point, const BIGNUM* scalar) {
    const ParamBuilder builder(openssl::must(OSSL_PARAM_BLD_new(), "describe a key"));
    openssl::must(
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, SN_sm2, 0),
        "describe a key");
    openssl::must(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                   point.data(), point.size()),
                  "describe a key");
    if (scalar != nullptr) {
        openssl::must(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar),
                      "describe a key");
    }
    const Params params(openssl::must(OSSL_PARAM_BLD_to_param(builder.get()), "describe a key"));
    const openssl::PkeyCtx context(
        openssl::must(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr), "find SM2"));
    openssl::must(EVP_PKEY_fromdata_init(context.get()), "begin an SM2 key");
    EVP_PKEY* made = nullptr;
    const int selection = scalar != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    const bool is_made = EVP_PKEY_fromdata(context.get(), &made, selection, params.get()) == 1;
    openssl::Pkey key(made);
    if (is_made) {
        const openssl::PkeyCtx judge(
            openssl::must(EVP_PKEY_CTX_new_from_pkey(nullptr, made, nullptr), "check a key"));
        if (EVP_PKEY_public_check(judge.get()) == 1) return key;
    }
    openssl::forget_errors();
    return nullptr;
}

/// The distinguished identity as a parameter of signing; it must be set, OpenSSL has no default.
/// Set after the beginning: OpenSSL 3.0.19 refuses a beginning that brings it.
std::array<OSSL_PARAM, 2> identity() {
    return {
        OSSL_PARAM_construct_octet_string(
            OSSL_PKEY_PARAM_DIST_ID, const_cast<char*>(kSm2Identity.data()), kSm2Identity.size()),
        OSSL_PARAM_construct_end()};
}

openssl::MdCtx new_digest() {
    return openssl::MdCtx(openssl::must(EVP_MD_CTX_new(), "make a digest state"));
}

openssl::PkeyCtx new_context(EVP_PKEY* key) {
    return openssl::PkeyCtx(
        openssl::must(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), "make a key state"));
}

std::string text_in(BIO* bio) {
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    return {text, static_cast<std::size_t>(size)};
}

openssl::BioHandle bio_of(std::string_view text) {
    return openssl::BioHandle(openssl::must(
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), "read a key text"));
}

// Else OpenSSL would ask for a password at the terminal.
int no_password(char*, int, int, void*) {
    return -1;
}

}  // namespace

bool is_strict_sm2_signature(BytesView signature) {
    if (signature.size() < 8 || signature.size() > 72) return false;
    if (signature[0] != 0x30 || signature[1] != signature.size() - 2) return false;
    BytesView rest = signature.subspan(2);
    const auto r = take_integer(rest);
    const auto s = r ? take_integer(rest) : std::nullopt;
    if (!s || !rest.empty()) return false;
    // Said again by writing it: whatever the reader overlooked, only one encoding passes.
    Bytes again{0x30, 0};
    put_integer(again, *r);
    put_integer(again, *s);
    again[1] = static_cast<std::uint8_t>(again.size() - 2);
    return std::ranges::equal(again, signature);
}

Result<Sm2PublicKey> Sm2PublicKey::from_point(BytesView point) {
    Sm2Point copy{};
    if (point.size() != copy.size() || point[0] != 0x04) return refuse(kNotAnSm2Key);
    openssl::Pkey key = make_key(point, nullptr);
    if (!key) return refuse(kNotAnSm2Key);
    std::copy(point.begin(), point.end(), copy.begin());
    return Sm2PublicKey({key.release(), EVP_PKEY_free}, copy);
}

Result<Sm2PublicKey> Sm2PublicKey::from_hex(std::string_view point) {
    const auto bytes = point.size() == 130 ? fenming::from_hex(point) : std::nullopt;
    if (!bytes) return refuse(kNotAnSm2Key);
    return from_point(*bytes);
}

Result<Sm2PublicKey> Sm2PublicKey::from_pem(std::string_view pem) {
    if (pem.size() > kLongestPem) return refuse(kNotAnSm2Key);
    const auto bio = bio_of(pem);
    const openssl::Pkey key(PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr));
    Sm2Point point{};
    std::size_t size = 0;
    const bool is_read = key && EVP_PKEY_is_a(key.get(), "SM2") == 1 &&
                         EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                         point.data(), point.size(), &size) == 1;
    openssl::forget_errors();
    if (!is_read || size != point.size()) return refuse(kNotAnSm2Key);
    return from_point(point);
}

std::string Sm2PublicKey::pem() const {
    // From the point, since the handle may hold a private part.
    const openssl::Pkey key = make_key(point_, nullptr);
    const openssl::BioHandle bio(openssl::must(BIO_new(BIO_s_mem()), "write a key"));
    openssl::must(PEM_write_bio_PUBKEY(bio.get(), key.get()), "write a key");
    return text_in(bio.get());
}

bool Sm2PublicKey::verify(BytesView text, BytesView signature) const {
    if (!is_strict_sm2_signature(signature)) return false;
    const auto context = new_digest();
    const auto params = identity();
    EVP_PKEY_CTX* state = nullptr;  // owned by the context
    openssl::must(EVP_DigestVerifyInit_ex(context.get(), &state, "SM3", nullptr, nullptr,
                                          key_.get(), nullptr),
                  "begin to verify with SM2");
    openssl::must(EVP_PKEY_CTX_set_params(state, params.data()), "name who signed with SM2");
    const bool is_true = EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                                          text.data(), text.size()) == 1;
    if (!is_true) openssl::forget_errors();
    return is_true;
}

Bytes Sm2PublicKey::encrypt(BytesView clear) const {
    check(!clear.empty() && clear.size() <= kMostHidden, "SM2 hides 1 to 1024 bytes");
    const auto context = new_context(key_.get());
    openssl::must(EVP_PKEY_encrypt_init(context.get()), "begin to encrypt with SM2");
    std::size_t size = 0;
    openssl::must(EVP_PKEY_encrypt(context.get(), nullptr, &size, clear.data(), clear.size()),
                  "encrypt with SM2");
    Bytes hidden(size);
    openssl::must(EVP_PKEY_encrypt(context.get(), hidden.data(), &size, clear.data(), clear.size()),
                  "encrypt with SM2");
    hidden.resize(size);
    return hidden;
}

Sm2PrivateKey Sm2PrivateKey::generate() {
    while (true) {
        SecretBytes scalar(32);
        random_fill(scalar.writable());
        auto key = from_scalar(scalar.view());  // refuses 1 in 2^32: above the order
        if (key) return std::move(*key);
    }
}

Result<Sm2PrivateKey> Sm2PrivateKey::from_scalar(BytesView scalar) {
    Scalar highest = kOrder;
    highest.back() = static_cast<std::uint8_t>(highest.back() - 1);  // n−1, which SM2 excludes
    const bool is_zero = std::ranges::all_of(scalar, [](auto byte) { return byte == 0; });
    if (scalar.size() != highest.size() || is_zero ||
        !std::ranges::lexicographical_compare(scalar, highest)) {
        return refuse(kNotAnSm2Key);
    }
    const openssl::Number number(openssl::must(
        BN_bin2bn(scalar.data(), static_cast<int>(scalar.size()), nullptr), "read a key"));
    const openssl::Group group(
        openssl::must(EC_GROUP_new_by_curve_name(NID_sm2), "find the SM2 curve"));
    const openssl::Point point(openssl::must(EC_POINT_new(group.get()), "make a point"));
    openssl::must(EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr),
                  "compute a public key");
    Sm2Point bytes{};
    const std::size_t size =
        EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(),
                           bytes.size(), nullptr);
    check(size == bytes.size(), "an SM2 point has 65 bytes");
    openssl::Pkey key = make_key(bytes, number.get());
    check(key != nullptr, "a computed point is on its curve");
    return Sm2PrivateKey(Sm2PublicKey({key.release(), EVP_PKEY_free}, bytes));
}

Result<Sm2PrivateKey> Sm2PrivateKey::from_hex(std::string_view scalar) {
    auto bytes = scalar.size() == 64 ? fenming::from_hex(scalar) : std::nullopt;
    if (!bytes) return refuse(kNotAnSm2Key);
    auto key = from_scalar(*bytes);
    wipe(*bytes);
    return key;
}

Result<Sm2PrivateKey> Sm2PrivateKey::from_pem(std::string_view pem) {
    if (pem.size() > kLongestPem) return refuse(kNotAnSm2Key);
    const auto bio = bio_of(pem);
    const openssl::Pkey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
    BIGNUM* number = nullptr;
    const bool is_read = key && EVP_PKEY_is_a(key.get(), "SM2") == 1 &&
                         EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1;
    const openssl::Number owned(number);
    openssl::forget_errors();
    SecretBytes scalar(32);
    if (!is_read || BN_bn2binpad(number, scalar.writable().data(), 32) != 32) {
        return refuse(kNotAnSm2Key);
    }
    // A PEM may name a public key that is not its own: ours is computed.
    return from_scalar(scalar.view());
}

Bytes Sm2PrivateKey::sign(BytesView text) const {
    const auto context = new_digest();
    const auto params = identity();
    EVP_PKEY_CTX* state = nullptr;  // owned by the context
    openssl::must(EVP_DigestSignInit_ex(context.get(), &state, "SM3", nullptr, nullptr,
                                        public_.key_.get(), nullptr),
                  "begin to sign with SM2");
    openssl::must(EVP_PKEY_CTX_set_params(state, params.data()), "name who signs with SM2");
    std::size_t size = 0;
    openssl::must(EVP_DigestSign(context.get(), nullptr, &size, text.data(), text.size()),
                  "sign with SM2");
    Bytes signature(size);
    openssl::must(EVP_DigestSign(context.get(), signature.data(), &size, text.data(), text.size()),
                  "sign with SM2");
    signature.resize(size);
    check(is_strict_sm2_signature(signature), "our own signature is strict DER");
    return signature;
}

std::optional<SecretBytes> Sm2PrivateKey::decrypt(BytesView hidden) const {
    if (hidden.size() > 2 * kMostHidden) return std::nullopt;
    const auto context = new_context(public_.key_.get());
    openssl::must(EVP_PKEY_decrypt_init(context.get()), "begin to decrypt with SM2");
    std::size_t size = 0;
    SecretBytes room(hidden.size());
    size = room.size();
    const bool is_ours = EVP_PKEY_decrypt(context.get(), room.writable().data(), &size,
                                          hidden.data(), hidden.size()) == 1;
    openssl::forget_errors();
    if (!is_ours) return std::nullopt;
    return SecretBytes(room.view().first(size));
}

SecretBytes Sm2PrivateKey::scalar() const {
    BIGNUM* number = nullptr;
    openssl::must(EVP_PKEY_get_bn_param(public_.key_.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number),
                  "read a private key");
    const openssl::Number owned(number);
    SecretBytes scalar(32);
    check(BN_bn2binpad(number, scalar.writable().data(), 32) == 32, "a scalar has 32 bytes");
    return scalar;
}

std::string Sm2PrivateKey::pem() const {
    const openssl::BioHandle bio(openssl::must(BIO_new(BIO_s_mem()), "write a key"));
    openssl::must(PEM_write_bio_PKCS8PrivateKey(bio.get(), public_.key_.get(), nullptr, nullptr, 0,
                                                nullptr, nullptr),
                  "write a key");
    return text_in(bio.get());
}

}  // namespace fenming::crypto
