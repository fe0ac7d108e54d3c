#pragma once
// Random bytes from the generator that the operating system seeds (S9). Short draws come from a
// pool of 4 KiB per thread, which begins empty and is dropped in the child of a fork, so that no
// two processes ever draw the same bytes (B7).

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.h"

namespace fenming::crypto {

/// Fills `bytes`. A generator that cannot be seeded is a Fault.
void random_fill(std::span<std::uint8_t> bytes);

Bytes random_bytes(std::size_t count);

template <std::size_t N>
std::array<std::uint8_t, N> random_array() {
    std::array<std::uint8_t, N> bytes;
    random_fill(bytes);
    return bytes;
}

/// A name for what strangers may see (S16): 128 random bits as 26 characters of a–z and 2–7.
std::string random_public_id();

}  // namespace fenming::crypto
