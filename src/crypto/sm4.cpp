// SM4-CTR on one reused OpenSSL context a thread.

#include "crypto/sm4.h"

#include <atomic>
#include <limits>
#include <utility>

#include "base/check.h"
#include "crypto/openssl.h"

namespace fenming::crypto {

namespace {

/// The thread's context, and whose key it holds: setting a key costs as much as encrypting a name.
struct Scratch {
    openssl::CipherCtx context{openssl::must(EVP_CIPHER_CTX_new(), "make a cipher state")};
    std::uint64_t key_of = 0;
};

Scratch& scratch() {
    thread_local Scratch here;
    return here;
}

std::uint64_t next_serial() {
    static std::atomic<std::uint64_t> serial{0};
    return ++serial;
}

}  // namespace

Sm4Ctr::Sm4Ctr(SecretBytes key) : key_(std::move(key)), serial_(next_serial()) {
    check(key_.size() == kSm4KeySize, "an SM4 key has 16 bytes");
}

Sm4Ctr::~Sm4Ctr() {
    Scratch& here = scratch();
    if (here.key_of != serial_) return;
    here.key_of = 0;
    EVP_CIPHER_CTX_reset(here.context.get());  // wipes the key of this thread's context
}

void Sm4Ctr::crypt(const Sm4Iv& iv, BytesView in, std::span<std::uint8_t> out) const {
    check(in.size() == out.size(), "SM4-CTR keeps the size");
    check(in.size() <= std::numeric_limits<int>::max(), "SM4-CTR takes less than 2 GiB at once");
    if (in.empty()) return;
    Scratch& here = scratch();
    if (here.key_of == serial_) {
        openssl::must(EVP_EncryptInit_ex2(here.context.get(), nullptr, nullptr, iv.data(), nullptr),
                      "set the SM4 counter");
    } else {
        here.key_of = 0;
        openssl::must(EVP_EncryptInit_ex2(here.context.get(), openssl::sm4_ctr_method(),
                                          key_.view().data(), iv.data(), nullptr),
                      "set the SM4 key");
        here.key_of = serial_;
    }
    int written = 0;
    openssl::must(EVP_EncryptUpdate(here.context.get(), out.data(), &written, in.data(),
                                    static_cast<int>(in.size())),
                  "encrypt with SM4");
    check(static_cast<std::size_t>(written) == in.size(), "SM4-CTR keeps the size");
}

}  // namespace fenming::crypto
