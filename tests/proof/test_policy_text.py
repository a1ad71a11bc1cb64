"""The shipped policy quotes no sentence of the city's document. Needs the document, which is not shipped."""

from __future__ import annotations

import os
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrbook.core.coverage import prove
from hrbook.ingest.policy import load_policy

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("HRBOOK_SHARED", ROOT.parent / "shared"))
POLICY = ROOT / "templates" / "policy" / "tachikawa-3.toml"
LONGEST = 19  # a run of 20 characters or more is a quotation
pytestmark = pytest.mark.proof


def squeezed(text: str) -> str:
    """Without blanks and line ends, width folded, so that the document's line breaks hide nothing."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from texts(part)


def quotations(text: str, document: str) -> list[str]:
    """Runs of `text` that are longer than LONGEST and stand in `document`, both squeezed."""
    size = LONGEST + 1
    return [text[i : i + size] for i in range(len(text) - size + 1) if text[i : i + size] in document]


@pytest.fixture(scope="module")
def document() -> str:
    return squeezed((SHARED / "policy" / "policy.txt").read_text(encoding="utf-8"))


def test_no_sentence_of_the_document_is_quoted(document: str) -> None:
    content = POLICY.read_text(encoding="utf-8")
    policy = tomllib.loads(content)
    names = {squeezed(course[key]) for course in policy["training"]["courses"] for key in ("name", "label")}
    comments = [line.partition("#")[2] for line in content.splitlines() if line.lstrip().startswith("#")]
    written = [squeezed(text) for text in [*texts(policy), *comments]]
    assert [quote for text in written if text not in names for quote in quotations(text, document)] == []


def test_the_check_would_see_a_quotation(document: str) -> None:
    assert quotations("x" + document[1000:1030] + "x", document)


def test_names_stand_in_the_document(document: str) -> None:
    policy = tomllib.loads(POLICY.read_text(encoding="utf-8"))
    labels = [course["label"] for course in policy["training"]["courses"]]
    names = [entry["name"] for entry in (*policy["competency"]["abilities"], *policy["competency"]["behaviours"])]
    tiers = [tier["name"] for tier in policy["digital"]["tiers"]]
    assert [name for name in (*labels, *names, *tiers) if squeezed(name) not in document] == []


def test_the_map_is_proved_by_the_document() -> None:
    """Every sentence of chapters 1 to 8 has a row, and every row a sentence; a changed word is seen."""
    text = (SHARED / "policy" / "policy.txt").read_text(encoding="utf-8")
    rows = load_policy("tachikawa-3")[0].coverage.sentences
    proof = prove(rows, text, "\u3002")
    assert (proof.found, proof.rows, proof.missing, proof.unmapped) == (len(rows), len(rows), (), ())
    other = prove(rows, text.replace("10年を目安", "12年を目安", 1), "\u3002")
    assert [(row.clause, row.rules) for row in other.missing] == [("4-3-1", ("rotation.three-in-ten", "career.stage"))]
    assert any("12年を目安" in part for _, part in other.unmapped)
