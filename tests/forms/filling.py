"""Loading and filling a form in one line, with invented people."""

from __future__ import annotations

from datetime import date

from hrbook.forms.catalogue import load_catalogue
from hrbook.forms.fill import filled
from hrbook.forms.form import Form
from hrbook.forms.template import load_form
from hrbook.forms.values import FormWords
from tests.sheets.builders import LABELS

CATALOGUE = load_catalogue()
COMMON = {"unit": "市民課", "people": 3, "as_of": date(2026, 4, 1)}


def form_of(data: bytes, file: str = "様式.xlsx") -> Form:
    return load_form(file, data, CATALOGUE, "ja")


def person(number: int, **more: object) -> dict[str, object]:
    said: dict[str, object] = {
        "number": number,
        "name": f"架空　{number}子",
        "staff_id": f"{number:05d}",
        "service_year": number,
        "hired": date(2000 + number % 20, 4, 1),
        "rotation": "到達",
    }
    return said | more


def fill(form: Form, people: int | list[dict[str, object]] = 0, **common: object) -> bytes:
    made = [person(n) for n in range(1, people + 1)] if isinstance(people, int) else people
    return filled(form, {**COMMON, **common}, made, FormWords(LABELS), "題", "架空市")
