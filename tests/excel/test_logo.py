"""The city's own mark: on the title bands where styles.toml names one, nowhere else, and never a broken picture."""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from hrbook.resources import names, read_bytes
from tests.conftest import hrbook


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xff\xff\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def office(city: Path, tmp_path: Path) -> Path:
    """A working folder whose styles.toml names logo.png."""
    shutil.copytree(city / "input", tmp_path / "input")
    (tmp_path / "templates").mkdir()
    assert "styles.toml" in names(".", ".toml")
    text = read_bytes("styles.toml").decode("utf-8")
    assert text.count('file = ""') == 1
    (tmp_path / "templates" / "styles.toml").write_text(text.replace('file = ""', 'file = "logo.png"'), encoding="utf-8")
    return tmp_path


def media(path: Path) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
        return [book.read(name) for name in book.namelist() if name.startswith("xl/media/")]


def test_every_book_shows_the_mark_once(office: Path) -> None:
    picture = png(120, 60)
    (office / "templates" / "logo.png").write_bytes(picture)
    done = hrbook("build", cwd=office)
    assert done.code == 0, done.err
    books = sorted((office / "output" / "2026").rglob("*.xlsx"))
    shown = [path for path in books if path.parent.name != "inputs"]
    assert len(shown) > 5
    assert all(media(path) == [picture] for path in shown)
    drawing = zipfile.ZipFile(shown[0]).read("xl/drawings/drawing1.xml").decode("utf-8")
    assert "みはらし市" in drawing  # read aloud where pictures are not seen
    assert '"logo.png"' in (office / "output" / "2026" / "manifest.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"", b"no picture", png(9, 9)[:20], b"\xff\xd8\xff"])
def test_no_picture_ends_before_anything_is_written(office: Path, content: bytes) -> None:
    (office / "templates" / "logo.png").write_bytes(content)
    done = hrbook("build", cwd=office)
    assert done.code == 3
    assert "logo.png" in done.err and "Traceback" not in done.err
    assert not (office / "output" / "2026").exists()


def test_a_mark_that_is_not_there_is_named(office: Path) -> None:
    done = hrbook("build", cwd=office)
    assert done.code == 3
    assert "logo.png" in done.err
