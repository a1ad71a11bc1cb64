"""A sheet to be filled in: headings with notes in row 1, drop-downs and checks below, nothing else."""

from __future__ import annotations

from hrbook.core.source import column_letters
from hrbook.sheets.blank.plan import EARLIEST, LATEST, FormField, FormSheet
from hrbook.sheets.book import Check, DateCheck, ListCheck, NumberCheck, Page, Prompt, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.paper import cut
from hrbook.textfit import units
from hrbook.words import Labels

LAST_ROW = 20_000  # 0-based: how far down the checks reach
INSIDE = 250  # UTF-16 units of a list that stands inside its check
NARROW, ROOMY, WIDE, ARROW = 11.0, 18.0, 44.0, 4
MESSAGE = 250  # half-width places that a prompt surely holds
LOOKS = {"date": "td iso_date", "number": "td center", "choice": "td as_text", "text": "td as_text", "any": "td left"}


class Choices:
    """Lists that are too long for a check stand on a sheet of their own, a column each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lists: dict[tuple[str, ...], str] = {}  # items -> heading

    def check(self, field: FormField, col: int, error: str) -> ListCheck:
        """The drop-down of a column."""
        place = (1, col, LAST_ROW, col)
        if len(",".join(field.choices).encode("utf-16-le")) // 2 <= INSIDE and not any("," in c for c in field.choices):
            return ListCheck(*place, items=field.choices, error=error, open=not field.strict)
        if field.choices not in self._lists:
            self._lists[field.choices] = field.header
        letters = column_letters(list(self._lists).index(field.choices))
        source = f"='{self.name}'!${letters}$2:${letters}${len(field.choices) + 1}"
        return ListCheck(*place, source=source, error=error, open=not field.strict)

    def sheet(self, labels: Labels) -> Sheet | None:
        """The sheet of the lists; None where every list fitted inside."""
        if not self._lists:
            return None
        widths = tuple(min(WIDE, max(units(word) for word in (head, *items)) + 4.0) for items, head in self._lists.items())
        canvas = Canvas(self.name, widths)
        for col, (items, head) in enumerate(self._lists.items()):
            canvas.put(0, col, head, "th_grey")
            for row, item in enumerate(items, start=1):
                canvas.put(row, col, item, "td as_text")
        return canvas.sheet(Page(landscape=False, repeat_rows=(0, 0)), freeze=(1, 0), protected=True, tab="line")


def table(sheet: FormSheet, choices: Choices, labels: Labels) -> Sheet:
    """The sheet of one kind of rows."""
    widths = tuple(_width(field, [row[col] for row in sheet.rows]) for col, field in enumerate(sheet.fields))
    canvas = Canvas(sheet.name, widths)
    canvas.column_looks = tuple(
        LOOKS[field.shape] + (" wrap" if width == WIDE else "") for field, width in zip(sheet.fields, widths, strict=True)
    )
    canvas.heights[0] = 26
    taken = {(check.row, check.col) for check in sheet.checks}
    for col, field in enumerate(sheet.fields):
        canvas.put(0, col, field.header, "th" if field.required else "th_grey")
        canvas.checks.append(Prompt(0, col, 0, col, field.header, cut(note_of(field, labels), MESSAGE)))
        check = _check(field, col, choices, labels)
        if check is not None and not any(c == col for _, c in taken):
            canvas.checks.append(check)
    canvas.checks.extend(sheet.checks)
    for number, row in enumerate(sheet.rows, start=1):
        for col, value in enumerate(row):
            canvas.put(number, col, value, canvas.column_looks[col])
    page = Page(repeat_rows=(0, 0), header=("", sheet.name, ""), footer=("", "{page} / {pages}", ""))
    filter_to = (0, 0, max(1, len(sheet.rows)), len(sheet.fields) - 1)
    return canvas.sheet(
        page, freeze=(1, 2 if len(widths) > 6 else 0), autofilter=filter_to, tab="navy" if sheet.required else "blue"
    )


def note_of(field: FormField, labels: Labels) -> str:
    """What is shown while the heading is chosen. A comment would be a drawing, which the state's rules for tables advise
    against and which `check` would report in our own form."""
    lines = [labels("blank.note.required" if field.required else "blank.note.optional"), field.how]
    if field.example:
        lines.append(labels("blank.note.example", example=field.example))
    return "\n".join([*lines, field.why])


def _width(field: FormField, values: list[object]) -> float:
    texts = [field.example, *field.choices[:12], *(str(value) for value in values if value is not None)]
    needed = max([units(field.header) + ARROW, *(units(text) + 2 for text in texts)])
    return min(WIDE, max(ROOMY if field.shape == "any" else NARROW, float(needed)))


def _check(field: FormField, col: int, choices: Choices, labels: Labels) -> Check | None:
    place = (1, col, LAST_ROW, col)
    if field.shape == "date":
        return DateCheck(*place, EARLIEST, LATEST, error=labels("blank.wrong.date"))
    if field.shape == "number":
        least, most = field.bounds
        return NumberCheck(*place, least, most, error=labels("blank.wrong.number", least=least, most=most))
    if field.choices:
        return choices.check(field, col, labels("blank.wrong.choice"))
    return None
