// Rates and pace, by hand-computed tables; the first row is the golden case E10.

#include "ledger/progress.h"

#include <gtest/gtest.h>

namespace fenming::ledger {
namespace {

// clang-format off
TEST(Progress, pace) {
    struct Case { std::int64_t total_fen, paid_fen; Month month; std::int64_t rate, time, points, gap_fen; };
    const Case cases[] = {
        // total           paid           month      rate   time   points gap
        {1'000'000'000,  600'000'000, {2026, 9},   6000,  7500, -1500, -150'000'000},  // E10: 1000万, 600万
        {1'000'000'000,  900'000'000, {2026, 9},   9000,  7500,  1500,  150'000'000},
        {1'000'000'000,  750'000'000, {2026, 9},   7500,  7500,     0,            0},
        {          100,           33, {2026, 1},   3300,   833,  2467,           25},  // 24.67 → 25
        {            3,            1, {2026, 12},  3333, 10000, -6667,           -2},
        {            0,            0, {2026, 6},      0,  5000, -5000,            0},  // R2.45: 0 when total is 0
        {           -3,           -1, {2026, 12},  3333, 10000, -6667,            2},
        {9'007'199'254'740'991, 9'007'199'254'740'990, {2026, 11}, 10000, 9167, 833, 750'299'697'919'925},
    };
    for (const auto& c : cases) {
        Sums sums;
        sums.total = Money::fen(c.total_fen);
        sums.disbursed = Money::fen(c.paid_fen);
        const auto pace = pace_of(rate_of(sums, Measure::disbursed, Base::total), time_by_month(c.month));
        EXPECT_EQ(pace.rate.basis_points, c.rate) << c.total_fen;
        EXPECT_EQ(pace.time_basis_points, c.time) << c.total_fen;
        EXPECT_EQ(pace.points, c.points) << c.total_fen;
        EXPECT_EQ(pace.gap.in_fen(), c.gap_fen) << c.total_fen;
    }
}

TEST(Progress, half_away_from_zero) {
    struct Case { std::int64_t part, whole, basis_points; };
    const Case cases[] = {
        {1, 20'000, 1}, {1, 20'001, 0}, {-1, 20'000, -1}, {-1, 20'001, 0}, {3, 20'000, 2}, {5, 0, 0}, {7, 7, 10'000},
    };
    for (const auto& c : cases)
        EXPECT_EQ(basis_points(Money::fen(c.part), Money::fen(c.whole)), c.basis_points) << c.part << "/" << c.whole;
}

TEST(Progress, time_by_day) {
    struct Case { const char* day; std::int64_t basis_points; };
    const Case cases[] = {
        {"2026-01-01", 27}, {"2026-06-30", 4959}, {"2026-12-31", 10'000},   // 1, 181, 365 of 365
        {"2028-02-29", 1639}, {"2028-12-31", 10'000},                       // 60, 366 of 366
    };
    for (const auto& c : cases) EXPECT_EQ(time_by_day(*parse_date(c.day)), c.basis_points) << c.day;
}

TEST(Progress, a_rate_says_its_numerator_and_denominator) {
    const Sums sums{Money::fen(100), Money::fen(500), Money::fen(100), Money::fen(300), Money::fen(1000)};
    struct Case { Measure measure; Base base; std::int64_t part, whole, basis_points; };
    const Case cases[] = {
        {Measure::allocated,           Base::total, 500, 1000, 5000},
        {Measure::disbursed,           Base::total, 300, 1000, 3000},
        {Measure::disbursed,           Base::own,   300,  500, 6000},
        {Measure::disbursed_or_frozen, Base::own,   400,  500, 8000},
        {Measure::disbursed_or_frozen, Base::total, 400, 1000, 4000},
    };
    for (const auto& c : cases) {
        const auto rate = rate_of(sums, c.measure, c.base);
        EXPECT_EQ(rate.part.in_fen(), c.part);
        EXPECT_EQ(rate.whole.in_fen(), c.whole);
        EXPECT_EQ(rate.basis_points, c.basis_points);
    }
}
// clang-format on

}  // namespace
}  // namespace fenming::ledger
