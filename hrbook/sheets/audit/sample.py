"""A sample to check by hand: careers drawn from every standing, with live formulas that recompute the verdict from the
inputs shown here and, stay by stay, on the sheet of careers; our own values stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import RotationStatus
from hrbook.core.roster import Reason
from hrbook.core.rotation import in_force
from hrbook.core.rotation_policy import MidCareer
from hrbook.sheets.audit.careers import Careers, Told, genealogy_of, started
from hrbook.sheets.audit.desk import Desk
from hrbook.sheets.audit.lots import draw
from hrbook.sheets.book import Formula, ListCheck, Sheet, Value
from hrbook.sheets.canvas import Canvas

ORDER = 80
SETTINGS, HEAD = 3, 6  # rows: the reading, the headings
WIDTHS = (17.5, 8, 12, 10.5, 7, 8, 10, 9, 7, 10, 10, 6, 6, 5, 5, 5, 5, 6, 5, 8, 12, 5, 5, 5, 7, 7)
STANDING = (
    RotationStatus.MET,
    RotationStatus.ON_TRACK,
    RotationStatus.NEEDS_PLAN,
    RotationStatus.OUT_OF_REACH,
    RotationStatus.NOT_REACHED,
)


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the choices of the reading stand on the sheet, as formulas name them."""

    as_of: str
    year: str
    window: str
    minimum: str
    usual: str


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """The sample, a row a career, and the careers, a row a stay. Without the careers where the guide counts otherwise
    than by one kind of unit: then the inputs stand there without formulas."""
    labels = desk.labels
    drawn = draw(desk.view.assessment.people, desk.view.run.run_id)
    canvas = Canvas(desk.sheet_name("audit_sample"), WIDTHS)
    people = f"{len(desk.view.assessment.people):,}"
    desk.band(canvas, "audit_sample", labels("audit.sample.finding", count=len(drawn), people=people))
    cells = _settings(desk, canvas)
    _heads(desk, canvas)
    genealogy = genealogy_of(desk)
    careers = None if genealogy is None else Careers(desk, genealogy)
    row = HEAD + 1
    for person in drawn:
        row += 1
        _person(desk, canvas, row, person)
        if careers is not None:
            window = person.rotation.result.window_years
            told = careers.add(person, window, _quoted(canvas.name), row + 1, cells.as_of)
            _formulas(desk, canvas, row, person, told, cells)
        else:
            canvas.fill(row, 13, 20, "td muted")
            canvas.put(row, 24, None, "td_center")
    last = len(WIDTHS) - 1
    if drawn:
        items = tuple(labels(f"audit.sample.answer.{key}") for key in ("agrees", "differs", "open"))
        canvas.checks.append(ListCheck(HEAD + 2, last, row, last, items))
        if careers is not None:
            canvas.put(row + 1, 0, labels("audit.sample.agreeing"), "totals_label", cols=24)
            word = labels("audit.sample.same")
            count = Formula(f'COUNTIF(Y{HEAD + 3}:Y{row + 1},"{word}")', len(drawn))
            canvas.put(row + 1, 24, count, "totals")
            canvas.put(row + 1, 25, labels("audit.sample.of", count=len(drawn)), "totals center")
            row += 1
    canvas.put(row + 1, 0, labels("audit.sample.note"), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("audit_sample"), repeat_rows=(HEAD, HEAD + 1))
    sheet = canvas.sheet(page, freeze=(HEAD + 2, 3), tab="orange")
    return (sheet,) if careers is None else (sheet, careers.sheet())


