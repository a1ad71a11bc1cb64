"""The map of the text: every sentence has its row, and a document that differs is seen."""

from collections import Counter

import pytest

from hrbook.core.coverage import Sentence, Treatment, fingerprint, normalised, prove
from hrbook.ingest.policy import load_policy
from hrbook.ingest.policy_links import REFERENCES
from hrbook.lint.editions import rule_ids
from hrbook.words import load_labels

HEADINGS = ("第1章 はじめに", "第1節 ねらい")
SENTENCES = ("職員は学ぶ。", "十年で三つの課を経験する。", "会議は オンラインでもよい。", "学ぶ。")
DOCUMENT = """第1章　はじめに

第1章 はじめに
第1節 ねらい
職員は
学ぶ。
十年で三つの課を
経験する。 第1章 はじめに
会議はオンラインでもよい。学ぶ。"""


def row(text: str, number: int, **more: object) -> Sentence:
    plain = normalised(text)
    return Sentence("1-1", number, len(plain), fingerprint(plain), f"文{number}", **more)  # type: ignore[arg-type]


def rows() -> list[Sentence]:
    heads = [row(text, 0) for text in HEADINGS]
    return [*heads, *(row(text, number) for number, text in enumerate(SENTENCES, start=1))]


def test_every_sentence_has_its_row() -> None:
    proof = prove(rows(), DOCUMENT, "。")
    assert (proof.rows, proof.found, proof.missing, proof.unmapped, proof.whole) == (6, 6, (), (), True)


@pytest.mark.parametrize("change", [("三つ", "四つ"), ("十年で", "")])
def test_a_changed_sentence_is_named_on_both_sides(change: tuple[str, str]) -> None:
    proof = prove(rows(), DOCUMENT.replace(*change), "。")
    assert [missing.number for missing in proof.missing] == [2]
    ((after, text),) = proof.unmapped
    assert after == 3 and text.endswith("課を経験する。")


def test_a_new_sentence_and_a_lost_row_are_named() -> None:
    more = prove(rows(), DOCUMENT + "新しい文。もう一つ。", "。")
    assert (more.missing, [text for _, text in more.unmapped]) == ((), ["新しい文。", "もう一つ。"])
    fewer = prove(rows()[:-1], DOCUMENT, "。")
    assert [text for _, text in fewer.unmapped] == ["学ぶ。"]
    lost = prove(rows(), "職員は学ぶ。", "。")
    assert lost.found == 1 and len(lost.missing) == 5 and not lost.whole


def test_what_no_sign_ends_is_named_too() -> None:
    more = prove(rows(), DOCUMENT + "新しい文。別表", "。")
    assert [text for _, text in more.unmapped] == ["新しい文。", "別表"]


def test_a_row_without_a_text_stands_nowhere() -> None:
    empty = row("", 9)
    assert prove([*rows(), empty], DOCUMENT, "。").missing == (empty,)


def test_nothing_at_all_is_not_whole() -> None:
    assert not prove(rows(), "", "。").whole
    assert not prove([], "文。", "。").whole


def test_the_map_of_the_first_city() -> None:
    policy = load_policy("tachikawa-3")[0]
    rows = [s for s in policy.coverage.sentences if s.treatment is not Treatment.HEADING]
    counts = Counter(s.treatment for s in rows)
    assert len(rows) == 230 and sum(counts.values()) == 230
    assert set(counts) == {Treatment.RULE, Treatment.SHEET, Treatment.DESCRIBED, Treatment.OUTSIDE}
    numbers: dict[str, list[int]] = {}
    for sentence in rows:
        numbers.setdefault(sentence.clause, []).append(sentence.number)
        assert sentence.gist and len(sentence.fingerprint) == 16
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    leaves = {key for key in policy.clauses if not any(other.startswith(f"{key}-") for other in policy.clauses)}
    assert leaves <= set(numbers)
    tied = {rule for sentence in rows for rule in sentence.rules}
    assert set(rule_ids(policy)) <= tied | {r for r in rule_ids(policy) if r.startswith("training.") and "training.*" in tied}


@pytest.mark.parametrize("chapter", "5678")
def test_every_sentence_of_the_later_chapters_leads_somewhere_that_there_is(chapter: str) -> None:
    """Each names a rule of the ledger or a sheet of a workbook, is called described only, or says why it is left out."""
    policy, labels = load_policy("tachikawa-3")[0], load_labels()
    rules = {*rule_ids(policy), f"{policy.training.rule_prefix}*"}
    rows = [s for s in policy.coverage.sentences if s.clause.split("-")[0] == chapter and s.number]
    assert rows and not [s.gist for s in rows if s.because and (s.rules or s.sheets)]
    assert not {rule for s in rows for rule in s.rules} - rules
    assert not [sheet for s in rows for sheet in s.sheets if f"sheet.{sheet}.name" not in labels]
    asked = [s for s in rows if s.treatment in (Treatment.RULE, Treatment.SHEET)]
    titles = {clause for clause in policy.clauses if clause.split("-")[0] == chapter and clause.count("-") == 2}
    assert titles and titles <= {s.clause for s in asked}


def test_the_staff_image_and_the_attitudes_stand_on_the_form() -> None:
    policy = load_policy("tachikawa-3")[0]
    shown = {s.clause for s in policy.coverage.sentences if "interview" in s.sheets}
    assert {one.clause for one in policy.attitudes} <= shown


def test_what_chapter_5_says_of_the_workplace_leads_to_the_pairs_and_to_what_was_learnt() -> None:
    rows = load_policy("tachikawa-3")[0].coverage.sentences
    sheets = {clause: {sheet for s in rows if s.clause == clause for sheet in s.sheets} for clause in ("5-2-3", "5-2-4", "5-4-1")}
    assert {"ojt", "org_ojt", "org_ojt_list"} <= sheets["5-2-3"]
    assert "org_learning" in sheets["5-2-4"]
    assert {"growth_course", "goals_course", "org_ability_gaps"} <= sheets["5-4-1"]


def test_what_is_to_be_looked_up_stands_once() -> None:
    """A place that stood twice would tell each of its faults twice."""
    assert [place for place, count in Counter(REFERENCES).items() if count > 1] == []
