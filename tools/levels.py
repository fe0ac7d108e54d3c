#!/usr/bin/env python3
"""Holds src/ to src/LEVELS: a folder knows only the folders on lines above its own.

    tools/levels.py [ROOT]

Silent when right; else one `file:line: sentence` for each fault, and exit code 1. The rules:
  1. a file in src/X includes "Y/…" only if Y is X or stands above X (tests may also include
     "test/…", the helpers of all tests);
  2. a statement in src/X/*.sql reads tables of X and of folders above, and writes only tables
     that X owns, or SHARED_TABLES of folders above; the owner is `-- owner: FOLDER` above the
     CREATE TABLE (see tools/sqlgen.py);
  3. a table refers (REFERENCES) only to tables of its owner and of folders above;
  4. a pure file, that is decide.cpp and any header whose opening comment calls itself pure,
     includes nothing of IMPURE: it can be tested with structs alone;
  5. CMakeLists.txt says the same again: fenming_folder(X LINKS …) names only folders above X.
There is no list of known faults: it starts empty and stays empty.
"""

import pathlib
import re
import sys

# The person's pen (E1): whoever grants to or pays persons touches their rows in one statement with
# its own lines, which stand in its own tables. Every folder that may read it may write it.
SHARED_TABLES = ("person_month",)
IMPURE = ("store", "api", "trail", "road", "server", "cli")
WORD = r"[a-z_][a-z_0-9]*"
AFTER_A_TABLE = ("WHERE", "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL", "ON",
                 "USING", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION", "EXCEPT", "INTERSECT",
                 "RETURNING", "SET", "WINDOW", "OFFSET", "FOR", "VALUES")


class Tree:
    """The repository at `root`, and the faults found in it."""

    def __init__(self, root):
        self.root = root
        self.faults = []
        lines = (root / "src/LEVELS").read_text(encoding="utf-8").splitlines()
        self.levels = [line for line in lines if line.strip() and not line.startswith("#")]
        self.owners = {}  # table name → folder

    def fault(self, path, number, sentence):
        """Notes one fault."""
        self.faults.append(f"{path.relative_to(self.root)}:{number}: {sentence}")

    def may_know(self, folder, other):
        """Whether files in `folder` may know `other`."""
        return self.levels.index(other) <= self.levels.index(folder)

    def files(self, folder, *patterns):
        """Files under src/FOLDER, in a fixed order."""
        return sorted(path for pattern in patterns
                      for path in (self.root / "src" / folder).rglob(pattern))


def check_folders(tree):
    """Every folder that holds something is in LEVELS, once."""
    listed = tree.root / "src/LEVELS"
    for name in sorted({name for name in tree.levels if tree.levels.count(name) > 1}):
        tree.fault(listed, 1, f"{name} is listed twice")
    for path in sorted((tree.root / "src").iterdir()):
        if path.is_dir() and any(path.iterdir()) and path.name not in tree.levels:
            tree.fault(listed, 1, f"the folder src/{path.name} has no line here")


def opening_comment(lines):
    """The comment a file opens with, as one text."""
    text = []
    for line in lines:
        if line.startswith("//"):
            text.append(line)
        elif text or line.strip() not in ("", "#pragma once"):
            break
    return " ".join(text)


def is_pure(path, lines):
    """decide.cpp (or decide_NOUN.cpp) always; a header if it says so."""
    if path.suffix == ".h":
        return re.search(r"\bpure\b", opening_comment(lines), re.I) is not None
    return re.match(r"decide(_\w+)?\.cpp$", path.name) is not None


def check_includes(tree, folder):
    """Rules 1 and 4."""
    for path in tree.files(folder, "*.cpp", "*.h"):
        lines = path.read_text(encoding="utf-8").splitlines()
        pure = is_pure(path, lines)
        for number, line in enumerate(lines, 1):
            match = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if not match:
                continue
            other = match.group(1).split("/")[0]
            if other == "test" and path.stem.endswith("_test"):
                continue
            if "/" not in match.group(1) or other not in tree.levels:
                tree.fault(path, number, f'"{match.group(1)}" is not named from src/: write '
                                         '"folder/file.h", with a folder of src/LEVELS')
            elif not tree.may_know(folder, other):
                tree.fault(path, number, f"{folder} must not know {other} (src/LEVELS)")
            elif pure and (other in IMPURE or match.group(1).endswith("/sql.h")):
                tree.fault(path, number, f"a pure file must not know {match.group(1)}")