def _settings(desk: Desk, canvas: Canvas) -> Cells:
    """The reading by which the formulas count, in cells of its own."""
    labels, reading = desk.labels, desk.reading
    guide = reading.rotation
    minimum = guide.requirements[0].minimum if guide.requirements else 0
    entries: tuple[tuple[str, Value, str], ...] = (
        ("as_of", reading.as_of, "field_value iso_date small"),
        ("year", reading.year, "field_value center"),
        ("window", guide.window_years, "field_value center"),
        ("minimum", minimum, "field_value center"),
        ("usual", max(1, guide.usual_stay_years), "field_value center"),
    )
    places = []
    for number, (key, value, look) in enumerate(entries):
        canvas.put(SETTINGS, 3 + number, labels(f"audit.sample.{key}"), "th2")
        canvas.put(SETTINGS + 1, 3 + number, value, look)
        places.append(f"${chr(68 + number)}${SETTINGS + 2}")
    canvas.put(SETTINGS, 0, labels("audit.sample.reading"), "field_label wrap", rows=2, cols=3)
    method = labels("audit.sample.method", seed=desk.view.run.run_id[:16])
    canvas.put(SETTINGS, 8, method, "caption_wrap", rows=2, cols=len(WIDTHS) - 8)
    canvas.heights.update({SETTINGS: 28, SETTINGS + 1: 18, SETTINGS + 2: 6})
    return Cells(*places)


def _heads(desk: Desk, canvas: Canvas) -> None:
    labels = desk.labels
    groups = ((3, 13, "inputs"), (13, 21, "formulas"), (21, 24, "ours"))
    for col, key in ((0, "status"), (1, "staff_id"), (2, "name"), (24, "agree"), (25, "tick")):
        canvas.put(HEAD, col, labels(f"audit.sample.{key}"), "th", rows=2)
    for first, end, key in groups:
        canvas.put(HEAD, first, labels(f"audit.sample.{key}"), "th_dark", cols=end - first)
    keys = (
        "hired", "rank", "employment", "family", "route", "managerial", "registered", "expires", "reason", "leave",
        "service", "years", "count", "remaining", "gap", "hidden", "population", "verdict", "service", "count", "remaining",
    )  # fmt: skip
    for col, key in enumerate(keys, start=3):
        canvas.put(HEAD + 1, col, labels(f"audit.sample.{key}"), "th2")
    canvas.heights.update({HEAD: 18, HEAD + 1: 32})


def _person(desk: Desk, canvas: Canvas, row: int, person: Assessed) -> None:
    """The inputs and our values."""
    labels, who, result = desk.labels, person.employee, person.rotation.result
    chip = desk.marks.rotation[result.status]
    canvas.put(row, 0, chip.text, f"{chip.look} small")
    canvas.put(row, 1, who.staff_id, "staff_id")
    canvas.put(row, 2, who.name, "name shrink small")
    canvas.put(row, 3, started(person), "td_center iso_date small")
    canvas.put(row, 4, desk.policy.rank_name(who.rank) or None, "td_center small")
    canvas.put(row, 5, labels(f"employment.{who.employment.value}") if who.employment else None, "td_center small shrink")
    canvas.put(row, 6, who.job_family or None, "td_small shrink")
    canvas.put(row, 7, who.hire_route or None, "td_small shrink")
    state = {True: "yes", False: "no", None: "unknown"}[person.post_managerial]
    canvas.put(row, 8, labels(f"audit.sample.is.{state}"), "td_center small")
    reason = _reason(desk, person)
    canvas.put(row, 9, _day(desk, reason.registered_on) if reason else None, "td_center iso_date small")
    canvas.put(row, 10, _day(desk, reason.expires) if reason else None, "td_center iso_date small")
    canvas.put(row, 11, labels("audit.sample.is.yes") if reason else None, "td_center small")
    blind = result.reason == "leave_unreadable"  # which the formulas can only be told
    canvas.put(row, 12, labels("audit.unreadable") if blind else result.leave_years, "number_center")
    for col, value in ((21, result.service_year), (22, result.count), (23, result.remaining)):
        canvas.put(row, col, value, "number_center")
    canvas.put(row, 25, None, "input_center")


