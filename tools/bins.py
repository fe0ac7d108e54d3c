#!/usr/bin/env python3
"""Makes the table of bank card prefixes out of a csv.

    tools/bins.py CSV > src/registry/bins.cpp

CSV has the columns bin, card_length, bank_code, bank_name, card_type (DC debit, CC credit, SCC
semi-credit, PC prepaid). Run by hand when the list changes; the table is committed.
"""

import csv
import sys
import textwrap

WIDTH = 92
HEAD = """\
// Prefixes of bank cards and their banks: a table made by tools/bins.py from the list of the npm
// package bankcardinfo 2.0.6 (ISC; docs/notices.md). Do not edit.

#include "registry/known_codes.h"

namespace fenming::registry {
namespace {

// A text for each bank: its name, then groups of cards: their digits, a letter (D debit, C credit,
// S semi-credit, P prepaid), their prefixes.
// clang-format off
constexpr std::string_view kBins[] = {"""
TAIL = """};
// clang-format on

}  // namespace

std::span<const std::string_view> bins_by_bank() {
    return kBins;
}

}  // namespace fenming::registry
"""


def banks_of(path):
    """bank name → {(digits, type letter) → [prefix]}, in the order of the file."""
    banks = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            group = (int(row["card_length"]), row["card_type"][0])
            prefixes = banks.setdefault(row["bank_name"], {}).setdefault(group, [])
            if row["bin"] not in prefixes:
                prefixes.append(row["bin"])
    return banks


def main(arguments):
    """See the top of the file."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    print(HEAD)
    for name, groups in banks_of(arguments[0]).items():
        text = name + "".join(f"|{digits}{letter} " + " ".join(sorted(prefixes))
                              for (digits, letter), prefixes in sorted(groups.items()))
        lines = textwrap.wrap(text, WIDTH, break_long_words=False)
        print(' "\n'.join(f'    "{line}' for line in lines) + '",')
    print(TAIL, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
