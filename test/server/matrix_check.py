#!/usr/bin/env python3
"""Goal: every route × every role × an area of others, over HTTP, enumerated from the OpenAPI; and
what a stranger sees of a demo's first page. The real program, its demo city, both databases.

    matrix_check.py FENMING

A role without a route's permission is refused as access.not_permitted; without a session every
route that is not public answers 401; in an area of others the answer is access.not_here.
"""
import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from city import City, Served  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ROLES = ("town", "county", "review", "approve", "finance", "release", "audit", "leader", "section",
         "admin-account", "admin-permission", "admin-log")
OWN, FOREIGN = "990101000000", "990102000000"
# Texts whose form the description does not tell.
KNOWN = {"period": "2026-11", "programme": "rural-dibao", "name": "settle.day"}
# Names of areas and values of rules are nobody's secret: every place may read those of the others.
OPEN = {"registry.read_area", "policy.read_parameter"}
METHODS = ("get", "post", "put", "patch", "delete")


def sample(schema, root, area):
    """A value of the schema, as small as it may be."""
    if "$ref" in schema:
        at = root
        for part in schema["$ref"].lstrip("#/").split("/"):
            at = at[part]
        return sample(at, root, area)
    for either in ("anyOf", "oneOf"):
        if either in schema:
            return sample(schema[either][0], root, area)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object":
        return {name: sample(schema["properties"][name], root, area)
                for name in schema.get("required", [])}
    if kind == "array":
        return [sample(schema["items"], root, area)]
    if kind == "integer":
        return max(1, schema.get("minimum", 1))
    if kind == "boolean":
        return False
    return sample_text(schema, area)


def sample_text(schema, area):
    """A text that fits the schema's format or pattern."""
    if schema.get("format") == "date":
        return "2026-11-24"
    if schema.get("format") == "date-time":
        return "2026-11-24T09:00:00+08:00"
    pattern = schema.get("pattern", "")
    for text in (area, "1", "2026-11-24", "2026-11", "2026", "a", "00", "0" * 64):
        if pattern and re.search(pattern, text):
            return text
    return "x" * max(1, schema.get("minLength", 1))


