"""Runs a sample of the long tests, a part of each kind: python -m tests.sample [SEED] [PYTEST'S ARGUMENTS].

Without a seed it takes one by chance. It is printed first, and last where something failed.
"""

import os
import random
import subprocess
import sys

from tests.sampling import VARIABLE


def main(typed: str, *arguments: str) -> int:
    """Runs the sample of a seed; the exit code of pytest."""
    if typed and not typed.isdecimal():
        print(f"a seed is a whole number, not {typed!r}: make sample SEED=123", file=sys.stderr)
        return 2
    seed = int(typed) if typed else random.randrange(10**6)
    print(f"A sample of the long tests, by seed {seed}", flush=True)
    command = [sys.executable, "-m", "pytest", "-m", "long or hypothesis", "-n", "2", "--dist", "load"]
    command += [f"--hypothesis-seed={seed}", *arguments]
    ended = subprocess.run(command, env=os.environ | {VARIABLE: str(seed)}, check=False).returncode
    if ended:
        print(f"The sample by seed {seed} failed. To repeat it: make sample SEED={seed}", flush=True)
    return ended


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or [""])))
