#!/usr/bin/env python3
"""Makes one table of every text of ours out of src/*/words.zh-CN.txt and src/*/words.en.txt.

    tools/words.py OUT.cpp [ROOT]

OUT.cpp defines all_words() of src/base/words_data.h, ascending by key. A line of a language file is
`folder.code = sentence | mend` for a refusal, `folder.key = text` for any other text, or a comment
after #. On any fault nothing is written: one `file:line: sentence` for each, and exit code 1.
  1. keys begin with the name of their folder and stand once in a file; no part is empty;
  2. both languages have the same keys, of the same sort, with the same {placeholders};
  3. every RefusalKind declared in src/*/*.h or *.cpp (tests aside) has its entry, bears the name of
     its folder and stands in one place only;
  4. every entry with a mend has its RefusalKind.
With FENMING_WORDS=warn the table is made of the entries that stand in both languages, whatever the
faults: for building one folder while another is half written.
"""

import os
import pathlib
import re
import sys
import unicodedata

LANGUAGES = ("zh-CN", "en")
KEY = re.compile(r"[a-z]+(\.[a-z0-9_]+)+")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
KIND = re.compile(r'\bRefusalKind\s+k\w+\s*\{\s*"([^"]*)"')
COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)


class Entry:
    """One text of one language: where it stands, its sentence, its mend or None."""

    def __init__(self, path, line, says, mend):
        self.path, self.line, self.says, self.mend = path, line, says, mend

    def placeholders(self):
        """The names in braces, of sentence and mend together."""
        return sorted(set(PLACEHOLDER.findall(self.says + (self.mend or ""))))


class Words:
    """Every entry and every refusal under `root`, and the faults found on the way."""

    def __init__(self, root):
        self.root = root
        self.faults = []
        self.entries = {language: {} for language in LANGUAGES}
        self.kinds = {}  # code → (path, line)
        for folder in sorted(path for path in (root / "src").iterdir() if path.is_dir()):
            for language in LANGUAGES:
                path = folder / f"words.{language}.txt"
                if path.exists():
                    self.read_language(folder.name, language, path)
            for path in sorted([*folder.glob("*.h"), *folder.glob("*.cpp")]):
                if not path.name.endswith("_test.cpp"):
                    self.read_kinds(folder.name, path)
        self.compare_languages()
        self.compare_kinds()

    def fault(self, path, line, sentence):
        """Notes one fault."""
        self.faults.append((str(path.relative_to(self.root)), line, sentence))

    def read_language(self, folder, language, path):
        """Reads the entries of one file."""
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            self.fault(path, path.read_bytes()[:error.start].count(b"\n") + 1, "is not UTF-8")
            return
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip() and not line.startswith("#"):
                self.read_entry(folder, language, path, number, line)

    def read_entry(self, folder, language, path, number, line):
        """Reads `key = sentence | mend`."""
        key, equals, text = (part.strip() for part in line.partition("="))
        says, *mends = (part.strip() for part in text.split("|"))
        bare = PLACEHOLDER.sub("", text)
        entries = self.entries[language]
        if not equals or not KEY.fullmatch(key):
            self.fault(path, number,
                       "is not `folder.key = text` or `folder.code = sentence | mend`")
        elif any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in line):
            self.fault(path, number, f"{key} holds an invisible character")
        elif not key.startswith(folder + "."):
            self.fault(path, number, f"{key} does not begin with its folder's name, {folder}")
        elif key in entries:
            self.fault(path, number, f"{key} stands already in line {entries[key].line}")
        elif not says or len(mends) > 1 or "" in mends:
            self.fault(path, number, f"{key} is not one sentence, or one sentence | one mend")
        elif "{" in bare or "}" in bare:
            self.fault(path, number, f"{key} holds a brace that is no {{placeholder}}")
        else:
            entries[key] = Entry(path, number, says, mends[0] if mends else None)

    def read_kinds(self, folder, path):
        """Notes the refusals that a source file declares."""
        text = path.read_text(encoding="utf-8")
        # Comments show how to declare one; blank them, and keep the lines where they are.
        text = COMMENT.sub(
            lambda m: m[0] if m[0][0] == '"' else re.sub(r"[^\n]", " ", m[0]), text)
        for match in KIND.finditer(text):
            code, line = match[1], text.count("\n", 0, match.start()) + 1
            if not KEY.fullmatch(code) or not code.startswith(folder + "."):
                self.fault(path, line, f"refusal {code} is not {folder}.words_with_underscores")
            elif code in self.kinds:
                other, other_line = self.kinds[code]
                self.fault(path, line, f"refusal {code} is declared already in "
                                       f"{other.relative_to(self.root)}:{other_line}")
            else:
                self.kinds[code] = (path, line)

    def compare_languages(self):
        """Both languages say the same things with the same values."""
        for language, other in (LANGUAGES, LANGUAGES[::-1]):
            for key, entry in self.entries[language].items():
                twin = self.entries[other].get(key)
                if twin is None:
                    self.fault(entry.path, entry.line, f"{key} has no entry in words.{other}.txt")
                elif language == LANGUAGES[0]:
                    self.compare_twins(key, entry, twin)

    def compare_twins(self, key, entry, twin):
        """One entry in both languages."""
        if (entry.mend is None) != (twin.mend is None):
            self.fault(entry.path, entry.line, f"{key} has a mend in one language only")
        if entry.placeholders() != twin.placeholders():
            self.fault(entry.path, entry.line,
                       f"{key} has the placeholders {entry.placeholders()} here "
                       f"and {twin.placeholders()} in the other language")

    def compare_kinds(self):
        """Every refusal has its words, and every mend its refusal."""
        for code, (path, line) in self.kinds.items():
            for language in LANGUAGES:
                entry = self.entries[language].get(code)
                if entry is None:
                    self.fault(path, line, f"refusal {code} has no entry in words.{language}.txt")
                elif entry.mend is None:
                    self.fault(entry.path, entry.line, f"refusal {code} has no `| mend`")
        for entries in self.entries.values():
            for key, entry in entries.items():
                if entry.mend is not None and key not in self.kinds:
                    self.fault(entry.path, entry.line,
                               f"{key} has a mend, but no RefusalKind of that code is declared")

    def source(self):
        """The C++ of the table."""
        rows = []
        chinese, english = (self.entries[language] for language in LANGUAGES)
        for key in sorted(chinese.keys() & english.keys()):
            rows.append(f"    {{{literal(key)}, {'true' if chinese[key].mend else 'false'},\n"
                        f"     {{{literal(chinese[key].says)}, {literal(chinese[key].mend)}}},\n"
                        f"     {{{literal(english[key].says)}, {literal(english[key].mend)}}}}},\n")
        return ("// Made by tools/words.py from src/*/words.*.txt.\n\n"
                '#include "base/words_data.h"\n\n'
                "namespace fenming {\n\n"
                "std::span<const Word> all_words() {\n"
                f"    static constexpr Word kWords[] = {{\n{''.join(rows)}    }};\n"
                "    return kWords;\n}\n\n}  // namespace fenming\n")


def literal(text):
    """A C++ string literal."""
    return '"' + (text or "").replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: tools/words.py OUT.cpp [ROOT]")
    here = pathlib.Path(__file__).resolve().parent.parent
    words = Words(pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else here)
    if words.faults:
        for path, line, sentence in sorted(set(words.faults)):
            print(f"{path}:{line}: {sentence}", file=sys.stderr)
        if os.environ.get("FENMING_WORDS") != "warn":
            sys.exit(1)
    out = pathlib.Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(words.source(), encoding="utf-8")


if __name__ == "__main__":
    main()
