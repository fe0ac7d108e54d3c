#!/usr/bin/env python3
"""Holds every file of the repository to the house rules that a program can check.

    tools/tidy.py [ROOT]

Silent when right; else one `file:line: sentence` for each fault, and exit code 1. The rules, each
with its reason, are the tables below and in CONTRIBUTING.md. There is no list of exceptions: where
a rule does not hold, the rule says so itself.
"""

import ast
import os
import pathlib
import re
import subprocess
import sys

# A table, that is what stands between `// clang-format off` and `// clang-format on`, is data that
# is read by column: its lines do not count for a function, and in a test they may be wider.
MAX_COLUMNS = 100  # code points
MAX_FUNCTION_LINES = 70
MAX_FILE_LINES = {".cpp": 400, ".h": 400, ".sql": 400}
MAX_PAGE_LINES = {"README.md": 120, "README.zh-CN.md": 120, "ARCHITECTURE.md": 300}
MAX_FOLDER_README_LINES = 80
WRAPPED = {".cpp", ".h", ".sql", ".py", ".cmake", ""}  # suffixes that MAX_COLUMNS holds for
NOT_WRAPPED = {"LICENSE", "CMakePresets.json"}

# Pattern · the files it is forbidden in · the files it is allowed in · what to do instead.
CODE_BANS = [  # searched in C++ without comments and strings
    (r"\b(double|float)\b", r".*", r"src/(server|risk)/|bench/|src/base/money_test\.cpp",
     "no floating point near money: Money, or a whole number of a named unit"),
    (r"\bstd::(ranges::)?views\b|\bviews::", r".*", None,
     "clang 14 cannot read the views of libstdc++ 12: a loop, or a std::ranges algorithm"),
    (r"\bstd::(format|expected|source_location)\b", r".*", None,
     "missing in g++ 12 or clang 14: fmt, Result, __builtin_FILE()"),
    (r"\bco_(await|return|yield)\b", r".*", None, "g++ 12 miscompiles some coroutines: a callback"),
    (r"\bstd::w?regex\b", r".*", r".*_test\.cpp",
     "slow, and deep recursion on long input: a small parser"),
    (r"\bsystem_clock::now\b", r".*", r"src/base/clock\.cpp",
     "only base/clock.cpp asks the machine: use the Clock handed to you"),
    (r"\b(secure_)?getenv\b", r"src/crypto/", r".*_test\.cpp",
     "keys come from 0600 files or credentials, never from the environment (S11)"),
]
SQL_BANS = [  # searched in SQL without comments and strings
    (r"\b(NOW\s*\(|CURRENT_(TIMESTAMP|DATE|TIME)\b)",
     "the time comes from the Clock, as a parameter"),
    (r"::\s*[A-Za-z]", "write CAST(x AS TEXT): both databases read it"),
    (r"\b(strftime|date_trunc|AUTOINCREMENT|SERIAL|GREATEST|LEAST)\b",
     "only one of the two databases knows it"),
]
TEXT_BANS = [  # searched in every text file; written in pieces, so that this file passes too
    (r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", "do it, or open an issue"),
    (r"(?<![\w.$}>])/(wo" r"rk|t" r"mp|ro" r"ot)/", "no path of one machine in the repository"),
    (r"\.\./sha" r"red/",
     "a fresh clone has no such file: copy it to test/data, with its notice in docs/notices.md"),
    (r"https?://[^\s)]*(registry\.np" r"mjs|py" r"pi\.org|pythonhos" r"ted|crates\.i" r"o|"
     r"proxy\.gol" r"ang|deb\.deb" r"ian|mirr" r"or|artifact" r"ory|nex" r"us)",
     "no address of a package registry: the system's own settings name it"),
]
FORBIDDEN_FOLDERS = ("utils", "util", "common", "services", "models", "managers", "helpers", "misc")

# Who may make a Scope (base/scope.h): whoever derives from ScopeMaker, and why.
SCOPE_MAKERS = {
    "src/road/": "the authoriser's interface",
    "src/access/": "the authoriser",
    "src/store/": "migrations see the whole",
    "src/cli/": "verify sees the whole",
    "test/": "tests play the authoriser",
}

BINARY = {".png", ".jpg", ".xlsx", ".xls", ".db", ".zip", ".gz", ".pdf", ".ttf", ".otf", ".woff2"}


class Tree:
    """The repository at `root`, and the faults found in it."""

    def __init__(self, root):
        self.root = root
        self.faults = []
        self.names = names_of(root)

    def fault(self, name, number, sentence):
        """Notes one fault."""
        self.faults.append(f"{name}:{number}: {sentence}")

    def text(self, name):
        """A file's text; bytes that are not UTF-8 (encoded test data) become U+FFFD."""
        return (self.root / name).read_text(encoding="utf-8", errors="replace")


def names_of(root):
    """Every file that is in git or could be added to it, sorted."""
    listing = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others",
                              "--exclude-standard"], capture_output=True, check=False) \
        if (root / ".git").exists() else None
    if listing is not None and listing.returncode == 0:
        names = listing.stdout.decode().split("\0")
        return sorted(name for name in names if name and (root / name).is_file())
    names = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not re.match(r"build|node_modules|\.git$|__pyc",
                                                               name)]
        names += [str(pathlib.Path(folder, name).relative_to(root)) for name in files]
    return sorted(names)


