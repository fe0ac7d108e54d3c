// Days and instants, one row per case (torture E5; R9.06).

#include "base/date.h"

#include <gtest/gtest.h>

#include <string>

#include "base/check.h"
#include "base/clock.h"

namespace fenming {
namespace {

using namespace std::chrono_literals;

Date day(std::string_view text) {
    return *parse_date(text);
}

TEST(Date, Parse) {
    struct Row {
        std::string text;
        std::string ruling;  // YYYY-MM-DD, or the refusal's code
    };
    // clang-format off
    const Row rows[] = {
        {"2023-05-05",         "2023-05-05"},  // E5
        {"2023/5/5",           "2023-05-05"},
        {"20230505",           "2023-05-05"},
        {"2023年5月5日",       "2023-05-05"},
        {"2023年05月05日",     "2023-05-05"},
        {"2023年5月5号",       "2023-05-05"},
        {"2023 年 5 月 5 日",  "2023-05-05"},
        {"2023　年5月5日",     "2023-05-05"},
        {"2023.5.5",           "2023-05-05"},
        {"2023-5-5",           "2023-05-05"},
        {"２０２３－０５－０５", "2023-05-05"},
        {"２０２３年５月５日", "2023-05-05"},
        {" 2023-05-05\t",      "2023-05-05"},
        {"2024-02-29",         "2024-02-29"},
        {"2000-02-29",         "2000-02-29"},
        {"1900-01-01",         "1900-01-01"},
        {"9999-12-31",         "9999-12-31"},
        {"2023-02-30",         "base.not_a_date"},  // E5
        {"2023-02-29",         "base.not_a_date"},
        {"2100-02-29",         "base.not_a_date"},
        {"2023-04-31",         "base.not_a_date"},
        {"2023-13-01",         "base.not_a_date"},
        {"2023-00-10",         "base.not_a_date"},
        {"2023-01-00",         "base.not_a_date"},
        {"1899-12-31",         "base.not_a_date"},
        {"0202-05-05",         "base.not_a_date"},
        {"23-05-05",           "base.not_a_date"},
        {"2023-05",            "base.not_a_date"},
        {"2023-05/05",         "base.not_a_date"},
        {"2023年5-5",          "base.not_a_date"},
        {"2023年5月5",         "base.not_a_date"},
        {"2023-05-05日",       "base.not_a_date"},
        {"2023-005-05",        "base.not_a_date"},
        {"2023-05-055",        "base.not_a_date"},
        {"2023 05 05",         "base.not_a_date"},
        {"2023-05-05x",        "base.not_a_date"},
        {"05/05/2023",         "base.not_a_date"},
        {"2023115",            "base.not_a_date"},  // 11 January or 1 November? 2023-1-15?
        {"45051",              "base.not_a_date"},  // a serial number: sheet knows the cell's format
        {"五月五日",           "base.not_a_date"},
        {"2023-05\u200B-05",   "base.not_a_date"},
        {"",                   "base.not_a_date"},
    };
    // clang-format on
    for (const Row& row : rows) {
        const auto date = parse_date(row.text);
        EXPECT_EQ(date ? date->text() : std::string(date.error().kind().code), row.ruling)
            << row.text;
    }
}

TEST(Date, PartsAndOrder) {
    const Date date = day("2026-11-24");
    EXPECT_EQ(date.year(), 2026);
    EXPECT_EQ(date.month(), 11);
    EXPECT_EQ(date.day(), 24);
    EXPECT_EQ(Date(date.days()), date);
    EXPECT_LT(date, day("2026-12-01"));
    EXPECT_LT(day("2025-12-31"), date);
    EXPECT_EQ(add_days(date, 7), day("2026-12-01"));
    EXPECT_EQ(add_days(date, -328), day("2025-12-31"));
    EXPECT_EQ(add_days(day("2024-02-28"), 1), day("2024-02-29"));
    // A spreadsheet's serial number counts from 1899-12-30 (E5: 45051).
    EXPECT_EQ(add_days(Date(std::chrono::year{1899} / 12 / 30), 45051), day("2023-05-05"));
}

// Every day of 400 years reads back in every form, and follows the one before it.
TEST(Date, EveryDayReadsBack) {
    Date expected = day("1900-01-01");
    const Date end = day("2300-01-01");
    int count = 0;
    for (; expected < end; expected = add_days(expected, 1), ++count) {
        const std::string text = expected.text();
        ASSERT_EQ(day(text), expected);
        ASSERT_EQ(day(text.substr(0, 4) + text.substr(5, 2) + text.substr(8)), expected);
        ASSERT_EQ(text, add_days(Date(add_days(expected, -1)), 1).text());
    }
    EXPECT_EQ(count, 400 * 365 + 97);  // the Gregorian cycle
}

TEST(Date, None) {
    const Date none;
    EXPECT_TRUE(none.is_none());
    EXPECT_FALSE(day("2026-01-01").is_none());
    EXPECT_EQ(none.text(), "");
    EXPECT_LT(none, day("1900-01-01"));
    EXPECT_THROW((void)none.year(), Bug);
    EXPECT_THROW((void)none.month(), Bug);
    EXPECT_THROW((void)none.day(), Bug);
    EXPECT_THROW((void)none.days(), Bug);
    EXPECT_THROW((void)add_days(none, 1), Bug);
}

TEST(Date, ADayThatDoesNotExistIsABug) {
    EXPECT_THROW((void)Date(std::chrono::year{2023} / 2 / 30), Bug);
    EXPECT_THROW((void)Date(std::chrono::year{0} / 1 / 1), Bug);
    EXPECT_THROW((void)add_days(day("9999-12-31"), 1), Bug);
}

TEST(Instant, Parse) {
    struct Row {
        std::string text;
        std::string ruling;  // Beijing text, or the refusal's code
    };
    // clang-format off
    const Row rows[] = {
        {"2026-11-24T14:13:49.123+08:00",    "2026-11-24T14:13:49.123+08:00"},
        {"2026-11-24T06:13:49.123Z",         "2026-11-24T14:13:49.123+08:00"},
        {"2026-11-24t06:13:49z",             "2026-11-24T14:13:49.000+08:00"},
        {"2026-11-24 14:13:49+08:00",        "2026-11-24T14:13:49.000+08:00"},
        {"2026-11-24T01:13:49-05:00",        "2026-11-24T14:13:49.000+08:00"},
        {"2026-11-24T11:43:49+05:30",        "2026-11-24T14:13:49.000+08:00"},
        {"2026-11-23T23:59:59.9-00:00",      "2026-11-24T07:59:59.900+08:00"},
        {"2026-11-24T14:13:49.123999999+08:00", "2026-11-24T14:13:49.123+08:00"},
        {"2026-11-24T14:13:49.1+08:00",      "2026-11-24T14:13:49.100+08:00"},
        {"1970-01-01T00:00:00Z",             "1970-01-01T08:00:00.000+08:00"},
        {"1969-12-31T23:59:59.999Z",         "1970-01-01T07:59:59.999+08:00"},
        {"1950-03-01T00:00:00.001+08:00",    "1950-03-01T00:00:00.001+08:00"},
        {"9999-12-31T23:59:59.999+08:00",    "9999-12-31T23:59:59.999+08:00"},
        {"2026-11-24",                       "2026-11-24T00:00:00.000+08:00"},
        {"2026年11月24日",                   "2026-11-24T00:00:00.000+08:00"},
        {" 2026-11-24T06:13:49Z ",           "2026-11-24T14:13:49.000+08:00"},
        {"9999-12-31T23:00:00-05:00",        "base.not_an_instant"},  // the year 10000 in Beijing
        {"1900-01-01T00:00:00+14:00",        "base.not_an_instant"},  // the year 1899 in Beijing
        {"2026-11-24T14:13:49",              "base.not_an_instant"},  // no offset
        {"2026-11-24T14:13Z",                "base.not_an_instant"},
        {"2026-11-24T24:00:00Z",             "base.not_an_instant"},
        {"2026-11-24T23:60:00Z",             "base.not_an_instant"},
        {"2026-12-31T23:59:60Z",             "base.not_an_instant"},  // leap second
        {"2026-02-30T00:00:00Z",             "base.not_an_instant"},
        {"2026-11-24T14:13:49.Z",            "base.not_an_instant"},
        {"2026-11-24T14:13:49.1234567890Z",  "base.not_an_instant"},
        {"2026-11-24T14:13:49+0800",         "base.not_an_instant"},
        {"2026-11-24T14:13:49+24:00",        "base.not_an_instant"},
        {"2026-11-24T14:13:49+08:60",        "base.not_an_instant"},
        {"2026-11-24T14:13:49Zx",            "base.not_an_instant"},
        {"1785046429123",                    "base.not_an_instant"},
        {"",                                 "base.not_an_instant"},
    };
    // clang-format on
    for (const Row& row : rows) {
        const auto at = parse_instant(row.text);
        EXPECT_EQ(at ? beijing_text(*at) : std::string(at.error().kind().code), row.ruling)
            << row.text;
    }
}

TEST(Instant, TheDayIsBeijings) {
    EXPECT_EQ(beijing_date(*parse_instant("2026-11-24T15:59:59.999Z")), day("2026-11-24"));
    EXPECT_EQ(beijing_date(*parse_instant("2026-11-24T16:00:00Z")), day("2026-11-25"));
    EXPECT_EQ(beijing_date({0}), day("1970-01-01"));
    EXPECT_EQ(beijing_date({-8 * 3'600'000 - 1}), day("1969-12-31"));
    EXPECT_EQ(parse_instant("2026-11-24")->ms, 1'795'449'600'000);
}

TEST(Clock, StandsWhereItIsPut) {
    SetClock clock(*parse_instant("2026-11-24T15:59:59Z"));
    EXPECT_EQ(clock.today(), day("2026-11-24"));
    clock.advance_ms(1'000);
    EXPECT_EQ(clock.today(), day("2026-11-25"));
    clock.set({5});
    EXPECT_EQ(clock.now(), Instant{5});
}

TEST(Clock, TheMachinesClockGoesOn) {
    const SystemClock clock;
    const Instant before = clock.now();
    EXPECT_GT(before, *parse_instant("2024-01-01"));
    EXPECT_LE(before, clock.now());
    EXPECT_LE(beijing_date(before), clock.today());
}

}  // namespace
}  // namespace fenming
