"""Books that went out under passwords come back: opened with the list, refused by name where it does not help."""

from __future__ import annotations

import csv
import io
import json
import shutil

import openpyxl
import pytest

from hrbook.core.fault import Fault
from hrbook.core.receipts import FileState
from hrbook.core.reconcile import Verdict
from hrbook.guard.manifest import sha256
from hrbook.guard.passwords import new_list
from hrbook.guard.seal import seal, unseal
from tests.collect.behaviours import FORM_SHEET, place, tops
from tests.collect.test_collect import contents, sent, unclear
from tests.conftest import hrbook


@pytest.fixture(scope="session")
def sealed(run, tmp_path_factory):
    """The shared run as `build --password-file` leaves it: its folder, the list, and the passwords by book."""
    folder = tmp_path_factory.mktemp("sealed")
    shutil.copytree(run, folder / "2026")
    books = sorted((folder / "2026" / "部署別").iterdir())
    (folder / "passwords.csv").write_bytes(new_list([path.stem for path in books]))
    (folder / "passwords.csv").chmod(0o600)
    rows = csv.DictReader(io.StringIO((folder / "passwords.csv").read_text("utf-8-sig")))
    keys = {row["department"]: row["password"] for row in rows}
    record = json.loads((folder / "2026" / "manifest.json").read_text("utf-8"))
    for path in books:
        path.write_bytes(seal(path.read_bytes(), keys[path.stem]))
        entry = next(e for e in record["files"] if e["path"] == f"部署別/{path.name}")
        entry |= {"sha256": sha256(path.read_bytes()), "size": path.stat().st_size, "encrypted": True}
    (folder / "2026" / "manifest.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    return folder, folder / "passwords.csv", keys


def protected(path, password):
    """The file as Excel saves it again under a password."""
    path.write_bytes(seal(path.read_bytes(), password))


def test_sealed_books_come_back(sealed, city, issued_books, tmp_path):
    """From the command line: under its password and another name, without one, and under one that is on no list."""
    folder, listed, keys = sealed
    own, bare, strange = issued_books[1:4]
    truth = sent(own, tmp_path / "in", "提出します.xlsx", unclear)
    protected(tmp_path / "in" / "提出します.xlsx", keys[own.stem])
    truth_bare = sent(bare, tmp_path / "in", "パスワードなし.xlsx")
    sent(strange, tmp_path / "in", "別のパスワード.xlsx")
    protected(tmp_path / "in" / "別のパスワード.xlsx", "changed by the manager")
    words = ("collect", "in", "--issued", folder / "2026", "--roster", city / "input" / "roster.xlsx", "--verbose", "--remind")
    stopped = hrbook(*words, cwd=tmp_path)
    assert stopped.code == 3 and "--password-file" in stopped.err and not (tmp_path / "collected").exists()
    done = hrbook(*words, "--password-file", listed, cwd=tmp_path)
    assert done.code == 1, done.err
    assert "別のパスワード.xlsx" in done.err and "一覧のどのパスワードでも開きません" in done.err
    record = json.loads((tmp_path / "collected" / "2026" / "record.json").read_text("utf-8"))
    states = {entry["name"]: entry["state"] for entry in record["files"]}
    assert states == {"提出します.xlsx": "taken", "パスワードなし.xlsx": "taken", "別のパスワード.xlsx": "encrypted"}
    book = openpyxl.load_workbook(tmp_path / "collected" / "2026" / "returned.xlsx")
    values = sum(1 for sheet in book for row in sheet.iter_rows(min_row=2) if row[0].value is not None)
    assert values == len(truth.sure) + len(truth_bare.sure) - 1, "all but the one that is asked"
    told = done.out + done.err + "".join(data.decode("latin-1") for data in contents(tmp_path / "collected").values())
    assert not [key for key in keys.values() if key in told]
    (copy,) = (tmp_path / "collected" / "2026" / "差戻し").iterdir()
    marked = openpyxl.load_workbook(io.BytesIO(unseal(copy.read_bytes(), keys[own.stem])))
    assert marked.sheetnames[0] == "確認のお願い"
    before = contents(tmp_path / "collected")
    assert hrbook(*words, "--password-file", listed, cwd=tmp_path).code == 1
    assert contents(tmp_path / "collected") == before


def test_what_was_taken_under_a_password_is_never_dropped(sealed, issued_books, collected, tmp_path):
    """The issue is plain, the manager protects the book; later the list is not at hand, or is another one."""
    _, listed, keys = sealed
    own = issued_books[1]
    truth = sent(own, tmp_path / "in")
    protected(tmp_path / "in" / "book.xlsx", keys[own.stem])
    outcome = collected(tmp_path / "in", passwords=(listed,))
    assert {(e.staff_id, e.field, e.item): e.value for e in outcome.entries} == truth.sure
    before = contents(tmp_path / "collected")
    (tmp_path / "late").mkdir()
    other = tmp_path / "other.csv"
    other.write_bytes(new_list([own.stem]))
    for lists in ((), (other,)):
        with pytest.raises(Fault) as stopped:
            collected(tmp_path / "late", passwords=lists)
        assert stopped.value.key == "received_sealed"
        assert contents(tmp_path / "collected") == before
    assert collected(tmp_path / "late", passwords=(other, listed)).unchanged
    assert contents(tmp_path / "collected") == before


def test_a_marked_copy_under_its_password_comes_back_mended(sealed, issued_books, collected, tmp_path):
    _, listed, keys = sealed
    own = issued_books[1]
    sent(own, tmp_path / "in", edit=unclear)
    protected(tmp_path / "in" / "book.xlsx", keys[own.stem])
    asked = [d for d in collected(tmp_path / "in", passwords=(listed,)).differences if d.verdict is Verdict.ASK]
    assert [d.seen.returned for d in asked] == ["できれば本庁"]
    (copy,) = (tmp_path / "collected" / "2026" / "差戻し").iterdir()
    book = openpyxl.load_workbook(io.BytesIO(unseal(copy.read_bytes(), keys[own.stem])))
    _, top = next(iter(tops(book).items()))
    book[FORM_SHEET].cell(*place(top, "move")).value = "希望する"
    book.save(tmp_path / "in" / "直しました.xlsx")
    protected(tmp_path / "in" / "直しました.xlsx", keys[own.stem])
    again = collected(tmp_path / "in", passwords=(listed,))
    assert not [d for d in again.differences if d.verdict is Verdict.ASK]


def test_a_damaged_sealed_book_is_refused(sealed, issued_books, collected, tmp_path):
    _, listed, keys = sealed
    sent(issued_books[1], tmp_path / "in")
    path = tmp_path / "in" / "book.xlsx"
    protected(path, keys[issued_books[1].stem])
    path.write_bytes(path.read_bytes()[:-2000])
    (receipt,) = collected(tmp_path / "in", passwords=(listed,)).receipts
    assert receipt.state in (FileState.ENCRYPTED, FileState.DAMAGED) and receipt.fault
