#!/usr/bin/env python3
"""Covered or dead: every statement runs on both databases, every refusal is provoked.

    tools/coverage.py BUILD COVERAGE

BUILD is the build directory, whose gen/FOLDER/statements.txt name every statement (sqlgen.py).
COVERAGE is what FENMING_COVERAGE_DIR was while the tests ran. The test programs leave in it
    statements.*    `name<TAB>sqlite|postgres`, a line for each statement that returned or changed
                    at least one row (E56)
    refusals.*      the code of each refusal that was made, one a line
    codes.*         `refusal<TAB>name<TAB>value` of each value that looks like a code and was not
                    given as a word
Refusals are found in src/ where they are declared: RefusalKind kX{"folder.code", status}; those
that a test declares for itself do not count. A code is the last part of a key of a language file
that has no mend, e.g. draft of disbursement.state.draft: a Chinese sentence shows none as it
stands. Exit code 1, with one line a fault, if a statement or a refusal is missing or a code is
shown; else one line with the counts.
"""

import pathlib
import re
import sys

# Values that show the reader what he wrote himself, or what he may write.
# Layouts are described in words of their own, which are the same in every language.
QUOTED = {("access.no_such_role", "role"), ("api.query_twice", "field"),
          ("api.unknown_choice", "text"), ("api.unknown_choice", "closest"),
          ("api.unknown_field", "field"), ("api.unknown_field", "closest"),
          ("cli.no_such_office", "code"), ("cli.no_such_word", "text"),
          ("disbursement.no_such_layout", "layout"), ("disbursement.other_layout", "asked"),
          ("sheet.field_not_given", "field"), ("sheet.layout_field", "field"),
          ("sheet.layout_incomplete", "field"), ("sheet.layout_type", "type"),
          ("sheet.layout_word", "word")}
DATABASES = ("sqlite", "postgres")
ROOT = pathlib.Path(__file__).resolve().parent.parent


def lines_of(folder, pattern):
    """The distinct non-empty lines of all files in `folder` that match."""
    return {line for path in folder.glob(pattern)
            for line in path.read_text(encoding="utf-8").splitlines() if line}


def declared_refusals(source):
    """code → "file:line" of each RefusalKind declared in the C++ files of `source`."""
    found = {}
    for path in sorted([*source.rglob("*.h"), *source.rglob("*.cpp")]):
        if path.stem.endswith("_test"):
            continue
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r'\bRefusalKind\s+k\w+\s*\{\s*"([^"]+)"', text):
            line = text.count("\n", 0, match.start()) + 1
            found[match.group(1)] = f"{path.relative_to(source.parent)}:{line}"
    return found


def shown_codes(coverage, source):
    """A fault for each code of ours that a Chinese sentence would show as it stands."""
    sentences, codes = {}, set()
    for path in sorted(source.glob("*/words.zh-CN.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            key, _, text = (part.strip() for part in line.partition(" = "))
            if "|" in text:
                sentences[key] = text
            elif key.count(".") > 1:
                codes.add(key.rpartition(".")[2])
    faults = []
    for line in sorted(lines_of(coverage, "codes.*")):
        refusal, name, value = line.split("\t")
        parts = {part.replace("-", "_") for part in value.split(" / ")}
        if "{" + name + "}" in sentences.get(refusal, "") and parts & codes \
                and (refusal, name) not in QUOTED:
            faults.append(f"{refusal}: the Chinese sentence shows the code {value} as {name}")
    return faults


def check(build, coverage, source):
    """(faults, statements, refusals): what was missed, and how much there is."""
    # A folder that is gone from the source leaves its list in the build directory.
    folders = [path.name for path in source.iterdir() if path.is_dir()]
    statements = set().union(*(lines_of(build, f"gen/{name}/statements.txt") for name in folders))
    ran = lines_of(coverage, "statements.*")
    faults = [f"{name}: no test has it return or change a row on {database}"
              for name in sorted(statements) for database in DATABASES
              if f"{name}\t{database}" not in ran]
    refusals = declared_refusals(source)
    provoked = lines_of(coverage, "refusals.*")
    faults += [f"{place}: no test provokes {code}" for code, place in sorted(refusals.items())
               if code not in provoked]
    faults += shown_codes(coverage, source)
    return faults, len(statements), len(refusals)


def main(arguments):
    """See the top of the file."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    faults, statements, refusals = check(*map(pathlib.Path, arguments), ROOT / "src")
    for fault in faults:
        print(f"coverage: {fault}")
    covered = "" if faults else ", all covered"
    print(f"coverage: {statements} statements on {' and '.join(DATABASES)}, {refusals} refusals"
          f"{covered}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
