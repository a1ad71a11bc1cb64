"""The corpus of hostile and of valid workbooks: each ends in a roster or in one paragraph, and hrbook goes on."""

from __future__ import annotations

import os
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.ingest.policy import load_policy
from hrbook.ingest.roster import load_roster
from tests.trust.figures import Figure

SHARED = Path(os.environ.get("HRBOOK_SHARED") or Path(__file__).parents[3] / "shared")
OWN = Path(__file__).parent / "corpus"  # what fuzzing found


def files() -> list[Path]:
    """All files of the corpus that are at hand, ours first."""
    return [
        p for folder in (OWN, SHARED / "corpus" / "hostile", SHARED / "corpus" / "valid") for p in sorted(folder.glob("*.xls*"))
    ]


def end_of(path: Path) -> str:
    """ "roster", the key of the Fault, or "crash: ..." for what must not be."""
    policy, _ = load_policy("tachikawa-3")
    try:
        load_roster(path, policy)
    except Fault as fault:
        return fault.key
    except BaseException as error:
        return f"crash: {error!r:.200}"
    return "roster"


def corpus(chosen: list[Path]) -> Figure:
    """How many ended well."""
    ends = {path.name: end_of(path) for path in chosen}
    crashed = [name for name, end in ends.items() if end.startswith("crash")]
    return Figure("corpus", f"{len(ends) - len(crashed)} of {len(ends)} ended well {' '.join(crashed)}".strip(), not crashed)
