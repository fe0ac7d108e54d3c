"""Reads a journey and walks it on a city; README.md says what a journey may hold. The first line
that is not met ends it with `Missed`, which says the line, what was expected and what was got."""
import decimal
import json
import pathlib
import re
import shlex

from city import Served, bank_answer

VARIABLE = re.compile(r"\$([A-Z][A-Z0-9_]*)")
MOST = 1000  # characters of what was got
AMOUNT = re.compile(r"(-?[\d,]+(?:\.\d+)?) (元|万元)")


class Missed(AssertionError):
    """A line of a journey was not met."""


class Step:
    """A line that does something, with the indented lines below it."""

    def __init__(self, number, text):
        self.number = number
        self.text = text
        self.below = []  # (line number, text)


def steps_of(text):
    """The steps of a journey."""
    steps, joined = [], ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("    ") and steps and not joined:
            steps[-1].below.append((number, line[4:]))
        elif line.strip() and not line.startswith("#"):
            if joined:
                steps[-1].text += " " + line.strip()
            else:
                steps.append(Step(number, line))
            joined = line.endswith("\\")
            steps[-1].text = steps[-1].text.rstrip("\\").rstrip()
    return steps


def pick(document, path):
    """The part of a JSON document that a path such as .lines[area=1508…].total_fen names."""
    for name, chosen in re.findall(r"\.([\w-]+)|\[([^\]]*)\]", path):
        if name == "length" and isinstance(document, list):
            document = len(document)
        elif name:
            document = document[name]
        elif chosen.isdigit():
            document = document[int(chosen)]
        else:
            wanted = [part.split("=", 1) for part in chosen.split(",")]
            document = [row for row in document
                        if all(as_text(row[key]) == value for key, value in wanted)]
            if len(document) != 1:
                raise LookupError(f"{len(document)} rows have {chosen}")
            document = document[0]
    return document


