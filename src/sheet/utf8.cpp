// UTF-8 as a stream.

#include "sheet/utf8.h"

#include <cstring>

namespace fenming::sheet {
namespace {

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/// Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
bool is_second(unsigned char lead, unsigned char second) {
    switch (lead) {
        case 0xE0:
            return second >= 0xA0 && second <= 0xBF;
        case 0xED:
            return second >= 0x80 && second <= 0x9F;
        case 0xF0:
            return second >= 0x90 && second <= 0xBF;
        case 0xF4:
            return second >= 0x80 && second <= 0x8F;
        default:
            return is_continuation(second);
    }
}

std::size_t ascii_run(const char* at, const char* end) {
    const char* start = at;
    for (; end - at >= 8; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        if ((word & 0x8080808080808080U) != 0) break;
    }
    while (at != end && (static_cast<unsigned char>(*at) & 0x80) == 0) ++at;
    return static_cast<std::size_t>(at - start);
}

}  // namespace

std::size_t utf8_length(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    if (byte < 0x80) return 1;
    if (byte < 0xC2) return 0;
    if (byte < 0xE0) return 2;
    if (byte < 0xF0) return 3;
    return byte < 0xF5 ? 4 : 0;
}

Utf8Prefix utf8_prefix(std::string_view text) {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const char* at = begin;
    const auto so_far = [&] { return static_cast<std::size_t>(at - begin); };
    while (true) {
        at += ascii_run(at, end);
        if (at == end) return {so_far(), false};
        const std::size_t length = utf8_length(*at);
        if (length == 0) return {so_far(), true};
        const auto lead = static_cast<unsigned char>(*at);
        for (std::size_t i = 1; i < length; ++i) {
            if (at + i == end) return {so_far(), false};
            const auto byte = static_cast<unsigned char>(at[i]);
            if (!(i == 1 ? is_second(lead, byte) : is_continuation(byte))) return {so_far(), true};
        }
        at += length;
    }
}

std::int64_t count_beyond_ascii(std::string_view text) {
    std::int64_t count = 0;
    for (const char c : text) count += static_cast<unsigned char>(c) >= 0xC0 ? 1 : 0;
    return count;
}

void LineCounter::feed(std::string_view text) {
    const auto count = [text](char wanted) {
        std::int64_t found = 0;
        const char* at = text.data();
        const char* const end = at + text.size();
        while (at != end) {
            const void* hit = std::memchr(at, wanted, static_cast<std::size_t>(end - at));
            if (hit == nullptr) break;
            at = static_cast<const char*>(hit) + 1;
            ++found;
        }
        return found;
    };
    line_feeds_ += count('\n');
    if (line_feeds_ == 0) returns_ += count('\r');
}

}  // namespace fenming::sheet
