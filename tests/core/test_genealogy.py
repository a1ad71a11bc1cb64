"""Units over time: the same unit, another name, one from two, two from one."""

from datetime import date, timedelta

from hrbook.core.genealogy import Genealogy
from hrbook.core.roster import OrgRow, Post
from hrbook.core.rotation_policy import Level
from hrbook.core.source import RowRef, SheetSource

SHEET = SheetSource("roster.xlsx", "", "組織", {}, {})
DAY = timedelta(days=1)


def row(number, code, department, start=None, end=None, parents=(), *, bureau="市民部", section="", category=""):
    post = Post(bureau, department, section, code)
    return OrgRow(code, post, start, end, tuple(parents), category, "", RowRef(SHEET, number, ()))


def units(*rows, level=Level.DEPARTMENT):
    return Genealogy([row(i, *args, **more) for i, (args, more) in enumerate(rows, start=2)], level)


def at(genealogy, department, day, bureau="市民部"):
    return genealogy.resolve(Post(bureau=bureau, department=department), day)


CUT = date(2022, 4, 1)


def test_a_rename_is_followed_and_kin():
    found = units((("1", "子育て課", None, CUT - DAY), {}), (("2", "子ども課", CUT, None, ("1",)), {}))
    old, new = at(found, "子育て課", CUT - DAY), at(found, "子ども課", CUT)
    assert old != new
    assert found.follow(old, CUT) == new
    assert found.kin(old, new) and found.descends(new, old) and not found.descends(old, new)


def test_a_code_that_goes_on_under_another_name_is_the_same_line():
    found = units((("7", "子育て課", None, CUT - DAY), {}), (("7", "子ども課", CUT), {}))
    assert found.kin(at(found, "子育て課", CUT - DAY), at(found, "子ども課", CUT))


def test_both_parts_of_a_merger_are_ancestors_and_strangers_to_each_other():
    found = units(
        (("1", "国保課", None, CUT - DAY), {}),
        (("2", "年金課", None, CUT - DAY), {}),
        (("3", "保険年金課", CUT, None, ("1", "年金課")), {}),
    )
    one, two, new = at(found, "国保課", CUT - DAY), at(found, "年金課", CUT - DAY), at(found, "保険年金課", CUT)
    assert found.follow(one, CUT) == found.follow(two, CUT) == new
    assert found.kin(one, new) and found.kin(two, new) and not found.kin(one, two)


def test_the_parts_of_a_split_are_strangers_and_nobody_is_moved_into_one():
    found = units(
        (("1", "福祉課", None, CUT - DAY), {}), (("2", "高齢課", CUT, None, ("1",)), {}), (("3", "障害課", CUT, None, ("1",)), {})
    )
    old, one, two = at(found, "福祉課", CUT - DAY), at(found, "高齢課", CUT), at(found, "障害課", CUT)
    assert found.kin(old, one) and found.kin(old, two) and not found.kin(one, two)
    assert found.follow(old, CUT) == old


def test_a_unit_that_goes_on_at_a_split_is_cut_there():
    found = units((("1", "福祉課"), {}), (("2", "高齢課", CUT, None, ("1",)), {}))
    before, after, child = at(found, "福祉課", CUT - DAY), at(found, "福祉課", CUT), at(found, "高齢課", CUT)
    assert before != after
    assert found.follow(before, CUT) == after
    assert found.kin(before, after) and found.kin(before, child) and not found.kin(after, child)


def test_a_section_is_lifted_to_its_department():
    found = units((("1", "課税課"), {}), (("1-1", "課税課"), {"section": "市民税係"}))
    assert found.resolve(Post(code="1-1"), CUT) == at(found, "課税課", CUT)


