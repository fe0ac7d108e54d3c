#!/usr/bin/env python3
"""Goal: tools/calendar_days.py keeps exactly the days that differ from Monday to Friday.
Method: two small announcements and the whole table they must give; one that contradicts itself.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parent / "calendar_days.py"


def day(date, off):
    """A day as announced."""
    return {"name": "节", "date": date, "isOffDay": off}


def run(announcements):
    """The tool on announcements by year: (exit code, what it said, the file or None)."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for year, (papers, days) in announcements.items():
            text = json.dumps({"year": year, "papers": papers, "days": days})
            (root / f"{year}.json").write_text(text, encoding="utf-8")
        (root / "schema.json").write_text("not an announcement", encoding="utf-8")
        done = subprocess.run([sys.executable, TOOL, root, root / "out.cpp"], capture_output=True,
                              text=True, check=False)
        out = root / "out.cpp"
        written = out.read_text(encoding="utf-8") if out.exists() else None
        return done.returncode, done.stderr, written


class CalendarDaysTest(unittest.TestCase):
    def test_days(self):
        code, said, written = run({
            2026: (["https://www.gov.cn/a"], [
                day("2025-12-28", False),  # a Sunday of the year before: make-up
                day("2026-01-01", True),   # a Thursday: off
                day("2026-01-03", True),   # a Saturday: off anyway
                day("2026-01-04", False),  # a Sunday: make-up
                day("2026-01-05", False),  # a Monday: work anyway
                *[day(f"2026-06-{date:02}", True) for date in range(1, 20)],
            ]),
            2027: ([], []),  # not announced
        })
        self.assertEqual((code, said), (0, ""))
        table = written[written.index("kYears[] = {\n"):written.index("    };\n")]
        self.assertEqual(table, """kYears[] = {
        {2025, false,
         "",
         "1228"},
        {2026, true,
         "0101 0601 0602 0603 0604 0605 0608 0609 0610 0611 0612 0615 0616 0617 "
         "0618 0619",
         "0104"},
""")

    def test_contradiction(self):
        code, said, written = run({
            2026: (["a"], [day("2026-12-31", True)]),
            2027: (["b"], [day("2026-12-31", False)]),
        })
        self.assertEqual((code, written), (1, None))
        self.assertIn("2027.json: 2026-12-31 is announced twice, and differently", said)


if __name__ == "__main__":
    unittest.main()
