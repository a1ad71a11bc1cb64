"""Small builders: people written by hand, judged by the real engine under the first city's policy, as one department."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from hrbook.core.assess import assess
from hrbook.core.assessment import Assessment
from hrbook.core.reading import Reading, SettingValue
from hrbook.core.roster import (
    Completion,
    Employee,
    Employment,
    Leave,
    Nature,
    Order,
    OrgRow,
    Outcome,
    Post,
    Presence,
    Reason,
    Roster,
    Wish,
)
from hrbook.core.source import RowRef, SheetSource
from hrbook.ingest.policy import load_policy
from hrbook.sheets.book import Cell, DataSheet, Formula, Sheet
from hrbook.sheets.view import DepartmentView, RunFacts, departments_of
from hrbook.words import Labels, load_labels

YEAR = 2026
AS_OF = date(2026, 4, 1)
POLICY, _ = load_policy("tachikawa-3")
LABELS = load_labels("ja")
SOURCE = SheetSource("roster.xlsx", "0" * 64, "職員名簿", {}, {})
RUN = RunFacts("a" * 64, "0.0.0", "roster.xlsx", "b" * 64, {"roster": 1}, "settings.xlsx", "c" * 64, "tachikawa-3", "d" * 64)
RANKS = {"主事": "shuji", "主任": "shunin", "係長": "kakaricho", "課長": "kacho", "部長": "bucho", "主査": "kakaricho"}
BUREAU, HERE = "市民生活部", "市民課"


def ref(row: int = 2, sheet: str = "職員名簿") -> RowRef:
    """A row of an input sheet without columns."""
    return RowRef(replace(SOURCE, sheet=sheet), row, ())


def post(department: str = HERE, bureau: str = BUREAU, section: str = "") -> Post:
    return Post(bureau, department, section)


def order(
    on: date | None, department: str, *, title: str = "主事", nature: Nature = Nature.PRIMARY, hire: bool = False, row: int = 2
) -> Order:
    """A personnel order to a department of the same bureau."""
    where, said = post(department), ref(row, "異動履歴")
    return Order(on, where, title, RANKS.get(title), "配置換", nature, False, False, None, "", said, hire=hire)


def completion(code: str, on: date, outcome: Outcome = Outcome.COMPLETED) -> Completion:
    return Completion(code, code, on, outcome, ref(sheet="研修履歴"))


def leave(start: date, end: date | None = None) -> Leave:
    return Leave("病気休職", start, end, ref(sheet="休業等"))


def wish(year: int = 2025, **given: str) -> Wish:
    said = {"wants_move": "希望する", "where": "財政課", "reason": "経験を広げたい", "training": "政策法務"}
    said |= {"care": "通院のため残業を控えたい"} | given
    return Wish(year=year, **said, ref=ref(sheet="自己申告"))


def reason(text: str = "大規模な計画の担当を続けるため", registered: date = date(2026, 3, 1)) -> Reason:
    return Reason("rotation.three-in-ten", text, None, "人事課", registered, "人事課長", registered, ref(sheet="理由登録"))


def employee(
    staff_id: str,
    *moves: tuple[date, str],
    name: str = "架空　太郎",
    title: str = "主事",
    hired: date | None = date(2022, 4, 1),
    department: str = HERE,
    employment: Employment | None = Employment.REGULAR,
    job_family: str = "一般事務",
    presence: Presence = Presence.ACTIVE,
    orders: Sequence[Order] = (),
    **more: object,
) -> Employee:
    """A person whose career is `moves` (date, department); without any, the present post since the hire."""
    if not moves and not orders and hired is not None:
        moves = ((hired, department),)
    made = tuple(order(on, where, title=title, hire=number == 0, row=number + 2) for number, (on, where) in enumerate(moves))
    rank = RANKS.get(title)
    given: dict[str, object] = {
        "kana": "カクウ　タロウ",
        "birth": date(1996, 5, 1),
        "hire_route": "新規",
        "rank_start": hired,
        "roles": (),
        "tier": None,
        "left": None,
        "ref": ref(),
        **more,
    }
    return Employee(
        staff_id=staff_id,
        name=name,
        hired=hired,
        employment=employment,
        job_family=job_family,
        title=title,
        rank=rank,
        post=post(department),
        presence=presence,
        orders=(*made, *orders),
        **given,  # type: ignore[arg-type]
    )


def reading_of(values: Iterable[SettingValue] = (), **given: object) -> Reading:
    """The policy's own reading on 1 April 2026; `given` replaces parts, `rotation` parts of the reading of the guide."""
    rotation = given.pop("rotation", {})
    base = Reading(
        year=YEAR,
        as_of=AS_OF,
        policy=POLICY,
        rotation=replace(POLICY.rotation.reading, **rotation),  # type: ignore[arg-type]
        points={m.id: m.points for m in POLICY.competency.marks},
        register_start=2000,
        step_down_age=60,
        policy_effective_from=None,
        values=tuple(values),
    )
    return replace(base, **given)  # type: ignore[arg-type]


