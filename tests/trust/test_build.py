"""The guard and the passwords in a whole run, as its user meets them."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest
from click.testing import CliRunner

from hrbook import parts
from hrbook.cli import main
from hrbook.guard.manifest import content_digest
from hrbook.guard.seal import unseal
from tests.conftest import hrbook
from tests.trust.channels import CHANNELS, planted


def digests(folder):
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()
    }


def test_a_leaking_book_is_withheld_and_named(run, city, tmp_path, monkeypatch):
    """A fault of hrbook that puts a neighbour into one book: this book stays away, the others come, exit 1."""
    books = sorted(p.name for p in (run / "部署別").iterdir())
    real = parts.DepartmentBook.make
    rows = csv.DictReader(io.StringIO((run / "ledger.csv").read_text("utf-8-sig")))
    homes = {row["staff_id"]: row["department"] for row in rows}
    neighbour = next(n for n, home in sorted(homes.items()) if home.split()[-1] not in books[0] and n.isdecimal() and len(n) > 4)

    def leaky(self):
        data = real(self)
        return planted(data, CHANNELS["custom property"], neighbour) if self.path.endswith(books[0]) else data

    monkeypatch.setattr(parts.DepartmentBook, "make", leaky)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["build", str(city / "input" / "roster.xlsx"), "--out", str(tmp_path), "--jobs", "1"])
    assert done.exit_code == 1, done.output
    assert (
        books[0] in done.output and neighbour in done.output and "HR501" in done.output and "docProps/custom.xml" in done.output
    )
    there = digests(tmp_path / "2026")
    whole = digests(run)
    assert f"部署別/{books[0]}" not in there
    assert {k: v for k, v in whole.items() if k not in (f"部署別/{books[0]}", "manifest.json")} == {
        k: v for k, v in there.items() if k != "manifest.json"
    }
    record = json.loads((tmp_path / "2026" / "manifest.json").read_text("utf-8"))
    (held,) = record["withheld"]
    assert held["path"] == f"部署別/{books[0]}" and held["leaks"] == 1 and held["audience"]
    assert neighbour not in json.dumps(record)


def test_every_file_names_its_audience(run):
    record = json.loads((run / "manifest.json").read_text("utf-8"))
    audiences = {f["path"]: f["audience"] for f in record["files"]}
    assert all(audiences.values()) and record["withheld"] == []
    assert audiences["監査.xlsx"] == "auditor" and audiences["全庁集計.xlsx"] == audiences["ledger.csv"] == "hr"
    assert audiences["実施計画.xlsx"] == "committee"
    books = [a for path, a in audiences.items() if path.startswith("部署別/")]
    assert not {"hr", "auditor"} & set(books)


def test_books_under_passwords(run, city, tmp_path):
    roster, passwords, out = city / "input" / "roster.xlsx", tmp_path / "passwords.csv", tmp_path / "out"
    made = hrbook("passwords", passwords, roster, cwd=tmp_path)
    assert made.code == 0 and passwords.stat().st_mode & 0o077 == 0, made.err
    assert hrbook("passwords", passwords, roster, cwd=tmp_path).code == 2
    keys = {r["department"]: r["password"] for r in csv.DictReader(io.StringIO(passwords.read_text("utf-8-sig")))}
    done = hrbook("build", roster, "--out", out, "--password-file", passwords, "--verbose", cwd=tmp_path)
    assert done.code == 0, done.err
    record = (out / "2026" / "manifest.json").read_text("utf-8")
    assert not [key for key in keys.values() if key in done.err + done.out + made.err + record]
    entries = {f["path"]: f for f in json.loads(record)["files"]}
    for path in sorted((run / "部署別").iterdir()):
        sealed, plain = (out / "2026" / "部署別" / path.name).read_bytes(), path.read_bytes()
        assert unseal(sealed, keys[path.stem]) == plain
        entry = entries[f"部署別/{path.name}"]
        assert entry["encrypted"] and entry["sha256"] == hashlib.sha256(sealed).hexdigest()
        assert entry["content"] == content_digest(plain)
    before = digests(out / "2026")
    again = hrbook("build", roster, "--out", out, "--password-file", passwords, cwd=tmp_path)
    assert again.code == 0 and digests(out / "2026") == before and not (out / "history").exists()
    passwords.chmod(0o644)
    passwords.write_text("department,password\n", "utf-8")
    refused = hrbook("build", roster, "--out", out, "--password-file", passwords, cwd=tmp_path)
    assert refused.code == 3 and "passwords.csv" in refused.err and "chmod 600" in refused.err
    assert digests(out / "2026") == before


def test_without_the_extra(run, city, tmp_path, monkeypatch):
    """A list of passwords without msoffcrypto-tool: one paragraph that says what to install, nothing written."""
    import sys

    keys = ["department,password", *(f"{p.stem},k{n}" for n, p in enumerate(sorted((run / "部署別").iterdir())))]
    (tmp_path / "list.csv").write_text("\n".join(keys), "utf-8")
    monkeypatch.setitem(sys.modules, "msoffcrypto.format.ooxml", None)
    monkeypatch.chdir(tmp_path)
    words = [
        "build",
        str(city / "input" / "roster.xlsx"),
        "--out",
        str(tmp_path / "out"),
        "--password-file",
        "list.csv",
        "--jobs",
        "1",
    ]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 3 and "hrbook[secure]" in done.output, done.output
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_workers_pass_the_same_gate(city, tmp_path, monkeypatch, jobs):
    """A book that a worker process makes is searched there: whatever the number of processes, it is held back."""
    real = parts.DepartmentBook.make
    monkeypatch.setattr(parts.DepartmentBook, "make", lambda self: real(self) + b"90001" if "市民課" in self.path else real(self))
    monkeypatch.setattr("hrbook.workers.WORTH", 2)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(
        main, ["build", str(city / "input" / "roster.xlsx"), "--out", str(tmp_path), "--jobs", jobs, "--lang", "en"]
    )
    assert done.exit_code == 1, done.output
    assert "held back" in done.output and not list((tmp_path / "2026").rglob("*市民課*"))


def test_a_sealed_run_verifies(city, tmp_path):
    """`verify` has no password: it holds the sealed file to its hash, and the workbook within to what the inputs give."""
    roster, passwords = city / "input" / "roster.xlsx", tmp_path / "passwords.csv"
    assert hrbook("passwords", passwords, roster, cwd=tmp_path).code == 0
    assert hrbook("build", roster, "--out", tmp_path, "--password-file", passwords, cwd=tmp_path).code == 0
    done = hrbook("verify", tmp_path / "2026", cwd=tmp_path)
    assert done.code == 0, (done.out, done.err)
    book = sorted((tmp_path / "2026" / "部署別").iterdir())[0]
    book.write_bytes(book.read_bytes()[:-1] + b"x")
    assert hrbook("verify", tmp_path / "2026", cwd=tmp_path).code == 1
