#!/usr/bin/env python3
"""Makes the table of all 6-digit area codes there ever were out of a csv.

    tools/area_codes.py CSV 11_37 > src/registry/area_codes_11_37.cpp
    tools/area_codes.py CSV 41_83 > src/registry/area_codes_41_83.cpp

CSV has the columns code6, name, in_2026_04 (1: valid in April 2026). Run by hand when the list
changes; the tables are committed. Two files, by province, because one would be too long.
"""

import csv
import sys

WIDTH = 92
HALVES = {"11_37": range(11, 38), "41_83": range(41, 84)}
HEAD = """\
// Area codes of the provinces {half}: a table made by tools/area_codes.py from the list of
// github.com/mumuy/data_location (MIT; docs/notices.md). Do not edit.

#include "registry/known_codes.h"

namespace fenming::registry {{
namespace {{

// A text for each province: its 2 digits, then for each city / and 2 digits, then for each county 2
// digits, + if the code is valid in April 2026, and the name.
// clang-format off
constexpr std::string_view kAreas[] = {{"""
TAIL = """}};
// clang-format on

}}  // namespace

std::span<const std::string_view> areas_{half}() {{
    return kAreas;
}}

}}  // namespace fenming::registry
"""


def texts_of(path, provinces):
    """The text of each province."""
    texts, city = {}, {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in sorted(csv.DictReader(file), key=lambda row: row["code6"]):
            code = row["code6"]
            if int(code[:2]) not in provinces:
                continue
            text = texts.setdefault(code[:2], code[:2])
            if city.get(code[:2]) != code[2:4]:
                city[code[:2]] = code[2:4]
                text += "/" + code[2:4]
            valid = "+" if row["in_2026_04"] == "1" else ""
            texts[code[:2]] = text + code[4:] + valid + row["name"]
    return texts


def main(arguments):
    """See the top of the file."""
    if len(arguments) != 2 or arguments[1] not in HALVES:
        print(__doc__, file=sys.stderr)
        return 2
    half = arguments[1]
    print(HEAD.format(half=half))
    for text in texts_of(arguments[0], HALVES[half]).values():
        pieces = [text[at:at + WIDTH] for at in range(0, len(text), WIDTH)]
        print("\n".join(f'    "{piece}"' for piece in pieces) + ",")
    print(TAIL.format(half=half), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
