"""`python packaging/smoke.py PROGRAM`: try a built or installed hrbook in an empty folder, away from the repository.

Makes an invented city, lays out a working folder, builds the books and makes the run again. Ends with 1 at the first thing
that is not as promised. PROGRAM is the path of an executable."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

STEPS = (
    ("--version",),
    ("--help",),
    ("sample", "--staff", "40"),
    ("init", "work", "--from", "input/roster.xlsx"),
    ("check",),
    ("build", "--jobs", "2"),
    ("verify", "output/2026"),
)


def main() -> int:
    """Run the steps in an empty folder; 0 where all of them end with 0 and the books are there."""
    program = Path(sys.argv[1]).absolute()
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "HRBOOK"))}
    with tempfile.TemporaryDirectory() as folder:
        for words in STEPS:
            done = subprocess.run([program, *words], cwd=folder, env=clean, capture_output=True, check=False)
            sys.stdout.write(f"{done.returncode} hrbook {' '.join(words)}\n")
            if done.returncode:
                sys.stderr.write(done.stderr.decode("utf-8", "replace"))
                return 1
        books = list(Path(folder, "output", "2026").rglob("*.xlsx"))
        sys.stdout.write(f"{len(books)} workbooks\n")
        return 0 if len(books) > 4 and Path(folder, "work", "input").is_dir() else 1


if __name__ == "__main__":
    sys.exit(main())
