// Areas (R9.03), one row per case.

#include "base/area.h"

#include <gtest/gtest.h>

#include <string>

#include "base/check.h"

namespace fenming {
namespace {

TEST(Area, Parse) {
    struct Row {
        std::string text;
        std::string ruling;  // 12 digits, or the refusal's code
    };
    const Row rows[] = {
        {"430408", "430408000000"},
        {"430408001", "430408001000"},
        {"430408001002", "430408001002"},
        {" ４３０４０８　", "430408000000"},
        {"110000", "110000000000"},
        {"000000000000", "000000000000"},
        {"", "base.not_an_area"},
        {"43", "base.not_an_area"},
        {"4304", "base.not_an_area"},
        {"43040800", "base.not_an_area"},
        {"4304080010021", "base.not_an_area"},
        {"430408001002003001", "base.not_an_area"},
        {"43040800100x", "base.not_an_area"},
        {"-43040", "base.not_an_area"},
        {"430 408", "base.not_an_area"},
        {"003408", "base.not_an_area"},
        {"蒸湘区", "base.not_an_area"},
    };
    for (const Row& row : rows) {
        const auto area = parse_area(row.text);
        EXPECT_EQ(area ? area->text() : std::string(area.error().kind().code), row.ruling)
            << row.text;
    }
}

TEST(Area, LevelsNest) {
    struct Row {
        std::int64_t code;
        AreaLevel level;
        std::int64_t end, county, parent;
    };
    // clang-format off
    const Row rows[] = {
        // code          level                end           county        parent
        {0,             AreaLevel::country,  1000000000000, 0,            0},
        {430000000000,  AreaLevel::province, 440000000000, 0,            0},
        {430400000000,  AreaLevel::city,     430500000000, 0,            430000000000},
        {430408000000,  AreaLevel::county,   430409000000, 430408000000, 430400000000},
        {430408001000,  AreaLevel::town,     430408002000, 430408000000, 430408000000},
        {430408001002,  AreaLevel::village,  430408001003, 430408000000, 430408001000},
        {429004000000,  AreaLevel::county,   429005000000, 429004000000, 429000000000},
        {441900003000,  AreaLevel::town,     441900004000, 441900000000, 441900000000},
        {110000000000,  AreaLevel::province, 120000000000, 0,            0},
    };
    // clang-format on
    for (const Row& row : rows) {
        const Area area{row.code};
        EXPECT_EQ(area.level(), row.level) << row.code;
        EXPECT_EQ(area.end(), row.end) << row.code;
        EXPECT_EQ(area.county().code, row.county) << row.code;
        EXPECT_EQ(area.parent().code, row.parent) << row.code;
        EXPECT_EQ(parse_area(area.text())->code, row.code);
        EXPECT_TRUE(area.contains(area));
        EXPECT_TRUE(area.parent().contains(area));
        EXPECT_FALSE(area.contains(Area{area.end()}));
        EXPECT_EQ(area.contains(area.parent()), row.code == 0);
    }
    EXPECT_TRUE(Area{430400000000}.contains(Area{430482206215}));
    EXPECT_FALSE(Area{430400000000}.contains(Area{430500000000}));
    EXPECT_FALSE(Area{430408000000}.contains(Area{430407999999}));
}

TEST(Area, WhatHasMoreDigitsIsABug) {
    EXPECT_THROW((void)Area{1'000'000'000'000}.level(), Bug);
    EXPECT_THROW((void)Area{-1}.text(), Bug);
}

}  // namespace
}  // namespace fenming