def code_only(sql):
    """SQL with its comments and the insides of its strings blanked, line breaks kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r"--[^\n]*|'(?:[^']|'')*'", blank, sql)


def read_owners(tree):
    """Fills tree.owners from the migrations; rule 3."""
    references = []
    for path in tree.files("store", "migrations/*.sql"):
        owner = None
        table = None
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            note = re.match(rf"-- owner:\s*({WORD})", line)
            create = re.match(rf"\s*CREATE TABLE (?:IF NOT EXISTS )?({WORD})", line, re.I)
            if note:
                owner = note.group(1)
                if owner not in tree.levels:
                    tree.fault(path, number, f"owner {owner} is no folder of src/LEVELS")
                    owner = None
            elif create:
                table = create.group(1)
                if owner is None:
                    tree.fault(path, number, f"table {table} lacks `-- owner: FOLDER` above it")
                else:
                    tree.owners[table] = owner
                owner = None
            for target in re.findall(rf"\bREFERENCES\s+({WORD})", code_only(line), re.I):
                references.append((path, number, table, target))
    for path, number, table, target in references:
        mine, theirs = tree.owners.get(table), tree.owners.get(target)
        if mine and theirs and not tree.may_know(mine, theirs):
            tree.fault(path, number, f"{table} of {mine} must not refer to {target} of {theirs}")


def names_in(sql):
    """(offset, table, "read" or "write") for each table that `sql` (code only) names."""
    ctes = set(re.findall(rf"\b({WORD})\s*(?:\([^()]*\)\s*)?AS\s+(?:NOT\s+)?(?:MATERIALIZED\s+)?\(",
                          sql, re.I))
    found = []
    for match in re.finditer(rf"\b(INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+({WORD})",
                             sql, re.I):
        if match.group(2).lower() not in ("set", "of"):
            found.append((match.start(2), match.group(2), "write"))
    # FROM a, b AS c JOIN d: each comma of the list begins another table.
    listed = rf"{WORD}(?:\s+(?:AS\s+)?(?!{'|'.join(AFTER_A_TABLE)}\b){WORD})?"
    for match in re.finditer(rf"(?<!DELETE )\b(?:FROM|JOIN|USING)\s+({listed}(?:\s*,\s*{listed})*)",
                             sql, re.I):
        for item in re.finditer(rf"(?:^|,)\s*({WORD})", match.group(1), re.I):
            found.append((match.start(1) + item.start(1), item.group(1), "read"))
    return [(at, name.lower(), how) for at, name, how in found if name not in ctes]


def check_statements(tree, folder):
    """Rule 2."""
    for path in tree.files(folder, "*.sql"):
        if path.parent.name == "migrations":
            continue
        sql = code_only(path.read_text(encoding="utf-8"))
        start = 0
        # A CTE's name counts in its own statement only.
        for statement in sql.split(";"):
            for at, table, how in names_in(statement):
                number = sql.count("\n", 0, start + at) + 1
                owner = tree.owners.get(table)
                if owner is None:
                    continue  # no table of ours: sqlgen refuses unknown ones
                if how == "write" and owner != folder and table not in SHARED_TABLES:
                    tree.fault(path, number, f"{folder} must not write {table}: {owner} owns it")
                elif not tree.may_know(folder, owner):
                    tree.fault(path, number, f"{folder} must not read {table} of {owner} "
                                             "(src/LEVELS)")
            start += len(statement) + 1


def check_cmake(tree):
    """Rule 5."""
    path = tree.root / "CMakeLists.txt"
    if not path.exists():
        return
    text = re.sub(r"#[^\n]*", lambda found: " " * len(found.group(0)), path.read_text("utf-8"))
    for match in re.finditer(r"fenming_folder\(\s*(\w+)([^)]*)\)", text):
        number = text.count("\n", 0, match.start()) + 1
        folder = match.group(1)
        if folder not in tree.levels:
            tree.fault(path, number, f"{folder} has no line in src/LEVELS")
            continue
        for link in match.group(2).split():
            if link in tree.levels and (link == folder or not tree.may_know(folder, link)):
                tree.fault(path, number, f"{folder} must not link {link} (src/LEVELS)")


def check(root):
    """All faults of the tree at `root`, in the order of src/LEVELS."""
    tree = Tree(root)
    check_folders(tree)
    read_owners(tree)
    for folder in tree.levels:
        if (root / "src" / folder).is_dir():
            check_includes(tree, folder)
            check_statements(tree, folder)
    check_cmake(tree)
    return tree.faults


def main(arguments):
    """See the top of the file."""
    root = pathlib.Path(arguments[0] if arguments else __file__).resolve()
    faults = check(root if arguments else root.parent.parent)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