class Matrix:
    """What both databases must show."""

    kind = ""
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.place = City(PROGRAM, cls.kind, "matrix")
        cls.place.json("demo", "--people", "200", "--months", "1")
        cls.city = Served(cls.place)
        _, text = cls.city.ask("get", "/api/openapi.json")
        cls.api = json.loads(text)
        cls.operations = [(method, path, what) for path, item in cls.api["paths"].items()
                          for method, what in item.items() if method in METHODS]
        cls.tokens = {role: cls.city.token(role) for role in ROLES}
        _, text = cls.city.ask("get", "/api/v1/access/roles", cls.tokens["leader"])
        cls.roles = {role["role"]: set(role["permissions"]) for role in json.loads(text)["roles"]}

    @classmethod
    def tearDownClass(cls):
        code = cls.city.gone()
        cls.place.gone()
        assert code == 0, f"the server ended with {code}"

    def give(self, operation, token, area):
        """The operation with the smallest request that its description allows."""
        method, path, what = operation
        queries, path_now = [], path
        for parameter in what.get("parameters", []):
            if "$ref" in parameter:
                continue
            named = {**KNOWN, "area": area}.get(parameter["name"])
            value = named or sample(parameter["schema"], self.api, area)
            if parameter["in"] == "path":
                value = "1" if value == "x" else value
                path_now = path_now.replace("{%s}" % parameter["name"], str(value))
            elif parameter["in"] == "query" and (
                    parameter.get("required") or parameter["name"] == "area"):
                queries.append(f"{parameter['name']}={value}")
        content = what.get("requestBody", {}).get("content", {})
        kind = next(iter(content), "application/json")
        body = None
        if kind == "application/json" and content:
            body = sample(content[kind]["schema"], self.api, area)
        elif content:
            body = "x"
        return self.city.ask(method, path_now + ("?" + "&".join(queries) if queries else ""),
                             token, body, kind)

    @staticmethod
    def code_of(text):
        """The refusal's code in a problem, or "" for anything else."""
        try:
            return json.loads(text).get("code", "")
        except (ValueError, AttributeError):
            return ""

    def test_without_a_session_nothing_is_answered(self):
        seen = 0
        for operation in self.operations:
            what = operation[2]
            if "x-public-because" in what:
                continue
            status, text = self.give(operation, "", OWN)
            self.assertEqual((status, self.code_of(text)), (401, "access.not_signed_in"),
                             what["operationId"])
            seen += 1
        self.assertGreater(seen, 100)

    def test_who_lacks_the_permission_is_refused(self):
        wrong, refused = [], 0
        for operation in self.operations:
            what = operation[2]
            permission = what.get("x-permission", "access.self")
            if "x-public-because" in what or permission == "access.self":
                continue
            for role in ROLES:
                if permission in self.roles[role]:
                    continue
                status, text = self.give(operation, self.tokens[role], OWN)
                if (status, self.code_of(text)) != (403, "access.not_permitted"):
                    wrong.append((what["operationId"], role, status, text[:200]))
                refused += 1
        self.assertEqual(wrong, [])
        self.assertGreater(refused, 700)

    def test_an_area_of_others_is_not_here(self):
        desks = {login: self.city.token(f"{login}.{OWN[:6]}")
                 for login in ("town", "county", "review", "approve", "finance")}
        wrong, refused = [], 0
        for operation in self.operations:
            what = operation[2]
            asks = any(p.get("name") == "area" for p in what.get("parameters", []))
            if not asks or "x-permission" not in what or what["operationId"] in OPEN:
                continue
            for login, token in desks.items():
                if what["x-permission"] not in self.roles[login]:
                    continue
                status, text = self.give(operation, token, FOREIGN)
                if (status, self.code_of(text)) != (404, "access.not_here"):
                    wrong.append((what["operationId"], login, status, self.code_of(text)))
                refused += 1
        self.assertEqual(wrong, [])
        self.assertGreater(refused, 30)

    def test_who_asks_for_an_area_sees_that_area(self):
        seen = 0
        for method, path, what in self.operations:
            if method != "get" or "{" in path or "x-permission" not in what:
                continue
            # A document of the city that brings an area money is the area's to see.
            if path == "/api/v1/budget/documents" or not any(
                    p.get("name") == "area" for p in what.get("parameters", [])):
                continue
            status, text = self.give((method, path, what), self.tokens["audit"], OWN)
            items = json.loads(text).get("items", []) if status == 200 else []
            places = [item["area"] for item in items if item.get("area")]
            self.assertEqual([p for p in places if not p.startswith(OWN[:6])], [], path)
            seen += len(places)
        self.assertGreater(seen, 20)

    def test_a_strangers_page_names_no_programme_of_children(self):
        for language, together in (("zh-CN", "儿童及其他受保护人员各项目合计"),
                                   ("en", "protected people, together")):
            _, page = self.city.ask("get", f"/?lang={language}")
            self.assertIn(together, page)
            self.assertNotRegex(page, "孤儿|无人抚养|[Oo]rphan|unattended")
            self.assertNotRegex(page, r"\d{17}[\dX]|\d{16,19}")

    def test_the_log_holds_nobody(self):
        text = (self.place.folder / "log").read_text(encoding="utf-8")
        self.assertGreater(text.count("\n"), 5)
        for token in self.tokens.values():
            self.assertNotIn(token, text)
        text = re.sub(r'"account":"\d+"', "", text)
        self.assertIsNone(re.search(r"\d{17}[\dX]\b|张|王|李|demo", text))


class OnSqlite(Matrix, unittest.TestCase):
    kind = "sqlite"


class OnPostgres(Matrix, unittest.TestCase):
    kind = "postgres"


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
