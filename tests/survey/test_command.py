"""`hrbook survey` as HR meets it: forms out, invented answers, odd files, the closing, and what may be told afterwards."""

import json
import shutil

import openpyxl
import pytest

from hrbook.core.safe_aggregates import Care
from hrbook.core.survey import Question, Survey, Topic, release
from hrbook.survey.questions import load_survey
from hrbook.words import load_labels
from tests.conftest import hrbook
from tests.survey.attack import attacked

FOREIGN, BROKEN, BLANK, TWICE, ODD = "よその表.xlsx", "こわれた.xlsx", "白紙.xlsx", "二度目.xlsx", "手書き風.xlsx"


def answers_of(path):
    """(question, answer) of a filled form as a person reads it."""
    sheet = openpyxl.load_workbook(path).active
    return [(row[0].value, row[3].value) for row in sheet.iter_rows(min_row=7) if row[0].value]


def unit_of(path):
    return openpyxl.load_workbook(path).active["A7"].value.split(":")[2]


@pytest.fixture(scope="module")
def home(city, tmp_path_factory):
    """A folder in which a survey was made, filled in and read with some odd files among the forms."""
    folder = tmp_path_factory.mktemp("survey")
    made = hrbook("survey", "make", city / "input" / "roster.xlsx", cwd=folder)
    assert made.code == 0, made.err
    assert hrbook("survey", "sample", "back", cwd=folder).code == 0
    back, forms = folder / "back", folder / "survey" / "2026" / "調査票"
    for path in sorted(back.iterdir())[14:]:
        path.unlink()
    book = openpyxl.Workbook()
    book.active["A1"] = "関係のない表"
    book.save(back / FOREIGN)
    (back / BROKEN).write_bytes((back / "00001.xlsx").read_bytes()[:3000])
    shutil.copy(sorted(forms.glob("*.xlsx"))[0], back / BLANK)
    shutil.copy(back / "00002.xlsx", back / TWICE)
    odd = openpyxl.load_workbook(back / "00003.xlsx")  # moved down, renamed, answers written by hand
    sheet = odd.active
    sheet.title = "提出"
    for row, said in ((7, 4), (8, "３"), (9, "やや そう思う"), (10, "まあまあ"), (11, None)):
        sheet.cell(row, 4).value = said
    for merged in [str(cells) for cells in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(merged)
    sheet.insert_rows(1, 3)
    odd.save(back / ODD)
    (back / "00003.xlsx").unlink()
    return folder


@pytest.fixture(scope="module")
def open_(home):
    return hrbook("survey", "read", "back", cwd=home)


@pytest.fixture(scope="module")
def closed(home, open_):
    done = hrbook("survey", "read", "back", "--close", cwd=home)
    assert done.code == 1, done.err
    return home / "survey" / "2026" / "結果", done


def test_every_department_has_a_form_that_knows_nobody(home, city):
    forms = sorted((home / "survey" / "2026" / "調査票").glob("*.xlsx"))
    names = {
        str(row[1]).replace("\u3000", " ")
        for row in openpyxl.load_workbook(city / "input" / "roster.xlsx")["職員名簿"].iter_rows(min_row=2, values_only=True)
        if row[1]
    }
    assert len(forms) > 5
    for path in forms[:4]:
        book = openpyxl.load_workbook(path)
        texts = {str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value is not None}
        assert not texts & names
        assert len(answers_of(path)) == len(load_survey("ja").questions)
        assert all(said is None for _, said in answers_of(path))


def test_reading_counts_and_names_what_it_refuses(home, open_):
    assert open_.code == 1
    for name in (FOREIGN, BROKEN, BLANK, TWICE, ODD):
        assert name in open_.err
    assert "まあまあ" in open_.err
    assert "14 枚を数えました" in open_.err.replace(",", "")
    sheets = openpyxl.load_workbook(home / "survey" / "2026" / "回収状況" / "回収状況.xlsx")
    assert [row[0].value for row in sheets["数えなかったもの"].iter_rows(min_row=5)] == sorted(
        (FOREIGN, BROKEN, BLANK, TWICE, ODD)
    )
    assert not (home / "survey" / "2026" / "調査票" / "results.json").exists()


def test_no_result_before_the_closing(home, open_):
    assert {path.name for path in (home / "survey" / "2026").iterdir() if not path.name.startswith(".")} == {"調査票", "回収状況"}


def shown(folder):
    """(unit, item) -> (answers, mean) by the data sheets of every workbook; the same cell is the same everywhere."""
    found = {}
    for path in sorted(folder.rglob("*.xlsx")):
        rows = openpyxl.load_workbook(path)["データ_結果"].iter_rows(min_row=2, values_only=True)
        for _, bureau, department, item, _, count, mean, bound in rows:
            unit = tuple(filter(None, (bureau, department)))
            assert found.setdefault((unit, item), (count, mean, bound)) == (count, mean, bound)
    return found


def test_all_files_together_tell_what_may_be_told(home, closed):
    """Every cell of every workbook against the answers themselves, under the attack."""
    folder, _ = closed
    survey, labels = load_survey("ja"), load_labels("ja")
    said = json.loads((home / "survey" / "2026" / "調査票" / "survey.json").read_text(encoding="utf-8"))
    from hrbook.sheets.survey.form import unit_key

    units = {unit_key(said["survey"], (b, d)): (b, d) for b, d, _ in said["departments"]}
    answers = {}
    for path in sorted((home / "back").glob("0*.xlsx")):
        values = tuple(None if text is None else int(text[0]) for _, text in answers_of(path))
        answers.setdefault(units[unit_of(path)], []).append(values)
    odd = openpyxl.load_workbook(home / "back" / ODD).active
    values = [row[3].value for row in odd.iter_rows(min_row=10) if row[0].value]
    values[:5] = [4, 3, 4, None, None]
    key = odd["A10"].value.split(":")[2]
    answers.setdefault(units[key], []).append(tuple(v if isinstance(v, int | None) else int(v[0]) for v in values))
    cells = shown(folder)
    wanted = release(2026, "", survey, {}, answers)
    name = {u: (u[0], labels("department.bureau_own", bureau=u[0])) if len(u) == 2 and not u[1] else u for u in wanted.figures}
    assert {(name[u], i): f.count for u, told in wanted.figures.items() for i, f in told.items()} == {
        key: count for key, (count, _, _) in cells.items()
    }
    assert all(abs(cells[(name[u], i)][1] - float(f.mean)) < 1e-9 for u, told in wanted.figures.items() for i, f in told.items())
    assert wanted.figures
    assert attacked(survey, answers, wanted.figures) == []


def test_results_are_made_once(home, closed):
    folder, _ = closed
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert "そのままにしました" in hrbook("survey", "read", "back", "--close", cwd=home).err
    late = home / "late"
    shutil.copytree(home / "back", late)
    (late / "00001.xlsx").unlink()
    done = hrbook("survey", "read", "late", "--close", cwd=home)
    assert (done.code, "締め切って" in done.err) == (3, True)
    assert hrbook("survey", "read", "late", cwd=home).code == 3
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_hidden_departments_see_their_bureau_or_the_organisation(closed):
    folder, _ = closed
    books = sorted((folder / "部署別").glob("*.xlsx"))
    texts = ["".join(str(c.value) for r in openpyxl.load_workbook(p)["結果"].iter_rows() for c in r if c.value) for p in books]
    assert any("代わりに" in text for text in texts)
    assert all("成功の循環" in text for text in texts)


def test_a_survey_that_was_never_issued_is_said_to_be_missing(tmp_path):
    (tmp_path / "back").mkdir()
    done = hrbook("survey", "read", "back", cwd=tmp_path)
    assert (done.code, "hrbook survey make" in done.err) == (3, True)
    assert "Make them" in hrbook("survey", "read", "back", "--lang", "en", cwd=tmp_path).err


def test_changes_since_the_last_survey_only_where_both_are_shown():
    from hrbook.sheets.survey.frame import Frame
    from hrbook.sheets.survey.results import Told, overview

    topics = tuple(Topic(f"t{n}", f"T{n}", "", "", True) for n in range(3))
    survey = Survey(
        topics, tuple(Question(f"q{n}", f"t{n}", "") for n in range(3)), dict.fromkeys(range(5, 0, -1), ""), Care(5, 1, 5, 0.5)
    )
    units = {("A", "x"): 6, ("A", "y"): 6, ("B", "z"): 9}
    small = {("A", "x"): [(3, 3, 3)] * 2, ("A", "y"): [(2, 3, 3)] * 6, ("B", "z"): [(3, 3, 3)] * 9}
    whole = {unit: [(4, 3, 2)] * people for unit, people in units.items()}
    told = Told(
        Frame(load_labels("en"), "", 2026, survey, ""),
        (release(2025, "", survey, units, small), release(2026, "", survey, units, whole)),
    )
    assert told.change(("A", "x"), "t0") == ""
    assert told.change(("B", "z"), "t0").startswith("+1.00")
    texts = [str(cell.value) for cell in overview(told, ("A", "x")).cells]
    assert "hidden" in texts and 4.0 in [cell.value for cell in overview(told, ("A", "x")).cells]


def test_a_run_takes_the_closed_survey_into_the_five_year_plan(closed, city, home, tmp_path):
    """The figures of the committee are those that the survey told; the run can be made again from what it kept."""
    done = hrbook("build", city / "input" / "roster.xlsx", "--survey", home / "survey", "--out", tmp_path / "out", cwd=tmp_path)
    assert done.code == 0, done.err
    run = tmp_path / "out" / "2026"
    results = closed[0] / "results.json"
    told = json.loads(results.read_text(encoding="utf-8"))["figures"]
    means = next(one["means"] for one in told if not one["unit"])
    rows = openpyxl.load_workbook(run / "実施計画.xlsx")["データ_指標"].iter_rows(min_row=2, values_only=True)
    shown_there = {row[1]: (row[5], row[6]) for row in rows if row[1].startswith("survey.")}
    assert {item: count for item, (count, _) in shown_there.items()} == {f"survey.{k}": v[0] for k, v in means.items()}
    source = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["inputs"]["survey_1"]
    assert source["file"] == "results_2026.json"
    assert (run / "inputs" / f"{source['sha256']}.json").read_bytes() == results.read_bytes()
    assert hrbook("verify", run, cwd=tmp_path).code == 0


@pytest.mark.parametrize(("made", "said"), [(None, "締め切った調査の結果"), ("{", "壊れています")])
def test_results_that_are_not_there_or_broken_stop_the_run(made, said, city, tmp_path):
    (tmp_path / "survey").mkdir()
    if made is not None:
        (tmp_path / "survey" / "results.json").write_text(made, encoding="utf-8")
    done = hrbook("build", city / "input" / "roster.xlsx", "--survey", "survey", "--out", tmp_path / "out", cwd=tmp_path)
    assert (done.code, said in done.err, (tmp_path / "out").exists()) == (3, True, False)
