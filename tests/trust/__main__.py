"""`make trust`: the figures that the tool stands by, each measured here and now."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from hrbook.guard.found import Kind
from tests.excel.test_injection import PAYLOADS
from tests.trust import corpus, disk, environments, injection, kills
from tests.trust.channels import CHANNELS, planted
from tests.trust.cities import City, run_city
from tests.trust.figures import Figure, table
from tests.trust.smallest import smallest, write_roster
from tests.trust.stand import make_stand

CAMPAIGNS = ("leaks", "environments", "injection", "corpus", "kills", "disk", "cities")
OUTSIDER = {Kind.NUMBER: "77123", Kind.NAME: "鷲塚凪沙", Kind.READING: "ワシヅカナギサ", Kind.MAIL: "w.nagisa@city.example.jp"}


def channels() -> Figure:
    """Number, name, reading and address of an outsider in every channel."""
    with tempfile.TemporaryDirectory() as folder:
        stand = make_stand(write_roster(Path(folder) / "roster.xlsx", smallest(7)))
    missed = [
        f"{name}/{kind}"
        for name, plant in CHANNELS.items()
        for kind, text in OUTSIDER.items()
        if kind not in {leak.kind for leak in stand.leaks(planted(stand.book, plant, text))}
    ]
    caught = len(CHANNELS) - len({name.partition("/")[0] for name in missed})
    return Figure("planted leaks", f"{caught} of {len(CHANNELS)} channels caught {' '.join(missed)}".strip(), not missed)


def cities(number: int) -> Figure:
    """Small generated cities; every book must pass, and one planted number a city must not."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        made = list(pool.map(_city, range(number), chunksize=5))
    alarms = [alarm for city in made for alarm in city.alarms]
    for alarm in alarms:
        print(alarm, file=sys.stderr)
    caught, books = sum(city.caught for city in made), sum(city.books for city in made)
    said = f"{number} cities, {books} books: {len(alarms)} false alarms, {caught} of {number} planted numbers caught"
    return Figure("generated cities", said, not alarms and caught == number)


def _city(seed: int) -> City:
    with tempfile.TemporaryDirectory() as folder:
        return run_city(seed, Path(folder))


def main() -> int:
    """Run all campaigns, or the smaller share of --quick, and print the table."""
    words = argparse.ArgumentParser(prog="make trust", description="Measure what hrbook promises about safety.")
    words.add_argument("--quick", action="store_true", help="a tenth of everything")
    words.add_argument("--only", choices=CAMPAIGNS, action="append")
    asked = words.parse_args()
    found: list[Figure] = []
    for figure in _figures(asked.only or [], 10 if asked.quick else 1):
        print(table([figure]), flush=True)
        found.append(figure)
    return int(not all(figure.holds for figure in found))


def _figures(only: list[str], share: int) -> Iterator[Figure]:
    def wanted(name: str) -> bool:
        return not only or name in only

    if wanted("leaks"):
        yield channels()
    if wanted("environments"):
        yield environments.surroundings(environments.environments()[::share])
    if wanted("injection"):
        yield injection.injected(max(1, len(PAYLOADS) // share))
    if wanted("corpus"):
        yield corpus.corpus(corpus.files()[::share])
    if wanted("kills"):
        yield from kills.main(200 // share, None if share == 1 else 10)
    if wanted("disk"):
        yield from disk.main()
    if wanted("cities"):
        yield cities(1000 // share)


if __name__ == "__main__":
    sys.exit(main())
