"""Words that may stand on a sheet without being ours: those of the policy, of the roster, and of the sheets' marks."""

from collections.abc import Iterable

from tests.sheets.builders import POLICY


def known_words(people: Iterable) -> set[str]:
    """Everything of the policy that a sheet prints as it is, and what the roster says of `people`."""
    competency, training = POLICY.competency, POLICY.training
    words = {POLICY.title, competency.foundation, *(c.place for c in POLICY.clauses.values())}
    for item in (*POLICY.ranks, *competency.abilities, *competency.basics, *competency.behaviours, *training.courses):
        words |= {item.name, getattr(item, "gist", ""), getattr(item, "short", "")}
    words |= {c.name for c in training.categories} | {s.name for s in POLICY.career.stages}
    words |= {c.days for c in training.courses}
    words |= {text for s in POLICY.coverage.sentences for text in (s.gist, s.because, s.fingerprint)}
    for p in people:
        e = p.employee
        words |= {e.name, e.kana, e.title, e.staff_id, e.post.bureau, e.post.department, e.post.section, e.hire_route}
    return words
