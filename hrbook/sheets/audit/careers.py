"""The careers of the people of the sample, a row a stay: every cell as it stands in the roster, and formulas that count.

Which earlier stays a unit goes back to is told by the organisation sheet (its cells stand beside it); whether a stay
adds a unit, in which year of service it began and how long nobody knows where the person was, the formulas work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hrbook.core.assessment import Assessed
from hrbook.core.calendar import fiscal_year, last_day, whole_months
from hrbook.core.genealogy import Genealogy
from hrbook.core.roster import Nature
from hrbook.core.rotation import base_level
from hrbook.core.rotation_policy import Counted, Level
from hrbook.core.source import Evidence
from hrbook.sheets.audit.desk import Addresses, Desk
from hrbook.sheets.book import Formula, Sheet
from hrbook.sheets.canvas import Canvas

HEAD = 3
WIDTHS = (9, 5, 9.5, 18, 12, 11, 11, 18, 20, 10, 30, 8, 8, 8, 8, 11, 8)
HEADS = (
    "staff_id", "no", "kind", "date_cell", "date_raw", "start", "end", "unit_cell", "unit_raw", "kin", "kin_cells",
    "service", "new", "inside", "gap", "covered", "hidden",
)  # fmt: skip
NO, START, END, KIN, SERVICE, NEW, INSIDE, GAP, COVERED, HIDDEN = "B", "F", "G", "J", "L", "M", "N", "O", "P", "Q"
COUNTED = (Level.BUREAU, Level.DEPARTMENT, Level.SECTION)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay, or an order whose date cannot be read (`dated` False), with what the formulas will give."""

    no: int
    start: date | None
    end: date | None
    seconded: bool
    dated: bool
    end_known: bool
    cells: tuple[Evidence, ...]
    kin: tuple[int, ...]  # numbers of the earlier stays that ended in the same unit or in kin of it
    service: int | None = None
    new: int = 0
    inside: int = 0
    gap: int = 0
    covered: date | None = None
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What the rows of one person add up to: their place on the sheet (1-based, None: no row) and the sums."""

    first: int | None
    last: int
    count: int
    gap: int
    hidden: int


def stays_of(desk: Desk, person: Assessed, genealogy: Genealogy, window: int) -> list[Stay]:
    """The stays with everything that the formulas beside them give, worked out here in the same way."""
    reading, as_of = desk.reading.rotation, desk.reading.as_of
    hired = started(person)
    end = None if hired is None else min(as_of, last_day(fiscal_year(hired) + window - 1))
    over = hired is not None and desk.reading.year - fiscal_year(hired) + 1 > window
    covered = None if hired is None else hired - DAY
    stays: list[Stay] = []
    ended: list[str] = []
    rows: list[tuple[date | None, date, bool, bool, bool, tuple[Evidence, ...], str, str]] = [
        (s.start, s.end, s.secondment, True, s.end_known, s.evidence, s.start_unit, s.end_unit) for s in person.spells
    ]
    for order in person.employee.orders:
        if not isinstance(order.on, date) and order.nature in (Nature.PRIMARY, Nature.SECONDMENT) and not order.post.blank:
            unit, field = genealogy.resolve(order.post, as_of), "department" if order.post.department else "bureau"
            two = (Evidence(order.ref, "on", None), Evidence(order.ref, field, order.post.department or order.post.bureau))
            rows.append((None, as_of, order.nature is Nature.SECONDMENT, False, False, two, unit, unit))
    for no, (start, last, seconded, dated, end_known, cells, unit, end_unit) in enumerate(rows, start=1):
        kin = tuple(n for n, other in enumerate(ended, start=1) if genealogy.kin(unit, other))
        service = None if start is None or hired is None else fiscal_year(start) - fiscal_year(hired) + 1
        fresh = not any(stays[n - 1].new for n in kin)
        allowed = reading.secondment_counts or not seconded
        enough, doubtful = _length(start, last, end_known, reading.min_stay_months)
        new = int(dated and enough and allowed and fresh)
        gap = 0
        if dated and start is not None and covered is not None and end is not None:
            gap = max(0, (min(start - DAY, end) - covered).days)
            covered = max(covered, last)
        inside = int(bool(new) and (not over if start is None else service is None or service <= window))
        hidden = int(fresh) if not dated else int(doubtful and allowed and fresh) or int(bool(new) and start is None and over)
        stays.append(
            Stay(
                no,
                start,
                last if dated else None,
                seconded,
                dated,
                end_known,
                cells,
                kin,
                service,
                new,
                inside,
                gap,
                covered,
                hidden,
            )
        )
        ended.append(end_unit)
    return stays


def _length(start: date | None, last: date, end_known: bool, months: int) -> tuple[bool, bool]:
    """Whether a stay is long enough to count, and whether that cannot be told."""
    if not months:
        return True, False
    if start is None:
        return False, True
    reached = whole_months(start, last) >= months
    return (reached, False) if end_known or not reached else (False, True)


def started(person: Assessed) -> date | None:
    """The day from which service counts, as the verdict has it."""
    value = next((e.value for e in person.rotation.evidence if e.field == "hired"), None)
    return value if isinstance(value, date) else None


def genealogy_of(desk: Desk) -> Genealogy | None:
    """The units by which the guide counts here; None where it counts classes of units or several things at once."""
    asked = desk.reading.rotation.requirements
    if len(asked) != 1 or asked[0].level not in COUNTED or asked[0].counted is not Counted.UNITS:
        return None
    people = desk.view.assessment.roster.employees
    posts = {e.post for e in people} | {o.post for e in people for o in e.orders}
    return Genealogy(desk.view.assessment.roster.organisation, base_level(asked[0].level), posts)


class Careers:
    """Collects the rows of the people of the sample; `sheet` is asked for at the end."""

    def __init__(self, desk: Desk, genealogy: Genealogy) -> None:
        self._desk, self._genealogy = desk, genealogy
        self._canvas = Canvas(desk.sheet_name("audit_careers"), WIDTHS)
        self._addresses = Addresses(desk.labels("audit.join"))
        self._row = HEAD
        desk.band(self._canvas, "audit_careers", desk.labels("audit.careers.finding"))
        self._canvas.line(HEAD, 0, [desk.labels(f"audit.careers.{key}") for key in HEADS], "th")
        self._canvas.heights[HEAD] = 44

    def add(self, person: Assessed, window: int, sample: str, row: int, as_of: str) -> Told:
        """The stays of one person. `sample` is the sheet of the sample as formulas name it, `row` the person's row there
        (1-based), which holds the hire in D and the window in O; `as_of` the cell of the as-of date."""
        desk, canvas = self._desk, self._canvas
        stays = stays_of(desk, person, self._genealogy, window)
        self._row += 1
        canvas.put(self._row, 0, person.employee.staff_id, "staff_id bold fill_band")
        canvas.put(self._row, 1, self._roster_cells(person), "td_wrap small fill_band", cols=len(WIDTHS) - 1)
        first = self._row + 2
        hired, limit = f"{sample}!$D${row}", f"{sample}!$O${row}"
        hired_year = f"(YEAR({hired})-IF(MONTH({hired})<4,1,0))"
        end = f"MIN({sample}!{as_of},DATE({hired_year}+{limit},3,31))"
        over = f"{sample}!$N${row}>{limit}"
        for stay in stays:
            self._row += 1
            self._stay(person, stay, first, (hired, hired_year, limit, end, over))
        known = started(person)
        trailing = 0
        if known is not None:
            last = min(desk.reading.as_of, last_day(fiscal_year(known) + window - 1))
            covered = next((s.covered for s in reversed(stays) if s.covered is not None), known - DAY)
            trailing = max(0, (last - covered).days)
        longest = max([trailing, *(s.gap for s in stays)])
        return Told(
            first if stays else None,
            self._row + 1,
            sum(s.inside for s in stays),
            longest,
            sum(s.hidden for s in stays),
        )

    def sheet(self) -> Sheet:
        """The finished sheet."""
        note = self._desk.labels("audit.careers.note")
        self._canvas.put(self._row + 1, 0, note, "caption_wrap", cols=len(WIDTHS))
        page = replace(self._desk.page("audit_careers"), repeat_rows=(HEAD, HEAD))
        return self._canvas.sheet(page, freeze=(HEAD + 1, 2), tab="orange")

    def _stay(self, person: Assessed, stay: Stay, first: int, refs: tuple[str, str, str, str, str]) -> None:
        desk, canvas, row, at = self._desk, self._canvas, self._row, self._row + 1
        labels, reading = desk.labels, desk.reading.rotation
        hired, hired_year, limit, end, over = refs
        kind = "undated" if not stay.dated else "seconded" if stay.seconded else "stay" if stay.end_known else "open_end"
        months = reading.min_stay_months
        allowed = reading.secondment_counts or not stay.seconded
        on, unit = self._two(stay.cells)
        canvas.put(row, 0, person.employee.staff_id, "staff_id muted")
        canvas.put(row, 1, stay.no, "number_center")
        canvas.put(row, 2, labels(f"audit.careers.is.{kind}"), "td_center small")
        for col, cell in ((3, on), (7, unit)):
            canvas.put(row, col, self._addresses.of(cell.ref, cell.field) if cell else None, "code shrink")
            raw = cell.ref.raw_of(cell.field) if cell else None
            text = raw.isoformat() if isinstance(raw, date) else None if raw is None else str(raw)
            canvas.put(row, col + 1, text, "td_small shrink")
        canvas.put(row, 5, stay.start, "td_center iso_date small")
        canvas.put(row, 6, stay.end, "td_center iso_date small")
        canvas.put(row, 9, f",{','.join(map(str, stay.kin))}," if stay.kin else None, "td_center small as_text")
        canvas.put(row, 10, self._others(stay) or None, "td_wrap tiny")
        look = "number_center fill_soft"
        if stay.dated and stay.start is not None and stay.service is not None:
            text = f"YEAR({START}{at})-IF(MONTH({START}{at})<4,1,0)-{hired_year}+1"
            canvas.put(row, 11, Formula(text, stay.service), look)
        else:
            canvas.put(row, 11, None, "td fill_soft")
        fresh = "1=1"
        if at > first:
            above = f"{NEW}${first}:{NEW}{at - 1}"
            numbers = f"{NO}${first}:{NO}{at - 1}"
            fresh = f'SUMPRODUCT(({above}=1)*ISNUMBER(SEARCH(","&{numbers}&",",{KIN}{at}&"")))=0'
        length = f'DATEDIF({START}{at},{END}{at}+1,"m")>={months}'
        unsure = "1=1" if stay.start is None else length if not stay.end_known else "1=0"
        asked = [fresh, *([] if allowed else ["1=0"])]
        if months:
            asked += [f"NOT({unsure})", *([] if stay.start is None else [length])]
        canvas.put(row, 12, Formula(f"IF(AND({','.join(asked)}),1,0)", stay.new) if stay.dated else 0, look)
        within = f"{SERVICE}{at}<={limit}" if stay.start is not None else f"NOT({over})"
        canvas.put(row, 13, Formula(f"IF(AND({NEW}{at}=1,{within}),1,0)", stay.inside), look)
        before = f"{COVERED}{at - 1}" if at > first else f"({hired}-1)"
        if stay.covered is None:
            canvas.fill(row, 14, 15, "td fill_soft")
        elif not stay.dated or stay.start is None:
            canvas.put(row, 14, 0, look)
            canvas.put(row, 15, Formula(before, _serial(stay.covered)), "td_center iso_date small fill_soft")
        else:
            canvas.put(row, 14, Formula(f"MAX(0,MIN({START}{at}-1,{end})-{before})", stay.gap), look)
            text = f"MAX({before},{END}{at})"
            canvas.put(row, 15, Formula(text, _serial(stay.covered)), "td_center iso_date small fill_soft")
        if not stay.dated:
            hidden = fresh
        elif months and allowed:
            hidden = f"AND({fresh},{unsure})"
        else:
            hidden = f'AND({NEW}{at}=1,{START}{at}="",{over})'
        canvas.put(row, 16, Formula(f"IF({hidden},1,0)", stay.hidden), look)

    @staticmethod
    def _two(cells: Sequence[Evidence]) -> tuple[Evidence | None, Evidence | None]:
        """The cells of the day and of the unit with which the stay began."""
        on = next((c for c in cells if c.field == "on"), None)
        unit = next((c for c in cells if c.field != "on" and (on is None or c.ref is on.ref)), None)
        return on, unit

    def _others(self, stay: Stay) -> str:
        """The cells of orders that changed nothing, and of the units that were reorganised meanwhile or before."""
        own = self._two(stay.cells)
        rest = [c for c in stay.cells if c not in own]
        return self._desk.labels("audit.join").join(f"{self._addresses.of(c.ref, c.field)} {_said(c)}".rstrip() for c in rest)

    def _roster_cells(self, person: Assessed) -> str:
        """Name, and the cells that no stay rests on: the roster row, reorganised units, the reason."""
        labels = self._desk.labels
        used = {id(c.ref) for s in person.spells for c in s.evidence if c.field == "on"}
        cells = [c for c in person.rotation.evidence if id(c.ref) not in used]
        said = labels("audit.join").join(f"{self._addresses.of(c.ref, c.field)} {_said(c)}".rstrip() for c in cells)
        return labels("audit.careers.person", name=person.employee.name, cells=said)


def _said(cell: Evidence) -> str:
    raw = cell.ref.raw_of(cell.field)
    return "" if raw is None else raw.isoformat() if isinstance(raw, date) else str(raw)


def _serial(day: date) -> int:
    """A day as Excel counts it."""
    return (day - date(1899, 12, 30)).days