def _reason(desk: Desk, person: Assessed) -> Reason | None:
    """The registered reason that decides: one in force, else one of which it cannot be told, else any."""
    reasons = [r for r in person.employee.reasons if r.rule == person.rotation.rule.id]
    for state in (True, None, False):
        for reason in reasons:
            if in_force(reason, desk.reading.as_of) is state:
                return reason
    return None


def _day(desk: Desk, day: object) -> Value:
    if isinstance(day, date):
        return day
    return None if day is None else desk.labels("audit.unreadable")


def _formulas(desk: Desk, canvas: Canvas, row: int, person: Assessed, told: Told, cells: Cells) -> None:
    """From the inputs to the verdict: year of service, window, units, Aprils left, blanks, who the guide is for, standing."""
    result, at, look = person.rotation.result, row + 1, "number_center fill_soft"
    careers = _quoted(desk.sheet_name("audit_careers"))
    hired = started(person)
    leave = str(result.leave_years) if result.reason == "leave_unreadable" else f"M{at}"
    extends = "1" if desk.reading.rotation.leave_extends_window else "0"
    if hired is None:
        canvas.put(row, 13, None, "td fill_soft")
    else:
        canvas.put(row, 13, Formula(f"{cells.year}-YEAR(D{at})+IF(MONTH(D{at})<4,1,0)+1", result.service_year or 0), look)
    canvas.put(row, 14, Formula(f"{cells.window}+{extends}*{leave}", result.window_years), look)
    for col, letter, name, value in ((15, "N", "SUM", told.count), (18, "Q", "SUM", told.hidden)):
        text = "0" if told.first is None else f"{name}({careers}!{letter}{told.first}:{letter}{told.last})"
        canvas.put(row, col, Formula(text, value), look)
    if hired is None:
        canvas.fill(row, 16, 17, "td fill_soft")
    else:
        canvas.put(row, 16, Formula(f"MAX(0,O{at}-N{at})", result.remaining or 0), look)
        covered = f"(D{at}-1)" if told.first is None else f"{careers}!P{told.last}"
        end = f"MIN({cells.as_of},DATE(YEAR(D{at})-IF(MONTH(D{at})<4,1,0)+O{at},3,31))"
        gaps = "0" if told.first is None else f"MAX({careers}!O{told.first}:O{told.last})"
        canvas.put(row, 17, Formula(f"MAX({gaps},0,{end}-{covered})", told.gap), look)
    canvas.put(row, 19, Formula(_population(desk, at), _population_word(desk, person)), "td_center small fill_soft")
    word = desk.marks.rotation[result.status].word
    canvas.put(row, 20, Formula(_verdict(desk, at, cells), word), "td_center small fill_soft shrink")
    same, other = (desk.labels(f"audit.sample.{key}") for key in ("same", "other"))
    ours = f'N{at}&""=V{at}&"",P{at}=W{at},Q{at}&""=X{at}&"",U{at}="{_escaped(word)}"'
    canvas.put(row, 24, Formula(f'IF(AND({ours}),"{same}","{other}")', same), "td_center small bold fill_soft")


