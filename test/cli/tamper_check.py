#!/usr/bin/env python3
"""Goal: whoever writes into the database beside the program gains nothing unnoticed: the database
refuses it, or `verify` names it (S2, S8). The real program, a demo city, both databases; each deed
of the table is done to a copy of the city.

    tamper_check.py FENMING
"""
import json
import pathlib
import sqlite3
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from city import City, Served  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()

# What the deeds name in braces: queries whose first cell it is. {line0}, {line1} … are paid lines.
FACTS = {
    "draft": "SELECT MAX(id) FROM batch WHERE state = 'draft'",
    "draft_line": "SELECT MAX(id) FROM payment_line WHERE batch_id = (SELECT MAX(id) FROM batch "
                  "WHERE state = 'draft')",
    "batch": "SELECT MAX(id) FROM batch WHERE state = 'approved'",
    "one": "SELECT MIN(id) FROM payee_account",
    "two": "SELECT MAX(id) FROM payee_account",
    "three": "SELECT id FROM payee_account ORDER BY id LIMIT 1 OFFSET 1",
    "four": "SELECT id FROM payee_account ORDER BY id LIMIT 1 OFFSET 2",
    "person": "SELECT MIN(id) FROM person",
    "approver": "SELECT id FROM account WHERE login = 'approve'",
    "town": "SELECT id FROM account WHERE login = 'town'",
    "grant": "SELECT g.id FROM role_grant g JOIN account a ON a.id = g.account_id "
             "WHERE a.login = 'town'",
    "office": "SELECT MAX(id) FROM office",
    "entry": "SELECT MAX(id) FROM journal_entry",
    "early_entry": "SELECT MIN(id) FROM journal_entry WHERE kind = 'freeze'",
    "allotment": "SELECT MIN(allotment_id) FROM allotment_balance WHERE disbursed_fen > 0",
    "hold": "SELECT MAX(id) FROM hold",
    "file": "SELECT MAX(id) FROM bank_file",
    "event": "SELECT MAX(id) FROM line_event",
    "act": "SELECT MAX(id) FROM case_act",
    "case": "SELECT MIN(id) FROM work_case",
    "link": "SELECT MAX(order_id) FROM trail WHERE pen = 990108000000",
    "place": "SELECT CAST(pen AS TEXT) || '/' || CAST(seq AS TEXT) FROM trail WHERE order_id = "
             "(SELECT MAX(order_id) FROM trail WHERE pen = 990108000000)",
    "digests": "SELECT MAX(order_id) FROM trail WHERE pen = 990107000000",
    "gone": "SELECT MAX(order_id) FROM trail WHERE pen = 990106000000",
    "hundredth": "SELECT MIN(order_id) FROM (SELECT order_id FROM trail ORDER BY order_id DESC "
                 "LIMIT 100) AS newest",
    "programme": "SELECT MIN(id) FROM programme",
    "code": "SELECT MIN(id) FROM bank_code WHERE outcome <> 'paid'",
    "document": "SELECT MIN(document_id) FROM document_item",
}
LINES = ("SELECT l.id FROM payment_line l JOIN batch b ON b.id = l.batch_id WHERE b.state = "
         "'closed' AND l.state = 'paid' ORDER BY l.id")
LINKS = "rows_match_their_links"
MACS = "sign_in_rows_bear_their_mac"
SWAP = ("CREATE TEMP TABLE swapped AS SELECT id, account, account_index FROM payee_account "
        "WHERE id IN ({one}, {two});"
        "UPDATE payee_account SET account = (SELECT s.account FROM swapped s WHERE s.id <> "
        "payee_account.id), account_index = (SELECT s.account_index FROM swapped s WHERE s.id <> "
        "payee_account.id) WHERE id IN ({one}, {two})")
