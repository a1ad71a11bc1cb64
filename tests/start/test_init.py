"""`hrbook init`: a working folder that never takes anything away, and a proposal from the city's own roster."""

import hashlib
import shutil

import openpyxl
import pytest

from tests.conftest import hrbook

RENAMED = {"発令日": "発令のあった日", "フリガナ": "フリガナ（全角）", "現職層開始日": "今の職層になった日"}


def digests(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def own(city, tmp_path_factory):
    """A roster as a city keeps it: titles above the heading, headings of its own, a title that nobody knows."""
    path = tmp_path_factory.mktemp("own") / "職員データ.xlsx"
    book = openpyxl.load_workbook(city / "input" / "roster.xlsx")
    staff = book["職員名簿"]
    staff["I5"] = "特命主幹"
    for sheet in book:
        for cell in sheet[1]:
            cell.value = RENAMED.get(cell.value, cell.value)
    staff.title = "全職員"
    book["異動履歴"].title = "異動歴H20-R8"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def proposed(own, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proposed")
    done = hrbook("init", folder, "--from", own, "--year", 2026, cwd=folder)
    assert done.code == 0, done.err
    return folder, done


def test_a_folder_to_begin_with(tmp_path):
    done = hrbook("init", "work", cwd=tmp_path)
    assert done.code == 0, done.err
    folder = tmp_path / "work"
    assert {p.name for p in folder.iterdir()} >= {"input", "templates", "output", "手引.txt"}
    assert {p.name for p in (folder / "input").iterdir()} == {"roster.xlsx", "settings.xlsx"}
    assert (folder / "手引.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "input/roster.xlsx" in done.err.replace("\\", "/").splitlines()[-1]
    checked = hrbook("check", cwd=folder)
    assert checked.code == 0 and checked.out == ""
    assert "1 人もいません" in checked.err.splitlines()[-1]


def test_templates_to_edit_are_not_in_force_until_they_are_copied_up(tmp_path):
    assert hrbook("init", cwd=tmp_path).code == 0
    examples = tmp_path / "templates" / "見本"
    assert (examples / "policy" / "tachikawa-3.toml").is_file()
    assert [p.name for p in (tmp_path / "templates").iterdir() if p.suffix == ".toml"] == []
    shutil.copy(examples / "defaults.toml", tmp_path / "templates")
    (tmp_path / "templates" / "defaults.toml").write_text('policy = "nowhere"\n', encoding="utf-8")
    assert "nowhere" in hrbook("policy", "show", cwd=tmp_path).err


def test_nothing_of_theirs_is_ever_replaced(own, tmp_path):
    (tmp_path / "input").mkdir()
    (tmp_path / "templates").mkdir()
    for name in ("input/roster.xlsx", "input/settings.xlsx", "input/settings_案.xlsx", "手引.txt", "templates/styles.txt"):
        (tmp_path / name).write_text(f"# theirs: {name}", encoding="utf-8")
    before = digests(tmp_path)
    for more in ((), ("--from", own), ("--from", own)):
        done = hrbook("init", *more, cwd=tmp_path)
        assert done.code == 0, done.err
        assert "roster.xlsx" in done.err
        assert {name: digest for name, digest in digests(tmp_path).items() if name in before} == before
    assert (tmp_path / "input" / "settings_案(3).xlsx").is_file()


def test_the_proposal_says_what_was_understood(proposed, own):
    folder, done = proposed
    assert (folder / "input" / "roster.xlsx").read_bytes() == own.read_bytes()
    assert (folder / "input" / "roster.xlsx").stat().st_mode & 0o077 == 0
    assert not (folder / "input" / "settings.xlsx").exists()
    book = openpyxl.load_workbook(folder / "input" / "settings_案.xlsx")
    headings = {tuple(row[:3]) for row in book["列の対応"].iter_rows(min_row=2, values_only=True)}
    assert ("異動履歴", "発令日", "発令のあった日") in headings
    titles = {row[0]: row[1] for row in book["職名"].iter_rows(min_row=2, values_only=True)}
    assert titles["特命主幹"] == "未定"
    listed = {(row[2], row[4], row[5]) for row in book["見出しの読み取り"].iter_rows(min_row=5, values_only=True)}
    assert ("発令のあった日", "発令日", "案（要確認）") in listed
    sheets = {row[0]: (row[1], row[3]) for row in book["読み取り結果"].iter_rows(min_row=5, values_only=True)}
    assert sheets["全職員"] == ("職員名簿", None)
    assert sheets["異動歴H20-R8"][0] == "異動履歴" and "HR116" in sheets["異動歴H20-R8"][1].replace("\n", "")
    departments = list(book["所属の読み取り"].iter_rows(min_row=5, values_only=True))
    assert sum(row[2] for row in departments) == 60
    assert "60 人" in done.err and f"職名が {len(titles)} 件" in done.err
    assert "settings.xlsx" in done.err.splitlines()[-1]


def test_confirmed_it_is_used(proposed, tmp_path):
    folder, _ = proposed
    shutil.copytree(folder / "input", tmp_path / "input")
    before = hrbook("check", "--accept", "HR116", cwd=tmp_path)  # the history has no heading for its day yet
    assert "異動歴H20-R8" in before.out and before.out.count("HR402") > 10
    (tmp_path / "input" / "settings_案.xlsx").rename(tmp_path / "input" / "settings.xlsx")
    done = hrbook("check", "--accept", "HR116", cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.out.count("HR402") < before.out.count("HR402")
    book = openpyxl.load_workbook(tmp_path / "input" / "settings.xlsx")
    cell = next(c for c in book["職名"]["A"] if c.value == "特命主幹")
    cell.offset(column=1).value = "課長"
    book.save(tmp_path / "input" / "settings.xlsx")
    assert "特命主幹" in done.out
    assert "特命主幹" not in hrbook("check", "--accept", "HR116", cwd=tmp_path).out


def test_a_roster_that_cannot_be_read_to_its_end_still_gives_a_proposal(city, tmp_path):
    book = openpyxl.load_workbook(city / "input" / "roster.xlsx")
    sheet = book["職員名簿"]
    next(c for c in sheet[1] if c.value == "生年月日").value = "備忘"
    book.save(tmp_path / "own.xlsx")
    done = hrbook("init", "--from", "own.xlsx", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "生年月日" in done.err
    summary = openpyxl.load_workbook(tmp_path / "input" / "settings_案.xlsx")["読み取り結果"]
    lacking = {(row[0], row[1], row[2]) for row in summary.iter_rows(values_only=True)}
    assert ("職員名簿", "生年月日", "必須") in lacking


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"staff,name\n1,A\n"])
def test_a_file_that_is_no_workbook_leaves_the_folder_as_it_was(tmp_path, content):
    (tmp_path / "own.xlsx").write_bytes(content)
    done = hrbook("init", "work", "--from", "own.xlsx", cwd=tmp_path)
    assert done.code == 3 and "own.xlsx" in done.err
    assert not (tmp_path / "work").exists()


def test_in_english(own, tmp_path):
    done = hrbook("--lang", "en", "init", "--from", own, cwd=tmp_path)
    assert done.code == 0, done.err
    book = openpyxl.load_workbook(tmp_path / "input" / "settings_proposal.xlsx")
    assert book.sheetnames[:4] == ["About", "What was read", "Headings read", "Departments read"]
    (tmp_path / "input" / "settings_proposal.xlsx").rename(tmp_path / "input" / "settings.xlsx")
    assert hrbook("check", "--lang", "en", cwd=tmp_path).code == 0
