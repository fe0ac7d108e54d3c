// The demo's places can be read in both languages: the first page names them in English.

#include "cli/demo_city.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>

namespace fenming::cli {
namespace {

TEST(DemoCity, every_place_has_an_english_name_by_its_sound_and_kind) {
    static const std::regex name("Yunchuan|[A-Z][a-z]+ (District|County|Town|Township|Village)");
    std::map<std::int64_t, std::string> english;
    for (const auto& area : demo_areas()) {
        EXPECT_FALSE(area.name_zh.empty());
        ASSERT_TRUE(area.name_en) << area.name_zh;
        EXPECT_TRUE(std::regex_match(*area.name_en, name)) << *area.name_en;
        english[area.code.code] = *area.name_en;
    }
    EXPECT_EQ(english.size(), 1U + 8 + 8 * 4 + 8 * 4 * 4);
    EXPECT_EQ(english.at(990101000000), "Yunxi District");
    EXPECT_EQ(english.at(990103000000), "Qingyan County");
    EXPECT_EQ(english.at(990101003000), "Liulin Township");
    EXPECT_EQ(english.at(990101001203), "Shangping Village");
}

}  // namespace
}  // namespace fenming::cli
