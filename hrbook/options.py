"""What the command line asks of a run, and what of it shapes the output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.ledger import safe_text


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    roster: Path
    settings: Path | None = None
    policy: str | None = None
    year: int | None = None
    as_of: date | None = None
    out: Path = Path("output")
    by_bureau: bool = False
    departments: tuple[str, ...] = ()
    jobs: int = 1
    language: str = "ja"
    keep_inputs: bool = True
    previous: Path | None = None  # the folder of the run of the year before
    history: Path | None = None  # workbooks of their own for the orders and the training register
    training: Path | None = None
    more: tuple[Path, ...] = ()  # workbooks in which the roster goes on
    maps: tuple[str, ...] = ()  # "own heading=standard heading"
    accept: tuple[str, ...] = ()  # codes of the repairs that were consented to
    passwords: Path | None = None  # list of passwords by department: the books are encrypted
    returned: tuple[Path, ...] | None = None  # data sets of what came back; None: those beside the roster
    surveys: tuple[Path, ...] = ()  # results of closed surveys, or folders that hold them
    advise: bool = False  # also say what makes the roster hard to read for machines
    clock_year: int = 0  # the fiscal year of today, where nothing else says which


def consents(codes: Sequence[str]) -> frozenset[str]:
    """The repairs that were consented to, by code. Raises Fault (usage) for what takes no consent."""
    from hrbook.ingest.codes import REPAIRS

    wanted = [code.strip().upper() for text in codes for code in text.replace(",", " ").split()]
    for code in wanted:
        if code not in REPAIRS:
            raise Fault("accept_unknown", usage=True, found=code, known=", ".join(REPAIRS))
    return frozenset(wanted)


def recorded(options: Options) -> dict[str, str]:
    """The options that shape the output, for the manifest; not those that only say how (jobs, folders)."""
    return {
        "by": "bureau" if options.by_bureau else "department",
        "accept": " ".join(sorted(consents(options.accept))),
        "departments": "/".join(safe_text(name) for name in options.departments),
        "language": options.language,
        "map": "\n".join(safe_text(text) for text in options.maps),
        "year": "" if options.year is None else str(options.year),
        "as_of": "" if options.as_of is None else options.as_of.isoformat(),
        "policy": "" if options.policy is None else safe_text(Path(options.policy).name),
        "keep_inputs": "yes" if options.keep_inputs else "no",
    }


def listed(text: str, sign: str) -> tuple[str, ...]:
    """The parts of an option as the record holds it."""
    return tuple(filter(None, text.split(sign)))
