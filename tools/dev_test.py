#!/usr/bin/env python3
"""Goal: ./dev installs what is missing and only that, runs the right programs, and hands on their
exit codes. Method: a copy of ./dev in an empty folder, with a PATH that holds only harmless
stand-ins for the system's and the build's programs; each writes down how it was called.
"""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

DEV = pathlib.Path(__file__).resolve().parent.parent / "dev"
TRUE_PROGRAMS = ("bash", "env", "dirname", "sed", "grep", "awk", "expand", "mkdir", "rm", "touch",
                 "cat", "sort")
RECORD = '#!/bin/bash\necho "${0##*/} $*" >>"$CALLS"\n'
# A build that leaves a program; the program notes its calls and makes the database it is asked for.
FENMING = RECORD + 'if [[ $1 == demo ]]; then : >"${3#sqlite:}"; exit "${DEMO_EXIT:-0}"; fi\n'
CTEST = RECORD + "mkdir -p build/Testing/Temporary\n" \
    "printf '[==========] 1200 tests from 9 test suites ran. (1 ms total)\\n" \
    "[  SKIPPED ] 2 tests, listed below:\\nRan 34 tests in 1s\\n' " \
    ">build/Testing/Temporary/LastTest.log\n" \
    "printf 'noise\\n99%% tests passed, 1 tests failed out of 5\\n[ERROR_MESSAGE] \\n\\n" \
    "the end\\n' >build/test.log\n" \
    'exit "${CTEST_EXIT:-0}"\n'


