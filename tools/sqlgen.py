#!/usr/bin/env python3
"""Compiles SQL into the program.

  sqlgen.py statements FOLDER OUT   src/FOLDER/*.sql       -> OUT/sql.h, OUT/statements.txt
  sqlgen.py schema OUT              src/store/migrations/  -> OUT/schema.cpp

A statement block reads like a function: its parameters and their types are declared, so that the
C++ compiler checks every call.

  -- name: lines_of_batch (batch int, after int, limit int, scope)
  -- why, if it is not plain
  SELECT id, fen FROM payment_line
  WHERE batch_id = :batch AND area >= :scope_low AND area < :scope_end AND id > :after
  ORDER BY id LIMIT :limit;

Types: int (BIGINT: ids, fen, instants, areas, 0/1), text, bytes; `?` after a type admits NULL.
`scope` stands for the two parameters :scope_low and :scope_end. A statement on a table with areas
must take it, or say `-- scope: none, because …`.
Where the dialects differ, a block has two bodies, after `-- sqlite:` and `-- postgres:`.

A migration is written as PostgreSQL. Above each CREATE TABLE stand
  -- owner: FOLDER
  -- area: COLUMN            | none, because …   the column that scope compares
  -- trail: rows             | derived, because … | none, because …
  -- trail: rows, inserted once    columns that are not derived never change, and the row's first
                                   key column is minted in the order that inserts it
  -- append-only             optional: the database itself refuses UPDATE and DELETE
and behind each column `-- open|personal|sensitive|secret[, derived]`. `derived` columns change
without a new digest; `verify` derives them (E8). Columns are only ever added, at the end.
"""
import hashlib
import pathlib
import re
import sys

from rests_on import rests_on

ROOT = pathlib.Path(__file__).resolve().parent.parent
MIGRATIONS = ROOT / "src/store/migrations"
CPP_TYPES = {"int": "Int", "text": "Text", "bytes": "Blob",
             "int?": "OptInt", "text?": "OptText", "bytes?": "OptBlob"}
CLASSES = ("open", "personal", "sensitive", "secret")


class Wrong(Exception):
    pass


def code_only(sql):
    """SQL without strings and comments, for looking at its words."""
    sql = re.sub(r"--[^\n]*", " ", sql)
    return re.sub(r"'(?:[^']|'')*'", "''", sql)


def tables_named(sql):
    text = code_only(sql)
    found = re.findall(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_][a-z_0-9]*)", text, re.I)
    cte = r"\b([a-z_][a-z_0-9]*)\s*(?:\([^()]*\))?\s+AS\s+(?:MATERIALIZED\s+)?\("
    ctes = set(re.findall(cte, text, re.I))
    return [name for name in found if name.lower() not in ("set", "select") and name not in ctes]


# ---- migrations -------------------------------------------------------------------------------

class Column:
    def __init__(self, name, kind, klass, derived):
        self.name, self.kind, self.klass, self.derived = name, kind, klass, derived


class Table:
    def __init__(self, name):
        self.name = name
        self.owner = self.area = self.trail = ""
        self.area_why = self.trail_why = ""
        self.append_only = self.inserted_once = False
        self.columns = []
        self.key = []


def column_of(line, where):
    match = re.match(r"\s*([a-z_][a-z_0-9]*)\s+(BIGINT|TEXT|BYTEA)\b(.*)$", line)
    if not match:
        raise Wrong(
            f"{where}: a column is `name BIGINT|TEXT|BYTEA … -- class`, not: {line.strip()}")
    name, kind, rest = match.groups()
    note = re.search(r"--\s*(\w+)(.*)$", rest)
    if not note or note.group(1) not in CLASSES:
        raise Wrong(f"{where}: column {name} must say `-- open|personal|sensitive|secret` (S10)")
    derived = re.match(r",\s*derived\b", note.group(2)) is not None
    return Column(name, {"BIGINT": "i", "TEXT": "t", "BYTEA": "b"}[kind], note.group(1), derived)


