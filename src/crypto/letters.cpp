// Code points and their kinds.

#include "crypto/letters.h"

#include <algorithm>
#include <span>

#include "base/text.h"

namespace fenming::crypto {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

bool in_any(char32_t point, std::span<const Range> ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [point](const Range& range) {
        return point >= range.first && point <= range.last;
    });
}

// Latin, Cyrillic and Arabic marks · conjoining Hangul · marks for symbols · tone and voicing marks
// of Han and kana · half marks.
constexpr Range kJoiningMarks[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0653, 0x0655}, {0x1100, 0x11FF},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0x302A, 0x302F},
    {0x3099, 0x309A}, {0xA960, 0xA97F}, {0xD7B0, 0xD7FF}, {0xFE20, 0xFE2F},
};

constexpr Range kSpaces[] = {
    {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
    {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};

constexpr Range kNameDots[] = {
    {0xB7, 0xB7},     {0x0387, 0x0387}, {0x2022, 0x2022}, {0x2027, 0x2027}, {0x2219, 0x2219},
    {0x22C5, 0x22C5}, {0x2E31, 0x2E31}, {0x30FB, 0x30FB}, {0xFF65, 0xFF65},
};

constexpr Range kPrivateOrDamaged[] = {
    {0xE000, 0xF8FF},
    {0xFDD0, 0xFDEF},
    {0xFFFC, 0xFFFF},
    {0xF0000, 0x10FFFF},
};

}  // namespace

std::u32string code_points(std::string_view utf8) {
    std::u32string points;
    points.reserve(utf8.size());
    for (const char unit : utf8) {
        const auto byte = static_cast<unsigned char>(unit);
        if (byte < 0x80) {
            points.push_back(byte);
        } else if (byte < 0xC0) {
            points.back() = points.back() << 6 | (byte & 0x3Fu);
        } else {
            // What the lead byte holds of the point; the bytes that follow push it up.
            const char32_t lead = byte < 0xE0   ? byte & 0x1Fu
                                  : byte < 0xF0 ? byte & 0x0Fu
                                                : byte & 0x07u;
            points.push_back(lead);
        }
    }
    return points;
}

std::string utf8_of(std::u32string_view text) {
    std::string utf8;
    const auto put = [&utf8](char32_t bits) { utf8.push_back(static_cast<char>(bits)); };
    for (const char32_t point : text) {
        if (point < 0x80) {
            put(point);
        } else if (point < 0x800) {
            put(0xC0 | point >> 6);
            put(0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            put(0xE0 | point >> 12);
            put(0x80 | (point >> 6 & 0x3F));
            put(0x80 | (point & 0x3F));
        } else {
            put(0xF0 | point >> 18);
            put(0x80 | (point >> 12 & 0x3F));
            put(0x80 | (point >> 6 & 0x3F));
            put(0x80 | (point & 0x3F));
        }
    }
    return utf8;
}

bool is_private_or_damaged(char32_t point) {
    return in_any(point, kPrivateOrDamaged) || (point & 0xFFFE) == 0xFFFE;
}

bool is_invisible(char32_t point) {
    return has_invisible(utf8_of({&point, 1}));
}

bool is_joining_mark(char32_t point) {
    return in_any(point, kJoiningMarks);
}

bool is_space(char32_t point) {
    return in_any(point, kSpaces);
}

bool is_name_dot(char32_t point) {
    return in_any(point, kNameDots);
}

}  // namespace fenming::crypto
