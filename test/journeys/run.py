#!/usr/bin/env python3
"""Walks every journey of this folder with the real program, on SQLite and on PostgreSQL, and then
searches the database for the people of the journey.

    run.py FENMING [JOURNEY …]
"""
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from city import City  # noqa: E402
from journey import Missed, Walk  # noqa: E402
from leaks import People, leaks  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
CHOSEN = [pathlib.Path(name) for name in sys.argv[2:]] or sorted(HERE.glob("*.journey"))
KINDS = ("sqlite", "postgres")


class Journeys(unittest.TestCase):
    """One test for each journey and database; they are added below."""


def add(path, kind):
    """The test of a journey on a kind of database."""
    def walk(self):
        city = City(PROGRAM, kind, "journey")
        self.addCleanup(city.gone)
        journey = Walk(city, path)
        journey.go()
        self.assertGreater(journey.counted, 10, "a journey that expects nothing proves nothing")
        people = People()
        for text in journey.files.values():
            people.add_roster(text)
            people.add_bank_file(text)
        if people.names:
            found, cells = leaks(city, people, [*journey.files, "sent"])
            self.assertGreater(cells, 1000)
            self.assertEqual(found, set(), "somebody of the journey stands in clear")
    setattr(Journeys, f"test_{path.stem.replace('-', '_')}_on_{kind}", walk)


for each in CHOSEN:
    for one in KINDS:
        add(each, one)


class TheRunner(unittest.TestCase):
    """What is not met is said, with the line, what was expected and what was got."""

    CASES = (
        ("$ fenming key list\n    $.keys.length = 7\n", ":2: expected $.keys.length = 7, got "),
        ("$ fenming key list\n    $.keys[kind=none].id = 1\n", ":2: expected $.keys[kind=none]."),
        ("$ fenming key list\n    $.keys has none\n", ":2: expected $.keys has none, got ["),
        ("$ fenming key list\n    exit 1\n", ":2: expected exit 1, got 0"),
        ("$ fenming key list\n    says no such word\n", ":2: expected the words “no such word”"),
        ("$ fenming key list\n    keys = 7\n", ":2: expected exit, status, says, "),
        ("$ fenming validate x\n", ":1: expected success, got 1"),
        ("$ fenming batch show $BATCH\n", ":1: expected $BATCH to be bound above"),
        ("sing a song\n", ":1: expected a step, got sing a song"),
        ("> GET /healthz\n", ":1: expected METHOD PATH --as USER"),
    )

    def test_a_missed_line_is_named(self):
        city = City(PROGRAM, "sqlite", "runner")
        self.addCleanup(city.gone)
        city.json("migrate")
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "a.journey"
            for text, said in self.CASES:
                path.write_text(text, encoding="utf-8")
                with self.assertRaises(Missed, msg=text) as missed:
                    Walk(city, path).go()
                self.assertIn("a.journey" + said, str(missed.exception))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
