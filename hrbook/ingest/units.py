"""Names of departments against the organisation sheet: a name that it lacks on any day, and the one that it resembles."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from hrbook.core.roster import OrgRow
from hrbook.ingest.vocabulary import key

CLOSE = 0.7


class UnitNames:
    """All bureaus and departments that the organisation sheet has ever had, under their matching keys."""

    def __init__(self, rows: Iterable[OrgRow]) -> None:
        self._bureaus: dict[str, str] = {}
        self._departments: dict[str, str] = {}
        for row in rows:
            if row.post.bureau:
                self._bureaus.setdefault(key(row.post.bureau), row.post.bureau)
            if row.post.department:
                self._departments.setdefault(key(row.post.department), row.post.department)
        self._answers: dict[tuple[str, str], str | None] = {}

    def near(self, field: str, name: str) -> str | None:
        """The known name that `name` resembles; None where it is known itself, resembles none, or resembles several."""
        known = self._bureaus if field == "bureau" else self._departments
        plain = key(name)
        if not plain or not known or plain in known or plain in self._bureaus or plain in self._departments:
            return None
        if (field, plain) not in self._answers:
            close = difflib.get_close_matches(plain, list(known), 2, CLOSE)
            ratios = [difflib.SequenceMatcher(None, plain, word).ratio() for word in close]
            clear = len(close) == 1 or (len(close) == 2 and ratios[0] > ratios[1])
            self._answers[field, plain] = known[close[0]] if clear else None
        return self._answers[field, plain]

    def has(self, name: str) -> bool:
        """Whether the organisation sheet has a department of that name."""
        return key(name) in self._departments
