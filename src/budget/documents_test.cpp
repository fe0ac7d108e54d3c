// Documents on both databases: registered, split, adjusted, pending, corrected, posted by item.

#include "budget/city_for_test.h"
#include "budget/lists.h"

namespace fenming::budget {
namespace {

using namespace test_city;

FENMING_ON_BOTH(Documents);

TEST_P(Documents, what_balances_posts_and_the_same_is_told) {
    City city(GetParam());
    auto input = document("内财社〔2023〕1190号", {wan(3'000'000), wan(533'120)}, wan(3'533'120));
    input.issued_on = day("2023-12-01");
    input.received_on = day("2023-12-05");
    input.file = city.file;
    input.mark = ledger::Mark::direct;
    const auto done = carry_out(city.road(), city.caller, registering({input}));
    ASSERT_TRUE(done) << code_of(done);
    ASSERT_EQ(done->documents.size(), 1U);
    const auto& receipt = done->documents.front();
    EXPECT_EQ(receipt.verdict, Verdict::balances);
    EXPECT_EQ(receipt.state, DocumentState::registered);
    EXPECT_EQ(receipt.sum, wan(3'533'120));
    EXPECT_EQ(receipt.allotments.size(), 2U);
    const auto row = city.document(receipt.document);
    EXPECT_EQ(row.number, "内财社〔2023〕1190号");
    EXPECT_EQ(row.received_on, "2023-12-05");
    EXPECT_EQ(row.posting_date, "2023-12-20");
    EXPECT_EQ(row.file, city.file);
    const auto lines = city.lines();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].mark, "direct");
    EXPECT_EQ(lines[0].document, receipt.document);
    EXPECT_EQ(lines[0].available + lines[1].available, wan(3'533'120));

    input.number = "内财社（2023）1190 号";
    const auto again = carry_out(city.road(), city.caller, registering({input}));
    EXPECT_EQ(code_of(again), "budget.document_registered_before");
    // Nor in a county of the city, nor twice in one order.
    input.area = kWuyuan;
    input.items.resize(1);
    input.items[0].amount = input.printed_total.emplace(wan(1));
    EXPECT_EQ(code_of(carry_out(city.road(), city.caller, registering({input}))),
              "budget.document_registered_before");
    input.number = "内财社〔2023〕1191号";
    EXPECT_EQ(code_of(carry_out(city.road(), city.caller, registering({input, input}))),
              "budget.document_registered_before");
    EXPECT_EQ(city.lines().size(), 2U);
    city.expect_whole();
}

TEST_P(Documents, money_straight_from_above_needs_no_line_of_the_city) {
    City city(GetParam());
    auto input = document("内财社〔2023〕2号", {wan(100)}, wan(100));
    input.area = kWuyuan;
    input.is_advance = true;
    input.year = 2024;
    const auto done = carry_out(city.road(), city.caller, registering({input}));
    ASSERT_TRUE(done) << code_of(done);
    const auto lines = city.lines(kWuyuan);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].parent, AllotmentId{});
    EXPECT_EQ(lines[0].kind, "advance");
    EXPECT_EQ(lines[0].usable_from, day("2024-01-01"));
    EXPECT_EQ(lines[0].received_from, "内蒙古自治区财政厅");
    city.expect_whole();
}

TEST_P(Documents, a_past_year_posts_on_its_last_day) {
    City city(GetParam(), "2026-11-24T09:00:00+08:00");
    auto input = document("内财社〔2023〕3号", {wan(100)});
    const auto done = carry_out(city.road(), city.caller, registering({input}));
    ASSERT_TRUE(done) << code_of(done);
    EXPECT_EQ(done->documents[0].verdict, Verdict::no_total);
    EXPECT_EQ(city.document(done->documents[0].document).posting_date, "2023-12-31");
}

TEST_P(Documents, parts_go_down_with_their_marks_and_never_exceed) {
    City city(GetParam());
    const auto parent = city_line(city, "内财社〔2023〕10号", yuan(1000));
    const auto done =
        carry_out(city.road(), city.caller,
                  SplitDown{parent, part("巴财社〔2023〕1号", kWuyuan, yuan(600)), {}});
    ASSERT_TRUE(done) << code_of(done);
    const auto lines = city.lines(kWuyuan);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].mark, "direct");
    EXPECT_EQ(lines[0].origin_year, 2022);
    EXPECT_EQ(lines[0].parent, parent);
    struct Case {
        const char* what;
        std::int64_t amount;
        std::optional<ledger::Mark> mark;
        Area area;
        const char* expected;
    };
    // clang-format off
    const Case cases[] = {
        {"a fen too much",       0,   std::nullopt,        kWuyuan,            "ledger.overdrawn"},
        {"the mark lost",        100, ledger::Mark::none,  kWuyuan,            "ledger.mark_lost"},
        {"outside the holder",   100, std::nullopt,        Area{430400000000}, "budget.item_outside"},
        {"nowhere",              100, std::nullopt,        Area{150899000000}, "registry.no_such_area"},
        {"all that is left",     400, std::nullopt,        kLinhe,             "ok"},
    };
    // clang-format on
    int number = 100;
    for (const auto& c : cases) {
        auto input = part("巴财社〔2023〕" + std::to_string(++number) + "号", c.area,
                          c.amount != 0 ? yuan(c.amount) : yuan(400) + Money::fen(1));
        input.mark = c.mark;
        EXPECT_EQ(code_of(carry_out(city.road(), city.caller, SplitDown{parent, input, {}})),
                  c.expected)
            << c.what;
    }
    EXPECT_EQ(code_of(carry_out(city.road(), city.caller,
                                SplitDown{AllotmentId{5}, part("x", kWuyuan, yuan(1)), {}})),
              "access.not_here");
    city.expect_whole();
}

