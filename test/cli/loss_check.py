#!/usr/bin/env python3
"""The machine is lost after a batch was paid (S5): backup, payment, loss, restore, and nobody is
paid again. By the command line, on both databases. ctest runs it: loss_check.py PROGRAM."""
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from support.city import City, bank_answer  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ROOT = "990100000000"


def today():
    return subprocess.run(["date", "+%F"], capture_output=True, text=True, check=True,
                          env={"TZ": "Asia/Shanghai", "PATH": "/usr/bin:/bin"}).stdout.strip()


class Loss:
    """What both databases must show."""

    kind = ""

    def setUp(self):
        self.city = City(PROGRAM, self.kind, "loss")
        self.addCleanup(self.city.gone)
        self.city.json("demo", "--people", "150", "--months", "1")
        self.away = self.city.folder / "away"
        self.away.mkdir()
        self.keys = []
        for name in ("first", "second"):
            private, public = self.away / f"{name}.private.pem", self.away / f"{name}.public.pem"
            subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt",
                            "ec_paramgen_curve:SM2", "-out", private], check=True,
                           capture_output=True)
            subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public],
                           check=True, capture_output=True)
            self.keys.append((str(private), str(public)))
        self.to = [word for _, public in self.keys for word in ("--to", public)]

    def vouchered(self):
        """A batch that waits for its bank file."""
        batch = self.city.json("batch", "list", "--state", "approved", "--as",
                               "county")["batches"][0]["id"]
        self.city.json("batch", "plan", batch, "--as", "finance")
        self.city.json("batch", "request", batch, "--number", "申1", "--as", "finance")
        fen = self.city.json("batch", "show", batch, "--as", "audit")["payable_fen"]
        self.city.json("batch", "voucher", batch, "--number", "凭1", "--day", today(), "--amount",
                       f"{fen // 100}.{fen % 100:02}", "--as", "finance")
        return batch

    def answer_of(self, batch):
        """The bank pays all of the batch's file; its answer."""
        made = self.city.json("bank", "file", batch, "--out", str(self.away), "--as", "release")
        sent = pathlib.Path(made["files"][0]["path"]).read_bytes().decode("gb18030").splitlines()
        rows = [line + "|0000|ok" for line in sent if line.split("|")[0].isdigit()]
        answer = self.away / "answer.txt"
        answer.write_bytes(bank_answer(rows).encode("gb18030"))
        return answer, len(rows)

    def restored(self, backup):
        """A new machine, filled from the backup; the anchor was kept elsewhere."""
        new = City(PROGRAM, self.kind, "new")
        self.addCleanup(new.gone)
        shutil.copy(self.city.folder / "anchor", new.folder / "anchor")
        none = new.json("restore", backup, "--key", self.keys[0][0], code=1)
        self.assertEqual(none["code"], "cli.no_keys")
        new.json("key", "import", str(self.away / "keys.sealed"), "--key", self.keys[1][0])
        for private, _ in self.keys:
            checked = new.json("restore", backup, "--key", private, "--check")
            self.assertEqual((checked["restored"], checked["signature"]), (False, "checked"))
        self.assertEqual(new.json("restore", backup, "--key", self.keys[0][1], "--check",
                                  code=1)["code"], "cli.not_a_private_key")
        self.assertTrue(new.json("restore", backup, "--key", self.keys[0][0])["restored"])
        self.assertEqual(new.json("restore", backup, "--key", self.keys[0][0], code=1)["code"],
                         "backup.not_empty")
        return new

    def test_nobody_is_paid_again(self):
        batch = self.vouchered()
        backup = str(self.away / "day.backup")
        early = self.city.json("backup", *self.to, "--out", backup, code=1)
        self.assertEqual(early["code"], "backup.keys_not_exported")
        self.city.json("key", "export", *self.to, "--out", str(self.away / "keys.sealed"))
        made = self.city.json("backup", *self.to, "--out", backup)
        self.assertGreater(made["rows"], 1000)
        answer, lines = self.answer_of(batch)
        self.city.json("bank", "return", str(answer), "--as", "finance")

        new = self.restored(backup)
        again = new.json("bank", "file", batch, "--out", str(self.away), "--as", "release", code=1)
        self.assertEqual(again["code"], "road.recovering")
        self.assertIn("bank statements", again["mend"])
        shown = new.json("recovery", "show", "--as", "audit")
        self.assertTrue(shown["recovering"])
        self.assertEqual((shown["needed_through"], shown["loaded_through"]), (today(), ""))
        close = ["recovery", "close", "--area", ROOT, "--number", "报告1"]
        self.assertEqual(new.json(*close, "--as", "approve", code=1)["code"],
                         "disbursement.statements_missing")
        loaded = new.json("recovery", "statement", str(answer), "--area", ROOT, "--through",
                          today(), "--as", "finance")
        self.assertEqual((loaded["paid"], loaded["failed"]), (lines, 0))
        self.assertEqual(new.json(*close, "--as", "approve")["state"], "proposed")
        self.assertEqual(new.json(*close, "--as", "release")["state"], "closed")
        self.assertFalse(new.json("recovery", "show", "--as", "audit")["recovering"])

        file = new.json("bank", "file", batch, "--out", str(self.away / "new"), "--as", "release")
        self.assertEqual(file["files"][0]["lines"], 0)
        back = new.json("bank", "return", str(answer), "--as", "finance")
        self.assertEqual((back["counts"]["paid"]["count"], back["state"]), (lines, "answered"))
        new.json("batch", "close", batch, "--as", "finance")
        report = new.json("verify")
        self.assertTrue(report["ok"])
        self.assertEqual(report["anchor"]["standing"], "level")


class OnSqlite(Loss, unittest.TestCase):
    kind = "sqlite"


class OnPostgres(Loss, unittest.TestCase):
    kind = "postgres"


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