SESSION = ("INSERT INTO session (token_mac, account_id, channel, created_ms, last_seen_ms, "
           "expires_ms, stepped_up_ms, stepped_for, mac) VALUES ({zeros}, {approver}, 'web', 1, 1, "
           "9999999999999, 9999999999999, {zeros}, {zeros})")
GRANT = ("INSERT INTO role_grant (id, account_id, role, area, county, valid_from, valid_to, state, "
         "proposed_by_staff, confirmed_by_staff, founding, decided_ms, order_id, mac) SELECT 7, "
         "{town}, 'approve', area, county, valid_from, valid_to, state, proposed_by_staff, "
         "confirmed_by_staff, founding, decided_ms, order_id, mac FROM role_grant "
         "WHERE id = {grant}")
PARAMETER = ("INSERT INTO parameter (id, name, programme, area, value, valid_from, valid_to, "
             "document_id, known_from, known_to, order_id) VALUES (7, 'disbursement.mode', '', "
             "990100000000, 'card', '2020-01-01', '', 1, 1, 0, {link})")
LINE = ("INSERT INTO payment_line (id, batch_id, ordinal, area, county, person_id, account_id, "
        "fen, reference, corrects_line, attempt, order_id, state, from_fen) SELECT 7, batch_id, "
        "999, area, county, person_id, account_id, fen, 'X', 0, 0, order_id, state, from_fen "
        "FROM payment_line WHERE id = {line6}")

