"""What every sheet of the policy's workbook shares: the frame of a page, the drop-downs, where a list stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hrbook.core.source import column_letters
from hrbook.policy_book.dictionary import BookPlan, SheetPlan
from hrbook.policy_book.spelling import Spelling, choices
from hrbook.policy_book.tables import Rows
from hrbook.sheets.book import Link, ListCheck, Page
from hrbook.sheets.canvas import Canvas, finding_height, title_band

FIRST = 5  # 0-based row of the first entry: band, explanation, gap, what each column means, headings
NARROWEST = 9.0
LISTED = {
    "rank": ("ranks", "name"),
    "ability": ("abilities", "name"),
    "provider": ("providers", "name"),
    "category": ("categories", "name"),
    "course": ("courses", "code"),
    "clause": ("clauses", "place"),
}
MESSAGE = 225  # letters that a drop-down's message may have


@dataclass(frozen=True, slots=True)
class Desk:
    """One policy and its rows; `band` is what stands at the top of each sheet, `file` the file's name."""

    plan: BookPlan
    raw: Mapping[str, Any]
    rows: Mapping[str, Rows]
    band: str
    file: str
    say: Spelling

    def page(self, name: str, columns: tuple[float, ...], *, landscape: bool = True) -> Page:
        """A4, one page wide, headings repeated."""
        header = (self.band, "", name)
        footer = (self.file, "{page} / {pages}", self.plan.words["print"])
        return Page(
            landscape=landscape, header=header, footer=footer, repeat_rows=(FIRST - 2, FIRST - 1), margins=(0.4, 0.4, 0.7, 0.6)
        )

    def top(self, canvas: Canvas, name: str, why: str) -> None:
        """Band, explanation and the way back."""
        back, home = self.plan.words["back"], Link(self.plan.intro["name"])
        if len(canvas.columns) > 2:
            title_band(canvas, len(canvas.columns) - 1, name, why, home, back)
            return
        canvas.put(0, 0, name, "title")
        canvas.put(0, 1, back, "band_link", link=home)
        canvas.put(1, 0, why, "finding", cols=2)
        canvas.heights.update({0: 30, 1: finding_height(why, canvas.columns), 2: 6})

    def last_row(self, plan: SheetPlan) -> int:
        """0-based row of the last place for an entry."""
        return FIRST + len(self.rows[plan.id].rows) + plan.spare - 1

    def check(self, kind: str, row: int, col: int, last_row: int) -> ListCheck | None:
        """The drop-down of a kind of value over some cells of a column; None for what is typed."""
        place = (row, col, last_row, col)
        error = self.plan.words["wrong_choice"]
        items = choices(kind)
        if items:
            return ListCheck(*place, items=items, error=error)
        if kind not in LISTED:
            return None
        sheet, key = LISTED[kind]
        plan = self.plan.sheet(sheet)
        index = [field.key for field in plan.fields].index(key)
        letters = column_letters(index)
        source = f"='{plan.name}'!${letters}${FIRST + 1}:${letters}${self.last_row(plan) + 1}"
        return ListCheck(*place, source=source, error=error)


def checked(found: Iterator[ListCheck | None]) -> Iterator[ListCheck]:
    """The drop-downs that there are."""
    return (check for check in found if check is not None)
