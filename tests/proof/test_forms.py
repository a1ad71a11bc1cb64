"""Forms that a real LibreOffice saved, filled and looked at by the real validators; each person on a page of their own."""

from __future__ import annotations

import subprocess

import pytest

from tests.forms import designs
from tests.forms.filling import fill, form_of, person

PEOPLE = 7


@pytest.mark.proof
def test_filled_forms_are_valid_and_count_right(soffice, validate, tmp_path):
    """Forms of xlsxwriter and of LibreOffice. The validators have one thing to say only: that a formula has no saved value,
    which is so on purpose (the book is worked out when it opens); what LibreOffice works out is right."""
    designed = {"list": designs.a_list(), "row": designs.one_row(table=True, chart=True), "person": designs.a_person()}
    for folder in ("drawn", "saved", "filled"):
        (tmp_path / folder).mkdir()
    for name, data in designed.items():
        (tmp_path / "drawn" / f"{name}.xlsx").write_bytes(data)
    soffice(sorted((tmp_path / "drawn").iterdir()), "xlsx:Calc MS Excel 2007 XML", tmp_path / "saved")
    forms = {f"office-{p.stem}": p.read_bytes() for p in sorted((tmp_path / "saved").iterdir())} | {"writer-row": designed["row"]}
    assert len(forms) == 4
    for name, data in forms.items():
        form = form_of(data)
        made = fill(form, PEOPLE if form.block else 0, **person(1))
        (tmp_path / "filled" / f"{name}.xlsx").write_bytes(made)
    run = validate(tmp_path / "filled")
    said = [line.strip() for line in run.stdout.splitlines() if line.startswith("    ")]
    assert [line for line in said if not (line.startswith("recalc") and "cached None" in line)] == []
    sums = [line for line in said if "一覧!" in line]
    assert len(sums) == 2 and all(line.endswith(f"LibreOffice {sum(range(1, PEOPLE + 1))}") for line in sums), said


@pytest.mark.proof
def test_a_page_for_each_person(soffice, tmp_path):
    """The page break at the end of the block stands after each person, the printed title on each page."""
    (tmp_path / "form.xlsx").write_bytes(designs.a_list())
    soffice([tmp_path / "form.xlsx"], "xlsx:Calc MS Excel 2007 XML", tmp_path / "saved")
    (tmp_path / "filled.xlsx").write_bytes(fill(form_of((tmp_path / "saved" / "form.xlsx").read_bytes()), PEOPLE))
    soffice([tmp_path / "filled.xlsx"], "pdf", tmp_path)
    words = ["pdftotext", "-layout", str(tmp_path / "filled.pdf"), "-"]
    pages = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split("\f")[:-1]
    for number in range(1, PEOPLE + 1):
        assert [n for n, page in enumerate(pages, start=1) if f"{number}子" in page] == [number]
    assert all("育成面談票" in page for page in pages[:PEOPLE])