def as_text(value):
    """A JSON value as a journey writes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def is_same(value, expected):
    """Amounts may be written as printed: 5,079.16 万元."""
    amount = AMOUNT.fullmatch(expected)
    if amount and isinstance(value, int):
        fen = decimal.Decimal(amount[1].replace(",", "")) * (
            100 if amount[2] == "元" else 1_000_000)
        return value == fen
    if isinstance(value, (list, dict)):
        return value == json.loads(expected)
    return as_text(value) == expected


class Walk:
    """One walk through a journey."""

    def __init__(self, city, path):
        self.city = city
        self.path = pathlib.Path(path)
        self.known = {}
        self.at = []
        self.number = 0
        self.asked = 0
        self.counted = 0  # expectations that were met
        self.files = {}   # every file the journey wrote or was given, by name

    def go(self):
        """Walks every step."""
        for step in steps_of(self.path.read_text(encoding="utf-8")):
            self.number = step.number
            text = self.filled(step.text)
            if text.startswith("at "):
                self.at = ["--at", text[3:].strip()]
            elif text.startswith("file ") and text.endswith(":"):
                self.put(text[5:-1], "".join(self.filled(line) + "\n" for _, line in step.below))
            elif text.startswith("bank answers "):
                self.bank(text, step)
            elif text.startswith("$ fenming "):
                self.expect(step, *self.command(text[10:]))
            elif text.startswith("> "):
                self.expect(step, *self.request(text[2:], step))
            else:
                self.miss("a step", text)

    def miss(self, expected, got):
        """Ends the journey."""
        raise Missed(f"{self.path.name}:{self.number}: expected {expected}, got {got[:MOST]}")

    def filled(self, text):
        """The text with every $NAME as it was bound."""
        def value(found):
            if found[1] not in self.known:
                self.miss(f"{found[0]} to be bound above", "nothing of that name")
            return self.known[found[1]]
        return VARIABLE.sub(value, text)

    def put(self, name, text, encoding="utf-8"):
        """Writes a file into the city's folder."""
        self.files[name] = text
        (self.city.folder / name).write_bytes(text.encode(encoding))

    def command(self, text):
        """Exit code, JSON and words of a verb."""
        words = [str(self.city.folder / word) if word in self.files else word
                 for word in shlex.split(text)]
        more = [] if "--lang" in words else ["--lang", "en"]
        if "--out" in words:
            words[words.index("--out") + 1] = str(self.city.folder / "sent")
        code, out, err = self.city.run(*words, "--json", *more, *self.at)
        try:
            return code, json.loads(out), err
        except ValueError:
            return code, None, out + err

    def request(self, text, step):
        """Status, JSON and words of a request to the served city."""
        method, path, *rest = text.split()
        if len(rest) != 2 or rest[0] != "--as":
            self.miss("METHOD PATH --as USER", text)
        body = {}
        for _, line in step.below:
            if line.startswith("send "):
                name, value = self.filled(line[5:]).split(" = ", 1)
                try:
                    body[name] = json.loads(value)
                except ValueError:
                    body[name] = value
        served = Served(self.city, *self.at)
        try:
            self.asked += 1
            status, answer = served.ask(method, path, served.token(rest[1]), body or None,
                                        key=f"journey-{self.asked}")
        finally:
            served.gone()
        return (0 if status < 300 else status), json.loads(answer or "null"), answer

    def expect(self, step, code, document, said):
        """Holds what came against the lines below the step."""
        below = [(number, line) for number, line in step.below
                 if line.strip() and not line.startswith(("send ", "#"))]
        wanted = [line for _, line in below if line.startswith(("exit ", "status "))]
        if not wanted and code != 0:
            self.miss("success", f"{code}: {said.strip() or document}")
        for self.number, line in below:
            # A value may hold a $ that is no name; names stand in expectations, too.
            left, _, right = self.filled(line).partition(" = ")
            if line.startswith(("exit ", "status ")):
                if str(code) != line.split()[1]:
                    self.miss(line, f"{code}: {said.strip()}")
            elif line.startswith("says "):
                if left[5:] not in said:
                    self.miss(f"the words “{left[5:]}”", said.strip())
            elif left.startswith("$."):
                self.compare(left, right, document)
            elif right.startswith("$.") and left.isupper():
                self.known[left] = as_text(self.part(document, right))
            else:
                self.miss("exit, status, says, $.member = value or NAME = $.member", line)
            self.counted += 1

    def compare(self, left, right, document):
        """One `$.member = value`, or `$.member has value`."""
        if " has " in left:
            path, _, wanted = left.partition(" has ")
            value = self.part(document, path)
            if wanted not in [as_text(each) for each in value]:
                self.miss(left, as_text(value))
            return
        value = self.part(document, left)
        if not is_same(value, right):
            self.miss(f"{left} = {right}", as_text(value))

    def part(self, document, path):
        """What a path names; a path that leads nowhere is a miss."""
        try:
            return pick(document, path[1:])
        except (LookupError, TypeError) as wrong:
            return self.miss(path, f"{wrong!r} in {json.dumps(document, ensure_ascii=False)}")

    def bank(self, text, step):
        """bank answers FILE as NAME: what the bank sends back on a bank file."""
        found = re.fullmatch(r"bank answers (\S+) as (\S+):", text)
        if not found:
            self.miss("bank answers FILE as NAME:", text)
        sent = pathlib.Path(found[1]).read_bytes().decode("gb18030")
        self.files[pathlib.Path(found[1]).name] = sent
        rules = {}
        for self.number, line in step.below:
            name, code, said, *changes = self.filled(line).split()
            rules[name] = (code, said, dict(zip(changes[::2], changes[1::2])))
        rows, met = [], {"everybody"}
        for line in sent.splitlines():
            cells = line.split("|")
            if not cells[0].isdigit():
                continue
            row = dict(zip(("row", "reference", "account", "name", "amount"), cells))
            name = row["name"]
            met.add(name)
            code, said, changes = rules.get(name) or rules.get("everybody", (None, "", {}))
            if code:
                row.update(changes)
                rows.append("|".join([*row.values(), code, said]))
        if not set(rules) <= met or not rows:
            self.miss("names that the bank file holds", str(sorted(set(rules) - met)))
        self.put(found[2], bank_answer(rows), "gb18030")
