"""Codes of the findings that reading can give, with their severity; the wording stands in templates/findings.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrbook.core.finding import Finding, Severity, at
from hrbook.core.source import RowRef, Scalar

Facts = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding. `repair`: it proposes a value that is used only with consent (`--accept`)."""

    id: str
    severity: Severity
    repair: bool = False

    def at(
        self,
        ref: RowRef,
        field: str,
        *,
        understood: Scalar = None,
        staff_id: str = "",
        facts: Facts | None = None,
    ) -> Finding:
        """The finding on one field of one row."""
        return at(self.id, self.severity, ref, field, understood=understood, staff_id=staff_id, facts=facts)

    def proposed(
        self,
        ref: RowRef,
        field: str,
        proposed: Scalar,
        *,
        accepted: bool,
        staff_id: str = "",
        facts: Facts | None = None,
    ) -> Finding:
        """The finding on a value that is only likely. With consent it is a note, and the value is what was understood."""
        severity = Severity.NOTE if accepted else self.severity
        said = {"proposal": proposed, "code": self.id, **(facts or {})}
        understood = proposed if accepted else None
        return at(self.id, severity, ref, field, understood=understood, staff_id=staff_id, facts=said)

    def on_sheet(
        self,
        file: str,
        sheet: str,
        cell: str = "",
        found: Scalar = None,
        understood: Scalar = None,
        facts: Facts | None = None,
    ) -> Finding:
        """The finding on a place that is no field of a record."""
        return Finding(self.id, self.severity, file, sheet, cell, found, understood, "", facts or {})


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

# rows and columns
NO_STAFF_ID = Code("HR101", E)
NO_DEPARTMENT = Code("HR102", E)
STAFF_ID_TWICE = Code("HR103", E)
EXTRA_COLUMN = Code("HR104", N)
EXTRA_SHEET = Code("HR105", N)
BLANK_ROW = Code("HR106", N)
HEADER_AGAIN = Code("HR107", N)
TOTAL_ROW = Code("HR108", N)
REMARK_ROW = Code("HR109", N)
EMPTY_SHEET = Code("HR110", N)
SECOND_COLUMN = Code("HR111", N)
ROW_NOT_USED = Code("HR112", W)
JOINED_SHEET = Code("HR113", N)
MAPPING_UNUSED = Code("HR114", W)
SHEET_BY_HEADING = Code("HR115", N)
SHEET_FITS = Code("HR116", W, repair=True)
UNIT_FROM_CAPTION = Code("HR117", N)
HIDDEN_ROWS = Code("HR118", N)
HIDDEN_COLUMNS = Code("HR119", N)
MERGED_DOWN = Code("HR120", N)
DITTO = Code("HR121", N)
FURTHER_TABLE = Code("HR122", N)
OWN_BOOK = Code("HR123", N)
ROW_STRUCK = Code("HR124", W, repair=True)
ROW_GREY = Code("HR125", N)
UNIT_OMITTED = Code("HR126", W, repair=True)
ROW_TWICE = Code("HR127", W, repair=True)
SECOND_POST_ROW = Code("HR128", W, repair=True)

# values
DATE_UNREADABLE = Code("HR201", W)
ERA_OUTSIDE = Code("HR202", N)
ERA_MISSING = Code("HR203", W, repair=True)
DATE_UNKNOWN = Code("HR204", N)
DATE_SERIAL = Code("HR205", N)
REQUIRED_BLANK = Code("HR206", W)
ERROR_CELL = Code("HR207", W)
UNSAVED_FORMULA = Code("HR208", W)
YEAR_UNREADABLE = Code("HR209", W)
SCORE_UNREADABLE = Code("HR210", W)
STAFF_ID_FOLDED = Code("HR211", N)
STAFF_ID_PADDED = Code("HR212", N)
STAFF_ID_SHOWN = Code("HR213", N)
DATE_PARTIAL = Code("HR214", W, repair=True)
DATE_YEAR_TYPED = Code("HR215", W, repair=True)
DROPPED_CELL = Code("HR216", W)
ORDERS_SPLIT = Code("HR217", N)
ORDERS_UNREAD = Code("HR218", W)
EMPLOYMENT_UNKNOWN = Code("HR221", W)
PRESENCE_UNKNOWN = Code("HR222", W)
OUTCOME_UNKNOWN = Code("HR223", W)
ORDER_WORD_UNKNOWN = Code("HR224", N)
LEAVE_KIND_UNKNOWN = Code("HR225", N)
TIER_UNKNOWN = Code("HR226", W)
LEARNING_UNKNOWN = Code("HR227", W)
THEME_UNKNOWN = Code("HR228", N)
TITLE_UNKNOWN = Code("HR231", W)
TITLE_READ = Code("HR232", N)
GLYPH_LOST = Code("HR241", W)

# across sheets
PERSON_UNKNOWN = Code("HR301", W)
PERSON_SET_ASIDE = Code("HR302", N)
COURSE_UNKNOWN = Code("HR303", N)
COURSE_AMBIGUOUS = Code("HR304", N)
COURSE_DISAGREES = Code("HR305", W)
COURSE_READ = Code("HR306", N)
ORDER_WITHOUT_UNIT = Code("HR307", W)
SECOND_POST_READ = Code("HR308", N)
AT_WORK = Code("HR309", N)
PRIVATE_ORDER = Code("HR310", N)
ABILITY_UNKNOWN = Code("HR311", W)
RULE_UNKNOWN = Code("HR312", W)
DATES_REVERSED = Code("HR313", W)
PRESENCE_DATE_READ = Code("HR314", N)
COURSE_NEAR = Code("HR315", W, repair=True)
NAME_DISAGREES = Code("HR316", W, repair=True)
REMARK_LEAVE = Code("HR317", W, repair=True)
REMARK_SECONDED = Code("HR318", N)
REMARK_LEFT = Code("HR319", W, repair=True)
UNIT_NEAR = Code("HR320", W, repair=True)
YOUNG_HIRE = Code("HR321", N)
RANK_BEFORE_HIRE = Code("HR322", N)
COURSE_BEFORE_HIRE = Code("HR323", N)
LEAVE_OUTSIDE = Code("HR324", N)
GONE_WITHOUT_DATE = Code("HR325", N)
GOAL_OF_NO_UNIT = Code("HR326", W)
TRAINER_IS_NEWCOMER = Code("HR331", W)
MEASURE_UNKNOWN = Code("HR332", N)

# rules of the state for machine-readable tables; only said by check
RULE_ONE_TABLE = Code("HR151", N)
RULE_FIRST_ROW = Code("HR152", N)
RULE_MERGED = Code("HR153", N)
RULE_HIDDEN = Code("HR154", N)
RULE_FORMULA = Code("HR155", N)
RULE_OBJECT = Code("HR156", N)
RULE_LOOKS = Code("HR157", N)
RULE_BREAKS = Code("HR158", N)
RULE_ERA = Code("HR159", N)
RULE_TEXT_NUMBER = Code("HR160", N)
RULE_SPACED = Code("HR161", N)
RULE_UNNAMED = Code("HR162", N)

ALL = tuple(value for name, value in sorted(globals().items()) if isinstance(value, Code))
REPAIRS = tuple(sorted(code.id for code in ALL if code.repair))
