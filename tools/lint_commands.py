#!/usr/bin/env python3
"""Gives clang-tidy compile commands that clang can read, made from those of the g++ build.

    tools/lint_commands.py BUILD OUT

Tests share a precompiled header. g++'s compiled form of it lies beside the header, and clang
refuses it on sight; so the commands name a copy that has no compiled form beside it.
"""

import json
import pathlib
import re
import sys


def main(arguments):
    """Writes OUT/compile_commands.json and copies of the headers it names."""
    build, out = map(pathlib.Path, arguments)
    out.mkdir(parents=True, exist_ok=True)
    text = (build / "compile_commands.json").read_text(encoding="utf-8")
    for header in sorted(set(re.findall(r"[^\s\"]+/cmake_pch\.hxx(?=\s)", text))):
        copy = out.resolve() / header.strip("/").replace("/", "-")
        copy.write_text(pathlib.Path(header).read_text(encoding="utf-8"), encoding="utf-8")
        text = text.replace(header + " ", f"{copy} ")
    json.loads(text)  # still JSON
    (out / "compile_commands.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
