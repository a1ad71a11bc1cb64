"""The clauses of the policy with the rules that rest on them, how firmly, and what the text leaves in doubt."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from hrbook.core.source import Basis
from hrbook.sheets.audit.desk import Desk
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas

ORDER = 60
HEAD = 3
WIDTHS = (18, 44, 42, 10, 34, 34)
SHOWN = 4  # names of rules; the rest are counted


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet, every clause of the edition in its order, also those on which no rule rests."""
    labels, policy = desk.labels, desk.policy
    rules = _rules(desk)
    canvas = Canvas(desk.sheet_name("audit_clauses"), WIDTHS)
    resting = sum(1 for clause in policy.clauses if rules[clause])
    holds = _holds(desk)
    holding = sum(1 for clause in policy.clauses if holds[clause] and not rules[clause])
    facts = {"clauses": len(policy.clauses), "resting": resting, "holding": holding, "rules": desk.view.assessment.rule_count}
    desk.band(canvas, "audit_clauses", labels("audit.clauses.finding", doubts=len(policy.doubts), **facts))
    canvas.line(HEAD, 0, [labels(f"audit.clauses.{k}") for k in ("place", "gist", "rules", "basis", "doubt", "read_as")], "th")
    canvas.heights[HEAD] = 30
    row = HEAD + 1
    for clause in policy.clauses.values():
        doubts = [d for d in policy.doubts if d.clause == clause.id]
        lines = max(1, len(doubts))
        named = rules[clause.id]
        look = "" if named else " muted"
        canvas.put(row, 0, clause.place, f"td_wrap bold{look}" if named else "td_wrap muted")
        canvas.put(row, 1, clause.gist, f"td_wrap{look}")
        text = _named(desk, [name for name, _ in named], holds[clause.id])
        canvas.put(row, 2, text, f"td_wrap{look}")
        bases = sorted({basis for _, basis in named}, key=list(Basis).index)
        shown = labels("audit.join").join(labels(f"basis.{b.value}") for b in bases)
        canvas.put(row, 3, shown or None, "td_center small wrap")
        for offset in range(lines):
            if offset:
                canvas.fill(row + offset, 0, 3, "td")
            canvas.put(row + offset, 4, doubts[offset].text if doubts else None, "td_wrap")
            canvas.put(row + offset, 5, doubts[offset].read_as if doubts else None, "td_wrap")
        row += lines
    page = replace(desk.page("audit_clauses"), repeat_rows=(HEAD, HEAD))
    return (canvas.sheet(page, freeze=(HEAD + 1, 1), tab="blue"),)


def _rules(desk: Desk) -> dict[str, list[tuple[str, Basis]]]:
    """Clause id -> the names of its rules with the basis of each, in the order of the ledger."""
    labels, policy = desk.labels, desk.policy
    found: dict[str, list[tuple[str, Basis]]] = defaultdict(list)
    found[policy.competency.clause].append((labels("audit.rule.weights"), Basis.STATED))
    found[policy.career.clause].append((labels("audit.rule.stage"), Basis.STATED))
    found[policy.digital.clause].append((labels("audit.rule.tier"), Basis.STATED))
    found[policy.rotation.clause].append((labels("audit.rule.rotation"), policy.rotation.basis))
    for stay in policy.rotation.stays:
        found[stay.clause or policy.rotation.clause].append((labels("audit.rule.stay"), stay.basis))
    for course in policy.training.courses:
        found[course.clause].append((labels("audit.rule.training", course=course.name), course.timing))
    return found


def _holds(desk: Desk) -> dict[str, list[str]]:
    """Clause id -> what else the policy file takes from it: shown, but no rule."""
    labels, policy = desk.labels, desk.policy
    found: dict[str, list[str]] = defaultdict(list)
    parts = {
        "ranks": [r.clause for r in policy.ranks],
        "titles": [t.clause for t in policy.titles],
        "attitudes": [a.clause for a in policy.attitudes],
        "basics": [policy.competency.basics_clause] * len(policy.competency.basics),
        "behaviours": [b.clause for b in policy.competency.behaviours],
        "abilities": [a.clause for a in policy.competency.abilities],
        "stages": [s.clause for s in policy.career.stages],
        "tiers": [t.clause for t in policy.digital.tiers],
        "step_down": [policy.step_down.clause],
        "ojt": [policy.learning.ojt_clause] if policy.learning.newcomer_years is not None else [],
        "learning": [k.clause for k in policy.learning.kinds],
        "themes": [t.clause for t in policy.learning.themes],
    }
    for key, clauses in parts.items():
        for clause, count in Counter(clauses).items():
            found[clause].append(labels(f"audit.clauses.holds.{key}", count=count))
    return found


def _named(desk: Desk, names: list[str], holds: list[str]) -> str:
    """The rules by name, the later ones as a number, and below them what else is taken from the clause."""
    labels = desk.labels
    text = labels("audit.join").join(names[:SHOWN])
    if len(names) > SHOWN:
        text += labels("audit.clauses.more", count=len(names) - SHOWN)
    shown = labels("audit.clauses.shown", what=labels("audit.join").join(holds)) if holds else ""
    return "\n".join(part for part in (text, shown) if part) or labels("audit.clauses.no_rule")