def assessment_of(people: Iterable[Employee], reading: Reading | None = None, organisation: Sequence[OrgRow] = ()) -> Assessment:
    ordered = tuple(sorted(people, key=lambda p: p.staff_id))
    roster = Roster("roster.xlsx", "b" * 64, ordered, tuple(organisation), (), len(ordered))
    return assess(roster, reading or reading_of())


def view_of(
    *people: Employee,
    reading: Reading | None = None,
    labels: Labels = LABELS,
    department: str = HERE,
    organisation: Sequence[OrgRow] = (),
) -> DepartmentView:
    """The book's view of `department` with everybody judged."""
    assessment = assessment_of(people, reading, organisation)
    departments = departments_of(assessment)
    mine = next(d for d in departments if d.department == department)
    below = tuple(d for d in departments if d.bureau == mine.bureau and d.department) if not department else ()
    return DepartmentView(mine, below, assessment.reading, labels, RUN)


# looking at sheets -------------------------------------------------------------------------------------------


def value_of(cell: Cell) -> object:
    if cell.runs:
        return "".join(run.text for run in cell.runs)
    return cell.value.value if isinstance(cell.value, Formula) else cell.value


def at(sheet: Sheet, row: int, col: int) -> Cell:
    """The cell that stands at a place; KeyError where there is none."""
    found = [c for c in sheet.every_cell() if c.row == row and c.col == col]
    if not found:
        raise KeyError((row, col))
    return found[-1]


def texts(sheet: Sheet, row: int | None = None) -> list[str]:
    """Every text of a sheet, or of one row, from left to right."""
    cells = sorted((c for c in sheet.every_cell() if row is None or c.row == row), key=lambda c: (c.row, c.col))
    return [v for c in cells if isinstance(v := value_of(c), str) and v]


def table(sheet: DataSheet) -> list[dict[str, object]]:
    """The rows of a machine-readable sheet by heading."""
    heads = [c.heading for c in sheet.columns]
    return [dict(zip(heads, row, strict=True)) for row in sheet.rows]


def unbracketed(sheet: Sheet | DataSheet, known: Iterable[str] = ()) -> list[str]:
    """Texts of a sheet made with marked labels that hold a letter outside brackets and are no known name or policy word
    (a number before or behind it does not matter)."""
    values = [value_of(c) for c in sheet.every_cell()] if isinstance(sheet, Sheet) else [c.heading for c in sheet.columns]
    allowed = {"", *known}
    rest = {value: outside(value).strip() for value in values if isinstance(value, str)}
    return [
        value
        for value, left in rest.items()
        if any(char.isalpha() for char in left) and left not in allowed and left.strip(" 123") not in allowed
    ]


def outside(text: str) -> str:
    """What of a text stands outside all brackets."""
    depth = 0
    kept = []
    for char in text:
        depth += char == "["
        if not depth:
            kept.append(char)
        depth -= char == "]" and depth > 0
    return "".join(kept)
