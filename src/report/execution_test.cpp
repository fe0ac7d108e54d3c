// Execution on both databases: one source for every figure, and each 口径.

#include "report/execution.h"

#include <set>

#include "access/visit.h"
#include "api/json.h"
#include "base/text.h"
#include "test/support/books.h"

namespace fenming::report {
namespace {

using namespace ledger::test_orders;
using test::everything;

FENMING_ON_BOTH(ExecutionOf);

/// The city's 1000 with 600 of a county, 300 of them paid; 200 carried over, 50 paid; 100 in
/// advance, for next year and for this.
struct Year : test::World {
    explicit Year(std::string_view kind) : World(kind) {
        city = registered(*this, root(1000));
        county = registered(*this, part(city, kCounty, 600));
        const auto hold = carry_out(road(), caller, deed(Deed::freeze, county, 350))->holds.front();
        EXPECT_TRUE(carry_out(road(), caller, deed(Deed::disburse, hold, 300)));
        auto own = root(80);
        own.area = kOtherCounty;
        own.source = ledger::Source::county;
        own.programme = "gaoling";
        registered(*this, own);
        auto next = root(100);
        next.kind = ledger::AllotmentKind::advance;
        next.year = 2027;
        next.usable_from = day("2027-01-01");
        registered(*this, next);
    }
    Execution ask(Grouping grouping, Numerator numerator, Denominator denominator,
                  TimeBasis time = TimeBasis::month, Area area = {}) {
        ExecutionQuery query{2026, area, grouping, numerator, denominator, time};
        auto tx = database().begin_read();
        return execution(*tx, everything(), query, clock.today());
    }
    AllotmentId city, county;
};

constexpr Grouping kGroupings[] = {Grouping::county, Grouping::programme, Grouping::source};

TEST_P(ExecutionOf, every_grouping_sums_to_one_total_and_its_lines_to_each_group) {
    Year w(GetParam());
    for (const auto grouping : kGroupings) {
        const auto made = w.ask(grouping, Numerator::disbursed, Denominator::with_advances);
        EXPECT_EQ(made.total.total.in_fen(), 1680);
        EXPECT_EQ(made.total.allocated.in_fen(), 600);
        EXPECT_EQ(made.total.whole.in_fen(), 1080);  // no fen twice
        EXPECT_EQ(made.total.part.in_fen(), 300);
        EXPECT_EQ(made.total.frozen.in_fen(), 50);
        EXPECT_EQ(made.total.basis_points, 2778);
        EXPECT_EQ(made.time_basis_points, 9167);  // November
        EXPECT_EQ(made.total.points_ahead, -6389);
        EXPECT_EQ(made.total.gap.in_fen(), -690);
        ExecutionGroup sum;
        auto tx = w.database().begin_read();
        for (const auto& group : made.groups) {
            sum.lines += group.lines;
            sum.total += group.total;
            sum.part += group.part;
            sum.whole += group.whole;
            Money total, disbursed;
            std::int64_t count = 0;
            for (const auto& line :
                 execution_lines(*tx, everything(), {2026, {}, grouping}, group.key, {}, 100)) {
                total += line.total;
                disbursed += line.disbursed;
                ++count;
            }
            EXPECT_EQ(total, group.total) << group.key;
            EXPECT_EQ(disbursed, group.disbursed) << group.key;
            EXPECT_EQ(count, group.lines) << group.key;
        }
        EXPECT_EQ(sum.lines, made.total.lines);
        EXPECT_EQ(sum.total, made.total.total);
        EXPECT_EQ(sum.part, made.total.part);
        EXPECT_EQ(sum.whole, made.total.whole);
    }
}

TEST_P(ExecutionOf, counties_are_told_apart_from_the_citys_own) {
    Year w(GetParam());
    const auto made = w.ask(Grouping::county, Numerator::disbursed, Denominator::this_year);
    struct Case {
        const char* key;
        std::int64_t whole, part, basis_points;
    };
    const Case cases[] = {
        {"000000000000", 400, 0, 0}, {"430408000000", 600, 300, 5000}, {"430421000000", 80, 0, 0}};
    ASSERT_EQ(made.groups.size(), std::size(cases));
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        EXPECT_EQ(made.groups[i].key, cases[i].key);
        EXPECT_EQ(made.groups[i].whole.in_fen(), cases[i].whole);
        EXPECT_EQ(made.groups[i].part.in_fen(), cases[i].part);
        EXPECT_EQ(made.groups[i].basis_points, cases[i].basis_points);
    }
    const auto one = w.ask(Grouping::county, Numerator::disbursed, Denominator::this_year,
                           TimeBasis::month, kCounty);
    EXPECT_EQ(one.total.whole.in_fen(), 600);
    auto tx = w.database().begin_read();
    const auto scoped =
        execution(*tx, test::EverythingAllowed::only(kOtherCounty), {2026, {}}, w.clock.today());
    EXPECT_EQ(scoped.total.total.in_fen(), 80);
    const ExecutionQuery of_2026{2026, {}};
    EXPECT_EQ(execution_lines(*tx, everything(), of_2026, std::nullopt, {}, 2).size(), 2U);
    EXPECT_EQ(execution_lines(*tx, everything(), of_2026, std::nullopt, w.city, 9).size(), 2U);
    EXPECT_TRUE(execution_lines(*tx, everything(), of_2026, "nothing", {}, 9).empty());
}

TEST_P(ExecutionOf, each_numerator_and_denominator_counts_its_own) {
    Year w(GetParam());
    w.behind_the_back(
        "INSERT INTO treasury_step (id, batch_id, run, allotment_id, step, number, day, month, "
        "fen, "
        "reason, order_id) VALUES (1, 1, 1, " +
        std::to_string(w.county.number) +
        ", 'voucher', 'x', '2026-11-01', '', 270, '', 1), (2, 1, 1, " +
        std::to_string(w.county.number) + ", 'plan', 'x', '2026-11-01', '2026-11', 999, '', 1)");
    const auto paid = w.ask(Grouping::source, Numerator::vouchered, Denominator::this_year);
    EXPECT_EQ(paid.total.part.in_fen(), 270);
    EXPECT_EQ(paid.total.whole.in_fen(), 1080);
    const auto given = w.ask(Grouping::source, Numerator::allocated, Denominator::this_year);
    EXPECT_EQ(given.total.part.in_fen(), 600);
    EXPECT_EQ(given.total.whole.in_fen(), 1680);
    EXPECT_EQ(given.total.basis_points, 3571);
    // Lines of 2027: the advance counts only where advances do.
    auto tx = w.database().begin_read();
    ExecutionQuery next{2027, {}};
    next.denominator = Denominator::with_carry_over;
    EXPECT_EQ(execution(*tx, everything(), next, w.clock.today()).total.lines, 0);
    next.denominator = Denominator::with_advances;
    const auto ahead = execution(*tx, everything(), next, w.clock.today());
    EXPECT_EQ(ahead.total.whole.in_fen(), 100);
    EXPECT_EQ(ahead.time_basis_points, 0);
}

// clang-format off
TEST(ExecutionTime, goes_by_months_or_days_and_stops_at_the_years_ends) {
    struct Case { int year; const char* day; TimeBasis basis; std::int64_t expected; };
    const Case cases[] = {
        {2026, "2026-09-15", TimeBasis::month, 7500},
        {2026, "2026-01-01", TimeBasis::month, 833},
        {2026, "2026-01-01", TimeBasis::day,   27},
        {2026, "2026-07-02", TimeBasis::day,   5014},
        {2024, "2024-12-31", TimeBasis::day,   10'000},
        {2026, "2025-12-31", TimeBasis::day,   0},
        {2026, "2027-01-01", TimeBasis::month, 10'000},
    };
    for (const auto& c : cases) EXPECT_EQ(time_of(c.year, day(c.day), c.basis), c.expected) << c.day;
}
// clang-format on

TEST_P(ExecutionOf, is_asked_by_its_routes) {
    Year w(GetParam());
    access::Door door(w.road(), access::Settings{});
    access::Visit visit{door, w.caller, "", "10.0.0.7"};
    std::set<std::string> ids;
    for (const auto& route : execution_routes(w.road())) {
        EXPECT_TRUE(ids.insert(route.id).second);
        EXPECT_EQ(route.permission, "report.read");
        api::Request request;
        request.query = {{"year", "2026"}, {"by", "source"}};
        if (route.is_paged) request.query.push_back({"key", "county"});
        request.context = api::Context(visit);
        const auto reply = route.handler(request);
        EXPECT_EQ(reply.status, 200) << reply.body;
        const auto body = api::parse_json(reply.body);
        ASSERT_TRUE(body);
        const auto* total = body->at(route.is_paged ? "/items/0/total_fen" : "/total/total_fen");
        ASSERT_NE(total, nullptr) << reply.body;
        EXPECT_EQ(*total->if_number(), route.is_paged ? 80 : 1680);
        request.query = {{"by", "moon"}};
        EXPECT_EQ(route.handler(request).status, 422);
    }
    EXPECT_EQ(ids.size(), 2U);
}

}  // namespace
}  // namespace fenming::report
