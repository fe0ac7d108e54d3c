#!/usr/bin/env python3
"""The command line as its users have it: the real binary, real files, both databases.

    cli_check.py FENMING DOCS_CLI_MD
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from city import City, Served, bank_answer  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
MANUAL = pathlib.Path(sys.argv[2]).resolve()


def run(*arguments, stdin=None):
    """Exit code, stdout, stderr."""
    done = subprocess.run([str(PROGRAM), *arguments], input=stdin, capture_output=True, text=True,
                          check=False)
    return done.returncode, done.stdout, done.stderr


def flags_of(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


class Manual(unittest.TestCase):
    """docs/cli.md names exactly the verbs and flags that --help has."""

    def test_every_verb_and_flag(self):
        text = MANUAL.read_text(encoding="utf-8")
        section = re.compile(r"^## `fenming ([a-z -]+)`\n(.*?)(?=^## |\Z)", re.M | re.S)
        sections = dict(section.findall(text))
        self.assertGreater(len(sections), 25)
        common = flags_of(re.search(r"^## Every verb\n(.*?)^## ", text, re.M | re.S).group(1))
        for verb, body in sections.items():
            code, out, _ = run(*verb.split(), "--help")
            self.assertEqual(code, 0, verb)
            self.assertEqual(flags_of(out) - common - {"--help"}, flags_of(body) - common, verb)

    def test_no_verb_is_left_out(self):
        text = MANUAL.read_text(encoding="utf-8")
        _, out, _ = run("--help")
        for verb in re.findall(r"^  ([a-z]+) ", out.split("Subcommands:")[1], re.M):
            self.assertIn(f"`fenming {verb}", text)


    def test_who_may_do_what_is_what_the_roles_hold(self):
        roles = {}
        readme = MANUAL.parent.parent / "src/access/README.md"
        for line in readme.read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) == 6 and "." in cells[4]:
                roles[cells[1]] = cells[4].split()
        self.assertEqual(len(roles), 12)
        part = re.search(r"^## Who may do what\n(.*?)^## ", MANUAL.read_text(encoding="utf-8"),
                         re.M | re.S).group(1)
        rows = re.findall(r"^\| `(.*) \| `([a-z.]+)` \| ([a-z -]+) \|$", part, re.M)
        self.assertGreater(len(rows), 20)
        for verbs, permission, users in rows:
            holders = [role for role, held in roles.items() if permission in held]
            self.assertEqual(users.split(), holders, verbs)


class Way:
    """What both databases must show."""

    kind = ""

    @classmethod
    def setUpClass(cls):
        cls.city = City(PROGRAM, cls.kind, "cli")
        cls.made = cls.city.json("demo", "--people", "400", "--months", "2")

    @classmethod
    def tearDownClass(cls):
        cls.city.gone()

    def broken(self):
        return [i for i in self.city.json("verify", code=1)["invariants"] if i["broken"]]

    def test_1_the_demo_holds(self):
        self.assertTrue(self.made["synthetic"])
        self.assertEqual(self.made["lines"], 800)
        report = self.city.json("verify")
        self.assertTrue(report["ok"])
        self.assertEqual(report["anchor"]["standing"], "level")

    def our_balances(self):
        """Every bucket of every line of money that is not empty, in fen, as the API has them."""
        served = Served(self.city)
        try:
            token, found, path = served.token("audit"), {}, "/api/v1/ledger/allotments?limit=500"
            status, text = served.ask("get", path, token)
            self.assertEqual(status, 200, text)
            for line in json.loads(text)["items"]:
                buckets = {name: line[name + "_fen"]
                           for name in ("available", "allocated", "frozen", "disbursed")}
                buckets["issued"] = -line["total_fen"]
                found.update({f"allotment:{line['id']}:{name}": fen
                              for name, fen in buckets.items() if fen})
            return found
        finally:
            served.gone()

    def test_2_hledger_and_ledger_agree_to_the_fen(self):
        ours = self.our_balances()
        self.assertGreater(len(ours), 200)
        self.assertEqual(sum(fen for name, fen in ours.items() if name.endswith(":disbursed")),
                         self.made["paid_fen"])
        balances = {"hledger": ["balance", "-N", "--flat", "-O", "csv"],
                    "ledger": ["--args-only", "--pedantic", "balance", "--no-total", "--flat",
                               "--format", "%(account),%(scrub(display_total))\n"]}
        for program, arguments in balances.items():
            code, journal, _ = run("export", "journal", "--format", program, *self.city.beside,
                                   "--as", "audit")
            self.assertEqual(code, 0)
            path = self.city.folder / f"journal.{program}"
            path.write_text(journal, encoding="utf-8")
            out = subprocess.run([program, "-f", str(path), *arguments], capture_output=True,
                                 text=True, check=True).stdout
            theirs = {name: int(amount.replace(",", "").replace(".", "")) for name, amount in
                      re.findall(r'"?(allotment:[^",]*)"?,"?(-?[\d,]+\.\d\d) CNY', out)}
            self.assertEqual({name: fen for name, fen in theirs.items() if fen}, ours, program)
        strict = [str(self.city.folder / "journal.hledger"), "check", "--strict"]
        self.assertEqual(subprocess.run(["hledger", "-f", *strict], check=True,
                                        capture_output=True).stdout, b"")

    def test_3_a_batch_goes_its_way_by_hand(self):
        batches = self.city.json("batch", "list", "--state", "draft", "--as", "county")["batches"]
        self.assertTrue(batches)
        batch = batches[0]["id"]
        self.city.json("batch", "check", batch, "--as", "town")
        refused = self.city.json("batch", "review", batch, "--as", "review", code=1)
        self.assertEqual(refused["code"], "disbursement.wrong_state")
        self.assertTrue(refused["mend"])
        large = next(each["id"] for each in self.city.json("batch", "list", "--as",
                                                           "county")["batches"]
                     if each["lines"] > 2)
        shown = self.city.json("batch", "lines", large, "--limit", "2", "--as", "county")["lines"]
        self.assertEqual([line["ordinal"] for line in shown], [1, 2])
        rest = self.city.json("batch", "lines", large, "--after", "1", "--state",
                              shown[1]["state"], "--as", "county")["lines"]
        self.assertEqual(rest[0], shown[1])
        gone = self.city.json("batch", "lines", "5", "--as", "town", code=1)
        self.assertEqual(gone["code"], "disbursement.batch_not_found")
        self.city.json("batch", "submit", batch, "--as", "town")
        self.city.json("batch", "review", batch, "--as", "review")
        approved = self.city.json("batch", "approve", batch, "--as", "approve")
        self.city.json("batch", "plan", batch, "--as", "finance")
        self.city.json("batch", "request", batch, "--number", "申1", "--as", "finance")
        yuan = f"{approved['total_fen'] // 100}.{approved['total_fen'] % 100:02}"
        day = subprocess.run(["date", "+%F"], capture_output=True, text=True, check=True,
                             env={**os.environ, "TZ": "Asia/Shanghai"}).stdout.strip()
        self.city.json("batch", "voucher", batch, "--number", "凭1", "--day", day, "--amount", yuan,
                       "--as", "finance")
        out = str(self.city.folder / "bank")
        made = self.city.json("bank", "file", batch, "--out", out, "--as", "release")["files"][0]
        again = self.city.json("bank", "file", batch, "--out", out, "--as", "release")["files"][0]
        self.assertEqual(made["sha256"], again["sha256"])
        self.assertTrue(again["made_before"])
        sent = pathlib.Path(made["path"]).read_bytes().decode("gb18030").splitlines()
        answer = self.city.folder / "answer.txt"
        rows = [line + "|0000|ok" for line in sent if line.split("|")[0].isdigit()]
        whole = bank_answer(rows)
        # Cut short, it is refused with nothing booked.
        answer.write_bytes("\r\n".join(rows + [""]).encode("gb18030"))
        cut = self.city.json("bank", "return", str(answer), "--as", "finance", code=1)
        self.assertEqual(cut["code"], "sheet.trailer_missing")
        answer.write_bytes(whole.replace(rows[0] + "\r\n", "").encode("gb18030"))
        cut = self.city.json("bank", "return", str(answer), "--as", "finance", code=1)
        self.assertEqual(cut["code"], "sheet.trailer_differs")
        self.assertIn(str(made["lines"]), cut["detail"])
        answer.write_bytes(whole.encode("gb18030"))
        back = self.city.json("bank", "return", str(answer), "--as", "finance")
        self.assertEqual(back["counts"]["paid"]["count"], made["lines"])
        self.assertEqual(back["state"], "answered")
        self.city.json("batch", "close", batch, "--as", "finance")
        self.assertEqual(self.city.json("batch", "show", batch, "--as", "audit")["state"], "closed")

    def test_4_values_are_validated(self):
        code, out, _ = run("validate", "id-number",
                           stdin="11010519491231002X\n110105194912310021\n")
        self.assertEqual(code, 1)
        first, second = [json.loads(line) for line in out.splitlines()]
        self.assertTrue(first["valid"])
        self.assertFalse(second["valid"])
        self.assertTrue(second["reason"])

    def test_5_as_is_for_demos_and_usage_is_2(self):
        self.assertEqual(run("sing")[0], 2)
        folder = tempfile.mkdtemp(prefix="fenming-cli-")
        try:
            db = ["--db", f"sqlite:{folder}/real.db", "--json"]
            self.assertEqual(run("migrate", *db)[0], 0)
            code, out, _ = run("job", "list", "--as", "town", *db)
            self.assertEqual((code, json.loads(out)["code"]), (1, "access.as_only_in_demo"))
            code, out, _ = run("migrate", *db, "--at", "2026-01-01")
            self.assertEqual((code, json.loads(out)["code"]), (1, "cli.at_only_in_demo"))
        finally:
            shutil.rmtree(folder)

    def test_6_every_refusal_of_the_command_line(self):
        folder = self.city.folder
        other = folder / "other.csv"
        other.write_text("not a key", encoding="utf-8")
        real = ["--db", f"sqlite:{folder}/real.db", "--json"]
        self.assertEqual(run("migrate", *real)[0], 0)
        key = subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt",
                              "ec_paramgen_curve:SM2"], check=True, capture_output=True).stdout
        (folder / "to.pem").write_bytes(subprocess.run(["openssl", "pkey", "-pubout"], input=key,
                                                       check=True, capture_output=True).stdout)
        sealed = ["key", "export", "--to", f"{folder}/to.pem", "--out", f"{folder}/sealed", *real]
        if not (folder / "sealed").exists():
            self.assertEqual(run(*sealed)[0], 0)
        cases = [
            ("cli.file_exists", sealed),
            ("cli.not_an_id", ["batch", "show", "x", *self.city.beside, "--as", "audit"]),
            ("cli.no_such_word", ["batch", "sent-back", "5", "--reason", "x", *self.city.beside,
                                  "--as", "finance"]),
            ("cli.no_such_word", ["batch", "list", "--state", "nonsense", *self.city.beside,
                                  "--as", "county"]),
            ("cli.no_database", ["verify", "--db", f"sqlite:{folder}/mistyped.db"]),
            ("cli.no_such_office", ["user", "add", "zhou", "--name", "周七", "--office", "none",
                                    "--password-file", str(other), *self.city.beside,
                                    "--as", "admin-account"]),
            ("cli.no_such_user", ["user", "confirm", "nobody", *self.city.beside,
                                  "--as", "admin-permission"]),
            ("policy.unknown_parameter", ["param", "list", "--name", "x", *self.city.beside,
                                          "--as", "section"]),
            ("access.not_here", ["opening", "show", "5", *self.city.beside, "--as", "audit"]),
            ("road.no_such_job", ["job", "cancel", "5", *self.city.beside, "--as", "audit"]),
            ("cli.no_file", ["bank", "return", f"{folder}/none", *self.city.beside,
                             "--as", "finance"]),
            ("cli.no_such_format", ["export", "journal", "--format", "x", *self.city.beside,
                                    "--as", "audit"]),
            ("cli.no_such_kind", ["validate", "x"]),
            ("cli.no_debit", ["batch", "confirm", "5", "--basis", "statement", "--reason", "x",
                              *self.city.beside, "--as", "approve"]),
            ("cli.sign_in_first", ["batch", "check", "5", *real]),
            ("cli.not_a_public_key", ["key", "export", "--to", str(other), "--out",
                                      f"{folder}/other.sealed", *real]),
            ("cli.no_keys", ["job", "list", *real, "--keys", f"{folder}/nowhere.keys"]),
            ("cli.database_exists", ["demo", *real]),
            ("cli.not_a_city", ["demo", "--area", "150822000000", "--db",
                                f"sqlite:{folder}/county.db"]),
            ("crypto.key_file_exists", ["key", "init", *real]),
        ]
        for code, arguments in cases:
            got, out, err = run(*arguments, "--json", "--lang", "en")
            self.assertEqual((got, json.loads(out)["code"]), (1, code), err)
            self.assertTrue(json.loads(out)["mend"], code)
        self.assertFalse([p.name for p in folder.iterdir() if p.name.startswith("mistyped")])

    def test_6f_a_document_that_waits_is_told_in_words(self):
        paper = self.city.folder / "pending.csv"
        paper.write_text("文号,年度,接收单位,金额(元),合计\n云财社〔2026〕900号,2026,云溪区,5,90\n",
                         encoding="utf-8")
        wanted = ["import", "documents", str(paper), "--area", "990100000000", "--dry-run",
                  *self.city.beside, "--as", "finance", "--json"]
        for language, differs, mend in (("en", "85.00 yuan less", "ask its issuer"),
                                        ("zh-CN", "少了 85.00 元", "更正文件")):
            code, out, err = run(*wanted, "--lang", language)
            self.assertEqual(code, 0, err)  # a mismatch is registered as pending, not refused (E22)
            document = json.loads(out)["documents"][0]
            self.assertEqual(document["verdict"], "mismatch")
            self.assertIn(differs, document["says"])
            self.assertIn(mend, document["mend"])
            self.assertIn(document["says"], err)
            self.assertIn(document["mend"], err)

    def test_6g_a_chinese_refusal_shows_no_code(self):
        batch = self.city.json("batch", "list", "--state", "draft", "--as",
                               "county")["batches"][0]["id"]
        code, _, err = run("batch", "approve", batch, *self.city.beside, "--as", "approve",
                           "--lang", "zh-CN")
        self.assertEqual(code, 1)
        self.assertIn("“草稿”", err)
        self.assertNotIn("draft", err)

    def test_6a_lists_say_when_there_is_more(self):
        _, out, err = run("batch", "list", "--limit", "1", *self.city.beside, "--json", "--lang",
                          "en", "--as", "county")
        first = json.loads(out)["batches"][0]["id"]
        self.assertIn(f"--after {first}", err)
        second = self.city.json("batch", "list", "--limit", "1", "--after", first, "--as",
                                "county")["batches"][0]["id"]
        self.assertLess(int(second), int(first))

    def test_6c_a_roster_and_a_proof_are_jobs(self):
        roster = self.city.folder / "bad.csv"
        roster.write_text("姓名,身份证号,金额\n王测一,990101195001011234,x\n", encoding="utf-8")
        report = self.city.json("batch", "import", str(roster), "--programme", "rural-dibao",
                                "--area", "990101000000", "--period", "2026-12", "--as", "county",
                                code=1)
        kind = self.city.json("batch", "import", str(roster), "--programme", "rural-dibao",
                              "--area", "990101000000", "--period", "2026-12", "--kind",
                              "correction", "--as", "county", code=1)
        self.assertEqual(kind["code"], "cli.no_such_word")
        # Its ID number fails the check digit, and its amount is none: both are told.
        self.assertEqual([e["value"] for e in report["errors"]], ["", "x"])
        self.assertTrue(all(e["mend"] for e in report["errors"]))
        job = self.city.json("job", "list", "--limit", "1", "--as", "county")["jobs"][0]
        self.assertEqual((job["kind"], job["state"]), ("disbursement.import_roster", "refused"))
        self.assertIsInstance(job["output"], dict)  # JSON, not a text of JSON
        self.assertNotIn("990101195001011234", json.dumps(job["output"]))
        self.assertEqual(self.city.json("job", "show", job["id"], "--as", "county")["id"],
                         job["id"])
        gone = self.city.json("job", "cancel", job["id"], "--as", "county", code=1)
        self.assertEqual(gone["code"], "road.no_such_job")
        self.city.json("verify", "--as", "audit")
        proof = self.city.json("job", "list", "--limit", "1", "--as", "audit")["jobs"][0]
        self.assertEqual((proof["kind"], proof["state"]), ("trail.verify", "done"))

    def test_6d_parameters_and_the_trail_are_shown(self):
        rows = self.city.json("param", "list", "--area", "990101000000", "--as",
                              "section")["parameters"]
        self.assertIn("disbursement.mode", {r["name"] for r in rows})
        refused = self.city.json("param", "set", "pay.account_change_days", "20", "--area",
                                 "990100000000", "--from", "2026-12-01", "--document", "5",
                                 "--as", "section", code=1)
        self.assertEqual(refused["code"], "policy.no_such_document")
        _, _, err = self.city.run("trail", "show", "--limit", "2", "--json", "--lang", "en",
                                  "--as", "audit")
        self.assertIn("--pen 0 --from 3", err)
        links = self.city.json("trail", "show", "--limit", "3", "--as", "audit")["links"]
        self.assertEqual(len(links), 3)
        self.assertTrue(all(link["order"] and link["at"] for link in links))
        county = self.city.json("trail", "show", "--pen", "990101000000", "--limit", "500", "--as",
                                "audit")["links"]
        self.assertEqual({link["pen"] for link in county}, {"990101000000"})
        later = self.city.json("trail", "show", "--pen", "990101000000", "--from", "2", "--limit",
                               "1", "--as", "audit")["links"]
        self.assertEqual(later[0]["seq"], 2)

    def test_6e_an_account_and_its_role_take_two_persons(self):
        (self.city.folder / "first").write_text("Kx7#mountain-first\n", encoding="utf-8")
        self.city.json("user", "add", "zhou", "--name", "周七", "--office", "bureau",
                       "--password-file", f"{self.city.folder}/first", "--as", "admin-account")
        users = self.city.json("user", "list", "--limit", "500", "--as", "admin-account")["users"]
        zhou = [u for u in users if u["login"] == "zhou"][0]
        self.assertEqual(zhou["state"], "proposed")
        self.city.json("user", "confirm", "zhou", "--as", "admin-permission")
        self.city.json("user", "grant", "zhou", "--role", "county", "--area", "990101000000",
                       "--as", "admin-permission")
        done = self.city.json("user", "confirm", "zhou", "--as", "admin-account")
        self.assertEqual((len(done["grants"]["grants"]), done["accounts"]), (1, None))

    def test_6b_the_committed_openapi_is_what_the_program_says(self):
        code, out, _ = run("openapi", *self.city.beside)
        self.assertEqual(code, 0)
        committed = MANUAL.parent / "api/openapi.json"
        self.assertEqual(out, committed.read_text(encoding="utf-8"),
                         "write it again: fenming openapi >docs/api/openapi.json")

    def test_7_the_first_administrators_sign_in(self):
        folder = self.city.folder
        db = ["--db", f"sqlite:{folder}/bureau.db", "--json"]
        for name in ("one", "two"):
            (folder / name).write_text("Kx7#mountain-" + name + "\n", encoding="utf-8")
        code, out, err = run("user", "found", *db, "--area", "430400", "--login", "wang", "--name",
                             "王一", "--password-file", f"{folder}/one", "--second", "li",
                             "--second-name", "李二", "--second-password-file", f"{folder}/two")
        self.assertEqual(code, 0, err)
        self.assertEqual(len(json.loads(out)["accounts"]), 2)
        os.environ["XDG_STATE_HOME"] = str(folder)
        code, _, err = run("login", "wang", "--password-file", f"{folder}/two", *db)
        self.assertEqual(code, 1, err)

    def test_9_tampering_is_named(self):
        self.city.behind_the_back(
            "UPDATE payment_line SET fen = fen + 1 WHERE id = (SELECT MAX(id) FROM payment_line);"
            "UPDATE role_grant SET role = 'leader' WHERE id = (SELECT MIN(id) FROM role_grant);"
            "UPDATE payee_account SET state = 'closed' "
            "WHERE id = (SELECT MIN(id) FROM payee_account);")
        found = self.broken()
        names = {i["name"] for i in found}
        self.assertIn("rows_match_their_links", names)
        self.assertIn("batch_lines_sum", names)
        self.assertIn("sign_in_rows_bear_their_mac", names)
        whys = {r["why"] for i in found for r in i["rows"]}
        self.assertFalse([why for why in whys if ".why." in why or why.endswith("_off")])
        _, out, _ = run("verify", *self.city.beside, "--json", "--lang", "zh-CN")
        for each in json.loads(out)["invariants"]:
            for row in each["rows"]:
                self.assertFalse(re.search("[a-z]{3}", row["why"]), row["why"])
        rows = [r for i in found if i["name"] == "rows_match_their_links"
                for r in i["rows"]]
        self.assertEqual({"payment_line", "role_grant", "payee_account"},
                         {r["table"] for r in rows})


class OnSqlite(Way, unittest.TestCase):
    kind = "sqlite"


class OnPostgres(Way, unittest.TestCase):
    kind = "postgres"


class WithAPoorBank(unittest.TestCase):
    """A demo is made to its end also where more of a small batch fails than one person books."""

    def test_a_second_person_accepts_what_was_held(self):
        city = City(PROGRAM, "sqlite", "poor-bank")
        self.addCleanup(city.gone)
        city.json("demo", "--people", "300", "--months", "4", "--seed", "5")
        self.assertTrue(city.json("verify")["ok"])


class MadeAtNight(unittest.TestCase):
    """A demo's orders never lie after the moment it was made at, whatever the hour."""

    def test_no_link_lies_in_the_future(self):
        city = City(PROGRAM, "sqlite", "night")
        self.addCleanup(city.gone)
        made = "2026-11-24T00:30:00+08:00"
        city.json("demo", "--people", "200", "--months", "2", "--at", made)
        for pen in ("0", "990101000000", "990108000000"):
            newest, after = "", 1
            while links := city.json("trail", "show", "--pen", pen, "--from", str(after),
                                     "--limit", "500", "--as", "audit")["links"]:
                newest, after = links[-1]["at"], links[-1]["seq"] + 1
            self.assertLessEqual(newest, made, pen)
            if pen != "0":
                self.assertGreater(newest, "2026-11-24T00:2", pen)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
