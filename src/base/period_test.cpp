// Months and periods (P10), one row per case.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/check.h"
#include "base/date.h"

namespace fenming {
namespace {

Period period(std::string_view text) {
    return *parse_period(text);
}

TEST(Month, Parse) {
    struct Row {
        std::string text;
        std::string ruling;  // YYYY-MM, or the refusal's code
    };
    // clang-format off
    const Row rows[] = {
        {"2026-03",        "2026-03"},
        {"2026-3",         "2026-03"},
        {"2026/3",         "2026-03"},
        {"202603",         "2026-03"},
        {"2026年3月",      "2026-03"},
        {"2026 年 03 月",  "2026-03"},
        {" ２０２６－１２ ", "2026-12"},
        {"2026-00",        "base.not_a_month"},
        {"2026-13",        "base.not_a_month"},
        {"2026.1",         "base.not_a_month"},  // October, typed 2026.10 into a number cell?
        {"20263",          "base.not_a_month"},
        {"2026-03-01",     "base.not_a_month"},
        {"2026年3",        "base.not_a_month"},
        {"2026-3月",       "base.not_a_month"},
        {"1899-12",        "base.not_a_month"},
        {"26-03",          "base.not_a_month"},
        {"三月",           "base.not_a_month"},
        {"",               "base.not_a_month"},
    };
    // clang-format on
    for (const Row& row : rows) {
        const auto month = parse_month(row.text);
        EXPECT_EQ(month ? month->text() : std::string(month.error().kind().code), row.ruling)
            << row.text;
    }
}

TEST(Month, DaysAndNext) {
    struct Row {
        Month month;
        std::string first, last, next;
    };
    const Row rows[] = {
        {{2026, 1}, "2026-01-01", "2026-01-31", "2026-02"},
        {{2026, 2}, "2026-02-01", "2026-02-28", "2026-03"},
        {{2024, 2}, "2024-02-01", "2024-02-29", "2024-03"},
        {{2026, 4}, "2026-04-01", "2026-04-30", "2026-05"},
        {{2026, 12}, "2026-12-01", "2026-12-31", "2027-01"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(row.month.first_day().text(), row.first);
        EXPECT_EQ(row.month.last_day().text(), row.last);
        EXPECT_EQ(row.month.next().text(), row.next);
    }
    EXPECT_LT((Month{2025, 12}), (Month{2026, 1}));
    EXPECT_THROW((void)Month{}.text(), Bug);
    EXPECT_THROW((void)(Month{2026, 13}).first_day(), Bug);
}

TEST(Period, Parse) {
    struct Row {
        std::string text;
        std::string ruling;  // the canonical text, or the refusal's code
        std::string from, to;
    };
    const std::string forty(40, 'a');
    // clang-format off
    const Row rows[] = {
        // text                   ruling                  from       to
        {"2026-03",               "2026-03",              "2026-03", "2026-03"},
        {"2026年3月",             "2026-03",              "2026-03", "2026-03"},
        {"202603",                "2026-03",              "2026-03", "2026-03"},
        {"2026Q1",                "2026Q1",               "2026-01", "2026-03"},
        {"2026q4",                "2026Q4",               "2026-10", "2026-12"},
        {"２０２６Ｑ２",          "2026Q2",               "2026-04", "2026-06"},
        {"2026",                  "2026",                 "2026-01", "2026-12"},
        {"2026-02..2026-05",      "2026-02..2026-05",     "2026-02", "2026-05"},
        {"2025-12..2026-01",      "2025-12..2026-01",     "2025-12", "2026-01"},
        {"2026-2..2026/5",        "2026-02..2026-05",     "2026-02", "2026-05"},
        // one span, one text
        {"2026-05..2026-05",      "2026-05",              "2026-05", "2026-05"},
        {"2026-01..2026-03",      "2026Q1",               "2026-01", "2026-03"},
        {"2026-10..2026-12",      "2026Q4",               "2026-10", "2026-12"},
        {"2026-01..2026-12",      "2026",                 "2026-01", "2026-12"},
        {"2026-02..2026-04",      "2026-02..2026-04",     "2026-02", "2026-04"},
        {"2025-12..2026-02",      "2025-12..2026-02",     "2025-12", "2026-02"},
        {"2025-01..2026-12",      "2025-01..2026-12",     "2025-01", "2026-12"},
        {"once:春节慰问",         "once:春节慰问",        "", ""},
        {"once: 春节 慰问 ",      "once:春节 慰问",       "", ""},
        {"ｏｎｃｅ：２０２６春节", "once:2026春节",        "", ""},
        {"once：2026年 春节",     "once:2026年 春节",     "", ""},
        {"once:" + forty,         "once:" + forty,        "", ""},
        {"2026-05..2026-04",      "base.period_backwards", "", ""},
        {"2026-01..2025-12",      "base.period_backwards", "", ""},
        {"once:",                 "base.not_a_period",    "", ""},
        {"once:  ",               "base.not_a_period",    "", ""},
        {"once:" + forty + "a",   "base.not_a_period",    "", ""},
        {"once:春\u200B节",       "base.not_a_period",    "", ""},
        {"once:春\n节",           "base.not_a_period",    "", ""},
        {"once:\xB4\xBA",         "base.not_a_period",    "", ""},
        {"2026Q0",                "base.not_a_period",    "", ""},
        {"2026Q5",                "base.not_a_period",    "", ""},
        {"2026Q12",               "base.not_a_period",    "", ""},
        {"2026Q",                 "base.not_a_period",    "", ""},
        {"26Q1",                  "base.not_a_period",    "", ""},
        {"2026-13",               "base.not_a_period",    "", ""},
        {"2026-01..",             "base.not_a_period",    "", ""},
        {"..2026-01",             "base.not_a_period",    "", ""},
        {"2026-01..2026-02..2026-03", "base.not_a_period", "", ""},
        {"2026Q1..2026Q2",        "base.not_a_period",    "", ""},
        {"2026-01-05",            "base.not_a_period",    "", ""},
        {"春节慰问",              "base.not_a_period",    "", ""},
        {"",                      "base.not_a_period",    "", ""},
    };
    // clang-format on
    for (const Row& row : rows) {
        const auto read = parse_period(row.text);
        EXPECT_EQ(read ? read->text : std::string(read.error().kind().code), row.ruling)
            << row.text;
        if (!read) continue;
        EXPECT_EQ(read->from ? read->from->text() : "", row.from) << row.text;
        EXPECT_EQ(read->to ? read->to->text() : "", row.to) << row.text;
        EXPECT_EQ(period(read->text), *read) << "what is stored reads back";
    }
}

// Every span of months of three years: its text reads back to it, and no two spans share one.
TEST(Period, OneSpanOneText) {
    std::map<std::string, std::string> spans;
    for (Month from{2024, 1}; from < Month{2027, 1}; from = from.next()) {
        for (Month to = from; to < Month{2027, 1}; to = to.next()) {
            const std::string span = from.text() + ".." + to.text();
            const Period read = period(span);
            ASSERT_EQ(read.from, from);
            ASSERT_EQ(read.to, to);
            ASSERT_EQ(period(read.text), read);
            ASSERT_TRUE(spans.emplace(read.text, span).second) << read.text;
        }
    }
    EXPECT_EQ(spans.size(), 36u * 37u / 2u);
}

TEST(Period, Overlap) {
    struct Row {
        std::string a, b;
        bool overlap;
    };
    const Row rows[] = {
        {"2026-03", "2026-03", true},
        {"2026-03", "2026-04", false},
        {"2026-03", "2026Q1", true},
        {"2026-04", "2026Q1", false},
        {"2026", "2026Q4", true},
        {"2025", "2026-01", false},
        {"2025-12..2026-01", "2026-01..2026-02", true},
        {"2025-11..2025-12", "2026-01..2026-02", false},
        {"once:春节", "once:春节", true},
        {"once:春节", "once:中秋", false},
        {"once:2026", "2026", false},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(overlap(period(row.a), period(row.b)), row.overlap) << row.a << " " << row.b;
        EXPECT_EQ(overlap(period(row.b), period(row.a)), row.overlap) << row.b << " " << row.a;
    }
}

TEST(Period, Order) {
    const std::vector<std::string> ascending = {
        "2025",    "2025-12",          "2026-01", "2026-01..2026-02", "2026Q1", "2026",
        "2026-02", "2026-02..2026-05", "2026Q2",  "once:a",           "once:b",
    };
    std::vector<Period> periods;
    for (const std::string& text : ascending) periods.insert(periods.begin(), period(text));
    std::sort(periods.begin(), periods.end());
    for (std::size_t at = 0; at < ascending.size(); ++at) {
        EXPECT_EQ(periods[at].text, ascending[at]);
        EXPECT_EQ(periods[at] <=> periods[at], std::strong_ordering::equal);
    }
}

}  // namespace
}  // namespace fenming
