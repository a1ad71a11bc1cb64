"""The agreement test at any size, as a command of its own: `python -m tests.engine.campaign [PEOPLE] [READING ...]`.

Every reading of test_agreement (20 of them) with so many generated people (5,000 by default); stops at the first difference."""

import sys
import tempfile
from pathlib import Path

from tests.engine.test_agreement import SEEDS, compare


def main(words):
    people, *readings = map(int, words or ["5000"])
    judged = 0
    for seed in readings or SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            judged += compare(seed, people, Path(folder))
        print(f"reading {seed}: {people} people agree; {judged} judgements so far", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
