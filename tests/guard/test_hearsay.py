"""What other departments' books said of people who have moved since, as the readers of their new book may see it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hrbook.core.returned import Entry, Group, Origin
from hrbook.core.roster import Employee, Wish
from hrbook.guard.hearsay import for_readers
from hrbook.guard.leak import Guard
from hrbook.guard.people import person_of
from hrbook.sheets.department import growth_course
from hrbook.sheets.view import Department, DepartmentView, departments_of
from tests.sheets.builders import BUREAU, HERE, LABELS, RUN, assessment_of, employee, ref
from tests.sheets.builders import texts as sheet_texts

NOTE = "（以前の所属での記入）"
ELSEWHERE, OWN_BOOK = f"{BUREAU}/課税課", f"{BUREAU}/{HERE}"
GOSSIP, HARMLESS = "鷲塚凪沙さんの後任", "窓口の改善"


def entry(value: str, sender: str, field: str = "plan_1") -> Entry:
    return Entry("10001", 2025, Group.GOAL, field, "", "", value, Origin("a.xlsx", "面談", "A1", "0" * 64, "", sender), False)


def moved(*entries: Entry, reason: str = "", title: str = "主事") -> Employee:
    wish = Wish(2025, "する", "", reason, "", "", ref())
    return replace(employee("10001", name="小林　一郎", title=title), returned=entries, wishes=(wish,))


def guard(*people: Employee) -> Guard:
    outsider = employee("77123", name="鷲塚　凪沙", department="課税課")
    return Guard([person_of(one) for one in (*people, outsider)], ())


def shown(one: Employee) -> Department:
    (department,) = departments_of(assessment_of([one]))
    return for_readers(department, lambda: guard(one), NOTE)


def texts(department: Department) -> list[str]:
    (one,) = department.people
    return [said.value for said in one.employee.returned]


def test_what_another_department_said_of_an_outsider_is_left_out() -> None:
    said = (entry(GOSSIP, ELSEWHERE), entry(HARMLESS, ELSEWHERE))
    department = shown(moved(*said, reason=f"{GOSSIP}として"))
    assert texts(department) == [NOTE, HARMLESS]
    assert department.people[0].employee.wishes[0].reason == f"{NOTE}として"


def test_whoever_wrote_a_text_reads_it_again() -> None:
    assert texts(shown(moved(entry(GOSSIP, OWN_BOOK), entry(HARMLESS, ELSEWHERE)))) == [GOSSIP, HARMLESS]


def test_the_same_words_of_both_are_hidden_only_where_the_other_said_them() -> None:
    assert texts(shown(moved(entry(GOSSIP, OWN_BOOK), entry(GOSSIP, ELSEWHERE)))) == [GOSSIP, NOTE]


def test_the_guard_is_not_asked_where_nobody_brought_anything() -> None:
    (department,) = departments_of(assessment_of([moved(entry(GOSSIP, OWN_BOOK))]))
    assert for_readers(department, lambda: pytest.fail("no guard is needed"), NOTE) is department


def test_a_longer_text_is_hidden_before_one_that_it_holds() -> None:
    longer = f"{GOSSIP}と鷲塚凪沙さん"
    department = shown(moved(entry(GOSSIP, ELSEWHERE), entry(longer, ELSEWHERE), reason=longer))
    assert department.people[0].employee.wishes[0].reason == NOTE


def test_a_head_is_shown_like_everybody() -> None:
    department = shown(moved(entry(GOSSIP, ELSEWHERE), title="課長"))
    assert department.head is department.people[0] and texts(department) == [NOTE]
    assert shown(moved(entry(GOSSIP, ELSEWHERE))).head is None


def test_what_was_hidden_from_one_book_is_hidden_of_its_guests_too() -> None:
    (head,) = departments_of(assessment_of([moved(entry(GOSSIP, ELSEWHERE), title="課長")]))[0].people
    bureau = Department(BUREAU, "", (), None, (head,))
    (guest,) = for_readers(bureau, lambda: guard(head.employee), NOTE).guests
    assert guest.employee.returned[0].value == NOTE


def aims(sender: str, *, by_bureau: bool = False) -> list[str]:
    """What the sheet of goals over the years says of a goal whose department's goal came back from `sender`."""
    one = moved(entry("窓口の目標", sender, "aim_1"), entry(HARMLESS, sender))
    assessment = assessment_of([one])
    (department,) = departments_of(assessment, by_bureau)
    seen = for_readers(department, lambda: guard(one), NOTE)
    (sheet,) = growth_course.sheets(DepartmentView(seen, (), assessment.reading, LABELS, RUN))
    return sheet_texts(sheet, growth_course.BODY - 1)[3:]


def test_another_departments_own_goal_stays_there_and_the_persons_goes_along() -> None:
    assert aims(OWN_BOOK) == ["窓口の目標", HARMLESS]
    assert aims(ELSEWHERE) == [HARMLESS]


def test_a_bureaus_book_shows_the_goals_of_all_its_departments_and_no_others() -> None:
    assert aims(ELSEWHERE, by_bureau=True) == aims(BUREAU, by_bureau=True) == ["窓口の目標", HARMLESS]
    assert aims("総務部/人事課", by_bureau=True) == aims(f"{BUREAU}別館/人事課", by_bureau=True) == [HARMLESS]


def test_a_goal_of_which_only_the_other_departments_came_back_leaves_no_empty_sheet() -> None:
    one = moved(entry("窓口の目標", ELSEWHERE, "aim_1"))
    assessment = assessment_of([one])
    (department,) = departments_of(assessment)
    seen = for_readers(department, lambda: guard(one), NOTE)
    assert growth_course.sheets(DepartmentView(seen, (), assessment.reading, LABELS, RUN)) == ()
