"""What the repository ships is what the commands make."""

from pathlib import Path

from tests.conftest import hrbook

ROOT = Path(__file__).resolve().parent.parent


def test_the_shipped_city_is_the_default_sample(tmp_path):
    done = hrbook("sample", "--out", tmp_path, cwd=tmp_path)
    assert done.code == 0, done.err
    for name in ("roster.xlsx", "settings.xlsx"):
        assert (tmp_path / name).read_bytes() == (ROOT / "input" / name).read_bytes(), f"hrbook sample --force: input/{name}"


def test_a_sample_is_never_written_over(tmp_path):
    (tmp_path / "roster.xlsx").write_bytes(b"mine")
    assert hrbook("sample", "--out", tmp_path, cwd=tmp_path).code == 2
    assert (tmp_path / "roster.xlsx").read_bytes() == b"mine"
