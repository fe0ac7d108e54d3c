// The books on both databases: every movement, every refusal by the road, and sixty-four
// threads that want the same money.

#include <thread>

#include "test/support/books.h"

namespace fenming::ledger {
namespace {

using namespace test_orders;
using test::everything;
using test::World;

FENMING_ON_BOTH(BooksTest);

TEST_P(BooksTest, follow_one_yuan_from_the_document_to_the_beneficiary_and_back) {
    Books w(GetParam());
    const auto city = registered(w, root(1000));
    const auto county = registered(w, part(city, kCounty, 600));
    EXPECT_EQ(buckets(w, city), "1000 400 600 0 0");
    EXPECT_EQ(buckets(w, county), "600 600 0 0 0");

    const auto frozen = carry_out(w.road(), w.caller, deed(Deed::freeze, county, 500));
    ASSERT_TRUE(frozen);
    const auto hold = frozen->holds.front();
    EXPECT_EQ(verdict(w, deed(Deed::disburse, hold, 300)), "ok");
    EXPECT_EQ(verdict(w, deed(Deed::unfreeze, hold, 50)), "ok");
    EXPECT_EQ(buckets(w, county), "600 150 0 150 300");
    EXPECT_EQ(verdict(w, deed(Deed::disburse, hold, 151)), "hold_exceeded");
    EXPECT_EQ(verdict(w, deed(Deed::bounce, hold, 100)), "ok");
    EXPECT_EQ(buckets(w, county), "600 250 0 150 200");
    EXPECT_EQ(verdict(w, deed(Deed::bounce, hold, 201)), "bounce_exceeds");
    EXPECT_EQ(verdict(w, deed(Deed::expire, hold, 0)), "ok");
    EXPECT_EQ(buckets(w, county), "600 400 0 0 200");
    EXPECT_EQ(verdict(w, deed(Deed::expire, hold, 0)), "hold_expired");
    EXPECT_EQ(verdict(w, deed(Deed::disburse, hold, 1)), "hold_expired");
    EXPECT_EQ(verdict(w, deed(Deed::bounce, county, 200)), "ok");
    EXPECT_EQ(buckets(w, county), "600 600 0 0 0");

    auto tx = w.database().begin_read();
    const auto path = path_of(*tx, everything(), county);
    ASSERT_EQ(path.size(), 2U);
    EXPECT_EQ(path[0].id, city);
    EXPECT_EQ(path[0].document, DocumentId{77});
    EXPECT_EQ(path[1].id, county);
    const auto parts = parts_of(*tx, everything(), city, {}, 10);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].parent, city);
    const auto statement = statement_of(*tx, everything(), county, {}, 500);
    ASSERT_EQ(statement.size(), 14U);  // seven entries
    EXPECT_EQ(statement[0].kind, "split_in");
    EXPECT_EQ(statement.back().kind, "bounce");
    EXPECT_EQ(statement_of(*tx, everything(), county, {}, 3).size(), 4U);  // whole entries only
    tx.reset();
    EXPECT_TRUE(broken(w).empty());
    w.expect_trail_whole();
}

TEST_P(BooksTest, holds_end_once) {
    Books w(GetParam());
    const auto line = registered(w, root(100));
    const auto freeze_10 = [&] {
        return carry_out(w.road(), w.caller, deed(Deed::freeze, line, 10))->holds.front();
    };
    const auto paid = freeze_10(), released = freeze_10();
    EXPECT_EQ(verdict(w, deed(Deed::disburse, paid, 10)), "ok");
    EXPECT_EQ(verdict(w, deed(Deed::unfreeze, released, 10)), "ok");
    EXPECT_EQ(verdict(w, deed(Deed::disburse, paid, 10)), "hold_already_disbursed");
    EXPECT_EQ(verdict(w, deed(Deed::unfreeze, paid, 10)), "hold_already_disbursed");
    EXPECT_EQ(verdict(w, deed(Deed::disburse, released, 10)), "hold_already_unfrozen");
    EXPECT_EQ(verdict(w, deed(Deed::disburse, HoldId{12345}, 10)), "hold_not_found");
    const auto left = freeze_10();
    EXPECT_EQ(verdict(w, deed(Deed::expire, HoldId{}, 0)), "ok");  // all that is left of the cause
    EXPECT_EQ(verdict(w, deed(Deed::disburse, left, 10)), "hold_expired");
    EXPECT_EQ(verdict(w, deed(Deed::disburse, paid, 10)), "hold_already_disbursed");
    EXPECT_EQ(buckets(w, line), "100 90 0 0 10");
    EXPECT_EQ(verdict(w, deed(Deed::freeze, AllotmentId{12345}, 10)), "no_allotment");
}

