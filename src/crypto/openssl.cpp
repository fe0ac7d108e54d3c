// OpenSSL's failures as Faults, and its algorithms fetched once.

#include "crypto/openssl.h"

#include <openssl/err.h>

#include <array>
#include <string>

#include "base/check.h"

namespace fenming::crypto::openssl {

void fault(const char* doing) {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_peek_last_error(), reason.data(), reason.size());
    ERR_clear_error();
    throw Fault(std::string("OpenSSL failed to ") + doing + ": " + reason.data());
}

void forget_errors() {
    ERR_clear_error();
}

// The methods are never freed: other static objects may still hash while the process ends.
const EVP_MD* sm3_method() {
    static const EVP_MD* const method = must(EVP_MD_fetch(nullptr, "SM3", nullptr), "find SM3");
    return method;
}

const EVP_MD* sha256_method() {
    static const EVP_MD* const method =
        must(EVP_MD_fetch(nullptr, "SHA256", nullptr), "find SHA-256");
    return method;
}

const EVP_CIPHER* sm4_ctr_method() {
    static const EVP_CIPHER* const method =
        must(EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr), "find SM4-CTR");
    return method;
}

}  // namespace fenming::crypto::openssl
