"""What a policy and the city say of training at the workplace and of learning by oneself (policy chapter 5, section 2)."""

from __future__ import annotations

from dataclasses import dataclass

from hrbook.core.roster import Employment
from hrbook.core.source import Basis


@dataclass(frozen=True, slots=True)
class LearningChoice:
    """A kind of learning (a qualification, a correspondence course ...) or a theme that people may wish to learn about.
    `words` are other spellings."""

    id: str
    name: str
    clause: str
    words: tuple[str, ...] = ()
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class LearningPolicy:
    """The policy's part. `newcomer_years`: who is new, in years of service; None: the policy has no word on newcomers."""

    clause: str = ""
    ojt_clause: str = ""
    newcomer_years: int | None = None
    newcomer_basis: Basis = Basis.UNSET
    kinds: tuple[LearningChoice, ...] = ()
    themes: tuple[LearningChoice, ...] = ()

    def kind_name(self, kind: str | None) -> str:
        """The policy's word for a kind; empty for None."""
        return next((one.name for one in self.kinds if one.id == kind), "")


@dataclass(frozen=True, slots=True)
class OjtReading:
    """What the city decided: who is a newcomer, and what it asks of a trainer. None and False: it asks nothing of the sort."""

    newcomer_years: int | None = None
    newcomer_employment: tuple[Employment, ...] = (Employment.REGULAR,)
    same_department: bool = False
    trainer_ranks: tuple[str, ...] | None = None
    trainer_service_year: int | None = None  # the least
    trainer_course: str | None = None  # code of a course that is completed
    trainer_role: str | None = None  # as on the roster
    newcomers_most: int | None = None  # of one trainer at a time

    @property
    def asks(self) -> bool:
        """Whether anything is asked of trainers."""
        asked = (self.trainer_ranks, self.trainer_service_year, self.trainer_course, self.trainer_role, self.newcomers_most)
        return self.same_department or any(one is not None for one in asked)