TEST_P(Documents, a_units_line_is_held_in_its_place) {
    City city(GetParam());
    const auto parent = city_line(city, "内财社〔2023〕11号", yuan(1000));
    auto input = part("巴财社〔2023〕2号", kCity, yuan(50));
    input.items[0].unit_id = city.unit_id;
    const auto done = carry_out(city.road(), city.caller, SplitDown{parent, input, {}});
    ASSERT_TRUE(done) << code_of(done);
    const auto lines = city.lines(kCity);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1].unit_id, city.unit_id);
    EXPECT_EQ(lines[1].area, kCity);
    input.number = "巴财社〔2023〕3号";
    input.items[0].unit_id = 77;
    EXPECT_EQ(code_of(carry_out(city.road(), city.caller, SplitDown{parent, input, {}})),
              "budget.no_such_unit");
}

TEST_P(Documents, lines_change_by_document_only_with_their_parents) {
    City city(GetParam());
    const auto parent = city_line(city, "内财社〔2023〕20号", yuan(1000));
    const auto split =
        carry_out(city.road(), city.caller,
                  SplitDown{parent, part("巴财社〔2023〕4号", kWuyuan, yuan(600)), {}});
    ASSERT_TRUE(split) << code_of(split);
    const auto child = split->documents[0].allotments[0];
    const auto change = [&](AllotmentId line, Change how, Money amount) {
        static int number = 500;
        DocumentInput input;
        input.number = "巴财社〔2023〕" + std::to_string(++number) + "号";
        input.year = 2023;
        ItemInput item;
        item.receiver = "五原县";
        item.allotment = line;
        item.change = how;
        item.amount = amount;
        input.items.push_back(item);
        return carry_out(city.road(), city.caller, AdjustAllotments{kCity, input, {}});
    };
    EXPECT_EQ(code_of(change(child, Change::added, yuan(100))), "ok");
    EXPECT_EQ(code_of(change(child, Change::cut, yuan(50))), "ok");
    EXPECT_EQ(code_of(change(child, Change::withdrawn, yuan(50))), "ok");
    EXPECT_EQ(code_of(change(child, Change::carried, yuan(200))), "ok");
    EXPECT_EQ(code_of(change(parent, Change::added, yuan(1))), "ok");
    EXPECT_EQ(code_of(change(child, Change::cut, yuan(401))), "ledger.overdrawn");
    EXPECT_EQ(code_of(change(AllotmentId{9}, Change::cut, yuan(1))), "ledger.no_allotment");
    for (const auto& line : city.lines())
        EXPECT_EQ(line.total, line.id == child ? yuan(400) : yuan(1001));
    // A document of another year does not change this year's line.
    DocumentInput other;
    other.number = "巴财社〔2024〕1号";
    other.year = 2024;
    ItemInput item;
    item.allotment = child;
    item.change = Change::cut;
    item.amount = yuan(1);
    other.items.push_back(item);
    EXPECT_EQ(code_of(carry_out(city.road(), city.caller, AdjustAllotments{kCity, other, {}})),
              "budget.change_of_other_line");
    city.expect_whole();
}

