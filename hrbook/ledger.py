"""ledger.csv: one row per judgement, and per value that came back in a form, for machines and for re-computation
(spec/contract.md, "Output")."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import Degree, Result
from hrbook.core.reading import Reading
from hrbook.core.rotation_policy import Counted, Requirement, RotationReading, StayRule
from hrbook.core.source import Evidence, Scalar

COLUMNS = (
    "staff_id",
    "department",
    "rule_id",
    "edition",
    "status",
    "degree",
    "citation",
    "citation_status",
    "inputs",
    "values",
    "reading",
    "as_of",
)
RECORDED = "recorded"  # the status of a value that came back: nothing was judged
SHARED = 8192  # results of which the values are kept as text: most are told to many people, careers to one each
BOM = "\ufeff"
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_plain_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SPECIAL = re.compile('[,"\r\n]')


def pieces(people: Iterable[Assessed], reading: Reading) -> Iterator[bytes]:
    """The ledger of `people`, UTF-8 with BOM, rows in the order of the people and of the rules; the rows of one person at a
    time, so that nobody need hold all of it."""
    as_of = reading.as_of.isoformat()
    policy = reading.policy
    declared = {
        policy.rotation.rule_id: field(reading_text(reading.rotation)),
        policy.rotation.stay_rule_id: field(stays_text(policy.rotation.stays)),
        policy.competency.rule_id: field(points_text(reading.points)),
    }
    shared: dict[int, tuple[Result, str]] = {}  # results are shared among people: by identity, each kept alive
    rules: dict[str, tuple[str, str]] = {}
    yield f"{BOM}{','.join(COLUMNS)}\r\n".encode()
    for person in people:
        lines = (*_lines(person, as_of, declared, shared, rules), *_returned(person, as_of), "")
        yield "\r\n".join(lines).encode("utf-8")


def _lines(
    person: Assessed,
    as_of: str,
    declared: Mapping[str, str],
    shared: dict[int, tuple[Result, str]],
    rules: dict[str, tuple[str, str]],
) -> Iterator[str]:
    start = _start(person)
    inputs: dict[int, str] = {}  # courses of one kind rest on the same tuple of cells
    cells = cache(_cell_json)
    for judgement in person.judgements():
        rule, result, evidence = judgement.rule, judgement.result, judgement.evidence
        stood = inputs.get(id(evidence))
        if stood is None:
            stood = inputs[id(evidence)] = field(f"[{','.join(map(cells, evidence))}]")
        known = shared.get(id(result))
        if known is None:
            if len(shared) >= SHARED:
                shared.clear()
            known = shared[id(result)] = (result, field(values(result)))
        named = rules.get(rule.id)
        if named is None:
            named = rules[rule.id] = (f"{field(rule.id)},{field(rule.edition)}", f"{field(rule.citation)},{rule.basis.value}")
        yield (
            f"{start},{named[0]},{result.status},{judgement.degree.value},{named[1]},"
            f"{stood},{known[1]},{declared.get(rule.id, '')},{as_of}"
        )


def _start(person: Assessed) -> str:
    """The first two fields of every row of a person."""
    post = person.employee.post
    department = safe_text(" ".join(part for part in (post.bureau, post.department) if part) or post.code)
    return f"{field(safe_text(person.employee.staff_id))},{field(department)}"


def _returned(person: Assessed, as_of: str) -> Iterator[str]:
    """One row a value that came back in a form: `inputs` is the cell of the returned file, `values` the rest of its origin.
    Two departments may have told the same field: the second gets a number."""
    start = _start(person)
    counted: Counter[str] = Counter()
    for entry in person.employee.returned:
        origin = entry.origin
        rule = ".".join(part for part in ("returned", str(entry.year), entry.field, entry.item) if part)
        counted[rule] += 1
        rule_id = rule if counted[rule] == 1 else f"{rule}#{counted[rule]}"
        raw = _scalar_json(entry.value)
        file, sheet, cell = _scalar_json(origin.file), _scalar_json(origin.sheet), _scalar_json(origin.cell)
        told = {
            "code": entry.code,
            "decided": entry.decided,
            "saved": origin.saved,
            "sender": origin.sender,
            "sha256": origin.sha256,
        }
        inputs = field(f'[{{"file":{file},"sheet":{sheet},"cell":{cell},"raw":{raw},"value":{raw}}}]')
        yield f"{start},{field(rule_id)},,{RECORDED},{Degree.REFERENCE.value},,,{inputs},{field(_json(told))},,{as_of}"


def field(text: str) -> str:
    """A field of a CSV file, quoted where it must be."""
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def values(result: Result) -> str:
    """The intermediate values of a judgement as JSON."""
    return _json(result.values())


def _cell_json(evidence: Evidence) -> str:
    ref, name = evidence.ref, evidence.field
    file, sheet, address = _scalar_json(ref.source.file), _scalar_json(ref.source.sheet), ref.address(name)
    raw, value = _scalar_json(plain(ref.raw_of(name))), _scalar_json(plain(evidence.value))
    return f'{{"file":{file},"sheet":{sheet},"cell":"{address}","raw":{raw},"value":{value}}}'


@lru_cache(maxsize=65536, typed=True)
def _scalar_json(value: str | int | float | bool | None) -> str:
    return _plain_json(value)


def plain(value: Scalar) -> str | int | float | bool | None:
    """A value as JSON holds it: dates in ISO form."""
    return value.isoformat() if isinstance(value, date) else value


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula when it opens the CSV: such a beginning gets an apostrophe."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


def reading_text(reading: RotationReading) -> str:
    """The reading of the guide in one line of key=value, for machines; sheets have words for it."""
    pairs = [
        ("units", "+".join(map(_asked, reading.requirements))),
        ("window_years", reading.window_years),
        ("ranks", "+".join(reading.ranks)),
        ("employment", "+".join(e.value for e in reading.employment)),
        ("excluded_job_families", "+".join(reading.excluded_job_families)),
        ("min_stay_months", reading.min_stay_months),
        ("secondment_counts", "yes" if reading.secondment_counts else "no"),
        ("leave_extends_window", "yes" if reading.leave_extends_window else "no"),
        ("midcareer", reading.midcareer.value),
        ("midcareer_routes", "+".join(reading.midcareer_routes)),
        ("usual_stay_years", reading.usual_stay_years),
        ("review_years", "" if reading.review_years is None else reading.review_years),
    ]
    if reading.job_families:
        pairs.append(("job_families", "+".join(reading.job_families)))
    return ";".join(f"{key}={value}" for key, value in pairs)


def _asked(asked: Requirement) -> str:
    groups = ",".join(f"{group.name}:{'/'.join(group.members)}" for group in asked.groups)
    what = asked.level.value if asked.counted is Counted.UNITS else f"{asked.counted.value}:{asked.level.value}"
    return f"{what}>={asked.minimum}" + (f"({groups})" if groups else "")


def stays_text(stays: Iterable[StayRule]) -> str:
    """The rules on stays in one line of id=least-target-most, in whole years."""
    years = [(s.id, (s.minimum_years, s.target_years, s.maximum_years)) for s in stays]
    return ";".join(f"{key}=" + "-".join("" if n is None else str(n) for n in asked) for key, asked in years)


def points_text(points: Mapping[str, int]) -> str:
    """The points of the marks in one line."""
    return ";".join(f"points.{mark}={value}" for mark, value in points.items())
