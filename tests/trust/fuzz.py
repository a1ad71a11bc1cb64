"""Damaged workbooks for the preflight and the reader: `python -m tests.trust.fuzz SECONDS [SEED]`.

Good workbooks of the corpus and of the sample are damaged in their bytes, in their parts and in their XML, each damage drawn
from a numbered seed. Every file must end in a roster or in a Fault; what does not is kept in tests/trust/corpus/ under its
seed and becomes a test (tests/trust/test_corpus.py). With atheris installed, `python -m tests.trust.fuzz atheris` lets
coverage guide the preflight instead, until it is stopped."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.safe.preflight import check_bytes
from hrbook.safe.zips import ZIP_ERRORS
from tests.trust.channels import pack, unpack
from tests.trust.corpus import OWN, SHARED, end_of
from tests.trust.figures import Figure, table
from tests.trust.smallest import smallest, write_roster

BITES = (
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b'<c r="XFD1048576"><v>1</v></c>',
    b'<c r="A1" t="s"><v>-1</v></c>',
    b'<c r="A1" t="s"><v>99999999</v></c>',
    b"<f>cmd|' /C calc'!A0</f>",
    b'<row r="0"/>',
    b'<row r="99999999999"/>',
    b"&#0;",
    b"&lol;",
    b"\xff\xfe",
    b'<mergeCell ref="A1:XFD1048576"/>',
    b"<v>1e999</v>",
    b'<dimension ref="A1:A1"/>',
    b"]]>",
    b"<" * 300,
)
DEEP = b"<a>" * 50_000


def seeds(folder: Path) -> list[bytes]:
    """Good workbooks to start from."""
    own = write_roster(folder / "roster.xlsx", smallest(7)).read_bytes()
    valid = sorted((SHARED / "corpus" / "valid").glob("*.xlsx"))
    return [own] * 8 + [path.read_bytes() for path in valid if path.stat().st_size < 60_000]


def damaged(data: bytes, dice: random.Random) -> bytes:
    """One to four kinds of damage."""
    for _ in range(dice.randint(1, 4)):
        data = dice.choice((_bytes_changed, _bytes_lost, _part_changed, _part_changed, _part_changed, _part_lost, _part_bitten))(
            data, dice
        )
    return data


def _bytes_changed(data: bytes, dice: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def _bytes_lost(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    return (data[:start] + data[start + dice.randint(1, 400) :]) or b"P"


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        return unpack(data)
    except (*ZIP_ERRORS, KeyError):
        return {}  # damaged so much already that it has no parts


def _part_changed(data: bytes, dice: random.Random) -> bytes:
    parts = _parts(data)
    if not parts:
        return _bytes_changed(data, dice)
    name = dice.choice(sorted(parts))
    parts[name] = _bytes_changed(parts[name] or b"x", dice)
    return pack(parts)


def _part_bitten(data: bytes, dice: random.Random) -> bytes:
    parts = _parts(data)
    if not parts:
        return data
    name = dice.choice(sorted(n for n in parts if n.endswith(".xml")) or sorted(parts))
    body = parts[name]
    places = [n for n in range(len(body)) if body[n : n + 1] == b"<"] or [0]
    at = dice.choice(places)
    parts[name] = body[:at] + dice.choice((*BITES, DEEP)) + body[at:]
    return pack(parts)


def _part_lost(data: bytes, dice: random.Random) -> bytes:
    parts = _parts(data)
    if len(parts) > 1:
        parts.pop(dice.choice(sorted(parts)))
        return pack(parts)
    return data


def preflight_ends(data: bytes) -> str:
    """How the preflight ends: "passed", the key of its Fault, or "crash: ..."."""
    try:
        check_bytes(data, "fuzz.xlsx")
    except Fault as fault:
        return fault.key
    except BaseException as error:
        return f"crash: {error!r:.200}"
    return "passed"


def fuzz(seconds: float, first: int = 0) -> Figure:
    """As many files as the time allows; every one through the preflight, and through the reader where that lets it pass."""
    ends: Counter[str] = Counter()
    crashed = []
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        good = seeds(Path(folder))
        number = first
        while time.monotonic() < until:
            dice = random.Random(number)
            data = damaged(dice.choice(good), dice)
            end = preflight_ends(data)
            if end == "passed":
                path = Path(folder) / "fuzz.xlsx"
                path.write_bytes(data)
                end = "read: " + end_of(path)
            ends[end] += 1
            if "crash" in end:
                crashed.append(f"{number}: {end}")
                OWN.mkdir(exist_ok=True)
                (OWN / f"fuzz_{number}.xlsx").write_bytes(data)
            number += 1
    for line in crashed:
        print(line, file=sys.stderr)
    passed = sum(count for end, count in ends.items() if end.startswith("read"))
    said = f"{sum(ends.values())} files, {passed} of them read, {len(ends)} kinds of end, {len(crashed)} crashes"
    return Figure("fuzzing", said, not crashed)


def guided() -> None:
    """Coverage-guided fuzzing of the preflight, for as long as one likes."""
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv[:1], lambda data: preflight_ends(data).startswith("crash") and sys.exit("crash"))
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["atheris"]:
        guided()
    else:
        figure = fuzz(float(sys.argv[1]) if len(sys.argv) > 1 else 600, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
        print(table([figure]))
        sys.exit(not figure.holds)
