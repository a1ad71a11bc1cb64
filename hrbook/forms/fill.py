"""A form and values -> the bytes of one workbook. A text is always a text: never a formula, a link or a number format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Protocol

from hrbook.core.fault import Fault
from hrbook.core.source import Scalar
from hrbook.excel.clean import cell_text
from hrbook.forms.form import Form
from hrbook.forms.package import Packed, archive, packed
from hrbook.forms.pieces import Contents, put_together
from hrbook.forms.slots import Slot
from hrbook.forms.xml import DECLARATION

EPOCH, EPOCH_1904, FIRST_DAY = date(1899, 12, 30), date(1904, 1, 1), date(1900, 3, 1)
LAST_ROW = 1_048_576
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as the code of a letter
Values = Mapping[str, Scalar | Sequence[Scalar]]  # by id of the field; a sequence for a field of many


class Words(Protocol):
    """How a value is said where a cell cannot show it as what it is."""

    def day(self, day: date) -> str:
        """A date in words."""
        ...

    def more(self, text: str, count: int) -> str:
        """The last of too many texts, with the number of those that found no place."""
        ...


def filled(form: Form, common: Values, people: Sequence[Values], words: Words, title: str, creator: str) -> bytes:
    """The workbook. `common` fills what stands once, each of `people` one copy of the block; without a block `people`
    is empty. Raises Fault where the people do not fit on a sheet or a text into a cell."""
    if form.block is not None and form.bottom + form.block.height * (len(people) - 1) > LAST_ROW:
        raise Fault("form_too_many", file=form.file, sheet=form.block.sheet, found=len(people))
    own = _contents(form, common, words)
    copies = [_contents(form, {**common, **person}, words) for person in people] if form.block is not None else []
    parts: list[Packed] = []
    for part in form.parts:
        if isinstance(part, Packed):
            parts.append(part)
        else:
            name, pieces = part
            parts.append(packed(name, put_together(pieces, form.block, own, copies).encode("utf-8")))
    if form.core:
        parts.append(packed(form.core, _properties(title, creator).encode("utf-8")))
    return archive(parts)


def _contents(form: Form, values: Values, words: Words) -> Contents:
    slots, old = form.slots, form.date1904
    return lambda number: _content(slots[number], value_of(slots[number], values, words), words, old)


def value_of(slot: Slot, values: Values, words: Words) -> Scalar:
    """The value of one slot. Where more texts are known than the form has places, the last place says how many more."""
    found = values.get(slot.field.id)
    if found is None or isinstance(found, (str, int, float, date)):
        return found
    if slot.number >= len(found):
        return None
    value, left = found[slot.number], len(found) - slot.number - 1
    return words.more(value, left) if slot.last and left and isinstance(value, str) else value


def _content(slot: Slot, value: Scalar, words: Words, date1904: bool) -> str:
    """What follows the opening of a cell."""
    prefix = slot.prefix
    if isinstance(value, date):
        if slot.dated and value >= FIRST_DAY:
            value = (value - (EPOCH_1904 if date1904 else EPOCH)).days
        else:
            value = words.day(value)
    if value is None or value == "":
        return "/>"
    if isinstance(value, str):
        text = escape(_CODED.sub("_x005F_", cell_text(value, slot.sheet, slot.row - 1, slot.column - 1)), quote=False)
        return f' t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is></{prefix}c>'
    return f"><{prefix}v>{value}</{prefix}v></{prefix}c>"


def _properties(title: str, creator: str) -> str:
    """The document's properties: not those of the sample, which name whoever drew it, and no clock."""
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title, quote=False)}</dc:title><dc:creator>{escape(creator, quote=False)}</dc:creator>"
        "</cp:coreProperties>"
    )