def test_a_department_that_changes_its_bureau_makes_no_kin_of_bureaus():
    found = units(
        (("A", ""), {"bureau": "総務部"}),
        (("B", ""), {"bureau": "市民部"}),
        (("1", "課税課", None, CUT - DAY), {"bureau": "総務部"}),
        (("2", "課税課", CUT, None, ("1",)), {}),
        level=Level.BUREAU,
    )
    old, new = found.resolve(Post(bureau="総務部"), CUT), found.resolve(Post(bureau="市民部"), CUT)
    assert found.known(old) and found.known(new) and not found.kin(old, new)


def test_a_unit_that_the_sheet_lacks_is_known_by_its_name():
    found = units((("1", "課税課"), {}))
    unknown = at(found, "都総務局", CUT, "東京都")
    assert not found.known(unknown) and found.begins(unknown) is None
    assert unknown == at(found, "都総務局", CUT + DAY, "東京都")
    assert not found.kin(unknown, at(found, "課税課", CUT))


def test_a_category_is_that_of_the_department_else_of_its_bureau():
    found = units(
        (("B", ""), {"category": "窓口"}),
        (("1", "課税課"), {"category": "内部"}),
        (("2", "市民課"), {}),
        (("3", "財政課"), {"bureau": "企画部"}),
        level=Level.CATEGORY,
    )
    assert found.counted_as(at(found, "課税課", CUT)) == "=内部"
    assert found.counted_as(at(found, "市民課", CUT)) == "=窓口"
    assert found.counted_as(at(found, "財政課", CUT, "企画部")) is None
    assert not found.kin("=内部", "=窓口") and found.kin("=内部", "=内部")


def test_two_departments_of_one_name_are_told_apart_by_their_bureau():
    found = units((("1", "庶務課"), {}), (("2", "庶務課"), {"bureau": "企画部"}))
    assert at(found, "庶務課", CUT) != at(found, "庶務課", CUT, "企画部")
    assert not found.known(at(found, "庶務課", CUT, "")), "without a bureau nobody can say which of them is meant"


def test_the_one_that_lives_is_meant_where_the_other_is_gone():
    found = units((("1", "庶務課", None, CUT - DAY), {}), (("2", "庶務課", CUT), {"bureau": "企画部"}))
    assert at(found, "庶務課", CUT - DAY, "") == at(found, "庶務課", CUT - DAY)
    assert at(found, "庶務課", CUT, "") == at(found, "庶務課", CUT, "企画部")


def test_a_unit_that_took_another_one_in_is_its_child_from_then_on():
    found = units((("1", "年金課", None, CUT - DAY), {}), (("2", "保険課", None, None, ("1",)), {}))
    pension, before, after = at(found, "年金課", CUT - DAY), at(found, "保険課", CUT - DAY), at(found, "保険課", CUT)
    assert before != after, "it goes on, as another version"
    assert found.follow(pension, CUT) == found.follow(before, CUT) == after
    assert found.kin(pension, after) and not found.kin(pension, before)


def test_an_older_unit_that_a_younger_one_names_ends_on_the_eve():
    """The younger unit was there before the older one ended: the day of the change is the day after its end."""
    found = units((("1", "年金課", CUT, date(2024, 3, 31)), {}), (("2", "保険課", CUT, None, ("1",)), {}))
    pension = at(found, "年金課", CUT)
    assert found.follow(pension, date(2024, 3, 31)) == pension
    assert found.follow(pension, date(2024, 4, 1)) == at(found, "保険課", date(2024, 4, 1))
    assert at(found, "保険課", CUT) != at(found, "保険課", date(2024, 4, 1))


def test_an_origin_that_the_sheet_lacks_or_that_is_the_unit_itself_says_nothing():
    found = units((("", "課税課", CUT, None, ("税務課",)), {}), (("2", "市民課", CUT, None, ("市民課", "2")), {}))
    for department in ("課税課", "市民課"):
        unit = at(found, department, CUT)
        assert found.known(unit) and found.family(unit) == () and found.descends(unit, unit)


