// SM3, SHA-256, HMAC-SM3 and HKDF on reused OpenSSL contexts.

#include "crypto/hash.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "crypto/openssl.h"

namespace fenming::crypto {

namespace {

constexpr std::size_t kBlock = 64;  // SM3's block, hence HMAC's pad

EVP_MD_CTX* new_state() {
    return openssl::must(EVP_MD_CTX_new(), "make a digest state");
}

/// One state a thread, so that a short digest costs no allocation.
EVP_MD_CTX* scratch() {
    thread_local const DigestState state(new_state());
    return state.get();
}

void begin(EVP_MD_CTX* state, const EVP_MD* method) {
    openssl::must(EVP_DigestInit_ex2(state, method, nullptr), "begin a digest");
}

void update(EVP_MD_CTX* state, BytesView bytes) {
    openssl::must(EVP_DigestUpdate(state, bytes.data(), bytes.size()), "go on with a digest");
}

Digest end(EVP_MD_CTX* state) {
    Digest digest{};
    unsigned length = 0;
    openssl::must(EVP_DigestFinal_ex(state, digest.data(), &length), "end a digest");
    check(length == digest.size(), "a digest has 32 bytes");
    return digest;
}

void copy(EVP_MD_CTX* to, const EVP_MD_CTX* from) {
    openssl::must(EVP_MD_CTX_copy_ex(to, from), "copy a digest state");
}

Digest digest_of(const EVP_MD* method, BytesView bytes) {
    begin(scratch(), method);
    update(scratch(), bytes);
    return end(scratch());
}

Digest outer_digest(EVP_MD_CTX* state, const EVP_MD_CTX* outer, const Digest& inner) {
    copy(state, outer);
    update(state, inner);
    return end(state);
}

}  // namespace

void DigestStateFree::operator()(evp_md_ctx_st* state) const {
    EVP_MD_CTX_free(state);
}

Digest sm3(BytesView bytes) {
    return digest_of(openssl::sm3_method(), bytes);
}

Digest sha256(BytesView bytes) {
    return digest_of(openssl::sha256_method(), bytes);
}

bool equal_in_constant_time(BytesView a, BytesView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Sm3::Sm3() : state_(new_state()) {
    begin(state_.get(), openssl::sm3_method());
}

void Sm3::add(BytesView part) {
    update(state_.get(), part);
}

Digest Sm3::finish() {
    const Digest digest = end(state_.get());
    begin(state_.get(), openssl::sm3_method());
    return digest;
}

HmacSm3::HmacSm3(BytesView key) : inner_(new_state()), outer_(new_state()) {
    check(!key.empty(), "a MAC key is not empty");
    std::array<std::uint8_t, kBlock> padded{};
    if (key.size() > kBlock) {
        const Digest shortened = sm3(key);
        std::copy(shortened.begin(), shortened.end(), padded.begin());
    } else {
        std::copy(key.begin(), key.end(), padded.begin());
    }
    for (auto& byte : padded) byte ^= 0x36;
    begin(inner_.get(), openssl::sm3_method());
    update(inner_.get(), padded);
    for (auto& byte : padded) byte ^= 0x36 ^ 0x5c;
    begin(outer_.get(), openssl::sm3_method());
    update(outer_.get(), padded);
    wipe(padded);
}

Digest HmacSm3::mac(BytesView message) const {
    EVP_MD_CTX* const state = scratch();
    copy(state, inner_.get());
    update(state, message);
    const Digest inner = end(state);
    return outer_digest(state, outer_.get(), inner);
}

HmacSm3::Stream::Stream(const HmacSm3& key) : key_(&key), state_(new_state()) {
    copy(state_.get(), key.inner_.get());
}

void HmacSm3::Stream::add(BytesView part) {
    check(key_ != nullptr, "a finished MAC takes no more");
    update(state_.get(), part);
}

Digest HmacSm3::Stream::finish() {
    check(key_ != nullptr, "a MAC finishes once");
    const Digest inner = end(state_.get());
    return outer_digest(state_.get(), std::exchange(key_, nullptr)->outer_.get(), inner);
}

SecretBytes hkdf_sm3(BytesView root, std::string_view info, std::size_t length) {
    constexpr std::size_t kSize = Digest{}.size();
    check(length >= 1 && length <= 255 * kSize, "HKDF gives 1 to 8160 bytes");
    const Digest no_salt{};
    Digest extracted = HmacSm3(no_salt).mac(root);
    const HmacSm3 expand(extracted);
    wipe(extracted);

    SecretBytes key(length);
    Digest block{};
    std::size_t done = 0;
    for (std::uint8_t counter = 1; done < length; ++counter) {
        auto stream = expand.stream();
        if (counter > 1) stream.add(block);
        stream.add(bytes_of(info));
        stream.add(std::array{counter});
        block = stream.finish();
        const std::size_t part = std::min(kSize, length - done);
        std::copy_n(block.begin(), part,
                    key.writable().begin() + static_cast<std::ptrdiff_t>(done));
        done += part;
    }
    wipe(block);
    return key;
}

}  // namespace fenming::crypto
