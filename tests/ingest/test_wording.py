"""Every finding and every fault of the reader has its words in both languages, and the dictionaries hold together."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from hrbook.core.finding import Finding, Severity
from hrbook.findings import load_catalogue
from hrbook.guard.release import CODES as GUARD
from hrbook.guard.unit_goals import LEFT_OUT
from hrbook.ingest import codes
from hrbook.ingest.dictionary import load_dictionary
from hrbook.resources import load_toml
from hrbook.words import LANGUAGES, load_labels

READER = Path(codes.__file__).parent
ENGINE = {f"HR{number}" for number in (401, 402, 403, 404, 405, 406, 451, 452, 453, 454, 455)}
FORMS = {f"HR{number}" for number in range(521, 529)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_words_and_severity(language: str) -> None:
    catalogue = load_catalogue(language)
    assert {code.id for code in codes.ALL} | ENGINE | FORMS | {*GUARD.values(), LEFT_OUT} == set(catalogue.codes())
    for code in codes.ALL:
        assert catalogue.severity(code.id) is code.severity
    for code in catalogue.codes():
        finding = Finding(code, Severity.NOTE, "f.xlsx", "s", "A1", "{found}", None, "001", {"name": "n", "rows": 2})
        assert catalogue.title(code) and catalogue.message(finding) and catalogue.remedy(finding)


def test_facts_fill_the_message_and_are_never_formatted_again() -> None:
    finding = Finding("HR201", Severity.WARNING, "f", "s", "A1", "{0}{x}")
    assert "{0}{x}" in load_catalogue("ja").message(finding)


def test_both_languages_ask_for_the_same_facts() -> None:
    texts = [entry[part] for entry in load_toml("findings.toml").values() for part in ("title", "message", "remedy")]
    texts += list(load_toml("labels/faults.toml")["fault"].values())
    names = [{part[1] for part in Formatter().parse(text[lang]) if part[1]} for text in texts for lang in LANGUAGES]
    assert len(names) > 200
    for text in texts:
        ja, en = ({p[1] for p in Formatter().parse(text[lang]) if p[1]} for lang in LANGUAGES)
        assert en - ja == set(), text


def test_every_fault_of_the_reader_has_words() -> None:
    labels = load_labels("ja")
    sources = [path.read_text("utf-8") for path in [*READER.glob("*.py"), *(READER.parent / "safe").glob("*.py")]]
    keys = {key for text in sources for key in re.findall(r'(?:Fault|refuse)\(\s*"(\w+)"', text)}
    keys |= {key for text in sources for key in re.findall(r'"((?:file|sheet|column)_\w+)"', text)}
    assert len(keys) > 25
    assert {key for key in keys if f"fault.{key}" not in labels} == set()


@pytest.mark.parametrize("name", ["roster.toml", "settings.toml"])
def test_headings_of_a_sheet_mean_one_field_each(name: str) -> None:
    dictionary = load_dictionary(name)
    for sheet in dictionary.sheets:
        assert len({field.id for field in sheet.fields}) == len(sheet.fields)
        headers = [field.accepted[0] for field in sheet.fields]
        assert len(set(headers)) == len(headers)
        for field in sheet.fields:
            assert field.why
        assert set(sheet.row) | {f for group in sheet.one_of for f in group} <= {f.id for f in sheet.fields}
        assert sheet.holds(sheet.name) == 0 and sheet.holds(sheet.name + "２") == 2
    names = [word for sheet in dictionary.sheets for word in sheet.accepted]
    assert len(set(names)) == len(names)


def test_no_code_stands_for_two_things() -> None:
    """The lint of policies numbers its findings apart from those of rosters, books and forms."""
    ids = load_labels("ja").keys()
    lint = {key.split(".")[1] for key in ids if re.match(r"lint\.HR\d+", key)}
    assert lint and lint.isdisjoint(load_catalogue("ja").codes())