def read_migrations():
    tables, files = {}, []
    for path in sorted(MIGRATIONS.glob("*.sql")):
        if not re.match(r"^\d{4}_[a-z]+_[a-z0-9_]+\.sql$", path.name):
            raise Wrong(f"{path.name}: a migration is named NNNN_folder_what.sql")
        files.append(path)
        notes, table, expected_close = {}, None, None
        for number, line in enumerate(path.read_text().splitlines(), 1):
            where = f"{path.name}:{number}"
            note = re.match(r"^-- (owner|area|trail|append-only)(?::\s*(.*))?$", line)
            if note and table is None:
                notes[note.group(1)] = (note.group(2) or "yes").strip()
                continue
            create = re.match(r"^CREATE TABLE ([a-z_0-9]+) \($", line)
            if create:
                table = Table(create.group(1))
                if table.name in tables:
                    raise Wrong(f"{where}: table {table.name} exists already")
                for need in ("owner", "area", "trail"):
                    if need not in notes:
                        raise Wrong(f"{where}: table {table.name} lacks `-- {need}: …`")
                table.owner = notes["owner"]
                table.area, _, table.area_why = notes["area"].partition(", because ")
                table.trail, _, table.trail_why = notes["trail"].partition(", because ")
                if table.trail == "rows, inserted once":
                    table.trail, table.inserted_once = "rows", True
                if table.area == "none" and not table.area_why:
                    raise Wrong(f"{where}: `-- area: none, because …` needs its reason")
                if table.trail not in ("rows", "derived", "none"):
                    raise Wrong(f"{where}: trail is rows, derived or none")
                if table.trail != "rows" and not table.trail_why:
                    raise Wrong(f"{where}: `-- trail: {table.trail}, because …` needs its reason")
                table.append_only = "append-only" in notes
                notes = {}
                tables[table.name] = table
                continue
            if table is not None:
                if re.match(r"^\)", line):
                    if not table.key:
                        raise Wrong(f"{where}: table {table.name} lacks PRIMARY KEY (…)")
                    names = [c.name for c in table.columns]
                    if table.area != "none" and table.area not in names:
                        raise Wrong(f"{where}: area column {table.area} is not in {table.name}")
                    if table.trail == "rows" and "order_id" not in names:
                        raise Wrong(f"{where}: {table.name} is in the trail and needs order_id")
                    kinds = {c.name: c.kind for c in table.columns}
                    if table.trail == "rows" and (len(table.key) > 2 or
                                                  any(kinds[k] != "i" for k in table.key)):
                        raise Wrong(
                            f"{where}: the key of {table.name} is one or two BIGINT columns")
                    table = None
                    continue
                key = re.match(r"^\s*PRIMARY KEY \(([^)]*)\)", line)
                if key:
                    table.key = [k.strip() for k in key.group(1).split(",")]
                    continue
                if re.match(r"^\s*(UNIQUE|CHECK|FOREIGN KEY|CONSTRAINT|--|OR |AND |$)", line):
                    continue
                if line.strip():
                    table.columns.append(column_of(line, where))
                continue
            added = re.match(r"^ALTER TABLE ([a-z_0-9]+) ADD COLUMN (.*)$", line)
            if added:
                tables[added.group(1)].columns.append(column_of(added.group(2), where))
    return tables, files


def split_statements(sql):
    """Statements of a migration; none of ours holds a semicolon inside."""
    text = re.sub(r"--[^\n]*", "", sql)
    return [part.strip() for part in text.split(";") if part.strip()]


def to_sqlite(statement):
    text = re.sub(r"\bBIGINT\b", "INTEGER", statement)
    text = re.sub(r"\bBYTEA\b", "BLOB", text)
    if re.match(r"CREATE TABLE", text):
        text += " STRICT"
    return text


def to_postgres(statement):
    # Text sorts by code point on both databases, whatever the cluster's locale is.
    if re.match(r"(CREATE|ALTER) TABLE", statement):
        return re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', statement)
    return statement


