"""A database for tests of the real program: made for one test on SQLite or PostgreSQL, run by the
command line or served, and taken away afterwards. Used by the checks in test/."""
import copy
import decimal
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.request


def server_of_tests():
    """The address of the tests' PostgreSQL; tools/pg sets it."""
    server = os.environ.get("FENMING_TEST_PG")
    if not server:
        raise AssertionError(
            "FENMING_TEST_PG names no PostgreSQL server: run the tests by ./dev test")
    return server


def bank_answer(rows):
    """A bank's answer in layout pipe: the rows, and the closing line of how many and how much."""
    total = sum((decimal.Decimal(row.split("|")[4]) for row in rows), decimal.Decimal())
    return "\r\n".join([*rows, f"T|{len(rows)}|{total:.2f}", ""])


class City:
    """A database of `kind`, sqlite or postgres, with a folder of its own; `label` names both."""

    def __init__(self, program, kind, label):
        self.program = str(program)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"fenming-{label}-"))
        self.kind = kind
        if kind == "sqlite":
            self.url = f"sqlite:{self.folder}/city.db"
        else:
            self.server = server_of_tests()
            self.name = f"fenming_{label}_{os.getpid()}"
            self.make("template0")
            self.url = re.sub(r"^postgresql:///[^?]*", f"postgresql:///{self.name}", self.server)
        self.beside = ["--db", self.url, "--keys", f"{self.folder}/keys",
                       "--anchor", f"{self.folder}/anchor", "--files", f"{self.folder}/files"]

    def copy(self, label):
        """The same database, keys and anchor once more, in another place."""
        other = copy.copy(self)
        other.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"fenming-{label}-"))
        shutil.copytree(self.folder, other.folder, dirs_exist_ok=True)
        other.url = f"sqlite:{other.folder}/city.db"
        if self.kind == "postgres":
            other.name = f"fenming_{label}_{os.getpid()}"
            other.make(self.name)
            other.url = self.url.replace(self.name, other.name)
        other.beside = [part.replace(str(self.folder), str(other.folder)).replace(
            self.url, other.url) for part in self.beside]
        return other

    def put_back(self, older):
        """The database as another one is; keys and anchor stay, since they lie elsewhere."""
        if self.kind == "postgres":
            self.drop(self.name)
            self.make(older.name)
            return
        for path in self.folder.glob("city.db*"):
            path.unlink()
        for path in older.folder.glob("city.db*"):
            shutil.copy(path, self.folder)

    def make(self, template, name=""):
        """A PostgreSQL database, empty or the copy of another."""
        as_ever = " LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'" if template == "template0" else ""
        psql(self.server, f"CREATE DATABASE {name or self.name} TEMPLATE {template}{as_ever}")

    def drop(self, name):
        """Takes a PostgreSQL database away."""
        psql(self.server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def run(self, *arguments, stdin=None):
        """Runs a verb on the database: exit code, stdout, stderr."""
        done = subprocess.run([self.program, *arguments, *self.beside], input=stdin,
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def json(self, *arguments, code=0, stdin=None):
        """What a verb prints, when it ends with `code`."""
        got, out, err = self.run(*arguments, "--json", "--lang", "en", stdin=stdin)
        if got != code:
            raise AssertionError(f"{arguments}: exit {got}, wanted {code}\n{out}\n{err}")
        return json.loads(out)

    def behind_the_back(self, text, unlocked=False):
        """SQL as the database's own administrator would run it; `unlocked`: with the triggers that
        keep append-only tables out of the way. What the database refuses is a DatabaseError."""
        if self.kind == "postgres":
            psql(self.url, ("SET session_replication_role = replica;" if unlocked else "") + text)
            return
        db = sqlite3.connect(f"{self.folder}/city.db")
        try:
            if unlocked:
                for (name,) in db.execute(
                        "SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    db.execute(f"DROP TRIGGER {name}")
            db.executescript(text)
            db.commit()
        finally:
            db.close()

    def rows(self, text):
        """What a SELECT answers, as texts; bytes as lower hexadecimal digits."""
        if self.kind == "postgres":
            done = subprocess.run(["psql", "-qAt", "-F", "\x1f", "-R", "\x1e", self.url, "-c",
                                   text], check=True, capture_output=True, text=True)
            return [row.split("\x1f") for row in done.stdout.rstrip("\n").split("\x1e") if row]
        db = sqlite3.connect(f"{self.folder}/city.db")
        try:
            return [[value.hex() if isinstance(value, bytes) else "" if value is None
                     else str(value) for value in row] for row in db.execute(text)]
        finally:
            db.close()

    def gone(self):
        """Takes folder and database away."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.kind == "postgres":
            self.drop(self.name)


class Served:
    """A city that is served until `gone`."""

    def __init__(self, city, *flags):
        self.city = city
        self.process = subprocess.Popen(
            [city.program, "serve", *city.beside, "--json", "--listen", "127.0.0.1:0", "--log",
             f"{city.folder}/log", *flags], stdout=subprocess.PIPE, text=True)
        self.url = json.loads(self.process.stdout.readline())["url"]
        self.renewed = {}

    def ask(self, method, path, token="", body=None, kind="application/json", key="once",
            language="en"):
        """Status and body. A demo's person who is asked for a second factor for this very order
        gives it, as a page would let him; his token is another one then."""
        once = (method, path, body, kind, key, language)
        while token in self.renewed:
            token = self.renewed[token]
        status, text = self.send(token, *once)
        if status != 401 or not token or '"access.step_up_needed"' not in text:
            return status, text
        _, up = self.send(token, "post", "/api/v1/session/step-up",
                          {"password": "demo", "order_digest": json.loads(text)["order_digest"]},
                          "application/json", "up", language)
        self.renewed[token] = json.loads(up)["token"]
        return self.send(self.renewed[token], *once)

    def send(self, token, method, path, body, kind, key, language):
        """Status and body of one request, as it is."""
        headers = {"Content-Type": kind, "Idempotency-Key": key, "If-Match": '"1"',
                   "Accept-Language": language}
        if token:
            headers["Authorization"] = "Bearer " + token
        data = None if body is None else (
            json.dumps(body) if kind == "application/json" else body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method.upper())
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def token(self, login):
        """A session of a demo's user."""
        _, text = self.ask("post", "/api/v1/session", body={"login": login, "password": "demo"})
        return json.loads(text)["token"]

    def gone(self):
        """Ends the server as an operator would; answers its exit code."""
        self.process.terminate()
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        return code


def psql(url, text):
    """Runs a statement on PostgreSQL; a refused one is a failure with the database's words."""
    done = subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", url, "-c", text],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise sqlite3.DatabaseError(done.stderr.strip())
