"""The door of closed surveys: results.json, as `hrbook survey read --close` wrote it -> what may be told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from hrbook.core.fault import Fault
from hrbook.core.safe_aggregates import Unit
from hrbook.core.survey import Figure, Release

CLOSED = "results.json"
SCHEMA = 1
LARGEST = 50 * 2**20


@dataclass(frozen=True, slots=True)
class Closed:
    """One closed survey: the name that stands for its file, SHA-256, bytes, what was told."""

    file: str
    sha256: str
    data: bytes
    release: Release


def load_closed(path: Path) -> tuple[Closed, ...]:
    """The closed surveys of a results.json, or of a folder in which `hrbook survey` keeps its years, the oldest first.
    Raises Fault where there is none, where one is damaged, and where a year stands twice."""
    paths = [path] if path.is_file() else sorted(path.rglob(CLOSED)) if path.is_dir() else []
    if not paths:
        raise Fault("survey_no_results", found=path.as_posix())
    found: dict[int, Closed] = {}
    for one in paths:
        release, _ = read_release(one)
        data = one.read_bytes()
        if release.year in found:
            raise Fault("survey_record", file=one.as_posix(), found=str(release.year))
        name = f"{one.stem}_{release.year}{one.suffix}" if one.name == CLOSED else one.name
        found[release.year] = Closed(name, hashlib.sha256(data).hexdigest(), data, release)
    return tuple(found[year] for year in sorted(found))


def read_release(path: Path) -> tuple[Release, str]:
    """What was told of an earlier survey, and the digest of its forms. Raises Fault for a damaged file."""
    said = read_json(path)
    try:
        figures = {
            tuple(map(str, one["unit"])): {
                str(key): Figure(int(count), Fraction(mean), int(end)) for key, (count, mean, end) in one["means"].items()
            }
            for one in said["figures"]
        }
        return Release(int(said["fiscal_year"]), str(said["survey"]), asked_of(said), figures), str(said["answers"])
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise Fault("survey_record", file=path.as_posix(), found=str(error)) from error


def asked_of(said: Mapping[str, Any]) -> dict[Unit, int]:
    """Forms issued by department, out of a record."""
    return {(str(bureau), str(department)): int(people) for bureau, department, people in said["departments"]}


def read_json(path: Path) -> dict[str, Any]:
    """The record in a file. Raises Fault where there is none or it is not as hrbook writes it."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(path.stat().st_size)
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise Fault("survey_not_issued", found=path.parent.as_posix()) from error
    except (OSError, ValueError, RecursionError) as error:
        raise Fault("survey_record", file=path.as_posix(), found=str(error)) from error
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        raise Fault("survey_record", file=path.as_posix(), found="schema")
    return said