def blanked(pattern, text):
    """`text` with what matches `pattern` turned to spaces; lines stay where they are."""
    return re.sub(pattern, lambda found: re.sub(r"[^\n]", " ", found.group(0)), text,
                  flags=re.S | re.M)


def cpp_code(text):
    """C++ without comments, the insides of literals, and preprocessor lines."""
    text = blanked(r'R"(\w*)\(.*?\)\1"|//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'
                   r"(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'", text)
    return blanked(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", text)


def sql_code(text):
    """SQL without comments and the insides of strings."""
    return blanked(r"--[^\n]*|'(?:[^']|'')*'", text)


def search(tree, name, text, pattern, sentence, flags=0):
    """A fault for every line of `text` in which `pattern` is found."""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.search(pattern, line, flags)
        if found:
            tree.fault(name, number, f"`{found.group(0).strip()}`: {sentence}")


def cpp_functions(code):
    """(line, number of lines) of each outermost function body in `code` (see cpp_code)."""
    scopes, head, line, found = [], "", 1, []
    for char in code:
        if char == "{":
            inside = any(scope[0] for scope in scopes)
            # `A(int a) : b_{a} {`: a member's braces; the constructor's body is still to come.
            member = re.search(r"\)[^()]*:[^:].*\w$", head, re.S) is not None
            is_function = not inside and not member and begins_function(head)
            scopes.append((is_function, line, head + "()" if member else ""))
            head = ""
        elif char == "}" and scopes:
            is_function, start, head = scopes.pop()
            if is_function:
                found.append((start, line - start + 1))
        elif char == ";":
            head = ""
        else:
            head += char
        if char == "\n":
            line += 1
    return found


def begins_function(head):
    """Whether the brace after `head` (all since the last ; { or }) opens a function's body."""
    head = head.strip()
    if "(" not in head or head.count("(") != head.count(")") or head.endswith(("=", ",")):
        return False
    if re.match(r"(if|else|for|while|switch|catch|do|try|return)\b", head):
        return False
    return not re.search(r"\b(class|struct|union|enum|namespace)\s[\w:<>,\s]*$", head)


def python_functions(text):
    """(line, number of lines) of each function in Python text."""
    return [(node.lineno, node.end_lineno - node.lineno + 1) for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def table_lines(lines):
    """The numbers of the lines that are tables."""
    found, inside = set(), False
    for number, line in enumerate(lines, 1):
        mark = re.match(r"\s*// clang-format (on|off)\b", line)
        if mark:
            inside = mark.group(1) == "off"
        if inside:
            found.add(number)
    return found


def check_size(tree, name, text):
    """Columns, lines of a file, lines of a function."""
    path = pathlib.PurePath(name)
    lines = text.splitlines()
    tables = table_lines(lines)
    most = MAX_FILE_LINES.get(path.suffix)
    if most and len(lines) > most:
        tree.fault(name, most + 1, f"{len(lines)} lines; at most {most}: split the file by noun")
    if path.suffix in WRAPPED and path.name not in NOT_WRAPPED or path.name == "CMakeLists.txt":
        for number, line in enumerate(lines, 1):
            may_be_wide = number in tables and name.endswith("_test.cpp")
            # A statement's declaration stands on one line: it is what sqlgen reads.
            may_be_wide = may_be_wide or (path.suffix == ".sql" and line.startswith("-- name:"))
            if len(line) > MAX_COLUMNS and not may_be_wide:
                tree.fault(name, number, f"{len(line)} columns; at most {MAX_COLUMNS}")
    functions = []
    if path.suffix in (".cpp", ".h"):
        functions = cpp_functions(cpp_code(text))
    elif path.suffix == ".py" or text.startswith("#!/usr/bin/env python3"):
        functions = python_functions(text)
    for number, count in functions:
        count -= len(tables.intersection(range(number, number + count)))
        if count > MAX_FUNCTION_LINES:
            tree.fault(name, number, f"a function of {count} lines; at most {MAX_FUNCTION_LINES}")


def check_words(tree, name, text):
    """The banned words."""
    suffix = pathlib.PurePath(name).suffix
    if suffix in (".cpp", ".h"):
        code = cpp_code(text)
        for pattern, where, but_not, sentence in CODE_BANS:
            if re.match(where, name) and not (but_not and re.match(but_not, name)):
                search(tree, name, code, pattern, sentence)
        for found in re.finditer(r":\s*(?:public|private|protected|virtual|\s)*"
                                 r"(?:fenming::)?ScopeMaker\b", code):
            if not name.startswith(tuple(SCOPE_MAKERS)):
                tree.fault(name, code.count("\n", 0, found.start()) + 1,
                           "only those whom SCOPE_MAKERS in tools/tidy.py names may make a Scope")
    elif suffix == ".sql":
        for pattern, sentence in SQL_BANS:
            search(tree, name, sql_code(text), pattern, sentence, re.I)
    for pattern, sentence in TEXT_BANS:
        search(tree, name, text, pattern, sentence)


def check_opening(tree, name, text):
    """Every file says what it is for; every header is guarded."""
    suffix = pathlib.PurePath(name).suffix
    lines = [line for line in text.splitlines() if line.strip()]
    if suffix == ".h" and "#pragma once" not in lines[:1]:
        tree.fault(name, 1, "a header begins with #pragma once")
    if suffix in (".cpp", ".h"):
        lines = [line for line in lines[:2] if line != "#pragma once"]
        if not lines or not lines[0].startswith(("//", "/*")):
            tree.fault(name, 1, "a file opens with a comment that says what it is for")
    elif suffix == ".sql" and not (lines and lines[0].startswith("--")):
        tree.fault(name, 1, "a file opens with a comment that says what it is for")


def check_page(tree, name, text):
    """Markdown: one title, links that lead somewhere, length."""
    prose = blanked(r"^```.*?^```|`[^`\n]*`", text)
    titles = [number for number, line in enumerate(prose.splitlines(), 1)
              if line.startswith("# ")]
    if titles[:1] != [1] or len(titles) > 1:
        number = titles[1] if len(titles) > 1 else 1
        tree.fault(name, number, "a page has one `# Title`, on its first line")
    for found in re.finditer(r"\]\(([^)\s]+)\)", prose):
        target = found.group(1)
        if re.match(r"[a-z]+:|#", target):
            continue
        if not (tree.root / name).parent.joinpath(target.split("#")[0]).exists():
            tree.fault(name, prose.count("\n", 0, found.start()) + 1,
                       f"the link to {target} leads nowhere")
    most = MAX_PAGE_LINES.get(name)
    if re.match(r"src/\w+/README\.md$", name):
        most = MAX_FOLDER_README_LINES
    if most and len(text.splitlines()) > most:
        tree.fault(name, most + 1, f"{len(text.splitlines())} lines; at most {most}")


def check_names(tree):
    """Folders, migrations, and the README that each folder of src owes its reader."""
    levels = [line for line in tree.text("src/LEVELS").splitlines() if not line.startswith("#")]
    numbers, coded = {}, {}
    for name in tree.names:
        parts = name.split("/")
        for part in parts[:-1]:
            if part in FORBIDDEN_FOLDERS:
                tree.fault(name, 1, f"a folder named {part} says nothing: name it after its noun")
        if len(parts) > 2 and parts[0] == "src" and name.endswith((".cpp", ".h")):
            coded.setdefault(parts[1], name)
        if name.startswith("src/store/migrations/") and name.endswith(".sql"):
            match = re.match(r"(\d{4})_([a-z]+)_[a-z0-9_]+\.sql$", parts[-1])
            if not match or match.group(2) not in levels:
                tree.fault(name, 1, "a migration is named NNNN_folder_what.sql")
            elif numbers.setdefault(match.group(1), name) != name:
                tree.fault(name, 1, f"{numbers[match.group(1)]} has the number "
                                    f"{match.group(1)} already")
    for folder in coded:
        if f"src/{folder}/README.md" not in tree.names:
            tree.fault(f"src/{folder}/README.md", 1, "missing: half a page on what the folder is "
                                                     "for, its words and its tables")


def check(root):
    """All faults of the tree at `root`, by file."""
    tree = Tree(root)
    check_names(tree)
    for name in tree.names:
        if pathlib.PurePath(name).suffix in BINARY or name.startswith("test/data/"):
            continue
        text = tree.text(name)
        check_size(tree, name, text)
        check_words(tree, name, text)
        check_opening(tree, name, text)
        if name.endswith(".md"):
            check_page(tree, name, text)
    return tree.faults


def main(arguments):
    """See the top of the file."""
    root = pathlib.Path(arguments[0] if arguments else __file__).resolve()
    faults = check(root if arguments else root.parent.parent)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
