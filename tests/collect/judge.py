"""Whether what `collect` made of a file is what its sender meant: nothing lost, nothing for the wrong person."""

from __future__ import annotations

from collections import defaultdict

from hrbook.core.reconcile import Verdict
from tests.collect.behaviours import Truth


def faults(outcome, truths: dict[str, tuple[str, Truth]]) -> list[str]:
    """Everything that went wrong, in words. `truths` maps a file's name to its behaviour and truth."""
    wrong: list[str] = []
    accepted = defaultdict(dict)
    for entry in outcome.entries:
        accepted[_file(entry.origin.file)][entry.staff_id, entry.field, entry.item] = entry.value
    asked = defaultdict(list)
    for one in outcome.differences:
        if one.verdict is Verdict.ASK:
            asked[_file(one.seen.origin.file)].append(one)
    states = {_file(r.name): r.state for r in outcome.receipts}
    for name, (kind, truth) in truths.items():
        got, open_ones = accepted[name], asked[name]
        if truth.refused is not None:
            if states.get(name) is not truth.refused:
                wrong.append(f"{kind} {name}: {states.get(name)} instead of {truth.refused}")
            if got or open_ones:
                wrong.append(f"{kind} {name}: read although refused")
            continue
        told = {(d.seen.staff_id, d.seen.field, d.seen.item): d for d in open_ones}
        for key, value in truth.sure.items():
            if got.get(key) != value:
                found = told.get(key)
                wrong.append(f"{kind} {name}: {key} = {value!r} came as {got.get(key)!r}, asked: {found and found.reason}")
        for key, value in truth.asked.items():
            text = (
                got.get(key) or (told[key].seen.returned if key in told else "") or (told[key].seen.value if key in told else "")
            )
            if value not in text and value not in (told[key].seen.value if key in told else ""):
                wrong.append(f"{kind} {name}: {key} = {value!r} is neither accepted nor asked ({text!r})")
        for text in truth.texts:
            if not any(text in d.seen.returned for d in open_ones):
                wrong.append(f"{kind} {name}: {text!r} is not asked")
        for key, value in got.items():
            if truth.sure.get(key, truth.asked.get(key)) != value:
                wrong.append(f"{kind} {name}: nobody meant {key} = {value!r}")
    return wrong


def _file(name: str) -> str:
    return name.split("/", maxsplit=1)[0]
