"""The careers of the book for machines: one row a spell, with the row of the input that says so."""

from __future__ import annotations

from hrbook.core.calendar import fiscal_year
from hrbook.sheets.book import DataSheet, Value
from hrbook.sheets.data import Field, Table, data_sheet
from hrbook.sheets.view import DepartmentView

ORDER = 81
TABLE = Table(
    "spells",
    (
        Field("year", "integer", 11),
        Field("staff_id", "text", 10),
        Field("number", "integer", 10, unit="nth"),
        Field("start", "date", 12),
        Field("end", "date", 12),
        Field("present", "integer", 10, codes="flag"),
        Field("bureau", "text", 20),
        Field("name", "text", 24),
        Field("name_now", "text", 24),
        Field("secondment", "integer", 9, codes="flag"),
        Field("ordinal", "integer", 12, unit="nth"),
        Field("start_year", "integer", 12),
        Field("service_year", "integer", 14, unit="nth_year"),
        Field("source_sheet", "text", 12),
        Field("source_row", "integer", 12, unit="row"),
    ),
)


def sheets(view: DepartmentView) -> tuple[DataSheet, ...]:
    """One row a spell, people in the order of the staff list, spells from the hire on."""
    year = view.reading.year
    rows: list[tuple[Value, ...]] = []
    for person in view.people:
        hire = None if person.service_year is None else year - person.service_year + 1
        for number, spell in enumerate(person.spells, start=1):
            began = None if spell.start is None else fiscal_year(spell.start)
            ref = spell.evidence[0].ref if spell.evidence else None
            rows.append(
                (
                    year,
                    person.employee.staff_id,
                    number,
                    spell.start,
                    spell.end,
                    int(spell.present),
                    spell.bureau or None,
                    spell.name,
                    spell.name_now,
                    int(spell.secondment),
                    spell.ordinal,
                    began,
                    None if began is None or hire is None else began - hire + 1,
                    ref.source.sheet if ref else None,
                    ref.row if ref else None,
                )
            )
    return (data_sheet(view, TABLE, rows),)
