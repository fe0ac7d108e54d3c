#!/usr/bin/env python3
"""Writes a source file of the product with a planted bug in it.

    plant.py PLANT.txt OUTPUT.cpp

A plant is a text: what it is, behind #; the file; what stands there, once; what stands there
instead. The product itself holds no plant: what is written here goes into one program of the tests.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def planted(plant):
    """The file's text with the bug, and a word by which a program that holds it is known."""
    lines = plant.read_text(encoding="utf-8")
    body = "".join(line for line in lines.splitlines(True) if not line.startswith("#"))
    found = re.fullmatch(r"(\S+)\n---- instead of\n(.*)---- stands\n(.*)", body, re.S)
    if not found:
        sys.exit(f"{plant}: a plant names a file, what stands there, and what stands instead")
    name, old, new = found.groups()
    source = (ROOT / name).read_text(encoding="utf-8")
    if source.count(old) != 1:
        sys.exit(f"{plant}: {name} does not hold once what the plant replaces; mend the plant")
    word = f"fenming-plant-{plant.stem}"
    return source.replace(old, new) + (
        "\nextern const char fenming_plant[];\n"
        f'__attribute__((used)) const char fenming_plant[] = "{word}";\n')


def main():
    """Plants one bug."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    pathlib.Path(sys.argv[2]).write_text(planted(pathlib.Path(sys.argv[1])), encoding="utf-8")


main()