TEST_P(BooksTest, documents_change_lines_and_their_parents) {
    Books w(GetParam());
    const auto city = registered(w, root(1000));
    const auto county = registered(w, part(city, kCounty, 600));
    EXPECT_EQ(verdict(w, deed(Deed::add, county, 401)), "overdrawn");
    EXPECT_EQ(verdict(w, deed(Deed::add, county, 400)), "ok");
    EXPECT_EQ(buckets(w, city), "1000 0 1000 0 0");
    EXPECT_EQ(verdict(w, deed(Deed::add, city, 50)), "ok");
    EXPECT_EQ(verdict(w, deed(Deed::cut, county, 100)), "ok");
    EXPECT_EQ(verdict(w, deed(Deed::withdraw, county, 100)), "ok");
    EXPECT_EQ(verdict(w, deed(Deed::carry, county, 100)), "ok");
    EXPECT_EQ(buckets(w, county), "700 700 0 0 0");
    EXPECT_EQ(buckets(w, city), "1050 350 700 0 0");
    EXPECT_EQ(verdict(w, deed(Deed::carry, city, 350)), "ok");
    EXPECT_EQ(verdict(w, deed(Deed::cut, city, 1)), "overdrawn");
    EXPECT_TRUE(broken(w).empty());
    w.expect_trail_whole();
}

TEST_P(BooksTest, day_one_in_the_middle_of_a_year) {  // P6
    Books w(GetParam());
    auto city = root(1000);
    city.kind = AllotmentKind::opening;
    city.opening_disbursed = fen(100);
    const auto top = registered(w, city);
    auto county = part(top, kCounty, 500);
    county.kind = AllotmentKind::opening;
    county.opening_disbursed = fen(200);
    county.opening_frozen = fen(50);
    const auto receipt = carry_out(w.road(), w.caller, Register{{county}, {}});
    ASSERT_TRUE(receipt);
    const auto line = receipt->lines.front();
    EXPECT_EQ(buckets(w, top), "1000 400 500 0 100");
    EXPECT_EQ(buckets(w, line), "500 250 0 50 200");
    EXPECT_EQ(verdict(w, deed(Deed::disburse, receipt->holds.front(), 50)), "ok");
    EXPECT_EQ(verdict(w, deed(Deed::bounce, line, 200)), "ok");
    EXPECT_TRUE(broken(w).empty());
    w.expect_trail_whole();
}

TEST_P(BooksTest, a_county_line_without_a_city_parent) {  // P15
    Books w(GetParam());
    auto line = root(300);
    line.area = kCounty;
    line.source = Source::province;
    const auto county = registered(w, line);
    registered(w, part(registered(w, root(1000)), kOtherCounty, 400));
    auto tx = w.database().begin_read();
    const auto rows = sums_of_lines(*tx, everything(), {2026, "", kCity});
    ASSERT_EQ(rows.size(), 3U);  // the city's own, and two counties
    const auto sums = sum_up(rows);
    EXPECT_EQ(sums.total - sums.allocated, fen(1300));  // city-wide, no fen twice
    EXPECT_EQ(line_page(*tx, everything(), {2026, "dibao", kCounty}, {}, 10).size(), 1U);
    EXPECT_EQ(line_page(*tx, everything(), {2025, "", {}}, {}, 10).size(), 0U);
    EXPECT_EQ(path_of(*tx, everything(), county).size(), 1U);
}