// clang-format off
TEST_P(Documents, what_is_wrong_is_refused_by_name_and_place) {
    City city(GetParam());
    struct Case { const char* expected; const char* place; std::function<void(DocumentInput&)> spoil; };
    const Case cases[] = {
        {"budget.number_missing",           "/documents/0",         [](auto& d) { d.number = "　"; }},
        {"budget.no_items",                 "/documents/0",         [](auto& d) { d.items.clear(); }},
        {"budget.item_not_positive",        "/documents/0/items/1", [](auto& d) { d.items[1].amount = Money(); }},
        {"budget.item_outside",             "/documents/0/items/1", [](auto& d) { d.items[1].area = Area{430400000000}; }},
        {"budget.document_outside",         "/documents/0",         [](auto& d) { d.area = Area{430400000000}; }},
        {"budget.year_out_of_range",        "/documents/0",         [](auto& d) { d.year = 2026; }},
        {"budget.year_out_of_range",        "/documents/0",         [](auto& d) { d.origin_year = 1999; }},
        {"budget.received_before_issued",   "/documents/0",         [](auto& d) { d.issued_on = day("2023-12-02"); d.received_on = day("2023-12-01"); }},
        {"budget.received_in_future",       "/documents/0",         [](auto& d) { d.received_on = day("2023-12-21"); }},
        {"budget.programme_unknown",        "/documents/0/items/0", [](auto& d) { d.programme = "nothing"; }},
        {"budget.file_unknown",             "/documents/0",         [](auto& d) { d.file = FileId{12}; }},
        {"budget.no_such_unit",             "/documents/0/items/0", [](auto& d) { d.items[0].unit_id = 12; }},
        {"registry.no_such_area",           "/documents/0/items/0", [](auto& d) { d.items[0].area = Area{150899000000}; }},
        {"ledger.origin_year_changed",      "/documents/0/items/0", [](auto& d) { d.origin_year = 2024; }},
        {"budget.too_many_items",           "",                     [](auto& d) { d.items.resize(kMostItems + 1, d.items[0]); }},
    };
    for (const auto& c : cases) {
        auto input = document("内财社〔2023〕60号", {yuan(1), yuan(2)}, yuan(3));
        c.spoil(input);
        const auto refused = carry_out(city.road(), city.caller, registering({input}));
        ASSERT_FALSE(refused) << c.expected;
        EXPECT_EQ(code_of(refused), c.expected);
        EXPECT_EQ(refused.error().place().column, c.place) << c.expected;
        for (const auto language : {Language::zh_cn, Language::en})
            EXPECT_TRUE(missing_values(refused.error(), language).empty()) << c.expected;
    }
    EXPECT_EQ(code_of(carry_out(city.road(), city.caller, registering({}))), "budget.no_items");
    auto late = registering({document("内财社〔2023〕60号", {yuan(1)})});
    late.posting_date = day("2023-12-21");
    EXPECT_EQ(code_of(carry_out(city.road(), city.caller, late)), "ledger.posting_in_future");
    EXPECT_TRUE(city.lines().empty());
}
// clang-format on

