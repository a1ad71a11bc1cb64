"""`hrbook verify` and `hrbook sign`: what was changed since the run is named, whatever it is."""

import json
import shutil
import zipfile
from importlib.resources import files

import openpyxl
import pytest

from hrbook import resources
from hrbook.compare.verify import verify
from hrbook.core.fault import Fault
from tests.conftest import hrbook


@pytest.fixture(scope="module")
def part(city, tmp_path_factory):
    """A finished run of one department: small, and complete in everything that verify looks at."""
    out = tmp_path_factory.mktemp("part")
    done = hrbook("build", city / "input" / "roster.xlsx", "--out", out, "--department", "市民課", cwd=out)
    assert done.code == 0, done.err
    (folder,) = (path for path in out.iterdir() if path.is_dir())
    return folder


@pytest.fixture
def copy(part, tmp_path):
    """A copy of that run, to be spoilt."""
    return shutil.copytree(part, tmp_path / "run")


def checked(run, templates=None, **given):
    """The report on a run; `templates` are those of the working folder."""
    resources.use_folder(templates)
    try:
        return verify(run, **given)
    finally:
        resources.use_folder(None)


def edited(path, change):
    """Change a workbook as somebody does who opens and saves it."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def flipped(path, place):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))


def kept(run, key):
    record = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    return run / "inputs" / f"{record['inputs'][key]['sha256']}.xlsx"


def test_a_whole_run_is_what_its_inputs_give(run, tmp_path):
    done = hrbook("verify", run, cwd=tmp_path)
    assert (done.code, "すべて同じ" in done.out) == (0, True), done.out


def test_files_that_were_changed_added_or_lost_are_named(copy):
    """Everything at once: a cell, a byte of the ledger, a file too many."""
    (book,) = (copy / "部署別").iterdir()
    edited(book, lambda b: b["データ_職員"].__setitem__("B2", "別の値"))
    data = (copy / "ledger.csv").read_bytes()
    place = data.index(b"rotation.three-in-ten")
    (copy / "ledger.csv").write_bytes(data[:place] + b"R" + data[place + 1 :])
    (copy / "部署別" / "メモ.txt").write_text("x", encoding="utf-8")
    said = checked(copy)
    assert not said.agrees
    found = {(d.kind, d.file, d.sheet, d.place) for d in said.differences}
    assert ("cell", f"部署別/{book.name}", "データ_職員", "B2") in found
    assert ("file_added", "部署別/メモ.txt", "", "") in found
    assert {"row_missing", "row_added"} == {d.kind for d in said.differences if d.file == "ledger.csv"}
    assert said.total >= len(said.differences)


def test_one_byte_is_enough(copy):
    """A byte that no reader of the workbook sees (in the time of a zip entry), one in the record, and a lost file."""
    (book,) = (copy / "部署別").iterdir()
    with zipfile.ZipFile(book) as package:
        flipped(book, package.infolist()[3].header_offset + 10)
    (copy / "ledger.csv").unlink()
    (copy / "manifest.json").write_bytes((copy / "manifest.json").read_bytes() + b"\n")
    said = checked(copy)
    assert {(d.kind, d.file) for d in said.differences} == {
        ("bytes", f"部署別/{book.name}"),
        ("file_missing", "ledger.csv"),
        ("bytes", "manifest.json"),
    }


def test_a_ledger_that_was_written_anew_is_no_reason_to_stop(copy):
    """Its rows turned round, one of them lost, one with cells that are no cells: each is told, also where the roster was
    changed, which is then looked for by these cells."""
    path = copy / "ledger.csv"
    head, *rows = path.read_bytes().decode("utf-8-sig").splitlines(keepends=True)

    def written(lines):
        path.write_text("\ufeff" + head + "".join(lines), encoding="utf-8", newline="")
        return [(d.kind, d.sheet, d.place) for d in checked(copy).differences if d.file == "ledger.csv"]

    lost, odd = ledger_key(rows[3]), ledger_key(rows[5])
    assert written(rows[::-1]) == [("order", "", "")]
    assert written(rows[:3] + rows[4:]) == [("row_missing", lost, "")]
    spoilt = rows[5].replace('""cell"":""', '""cell"":""?')
    edited(kept(copy, "roster"), lambda b: b["職員名簿"].__setitem__("C2", "ナマエ"))
    assert ("row", odd, "inputs") in written([*rows[:5], spoilt, *rows[6:]])
    assert ("row", odd, "inputs") in written([*rows[:5], rows[5].replace('""cell""', '""cel""'), *rows[6:]])


def ledger_key(line):
    staff_id, _, rule_id = line.split(",")[:3]
    return f"{staff_id} {rule_id}"


def test_a_changed_roster_cell_is_named(copy):
    """In the run's own copy: found by the raw values that the ledger holds."""

    def change(book):
        sheet = book["職員名簿"]
        row = next(r for r in range(2, sheet.max_row) if sheet.cell(r, 1).value == "90001")
        sheet.cell(row, 5).value = "2020-04-01"

    edited(kept(copy, "roster"), change)
    done = hrbook("verify", copy, "--format", "json", "--jobs", 1, cwd=copy.parent)
    said = json.loads(done.out)
    cells = [d for d in said["list"] if d["kind"] == "input_cell"]
    assert (done.code, said["agrees"], said["list"][0]["kind"]) == (1, False, "input_changed")
    assert [(d["sheet"], d["recorded"], d["found"]) for d in cells] == [("職員名簿", "2026-04-01", "2020-04-01")]
    assert any(d["kind"] == "row" and d["place"] == "status" for d in said["list"]), "what follows from it is told too"


