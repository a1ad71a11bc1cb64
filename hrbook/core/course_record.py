"""What the training register says of one person and one course (spec 4, `completed`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hrbook.core.calendar import fiscal_year
from hrbook.core.roster import Completion, Outcome
from hrbook.core.training_policy import Course

Register = Mapping[str, list[Completion]]  # one person's rows of the training register by course code


class Record:
    """Reads registers by the courses of one policy, as of one date."""

    def __init__(self, courses: Mapping[str, Course], as_of: date) -> None:
        self.courses = courses
        self.as_of = as_of
        self._counting = {code: self._replacements(code) for code in courses}
        self._alone = {code for code, counting in self._counting.items() if len(counting) == 1}

    def _replacements(self, code: str) -> tuple[str, ...]:
        """The course and whatever replaces it, also through a chain of replacements."""
        found = [code]
        for one in found:
            later = self.courses[one].replaced_by if one in self.courses else ()
            found.extend(c for c in later if c not in found)
        return tuple(found)

    def counting(self, code: str) -> tuple[str, ...]:
        """The codes whose rows count for a course: its own first."""
        return self._counting.get(code, (code,))

    def rows(self, code: str, register: Register) -> list[Completion]:
        """The person's rows of the course and of what replaces it."""
        if code in self._alone:
            return register.get(code, [])
        return [row for c in self.counting(code) if c in register for row in register[c]]

    def counts(self, course: Course, row: Completion) -> bool:
        """Whether the row's result is a completion of the course."""
        return row.outcome is Outcome.COMPLETED or (row.outcome is Outcome.LECTURER and course.lecturer_counts)

    def unplaced(self, course: Course, row: Completion) -> bool:
        """Whether the row may or may not be a completion by the as-of date: its result or its date cannot be read."""
        return row.outcome is None or (not isinstance(row.on, date) and self.counts(course, row))

    def years(self, code: str, register: Register) -> set[int]:
        """Fiscal years of the person's completions of the course by the as-of date."""
        course = self.courses.get(code)
        if course is None:
            return set()
        found = (row.on for row in self.rows(code, register) if self.counts(course, row) and isinstance(row.on, date))
        return {fiscal_year(on) for on in found if on <= self.as_of}

    def taken(self, code: str, register: Register) -> bool | None:
        """Whether the person ever completed the course; None where a row cannot be read."""
        course = self.courses.get(code)
        rows = self.rows(code, register)
        if course is None or not rows:
            return False
        return True if self.years(code, register) else None if any(self.unplaced(course, row) for row in rows) else False
