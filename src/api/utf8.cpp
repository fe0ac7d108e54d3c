// Well-formed UTF-8 after table 3-7 of the Unicode standard.

#include "api/utf8.h"

namespace fenming::api {

namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

bool continues(std::string_view text, std::size_t at) {
    return (byte_at(text, at) & 0xC0U) == 0x80U;
}

}  // namespace

std::size_t character_bytes(std::string_view text, std::size_t at) {
    const unsigned first = byte_at(text, at);
    if (first < 0x80U) return 1;
    if (first < 0xC2U || first > 0xF4U) return 0;
    if (first < 0xE0U) return continues(text, at + 1) ? 2 : 0;

    // Only the second byte tells an overlong form, a surrogate or a number beyond U+10FFFF.
    const unsigned second = byte_at(text, at + 1);
    const unsigned least = first == 0xE0U ? 0xA0U : first == 0xF0U ? 0x90U : 0x80U;
    const unsigned greatest = first == 0xEDU ? 0x9FU : first == 0xF4U ? 0x8FU : 0xBFU;
    if (second < least || second > greatest || !continues(text, at + 2)) return 0;
    if (first < 0xF0U) return 3;
    return continues(text, at + 3) ? 4 : 0;
}

std::size_t first_ill_formed(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t bytes = character_bytes(text, at);
        if (bytes == 0) return at;
        at += bytes;
    }
    return std::string_view::npos;
}

}  // namespace fenming::api