def test_moved_inputs_are_found_by_hash_and_compared_cell_by_cell(copy, city, tmp_path):
    shutil.copytree(city / "input", tmp_path / "moved")
    (tmp_path / "moved" / "roster.xlsx").rename(tmp_path / "moved" / "2026.xlsx")
    kept(copy, "roster").unlink()
    assert checked(copy, moved=tmp_path / "moved").agrees
    shutil.copytree(city / "input", tmp_path / "other")
    edited(tmp_path / "other" / "roster.xlsx", lambda b: b["職員名簿"].__setitem__("C2", "ナマエ"))
    shutil.copy(tmp_path / "moved" / "2026.xlsx", kept(copy, "roster"))
    said = checked(copy, moved=tmp_path / "other")
    assert [(d.sheet, d.place) for d in said.differences if d.kind == "input_cell"] == [("職員名簿", "C2")]


def test_lost_inputs_are_said_and_hashes_still_checked(copy):
    shutil.rmtree(copy / "inputs")
    flipped(copy / "ledger.csv", 900)
    said = checked(copy)
    assert said.stopped is not None and not said.agrees
    assert {d.kind for d in said.differences} == {"input_missing", "file_changed"}


def test_another_policy_or_tool_is_said_and_the_copy_still_used(copy, tmp_path):
    text = files("hrbook.templates").joinpath("policy/tachikawa-3.toml").read_text(encoding="utf-8")
    (tmp_path / "templates" / "policy").mkdir(parents=True)
    (tmp_path / "templates" / "policy" / "tachikawa-3.toml").write_text(text + "\n", encoding="utf-8")
    record = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    record["tool"]["version"] = "0.0.1"
    (copy / "manifest.json").write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    said = checked(copy, templates=tmp_path / "templates")
    assert [d.kind for d in said.differences] == ["tool", "policy"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"ledger.csv"', '"../../ledger.csv"'),
        lambda text: text.replace('"schema": 1', '"schema": 9'),
        lambda text: "[]",
    ],
)
def test_what_is_no_record_is_refused(copy, spoil):
    path = copy / "manifest.json"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(Fault) as stopped:
        checked(copy)
    assert stopped.value.key == "run_unreadable" and not stopped.value.usage


def test_a_signature_holds_until_the_record_changes(copy, tmp_path):
    key = tmp_path / "audit.key"
    secret = {"HRBOOK_KEY_PASSPHRASE": "correct horse"}
    done = hrbook("sign", copy, "--new-key", "--key", key, cwd=tmp_path, env=secret)
    assert done.code == 0, done.err
    assert key.stat().st_mode & 0o077 == 0
    assert "PRIVATE" not in done.out + done.err
    public = tmp_path / "audit.key.pub"
    assert checked(copy, key=public).agrees
    (copy / "manifest.json").write_bytes((copy / "manifest.json").read_bytes() + b" ")
    assert checked(copy, key=public).differences[0].kind == "signature"
    assert hrbook("sign", copy, "--new-key", "--key", key, cwd=tmp_path, env=secret).code == 2, "a key is never written over"


def test_a_key_that_others_can_read_or_that_is_none_is_refused(copy, tmp_path):
    key = tmp_path / "k"
    assert hrbook("sign", "--new-key", "--key", key, cwd=tmp_path).code == 0
    key.chmod(0o644)
    done = hrbook("sign", copy, "--key", key, cwd=tmp_path)
    assert done.code == 3 and "chmod 600" in done.err
    key.chmod(0o600)
    assert hrbook("sign", copy, "--key", tmp_path / "k.pub", cwd=tmp_path).code == 3
    assert not (copy / "manifest.sig").exists()
    (copy / "manifest.sig").write_bytes(b"not base64!")
    assert checked(copy, key=tmp_path / "k.pub").differences[0].kind == "signature"
