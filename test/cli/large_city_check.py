#!/usr/bin/env python3
"""A large city for the soak: a year of 60,000 people by orders on the road, then the proof of all.

    large_city_check.py FENMING

FENMING_CITY_PEOPLE and FENMING_CITY_MONTHS make it another size.
"""
import os
import pathlib
import sys
import time
import unittest

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from city import City  # noqa: E402

PEOPLE = os.environ.get("FENMING_CITY_PEOPLE", "60000")
MONTHS = os.environ.get("FENMING_CITY_MONTHS", "12")


class LargeCity(unittest.TestCase):
    def a_year_and_its_proof(self, kind):
        city = City(PROGRAM, kind, "large")
        self.addCleanup(city.gone)
        begun = time.monotonic()
        made = city.json("demo", "--people", PEOPLE, "--months", MONTHS)
        middle = time.monotonic()
        proof = city.json("verify")
        print(f"{kind}: {made['lines']} lines in {middle - begun:.0f} s, "
              f"verify in {time.monotonic() - middle:.0f} s", flush=True)
        self.assertGreaterEqual(made["lines"], int(PEOPLE) * int(MONTHS))
        self.assertTrue(proof["ok"], proof)

    def test_sqlite(self):
        self.a_year_and_its_proof("sqlite")

    def test_postgres(self):
        self.a_year_and_its_proof("postgres")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
