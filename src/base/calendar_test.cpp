// Working days (R13): the built-in table against a second source, and limits counted by hand.

#include "base/calendar.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "base/calendar_days.h"
#include "base/check.h"

namespace fenming {
namespace {

Date day(std::string_view text) {
    return *parse_date(text);
}

std::string text_or_code(const Result<Date>& date) {
    return date ? date->text() : std::string(date.error().kind().code);
}

TEST(Calendar, AgreesWithTheSecondSourceOnEveryDay) {
    std::ifstream file(SOURCE_DIR "/src/base/workdays_2010_2026.txt");
    ASSERT_TRUE(file.is_open());
    int days = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const Month month = *parse_month(line.substr(0, 7));
        Date date = month.first_day();
        for (const char mark : line.substr(8)) {
            ASSERT_EQ(Calendar::built_in().is_working_day(date), mark == '1') << date.text();
            date = add_days(date, 1);
            ++days;
        }
        ASSERT_EQ(date, month.next().first_day()) << line;
    }
    EXPECT_EQ(days, 6'209);
}

TEST(Calendar, KnowsTheAnnouncedYears) {
    const Calendar& calendar = Calendar::built_in();
    EXPECT_FALSE(calendar.knows_year(2006));
    for (int year = 2007; year <= 2026; ++year) EXPECT_TRUE(calendar.knows_year(year)) << year;
    EXPECT_FALSE(calendar.knows_year(2027));
    // The announcement for 2007 made a weekend of 2006 work.
    EXPECT_TRUE(calendar.is_working_day(day("2006-12-31")));
    // Nothing in the table says what Monday to Friday says already.
    for (const CalendarYear& year : calendar_years()) {
        EXPECT_TRUE(year.is_announced || year.year == 2006) << year.year;
        EXPECT_EQ(year.off.empty(), year.year == 2006) << year.year;
    }
}

TEST(Calendar, Limits) {
    struct Row {
        std::string start;
        int days;
        std::string working, calendar;  // when it ends, or the refusal's code
    };
    // clang-format off
    const Row rows[] = {
        // start       days  working days                   calendar days
        {"2026-06-01", 20,   "2026-06-30",                  "2026-06-22"},  // E19; 06-21 is a Sunday
        {"2026-06-01", 0,    "2026-06-01",                  "2026-06-01"},
        {"2026-06-01", 1,    "2026-06-02",                  "2026-06-02"},
        {"2026-06-05", 1,    "2026-06-08",                  "2026-06-08"},  // from a Friday
        {"2026-06-06", 1,    "2026-06-08",                  "2026-06-08"},  // from a Saturday
        {"2026-06-06", 0,    "2026-06-06",                  "2026-06-08"},
        {"2026-06-18", 1,    "2026-06-22",                  "2026-06-22"},  // over Dragon Boat
        {"2026-02-13", 1,    "2026-02-14",                  "2026-02-14"},  // a make-up Saturday
        {"2026-02-13", 2,    "2026-02-24",                  "2026-02-24"},  // over Spring Festival
        {"2026-09-30", 1,    "2026-10-08",                  "2026-10-08"},  // over National Day
        {"2026-09-24", 7,    "2026-10-12",                  "2026-10-08"},  // 10-10 is made up
        {"2026-12-21", 8,    "2026-12-31",                  "2026-12-29"},
        {"2026-12-21", 9,    "base.calendar_year_unknown",  "2026-12-30"},
        {"2026-12-21", 11,   "base.calendar_year_unknown",  "base.calendar_year_unknown"},
        {"2006-12-01", 10,   "base.calendar_year_unknown",  "base.calendar_year_unknown"},
        {"2006-12-29", 7,    "base.calendar_year_unknown",  "2007-01-05"},  // the last day decides
        {"2006-12-31", 3,    "2007-01-08",                  "2007-01-04"},
    };
    // clang-format on
    const Calendar& calendar = Calendar::built_in();
    for (const Row& row : rows) {
        const Date start = day(row.start);
        EXPECT_EQ(text_or_code(calendar.add_working_days(start, row.days)), row.working)
            << row.start;
        EXPECT_EQ(text_or_code(calendar.add_calendar_days(start, row.days)), row.calendar)
            << row.start;
    }
    EXPECT_THROW((void)calendar.add_working_days(day("2026-06-01"), -1), Bug);
    EXPECT_THROW((void)calendar.add_calendar_days(day("2026-06-01"), -1), Bug);
    EXPECT_THROW((void)calendar.is_working_day(Date()), Bug);
}

TEST(Calendar, RefusalNamesTheYear) {
    const auto refused = Calendar::built_in().add_working_days(day("2026-12-31"), 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(say(refused.error(), Language::zh_cn).says,
              "系统里没有 2027 年的放假安排，无法推算工作日");
}

// What add_working_days counts, working_days_between counts back.
TEST(Calendar, BetweenCountsBack) {
    const Calendar& calendar = Calendar::built_in();
    for (Date start = day("2024-12-01"); start < day("2025-12-01"); start = add_days(start, 1)) {
        for (int days = 1; days < 30; days += 4) {
            const Date end = *calendar.add_working_days(start, days);
            ASSERT_EQ(calendar.working_days_between(start, end), days) << start.text();
            ASSERT_EQ(calendar.working_days_between(end, start), -days) << start.text();
        }
        ASSERT_EQ(calendar.working_days_between(start, start), 0);
    }
    EXPECT_EQ(calendar.working_days_between(day("2025-12-31"), day("2026-12-31")), 248);
}

TEST(Calendar, ABureauAddsAYear) {
    Calendar calendar = Calendar::built_in();
    const Date start = day("2026-12-31");  // a Thursday
    EXPECT_FALSE(calendar.add_working_days(start, 1));
    calendar.set(day("2027-01-01"), false);
    calendar.set(day("2027-01-02"), true);
    calendar.know_year(2027);
    EXPECT_EQ(text_or_code(calendar.add_working_days(start, 1)), "2027-01-02");
    EXPECT_EQ(text_or_code(calendar.add_working_days(start, 2)), "2027-01-04");
    calendar.set(day("2027-01-02"), false);  // corrected
    EXPECT_EQ(text_or_code(calendar.add_working_days(start, 1)), "2027-01-04");
    EXPECT_FALSE(Calendar::built_in().knows_year(2027));
}

}  // namespace
}  // namespace fenming
