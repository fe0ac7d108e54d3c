// The register's rules, without a store.

#include <gtest/gtest.h>

#include <set>

#include "registry/registry.h"
#include "registry/validators.h"

namespace fenming::registry {
namespace {

Date day(const char* text) {
    return *parse_date(text);
}
Date maybe(const char* text) {
    return *text == '\0' ? Date() : day(text);
}

/// The refusal's code; its sentence has all its values in both languages.
template <class T>
std::string code_of(const Result<T>& result) {
    if (result) return "good";
    for (const Language language : {Language::zh_cn, Language::en})
        EXPECT_TRUE(missing_values(result.error(), language).empty())
            << say(result.error(), language).says;
    return std::string(result.error().kind().code);
}

std::string text_of_spans(const std::vector<Span>& spans) {
    std::string out;
    for (const Span& each : spans) {
        if (!out.empty()) out += " + ";
        out += each.from.text() + ".." + each.to.text();
    }
    return out;
}

TEST(Validity, WhatIsLeft) {
    struct Case {
        const char *old_from, *old_to, *from, *to, *left;
    };
    // clang-format off
    const Case cases[] = {
        // old                        new                           left of the old
        {"",           "",           "2024-01-01", "",           "..2024-01-01"},
        {"",           "",           "",           "",           ""},
        {"2020-01-01", "",           "2022-01-01", "2023-01-01", "2020-01-01..2022-01-01 + 2023-01-01.."},
        {"2020-01-01", "2021-01-01", "2021-01-01", "",           "2020-01-01..2021-01-01"},
        {"2020-01-01", "2021-01-01", "2019-01-01", "2020-01-01", "2020-01-01..2021-01-01"},
        {"2020-01-01", "2021-01-01", "2019-01-01", "2020-06-01", "2020-06-01..2021-01-01"},
        {"2020-01-01", "2021-01-01", "2020-01-01", "2021-01-01", ""},
        {"2020-01-01", "2021-01-01", "2019-01-01", "",           ""},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(text_of_spans(
                      left_of({maybe(c.old_from), maybe(c.old_to)}, {maybe(c.from), maybe(c.to)})),
                  c.left)
            << c.old_from << ".." << c.old_to << " by " << c.from << ".." << c.to;
}

TEST(Areas, Kind) {
    struct Case {
        const char* code;
        const char* name;
        AreaKind kind;
    };
    // clang-format off
    const Case cases[] = {
        {"000000000000", "中国",             AreaKind::country},
        {"430000000000", "湖南省",           AreaKind::province},
        {"430400000000", "衡阳市",           AreaKind::city},
        {"430408000000", "蒸湘区",           AreaKind::district},
        {"430421000000", "衡阳县",           AreaKind::county},
        {"430481000000", "耒阳市",           AreaKind::county_city},
        {"430472000000", "衡阳松木经济开发区", AreaKind::zone},
        {"430473000000", "湖南衡阳高新技术产业园区", AreaKind::zone},
        {"150821000000", "五原县",           AreaKind::county},
        {"150823000000", "乌拉特前旗",       AreaKind::banner},
        {"430408001000", "蒸湘街道",         AreaKind::street},
        {"430408100000", "雨母山镇",         AreaKind::town},
        {"430421200000", "溪江乡",           AreaKind::township},
        {"430408001001", "太平社区居委会",   AreaKind::community},
        {"430408001002", "临江村委会",       AreaKind::village},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(kind_of(parse_area(c.code)->level(), c.name), c.kind) << c.name;
}

AreaInput area(std::int64_t code, const char* name, const char* from = "", const char* to = "") {
    AreaInput input;
    input.code = {code};
    input.name_zh = name;
    if (*from != '\0') input.valid_from = day(from);
    if (*to != '\0') input.valid_to = day(to);
    return input;
}

std::string outcome(const Result<AreasDecision>& decision) {
    if (!decision) return code_of(decision);
    std::string out;
    for (const AreaRow& row : decision->add)
        out += "+" + row.name_zh + " " + row.valid_from.text() + ".." + row.valid_to.text() + " ";
    for (const std::int64_t id : decision->close) out += "-" + std::to_string(id) + " ";
    return out + "=" + std::to_string(decision->unchanged);
}

TEST(Areas, ImportAgainstWhatIsKnown) {
    const AreaRow held{
        7, {430408000000}, {430400000000}, "城北区", "", "", "district", "", {}, day("1990-01-01"),
        {}};
    struct Case {
        const char* what;
        std::vector<AreaInput> areas;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {"new",                {area(430407000000, "石鼓区")}, "+石鼓区 .. =0"},
        {"the same",           {area(430408000000, "城北区")}, "=1"},
        {"renamed from a day", {area(430408000000, "蒸湘区", "2001-01-01")},
                               "+蒸湘区 2001-01-01.. +城北区 1990-01-01..2001-01-01 -7 =0"},
        {"corrected",          {area(430408000000, "蒸湘区")}, "+蒸湘区 1990-01-01.. -7 =0"},
        {"before it",          {area(430408000000, "郊区", "1980-01-01", "1990-01-01")},
                               "+郊区 1980-01-01..1990-01-01 =0"},
        {"two that cut one",   {area(430408000000, "甲", "1995-01-01", "1996-01-01"),
                                area(430408000000, "乙", "2001-01-01")},
                               "+甲 1995-01-01..1996-01-01 +乙 2001-01-01.. "
                               "+城北区 1990-01-01..1995-01-01 +城北区 1996-01-01..2001-01-01 -7 =0"},
        {"outside",            {area(440300000000, "深圳市")}, "registry.area_outside"},
        {"without a name",     {area(430407000000, " ")}, "registry.area_name_empty"},
        {"twice",              {area(430407000000, "石鼓区"), area(430407000000, "石鼓")},
                               "registry.area_twice"},
        {"backwards",          {area(430407000000, "石鼓区", "2001-01-01", "2000-01-01")},
                               "registry.validity_backwards"},
        {"none",               {}, "registry.row_count"},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(outcome(decide(ImportAreas{{430400000000}, c.areas}, AreasDossier{{held}})),
                  c.outcome)
            << c.what;
    AreaInput odd = area(430407000000, "石鼓区");
    odd.fiscal_code = "43040";
    EXPECT_EQ(outcome(decide(ImportAreas{{430400000000}, {odd}}, AreasDossier{})),
              "registry.fiscal_code_shape");
}

TEST(Units, Rules) {
    const RegisterUnit unit{{430408000000}, "001", "蒸湘区民政局", {}, UnitKind::bureau};
    EXPECT_TRUE(decide(unit, UnitDossier{true, false}));
    EXPECT_EQ(&decide(unit, UnitDossier{false, false}).error().kind(), &kNoSuchArea);
    EXPECT_EQ(&decide(unit, UnitDossier{true, true}).error().kind(), &kUnitCodeTaken);
    RegisterUnit nameless = unit;
    nameless.name_zh = "";
    EXPECT_EQ(&decide(nameless, UnitDossier{true, false}).error().kind(), &kUnitNameEmpty);
}

TEST(Statuses, Rules) {
    const PersonBrief person{{5}, {430408001002}, day("1950-05-05"), "ordinary"};
    const StatusRow missing{1, {5}, "missing", "village", day("2020-01-01"), day("2021-01-01"), {}};
    const StatusesDossier dossier{day("2026-11-24"), {person}, {missing}};
    struct Case {
        std::int64_t person;
        StatusKind kind;
        const char *from, *to, *outcome;
    };
    // clang-format off
    const Case cases[] = {
        {5, StatusKind::dead,    "2026-11-01", "",           "good"},
        {5, StatusKind::dead,    "2026-11-01", "2026-11-03", "registry.death_ends"},
        {5, StatusKind::dead,    "2026-11-25", "",           "registry.date_out_of_life"},
        {5, StatusKind::dead,    "1949-01-01", "",           "registry.date_out_of_life"},
        {5, StatusKind::missing, "2020-01-01", "2021-01-01", "good"},   // known day for day
        {5, StatusKind::missing, "2020-06-01", "",           "registry.status_overlaps"},
        {5, StatusKind::missing, "2021-01-01", "",           "good"},
        {5, StatusKind::missing, "2022-01-01", "2021-01-01", "registry.validity_backwards"},
        {6, StatusKind::dead,    "2026-11-01", "",           "registry.person_not_found"},
    };
    // clang-format on
    for (const Case& c : cases) {
        StatusInput fact{{c.person}, c.kind, StatusSource::police, day(c.from), {}};
        if (*c.to != '\0') fact.valid_to = day(c.to);
        EXPECT_EQ(code_of(decide(RecordStatuses{{430408000000}, {fact}}, dossier)), c.outcome)
            << c.person << " " << c.from << " " << c.to;
        EXPECT_EQ(code_of(decide(RecordStatuses{{430407000000}, {fact}}, dossier)),
                  "registry.person_not_found");
    }
    EXPECT_EQ(code_of(decide(RecordStatuses{{430408000000}, {}}, dossier)), "registry.row_count");
    const StatusInput again{
        {5}, StatusKind::missing, StatusSource::village, day("2020-01-01"), day("2021-01-01")};
    EXPECT_EQ(decide(RecordStatuses{{430408000000}, {again}}, dossier)->already_known, 1);
}

TEST(Statuses, End) {
    const StatusRow missing{1, {5}, "missing", "village", day("2020-01-01"), {}, {}};
    StatusRow dead = missing;
    dead.kind = "dead";
    StatusRow ended = missing;
    ended.valid_to = day("2021-01-01");
    struct Case {
        std::optional<StatusRow> status;
        const char *on, *outcome;
    };
    // clang-format off
    const Case cases[] = {
        {missing,      "2026-01-01", "good"},
        {missing,      "",           "good"},                       // withdrawn
        {missing,      "2019-01-01", "registry.validity_backwards"},
        {dead,         "2026-01-01", "registry.death_ends"},
        {dead,         "",           "good"},
        {ended,        "2026-01-01", "registry.status_closed"},
        {ended,        "",           "good"},
        {std::nullopt, "",           "registry.status_closed"},
    };
    // clang-format on
    for (const Case& c : cases) {
        EndStatus order{{1}, {}};
        if (*c.on != '\0') order.on = day(c.on);
        EXPECT_EQ(code_of(decide(order, EndStatusDossier{day("2026-11-24"), {}, c.status})),
                  c.outcome)
            << c.on;
    }
}

TEST(Moves, Rules) {
    const PersonBrief person{{5}, {430408001002}, day("1950-05-05"), "ordinary"};
    const ResidenceRow last{9, {430408001002}, day("2024-03-01"), {}};
    struct Case {
        std::int64_t to;
        const char* from;
        bool area_known;
        const char* outcome;
    };
    // clang-format off
    const Case cases[] = {
        {430407001001, "2026-11-01", true,  "good"},
        {430407001001, "2026-11-01", false, "registry.no_such_area"},
        {430407001001, "2026-12-01", true,  "registry.date_out_of_life"},
        {430408001002, "2026-11-01", true,  "registry.already_lives_there"},
        {430407001001, "2024-03-01", true,  "registry.move_out_of_order"},
    };
    // clang-format on
    for (const Case& c : cases)
        EXPECT_EQ(code_of(decide(MovePerson{{5}, {c.to}, day(c.from)},
                                 MoveDossier{day("2026-11-24"), person, c.area_known, {last}})),
                  c.outcome)
            << c.to << " " << c.from;
}

}  // namespace
}  // namespace fenming::registry
