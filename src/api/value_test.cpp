// Values: the two written forms, pointers, and what does not compile.

#include "api/value.h"

#include <gtest/gtest.h>

#include <limits>

#include "api/utf8.h"
#include "base/check.h"

namespace fenming::api {
namespace {

static_assert(std::is_constructible_v<Value, int>);
static_assert(std::is_constructible_v<Value, std::uint32_t>);
static_assert(!std::is_constructible_v<Value, decltype(1.5)>, "no floating point");
static_assert(!std::is_constructible_v<Value, std::uint64_t>, "would not fit");
static_assert(!std::is_constructible_v<Value, char>, "a letter is no number");
static_assert(!std::is_constructible_v<Value, const void*>, "a pointer is no yes or no");

/// Goal: every character is written so that any reader gets it back. Method: one row per case.
TEST(Value, WritesTexts) {
    struct Row {
        std::string_view text;
        std::string_view json;
    };
    const Row rows[] = {
        // clang-format off
        {"",                          R"("")"},
        {"分明 ok",                    R"("分明 ok")"},
        {"\"quoted\" and \\",         R"("\"quoted\" and \\")"},
        {"\b\f\n\r\t",                R"("\b\f\n\r\t")"},
        {std::string_view("\0\x1f", 2), R"("\u0000\u001f")"},
        {"\x7f",                      R"("\u007f")"},
        {"/",                         R"("/")"},
        {"😀é",                       R"("😀é")"},
        {"a\xFFz",                    "\"a\xEF\xBF\xBDz\""},              // stray byte
        {"\xE5\x88",                  "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},    // cut character
        {"\xC0\xAF",                  "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},    // overlong slash
        {"\xED\xA0\x80",              "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},  // surrogate
        // clang-format on
    };
    for (const Row& row : rows) EXPECT_EQ(to_json(row.text), row.json);
}

TEST(Value, WritesNumbersAndWords) {
    EXPECT_EQ(to_json({}), "null");
    EXPECT_EQ(to_json(true), "true");
    EXPECT_EQ(to_json(false), "false");
    EXPECT_EQ(to_json(0), "0");
    EXPECT_EQ(to_json(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(to_json(std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
}

TEST(Value, WritesBothForms) {
    const Value value = Object{{"name", "低保"},
                               {"lines", Array{1, Array{}, Object()}},
                               {"at", Object{{"row", 3}, {"none", nullptr}}}};
    EXPECT_EQ(to_json(value), R"({"name":"低保","lines":[1,[],{}],"at":{"row":3,"none":null}})");
    EXPECT_EQ(to_indented_json(value), R"({
  "name": "低保",
  "lines": [
    1,
    [],
    {}
  ],
  "at": {
    "row": 3,
    "none": null
  }
})");
}

TEST(Value, PointsIntoItself) {
    const Value value =
        Object{{"a", Array{10, Object{{"b/c", 1}, {"d~e", 2}}}}, {"", 3}, {"~1", 4}};
    struct Row {
        std::string_view pointer;
        Value found;  // null for nothing: no value here is null
    };
    const Row rows[] = {
        // clang-format off
        {"/a/0",        10},
        {"/a/1/b~1c",   1},
        {"/a/1/d~0e",   2},
        {"/",           3},
        {"/~01",        4},
        {"/a/2",        {}},
        {"/a/x",        {}},
        {"/a/-1",       {}},
        {"/a/0/0",      {}},
        {"/nothing",    {}},
        {"a",           {}},
        // clang-format on
    };
    for (const Row& row : rows) {
        const Value* found = value.at(row.pointer);
        EXPECT_EQ(found == nullptr ? Value() : *found, row.found) << row.pointer;
    }
    EXPECT_EQ(value.at(""), &value);
}

TEST(Value, PointersEscapeAndStayShort) {
    std::string pointer;
    append_to_pointer(pointer, "a~b/c");
    append_to_pointer(pointer, "3");
    EXPECT_EQ(pointer, "/a~0b~1c/3");
    EXPECT_EQ(bounded_pointer(pointer), pointer);

    std::string chinese = "/";
    for (int i = 0; i < 100; ++i) chinese += "名";
    const std::string cut = bounded_pointer(chinese);
    EXPECT_LE(cut.size(), 203U);
    EXPECT_EQ(first_ill_formed(cut), std::string::npos);
    EXPECT_TRUE(cut.ends_with("…"));
}

TEST(Object, HoldsANameOnce) {
    Object object{{"a", 1}, {"b", 2}};
    object.set("a", 3);
    object.set("c", 4);
    EXPECT_EQ(to_json(object), R"({"a":3,"b":2,"c":4})");
    EXPECT_EQ(object.find("d"), nullptr);
    EXPECT_NE(Value(Object{{"a", 1}, {"b", 2}}), Value(Object{{"b", 2}, {"a", 1}}));
    EXPECT_THROW((Object{{"a", 1}, {"a", 2}}), Bug);
}

/// Goal: our walk over characters agrees with the standard's table. Method: every three bytes that
/// can begin a character, and chosen four.
TEST(Utf8, KnowsWellFormedCharacters) {
    int well_formed = 0;
    for (unsigned first = 0; first < 256; ++first) {
        for (unsigned second = 0; second < 256; ++second) {
            for (const unsigned third : {0x00U, 0x7FU, 0x80U, 0xBFU, 0xC0U}) {
                const std::string bytes{static_cast<char>(first), static_cast<char>(second),
                                        static_cast<char>(third)};
                if (character_bytes(bytes, 0) == 3) ++well_formed;
            }
        }
    }
    // U+0800…U+FFFF without the 2,048 surrogates are 61,440; of every 64 we tried the last byte's
    // least and greatest, so 2 of 64.
    EXPECT_EQ(well_formed, 61'440 / 64 * 2);
    EXPECT_EQ(character_bytes("\xF0\x90\x80\x80", 0), 4U);
    EXPECT_EQ(character_bytes("\xF0\x8F\xBF\xBF", 0), 0U);
    EXPECT_EQ(character_bytes("\xF4\x8F\xBF\xBF", 0), 4U);
    EXPECT_EQ(character_bytes("\xF4\x90\x80\x80", 0), 0U);
    EXPECT_EQ(character_bytes("\xF0\x9F\x98", 0), 0U);
    EXPECT_EQ(first_ill_formed("分\xC3\xA9\xC3"), 5U);
}

}  // namespace
}  // namespace fenming::api
