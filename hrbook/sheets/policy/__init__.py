"""The policy as a workbook that people edit and print: one sheet a topic, drop-downs, explanations, the clause beside each
value, and the file itself behind it, so that its comments and its order come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrbook.policy_book.dictionary import load_plan
from hrbook.policy_book.spelling import Spelling, inside
from hrbook.policy_book.tables import rows_of
from hrbook.sheets.book import Book
from hrbook.sheets.policy.desk import Desk
from hrbook.sheets.policy.intro import intro
from hrbook.sheets.policy.original import original
from hrbook.sheets.policy.table import table
from hrbook.sheets.policy.values import values


def book(raw: Mapping[str, Any], text: str, file: str, path: str) -> Book:
    """The workbook of a policy: `raw` are its tables, `text` is the file with this `file` name; `path` is where the book
    will stand."""
    plan = load_plan()
    say = Spelling(raw)
    rows = {sheet.id: rows_of(sheet, raw, say) for sheet in plan.sheets}
    city, title = (str(inside(raw, (key,)) or "") for key in ("city", "title"))
    band = plan.words["band"].format(city=city, title=title, edition=inside(raw, ("edition",)) or "").strip()
    desk = Desk(plan, raw, rows, band, file, say)
    made = [values(desk, rows[s.id]) if not s.path else table(desk, rows[s.id]) for s in plan.sheets]
    return Book(
        path=path,
        title=plan.title,
        subject=title,
        company=city,
        comments=file,
        sheets=(intro(desk), *made, original(desk, text)),
    )
