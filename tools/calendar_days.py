#!/usr/bin/env python3
"""Makes src/base/calendar_days.cpp from the announcements of the State Council.

    tools/calendar_days.py FOLDER src/base/calendar_days.cpp

FOLDER holds a YYYY.json for each year, in the form of github.com/NateScarlet/holiday-cn (MIT): the
announcement's addresses in `papers`, its days in `days`. A year without papers is not announced.
An announcement may speak of days of a neighbouring year; they are listed under their own year.
"""

import datetime
import json
import pathlib
import sys

HEAD = """\
// Days that differ from "Monday to Friday", as announced by the State Council. Made by
// tools/calendar_days.py from github.com/NateScarlet/holiday-cn (MIT License, Copyright (c) 2019
// NateScarlet), which reads them from the announcements on www.gov.cn.

#include "base/calendar_days.h"

namespace fenming {

// clang-format off
std::span<const CalendarYear> calendar_years() {
    static constexpr CalendarYear kYears[] = {
"""
FOOT = """\
    };
    return kYears;
}
// clang-format on

}  // namespace fenming
"""


def read(folder):
    """(announced years, day → is it a day off) of all announcements."""
    announced, days = set(), {}
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].json")):
        paper = json.loads(path.read_text(encoding="utf-8"))
        if paper["papers"]:
            announced.add(paper["year"])
        for day in paper["days"]:
            date = datetime.date.fromisoformat(day["date"])
            if days.setdefault(date, day["isOffDay"]) != day["isOffDay"]:
                sys.exit(f"{path}: {date} is announced twice, and differently")
    return announced, days


def listed(dates, indent):
    """The dates as MMDD in a string literal, over several lines if long."""
    words = [f"{date:%m%d}" for date in sorted(dates)]
    lines = [" ".join(words[at:at + 14]) for at in range(0, len(words), 14)] or [""]
    return (" \"\n" + " " * indent + '"').join(lines).join('""')


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: tools/calendar_days.py FOLDER OUT.cpp")
    announced, days = read(pathlib.Path(sys.argv[1]))
    # A weekend off and a weekday at work are the rule, not the exception.
    exceptions = {date: off for date, off in days.items() if off == (date.isoweekday() <= 5)}
    rows = []
    for year in sorted(announced | {date.year for date in exceptions}):
        off = [date for date, is_off in exceptions.items() if is_off and date.year == year]
        make_up = [date for date, is_off in exceptions.items() if not is_off and date.year == year]
        known = "true" if year in announced else "false"
        rows.append(f"        {{{year}, {known},\n"
                    f"         {listed(off, 9)},\n         {listed(make_up, 9)}}},\n")
    text = HEAD + "".join(rows) + FOOT
    pathlib.Path(sys.argv[2]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
