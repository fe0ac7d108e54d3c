// UTF-8 read one character at a time, and what is built on it.

#include "base/text.h"

#include <algorithm>
#include <iterator>

namespace fenming {
namespace {

constexpr std::size_t kShownCharacters = 40;

/// One character of a text. Bytes that are no UTF-8 come one by one, marked.
struct Character {
    char32_t code = 0;
    std::size_t length = 1;  // bytes
    bool is_utf8 = false;
};

/// The character at the start of `text`, which is not empty.
Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};

    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {lead, 1, false};
    char32_t code = lead & (0x7Fu >> length);
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xC0) != 0x80) return {lead, 1, false};
        code = code << 6 | (byte(at) & 0x3Fu);
    }
    const bool is_overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (is_overlong || is_surrogate || code > 0x10FFFF) return {lead, 1, false};
    return {code, length, true};
}

/// Calls f(character, its bytes) in order while f returns true; true if it always did.
template <class F>
bool each_character(std::string_view text, F&& f) {
    while (!text.empty()) {
        const Character character = first_character(text);
        if (!f(character, text.substr(0, character.length))) return false;
        text.remove_prefix(character.length);
    }
    return true;
}

struct Range {
    char32_t first;
    char32_t last;
};

/// Unicode's White_Space.
constexpr Range kSpaces[] = {
    {0x0009, 0x000D}, {0x0020, 0x0020}, {0x0085, 0x0085}, {0x00A0, 0x00A0}, {0x1680, 0x1680},
    {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};

/// Controls, line and paragraph separators, annotation marks, and Unicode's
/// Default_Ignorable_Code_Point: zero-width characters, bidirectional overrides, fillers, variation
/// selectors. Two texts that differ only in these look alike.
constexpr Range kInvisible[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

bool lies_in(char32_t code, const Range* begin, const Range* end) {
    return std::any_of(begin, end, [&](Range r) { return code >= r.first && code <= r.last; });
}

bool is_space(Character c) {
    return c.is_utf8 && lies_in(c.code, std::begin(kSpaces), std::end(kSpaces));
}

bool is_invisible(Character c) {
    return !c.is_utf8 || lies_in(c.code, std::begin(kInvisible), std::end(kInvisible));
}

/// <U+200B> for a character, <E4> for a byte that is not UTF-8.
std::string name_of(Character c) {
    const auto hex = [&](int digits) {
        static constexpr char kDigits[] = "0123456789ABCDEF";
        std::string text;
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            text.push_back(kDigits[c.code >> shift & 0xF]);
        }
        return text;
    };
    if (!c.is_utf8) return "<" + hex(2) + ">";
    return "<U+" + hex(c.code > 0xFFFF ? 5 : 4) + ">";
}

}  // namespace

bool is_utf8(std::string_view text) {
    return each_character(text, [](Character c, std::string_view) { return c.is_utf8; });
}

std::string trim(std::string_view text) {
    std::size_t at = 0;
    std::size_t begin = text.size();
    std::size_t end = text.size();
    each_character(text, [&](Character c, std::string_view bytes) {
        if (!is_space(c)) {
            begin = std::min(begin, at);
            end = at + bytes.size();
        }
        at += bytes.size();
        return true;
    });
    return std::string(text.substr(begin, end - begin));
}

std::string without_spaces(std::string_view text) {
    std::string dense;
    each_character(text, [&](Character c, std::string_view bytes) {
        if (!is_space(c)) dense.append(bytes);
        return true;
    });
    return dense;
}

std::string to_half_width(std::string_view text) {
    std::string half;
    half.reserve(text.size());
    each_character(text, [&](Character c, std::string_view bytes) {
        if (c.is_utf8 && c.code >= 0xFF01 && c.code <= 0xFF5E) {
            half.push_back(static_cast<char>(c.code - 0xFEE0));
        } else {
            half.append(bytes);
        }
        return true;
    });
    return half;
}

bool has_invisible(std::string_view text) {
    return !each_character(text, [](Character c, std::string_view) { return !is_invisible(c); });
}

std::string shown(std::string_view text) {
    std::string quoted;
    std::size_t count = 0;
    const bool is_whole = each_character(text, [&](Character c, std::string_view bytes) {
        if (count++ == kShownCharacters) return false;
        quoted += is_invisible(c) ? name_of(c) : std::string(bytes);
        return true;
    });
    return is_whole ? quoted : quoted + "…";
}

std::optional<std::int64_t> parse_int(std::string_view text) {
    if (text.empty() || text.size() > 18) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> pieces;
    for (;;) {
        const std::size_t at = text.find(separator);
        pieces.emplace_back(text.substr(0, at));
        if (at == text.npos) return pieces;
        text.remove_prefix(at + 1);
    }
}

std::size_t length_in_characters(std::string_view text) {
    std::size_t count = 0;
    each_character(text, [&](Character, std::string_view) { return ++count != 0; });
    return count;
}

}  // namespace fenming
