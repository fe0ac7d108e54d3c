// Counting working days (R13).

#include "base/calendar.h"

#include "base/calendar_days.h"
#include "base/check.h"
#include "base/text.h"

namespace fenming {
namespace {

/// Sets the days "0101 0216 …" of a year.
void set_days(Calendar& calendar, int year, std::string_view days, bool is_working_day) {
    if (days.empty()) return;
    for (const std::string& day : split(days, ' ')) {
        const auto date = parse_date(std::to_string(year) + day);
        check(date.has_value(), "the built-in calendar holds days");
        calendar.set(*date, is_working_day);
    }
}

}  // namespace

const Calendar& Calendar::built_in() {
    static const Calendar calendar = [] {
        Calendar built;
        for (const CalendarYear& year : calendar_years()) {
            set_days(built, year.year, year.off, false);
            set_days(built, year.year, year.make_up, true);
            if (year.is_announced) built.know_year(year.year);
        }
        return built;
    }();
    return calendar;
}

bool Calendar::is_working_day(Date day) const {
    if (const auto found = exceptions_.find(day); found != exceptions_.end()) return found->second;
    const std::chrono::weekday weekday(day.days());
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

Result<Date> Calendar::add_working_days(Date start, int days) const {
    check(days >= 0, "a limit is not negative");
    Date day = start;
    for (int counted = 0; counted < days;) {
        day = add_days(day, 1);
        if (!knows_year(day.year())) {
            return refuse(refusal(kCalendarYearUnknown).with("year", day.year()));
        }
        if (is_working_day(day)) ++counted;
    }
    return day;
}

Result<Date> Calendar::add_calendar_days(Date start, int days) const {
    check(days >= 0, "a limit is not negative");
    for (Date day = add_days(start, days);; day = add_days(day, 1)) {
        if (!knows_year(day.year())) {
            return refuse(refusal(kCalendarYearUnknown).with("year", day.year()));
        }
        if (is_working_day(day)) return day;
    }
}

int Calendar::working_days_between(Date from, Date to) const {
    if (to < from) return -working_days_between(to, from);
    int count = 0;
    for (Date day = from; day < to;) {
        day = add_days(day, 1);
        if (is_working_day(day)) ++count;
    }
    return count;
}

}  // namespace fenming
