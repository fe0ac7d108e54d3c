#!/usr/bin/env python3
"""Goal: names, identity, account and telephone numbers stand nowhere in clear: in no column of no
table, in no log, anchor, or file beside the database (S3, S9). A demo city that was worked in by
the command line and over HTTP, with people in every place where somebody may type them, on both
databases. That the search can fail is shown with a planted name.

    privacy.py FENMING
"""
import json
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from city import City, Served, bank_answer  # noqa: E402
from leaks import People, leaks  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
GIVEN = ("sent", "handed-in", "planted")  # what somebody was given, or handed in
# Somebody whom nobody registers: he is only ever typed.
NAME, NUMBER = "欧阳某测", "990150196210181889"
CARD, PHONE = "6299990000202327072", "13800138642"
ROSTER = ("姓名,身份证号,银行账号,金额(元),备注\n"
          f"{NAME},{NUMBER},{CARD},385.00,{NAME}的电话{PHONE}\n"
          f"{NAME},{NUMBER[:17]}8,{CARD},1O0,{PHONE}\n")


class Privacy:
    """What both databases must show."""

    kind = ""

    @classmethod
    def setUpClass(cls):
        cls.city = City(PROGRAM, cls.kind, "privacy")
        cls.city.json("demo", "--people", "300", "--months", "2")
        (cls.city.folder / "handed-in").mkdir()
        cls.people = People()
        cls.people.add(NAME, NUMBER, CARD, PHONE)
        cls.sent()
        cls.by_hand()
        cls.over_http()

    @classmethod
    def tearDownClass(cls):
        cls.city.gone()

    @classmethod
    def batches(cls, state):
        """Those in a state, the largest first."""
        found = cls.city.json("batch", "list", "--state", state, "--limit", "500", "--as", "audit")
        return sorted(found["batches"], key=lambda batch: -batch["lines"])

    @classmethod
    def sent(cls):
        """The people of the demo, as its bank files name them."""
        for batch in cls.batches("closed")[:12] + cls.batches("sent")[:2]:
            made = cls.city.json("bank", "file", batch["id"], "--out", f"{cls.city.folder}/sent",
                                 "--as", "release")["files"][0]
            cls.last_sent = pathlib.Path(made["path"]).read_bytes().decode("gb18030")
            cls.people.add_bank_file(cls.last_sent)

    @classmethod
    def by_hand(cls):
        """People in rosters, faults, comments, reasons and a bank's answer."""
        roster = cls.city.folder / "handed-in/roster.csv"
        roster.write_text(ROSTER, encoding="utf-8")
        batch = ["--programme", "rural-dibao", "--area", "990101000000", "--period", "2026-12"]
        cls.city.json("batch", "import", str(roster), *batch, "--as", "county", code=1)
        cls.city.json("batch", "import", str(roster), *batch, "--accept-good", "--register",
                      "--as", "county", code=1)
        said = f"{NAME}（{NUMBER}）电话{PHONE}，卡号{CARD}"
        submitted = cls.batches("submitted")[0]["id"]
        cls.city.json("batch", "review", submitted, "--send-back", "--comment", said, "--as",
                      "review")
        answer = cls.city.folder / "handed-in/answer.txt"
        failed = [line + "|3018|" + said for line in cls.last_sent.splitlines()
                  if line.split("|")[0].isdigit()]
        answer.write_bytes(bank_answer(failed).encode("gb18030"))
        # Everything failed: it is held, and a second person accepts it.
        posted = cls.city.json("bank", "return", str(answer), "--as", "finance", code=1)
        area = cls.city.json("batch", "show", posted["batch"], "--as", "finance")["area"]
        cls.city.json("bank", "return", str(answer), "--accept-failures", "--as",
                      "finance." + area[:6])
        cls.city.json("batch", "confirm", posted["batch"], "--basis", "bank_letter", "--reason",
                      said, "--as", "release")
        # A row that fits nothing, beside one that does: a file of such rows alone is refused.
        odd = f"1|{NAME}|{CARD}|{NAME}|385.00|0000|{said}"
        answer.write_bytes(bank_answer([failed[0], odd]).encode("gb18030"))
        cls.odd = cls.city.json("bank", "return", str(answer), "--batch", posted["batch"], "--as",
                                "finance")
        cls.city.run("login", NAME, "--password-file", str(roster))
        cls.city.json("verify", "--as", "audit")

    @classmethod
    def over_http(cls):
        """Pages, lists and look-ups; numbers where they do not belong, too."""
        served = Served(cls.city)
        try:
            county, town = served.token("county"), served.token("town")
            for path in ("/", "/?lang=en", f"/?q={NUMBER}", f"/{PHONE}", f"/api/v1/{CARD}",
                         f"/api/v1/registry/persons/{NUMBER}", "/api/v1/registry/persons?limit=500",
                         "/api/v1/batches", "/api/v1/bank-exceptions", "/api/v1/workflow/inbox",
                         "/api/v1/jobs", f"/api/v1/batches?area={NUMBER}", "/api/v1/me"):
                served.ask("get", path, county)
            look = "/api/v1/registry/look-up"
            place = {"area": "990100000000", "purpose": "other", "reason": f"{NAME}来电{PHONE}"}
            cls.look = [served.ask("post", look, town, {**place, "id_number": NUMBER}, key="a"),
                        served.ask("post", look, town, {**place, "name": NAME,
                                                        "birth_date": "1962-10-18"}, key="b")]
            served.ask("post", look, town, {"area": NUMBER, NAME: PHONE, "reason": CARD},
                       key=NUMBER)
            served.ask("post", "/api/v1/session", body={"login": NUMBER, "password": NAME})
            served.ask("post", "/api/v1/session", body=f"{NAME} {NUMBER}", kind="text/plain")
            _, listed = served.ask("get", "/api/v1/registry/persons?limit=20", county)
            for person in json.loads(listed)["items"]:
                status, text = served.ask("post", "/api/v1/registry/unmask", county,
                                          {"person_id": person["id"], "reason": f"查{NAME}",
                                           "purpose": "other"}, key=person["id"])
                assert status == 200, text
                clear = json.loads(text)
                cls.people.add(clear["name"], clear["id_number"])
        finally:
            served.gone()

    def test_1_many_people_were_looked_for(self):
        self.assertGreater(len(self.people.names), 60)
        self.assertGreater(len(self.people.numbers), 80)
        self.assertEqual(self.odd["counts"]["unmatched"]["count"], 1)
        self.assertEqual([status for status, _ in self.look], [200, 200])

    def test_2_nobody_stands_anywhere_in_clear(self):
        found, cells = leaks(self.city, self.people, GIVEN)
        self.assertGreater(cells, 50_000)
        self.assertEqual(found, set())

    def test_3_the_search_finds_a_planted_name_and_number(self):
        someone = sorted(self.people.names)[0]
        self.city.behind_the_back(f"UPDATE job SET output = output || '{someone}{PHONE}'")
        digits = CARD.encode().hex()
        blob = {"sqlite": f"x'{digits}'", "postgres": f"'\\x{digits}'"}[self.kind]
        self.city.behind_the_back(f"UPDATE person SET phone = {blob} WHERE id = (SELECT MIN(id) "
                                  "FROM person)")
        with (self.city.folder / "log").open("a", encoding="utf-8") as log:
            log.write(f'{{"path":"/{NUMBER}"}}\n')
        found, _ = leaks(self.city, self.people, GIVEN, ("job", "person"))
        self.assertLessEqual({f"job.output: {someone}", f"job.output: {PHONE}",
                              f"person.phone: {CARD}", f"log: {NUMBER}"}, found)


class OnSqlite(Privacy, unittest.TestCase):
    kind = "sqlite"


class OnPostgres(Privacy, unittest.TestCase):
    kind = "postgres"


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
