"""What was consented to, mapped or read from a workbook of its own is on record, and the run can be made again from it."""

from __future__ import annotations

import json

import openpyxl
import pytest

from tests.conftest import hrbook


@pytest.fixture(scope="module")
def made(city, tmp_path_factory):
    """A run whose history comes in a workbook of its own, with a heading of the city's and dates without a day."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "input").mkdir()
    (folder / "input" / "settings.xlsx").write_bytes((city / "input" / "settings.xlsx").read_bytes())
    book = openpyxl.load_workbook(city / "input" / "roster.xlsx")
    history = openpyxl.Workbook()
    sheet = history.worksheets[0]
    for row in book["異動履歴"].iter_rows(values_only=True):
        sheet.append(row)
    place = next(cell.column for cell in sheet[1] if cell.value == "発令日")
    sheet.cell(1, place).value = "発令年月"
    sheet.cell(2, place).value = sheet.cell(2, place).value.strftime("%Y年%m月")
    history.save(folder / "orders.xlsx")
    del book["異動履歴"]
    book.save(folder / "input" / "roster.xlsx")
    words = ("--history", "orders.xlsx", "--map", "発令年月=発令日", "--accept", "HR214")
    done = hrbook("build", *words, "--out", "output", cwd=folder)
    assert done.code == 0, done.err
    return folder


def test_the_record_names_them(made):
    record = json.loads((made / "output" / "2026" / "manifest.json").read_text(encoding="utf-8"))
    assert record["options"]["accept"] == "HR214" and record["options"]["map"].endswith("発令年月=発令日")
    assert record["inputs"]["history"]["file"] == "orders.xlsx"


def test_the_run_can_be_made_again(made):
    done = hrbook("verify", made / "output" / "2026", cwd=made)
    assert done.code == 0, done.err + done.out


def test_without_consent_the_value_is_not_used(made):
    words = ("--history", "orders.xlsx", "--map", "発令年月=発令日", "--format", "json")
    told = {
        code: json.loads(hrbook("check", *words, *extra, cwd=made).out)["findings"]
        for code, extra in (("without", ()), ("with", ("--accept", "HR214")))
    }
    (one,), (other,) = ([f for f in told[name] if f["code"] == "HR214"] for name in ("without", "with"))
    assert (one["severity"], one["understood"], other["severity"]) == ("warning", None, "note")
    assert other["understood"].endswith("-01") and one["cell"] == other["cell"] == "B2"


def test_a_repair_that_takes_no_consent_is_refused(made):
    done = hrbook("check", "--accept", "HR201", cwd=made)
    assert done.code == 2 and "HR214" in done.err


def test_the_report_is_a_copy_beside_the_original(made):
    before = (made / "input" / "roster.xlsx").read_bytes()
    done = hrbook("check", "--history", "orders.xlsx", "--map", "発令年月=発令日", "--report", "report.xlsx", cwd=made)
    assert done.code in (0, 1), done.err
    assert (made / "input" / "roster.xlsx").read_bytes() == before
    assert (
        openpyxl.load_workbook(made / "report.xlsx").sheetnames[1:]
        == openpyxl.load_workbook(made / "input" / "roster.xlsx").sheetnames
    )
    cell = openpyxl.load_workbook(made / "report-history.xlsx").worksheets[1]["B2"]
    assert cell.fill.fgColor.rgb == "FFFDECC8" and "HR214" in cell.comment.text
    refused = hrbook("check", "--report", "input/roster.xlsx", cwd=made)
    assert refused.code == 2 and (made / "input" / "roster.xlsx").read_bytes() == before
