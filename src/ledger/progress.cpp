// Rates and pace in whole numbers.

#include "ledger/progress.h"

#include "base/check.h"

namespace fenming::ledger {
namespace {

__extension__ using Wide = __int128;

/// a × b / c, rounded half away from zero; c above zero.
std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c) {
    check(c > 0, "a rate has a whole above zero");
    const Wide product = static_cast<Wide>(a) * b;
    const Wide size = product < 0 ? -product : product;
    const Wide rounded = (2 * size + c) / (2 * static_cast<Wide>(c));
    const Wide result = product < 0 ? -rounded : rounded;
    check(result <= INT64_MAX && result >= INT64_MIN, "a rate fits its number");
    return static_cast<std::int64_t>(result);
}

}  // namespace

std::int64_t basis_points(Money part, Money whole) {
    if (whole == Money()) return 0;
    if (whole < Money()) return scaled(-part.in_fen(), 10'000, -whole.in_fen());
    return scaled(part.in_fen(), 10'000, whole.in_fen());
}

Money share_of(Money whole, std::int64_t points) {
    return Money::fen(scaled(whole.in_fen(), points, 10'000));
}

Rate rate_of(const Sums& sums, Measure measure, Base base) {
    Rate rate;
    rate.measure = measure;
    rate.base = base;
    rate.whole = base == Base::total ? sums.total : sums.total - sums.allocated;
    switch (measure) {
        case Measure::allocated:
            rate.part = sums.allocated;
            break;
        case Measure::disbursed:
            rate.part = sums.disbursed;
            break;
        case Measure::disbursed_or_frozen:
            rate.part = sums.disbursed + sums.frozen;
            break;
    }
    rate.basis_points = basis_points(rate.part, rate.whole);
    return rate;
}

std::int64_t time_by_month(Month month) {
    return scaled(month.month, 10'000, 12);
}

std::int64_t time_by_day(Date day) {
    const auto first = Month{day.year(), 1}.first_day().days();
    const auto last = Month{day.year(), 12}.last_day().days();
    return scaled((day.days() - first).count() + 1, 10'000, (last - first).count() + 1);
}

Pace pace_of(const Rate& rate, std::int64_t time_basis_points) {
    const auto points = rate.basis_points - time_basis_points;
    return {rate, time_basis_points, points, share_of(rate.whole, points)};
}

}  // namespace fenming::ledger