# A deed, its SQL, and what verify says: invariant, table, key.
DEEDS = (
    ("an amount of a paid line", "UPDATE payment_line SET fen = fen + 1 WHERE id = {line0}",
     (LINKS + " payment_line {line0}",)),
    ("an amount of a draft, with its sum", "UPDATE payment_line SET fen = fen + 1 WHERE id = "
     "{draft_line}; UPDATE batch SET total_fen = total_fen + 1 WHERE id = {draft}",
     (LINKS + " payment_line {draft_line}", LINKS + " batch {draft}")),
    ("another person's account on a line",
     "UPDATE payment_line SET account_id = {one} WHERE id = {line1}",
     (LINKS + " payment_line {line1}",)),
    ("a line deleted", "DELETE FROM payment_line WHERE id = {line2}",
     (LINKS + " payment_line {line2}",)),
    ("a line put in", LINE, (LINKS + " payment_line 7",)),
    ("a line ready once more", "UPDATE payment_line SET state = 'ready' WHERE id = {line3}",
     ("line_state_follows_events payment_line {line3}",)),
    ("a claim set free", "UPDATE claim SET live_line = 0 WHERE live_line = {line4}",
     ("no_claim_paid_twice payment_line {line4}",)),
    ("a claim deleted", "DELETE FROM claim WHERE live_line = {line5}",
     ("no_claim_paid_twice payment_line {line5}",)),
    ("a claim invented", "INSERT INTO claim SELECT person_key, programme, '2031-01', kind, cause, "
     "'2031-01-01', '2031-01-31', live_line FROM claim WHERE live_line = {line6}",
     ("claims_are_their_lines payment_line {line6}",)),
    ("a batch sent on by hand", "UPDATE batch SET state = 'vouchered' WHERE id = {batch}",
     (LINKS + " batch {batch}",)),
    ("two accounts swapped", SWAP,
     (LINKS + " payee_account {one}", LINKS + " payee_account {two}")),
    ("a payee's account", "UPDATE payee_account SET account = {zeros} WHERE id = {three}",
     (LINKS + " payee_account {three}",)),
    ("whose account it is", "UPDATE payee_account SET person_id = person_id + 1 WHERE id = {four}",
     (LINKS + " payee_account {four}",)),
    ("a name", "UPDATE person SET name = {zeros} WHERE id = {person}",
     (LINKS + " person {person}",)),
    ("a session put in", SESSION, (MACS + " session 0000000000000000",)),
    ("a password", "UPDATE account SET password = (SELECT o.password FROM account o WHERE o.id = "
     "{town}) WHERE id = {approver}",
     (LINKS + " account {approver}", MACS + " account {approver}")),
    ("a role", "UPDATE role_grant SET role = 'approve' WHERE id = {grant}",
     (LINKS + " role_grant {grant}", MACS + " role_grant {grant}")),
    ("a role put in", GRANT, (LINKS + " role_grant 7", MACS + " role_grant 7")),
    ("an office's area", "UPDATE office SET area = 0 WHERE id = {office}",
     (LINKS + " office {office}",)),
    ("a parameter put in", PARAMETER, (LINKS + " parameter 7",)),
    ("a bank's code", "UPDATE bank_code SET outcome = 'paid' WHERE id = {code}",
     (LINKS + " bank_code {code}",)),
    ("a programme's name", "UPDATE programme SET name_zh = 'X' WHERE id = {programme}",
     (LINKS + " programme {programme}",)),
    ("a balance", "UPDATE allotment_balance SET available_fen = available_fen + 1, disbursed_fen = "
     "disbursed_fen - 1 WHERE allotment_id = {allotment}",
     ("balances_are_journal_sums allotment_balance {allotment}",)),
    ("a document's item", "UPDATE document_item SET fen = fen + 1 WHERE document_id = {document} "
     "AND ordinal = 1", (LINKS + " document_item {document}/1",)),
    ("a case", "UPDATE work_case SET state = 'open' WHERE id = {case}",
     (LINKS + " work_case {case}",)),
)
# Of append-only tables: refused by the database, and named when its triggers were taken away.
LOCKED = (
    ("a leg of the journal",
     "UPDATE journal_leg SET fen = fen + 1 WHERE entry_id = {early_entry} AND ordinal = 1",
     (LINKS + " journal_leg {early_entry}/1", "running_sums_follow journal_leg {early_entry},1",
      "entries_balance journal_entry {early_entry}")),
    ("an entry deleted", "DELETE FROM journal_leg WHERE entry_id = {entry};"
     "DELETE FROM journal_entry WHERE id = {entry}",
     (LINKS + " journal_leg {entry}/1", LINKS + " journal_entry {entry}")),
    ("an allotment", "UPDATE allotment SET initial_fen = initial_fen + 1 WHERE id = {allotment}",
     (LINKS + " allotment {allotment}",)),
    ("a hold", "UPDATE hold SET fen = fen + 1 WHERE id = {hold}", (LINKS + " hold {hold}",)),
    ("an event of a line", "UPDATE line_event SET event = 'returned' WHERE id = {event}",
     (LINKS + " line_event {event}",)),
    ("who acted", "UPDATE case_act SET staff_id = 7 WHERE id = {act}",
     (LINKS + " case_act {act}",)),
    ("a bank file", "UPDATE bank_file SET total_fen = 1 WHERE id = {file}",
     (LINKS + " bank_file {file}",)),
    ("who gave an order", "UPDATE trail SET staff_id = 7 WHERE order_id = {link}",
     (LINKS + " trail {place}",)),
    ("a digest", "UPDATE trail_rows SET entries = {zeros} WHERE order_id = {digests}",
     (LINKS + " trail_rows {digests}",)),
    ("a link cut out", "DELETE FROM trail WHERE order_id = {gone}", ("anchor behind",)),
)


def named(report):
    """What a report names, as "invariant table key", and how the anchor stands."""
    found = {f"{i['name']} {row['table']} {row['key']}" for i in report["invariants"]
             for row in i["rows"]}
    if report["anchor"]["standing"] != "level":
        found.add("anchor " + report["anchor"]["standing"])
    return found


