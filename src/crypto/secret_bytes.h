#pragma once
// Key bytes in memory: locked against swapping where the system allows it, kept out of core dumps,
// wiped when they go (S11).

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.h"

namespace fenming::crypto {

/// A fixed number of secret bytes, moved and never copied. Begins as zeros.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);
    /// Copies `bytes`; the caller wipes its own.
    explicit SecretBytes(BytesView bytes);
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    ~SecretBytes();

    [[nodiscard]] BytesView view() const { return {data_, size_}; }
    [[nodiscard]] std::span<std::uint8_t> writable() { return {data_, size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }

private:
    std::uint8_t* data_ = nullptr;
    std::size_t size_ = 0;
};

/// Overwrites with zeros in a way the compiler may not leave out.
void wipe(std::span<std::uint8_t> bytes);
/// The same for text that held a secret.
void wipe(std::string& text);

}  // namespace fenming::crypto
