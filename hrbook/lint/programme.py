"""Sheets and figures that the policy names and that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from hrbook.core.indicators import indicator_ids, known
from hrbook.lint import Desk, Loc, Remark, warn
from hrbook.words import load_labels


def remarks(desk: Desk) -> Iterator[Remark]:
    """Every sheet of the map and of the duties, and every indicator of a measure, in turn."""
    policy, labels = desk.policy, load_labels()
    named: list[tuple[Loc, tuple[str, ...]]] = [
        *((("coverage", "sentences", n), sentence.sheets) for n, sentence in enumerate(policy.coverage.sentences)),
        *((("programme", "duties", n), duty.sheets) for n, duty in enumerate(policy.programme.duties)),
    ]
    for loc, sheets in named:
        for number, sheet in enumerate(sheets):
            if f"sheet.{sheet}.name" not in labels:
                yield warn("HR680", *loc, "sheets", number, found=sheet)
    for number, measure in enumerate(policy.programme.measures):
        if measure.indicator and not known(measure.indicator, policy):
            listed = labels("list.separator").join(indicator_ids(policy))
            yield warn("HR681", "programme", "measures", number, "indicator", found=measure.indicator, known=listed)
