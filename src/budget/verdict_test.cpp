// E23 on all published documents and on its edges; printed amounts; document numbers.

#include "budget/verdict.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "budget/intake.h"

namespace fenming::budget {
namespace {

std::string file_text(const std::string& path) {
    std::string whole = SOURCE_DIR;
    whole += path;
    std::ifstream in(whole, std::ios::binary);
    EXPECT_TRUE(in.good()) << path;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// clang-format off
TEST(Verdict, all_published_documents_get_theirs) {
    struct Case { const char* number; const char* verdict; std::int64_t total_fen, sum_fen, difference_fen; std::size_t items; };
    const Case cases[] = {
        // number          verdict      printed total    sum of items     difference    items
        {"BYNR-2023",      "balances",   35'331'200'000,  35'331'200'000,            0,  11},
        {"PZH-2022-FC",    "balances",      895'501'000,     895'501'000,            0,   6},
        {"PZH-2022-TC",    "balances",    1'170'340'000,   1'170'340'000,            0,   6},
        {"CQCS-2021-LS1",  "partial",       780'000'000,     190'000'000, -590'000'000,   5},
        {"YY-2017-ZH",     "balances",      400'000'000,     400'000'000,            0,   3},
        {"WN-2021",        "rounding",   57'300'000'000,  57'311'000'000,   11'000'000,   6},
        {"ZX-2024",        "balances",    3'580'690'000,   3'580'690'000,            0,  14},
        {"QY-2021",        "balances",      498'000'000,     498'000'000,            0,   3},
        {"MCA-2023",       "balances",  259'000'000'000, 259'000'000'000,            0,   2},
        {"JT-2022Q1",      "balances",   54'994'270'000,  54'994'270'000,            0,  11},
        {"LS-2024-FC",     "balances",      870'200'000,     870'200'000,            0,   3},
        {"HN-2012",        "balances",    9'248'000'000,   9'248'000'000,            0,   3},
        {"HN-2012-SW",     "balances",    2'135'000'000,   2'135'000'000,            0,   3},
        {"HN-2012-SP",     "balances",    2'113'000'000,   2'113'000'000,            0,   3},
    };
    const auto file = read_documents(file_text("/test/data/allocations.csv"), false);
    EXPECT_TRUE(file.problems.empty());
    ASSERT_EQ(file.documents.size(), std::size(cases));
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        const auto& document = file.documents[i];
        const auto& c = cases[i];
        std::vector<Printed> items;
        for (const auto& row : document.rows) items.push_back(*row.amount);
        const auto judged = judge(items, document.total, document.is_partial);
        EXPECT_EQ(document.number, c.number);
        EXPECT_EQ(name_of(judged.verdict), c.verdict) << c.number;
        ASSERT_TRUE(document.total) << c.number;
        EXPECT_EQ(document.total->value.in_fen(), c.total_fen) << c.number;
        EXPECT_EQ(judged.sum.in_fen(), c.sum_fen) << c.number;
        EXPECT_EQ(judged.difference.in_fen(), c.difference_fen) << c.number;
        EXPECT_EQ(document.rows.size(), c.items) << c.number;
    }
    EXPECT_EQ(file.documents[5].total->last_digit, Money::fen(100'000'000)) << "5.73亿元 stands in the note";
}

TEST(Verdict, the_tests_come_in_order) {
    struct Case { const char* what; std::vector<const char*> items; const char* total; bool is_partial; const char* verdict; };
    const Case cases[] = {
        // what                                   items, 万元                total         part    verdict
        {"no total is printed",                   {"1", "2"},                "",           false,  "no-total"},
        {"no total, and a part",                  {"1", "2"},                "",           true,   "no-total"},
        {"equal",                                 {"1.5", "2.5"},            "4万元",      false,  "balances"},
        {"equal, and a part",                     {"1.5", "2.5"},            "4万元",      true,   "balances"},
        {"a part",                                {"1.5", "2.5"},            "9万元",      true,   "partial"},
        {"a part that would round",               {"1.5", "2.5"},            "4.1万元",    true,   "partial"},
        {"one in the last digit of two",          {"1.005", "2.004"},        "3.01万元",   false,  "rounding"},
        {"room: 2 × 0.01/2 + 0.01/2 = 0.015",     {"1.01", "2.00"},          "3.02万元",   false,  "rounding"},
        {"one hundredth beyond the room",         {"1.01", "2.00"},          "3.03万元",   false,  "mismatch"},
        {"room is exact: 1 × 1/2 + 1/2 = 1",      {"199"},                   "200万元",    false,  "rounding"},
        {"just beyond: 1.01 > 1",                 {"198.99"},                "200万元",    false,  "mismatch"},
        {"within the room, but a sixth",          {"5"},                     "6万元",      false,  "mismatch"},
        {"3.00 that a spreadsheet made 3",        {"1.5", "1.2"},            "3万元",      false,  "mismatch"},
        {"1.00 of 亿元 that became 1",            {"0.6亿元"},               "1亿元",      false,  "mismatch"},
        {"a hundredth, and no more",              {"99"},                    "100万元",    false,  "rounding"},
        {"trailing zeros are digits",             {"57311"},                 "57300万元",  false,  "mismatch"},
        {"亿元 with two decimals round to 0.01",  {"57311"},                 "5.73亿元",   false,  "rounding"},
        {"below as above",                        {"57250"},                 "5.73亿元",   false,  "rounding"},
        {"far below",                             {"57200"},                 "5.73亿元",   false,  "mismatch"},
        {"the finest item decides",               {"5", "0.01"},             "6万元",      false,  "mismatch"},
    };
    for (const auto& c : cases) {
        std::vector<Printed> items;
        for (const char* item : c.items) items.push_back(*parse_printed(item, MoneyUnit::wan_yuan));
        std::optional<Printed> total;
        if (*c.total != '\0') total = *parse_printed(c.total, std::nullopt);
        EXPECT_EQ(name_of(judge(items, total, c.is_partial).verdict), c.verdict) << c.what;
    }
}

TEST(Verdict, amounts_are_read_as_printed) {
    struct Case { const char* text; std::optional<MoneyUnit> unit; const char* expected; std::int64_t fen, digit_fen; };
    const auto wan = MoneyUnit::wan_yuan;
    const Case cases[] = {
        {"5079.16",     wan,          "ok", 5'079'160'000,  10'000},
        {"5,079.16",    wan,          "ok", 5'079'160'000,  10'000},
        {"２８０３",    wan,          "ok", 2'803'000'000,  1'000'000},
        {"5.73亿元",    wan,          "ok", 57'300'000'000, 100'000'000},
        {"5.73 亿元",   std::nullopt, "ok", 57'300'000'000, 100'000'000},
        {"12.30元",     wan,          "ok", 1'230,          1},
        {"35331.2万元", std::nullopt, "ok", 35'331'200'000, 100'000},
        {"35331.2",     std::nullopt, "budget.money_unit_missing", 0, 0},
        {"约5万元",     wan,          "base.money_not_a_number", 0, 0},
        {"1.2345678",   wan,          "base.money_third_decimal", 0, 0},
        {"万元",        wan,          "base.money_not_a_number", 0, 0},
    };
    for (const auto& c : cases) {
        const auto read = parse_printed(c.text, c.unit);
        EXPECT_EQ(read ? "ok" : std::string(read.error().kind().code), c.expected) << c.text;
        if (!read) continue;
        EXPECT_EQ(read->value.in_fen(), c.fen) << c.text;
        EXPECT_EQ(read->last_digit.in_fen(), c.digit_fen) << c.text;
    }
}

TEST(Verdict, the_note_may_hold_the_totals_own_printing) {
    struct Case { const char* note; std::int64_t digit_fen; };
    const Case cases[] = {
        {"",                                          1'000'000},
        {"total printed as 5.73亿元: parts differ",   100'000'000},
        {"合计印作５．７３亿元",                      100'000'000},
        {"共 573,000,000 元",                         1'000'000},    // finer than the cell: the cell stays
        {"上年 5.72亿元",                             1'000'000},    // another amount
        {"5.730亿元",                                 10'000'000},
        {"1.2.3亿元, 亿元",                           1'000'000},
    };
    const auto cell = *parse_printed("57300", MoneyUnit::wan_yuan);
    for (const auto& c : cases)
        EXPECT_EQ(total_as_printed(cell, c.note).last_digit.in_fen(), c.digit_fen) << c.note;
    EXPECT_TRUE(says_partial("PARTIAL: 5 of 19"));
    EXPECT_TRUE(says_partial(" 节选"));
    EXPECT_TRUE(says_partial("部分街道"));
    EXPECT_FALSE(says_partial("含部分街道"));
}

TEST(Verdict, numbers_are_compared_in_one_form) {
    struct Case { const char* printed; const char* canonical; };
    const Case cases[] = {
        {"川财社〔2020165号",        "川财社〔2020〕165号"},
        {"川财社〔2020〕165号",      "川财社〔2020〕165号"},
        {"川财社（2020）165 号",     "川财社〔2020〕165号"},
        {"川财社2020165号",          "川财社〔2020〕165号"},
        {" BYNR-2023 ",              "BYNR-2023"},
        {"ＡＢ－1",                  "AB-1"},
        {"",                         ""},
    };
    for (const auto& c : cases) EXPECT_EQ(canonical_number(c.printed), c.canonical) << c.printed;
}
// clang-format on

}  // namespace
}  // namespace fenming::budget