def _population(desk: Desk, at: int) -> str:
    """Whom the guide is for, in the order of the rule: appointment, job family, route, rank, after the step-down."""
    labels, guide = desk.labels, desk.reading.rotation
    out, unknown, inside, yes = (labels(f"audit.sample.is.{key}") for key in ("outside", "unknown", "inside", "yes"))

    def one_of(cell: str, names: Sequence[str]) -> str:
        return "OR(" + ",".join(f'{cell}="{_escaped(name)}"' for name in names) + ")" if names else "1=0"

    ranks = [desk.policy.rank_name(rank) for rank in guide.ranks]
    employments = [labels(f"employment.{e.value}") for e in guide.employment]
    families = [f'LEFT(G{at},{len(name)})="{_escaped(name)}"' for name in guide.excluded_job_families]
    wanted = [f'LEFT(G{at},{len(name)})="{_escaped(name)}"' for name in guide.job_families]
    unsure = [f'F{at}=""', f'I{at}="{unknown}"', *([f'E{at}=""'] if ranks else [])]
    steps = [f'AND(F{at}<>"",NOT({one_of(f"F{at}", employments)}))']
    if families:
        steps.append(f"OR({','.join(families)})")
    if wanted:
        steps.append(f'AND(G{at}<>"",NOT(OR({",".join(wanted)})))')
    if families or wanted:
        unsure.append(f'G{at}=""')
    if guide.midcareer is MidCareer.EXCLUDE:
        routes = [f'ISNUMBER(SEARCH("{_escaped(name)}",H{at}))' for name in guide.midcareer_routes]
        steps.append(f"OR({','.join(routes)})" if routes else "1=0")
        unsure.append(f'H{at}=""')
    if ranks:
        steps.append(f'AND(E{at}<>"",NOT({one_of(f"E{at}", ranks)}))')
    steps.append(f'I{at}="{yes}"')
    return f'IF(OR({",".join(steps)}),"{out}",IF(OR({",".join(unsure)}),"{unknown}","{inside}"))'


def _population_word(desk: Desk, person: Assessed) -> str:
    """What the formula of the population gives: the verdict's own reason where it stands outside, else what is missing."""
    who, guide = person.employee, desk.reading.rotation
    reason = person.rotation.result.reason
    outside = reason.startswith("outside_") and reason != "outside_review"
    unknown = (bool(guide.ranks) and who.rank is None) or who.employment is None or person.post_managerial is None
    unknown = unknown or (bool(guide.excluded_job_families or guide.job_families) and not who.job_family)
    unknown = unknown or (guide.midcareer is MidCareer.EXCLUDE and not who.hire_route)
    return desk.labels(f"audit.sample.is.{'outside' if outside else 'unknown' if unknown else 'inside'}")


def _verdict(desk: Desk, at: int, cells: Cells) -> str:
    """The table of the rule from its top: the first line that holds is the standing."""
    words = {s: f'"{_escaped(desk.marks.rotation[s].word)}"' for s in RotationStatus}
    out, unknown = (desk.labels(f"audit.sample.is.{key}") for key in ("outside", "unknown"))
    review = desk.reading.rotation.review_years
    missing = f"({cells.minimum}-P{at})"
    late = f"AND(ISNUMBER(K{at}),K{at}<{cells.as_of})"
    ahead = f"AND(ISNUMBER(J{at}),J{at}>{cells.as_of})"
    known = f'AND(ISNUMBER(J{at}),OR(K{at}="",ISNUMBER(K{at})))'

    def excused(standing: RotationStatus) -> str:
        text = f"IF({known},{words[RotationStatus.EXCUSED]},{words[RotationStatus.UNDETERMINED]})"
        return f'IF(OR(L{at}="",{late},{ahead}),{words[standing]},{text})'

    standing = (
        f"IF(N{at}>O{at},{excused(RotationStatus.NOT_REACHED)},"
        f"IF({missing}>Q{at},{excused(RotationStatus.OUT_OF_REACH)},"
        f"IF({missing}<=INT(Q{at}/{cells.usual}),{words[RotationStatus.ON_TRACK]},{excused(RotationStatus.NEEDS_PLAN)})))"
    )
    over = "1=0" if review is None else f'AND(N{at}<>"",N{at}-O{at}>{review})'
    doubt = f'OR(T{at}="{unknown}",N{at}="",R{at}>31,S{at}>0)'
    return (
        f'IF(OR(T{at}="{out}",{over}),{words[RotationStatus.NOT_APPLICABLE]},'
        f"IF(ISTEXT(M{at}),{words[RotationStatus.UNDETERMINED]},"
        f'IF(AND(N{at}<>"",P{at}>={cells.minimum}),{words[RotationStatus.MET]},'
        f"IF({doubt},{words[RotationStatus.UNDETERMINED]},{standing}))))"
    )


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _escaped(text: str) -> str:
    return text.replace('"', '""')
