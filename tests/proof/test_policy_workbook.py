"""The policy's workbook in a real spreadsheet program: saved again it gives back the same file, and it is valid."""

from pathlib import Path

import pytest

from hrbook import resources
from hrbook.ingest.policy import read_policy
from tests.policy.books import exported

pytestmark = pytest.mark.proof


@pytest.mark.parametrize("name", ["tachikawa-3", "kobe-transfer"])
def test_libreoffice_saves_it_and_nothing_is_lost(name: str, tmp_path: Path, soffice) -> None:
    (tmp_path / "own.xlsx").write_bytes(exported(name))
    soffice([tmp_path / "own.xlsx"], "xlsx:Calc MS Excel 2007 XML", tmp_path / "saved")
    found = read_policy(str(tmp_path / "saved" / "own.xlsx"))
    assert found.policy() == read_policy(name).policy()
    assert found.book is not None and found.book.commented
    assert found.book.text().encode() == resources.read_bytes(f"policy/{name}.toml")
