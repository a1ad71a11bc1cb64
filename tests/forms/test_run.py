"""The city's own forms in a whole run: which files there are, what stands in them, and that a bad form stops it first."""

from __future__ import annotations

import csv
import io
import json
import shutil

import openpyxl
import pytest

from tests.conftest import hrbook
from tests.forms import designs


@pytest.fixture(scope="module")
def desk(city, tmp_path_factory):
    """A working folder with the three example forms and a run made with them."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(city / "input", folder / "input")
    done = hrbook("forms", "--examples", "templates/forms", "--fields", "fields.xlsx", cwd=folder)
    assert done.code == 0, done.err
    (folder / "templates" / "forms" / "~$育成面談記録票.xlsx").write_bytes(b"Excel keeps this while the form is open")
    done = hrbook("build", cwd=folder)
    assert done.code == 0, done.err
    assert "市の様式 3 種類" in done.err
    return folder


def ledger(run):
    with (run / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def texts(path):
    book = openpyxl.load_workbook(path)
    return [str(c.value) for sheet in book for row in sheet for c in row if c.value is not None]


def test_files_of_each_kind(desk):
    run = desk / "output" / "2026"
    books = {p.stem for p in (run / "部署別").iterdir()}
    people = {row["staff_id"] for row in ledger(run)}
    forms = run / "様式"
    assert {p.name for p in forms.iterdir()} == {"育成面談記録票", "研修受講予定表", "研修推進確認書"}
    assert (
        {p.stem for p in (forms / "研修受講予定表").iterdir()} == books == {p.stem for p in (forms / "研修推進確認書").iterdir()}
    )
    assert {p.name for p in (forms / "育成面談記録票").iterdir()} == books
    each = list((forms / "育成面談記録票").rglob("*.xlsx"))
    assert {p.stem.partition("_")[0] for p in each} == people and len(each) == len(people)


def test_the_manifest_says_who_they_are_for(desk):
    record = json.loads((desk / "output" / "2026" / "manifest.json").read_text(encoding="utf-8"))
    files = {f["path"]: f for f in record["files"] if f["path"].startswith("様式/")}
    assert len(files) > 60
    for path, entry in files.items():
        stem = path.split("/")[2].removesuffix(".xlsx")
        assert entry["audience"] and entry["audience"].replace(" 部付", "") in stem, path
        assert entry["rows"] == 1 or "育成面談記録票" not in path
    assert {form["kind"] for form in record["forms"]} == {"list", "person", "department"}
    assert all(form["findings"] == [] for form in record["forms"])
    assert record["templates"]["forms/育成面談記録票.xlsx"]["from"] == "folder"
    kept = {p.name for p in (desk / "output" / "2026" / "inputs").iterdir()}
    assert all(f"{form['sha256']}.xlsx" in kept for form in record["forms"])


def test_values_are_those_of_the_books(desk):
    """Every list holds what the data sheet of the department's book says, and its sums follow."""
    run = desk / "output" / "2026"
    for path in sorted((run / "様式" / "研修受講予定表").iterdir()):
        data = openpyxl.load_workbook(run / "部署別" / path.name)["データ_職員"]
        heads = [c.value for c in data[1]]
        people = [dict(zip(heads, (c.value for c in row), strict=True)) for row in data.iter_rows(min_row=2)]
        sheet = openpyxl.load_workbook(path).active
        rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=4, max_row=3 + len(people))]
        for number, (person, row) in enumerate(zip(people, rows, strict=True), start=1):
            due, late = person["今年度対象の研修（件）"], person["時期経過・未受講の研修（件）"]
            expected = [number, person["職員番号"], person["氏名"], person["職名"], person["入庁年数（年目）"], due]
            assert row[:6] == expected and row[8] == late
            assert (row[6] is None, row[9] is None) == (due == 0, late == 0)
        assert sheet.cell(4 + len(people), 6).value == f"=SUM(F4:F{3 + len(people)})"


def test_a_person_s_form_holds_nobody_else(desk):
    run = desk / "output" / "2026"
    people = {}
    for path in (run / "部署別").iterdir():
        for row in openpyxl.load_workbook(path)["データ_職員"].iter_rows(min_row=2, values_only=True):
            people[row[2]] = row[3]
    names = set(people.values())
    for path in sorted((run / "様式" / "育成面談記録票").rglob("*.xlsx"))[::5]:
        own = people[path.stem.partition("_")[0]]
        found = set(texts(path))
        assert own in found and not (names - {own}) & found


