#!/usr/bin/env python3
"""Goal: tools/pg gives a command a PostgreSQL of its own and leaves nothing behind, however the
command ends. Method: real servers; what the command sees is compared with what is promised.
"""

import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest

PG = pathlib.Path(__file__).resolve().with_name("pg")
ASK = 'echo "$FENMING_TEST_PG"; psql "$FENMING_TEST_PG" -AtX'
SETTINGS = ("server_version_num", "listen_addresses", "server_encoding", "lc_collate", "fsync",
            "full_page_writes")


class Pg(unittest.TestCase):
    """Each test has its own TMPDIR, which must be empty again at the end."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        os.chmod(folder.name, 0o755)  # the user postgres must reach what lies in it
        self.folder = pathlib.Path(folder.name)
        self.environment = {**os.environ, "TMPDIR": folder.name}
        self.environment.pop("FENMING_PG_DURABLE", None)

    def tearDown(self):
        self.assertEqual(list(self.folder.iterdir()), [])

    def run_pg(self, *command, **more):
        """(exit code, lines of output, what went to stderr)."""
        done = subprocess.run([PG, *command], env={**self.environment, **more}, check=False,
                              capture_output=True, text=True)
        return done.returncode, done.stdout.splitlines(), done.stderr

    def settings(self, **more):
        """The settings of a server, by name."""
        asked = " ".join(f"-c 'SHOW {name}'" for name in SETTINGS)
        code, lines, _ = self.run_pg("sh", "-c", f"{ASK} {asked}", **more)
        self.assertEqual(code, 0)
        return lines[0], dict(zip(SETTINGS, lines[1:], strict=True))

    def test_the_server_is_as_promised(self):
        url, settings = self.settings()
        self.assertRegex(url, rf"^postgresql:///postgres\?host={re.escape(str(self.folder))}"
                              r"/fenming-pg-\w+&user=postgres$")
        self.assertRegex(settings.pop("server_version_num"), r"^15\d{4}$")
        self.assertEqual(settings, {"listen_addresses": "", "server_encoding": "UTF8",
                                    "lc_collate": "C", "fsync": "off", "full_page_writes": "off"})

    def test_durable_when_asked(self):
        _, settings = self.settings(FENMING_PG_DURABLE="1")
        self.assertEqual((settings["fsync"], settings["full_page_writes"]), ("on", "on"))

    def test_the_commands_exit_code_is_ours(self):
        self.assertEqual(self.run_pg("sh", "-c", "exit 7")[0], 7)

    def test_a_command_that_cannot_run(self):
        code, _, said = self.run_pg("no-such-program")
        self.assertEqual((code, said),
                         (1, "tools/pg: cannot run no-such-program: No such file or directory\n"))

    def test_no_postgresql(self):
        code, _, said = self.run_pg("true", FENMING_PG_BIN="/nowhere")
        self.assertEqual((code, said), (1, "tools/pg: no PostgreSQL 15 in /nowhere; ./dev test "
                                           "installs it (package postgresql-15).\n"))

    def test_a_signal_ends_the_command_and_the_server(self):
        # What stands when the signal comes: the directory, the half-made cluster, the server,
        # the command.
        for moment in ("fenming-pg-*", "*/data/base/1", "*/.s.PGSQL.5432", "running"):
            command = ["sh", "-c", 'touch "$TMPDIR/running"; exec sleep 60']
            with self.subTest(moment), \
                 subprocess.Popen([PG, *command], env=self.environment) as running:
                deadline = time.monotonic() + 20
                while not list(self.folder.glob(moment)):
                    self.assertLess(time.monotonic(), deadline)
                    time.sleep(0.01)
                running.send_signal(signal.SIGTERM)
                self.assertEqual(running.wait(timeout=20), 128 + signal.SIGTERM)
                (self.folder / "running").unlink(missing_ok=True)
                self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
