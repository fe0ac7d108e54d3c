#pragma once
// Working days: weekends, State Council holidays and their make-up days (R13).

#include <map>
#include <set>

#include "base/date.h"

namespace fenming {

inline constexpr RefusalKind kCalendarYearUnknown{"base.calendar_year_unknown", 422};

/// The table of days that differ from "Monday to Friday". Built in for the years the State Council
/// has announced; a bureau adds later years as parameters.
class Calendar {
public:
    /// The announced years known to this release.
    static const Calendar& built_in();

    void set(Date day, bool is_working_day) { exceptions_[day] = is_working_day; }
    /// Says that the announcement for `year` is in the table, all its days set.
    void know_year(int year) { known_years_.insert(year); }
    [[nodiscard]] bool knows_year(int year) const { return known_years_.count(year) != 0; }

    /// By the table; Monday to Friday where it says nothing, so in unknown years too.
    [[nodiscard]] bool is_working_day(Date day) const;
    /// The day that is `days` ≥ 0 working days after `start`; counting starts the day after, so 0
    /// gives `start`. Refuses to run into a year that nobody has announced
    /// (`kCalendarYearUnknown`).
    [[nodiscard]] Result<Date> add_working_days(Date start, int days) const;
    /// `days` ≥ 0 calendar days after `start`. A limit that ends on a day off moves to the next
    /// working day (R13). Refuses as add_working_days does, by the days that decide: the last one
    /// and those it moves over.
    [[nodiscard]] Result<Date> add_calendar_days(Date start, int days) const;
    /// Working days in (from, to]; negative when `to` lies before `from`.
    [[nodiscard]] int working_days_between(Date from, Date to) const;

private:
    std::map<Date, bool> exceptions_;  // true: works though Saturday or Sunday; false: a day off
    std::set<int> known_years_;
};

}  // namespace fenming