def test_a_run_with_forms_is_verified_from_its_inputs(desk, tmp_path):
    run = tmp_path / "2026"
    shutil.copytree(desk / "output" / "2026", run)
    done = hrbook("verify", run, cwd=desk)
    assert done.code == 0, done.out + done.err


def test_one_department_alone(desk, tmp_path):
    """The same bytes as in the whole run, but for the number of the run."""
    done = hrbook("build", "--department", "人事課", "--out", tmp_path, "--jobs", 1, cwd=desk)
    assert done.code == 0, done.err
    (book,) = (tmp_path / "2026-部分" / "様式" / "研修受講予定表").iterdir()
    whole = desk / "output" / "2026" / "様式" / "研修受講予定表" / book.name
    assert book.read_bytes() == whole.read_bytes()


def test_forms_are_sealed_with_the_password_of_their_department(desk, tmp_path):
    (tmp_path / "list.csv").write_text("department,password\n人事課,Kakuu-no-aikotoba-7\n", encoding="utf-8")
    (tmp_path / "list.csv").chmod(0o600)
    words = ("--department", "人事課", "--password-file", tmp_path / "list.csv", "--out", tmp_path)
    done = hrbook("build", *words, cwd=desk)
    assert done.code == 0, done.err
    made = list((tmp_path / "2026-部分" / "様式").rglob("*.xlsx"))
    assert len(made) > 2 and all(path.read_bytes().startswith(b"\xd0\xcf\x11\xe0") for path in made)


def test_a_dry_run_names_them(desk, tmp_path):
    done = hrbook("build", "--dry-run", "--department", "人事課", "--out", tmp_path / "new", cwd=desk)
    assert done.code == 0 and "研修推進確認書" in done.err and not (tmp_path / "new").exists()


def test_a_bad_form_stops_the_run_before_anything_is_written(desk, tmp_path):
    shutil.copytree(desk / "input", tmp_path / "input")
    (tmp_path / "templates" / "forms").mkdir(parents=True)
    book = designs.named(designs.drawn()[0], {"差込_氏名": "$B$4", "差込_フリガナナ": "$C$4"})
    (tmp_path / "templates" / "forms" / "票.xlsx").write_bytes(designs.saved(book))
    done = hrbook("build", cwd=tmp_path)
    assert done.code == 3 and not (tmp_path / "output").exists()
    assert "票.xlsx" in done.err and "差込_フリガナナ" in done.err and "差込_フリガナ。" in done.err
    assert "Traceback" not in done.err
    english = hrbook("forms", "--lang", "en", cwd=tmp_path)
    assert english.code == 3 and "no known field" in english.err


def test_findings_reach_the_run_and_the_check(desk, tmp_path):
    shutil.copytree(desk / "input", tmp_path / "input")
    (tmp_path / "templates" / "forms").mkdir(parents=True)
    book, sheet = designs.drawn()
    sheet["A9"] = "=C5"
    target = tmp_path / "templates" / "forms" / "票.xlsx"
    target.write_bytes(designs.saved(designs.named(book, designs.LIST)))
    looked = hrbook("forms", target, cwd=tmp_path)
    assert looked.code == 0 and "HR523" in looked.out and "面談 票!A9" in looked.out
    checked = json.loads(hrbook("check", "--format", "json", cwd=tmp_path).out)
    (finding,) = [f for f in checked["findings"] if f["code"].startswith("HR52")]
    assert (finding["code"], finding["file"], finding["sheet"], finding["cell"]) == ("HR523", "票.xlsx", "面談 票", "A9")
    built = hrbook("build", "--department", "人事課", cwd=tmp_path)
    assert built.code == 0 and "HR523" in built.err
    record = json.loads((tmp_path / "output" / "2026-部分" / "manifest.json").read_text(encoding="utf-8"))
    assert record["forms"][0]["findings"] == [{"code": "HR523", "sheet": "面談 票", "cell": "A9", "found": "C5"}]


def test_without_forms_there_is_no_folder(run):
    assert not (run / "様式").exists()


def test_examples_do_not_replace_what_is_there(desk):
    done = hrbook("forms", "--examples", "templates/forms", cwd=desk)
    assert done.code == 2 and "--force" in done.err


def test_the_list_of_fields(desk):
    """Every field of the catalogue stands in the list, and every name of the list can be used."""
    from hrbook.forms.catalogue import load_catalogue

    catalogue = load_catalogue()
    sheet = openpyxl.load_workbook(io.BytesIO((desk / "fields.xlsx").read_bytes())).active
    names = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    meant = [catalogue.meant(catalogue.asked(name)) for name in names]
    assert meant[0].field is None and [m.field for m in meant[1:]] == list(catalogue.fields)
