"""Nothing is undocumented: commands, options, codes, fields, settings, policy keys, sheets; every page can be reached."""

import re
import tomllib
from pathlib import Path

import pytest

from hrbook.commands._language import speak
from hrbook.findings import load_catalogue
from hrbook.ingest import codes
from hrbook.resources import load_toml
from manual.reference import made, walk

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
GENERATED = {*made(), "pictures.md", "development/changelog.md", "development/security-policy.md", "development/contributing.md"}


@pytest.fixture(scope="module")
def pages():
    return made()


@pytest.mark.parametrize("folder", ["reference", "en/reference"])
def test_every_command_and_option(pages, folder):
    text = pages[f"{folder}/commands.md"]
    speak("en" if folder.startswith("en") else "ja")
    for path, command in walk():
        part = text.split(f"\n## {' '.join(('hrbook', *path))}\n")[1].split("\n## ")[0]
        for param in command.params:
            name = param.opts[0] if param.opts[0].startswith("-") else param.human_readable_name
            row = next((line for line in part.splitlines() if line.startswith("|") and name in line), "")
            assert row.split("|")[2].strip(), (path, name)


@pytest.mark.parametrize("folder", ["reference", "en/reference"])
def test_every_code_with_cause_and_remedy(pages, folder):
    text = pages[f"{folder}/findings.md"]
    written = {code for path in (ROOT / "hrbook").rglob("*.py") for code in re.findall(r"\bHR\d{3}\b", path.read_text("utf-8"))}
    assert {code.id for code in codes.ALL} <= written and len(written) > 100
    for code in sorted(written | set(load_catalogue("ja").codes())):
        part = text.split(f"### {code} ")
        assert len(part) == 2, code
        body = part[1].split("\n### ")[0].split("\n## ")[0].splitlines()[1:]
        said = [line for line in body if line.strip()]
        assert said, code
        if code in load_catalogue("ja").codes():
            assert len([line for line in said if line.startswith("- ")]) >= 2, code


@pytest.mark.parametrize("file", ["roster", "settings"])
@pytest.mark.parametrize("folder", ["reference", "en/reference"])
def test_every_field_and_setting(pages, folder, file):
    text = pages[f"{folder}/{file}.md"]
    data = load_toml(f"{file}.toml")
    for sheet in data["sheet"]:
        part = text.split(f"\n## {sheet['name']}")[1].split("\n## ")[0]
        for field in sheet["field"]:
            row = next(line for line in part.splitlines() if line.startswith(f"| {field['header']} |"))
            assert row.split("|")[3].strip() and row.split("|")[5].strip(), field["header"]
    for item in data.get("setting", ()):
        row = next(line for line in text.splitlines() if line.startswith(f"| `{item['key']}` |"))
        assert all(cell.strip() for cell in row.split("|")[1:-1]), item["key"]


def keys_of(value, place=()):
    """Every key of a policy file with the place it stands at; entries of lists and of named tables count alike."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def test_every_policy_key(pages):
    text = pages["reference/policy.md"]
    known = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]*)`", text))))
    policy = tomllib.loads((ROOT / "templates" / "policy" / "tachikawa-3.toml").read_text("utf-8"))
    named = set(policy["clauses"]) | {rank["id"] for rank in policy["ranks"]}
    assert set(keys_of(policy)) - named <= known, sorted(set(keys_of(policy)) - named - known)


def test_every_page_is_in_the_menu_and_every_link_leads_somewhere():
    menu = set(re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M))
    written = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert menu == written | GENERATED
    for page in written:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (DOCS / page).read_text("utf-8")):
            target = (DOCS / page).parent.joinpath(link).resolve()
            inside = target.relative_to(DOCS).as_posix() if target.is_relative_to(DOCS) else ""
            assert target.is_file() or inside in GENERATED, (page, link)


def test_the_readme_names_every_command():
    names = {path[0] for path, _ in walk() if path}
    for readme in ("README.md", "README.ja.md"):
        text = (ROOT / readme).read_text("utf-8")
        assert [name for name in sorted(names) if f"`hrbook {name}" not in text] == [], readme


def test_one_source_of_the_version():
    from hrbook import __version__

    assert "version = attr: hrbook.__version__" in (ROOT / "setup.cfg").read_text("utf-8")
    assert not re.search(r"^version\s*=\s*\"", (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    named = re.findall(r"hrbook-(\d[\w.]*)-py3", " ".join(p.read_text("utf-8") for p in DOCS.rglob("*.md")))
    assert set(named) == {__version__}
