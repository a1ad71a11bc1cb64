"""The harness on a small city: it measures, the contenders write the same values, and what differs is seen."""

import pickle
import shutil
from pathlib import Path

import openpyxl
import pytest

from benchmarks.compare import Different, compare
from benchmarks.contest import BARE, HELP, HRBOOK, JUDGE, MANY, READ, STRAIGHT, contest, make_city
from benchmarks.note import finished, noted
from benchmarks.report import heading, save, section
from benchmarks.timing import Failed, Sample, python, ratios, run

STAFF = 40
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # it says which extensions it leaves out


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def found(work):
    """One round over the first department of the city."""
    roster = make_city(STAFF, work / "city", lambda text: None)
    head, *rows = openpyxl.load_workbook(roster)["職員名簿"].iter_rows(values_only=True)
    department = next(row[head.index("課")] for row in rows if row[head.index("課")])
    return contest(roster, STAFF, 1, work, lambda text: None, options=("--department", department))


def test_contenders_write_the_same_values(found):
    for name in (BARE, STRAIGHT):
        assert found.compared[name].books == found.books >= 1
        assert found.compared[name].values > 1000


def test_everybody_is_measured(found):
    assert list(found.whole) == [HRBOOK, MANY, BARE, STRAIGHT]
    assert {READ, JUDGE, HELP} <= found.parts.keys()
    for samples in (*found.whole.values(), *found.parts.values()):
        (sample,) = samples
        assert sample.wall > 0 and sample.cpu > 0 and sample.peak > 5
    assert 0 < found.judged[0] < found.parts[JUDGE][0].wall


def test_looks_merges_and_widths_are_noted(found, work):
    for _, styles, sheets in noted(work / "notes"):
        assert {"font_name", "bg_color", "bottom", "text_wrap"} <= {key for style in styles for key in style}
        assert any(cell[5] for _, cells, _ in sheets for cell in cells)
        assert all(widths for _, _, widths in sheets)


def test_a_difference_is_seen(found, work, tmp_path):
    (made,) = (path.parent for path in (work / "first").glob("*/manifest.json"))
    assert compare(work / "notes", made)[0] == found.books
    (name, styles, sheets), *_ = noted(work / "notes")
    title, cells, _ = sheets[-1]
    place = max(place for place, cell in enumerate(cells) if cell[2] is not None)
    cells[place] = (*cells[place][:2], "another", *cells[place][3:])
    with (tmp_path / "notes").open("wb") as stream:
        pickle.dump((name, styles, sheets), stream)
    with pytest.raises(Different, match=f"{title}.*another"):
        compare(tmp_path / "notes", made)


def test_a_book_too_many_or_too_few_is_seen(work, tmp_path):
    books = {name for name, _, _ in noted(work / "notes")}
    with pytest.raises(Different, match="missing"):
        compare(work / "notes", tmp_path)
    (made,) = (path.parent for path in (work / "first").glob("*/manifest.json"))
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    shutil.copy(finished(tmp_path)[0], tmp_path / "more.xlsx")
    assert "more.xlsx" not in books
    with pytest.raises(Different, match="is new"):
        compare(work / "notes", tmp_path)


def test_a_process_that_fails_is_no_figure():
    with pytest.raises(Failed, match="ZeroDivisionError"):
        run(python("-c", "1 / 0"))


def test_ratios_are_taken_round_by_round():
    of, to = ([Sample(wall, 1, 1) for wall in walls] for walls in ((1, 4, 3), (2, 4, 12)))
    assert (ratios(of, to).least, ratios(of, to).middle, ratios(of, to).most) == (0.25, 0.5, 1)


def test_report_keeps_the_sizes_not_measured(found, tmp_path: Path):
    target = tmp_path / "RESULTS.md"
    save(target, [(20_000, f"{heading(20_000)}\n\nold\n")])
    save(target, [(STAFF, section(found))])
    text = target.read_text(encoding="utf-8")
    assert text.index(heading(STAFF)) < text.index(heading(20_000)) < text.index("old")
    assert text.count("| (a) bare |") == 1 and str(tmp_path) not in text
    save(target, [(20_000, f"{heading(20_000)}\n\nnew\n")])
    again = target.read_text(encoding="utf-8")
    assert again == text.replace("old", "new")
