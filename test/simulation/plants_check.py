#!/usr/bin/env python3
"""Each planted bug is found by the simulation, and none is in the program that people run.

    plants_check.py FENMING SIMULATION SIMULATION_PLANT_NAME …

The clean program must pass the same seeds in which a planted one fails, else nothing was found.
"""

import pathlib
import re
import subprocess
import sys

SEEDS = 12  # a plant that needs more has become harder to find: look why before raising it


def run(program, first, seeds):
    """(exit code, last line) of a run over these seeds."""
    done = subprocess.run([program, "--from", str(first), "--seeds", str(seeds)],
                          capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout.strip() or done.stderr.strip()).splitlines()[-1]


def main():
    """Checks every program that was handed in."""
    fenming, clean, *programs = sys.argv[1:]
    faults = []
    for program in programs:
        name = pathlib.Path(program).name.removeprefix("simulation_plant_")
        word = f"fenming-plant-{name}".encode()
        if word not in pathlib.Path(program).read_bytes():
            faults.append(f"{program} holds no plant")
        for other in (fenming, clean):
            if b"fenming-plant-" in pathlib.Path(other).read_bytes():
                faults.append(f"{other} holds a plant")
        code, last = run(program, 1, SEEDS)
        print(f"{name}: {last}")
        seed = re.match(r"seed (\d+), day", last)
        if code != 1 or not seed:
            faults.append(f"{name} was not found within {SEEDS} seeds")
            continue
        code, last = run(clean, seed[1], 1)
        if code != 0:
            faults.append(f"without {name} the seed fails as well: {last}")
    if not programs:
        faults.append("no program with a plant was named")
    sys.exit("\n".join(faults) or 0)


main()
