// Text as people write it (torture E12), one row per case.

#include "base/text.h"

#include <gtest/gtest.h>

#include <string>

namespace fenming {
namespace {

TEST(Text, IsUtf8) {
    struct Row {
        std::string text;
        bool is_utf8;
        std::size_t characters;
    };
    // clang-format off
    const Row rows[] = {
        {"",                    true,  0},
        {"abc",                 true,  3},
        {"民政局",              true,  3},
        {"䶮𬭎",                 true,  2},  // U+4DAE, U+2CB4E: names that occur
        {"é",                   true,  1},
        {std::string(1, '\0'),  true,  1},
        {"\xEF\xBF\xBF",        true,  1},  // U+FFFF
        {"\xF4\x8F\xBF\xBF",    true,  1},  // U+10FFFF, the last
        {"\xF4\x90\x80\x80",    false, 4},  // beyond it
        {"\xC0\xAF",            false, 2},  // overlong
        {"\xC1\xBF",            false, 2},
        {"\xE0\x80\x80",        false, 3},
        {"\xE0\x9F\xBF",        false, 3},
        {"\xF0\x8F\xBF\xBF",    false, 4},
        {"\xED\xA0\x80",        false, 3},  // surrogate
        {"\xED\xBF\xBF",        false, 3},
        {"\x80",                false, 1},
        {"\xE6\xB0",            false, 2},  // cut off
        {"\xE6\xB0 a",          false, 4},
        {"\xC3\xC3\xA9",        false, 2},
        {"\xF8\x88\x80\x80\x80", false, 5},
        {"\xFF",                false, 1},
        {"\xCD\xF5",            false, 2},  // 王 in GBK
    };
    // clang-format on
    for (const Row& row : rows) {
        EXPECT_EQ(is_utf8(row.text), row.is_utf8) << shown(row.text);
        EXPECT_EQ(length_in_characters(row.text), row.characters) << shown(row.text);
    }
}

TEST(Text, TrimAndWithoutSpaces) {
    struct Row {
        std::string text, trimmed, dense;
    };
    // clang-format off
    const Row rows[] = {
        {"",                    "",        ""},
        {" \t\r\n",             "",        ""},
        {"a",                   "a",       "a"},
        {"  a b  ",             "a b",     "ab"},
        {"　王　五　",          "王　五",  "王五"},       // U+3000
        {"\u00A0王\u00A0",      "王",      "王"},         // NBSP
        {"\u2003王\u2009五\u205F", "王\u2009五", "王五"},
        {"\u200B王",            "\u200B王", "\u200B王"},  // zero width is no space: S9 refuses it
        {" \x80 ",              "\x80",    "\x80"},
    };
    // clang-format on
    for (const Row& row : rows) {
        EXPECT_EQ(trim(row.text), row.trimmed);
        EXPECT_EQ(without_spaces(row.text), row.dense);
    }
}

TEST(Text, ToHalfWidth) {
    EXPECT_EQ(to_half_width("ＡｚＺ０９１．－（）！～／："), "AzZ091.-()!~/:");
    EXPECT_EQ(to_half_width("王五　１８号"), "王五　18号");
    EXPECT_EQ(to_half_width("￥｟ﾊ\x80"), "￥｟ﾊ\x80");
    EXPECT_EQ(to_half_width(""), "");
}

TEST(Text, HasInvisible) {
    struct Row {
        std::string text;
        bool has_invisible;
    };
    // clang-format off
    const Row rows[] = {
        {"",                false},
        {"王五 Wang 18",    false},
        {"买买提·阿不都",   false},
        {"䶮𬭎",             false},
        {"\uE863",          false},  // private use: GB18030 names; canonical forms are crypto's
        {"a\tb",            true},
        {"a\nb",            true},
        {std::string("a\0b", 3), true},
        {"\x7F",            true},
        {"\u0085",          true},
        {"王\u200B五",      true},   // zero-width space
        {"王\u200D五",      true},   // joiner
        {"\uFEFF王五",      true},   // byte order mark
        {"\u202E五王",      true},   // right-to-left override
        {"\u2066王\u2069",  true},   // isolates
        {"\u061C",          true},
        {"\u00AD",          true},   // soft hyphen
        {"\u2028",          true},
        {"\u3164",          true},   // Hangul filler
        {"王\uFE00",        true},   // variation selectors
        {"王\U000E0100",    true},
        {"\U000E0041",      true},   // tag
        {"\xCD\xF5",        true},   // not UTF-8
    };
    // clang-format on
    for (const Row& row : rows) {
        EXPECT_EQ(has_invisible(row.text), row.has_invisible) << shown(row.text);
    }
}

TEST(Text, Shown) {
    EXPECT_EQ(shown("1\u200B00"), "1<U+200B>00");
    EXPECT_EQ(shown("a\tb"), "a<U+0009>b");
    EXPECT_EQ(shown("王\U000E0100"), "王<U+E0100>");
    EXPECT_EQ(shown("\xCD\xF5"), "<CD><F5>");
    EXPECT_EQ(shown(std::string(40, '1')), std::string(40, '1'));
    std::string cut(40, '1');
    cut += "…";
    EXPECT_EQ(shown(std::string(41, '1')), cut);
    EXPECT_EQ(shown(""), "");
}

TEST(Text, ParseInt) {
    struct Row {
        std::string text;
        std::int64_t value;  // −1: none
    };
    const Row rows[] = {
        {"0", 0},
        {"007", 7},
        {"999999999999999999", 999'999'999'999'999'999},
        {"9999999999999999999", -1},
        {"0000000000000000000", -1},
        {"", -1},
        {"-1", -1},
        {"+1", -1},
        {" 1", -1},
        {"1.0", -1},
        {"１", -1},
        {"1e3", -1},
    };
    for (const Row& row : rows) EXPECT_EQ(parse_int(row.text).value_or(-1), row.value) << row.text;
}

TEST(Text, Split) {
    using Pieces = std::vector<std::string>;
    EXPECT_EQ(split("", ','), (Pieces{""}));
    EXPECT_EQ(split("a", ','), (Pieces{"a"}));
    EXPECT_EQ(split("a,,b", ','), (Pieces{"a", "", "b"}));
    EXPECT_EQ(split(",", ','), (Pieces{"", ""}));
    EXPECT_EQ(split("王|五|", '|'), (Pieces{"王", "五", ""}));
}

}  // namespace
}  // namespace fenming
