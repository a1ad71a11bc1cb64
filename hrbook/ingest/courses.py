"""Names in the training register -> courses of the policy: by code, or by a name valid on the day."""

from __future__ import annotations

import difflib
import re
from datetime import date

from hrbook.core.calendar import fiscal_year
from hrbook.core.policy import Policy
from hrbook.core.roster import MaybeDate
from hrbook.ingest import codes
from hrbook.ingest.codes import Code
from hrbook.ingest.vocabulary import key

SUFFIX = re.compile(r"\([^()]*\)$")
CLOSE = 0.85
SHORT = 3  # names of so few characters resemble too many others
Span = tuple[str, int | None, int | None]


class CourseIndex:
    """Courses under the keys of their codes and names. A name with years holds in those fiscal years only."""

    def __init__(self, policy: Policy) -> None:
        self._codes = {key(course.code): course.code for course in policy.training.courses}
        self._names: dict[str, list[Span]] = {}
        self._titles = {course.code: course.name for course in policy.training.courses}
        self._near: dict[tuple[str, int | None], tuple[str, str] | None] = {}
        for course in policy.training.courses:
            spans = {(key(name.name), name.first_year, name.last_year) for name in course.names}
            dated = {name for name, _, _ in spans}
            spans |= {(key(text), None, None) for text in (course.name, course.label) if text and key(text) not in dated}
            for name, first, last in sorted(spans, key=str):
                self._names.setdefault(name, []).append((course.code, first, last))
        self._answers: dict[tuple[str, str, int | None], tuple[str | None, Code | None]] = {}

    def find(self, name: str, code: str, on: MaybeDate) -> tuple[str | None, Code | None]:
        """The course's code, or None, and what is to be said of the match (None: nothing)."""
        year = fiscal_year(on) if isinstance(on, date) else None
        place = (name, code, year)
        answer = self._answers.get(place)
        if answer is None:
            answer = self._answers[place] = self._find(name, code, year)
        return answer

    def _find(self, name: str, code: str, year: int | None) -> tuple[str | None, Code | None]:
        by_name, remark = self._by_name(key(name), year)
        if not code:
            return by_name, remark
        by_code = self._codes.get(key(code))
        if by_code is None:
            return by_name, remark or (codes.COURSE_READ if by_name else None)
        return by_code, codes.COURSE_DISAGREES if by_name not in (None, by_code) else None

    def _by_name(self, name: str, year: int | None) -> tuple[str | None, Code | None]:
        if not name:
            return None, codes.COURSE_UNKNOWN
        if name in self._codes:
            return self._codes[name], None
        found = self._valid(name, year)
        if not found and SUFFIX.search(name):
            found = self._valid(SUFFIX.sub("", name), year)
            if len(found) == 1:
                return found[0], codes.COURSE_READ
        if len(found) > 1:
            return None, codes.COURSE_AMBIGUOUS
        return (found[0], None) if found else (None, codes.COURSE_UNKNOWN)

    def _valid(self, name: str, year: int | None) -> list[str]:
        spans = self._names.get(name, [])
        held = {
            code
            for code, first, last in spans
            if year is None or ((first is None or first <= year) and (last is None or year <= last))
        }
        return sorted(held)

    def near(self, course: str, on: MaybeDate) -> tuple[str, str] | None:
        """The course (code, name) whose name `course` resembles most; None where none or several do."""
        name, year = key(course), fiscal_year(on) if isinstance(on, date) else None
        if (name, year) not in self._near:
            close = difflib.get_close_matches(name, list(self._names), 3, CLOSE) if len(name) > SHORT else []
            codes_of = {code for word in close for code in self._valid(word, year)}
            code = codes_of.pop() if len(codes_of) == 1 else None
            self._near[name, year] = (code, self._titles[code]) if code is not None else None
        return self._near[name, year]
