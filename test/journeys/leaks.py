"""Searches a database and the files beside it for people: names, identity, account and telephone
numbers, in clear, in whatever column or file. Encrypted cells hold them and show nothing of them.
"""
import re

RUN_OF_DIGITS = re.compile(rb"[0-9]{11,}[Xx]?")
RUN_OF_HAN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}|\xf0[\xa0-\xb2][\x80-\xbf]{2}){2,}")
HEXADECIMAL = re.compile(r"(?:\\x)?((?:[0-9a-f]{2}){4,})")


class People:
    """Whom to look for."""

    def __init__(self):
        self.names = set()
        self.numbers = set()

    def add(self, name, *numbers):
        """A person, from whatever names him."""
        self.names.add(name)
        self.numbers.update(number.upper().encode() for number in numbers if len(number) >= 11)

    def add_roster(self, text):
        """Those of a roster: the columns after their names."""
        head, *rows = [line.split(",") for line in text.strip().split("\n")]
        if "姓名" not in head:
            return
        wanted = [i for i, name in enumerate(head) if name in ("身份证号", "银行账号", "电话")]
        for row in rows:
            self.add(row[head.index("姓名")], *[row[i] for i in wanted])

    def add_bank_file(self, text):
        """Those of a bank file: row, reference, account, name, amount."""
        for line in text.splitlines():
            cells = line.split("|")
            if cells[0].isdigit() and len(cells) > 4:
                self.add(cells[3], cells[2])

    def found_in(self, data):
        """The people's names and numbers that stand in these bytes."""
        found = set()
        for run in RUN_OF_DIGITS.findall(data):
            run = run.upper()
            for size in {len(number) for number in self.numbers}:
                found.update(run[at:at + size].decode() for at in range(len(run) - size + 1)
                             if run[at:at + size] in self.numbers)
        for run in set(RUN_OF_HAN.findall(data)):
            text = run.decode(errors="replace")
            for size in {len(name) for name in self.names}:
                found.update(text[at:at + size] for at in range(len(text) - size + 1)
                             if text[at:at + size] in self.names)
        return found


def tables_of(city):
    """Every table with its columns."""
    if city.kind == "postgres":
        listed = city.rows("SELECT table_name, column_name FROM information_schema.columns "
                           "WHERE table_schema = 'public' ORDER BY table_name, ordinal_position")
    else:
        listed = city.rows("SELECT m.name, c.name FROM sqlite_master m "
                           "JOIN pragma_table_info(m.name) c WHERE m.type = 'table'")
    tables = {}
    for table, column in listed:
        tables.setdefault(table, []).append(column)
    return tables


def leaks(city, people, passed_over=(), only=None):
    """Where the people stand in clear: "table.column: who" and "file: who". Files of the names in
    `passed_over` are what somebody handed in or was given, and not ours to keep secret; `only`
    names tables."""
    found, cells = set(), 0
    for table, columns in tables_of(city).items():
        if only and table not in only:
            continue
        for row in city.rows(f"SELECT * FROM {table}"):
            for column, cell in zip(columns, row):
                cells += 1
                data = cell.encode()
                digits = HEXADECIMAL.fullmatch(cell)
                if digits:
                    data += b"\n" + bytes.fromhex(digits[1])
                found.update(f"{table}.{column}: {who}" for who in people.found_in(data))
    for path in sorted(city.folder.rglob("*")):
        inside = path.relative_to(city.folder).parts
        if path.is_file() and not set(inside) & set(passed_over):
            found.update(f"{'/'.join(inside)}: {who}" for who in people.found_in(path.read_bytes()))
    return found, cells
