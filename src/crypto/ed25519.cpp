// Ed25519 by OpenSSL.

#include "crypto/ed25519.h"

#include "base/check.h"
#include "crypto/openssl.h"
#include "crypto/random.h"

namespace fenming::crypto {

namespace {

constexpr const char* kMethod = "ED25519";

openssl::MdCtx new_digest() {
    return openssl::MdCtx(openssl::must(EVP_MD_CTX_new(), "make a digest state"));
}

}  // namespace

Ed25519PublicKey::Ed25519PublicKey(const Ed25519Point& point)
    : key_(openssl::must(EVP_PKEY_new_raw_public_key_ex(nullptr, kMethod, nullptr, point.data(),
                                                        point.size()),
                         "read an Ed25519 key"),
           EVP_PKEY_free),
      point_(point) {}

bool Ed25519PublicKey::verify(BytesView text, BytesView signature) const {
    if (signature.size() != Ed25519Signature{}.size()) return false;
    const auto context = new_digest();
    openssl::must(EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr,
                                          key_.get(), nullptr),
                  "begin to verify with Ed25519");
    const bool is_true = EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                                          text.data(), text.size()) == 1;
    if (!is_true) openssl::forget_errors();
    return is_true;
}

Ed25519PrivateKey Ed25519PrivateKey::generate() {
    SecretBytes seed(32);
    random_fill(seed.writable());
    return Ed25519PrivateKey(seed.view());
}

Ed25519PrivateKey::Ed25519PrivateKey(BytesView seed) {
    check(seed.size() == 32, "an Ed25519 seed has 32 bytes");
    key_ = {openssl::must(EVP_PKEY_new_raw_private_key_ex(nullptr, kMethod, nullptr, seed.data(),
                                                          seed.size()),
                          "read an Ed25519 key"),
            EVP_PKEY_free};
}

Ed25519PublicKey Ed25519PrivateKey::public_key() const {
    Ed25519Point point{};
    std::size_t size = point.size();
    openssl::must(EVP_PKEY_get_raw_public_key(key_.get(), point.data(), &size),
                  "compute an Ed25519 key");
    return Ed25519PublicKey(point);
}

Ed25519Signature Ed25519PrivateKey::sign(BytesView text) const {
    const auto context = new_digest();
    openssl::must(EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr,
                                        key_.get(), nullptr),
                  "begin to sign with Ed25519");
    Ed25519Signature signature{};
    std::size_t size = signature.size();
    openssl::must(EVP_DigestSign(context.get(), signature.data(), &size, text.data(), text.size()),
                  "sign with Ed25519");
    check(size == signature.size(), "an Ed25519 signature has 64 bytes");
    return signature;
}

}  // namespace fenming::crypto
