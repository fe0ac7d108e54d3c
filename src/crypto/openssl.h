#pragma once
// What this folder needs of OpenSSL 3.0: owners for its handles, its algorithms fetched once, and
// its failures as Faults. Only the .cpp files of this folder include it.

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <memory>

namespace fenming::crypto::openssl {

template <auto Free>
struct FreeWith {
    template <class T>
    void operator()(T* handle) const {
        Free(handle);
    }
};

using MdCtx = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using CipherCtx = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;
using Pkey = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using PkeyCtx = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using BioHandle = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, FreeWith<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, FreeWith<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, FreeWith<EC_POINT_free>>;

/// OpenSSL could not do what never fails in a sound process: a Fault with its reason.
[[noreturn]] void fault(const char* doing);
/// Forgets the reasons OpenSSL queued for a failure that we expect (a false signature, a bad key).
void forget_errors();

/// For calls that answer 1 when they succeed.
inline void must(int answer, const char* doing) {
    if (answer != 1) fault(doing);
}
/// For calls that answer a new handle or null.
template <class T>
T* must(T* handle, const char* doing) {
    if (handle == nullptr) fault(doing);
    return handle;
}

/// Fetched at first use and kept for the life of the process.
const EVP_MD* sm3_method();
const EVP_MD* sha256_method();
const EVP_CIPHER* sm4_ctr_method();

}  // namespace fenming::crypto::openssl
