"""The way to the next rank: hand-worked scores under the first city's marks (double circle 2 points, circle 1)."""

from fractions import Fraction

from hrbook.core.choices import Weights
from hrbook.core.growth import growth_of
from hrbook.core.roster import Score
from hrbook.sheets import organisation
from tests.sheets.builders import POLICY, assessment_of, employee, ref, table
from tests.sheets.whole import whole_view

NAMES = {a.id: a.name for a in POLICY.competency.abilities}
POINTS = {m.id: m.points for m in POLICY.competency.marks}


def score(ability, own=None, manager=None, year=2025):
    return Score(year, ability, own, manager, ref(sheet="評価"))


def growth(*scores, title="主事", **given):
    person = assessment_of([employee("1", title=title, scores=scores, **given)]).people[0]
    return growth_of(person, Weights(POLICY.competency, POINTS, POLICY.rank_ids), POLICY.rank_ids, 2026)


def test_a_clerk_steps_up_to_what_is_new_or_stronger_for_a_chief():
    """主事 has ◎ on three abilities; 主任 adds 〇 on two and ◎ on 指導育成能力."""
    found = growth()
    assert (found.rank, found.next_rank) == ("shuji", "shunin")
    assert [NAMES[a] for a in found.step_up] == ["政策立案能力", "折衝交渉能力", "指導育成能力"]


def test_without_an_assessment_everything_is_missing_and_nothing_is_guessed():
    found = growth()
    assert (found.year, found.now.value, found.ahead.value, found.gaps) == (None, None, None, ())
    assert found.now.of == 3 and found.ahead.of == 6 and len(found.missing) == 6


def test_attainment_and_gaps_by_the_weights_of_both_ranks():
    """Manager's 4 on 職務遂行能力, own 2 on 指導育成能力 (◎ for 主任, none for 主事), both weigh 2 of 10 for 主任."""
    found = growth(score("職務遂行能力", own=1, manager=4), score("指導育成能力", own=2))
    assert (found.year, found.now.value, found.now.scored) == (2025, Fraction(4), 1)
    assert (found.ahead.value, found.ahead.scored) == (Fraction(3), 2)
    assert [(NAMES[a], gap) for a, gap in found.gaps] == [
        ("指導育成能力", Fraction(3, 5)),
        ("職務遂行能力", Fraction(1, 5)),
    ]
    assert len(found.missing) == 4


def test_only_the_latest_assessment_counts_and_none_of_a_later_year():
    found = growth(
        score("職務遂行能力", own=1, year=2023), score("専門能力", own=5, year=2024), score("専門能力", own=1, year=2027)
    )
    assert (found.year, found.now.value, found.now.scored) == (2024, Fraction(5), 1)


def test_nobody_steps_up_from_the_top_or_from_an_unknown_rank():
    assert growth(title="部長") is None
    assert growth(title="見慣れない職") is None


def test_the_organisations_book_lists_everybody_with_a_next_rank():
    view = whole_view()
    rows = table(next(s for s in organisation.book(view, "x.xlsx").sheets if s.name == "データ_成長"))
    top = POLICY.rank_ids[-1]
    assert len(rows) == sum(p.employee.rank not in (None, top) and not p.post_managerial for p in view.assessment.people)
    assert all(r["次の職層の能力のうち評価のないもの"] for r in rows if r["評価の年度（西暦。空欄は評価なし）"] is None)
