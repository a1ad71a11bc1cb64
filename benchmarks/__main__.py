"""`python -m benchmarks`: print the ratios and write them to benchmarks/RESULTS.md and, as bars, speed-STAFF.svg."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.contest import STRAIGHT, alone, contest, make_city
from benchmarks.report import HEAD, picture, save, section

CITY, LARGE, HUGE = 1_100, 20_000, 200_000
ROUNDS, LARGE_ROUNDS = 5, 1
ALL_CHECKED = 2_000  # staff; in larger cities every 20th book is re-read
SAMPLED = 20


def main(words: list[str] | None = None) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--staff", type=int, nargs="*", default=[CITY], help=f"sizes of the city (default: {CITY})")
    parser.add_argument("--large", action="store_true", help=f"also {LARGE} staff: takes long")
    parser.add_argument("--huge", action="store_true", help=f"also {HUGE} staff, hrbook and (c) alone: 16 GiB, an hour")
    parser.add_argument("--without-straightforward", action="store_true", help="leave (b) out of the large city")
    parser.add_argument("--rounds", type=int, help=f"default: {ROUNDS}, for large cities {LARGE_ROUNDS}")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("RESULTS.md"), help="report (default: RESULTS.md)")
    asked = parser.parse_args(words)
    print(HEAD)
    for staff in [*asked.staff, *([LARGE] if asked.large else []), *([HUGE] if asked.huge else [])]:
        small = staff <= ALL_CHECKED
        rounds = asked.rounds or (ROUNDS if small else LARGE_ROUNDS)
        left_out = [] if small or not asked.without_straightforward else [STRAIGHT]
        with tempfile.TemporaryDirectory(prefix="hrbook-bench-") as folder:
            work = Path(folder)
            roster = make_city(staff, work / "city", _tell)
            if staff < HUGE:
                found = contest(roster, staff, rounds, work, _tell, every=1 if small else SAMPLED, left_out=left_out)
            else:
                found = alone(roster, staff, rounds, work, _tell)
        text = section(found)
        print(text)
        save(asked.out, [(staff, text)])
        asked.out.with_name(f"speed-{staff}.svg").write_text(picture(found), encoding="utf-8")


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
