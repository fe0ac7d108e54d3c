// Hex, base64 and base32.

#include "base/bytes.h"

namespace fenming {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The bytes as digits of `bits` bits each, the last filled up with zero bits.
std::string to_digits(BytesView bytes, std::string_view digits, unsigned bits) {
    std::string text;
    text.reserve((bytes.size() * 8 + bits - 1) / bits);
    std::uint32_t held = 0;
    unsigned count = 0;  // bits in `held` that are not written yet
    for (const std::uint8_t byte : bytes) {
        held = (held << 8 | byte) & 0xFFFF;
        count += 8;
        while (count >= bits) {
            count -= bits;
            text.push_back(digits[held >> count & ((1u << bits) - 1)]);
        }
    }
    if (count > 0) text.push_back(digits[held << (bits - count) & ((1u << bits) - 1)]);
    return text;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string to_hex(BytesView bytes) {
    return to_digits(bytes, kHex, 4);
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size(); at += 2) {
        const int high = hex_value(text[at]);
        const int low = hex_value(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

std::string to_base64(BytesView bytes) {
    std::string text = to_digits(bytes, kBase64, 6);
    while (text.size() % 4 != 0) text.push_back('=');
    return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    for (int padding = 0; padding < 2 && !text.empty() && text.back() == '='; ++padding) {
        text.remove_suffix(1);
    }
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t held = 0;
    unsigned count = 0;  // bits in `held` that are not a byte yet
    for (const char c : text) {
        const std::size_t value = kBase64.find(c);
        if (value == kBase64.npos) return std::nullopt;
        held = (held << 6 | static_cast<std::uint32_t>(value)) & 0xFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<std::uint8_t>(held >> count & 0xFF));
        }
    }
    // Bits left over must be the zeros that filled the last digit, or bytes would have two texts.
    if ((held & ((1u << count) - 1)) != 0 || count >= 6) return std::nullopt;
    return bytes;
}

std::string to_base32(BytesView bytes) {
    return to_digits(bytes, kBase32, 5);
}

}  // namespace fenming