class Dev(unittest.TestCase):
    """Each test has its own copy of ./dev and its own PATH."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.bin = self.root / "bin"
        for name in ("bin", "tools", "build"):
            (self.root / name).mkdir()
        shutil.copy(DEV, self.root / "dev")
        for name in TRUE_PROGRAMS:
            (self.bin / name).symlink_to(shutil.which(name))
        self.script(self.bin / "id", "#!/bin/bash\necho ${USER_ID:-0}\n")
        self.script(self.bin / "nproc", "#!/bin/bash\necho 2\n")
        self.script(self.bin / "dpkg-query", f"#!/bin/bash\ncat {self.root}/installed\n")
        self.script(self.bin / "cmake", RECORD + 'if [[ $1 == --build ]]; then exit '
                                                 '"${CMAKE_EXIT:-0}"; fi\n: >build/build.ninja\n')
        for name in ("apt-get", "hledger"):
            self.script(self.bin / name, RECORD)
        self.script(self.bin / "ctest", CTEST)
        self.script(self.root / "tools/pg", '#!/bin/bash\nexec "$@"\n')
        self.script(self.root / "tools/coverage.py", RECORD + 'exit "${COVERAGE_EXIT:-0}"\n')
        self.lists = dict(re.findall(r"^(\w+_PACKAGES)=\(([^)]*)\)", DEV.read_text(), re.M))
        self.install(*" ".join(self.lists.values()).split())

    def script(self, path, text):
        """An executable file."""
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def install(self, *names):
        """What dpkg-query will call installed."""
        text = "".join(f"{name} installed\n" for name in names)
        (self.root / "installed").write_text(text, encoding="utf-8")

    def dev(self, *arguments, **more):
        """(exit code, calls of the stand-ins, output, what went to stderr)."""
        calls = self.root / "calls"
        calls.write_text("", encoding="utf-8")
        done = subprocess.run([self.root / "dev", *arguments], check=False, capture_output=True,
                              env={"PATH": str(self.bin), "CALLS": str(calls), **more}, text=True)
        return done.returncode, calls.read_text().splitlines(), done.stdout, done.stderr

    def test_nothing_is_installed_when_nothing_is_missing(self):
        code, calls, _, _ = self.dev("build")
        self.assertEqual((code, calls), (0, ["cmake --preset default", "cmake --build build -j 2"]))
        # The second time it is configured already.
        self.assertEqual(self.dev("build")[1], ["cmake --build build -j 2"])

    def test_what_is_missing_is_installed_by_name(self):
        kept = [name for name in self.lists["BUILD_PACKAGES"].split() if name != "libpq-dev"]
        self.install(*kept)
        _, calls, _, _ = self.dev("build")
        self.assertEqual(calls[:2], ["apt-get update -q", "apt-get install -y -q "
                                     "--no-install-recommends libpq-dev fonts-noto-cjk"])

    def test_a_user_with_sudo(self):
        self.install()
        self.script(self.bin / "sudo", RECORD + '"$@"\n')
        _, calls, _, _ = self.dev("build", USER_ID="1000")
        self.assertEqual(calls[0], "sudo apt-get update -q")
        self.assertRegex(calls[2], r"^sudo env DEBIAN_FRONTEND=noninteractive apt-get install ")

    def test_a_user_without_sudo_is_told_what_to_ask_for(self):
        self.install(*" ".join(self.lists.values()).replace("mold", "").split())
        code, calls, _, said = self.dev("build", USER_ID="1000")
        self.assertEqual((code, calls), (1, []))
        self.assertEqual(said, "Missing packages: mold. You are not root and there is no sudo; "
                               "ask an administrator to run: apt-get install mold\n")

    def test_another_system_is_told_the_names(self):
        (self.bin / "apt-get").unlink()
        code, _, _, said = self.dev("build")
        self.assertEqual(code, 0)
        self.assertRegex(said, r"^No apt-get here, .*: g\+\+ cmake ")

    def test_run_makes_the_demo_once(self):
        self.script(self.root / "build/fenming", FENMING)
        demo = "fenming demo --db sqlite:build/demo.db --people 6000 --months 3"
        serve = "fenming serve --db sqlite:build/demo.db --migrate --log build/serve.log"
        # A demo that was cut short is not shown, but made again.
        self.assertEqual(self.dev("run", DEMO_EXIT="3")[0], 3)
        self.assertEqual(self.dev("run")[1][-2:], [demo, serve])
        self.assertEqual(self.dev("run")[1][-2:], ["cmake --build build -j 2", serve])

    def test_run_without_a_program(self):
        code, _, _, said = self.dev("run")
        self.assertEqual((code, said), (1, "This tree builds no program yet: src/cli/main.cpp is "
                                           "missing.\n"))

    def test_the_test_run_ends_with_the_counts(self):
        code, calls, output, _ = self.dev("test")
        self.assertEqual(code, 0)
        self.assertEqual(calls[-2:], [
            "ctest --test-dir build --output-on-failure --no-tests=error --label-exclude soak "
            "--parallel 2 --output-log build/test.log",
            f"coverage.py build {self.root}/build/coverage"])
        self.assertEqual(output, "1234 cases ran, on SQLite and PostgreSQL; 2 skipped\n"
                                 "99% tests passed, 1 tests failed out of 5\nthe end\n")

    def test_exit_codes_are_handed_on(self):
        # what breaks · command · exit code
        cases = [({"CMAKE_EXIT": "4"}, "build", 4), ({"CMAKE_EXIT": "4"}, "test", 4),
                 ({"CTEST_EXIT": "8"}, "test", 8), ({"COVERAGE_EXIT": "1"}, "test", 1),
                 ({"CTEST_EXIT": "8", "COVERAGE_EXIT": "1"}, "test", 8),
                 ({"CTEST_EXIT": "8"}, "soak", 8), ({}, "bench", 1), ({}, "nonsense", 2)]
        for broken, command, code in cases:
            with self.subTest(command, broken=broken):
                self.assertEqual(self.dev(command, **broken)[0], code)

    def test_some_tests_only(self):
        _, calls, output, _ = self.dev("test", "store", "road")
        self.assertRegex(calls[-1], r"^ctest .* --tests-regex \^\(store\|road\)\$$")
        self.assertIn("coverage: not judged, since only store road ran\n", output)

    def test_help_names_every_command(self):
        code, _, output, _ = self.dev("help")
        self.assertEqual(code, 0)
        commands = re.search(r"^    (run \|[^)]*)\)", DEV.read_text(), re.M).group(1).split(" | ")
        self.assertEqual(sorted(re.findall(r"^  (\w+) ", output, re.M)), sorted(commands))


if __name__ == "__main__":
    unittest.main()
