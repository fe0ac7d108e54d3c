// Secret memory by libsodium's guarded allocator.

#include "crypto/secret_bytes.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace fenming::crypto {

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
    if (sodium_init() < 0) throw Fault("libsodium cannot start");
    // Guard pages and, as far as the limits allow, mlock; freeing wipes.
    data_ = static_cast<std::uint8_t*>(sodium_malloc(std::max<std::size_t>(size, 1)));
    if (data_ == nullptr) throw Fault("no memory for a key");
    sodium_memzero(data_, size);
}

SecretBytes::SecretBytes(BytesView bytes) : SecretBytes(bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), data_);
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

SecretBytes::~SecretBytes() {
    if (data_ != nullptr) sodium_free(data_);
}

void wipe(std::span<std::uint8_t> bytes) {
    sodium_memzero(bytes.data(), bytes.size());
}

void wipe(std::string& text) {
    sodium_memzero(text.data(), text.size());
    text.clear();
}

}  // namespace fenming::crypto
