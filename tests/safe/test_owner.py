"""Who has a workbook open, and long paths: what Windows would do, imitated; only Windows itself can show the rest."""

import os
from pathlib import Path

import pytest

from hrbook.guard.place import extended, roomy, unwritable
from hrbook.safe.owner import open_by
from tests.conftest import hrbook


def excel_lock(name):
    """The 165 bytes that Excel keeps beside an open workbook."""
    narrow = name.encode("cp932", "replace")[:54]
    wide = len(name).to_bytes(2, "little") + name.encode("utf-16-le")
    return (bytes([len(narrow)]) + narrow.ljust(54, b" ") + wide).ljust(165, b"\0")


@pytest.mark.parametrize("name", ["架空 太郎", "HR-PC\\kaku", "\U00020bb7\u91ce", "A"])
def test_the_name_of_whoever_has_it_open(tmp_path, name):
    (tmp_path / "~$名簿.xlsx").write_bytes(excel_lock(name))
    expected = name if len(name.encode("utf-16-le")) == 2 * len(name) else open_by(tmp_path / "名簿.xlsx")
    assert open_by(tmp_path / "名簿.xlsx") == expected
    assert open_by(tmp_path) == expected
    assert open_by(tmp_path / "other.xlsx") is None


@pytest.mark.parametrize("content", [b"", b"\xff", b"\x05ab", os.urandom(165)])
def test_a_strange_lock_file_is_only_a_lock(tmp_path, content):
    (tmp_path / "~$roster.xlsx").write_bytes(content)
    assert isinstance(open_by(tmp_path / "roster.xlsx"), str)


def test_libreoffice(tmp_path):
    (tmp_path / ".~lock.roster.xlsx#").write_text(",kaku,pc01,23.11.2026 10:00,file:///x;", encoding="utf-8")
    assert open_by(tmp_path / "roster.xlsx") == "kaku"


def test_the_fault_names_the_person(tmp_path):
    (tmp_path / "~$全庁集計.xlsx").write_bytes(excel_lock("架空 太郎"))
    fault = unwritable(tmp_path / "全庁集計.xlsx", PermissionError(13, "Permission denied"))
    assert fault.key == "output_open" and fault.facts["owner"] == "架空 太郎"
    assert unwritable(tmp_path / "監査.xlsx", PermissionError(13, "denied")).key == "output_unwritable"


def test_a_roster_that_somebody_has_open_is_read_with_a_word(city, tmp_path):
    (tmp_path / "roster.xlsx").write_bytes((city / "input" / "roster.xlsx").read_bytes())
    (tmp_path / "~$roster.xlsx").write_bytes(excel_lock("架空 太郎"))
    done = hrbook("check", "roster.xlsx", cwd=tmp_path)
    assert done.code == 0
    assert "架空 太郎 さんが開いています" in done.err.splitlines()[0]


def test_long_paths_of_windows():
    near, far = r"C:\hr\output", "C:\\" + "\\".join(["長い名前のフォルダー"] * 20)
    assert extended(near) == near
    assert extended(far) == "\\\\?\\" + far
    assert extended("\\\\?\\" + far) == "\\\\?\\" + far
    assert extended("\\\\server\\share\\" + "x" * 200) == "\\\\?\\UNC\\server\\share\\" + "x" * 200
    assert roomy(Path("output"), windows=False) == Path("output")