TEST_P(Documents, lists_show_what_the_scope_may_see) {
    City city(GetParam());
    const auto parent = city_line(city, "内财社〔2023〕70号", yuan(1000));
    ASSERT_TRUE(carry_out(city.road(), city.caller,
                          SplitDown{parent, part("巴财社〔2023〕70号", kWuyuan, yuan(600)), {}}));
    const auto waiting = pending(city, "内财社〔2023〕71号");
    auto tx = city.database().begin_read();
    EXPECT_EQ(document_page(*tx, everything(), {}, {}, 10).size(), 3U);
    EXPECT_EQ(document_page(*tx, everything(), {}, waiting, 10).size(), 2U);
    const auto only = document_page(*tx, everything(), {DocumentState::pending, 2023}, {}, 10);
    ASSERT_EQ(only.size(), 1U);
    EXPECT_EQ(only[0].id, waiting);
    EXPECT_TRUE(document_page(*tx, everything(), {DocumentState::pending, 2022}, {}, 10).empty());
    // A county sees the documents that give to it, and of their items its own.
    const auto county = test::EverythingAllowed::only(kWuyuan);
    EXPECT_EQ(document_page(*tx, county, {}, {}, 10).size(), 2U);
    EXPECT_TRUE(find_document(*tx, county, waiting));
    EXPECT_EQ(item_page(*tx, county, waiting, 0, 10).size(), 1U);
    EXPECT_EQ(item_page(*tx, everything(), waiting, 1, 10).size(), 1U);
    EXPECT_FALSE(find_document(*tx, test::EverythingAllowed::only(kLinhe), waiting));
    const auto split = document_page(*tx, county, {}, waiting, 10);
    ASSERT_EQ(split.size(), 1U);
    EXPECT_EQ(lines_of(*tx, county, split[0].id).size(), 1U);
}

TEST_P(Documents, tampering_is_named_by_its_invariant) {
    struct Case {
        const char* sql;
        std::set<std::string> names;
    };
    // clang-format off
    const Case cases[] = {
        {"UPDATE document_item SET fen = fen + 1 WHERE ordinal = 1", {"documents_are_their_items", "posted_documents_have_lines"}},
        {"DELETE FROM document_item WHERE ordinal = 2",              {"documents_are_their_items", "posted_documents_have_lines"}},
        {"UPDATE issuing_document SET state = 'registered' WHERE state = 'pending'",
                                                                     {"posted_documents_have_lines"}},
        {"UPDATE issuing_document SET state = 'pending' WHERE state = 'registered' AND kind = 'allot'",
                                                                     {"pending_documents_posted_nothing"}},
        {"UPDATE issuing_document SET confirmed_staff = proposed_staff WHERE state = 'posted_by_item'",
                                                                     {"two_persons_posted_by_item"}},
        {"UPDATE document_item SET change = 'cut' WHERE change = 'added'", {"posted_documents_have_lines"}},
    };
    // clang-format on
    for (const auto& c : cases) {
        City city(GetParam());
        const auto parent = city_line(city, "内财社〔2023〕80号", yuan(1000));
        pending(city, "内财社〔2023〕81号");
        const auto by_item = pending(city, "内财社〔2023〕82号");
        ASSERT_TRUE(carry_out(city.road(), city.caller, ProposeItems{by_item, city.file}));
        ASSERT_TRUE(carry_out(city.road(), city.as(2), ConfirmItems{by_item, {}}));
        DocumentInput input = document("内财社〔2023〕83号", {yuan(5)});
        input.items[0].allotment = parent;
        input.items[0].change = Change::added;
        ASSERT_TRUE(carry_out(city.road(), city.caller, AdjustAllotments{kCity, input, {}}));
        EXPECT_EQ(city.broken(), std::set<std::string>{});
        city.behind_the_back(c.sql);
        EXPECT_EQ(city.broken(), c.names) << c.sql;
    }
}

}  // namespace
}  // namespace fenming::budget