TEST_P(BooksTest, a_part_does_not_rise_above_its_parent_in_one_order) {
    Books w(GetParam());
    const auto city = registered(w, root(100));
    EXPECT_EQ(verdict(w, Register{{part(city, kCounty, 60), part(city, kOtherCounty, 60)}, {}}),
              "overdrawn");
    EXPECT_EQ(verdict(w, Register{{part(city, kCounty, 60), part(city, kOtherCounty, 40)}, {}}),
              "ok");
    EXPECT_EQ(buckets(w, city), "100 0 100 0 0");
}

TEST_P(BooksTest, closed_months_stay_closed) {
    Books w(GetParam());
    const auto line = registered(w, root(100));
    EXPECT_EQ(verdict(w, CloseMonth{kCity, {2026, 11}}), "month_not_over");
    EXPECT_EQ(verdict(w, CloseMonth{Area{430408001000}, {2026, 10}}), "no_books_there");
    EXPECT_EQ(verdict(w, CloseMonth{kCity, {2026, 10}}), "ok");
    EXPECT_EQ(verdict(w, CloseMonth{kCity, {2026, 9}}), "month_closed");
    auto late = deed(Deed::freeze, line, 1);
    late.date = day("2026-10-31");
    EXPECT_EQ(verdict(w, late), "month_closed");
    late.date = day("2026-11-01");
    EXPECT_EQ(verdict(w, late), "ok");
    late.date = day("2026-11-25");
    EXPECT_EQ(verdict(w, late), "posting_in_future");
    EXPECT_THROW(carry_out(w.road(), w.caller, Careless{line, kCity, fen(1), day("2026-10-31")}),
                 Bug);
    // The county's own books are open still.
    EXPECT_EQ(verdict(w, CloseMonth{kCounty, {2026, 9}}), "ok");
    w.expect_trail_whole();
}

TEST_P(BooksTest, a_mistake_is_reversed_by_an_entry_that_names_it) {
    Books w(GetParam());
    const auto city = registered(w, root(1000));
    const auto county = registered(w, part(city, kCounty, 600));
    auto tx = w.database().begin_read();
    const auto split_in = statement_of(*tx, everything(), county, {}, 10).front().entry;
    tx.reset();
    const auto held = carry_out(w.road(), w.caller, deed(Deed::freeze, county, 1));
    EXPECT_EQ(verdict(w, ReverseEntry{split_in, {}}), "reversal_overdraws");
    const auto undone = carry_out(w.road(), w.caller, ReverseEntry{held->entries.front(), {}});
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->entry, held->entries.front());
    EXPECT_EQ(undone->entries, 1);
    EXPECT_EQ(undone->moved, fen(1));
    EXPECT_EQ(verdict(w, deed(Deed::disburse, held->holds.front(), 1)), "hold_already_unfrozen");
    EXPECT_EQ(verdict(w, ReverseEntry{held->entries.front(), {}}), "already_reversed");
    EXPECT_EQ(verdict(w, ReverseEntry{undone->reversal, {}}), "is_reversal");
    EXPECT_EQ(verdict(w, ReverseEntry{EntryId{99}, {}}), "no_entry");

    const auto both = carry_out(w.road(), w.caller, ReverseEntry{split_in, day("2026-11-02")});
    ASSERT_TRUE(both) << both.error().kind().code;
    EXPECT_EQ(both->entries, 2);
    EXPECT_EQ(buckets(w, city), "1000 1000 0 0 0");
    EXPECT_EQ(buckets(w, county), "0 0 0 0 0");
    EXPECT_TRUE(broken(w).empty());
    w.expect_trail_whole();
}

class OnlyTheCounty final : public road::Authoriser {
    Result<Scope> may_order(store::Tx&, const crypto::KeyStore&, const road::Caller&,
                            const road::OrderType&, const crypto::Digest&, Area,
                            Instant) const override {
        return scope_of(kCounty);
    }
    Result<Scope> may_read(store::Tx&, const crypto::KeyStore&, const road::Caller&,
                           std::string_view, Area, Instant) const override {
        return scope_of(kCounty);
    }
};

