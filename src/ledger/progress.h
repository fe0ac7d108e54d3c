#pragma once
// How far the money has come; pure. Every rate says its numerator and its denominator (口径), in
// basis points (1/10000), rounded half away from zero; no floating point (R2.45, R2.53).

#include <array>
#include <string_view>

#include "base/date.h"
#include "base/money.h"

namespace fenming::ledger {

/// The numerator.
enum class Measure {
    allocated,           ///< 分配进度: given down to lower lines
    disbursed,           ///< 支出进度: paid
    disbursed_or_frozen  ///< paid or bound for a batch under way
};
constexpr std::array<std::string_view, 3> names_of(Measure) {
    return {"allocated", "disbursed", "disbursed_or_frozen"};
}
/// The denominator. own leaves out what was given down, so that a sum over parents and children
/// counts no fen twice (P15: the city-wide figure).
enum class Base { total, own };
constexpr std::array<std::string_view, 2> names_of(Base) {
    return {"total", "own"};
}

/// Sums of buckets over any set of lines.
struct Sums {
    Money available;
    Money allocated;
    Money frozen;
    Money disbursed;
    Money total;
};

struct Rate {
    Measure measure = Measure::disbursed;
    Base base = Base::total;
    Money part;                     ///< the numerator
    Money whole;                    ///< the denominator
    std::int64_t basis_points = 0;  ///< 0 when the whole is 0 (R2.45)
};
Rate rate_of(const Sums& sums, Measure measure, Base base);

/// part / whole in basis points; 0 when whole is 0.
std::int64_t basis_points(Money part, Money whole);
/// whole × basis points / 10000 in fen.
Money share_of(Money whole, std::int64_t basis_points);

/// 序时进度 by months: month / 12. 2026-09 → 7500.
std::int64_t time_by_month(Month month);
/// 序时进度 by days: days gone, that day too, of 365 or 366.
std::int64_t time_by_day(Date day);

/// 超(短)序时: points above zero are ahead of time. gap = points × whole, as R2.45 has it.
struct Pace {
    Rate rate;
    std::int64_t time_basis_points = 0;
    std::int64_t points = 0;
    Money gap;
};
Pace pace_of(const Rate& rate, std::int64_t time_basis_points);

}  // namespace fenming::ledger
