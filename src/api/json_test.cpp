// Reading JSON from hostile hands.

#include "api/json.h"

#include <gtest/gtest.h>

#include <random>

#include "api/sample_for_test.h"

namespace fenming::api {
namespace {

using sample::verdict;

std::string repeated(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out.append(text);
    return out;
}

/// Goal: what is right is read as it is. Method: read, write, compare.
TEST(Json, ReadsWhatIsRight) {
    struct Row {
        std::string_view text;
        std::string_view same;
    };
    const Row rows[] = {
        // clang-format off
        {"null",                                  "null"},
        {" [ true , false ] \r\n\t",              "[true,false]"},
        {"9223372036854775807",                   "9223372036854775807"},
        {"-9223372036854775808",                  "-9223372036854775808"},
        {"-0",                                    "0"},
        {R"({"a_fen":9007199254740991})",         R"({"a_fen":9007199254740991})"},
        {R"({"a":9007199254740992})",             R"({"a":9007199254740992})"},
        {R"("\u5206\u660e \ud83d\ude00 \/ \"")",  R"("分明 😀 / \"")"},
        {R"("\\ud800")",                          R"("\\ud800")"},        // an escaped backslash
        {R"({"":{"":[]}})",                       R"({"":{"":[]}})"},
        {R"({"b":1,"a":2})",                      R"({"b":1,"a":2})"},    // order kept
        {"\xEF\xBB\xBF{}",                        "{}"},                  // byte-order mark
        // clang-format on
    };
    for (const Row& row : rows) {
        const auto value = parse_json(row.text);
        ASSERT_TRUE(value) << row.text << ": " << verdict(value);
        EXPECT_EQ(to_json(*value), row.same);
    }
}

/// Goal: every refusal, with the place where the reader stood. Method: one row per case.
TEST(Json, RefusesByName) {
    const std::string many_keys =
        R"({"k0":0,"k1":0,"k2":0,"k3":0,"k4":0,"k5":0,"k6":0,"k7":0,"k8":0,)"
        R"("k9":0,"ka":0,"kb":0,"kc":0,"kd":0,"ke":0,"kf":0,"kg":0,)";
    struct Row {
        std::string text;
        std::string_view refused;
    };
    const Row rows[] = {
        // clang-format off
        // shape
        {"",                                    "api.json_cut"},
        {" ",                                   "api.json_cut"},
        {"{",                                   "api.json_cut"},
        {R"({"a":[1,)",                         "api.json_cut /a/1"},
        {R"({"a":"x)",                          "api.json_cut /a"},
        {"[1 2]",                               "api.json_syntax /1"},
        {"{a:1}",                               "api.json_syntax"},
        {"{'a':1}",                             "api.json_syntax"},
        {"[1,]",                                "api.json_syntax /1"},
        {"[01]",                                "api.json_syntax /1"},
        {"[+1]",                                "api.json_syntax /0"},
        {"[0x10]",                              "api.json_syntax /1"},
        {"/* why */ 1",                         "api.json_syntax"},
        {"\"a\nb\"",                            "api.json_syntax"},
        {R"(["\x41"])",                         "api.json_syntax /0"},
        {R"(["\u12g4"])",                       "api.json_syntax /0"},
        {"1 2",                                 "api.json_trailing"},
        {"{} {}",                               "api.json_trailing"},
        {"[]]",                                 "api.json_trailing"},
        {"\"a\" ,",                             "api.json_trailing"},
        // names
        {R"({"a":1,"a":2})",                    "api.json_key_twice /a"},
        {R"({"a":1,"\u0061":2})",               "api.json_key_twice /a"},
        {R"([{"x":{"b/c":1,"b/c":1}}])",        "api.json_key_twice /0/x/b~1c"},
        {many_keys + R"("k3":1})",              "api.json_key_twice /k3"},
        {many_keys + R"("kh":1,"kh":1})",       "api.json_key_twice /kh"},
        // numbers
        {R"({"lines":[{},{"amount_fen":1.5}]})","api.json_not_whole /lines/1/amount_fen"},
        {"1.0",                                 "api.json_not_whole"},
        {"1e3",                                 "api.json_not_whole"},
        {"[-1E-3]",                             "api.json_not_whole /0"},
        {"1e400",                               "api.json_not_whole"},
        {"-1e400",                              "api.json_not_whole"},
        {"NaN",                                 "api.json_not_whole"},
        {"[nan]",                               "api.json_not_whole /0"},
        {"[Infinity]",                          "api.json_not_whole /0"},
        {"[-Infinity]",                         "api.json_not_whole /0"},
        {"9223372036854775808",                 "api.json_number_too_large"},
        {"[-9223372036854775809]",              "api.json_number_too_large /0"},
        {"18446744073709551616",                "api.json_number_too_large"},
        {repeated("9", 5000),                   "api.json_number_too_large"},
        {R"({"a_fen":9007199254740992})",       "api.amount_out_of_range /a_fen"},
        {R"({"a_fen":[0,-9007199254740992]})",  "api.amount_out_of_range /a_fen/1"},
        {R"({"a_fen":18446744073709551616})",   "api.amount_out_of_range /a_fen"},
        // characters
        {"\"\xFF\"",                            "api.json_bad_utf8"},
        {"{\"a\":\"\xC0\xAF\"}",                "api.json_bad_utf8 /a"},
        {"[\"\xED\xA0\x80\"]",                  "api.json_bad_utf8 /0"},
        {"[\"\xF4\x90\x80\x80\"]",              "api.json_bad_utf8 /0"},
        {"\"\xE5\x88",                          "api.json_bad_utf8"},
        {"[1,\xB5\xCD]",                        "api.json_bad_utf8 /1"},  // GBK
        {R"(["\ud83d"])",                       "api.json_lone_surrogate /0"},
        {R"(["\ud83dx"])",                      "api.json_lone_surrogate /0"},
        {R"(["\ude00"])",                       "api.json_lone_surrogate /0"},
        {R"(["\ud83d\ud83d"])",                 "api.json_lone_surrogate /0"},
        {R"({"\\\ude00":1})",                   "api.json_lone_surrogate"},
        {R"(["a\u0000b"])",                     "api.json_zero_character /0"},
        {R"({"\u0000":1})",                     std::string_view("api.json_zero_character /\0", 26)},
        // clang-format on
    };
    for (const Row& row : rows)
        EXPECT_EQ(verdict(parse_json(row.text)), row.refused) << row.text.substr(0, 80);
}

TEST(Json, KeepsItsLimits) {
    const Limits limits{.bytes = 40, .depth = 3, .items = 5};
    // clang-format off
    EXPECT_EQ(verdict(parse_json("[[[]]]", limits)),                     "accepted");
    EXPECT_EQ(verdict(parse_json("[[[[]]]]", limits)),                   "api.json_too_deep /0/0/0");
    EXPECT_EQ(verdict(parse_json(R"({"a":{"b":{"c":{}}}})", limits)),    "api.json_too_deep /a/b/c");
    EXPECT_EQ(verdict(parse_json("[1,2,3,4]", limits)),                  "accepted");
    EXPECT_EQ(verdict(parse_json("[1,2,3,4,5]", limits)),                "api.json_too_many /4");
    EXPECT_EQ(verdict(parse_json(repeated(" ", 39) + "1", limits)),      "accepted");
    EXPECT_EQ(verdict(parse_json(repeated(" ", 40) + "1", limits)),      "api.json_too_large");
    // clang-format on
}

/// Goal: size of input costs neither stack nor quadratic time. Method: the largest of each kind.
TEST(Json, StandsLargeInput) {
    EXPECT_EQ(verdict(parse_json(repeated("[", 200'000))),
              "api.json_too_deep " + repeated("/0", 32));
    const std::string deep = verdict(parse_json(repeated(R"({"a":)", 200'000)));
    EXPECT_EQ(deep, "api.json_too_deep " + repeated("/a", 32));
    EXPECT_EQ(verdict(parse_json("[" + repeated("1,", 200'000) + "1]")),
              "api.json_too_many /99999");
    EXPECT_EQ(verdict(parse_json(repeated("x", (1 << 20) + 1))), "api.json_too_large");

    std::string wide = "{\"k\":0";
    for (int i = 0; i < 80'000; ++i) wide += ",\"" + std::to_string(i) + "\":0";
    EXPECT_EQ(verdict(parse_json(wide + "}")), "accepted");
    EXPECT_EQ(verdict(parse_json(wide + ",\"79999\":0}")), "api.json_key_twice /79999");

    const std::string long_key = repeated("长", 300'000);
    const std::string twice = "{\"" + long_key + "\":0,\"" + long_key + "\":0}";
    const auto refused = parse_json(twice, {.bytes = 1 << 22});
    ASSERT_FALSE(refused);
    EXPECT_LE(refused.error().place().column.size(), 203U);
}

TEST(Json, SaysTheLine) {
    const auto refused = parse_json("{\n\"a\": 1,\n\"b\": oops\n}");
    ASSERT_FALSE(refused);
    EXPECT_NE(say(refused.error(), Language::en).says.find("line 3"), std::string::npos);
    EXPECT_NE(say(refused.error(), Language::zh_cn).says.find("第 3 行"), std::string::npos);
}

/// Goal: no input makes the reader crash, hang or accept what it cannot write back. Method: 100,000
/// random edits of a sound text; what is accepted must be the same after writing and reading.
TEST(Json, SurvivesMutation) {
    const std::string seed_text =
        R"({"batch":"430408","is_urgent":true,"lines":[{"person":"17","amount_fen":12345,)"
        R"("note":"低保 \ud83d\ude00 \n"},{"person":"18","amount_fen":-1,"note":null}],)"
        R"("day":"2026-03-05","deep":[[[[{"a":[0,1,2,-9007199254740991]}]]]]})";
    const std::string_view spice = "{}[]\",:\\u0123456789eE+-.truefalsn \xFF\xE5\x88\x86\xED\xA0";
    std::mt19937 random(20261124);
    const auto below = [&](std::size_t n) { return random() % n; };
    int accepted = 0;
    for (int round = 0; round < 100'000; ++round) {
        std::string text = seed_text;
        for (std::size_t edits = 1 + below(4); edits > 0 && !text.empty(); --edits) {
            const std::size_t at = below(text.size());
            switch (below(5)) {
                case 0:
                    text[at] = spice[below(spice.size())];
                    break;
                case 1:
                    text.insert(at, 1, spice[below(spice.size())]);
                    break;
                case 2:
                    text.erase(at, 1 + below(8));
                    break;
                case 3:
                    text.insert(at, text.substr(below(text.size()), below(40)));
                    break;
                default:
                    text[at] = static_cast<char>(random());
                    break;
            }
        }
        const auto value = parse_json(text);
        if (!value) continue;
        ++accepted;
        const auto again = parse_json(to_json(*value));
        ASSERT_TRUE(again) << text;
        ASSERT_EQ(*again, *value) << text;
    }
    EXPECT_GT(accepted, 1'000) << "the edits must leave some texts sound";
}

}  // namespace
}  // namespace fenming::api
