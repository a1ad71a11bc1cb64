"""How a career stands to the rotation guide (spec 5). A guide, not a rule of placement: the words are those of a guide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from hrbook.core.calendar import first_day, fiscal_year, last_day
from hrbook.core.counting import Entries, entries_of
from hrbook.core.fold import fold
from hrbook.core.genealogy import Genealogy
from hrbook.core.judgement import RotationStatus as Status
from hrbook.core.results import Count, RotationResult
from hrbook.core.roster import Nature, OrgRow, Reason
from hrbook.core.rotation_policy import Level, MidCareer, Requirement, RotationReading
