"""What is doubtful in a policy, though it is well-formed: one topic a file, found by being there. Each remark names its place."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hrbook.core.finding import Severity
from hrbook.core.policy import Policy
from hrbook.core.source import Scalar

Loc = tuple[str | int, ...]
STALE_YEARS = 2  # a source that nobody has looked at for so long may have changed


@dataclass(frozen=True, slots=True)
class Remark:
    """One doubtful place. `code` names the wording ("lint.<code>" in templates/labels), `subject` what it is on, so that a
    doubt of the policy can say that it is known; `read_as` is then how it is read."""

    code: str
    severity: Severity
    loc: Loc
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    subject: str = ""
    read_as: str = ""

    @property
    def key(self) -> str:
        """What a doubt of the policy names to say that this is known: the code and the subject."""
        return f"{self.code} {self.subject}".strip()


@dataclass(frozen=True, slots=True)
class Desk:
    """What a topic may look at: the policy, the other editions of its series, and the day from which age is counted."""

    policy: Policy
    others: Sequence[Policy] = ()
    today: date | None = None


def lint(policy: Policy, others: Sequence[Policy] = (), today: date | None = None) -> tuple[Remark, ...]:
    """All remarks, by code and place. What a doubt of the policy names is a note that says how it is read."""
    desk = Desk(policy, others, today)
    modules = [importlib.import_module(f"{__name__}.{entry.name}") for entry in pkgutil.iter_modules(__path__)]
    found = [remark for module in modules for remark in module.remarks(desk)]
    known = {key: doubt.read_as for doubt in policy.doubts for key in doubt.about}
    settled = [replace(r, severity=Severity.NOTE, read_as=known[r.key]) if r.key in known else r for r in found]
    return tuple(sorted(settled, key=_order))


def _order(remark: Remark) -> tuple[str, list[tuple[int, int, str]]]:
    return remark.code, [(0, part, "") if isinstance(part, int) else (1, 0, part) for part in remark.loc]


def warn(code: str, *loc: str | int, subject: str = "", **facts: Scalar) -> Remark:
    """A remark that somebody should act on."""
    return Remark(code, Severity.WARNING, loc, facts, subject)


def note(code: str, *loc: str | int, subject: str = "", **facts: Scalar) -> Remark:
    """A remark that is only said."""
    return Remark(code, Severity.NOTE, loc, facts, subject)


def every(remarks: Iterator[Remark]) -> list[Remark]:
    """Remarks, each once."""
    return list(dict.fromkeys(remarks))