def guards(table):
    """Append-only tables refuse UPDATE and DELETE in the database itself."""
    lite = [f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")]
    post = [f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION fenming_append_only()"]
    return lite, post


APPEND_ONLY_FUNCTION = ("CREATE FUNCTION fenming_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$")


def yes_no(value):
    return "true" if value else "false"


def cpp(text):
    return "R\"sql(" + text + ")sql\""


def schema(out):
    tables, files = read_migrations()
    lines = ["// Generated by tools/sqlgen.py from src/store/migrations. Do not edit.",
             '#include "store/schema.h"', "", "namespace fenming::store {", "namespace {", ""]
    first = True
    for index, path in enumerate(files):
        raw = path.read_text()
        lite, post = [], []
        if first:
            post.append(APPEND_ONLY_FUNCTION)
            first = False
        for statement in split_statements(raw):
            lite.append(to_sqlite(statement))
            post.append(to_postgres(statement))
            created = re.match(r"CREATE TABLE ([a-z_0-9]+)", statement)
            if created and tables[created.group(1)].append_only:
                more_lite, more_post = guards(created.group(1))
                lite += more_lite
                post += more_post
        lines.append(f"constexpr const char* kLite{index}[] = {{{', '.join(map(cpp, lite))}}};")
        lines.append(f"constexpr const char* kPost{index}[] = {{{', '.join(map(cpp, post))}}};")
    lines.append("constexpr Migration kMigrations[] = {")
    for index, path in enumerate(files):
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        number, name = path.stem.split("_", 1)
        lines.append(f'    {{{int(number)}, "{name}", "{checksum}", kLite{index}, kPost{index}}},')
    lines.append("};")
    for table in tables.values():
        cols = ", ".join(
            f'{{"{c.name}", \'{c.kind}\', ColumnClass::{c.klass}, {yes_no(c.derived)}}}'
            for c in table.columns)
        lines.append(f"constexpr ColumnInfo kCols_{table.name}[] = {{{cols}}};")
        keys = ", ".join(f'"{k}"' for k in table.key)
        lines.append(f"constexpr const char* kKey_{table.name}[] = {{{keys}}};")
    lines.append("constexpr TableInfo kTables[] = {")
    for t in tables.values():
        why = (t.trail_why or "").replace('"', "'")
        area = "" if t.area == "none" else t.area
        lines.append(f'    {{"{t.name}", "{t.owner}", "{area}", TrailMode::{t.trail}, "{why}", '
                     f'{yes_no(t.append_only)}, {yes_no(t.inserted_once)}, '
                     f'kCols_{t.name}, kKey_{t.name}}},')
    lines += ["};", "", "}  // namespace",
              "std::span<const Migration> migrations() { return kMigrations; }",
              "std::span<const TableInfo> tables() { return kTables; }",
              "}  // namespace fenming::store", ""]
    write(out / "schema.cpp", "\n".join(lines))


# ---- statements -------------------------------------------------------------------------------

class Statement:
    def __init__(self, name, where):
        self.name, self.where = name, where
        self.params = []          # (name, type)
        self.takes_scope = False
        self.no_scope_because = ""
        self.bodies = {"both": []}


def parse_params(text, statement):
    for part in [p.strip() for p in text.split(",") if p.strip()]:
        if part == "scope":
            statement.takes_scope = True
            statement.params += [("scope_low", "scope"), ("scope_end", "scope")]
            continue
        match = re.match(r"^([a-z_][a-z_0-9]*) (int|text|bytes)(\?)?$", part)
        if not match:
            raise Wrong(f"{statement.where}: a parameter is `name int|text|bytes[?]`, not: {part}")
        statement.params.append((match.group(1), match.group(2) + (match.group(3) or "")))


def read_statements(folder):
    statements = []
    for path in sorted((ROOT / "src" / folder).glob("*.sql")):
        current, body = None, "both"
        for number, line in enumerate(path.read_text().splitlines(), 1):
            where = f"src/{folder}/{path.name}:{number}"
            head = re.match(r"^-- name:\s*([a-z_][a-z_0-9]*)\s*\((.*)\)\s*$", line)
            if head:
                current, body = Statement(head.group(1), where), "both"
                parse_params(head.group(2), current)
                statements.append(current)
                continue
            if line.startswith("-- name:"):
                raise Wrong(f"{where}: write `-- name: words (parameter type, …)` on one line")
            if current is None:
                if line.strip() and not line.startswith("--"):
                    raise Wrong(f"{where}: SQL before the first `-- name:`")
                continue
            none = re.match(r"^-- scope: none, because (.+)$", line)
            if none:
                current.no_scope_because = none.group(1)
                continue
            dialect = re.match(r"^-- (sqlite|postgres):\s*$", line)
            if dialect:
                body = dialect.group(1)
                current.bodies[body] = []
                continue
            current.bodies[body].append(line)
    return statements


def finish(statement, dialect, tables):
    lines = statement.bodies.get(dialect) or statement.bodies["both"]
    raw = "\n".join(lines)
    # Comments and line breaks go; strings stay.
    text = re.sub(r"--[^\n]*", "", raw)
    text = re.sub(r"\s+", " ", text).strip().rstrip(";")
    if ";" in code_only(text):
        raise Wrong(f"{statement.where}: {statement.name} holds more than one statement")
    if not text:
        raise Wrong(f"{statement.where}: {statement.name} is empty")
    numbers = {name: index + 1 for index, (name, _) in enumerate(statement.params)}
    used = set()

    def put(match):
        name = match.group(2)
        if name not in numbers:
            raise Wrong(
                f"{statement.where}: {statement.name} uses :{name}, which it does not declare")
        used.add(name)
        mark = "?" if dialect == "sqlite" else "$"
        return f"{match.group(1)}{mark}{numbers[name]}"

    parts = re.split(r"('(?:[^']|'')*')", text)
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(r"(^|[^:\w]):([a-z_][a-z_0-9]*)", put, parts[i])
    unused = set(numbers) - used
    if unused:
        raise Wrong(
            f"{statement.where}: {statement.name} declares :{', :'.join(sorted(unused))} "
            f"and never uses it")
    scoped = [t for t in tables_named(text) if t in tables and tables[t].area != "none"]
    if scoped and not statement.takes_scope and not statement.no_scope_because:
        raise Wrong(
            f"{statement.where}: {statement.name} reads or writes {scoped[0]}, which has areas: "
                    "take `scope`, or say `-- scope: none, because …`")
    for name in tables_named(text):
        if name not in tables and name not in ("pg_stat_activity", "sqlite_master", "pg_catalog"):
            raise Wrong(
                f"{statement.where}: {statement.name} names table {name}, which no "
                f"migration creates")
    return "".join(parts)


def copy_of(statement):
    """A plain INSERT … VALUES (:a, :b) of all its parameters in order can go by COPY."""
    if set(statement.bodies) != {"both"}:
        return ""
    text = re.sub(r"\s+", " ", re.sub(r"--[^\n]*", "", "\n".join(statement.bodies["both"]))).strip()
    match = re.match(r"^INSERT INTO ([a-z_0-9]+) \(([^)]*)\) VALUES \(([^)]*)\);?$", text)
    if not match or statement.takes_scope:
        return ""
    values = [v.strip() for v in match.group(3).split(",")]
    if values != [":" + name for name, _ in statement.params]:
        return ""
    return f"COPY {match.group(1)} ({match.group(2)}) FROM STDIN (FORMAT binary)"


def written_by(statement, text, tables):
    """The table a statement changes; rows in the trail are never deleted."""
    match = re.search(r"\b(INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_0-9]+)", code_only(text), re.I)
    if not match or re.match(r"\s*SELECT", text, re.I):
        return ""
    verb, name = match.groups()
    if verb.upper().startswith("DELETE") and name in tables and tables[name].trail == "rows":
        raise Wrong(
            f"{statement.where}: {statement.name} deletes from {name}, whose rows the trail holds")
    return name


def rests_on_of(statement):
    """See StmtInfo::rests_on."""
    if statement.params != [("order_id", "int")] or set(statement.bodies) != {"both"}:
        return ""
    return ",".join(rests_on(code_only("\n".join(statement.bodies["both"]))))


def statements(folder, out):
    tables, _ = read_migrations()
    found = read_statements(folder)
    lines = [f"// Generated by tools/sqlgen.py from src/{folder}/*.sql. Do not edit.",
             "#pragma once",
             '#include "store/statement.h"', "", f"namespace fenming::{folder}::sql {{", ""]
    seen = set()
    for s in found:
        if s.name in seen:
            raise Wrong(f"{s.where}: {s.name} is named twice in {folder}")
        seen.add(s.name)
        lite, post = finish(s, "sqlite", tables), finish(s, "postgres", tables)
        kinds, cpp_types = "", []
        for name, kind in s.params:
            if kind == "scope":
                kinds += "i"
                if name == "scope_low":
                    cpp_types.append("store::ScopeArg")
                continue
            kinds += {"i": "i", "t": "t", "b": "b"}[kind[0]]
            cpp_types.append("store::" + CPP_TYPES[kind])
        types = ", ".join(cpp_types)
        lines.append(f'inline constexpr store::Stmt<{types}> {s.name}{{{{"{folder}.{s.name}",')
        lines.append(f"    {cpp(lite)},")
        lines.append(f"    {cpp(post)},")
        table = written_by(s, post, tables)
        lines.append(
            f'    "{kinds}", {len(kinds)}, "{copy_of(s)}", "{table}", "{rests_on_of(s)}"}}}};')
    lines += ["", f"}}  // namespace fenming::{folder}::sql", ""]
    write(out / "sql.h", "\n".join(lines))
    write(out / "statements.txt", "".join(f"{folder}.{s.name}\n" for s in found))


def write(path, text):
    """Leaves a file that says this already alone, so that its readers are not compiled again."""
    if path.is_file() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def main(args):
    try:
        if args[:1] == ["statements"] and len(args) == 3:
            statements(args[1], pathlib.Path(args[2]))
        elif args[:1] == ["schema"] and len(args) == 2:
            schema(pathlib.Path(args[1]))
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except Wrong as wrong:
        print(f"sqlgen: {wrong}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