TEST_P(BooksTest, a_county_neither_sees_nor_spends_what_is_not_its_own) {
    Books w(GetParam());
    const auto city = registered(w, root(1000));
    const auto county = registered(w, part(city, kCounty, 600));
    const auto other = registered(w, part(city, kOtherCounty, 300));
    const OnlyTheCounty authoriser;
    w.reopen();
    w.use(authoriser);
    EXPECT_EQ(verdict(w, deed(Deed::freeze, other, 1)), "no_allotment");
    EXPECT_EQ(verdict(w, deed(Deed::add, county, 1)), "no_allotment");  // the city's line gives it
    EXPECT_EQ(verdict(w, deed(Deed::freeze, county, 1)), "ok");
    auto tx = w.database().begin_read();
    const auto scope = test::EverythingAllowed::only(kCounty);
    EXPECT_EQ(line_page(*tx, scope, {}, {}, 10).size(), 1U);
    EXPECT_EQ(path_of(*tx, scope, county).size(), 1U);
    EXPECT_EQ(parts_of(*tx, scope, city, {}, 10).size(), 1U);
    EXPECT_TRUE(statement_of(*tx, scope, other, {}, 10).empty());
    EXPECT_EQ(sums_of_lines(*tx, scope, {2026, "", {}}).size(), 1U);
}

TEST_P(BooksTest, post_stops_a_caller_who_did_not_judge) {
    Books w(GetParam());
    const auto line = registered(w, root(100));
    const auto today = day("2026-11-24");
    EXPECT_THROW(carry_out(w.road(), w.caller, Careless{line, kCity, fen(101), today}), Bug);
    EXPECT_THROW(carry_out(w.road(), w.caller, Careless{AllotmentId{5}, kCity, fen(1), today}),
                 Bug);
    EXPECT_THROW(carry_out(w.road(), w.caller, Careless{line, kCounty, fen(1), today}), Bug);
    EXPECT_EQ(buckets(w, line), "100 100 0 0 0");
}

TEST_P(BooksTest, one_order_freezes_many_lines) {
    Books w(GetParam());
    std::vector<LineGiven> lines(40, root(100));
    const auto many = carry_out(w.road(), w.caller, Register{lines, {}});
    ASSERT_TRUE(many);
    EXPECT_EQ(many->lines.size(), 40U);
    auto order = deed(Deed::freeze, many->lines.front(), 10);
    order.times = 10;
    EXPECT_EQ(carry_out(w.road(), w.caller, order)->holds.size(), 10U);
    EXPECT_EQ(buckets(w, many->lines.front()), "100 0 0 100 0");
    auto tx = w.database().begin_read();
    EXPECT_EQ(line_page(*tx, everything(), {}, {}, 25).size(), 25U);
    EXPECT_TRUE(broken(w).empty());
}

TEST_P(BooksTest, sixty_four_threads_want_the_whole_rest) {  // torture B1
    Books w(GetParam());
    const auto line = registered(w, root(100'00));
    w.road();
    std::atomic<int> passed{0}, refused{0}, told{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 64; ++i)
        threads.emplace_back([&] {
            const auto result = carry_out(w.road(), w.caller, deed(Deed::freeze, line, 100'00));
            if (result) {
                ++passed;
                return;
            }
            if (result.error().kind().code == kOverdrawn.code) ++refused;
            std::int64_t left = -1, asked = -1;
            for (const auto& value : result.error().values()) {
                if (value.name == "left_fen") left = std::get<std::int64_t>(value.value);
                if (value.name == "asked_fen") asked = std::get<std::int64_t>(value.value);
            }
            if (left == 0 && asked == 100'00) ++told;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(passed, 1);
    EXPECT_EQ(refused, 63);
    EXPECT_EQ(told, 63);
    EXPECT_EQ(buckets(w, line), "10000 0 0 10000 0");
    EXPECT_TRUE(broken(w).empty());
    w.expect_trail_whole();
}

}  // namespace
}  // namespace fenming::ledger
