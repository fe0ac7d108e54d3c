#pragma once
// Days, months, instants. Beijing is UTC+8, said here once. No time-zone database is needed.

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fenming {

inline constexpr RefusalKind kNotADate{"base.not_a_date", 422};
inline constexpr RefusalKind kNotAMonth{"base.not_a_month", 422};
inline constexpr RefusalKind kNotAPeriod{"base.not_a_period", 422};
inline constexpr RefusalKind kPeriodBackwards{"base.period_backwards", 422};
inline constexpr RefusalKind kNotAnInstant{"base.not_an_instant", 422};

/// A day of the civil calendar, years 1 to 9999. Text form YYYY-MM-DD, which is also how it is
/// stored and sorted.
class Date {
public:
    constexpr Date() = default;  ///< no day: empty text; to ask for its days or year is a Bug
    /// A day that does not exist is a Bug; text from outside goes through parse_date.
    explicit Date(std::chrono::year_month_day day);
    explicit Date(std::chrono::sys_days day) : Date(std::chrono::year_month_day(day)) {}

    [[nodiscard]] std::chrono::sys_days days() const;
    [[nodiscard]] int year() const;
    [[nodiscard]] int month() const;
    [[nodiscard]] int day() const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool is_none() const { return packed_ == 0; }
    friend constexpr auto operator<=>(Date, Date) = default;

private:
    std::int32_t packed_ = 0;  // yyyymmdd
};

/// Reads 2023-05-05, 2023/5/5, 2023.5.5, 20230505, 2023年5月5日 (torture E5), full width too, years
/// 1900 to 9999. An impossible day is refused (`kNotADate`). A spreadsheet's serial number is not a
/// text form: `sheet` turns it into a day.
Result<Date> parse_date(std::string_view text);
/// The day `days` later, or earlier if negative.
Date add_days(Date date, int days);

/// A calendar month, YYYY-MM.
struct Month {
    int year = 0;
    int month = 0;  ///< 1…12
    [[nodiscard]] std::string text() const;
    [[nodiscard]] Date first_day() const;
    [[nodiscard]] Date last_day() const;
    [[nodiscard]] Month next() const;
    friend constexpr auto operator<=>(Month, Month) = default;
};
/// Reads 2026-03, 2026/3, 202603, 2026年3月, full width too, years 1900 to 9999 (`kNotAMonth`).
/// Not 2026.3: a spreadsheet makes that of 2026.30 and 2026.3 alike.
Result<Month> parse_month(std::string_view text);

/// What a payment is for (P10): `YYYY-MM`, `YYYYQn`, `YYYY`, `YYYY-MM..YYYY-MM` or `once:NAME`.
/// The text is canonical and is what the store holds: equal spans have equal texts, so that a claim
/// cannot be doubled by writing it another way (2026-01..2026-03 is 2026Q1, 2026-01..2026-12 is
/// 2026, 2026-05..2026-05 is 2026-05). A once-payment has no months.
struct Period {
    std::string text;
    std::optional<Month> from;
    std::optional<Month> to;
    friend bool operator==(const Period&, const Period&) = default;
    /// By first month, then last month; once-payments after all months, by name.
    friend std::strong_ordering operator<=>(const Period& a, const Period& b);
};
/// Reads the five forms, months as parse_month does. NAME is 1 to 40 characters, none invisible;
/// full-width letters, digits and marks in it become half-width. Refusals: `kNotAPeriod`,
/// `kPeriodBackwards` when the first month lies after the last.
Result<Period> parse_period(std::string_view text);
/// Months in common; a once-payment overlaps only itself.
bool overlap(const Period& a, const Period& b);

/// Milliseconds since the Unix epoch, as stored.
struct Instant {
    std::int64_t ms = 0;
    friend constexpr auto operator<=>(Instant, Instant) = default;
};
/// The day in Beijing.
Date beijing_date(Instant at);
/// "2026-11-24T14:13:49.123+08:00"
std::string beijing_text(Instant at);
/// Reads RFC 3339 with an offset or Z, or a bare Beijing day (its midnight), years 1900 to 9999 in
/// Beijing (`kNotAnInstant`). What is finer than a millisecond is cut off.
Result<Instant> parse_instant(std::string_view text);

}  // namespace fenming
