"""What `collect` says at its end."""

from __future__ import annotations

from collections import Counter

from hrbook.collect.run import Outcome
from hrbook.commands._shared import Talk
from hrbook.core.receipts import DepartmentState, FileState
from hrbook.core.reconcile import Verdict


def open_things(outcome: Outcome) -> bool:
    """Whether somebody has to look: something is asked, or a file was refused for another reason than being a repetition."""
    asked = any(one.verdict is Verdict.ASK for one in outcome.differences)
    return asked or any(not r.read and r.state is not FileState.DUPLICATE for r in outcome.receipts)


def tell_collected(talk: Talk, outcome: Outcome) -> None:
    """Files, refused ones by name, departments, values, and what to open next."""
    read = sum(1 for r in outcome.receipts if r.read)
    talk.say("collect.say.files", files=len(outcome.receipts), read=read, refused=len(outcome.receipts) - read)
    for receipt in outcome.receipts:
        if not receipt.read:
            reason = talk.labels.fault(receipt.fault, receipt.facts)
            talk.warn(talk.labels("collect.say.refused", file=receipt.name, reason=reason))
    states = Counter(d.state for d in outcome.departments)
    talk.say("collect.say.departments", departments=len(outcome.departments), **{s.value: states[s] for s in DepartmentState})
    verdicts = Counter(d.verdict for d in outcome.differences)
    asked, rejected = verdicts[Verdict.ASK], verdicts[Verdict.REJECT]
    talk.say("collect.say.entries", accepted=len(outcome.entries), asked=asked, rejected=rejected)
    if outcome.unknown_decisions:
        talk.warn(talk.labels("collect.say.strange", count=outcome.unknown_decisions))
    if outcome.kept is not None:
        talk.say("collect.say.kept", folder=str(outcome.kept))
    done = "unchanged" if outcome.unchanged else "written" if asked else "written_clear"
    talk.say(f"collect.say.{done}", folder=str(outcome.folder))
    if outcome.beside is not None:
        talk.say("collect.say.beside", file=str(outcome.beside))
