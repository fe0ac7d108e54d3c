#pragma once
// The State Council's days off and make-up days as announced, compact (calendar_days.cpp is made by
// tools/calendar_days.py).

#include <span>
#include <string_view>

namespace fenming {

/// The days of a year that differ from "Monday to Friday", as MMDD with spaces between.
struct CalendarYear {
    int year;
    bool is_announced;         ///< false: only what a neighbouring year's announcement says of it
    std::string_view off;      ///< Mondays to Fridays that are days off
    std::string_view make_up;  ///< Saturdays and Sundays on which work is done
};

std::span<const CalendarYear> calendar_years();

}  // namespace fenming
