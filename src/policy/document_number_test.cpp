// Document numbers as they are typed and printed.

#include "policy/document_number.h"

#include <gtest/gtest.h>

#include "api/member.h"

namespace fenming::policy {
namespace {

std::string outcome(std::string_view text) {
    const auto number = parse_document_number(text);
    if (!number) return "?";
    std::string out = number->canonical;
    for (const NumberFlaw flaw : number->flaws) out += " " + stored(flaw);
    if (number->is_doubtful()) out += " !";
    return out;
}

TEST(DocumentNumber, Forms) {
    struct Case {
        const char* text;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {"财社〔2022〕130号",          "财社〔2022〕130号"},
        {" 财社 〔2022〕 130 号 ",     "财社〔2022〕130号"},
        {"财社〔２０２２〕１３０号",   "财社〔2022〕130号"},
        {"财社(2022)130号",            "财社〔2022〕130号 other_brackets"},
        {"财社（2022）130号",          "财社〔2022〕130号 other_brackets"},
        {"财社[2022]130号",            "财社〔2022〕130号 other_brackets"},
        {"财社［2022］130号",          "财社〔2022〕130号 other_brackets"},
        {"财社【2022】130号",          "财社〔2022〕130号 other_brackets"},
        {"财社〔2022)130号",           "财社〔2022〕130号 other_brackets"},
        {"财社﹝2022﹞130号",          "财社〔2022〕130号 other_brackets"},
        {"财社〔2022〕第130号",        "财社〔2022〕130号"},
        {"财社〔2022〕0130号",         "财社〔2022〕130号"},
        {"财社〔2022〕130",            "财社〔2022〕130号 no_hao"},
        {"川财社〔2020165号",          "川财社〔2020〕165号 bracket_missing !"},
        {"川财社2020〕165号",          "川财社〔2020〕165号 bracket_missing !"},
        {"川财社2020165号",            "川财社〔2020〕165号 no_brackets !"},
        {"川财社2020165",              "川财社〔2020〕165号 no_brackets no_hao !"},
        {"国务院令第649号",            "国务院令第649号"},
        {"国务院令第０６49号",         "国务院令第649号"},
        {"民政部公告2023年第2号",      "民政部公告2023年第2号"},
        {"财社〔2022〕号",             "?"},
        {"财社〔2022〕0号",            "?"},
        {"财社〔1822〕130号",          "?"},
        {"财社〔22〕130号",            "?"},
        {"〔2022〕130号",              "?"},
        {"财社〔2022〕130号附件",      "?"},
        {"财社",                       "?"},
        {"财社〔2022〕1234567号",      "?"},
        {"财社〔2022〕130\u200B号",    "?"},
        {"",                           "?"},
        {"令第5号",                    "?"},
    };
    // clang-format on
    for (const Case& c : cases) EXPECT_EQ(outcome(c.text), c.outcome) << c.text;
}

TEST(DocumentNumber, CanonicalReadsBackAndStands) {
    for (const char* text : {"财社(2022)130", "川财社〔2020165号", "国务院令第0649号"}) {
        const auto first = parse_document_number(text);
        ASSERT_TRUE(first);
        const auto again = parse_document_number(first->canonical);
        ASSERT_TRUE(again);
        EXPECT_EQ(again->canonical, first->canonical);
        EXPECT_TRUE(again->flaws.empty());
        EXPECT_EQ(first->printed, text);
    }
}

TEST(DocumentNumber, TheRefusalShowsWhatWasTyped) {
    const auto refused = parse_document_number("第三号");
    ASSERT_FALSE(refused);
    EXPECT_NE(say(refused.error(), Language::zh_cn).says.find("第三号"), std::string::npos);
}

}  // namespace
}  // namespace fenming::policy
