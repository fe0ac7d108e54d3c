// Day one on both databases: proposed by one, confirmed by another against the Treasury's print,
// revocable until signed off (P6).

#include "budget/opening_intake.h"
#include "budget/opening_lists.h"

#include "budget/city_for_test.h"
#include "budget/intake.h"

namespace fenming::budget {
namespace {

using namespace test_city;

FENMING_ON_BOTH(Opening);

constexpr const char* kNow = "2026-09-10T09:00:00+08:00";

OpeningLineInput line(std::string number, std::int64_t total, std::int64_t allocated,
                      std::int64_t paid, std::int64_t in_transit) {
    OpeningLineInput input;
    input.number = std::move(number);
    input.year = 2026;
    input.origin_year = 2025;
    input.issued_by = "内蒙古自治区财政厅";
    input.mark = ledger::Mark::tracked;
    input.total = yuan(total);
    input.allocated = yuan(allocated);
    input.paid = yuan(paid);
    input.in_transit = yuan(in_transit);
    return input;
}

/// The city's line of 1000, 600 of it with a county, and one of the city alone.
ProposeOpening opening() {
    auto child = line("巴财社〔2026〕1号", 600, 0, 250, 50);
    child.parent_number = "内财社〔2026〕1 号";
    child.area = kWuyuan;
    return {kCity,
            day("2026-09-01"),
            {child, line("内财社(2026)1号", 1000, 600, 100, 0),
             line("内财社〔2026〕2号", 80, 0, 80, 0)}};
}

TEST_P(Opening, two_persons_bring_it_into_the_books) {
    City city(GetParam(), kNow);
    auto& road = city.road();
    const auto proposed = carry_out(road, city.caller, opening());
    ASSERT_TRUE(proposed) << code_of(proposed);
    EXPECT_EQ(proposed->total, yuan(1680));
    EXPECT_EQ(proposed->left, yuan(600));
    EXPECT_TRUE(city.lines().empty());
    const auto id = proposed->opening;
    EXPECT_EQ(code_of(carry_out(road, city.caller, ConfirmOpening{id, yuan(600)})),
              "budget.same_person");
    EXPECT_EQ(code_of(carry_out(road, city.as(2), ConfirmOpening{id, yuan(601)})),
              "budget.opening_treasury");
    EXPECT_EQ(code_of(carry_out(road, city.as(2), SignOffOpening{id})), "budget.opening_state");
    const auto done = carry_out(road, city.as(2), ConfirmOpening{id, yuan(600)});
    ASSERT_TRUE(done) << code_of(done);
    EXPECT_EQ(done->state, OpeningState::confirmed);
    // clang-format off
    struct Case { const char* subject; std::int64_t item, available, allocated, frozen, disbursed; };
    const Case cases[] = {
        {"the county's",       1, 300,   0, 50, 250},
        {"the city's, split",  2, 300, 600,  0, 100},
        {"the city's, paid",   3,   0,   0,  0,  80},
    };
    // clang-format on
    const auto lines = city.lines();
    ASSERT_EQ(lines.size(), 3U);
    for (const auto& c : cases)
        for (const auto& each : lines) {
            if (each.document_item != c.item) continue;
            EXPECT_EQ(each.available, yuan(c.available)) << c.subject;
            EXPECT_EQ(each.allocated, yuan(c.allocated)) << c.subject;
            EXPECT_EQ(each.frozen, yuan(c.frozen)) << c.subject;
            EXPECT_EQ(each.disbursed, yuan(c.disbursed)) << c.subject;
            EXPECT_EQ(each.kind, "opening");
            EXPECT_EQ(each.origin_year, 2025);
            EXPECT_EQ(each.mark, "tracked");
        }
    // What the opening brought is registered: neither opened again nor registered as a document.
    EXPECT_EQ(code_of(carry_out(road, city.caller, opening())), "budget.opening_twice");
    auto twice = document("内财社〔2026〕2号", {yuan(80)});
    twice.year = 2026;
    EXPECT_EQ(code_of(carry_out(road, city.caller, registering({twice}))),
              "budget.document_registered_before");
    ASSERT_TRUE(carry_out(road, city.as(2), SignOffOpening{id}));
    EXPECT_EQ(code_of(carry_out(road, city.caller, RevokeOpening{id, {}})), "budget.opening_state");
    EXPECT_EQ(code_of(carry_out(road, city.as(2), ConfirmOpening{OpeningId{4}, yuan(1)})),
              "access.not_here");
    city.expect_whole();
}

TEST_P(Opening, it_is_revoked_as_a_whole_while_nothing_has_used_it) {
    City city(GetParam(), kNow);
    auto& road = city.road();
    const auto proposed = carry_out(road, city.caller, opening());
    ASSERT_TRUE(proposed) << code_of(proposed);
    ASSERT_TRUE(carry_out(road, city.as(2), ConfirmOpening{proposed->opening, yuan(600)}));
    // A document gives something of it down: the opening cannot go from under it.
    const auto lines = city.lines(kCity);
    DocumentInput part = document("巴财社〔2026〕9号", {yuan(10)});
    part.year.reset();
    part.source.reset();
    part.items[0].area = kLinhe;
    const auto split = carry_out(road, city.caller, SplitDown{lines[0].id, part, {}});
    ASSERT_TRUE(split) << code_of(split);
    EXPECT_EQ(code_of(carry_out(road, city.caller, RevokeOpening{proposed->opening, {}})),
              "ledger.reversal_overdraws");
    DocumentInput back = document("巴财社〔2026〕10号", {yuan(10)});
    back.year = 2026;
    back.items[0].allotment = split->documents[0].allotments[0];
    back.items[0].change = Change::withdrawn;
    ASSERT_TRUE(carry_out(road, city.caller, AdjustAllotments{kCity, back, {}}));
    const auto revoked = carry_out(road, city.caller, RevokeOpening{proposed->opening, {}});
    ASSERT_TRUE(revoked) << code_of(revoked);
    for (const auto& each : city.lines()) EXPECT_EQ(each.total, Money());
    // And then it may be opened again.
    const auto again = carry_out(road, city.caller, opening());
    ASSERT_TRUE(again) << code_of(again);
    const auto dropped = carry_out(road, city.caller, RevokeOpening{again->opening, {}});
    EXPECT_TRUE(dropped) << code_of(dropped);
    auto tx = city.database().begin_read();
    EXPECT_EQ(opening_page(*tx, everything(), {}, 10).size(), 2U);
    EXPECT_EQ(opening_page(*tx, everything(), again->opening, 10).size(), 1U);
    EXPECT_EQ(opening_lines(*tx, everything(), again->opening, 1, 10).size(), 2U);
    EXPECT_FALSE(find_opening(*tx, test::EverythingAllowed::only(kWuyuan), again->opening));
    tx.reset();
    city.expect_whole();
}

// clang-format off
TEST_P(Opening, what_is_wrong_is_refused_by_name_and_line) {
    City city(GetParam(), kNow);
    struct Case { const char* expected; const char* place; std::function<void(ProposeOpening&)> spoil; };
    const Case cases[] = {
        {"budget.opening_in_future",  "",         [](auto& o) { o.as_at = day("2026-09-11"); }},
        {"budget.no_items",           "",         [](auto& o) { o.lines.clear(); }},
        {"budget.too_many_items",     "",         [](auto& o) { o.lines.resize(kMostItems + 1); }},
        {"budget.opening_negative",   "/lines/2", [](auto& o) { o.lines[2].paid = -yuan(1); }},
        {"budget.opening_line_sums",  "/lines/2", [](auto& o) { o.lines[2].in_transit = Money::fen(1); }},
        {"budget.opening_balance",    "/lines/2", [](auto& o) { o.lines[2].treasury = Money::fen(1); }},
        {"budget.number_missing",     "/lines/2", [](auto& o) { o.lines[2].number = ""; }},
        {"budget.item_outside",       "/lines/2", [](auto& o) { o.lines[2].area = Area{430400000000}; }},
        {"registry.no_such_area",     "/lines/2", [](auto& o) { o.lines[2].area = Area{150899000000}; }},
        {"budget.no_such_unit",       "/lines/2", [](auto& o) { o.lines[2].unit_id = 5; }},
        {"budget.programme_unknown",  "/lines/2", [](auto& o) { o.lines[2].programme = "nothing"; }},
        {"budget.opening_twice",      "/lines/3", [](auto& o) { o.lines.push_back(o.lines[2]); }},
        {"budget.opening_parent",     "/lines/0", [](auto& o) { o.lines[0].parent_number = "无"; }},
        {"budget.opening_parent",     "/lines/0", [](auto& o) { o.lines[1].parent_number = "巴财社〔2026〕1号"; }},
        {"budget.opening_parts",      "/lines/1", [](auto& o) { o.lines[1].allocated = yuan(500); }},
        {"ledger.mark_lost",          "/lines/0", [](auto& o) { o.lines[0].mark = ledger::Mark::none; }},
        {"ledger.amount_not_positive","/lines/2", [](auto& o) { o.lines[2].total = o.lines[2].paid = Money(); }},
        {"ledger.wrong_year",         "/lines/2", [](auto& o) { o.lines[2].year = 2025; }},
        {"ledger.origin_year_changed","/lines/2", [](auto& o) { o.lines[2].origin_year = 2027; }},
    };
    for (const auto& c : cases) {
        auto order = opening();
        c.spoil(order);
        const auto refused = carry_out(city.road(), city.caller, order);
        ASSERT_FALSE(refused) << c.expected;
        EXPECT_EQ(code_of(refused), c.expected);
        EXPECT_EQ(refused.error().place().column, c.place) << c.expected;
        for (const auto language : {Language::zh_cn, Language::en})
            EXPECT_TRUE(missing_values(refused.error(), language).empty()) << c.expected;
    }
}
// clang-format on

TEST_P(Opening, a_file_is_read_with_all_its_faults) {
    City city(GetParam(), kNow);
    auto& road = city.road();
    const OpeningOptions options{false, kCity, day("2026-09-01"), ""};
    const auto done =
        opening_import(road, city.caller,
                       "指标文号,上级指标文号,年度,接收单位,单位,总额,已分配,已支付,在途,"
                       "财政余额,直达标识,资金来源,项目代码,已发放明细\n"
                       "内财社〔2026〕1号,,2026,,万元,10,6,1,0,3,追踪,中央,,张三等\n"
                       "巴财社〔2026〕1号,内财社〔2026〕1号,2026,五原县,元,60000,,25000,5000,"
                       "30000,追踪,中央,,\n"
                       "合计,,,,,16,,,,,,,,\n",
                       options);
    ASSERT_TRUE(done.refusals.empty()) << done.refusals[0].kind().code;
    ASSERT_TRUE(done.opening);
    EXPECT_EQ(done.opening->lines, 2);
    EXPECT_EQ(done.opening->total, yuan(160'000));
    EXPECT_EQ(done.opening->left, yuan(60'000));
    struct Case {
        const char* row;
        const char* codes;
    };
    // clang-format off
    const Case cases[] = {
        {"甲1,,2026,,元,5o,,0,,,,,,",        "base.money_not_a_number"},
        {"甲1,,2026,,,5,,0,,,,,,",           "budget.money_unit_missing budget.money_unit_missing"},
        {"甲1,,2026,,升,5,,0,,,,,,",         "base.not_a_money_unit"},
        {"甲1,,26,,元,5,,0,,,,,,",           "sheet.whole_out_of_range"},
        {"甲1,,2026,某县,元,5,,0,,,,,,",     "budget.receiver_unknown"},
        {"甲1,,2026,福利院,元,5,,0,,,,,,",   "budget.receiver_ambiguous"},
        {"甲1,,2026,,元,5,,0,,,也许,,,",     "budget.mark_unknown"},
        {"甲1,,2026,,元,5,,0,,,,也许,,",     "budget.source_unknown"},
        {"甲1,,2026,,元,5,,0,,,,,也许,",     "budget.programme_unknown"},
        {"甲1,,2026,,元,5,,6,,,,,,",         "budget.opening_line_sums"},
        {"甲1,,2026,,元,5,,4,,2,,,,",        "budget.opening_balance"},
    };
    // clang-format on
    for (const auto& c : cases) {
        const auto bad =
            opening_import(road, city.caller,
                           "指标文号,上级指标文号,年度,接收单位,单位,总额,已分配,已支付,在途,"
                           "财政余额,直达标识,资金来源,项目代码,备注\n" +
                               std::string(c.row) + "\n",
                           options);
        std::string codes;
        for (const auto& each : bad.refusals) {
            codes += (codes.empty() ? "" : " ") + std::string(each.kind().code);
            EXPECT_EQ(each.place().row, 2) << c.row;
        }
        EXPECT_EQ(codes, c.codes) << c.row;
        EXPECT_FALSE(bad.opening);
    }
    city.expect_whole();
}

TEST_P(Opening, tampering_is_named_by_its_invariant) {
    struct Case {
        const char* sql;
        std::set<std::string> names;
    };
    // clang-format off
    const Case cases[] = {
        {"UPDATE opening_line SET paid_fen = paid_fen + 1 WHERE ordinal = 3",     {"openings_are_their_lines"}},
        {"UPDATE opening SET treasury_fen = 1",                                   {"openings_are_their_lines"}},
        {"UPDATE opening SET state = 'proposed'",                                 {"openings_are_their_lines"}},
        {"UPDATE opening SET confirmed_staff = proposed_staff",                   {"two_persons_opened"}},
    };
    // clang-format on
    for (const auto& c : cases) {
        City city(GetParam(), kNow);
        const auto proposed = carry_out(city.road(), city.caller, opening());
        ASSERT_TRUE(proposed) << code_of(proposed);
        ASSERT_TRUE(
            carry_out(city.road(), city.as(2), ConfirmOpening{proposed->opening, yuan(600)}));
        EXPECT_EQ(city.broken(), std::set<std::string>{});
        city.behind_the_back(c.sql);
        EXPECT_EQ(city.broken(), c.names) << c.sql;
    }
}

}  // namespace
}  // namespace fenming::budget
