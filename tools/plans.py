#!/usr/bin/env python3
"""No statement walks a whole table unless it says why.

    tools/plans.py [ROOT]

Prepares every statement of src/*/*.sql on an empty SQLite database with all migrations and reads
its plan. Each table that the plan goes through from end to end, instead of by an index, is a fault
`file:line: sentence`, unless the statement says in its block

  -- walks: why

as counts and proofs of everything do. Without figures of the data both databases choose an index
wherever one fits; where SQLite finds none, PostgreSQL has none either. Only an index that says
`WHERE x <> 0` hides: the statement has to say it too. A statement that says `walks` and does not is
a fault as well. Silent, exit code 0, when all is right.
"""
import pathlib
import re
import sqlite3
import sys

import sqlgen


def database(tables, files):
    """All tables and indexes, empty."""
    made = sqlite3.connect(":memory:")
    for path in files:
        for statement in sqlgen.split_statements(path.read_text()):
            made.execute(sqlgen.to_sqlite(statement))
    return made


def names_of_tables(text, tables):
    """Every name by which a table goes in a statement: its own and its aliases."""
    names = {}
    found = re.findall(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_][a-z_0-9]*)(?:\s+(?:AS\s+)?"
                       r"([a-z_][a-z_0-9]*))?", text, re.I)
    for table, alias in found:
        if table in tables:
            names[table] = table
            names[alias or table] = table
    return names


def walked(connection, text, parameters, tables):
    """The tables that the plan of a statement walks, in its order."""
    rows = connection.execute("EXPLAIN QUERY PLAN " + text, [1] * parameters).fetchall()
    names = names_of_tables(sqlgen.code_only(text), tables)
    found = []
    for row in rows:
        match = re.match(r"SCAN (\w+)", row[3])
        automatic = re.match(r"SEARCH (\w+) USING AUTOMATIC", row[3])
        name = (match or automatic) and (match or automatic).group(1)
        if name in names and names[name] not in found:
            found.append(names[name])
    return found


def faults(root):
    sqlgen.ROOT = root
    sqlgen.MIGRATIONS = root / "src/store/migrations"
    tables, files = sqlgen.read_migrations()
    connection = database(tables, files)
    for folder in sorted(path.parent.name for path in root.glob("src/*/README.md")):
        for statement in sqlgen.read_statements(folder):
            text = sqlgen.finish(statement, "sqlite", tables)
            lines = statement.bodies.get("sqlite") or statement.bodies["both"]
            why = any(re.match(r"-- walks: .+", line) for line in lines)
            through = walked(connection, text, len(statement.params), tables)
            if through and not why:
                yield (f"{statement.where}: {statement.name} walks {', '.join(through)}: give it "
                       "an index, or say `-- walks: why`")
            if why and not through:
                yield f"{statement.where}: {statement.name} says `walks` and walks nothing"


def main(args):
    root = pathlib.Path(args[0]).resolve() if args else sqlgen.ROOT
    found = list(faults(root))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
