"""The harness on a small city: it measures, the contenders write the same values, and what differs is seen."""

import pickle
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from benchmarks import curve, limit
from benchmarks.compare import Different, compare
from benchmarks.contest import (
    BARE,
    BOOKS,
    DIFF,
    HELP,
    HRBOOK,
    JUDGE,
    LIMIT,
    MANY,
    READ,
    STRAIGHT,
    VERIFY,
    alone,
    contest,
    make_city,
)
from benchmarks.note import finished, noted
from benchmarks.report import heading, picture, save, section
from benchmarks.timing import Failed, Sample, python, ratios, run
from hrbook.excel.package import LEVEL
from hrbook.sample import Table

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
    assert list(found.whole) == [HRBOOK, MANY, BARE, STRAIGHT, LIMIT]
    assert {READ, JUDGE, HELP, BOOKS, VERIFY, DIFF} <= found.parts.keys()
    assert all(seconds > 0 for step in found.steps for seconds in step)
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


@pytest.mark.usefixtures("found")
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


@pytest.mark.usefixtures("found")
def test_the_limit_packs_the_same_parts_as_hrbook(work, tmp_path):
    """The same XML, at the same level: what it takes is in every build."""
    assert limit.LEVEL == LEVEL
    (made,) = (path.parent for path in (work / "first").glob("*/manifest.json"))
    assert limit.note(made, tmp_path / "parts") == len(finished(made))
    limit.write(work / "city" / "roster.xlsx", tmp_path / "parts", tmp_path / "out")
    for book in finished(made):
        mine, theirs = (zipfile.ZipFile(folder / book.relative_to(made)) for folder in (made, tmp_path / "out"))
        assert mine.namelist() == theirs.namelist()
        for name in mine.namelist():
            assert mine.read(name) == theirs.read(name)
            assert mine.getinfo(name).compress_size == theirs.getinfo(name).compress_size


def parts_noted(parts: Path) -> list[tuple[str, str, bytes]]:
    with parts.open("rb") as stream:
        return list(limit.noted(stream))


@pytest.mark.usefixtures("found")
def test_a_huge_city_is_built_beside_the_limit_alone(work, tmp_path):
    told = []
    measured = alone(work / "city" / "roster.xlsx", STAFF, 1, tmp_path, told.append)
    assert list(measured.whole) == [HRBOOK, MANY, LIMIT] and not (tmp_path / "out").exists()
    assert measured.books == len({path for path, _, _ in parts_noted(tmp_path / "parts")}) > 3
    text = section(measured)
    assert f"{measured.books} books, 1 round." in text and "| part |" not in text
    assert all(f"{name} was left out" in text for name in (BARE, STRAIGHT))
    assert told[-1] == f"{LIMIT}: round 1 of 1 done"


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


def test_the_picture_shows_every_contender_by_its_share(found):
    drawn = ElementTree.fromstring(picture(found))
    texts = [element.text or "" for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert set(found.whole) <= set(texts)
    assert texts[0].startswith("40 staff")
    widths = [float(bar.attrib["width"]) for bar in drawn.iter("{http://www.w3.org/2000/svg}rect") if "y" in bar.attrib]
    spent = [samples[0].cpu for samples in found.whole.values()]
    assert widths.index(max(widths)) == spent.index(max(spent))


def test_the_curve_leaves_half_of_a_history_out():
    rows = ((1,), (2,), (3,))
    assert curve.halved(Table("異動履歴", "", ("n",), rows)).rows == ((1,), (3,))
    assert curve.halved(Table("職員名簿", "", ("n",), rows)).rows == rows