class Tampering:
    """What both databases must show."""

    kind = ""

    @classmethod
    def setUpClass(cls):
        cls.city = City(PROGRAM, cls.kind, "tamper")
        cls.city.json("demo", "--people", "200", "--months", "1")
        assert named(cls.city.json("verify")) == set(), "a city that nobody touched is whole"
        cls.facts = {name: cls.city.rows(query)[0][0] for name, query in FACTS.items()}
        cls.facts.update({f"line{n}": row[0] for n, row in enumerate(cls.city.rows(LINES))})
        cls.facts["zeros"] = {"sqlite": "x'%s'", "postgres": "'\\x%s'"}[cls.kind] % ("00" * 32)

    @classmethod
    def tearDownClass(cls):
        cls.city.gone()

    def copy(self, label="tampered"):
        """A city that may be spoilt."""
        other = self.city.copy(label)
        self.addCleanup(other.gone)
        return other

    def spoil(self, deeds, unlocked=False):
        """All deeds to one copy of the city: each must be named."""
        other = self.copy()
        for _, sql, _ in deeds:
            other.behind_the_back(sql.format(**self.facts), unlocked)
        report = other.json("verify", code=1)
        self.assertFalse(report["ok"])
        found = named(report)
        for deed, _, expected in deeds:
            with self.subTest(deed):
                self.assertLessEqual({each.format(**self.facts) for each in expected}, found)

    def test_every_deed_is_named(self):
        self.spoil(DEEDS)

    def test_append_only_tables_refuse(self):
        for deed, sql, _ in LOCKED:
            with self.subTest(deed), self.assertRaisesRegex(sqlite3.DatabaseError, "append-only"):
                self.city.behind_the_back(sql.format(**self.facts))

    def test_append_only_tables_without_their_triggers_are_named(self):
        self.spoil(LOCKED, unlocked=True)

    def test_the_last_hundred_links_are_missed(self):
        self.spoil([("cut", "DELETE FROM trail WHERE order_id >= {hundredth};"
                     "DELETE FROM trail_rows WHERE order_id >= {hundredth}", ("anchor behind",))],
                   unlocked=True)

    def test_yesterdays_database_is_not_taken_for_todays(self):
        today = self.copy()
        yesterday = today.copy("yesterday")
        self.addCleanup(yesterday.gone)
        batch = today.json("batch", "list", "--state", "draft", "--as", "county")["batches"][0]
        today.json("batch", "check", batch["id"], "--as", "town")
        today.put_back(yesterday)
        # It stays so, however often somebody looks: looking writes no checkpoint.
        for _ in range(2):
            report = today.json("verify", code=1)
            self.assertFalse(report["ok"])
            self.assertEqual(named(report), {"anchor behind"})
        refused = today.json("batch", "check", batch["id"], "--as", "town", code=1)
        self.assertEqual(refused["code"], "road.recovering")
        served = Served(today)
        try:
            _, text = served.ask("get", "/healthz")
        finally:
            served.gone()
        self.assertEqual(json.loads(text)["status"], "recovering")

    def test_the_mark_of_a_demo_cannot_be_put_on_a_bureau(self):
        bureau = City(PROGRAM, self.kind, "bureau")
        self.addCleanup(bureau.gone)
        bureau.json("migrate")
        self.assertEqual(bureau.json("job", "list", "--as", "x", code=1)["code"],
                         "access.as_only_in_demo")
        bureau.behind_the_back("INSERT INTO meta (key, value) VALUES ('demo', '1')")
        for words in (("job", "list", "--as", "x"), ("verify",)):
            self.assertEqual(bureau.json(*words, code=1)["code"], "access.demo_mark_forged")
        # Nor does the mark of another city serve.
        for key, value in self.city.rows("SELECT key, value FROM meta WHERE key LIKE 'demo%'"):
            bureau.behind_the_back(f"DELETE FROM meta WHERE key = '{key}';"
                                   f"INSERT INTO meta (key, value) VALUES ('{key}', '{value}')")
        self.assertEqual(bureau.json("verify", code=1)["code"], "access.demo_mark_forged")


class OnSqlite(Tampering, unittest.TestCase):
    kind = "sqlite"


class OnPostgres(Tampering, unittest.TestCase):
    kind = "postgres"


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