def test_an_origin_that_is_named_twice_is_one():
    found = units((("1", "国保課", None, CUT - DAY), {}), (("2", "保険課", CUT, None, ("1", "国保課")), {}))
    new = at(found, "保険課", CUT)
    assert found.follow(at(found, "国保課", CUT - DAY), CUT) == new
    assert [origins for _, _, origins in found.family(new)] == [(), ("市民部/国保課",)]


def test_sections_of_one_code_after_one_another_are_one_department():
    """The code went from one section to the next; for who counts departments nothing was reorganised."""
    rows = ((("5", "課税課", None, CUT - DAY), {"section": "一係"}), (("5", "課税課", CUT), {"section": "二係"}))
    found = units((("1", "課税課"), {}), *rows)
    assert found.family(at(found, "課税課", CUT)) == () and at(found, "課税課", CUT - DAY) == at(found, "課税課", CUT)


def test_units_of_one_name_are_told_apart_by_their_first_day():
    found = units((("1", "広報課", None, CUT - DAY), {}), (("2", "広報課", CUT + DAY), {}), (("3", "課税課"), {}))
    assert found.label(at(found, "広報課", CUT + DAY)) == "市民部/広報課@2022-04-02"
    assert found.label(at(found, "課税課", CUT)) == "市民部/課税課"
    assert found.label(at(found, "都総務局", CUT, "東京都")).endswith("都総務局")


def test_a_family_is_everybody_who_is_related_through_reorganisations():
    found = units(
        (("1", "国保課", None, CUT - DAY), {}),
        (("2", "年金課", None, CUT - DAY), {}),
        (("3", "保険年金課", CUT, None, ("1", "2")), {}),
        (("4", "財政課"), {"bureau": "企画部"}),
    )
    told = {label: origins for _, label, origins in found.family(at(found, "国保課", CUT - DAY))}
    assert told == {"市民部/国保課": (), "市民部/年金課": (), "市民部/保険年金課": ("市民部/国保課", "市民部/年金課")}
    assert found.family(at(found, "財政課", CUT, "企画部")) == () == found.family("?/東京都")


def test_an_origin_of_units_of_which_no_day_is_known():
    found = units((("1", "福祉課"), {}), (("2", "高齢課", None, None, ("1",)), {}))
    old, new = at(found, "福祉課", CUT), at(found, "高齢課", CUT)
    assert found.kin(old, new) and found.descends(new, old) and not found.descends(old, new)


def test_a_section_is_of_the_department_that_it_shares_a_day_with():
    """Lives that touch on one day overlap, on either side; a department that was gone before is another one."""
    for start, end in ((CUT, None), (None, CUT)):
        section = (("1-1", "課税課", start, end), {"section": "市民税係"})
        department = (("1", "課税課", end, start), {})
        found = units(department, section)
        assert all(found.resolve(Post(code="1-1"), day) == at(found, "課税課", day) for day in (CUT, CUT + DAY))
    apart = units((("1", "課税課", None, CUT - DAY), {}), (("1-1", "課税課", CUT), {"section": "市民税係"}))
    assert apart.resolve(Post(code="1-1"), CUT) != at(apart, "課税課", CUT - DAY)


def test_a_bureau_without_a_row_comes_from_where_its_first_department_came():
    found = units(
        (("1", "税務課", None, CUT - DAY), {"bureau": "総務部"}),
        (("2", "用地課", None, CUT + DAY), {"bureau": "建設部"}),
        (("3", "税務課", CUT, None, ("1",)), {"bureau": "財務部"}),
        (("4", "用地課", CUT + 2 * DAY, None, ("2",)), {"bureau": "財務部"}),
        (("5", "庶務課", None, None, ("2",)), {"bureau": "管理部"}),
        level=Level.BUREAU,
    )
    later = CUT + 9 * DAY
    new, general, building = (found.resolve(Post(bureau=name), later) for name in ("財務部", "管理部", "建設部"))
    assert found.descends(new, found.resolve(Post(bureau="総務部"), CUT - DAY))
    assert not found.kin(new, building), "a department that joined later says nothing of the bureau"
    assert found.descends(general, building)
