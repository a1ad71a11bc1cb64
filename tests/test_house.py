"""Rules of the house that a tool can hold."""

import ast
import configparser
import re
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from hrbook import __version__
from hrbook.resources import load_toml
from hrbook.words import load_labels

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "hrbook").rglob("*.py"))
DATA = sorted((ROOT / "templates").rglob("*.toml"))


def config():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_package_is_listed():
    listed = set(config()["options"]["packages"].split())
    there = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "hrbook").rglob("__init__.py")}
    assert listed == there | {"hrbook.templates"}


def test_python_has_no_word_for_people():
    """Japanese in Python is a label in the logic; options that people type are the one exception."""
    typed = {"課", "部"}
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if not line.isascii() and set(re.findall(r"[^\x00-\x7f]+", line)) - typed
    ]
    assert wrong == []


def test_words_of_a_guide():
    for path in [*DATA, *MODULES, *ROOT.glob("*.md")]:
        text = path.read_text(encoding="utf-8")
        assert "\u9055\u53cd" not in text, path
        assert "violation" not in text.lower(), path


def test_both_languages_have_the_same_words():
    japanese, english = load_labels("ja"), load_labels("en")
    assert japanese.keys() == english.keys()
    for key in sorted(japanese.keys()):
        places = set(re.findall(r"{(\w+)}", japanese._words[key]))
        used = {name.removesuffix("_en") for name in re.findall(r"{(\w+)}", english._words[key])}
        assert used <= places | date_facts(key), key


def date_facts(key):
    """English dates are written from the year alone."""
    return {"year", "iso", "day", "month"} if key.startswith("date.") else set()


@pytest.mark.parametrize("name", ["roster.toml", "settings.toml"])
def test_every_field_and_setting_is_explained_in_both_languages(name):
    data = load_toml(name)
    entries = [*data["sheet"], *(field for sheet in data["sheet"] for field in sheet["field"]), *data.get("setting", ())]
    lacking = [entry.get("id", entry.get("key")) for entry in entries if not (entry["why"] and entry.get("why_en"))]
    assert lacking == [], f"why_en is missing in templates/{name}"


def test_english_is_english():
    kana = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
    english = load_labels("en")
    assert [key for key in sorted(english.keys()) if kana.search(english(key)) and "{" not in key] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if tree.body:
        assert ast.get_docstring(tree), path


def test_built_metadata_and_templates(tmp_path):
    """The wheel says which Python it needs and carries the templates; setup.cfg alone cannot tell."""
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        names = package.namelist()
        meta = next(n for n in names if n.endswith("METADATA"))
        facts = message_from_string(package.read(meta).decode())
    assert facts["Requires-Python"] == ">=3.11"
    assert facts["Version"] == __version__
    assert facts["License-Expression"] == "MIT" or facts["License"] == "MIT"
    shipped = {n.removeprefix("hrbook/templates/") for n in names if n.startswith("hrbook/templates/")}
    assert {str(p.relative_to(ROOT / "templates")) for p in DATA} <= shipped


def test_locks_are_whole():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^([a-z0-9_.-]+)==", text, re.M)
        assert pinned and text.count("--hash=sha256:") >= len(pinned)
        assert "http" not in text
    wanted = {re.split(r"[<>=]", line)[0] for line in config()["options"]["install_requires"].split()}
    assert wanted <= set(re.findall(r"^([a-z0-9_.-]+)==", (ROOT / "requirements.lock").read_text(), re.M))


def test_a_file_that_is_read_row_by_row_is_closed():
    """openpyxl keeps it open until somebody closes it; the garbage collector then tells of it in whichever test runs."""
    files = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    reading = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if "read_only=True" in line]
    assert reading and [line for line in reading if "closing(" not in line and "BytesIO(" not in line] == []


def test_help_starts_without_the_heavy_parts():
    code = (
        "import sys; from click.testing import CliRunner; from hrbook.cli import main;"
        "r = CliRunner().invoke(main, ['--help']); assert r.exit_code == 0, r.output;"
        "heavy = ('pandas', 'openpyxl', 'xlsxwriter', 'python_calamine', 'pydantic_core', 'budoux', 'highspy', 'hrbook.batch');"
        "print(sorted(m for m in heavy if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
