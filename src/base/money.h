#pragma once
// Money: int64 fen, checked. No floating point comes near it; the only division is allot().

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/result.h"

namespace fenming {

inline constexpr RefusalKind kMoneyNotANumber{"base.money_not_a_number", 422};
inline constexpr RefusalKind kMoneyThirdDecimal{"base.money_third_decimal", 422};
inline constexpr RefusalKind kMoneyOutOfRange{"base.money_out_of_range", 422};
inline constexpr RefusalKind kNotAMoneyUnit{"base.not_a_money_unit", 422};

/// An integer that int64 holds whatever its value: no bool, no uint64, no floating point.
template <class T>
concept WholeNumber =
    std::integral<T> && !std::same_as<T, bool> && std::numeric_limits<T>::digits <= 63;

/// An amount in fen (分, 1/100 yuan). May be negative (a reversal). Overflow is a Bug, since every
/// amount from outside is range-checked to ±(2^53 − 1) fen when parsed (E12).
class Money {
public:
    constexpr Money() = default;
    static constexpr Money fen(std::int64_t fen) { return Money(fen); }
    template <class Other>
    requires(!WholeNumber<Other>) static Money fen(Other) = delete;

    [[nodiscard]] constexpr std::int64_t in_fen() const { return fen_; }

    friend constexpr auto operator<=>(Money, Money) = default;
    friend constexpr Money operator+(Money a, Money b) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(a.fen_, b.fen_, &sum)) bug("money sum overflows");
        return Money(sum);
    }
    friend constexpr Money operator-(Money a, Money b) {
        std::int64_t difference = 0;
        if (__builtin_sub_overflow(a.fen_, b.fen_, &difference)) bug("money difference overflows");
        return Money(difference);
    }
    friend constexpr Money operator-(Money a) { return Money() - a; }
    /// A whole number of times, e.g. a standard × months.
    friend constexpr Money operator*(Money a, std::int64_t times) {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(a.fen_, times, &product)) bug("money product overflows");
        return Money(product);
    }
    template <class Other>
    requires(!WholeNumber<Other>) friend Money operator*(Money, Other) = delete;
    constexpr Money& operator+=(Money other) { return *this = *this + other; }
    constexpr Money& operator-=(Money other) { return *this = *this - other; }

private:
    constexpr explicit Money(std::int64_t fen) : fen_(fen) {}
    std::int64_t fen_ = 0;
};

inline constexpr std::int64_t kMaxFen = (std::int64_t{1} << 53) - 1;

/// A unit an amount is printed in, as its number of fen: 元 100, 万元 1,000,000, 亿元 10^10.
enum class MoneyUnit : std::int64_t {
    fen = 1,
    yuan = 100,
    wan_yuan = 1'000'000,
    yi_yuan = 10'000'000'000
};

/// Reads "1,234.56", "１２３４．５６", "-3", "￥12.00" in `unit`, exactly and without floating
/// point (E12, E54, torture A1–A5). One sign and one ￥ may stand before the digits; thousands
/// separators must all be there, each before three digits. Refuses what is not a number: units
/// inside it, ×10^n notation, "1,23", "5." (`kMoneyNotANumber`); what is no whole number of fen,
/// where zeros at the end do not count: "1.230" is 1.23 (`kMoneyThirdDecimal`); what lies beyond
/// ±(2^53 − 1) fen
/// (`kMoneyOutOfRange`).
Result<Money> parse_money(std::string_view text, MoneyUnit unit);

/// The value in fen of the last digit of a number as printed: "5.73" 亿元 → 100,000,000. Zeros are
/// digits like any other, so a plain integer gives the unit itself; what is finer than a fen
/// gives 1. The rounding verdict on a document's total needs it (E23). Refuses what is not a
/// number.
Result<std::int64_t> last_digit_unit_fen(std::string_view text, MoneyUnit unit);

/// "元", "万元", "亿元", "分" (spaces ignored) → the unit; anything else is `kNotAMoneyUnit`.
Result<MoneyUnit> parse_money_unit(std::string_view text);

/// Yuan with two decimals and no grouping: "1234.56", "-0.05".
std::string to_yuan(Money amount);

/// 大写 as on a payment slip: "壹仟贰佰叁拾肆元伍角陆分", "零元整". 整 closes an amount that ends
/// in 元 or 角. A 零 stands exactly where reading demands it: between digits of a section, before a
/// section that begins with 0, and after 元 when 角 is 0 and 分 is not. Negative amounts begin
/// with 负. Every int64 has its text.
std::string to_uppercase(Money amount);

/// Splits `total` by `weights` so that the parts sum to it exactly: largest remainder, ties to the
/// earlier part; every part lies within one fen of its exact share, a weight of zero gets nothing,
/// and a negative total is split as its reversal. Torture A7: 100.00 among 3 = 33.34 + 33.33
/// + 33.33. It is a Bug if a weight is negative or none is above zero.
std::vector<Money> allot(Money total, std::span<const std::int64_t> weights);

}  // namespace fenming
