"""Every judgement that an auditor looks at: all careers, courses that are not plainly settled, and what is undetermined.

The ledger holds every judgement; this sheet leaves out courses completed, upcoming or not applicable, weights, stages
and tiers that were assigned or that the policy lacks, and stays within the guide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import Assigned, Judgement, Result, StayStatus, TrainingStatus
from hrbook.core.results import RotationResult, TrainingResult
from hrbook.core.stay import StayResult
from hrbook.explain import stay_reason
from hrbook.sheets.audit.desk import Addresses, Desk
from hrbook.sheets.book import DataColumn, DataSheet, Value
from hrbook.sheets.reasons import RotationWords

ORDER = 30
PLAIN_STAYS = (StayStatus.SETTLING, StayStatus.WITHIN, StayStatus.NOT_APPLICABLE)
