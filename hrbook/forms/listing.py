"""The catalogue of fields as a plain table, for HR to look names up."""

from __future__ import annotations

from dataclasses import dataclass

from hrbook.forms.catalogue import Catalogue, Field, shown
from hrbook.sheets.data import heading, sheet_name
from hrbook.sheets.department.data_staff import TABLE
from hrbook.words import Labels


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet: the names of all fields with what they hold."""

    name: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def listing(labels: Labels, catalogue: Catalogue) -> Listing:
    """The list in the language of the labels; the block comes first."""
    language, prefix = labels.language, catalogue.prefix(labels.language)
    columns = tuple(labels(f"forms.command.{key}") for key in ("name", "of", "kind", "many", "about", "source"))
    of_column = {field.id: heading(labels, TABLE, field) for field in TABLE.fields}
    sheet = sheet_name(labels, TABLE)

    def row(field: Field) -> tuple[str | int, ...]:
        column = of_column.get(field.column, "")
        source = labels("forms.command.data_column", sheet=sheet, column=column) if column else ""
        of, kind = labels(f"forms.of.{field.of}"), labels(f"data.kind.{field.kind}")
        return (prefix + shown(field, language), of, kind, field.many, field.about[language], source)

    block = (prefix + catalogue.block[language], labels("forms.of.block"), "", 1, labels("forms.command.block_about"), "")
    note = labels("forms.command.fields_note")
    return Listing(labels("forms.command.fields"), note, columns, (block, *(row(field) for field in catalogue.fields)))
