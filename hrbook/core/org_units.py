"""The units of the organisation at one level, each with its life, and which came from which (spec 5, "Units").

A unit is an organisation row lifted to the level. Where a unit goes on after another was split off from it, its life is cut
there into versions, so that the continuing unit is a child of the old one too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hrbook.core.fold import fold
from hrbook.core.roster import OrgRow, Post
from hrbook.core.rotation_policy import Level

DAY = timedelta(days=1)
EVER, NEVER = date.min, date.max


@dataclass(slots=True)
class Unit:
    """A unit of one level with its interval; `cuts` are the days on which a version begins."""

    post: Post
    start: date
    end: date
    rows: list[OrgRow]
    cuts: list[date] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Version:
    """A unit between two reorganisations."""

    unit: Unit
    start: date
    end: date


class OrgUnits:
    """The units made from the rows of the organisation sheet, linked. `versions` are numbered; `next` are the versions that
    each became directly, `line` all its descendants; `origins` and `children` are by identity of the unit."""

    def __init__(self, rows: Iterable[OrgRow], level: Level) -> None:
        self.cut = Level.DEPARTMENT if level in (Level.CATEGORY, Level.PLACE) else level
        self.rows = sorted(
            rows,
            key=lambda r: (r.start or EVER, r.end or NEVER, r.code, r.post.bureau, r.post.department, r.post.section, r.ref.row),
        )
        self.unit_of: dict[int, Unit] = {}  # by identity of the row
        self.units: list[Unit] = []
        self.by_code: dict[str, list[OrgRow]] = defaultdict(list)
        self.by_name: dict[tuple[str, str, str], list[Unit]] = defaultdict(list)
        self.versions: list[Version] = []
        self.next: list[list[int]] = []
        self.line: list[set[int]] = []
        self.origins: dict[int, list[Unit]] = defaultdict(list)
        self.children: dict[int, list[Unit]] = defaultdict(list)
        self._own: dict[int, set[int]] = {}  # by identity of the unit: its rows that name it and nothing below
        self._gather()
        self._link()

    def lifted(self, post: Post) -> Post:
        """The post at the genealogy's level: what lies below it is left out."""
        if self.cut is Level.BUREAU and post.bureau:
            return Post(bureau=post.bureau)
        if self.cut is Level.DEPARTMENT and post.department:
            return Post(bureau=post.bureau, department=post.department)
        return Post(bureau=post.bureau, department=post.department, section=post.section)

    def _gather(self) -> None:
        """Rows at the level (or above it) are units; deeper rows belong to the unit whose name they carry."""
        deeper: list[OrgRow] = []
        for row in self.rows:
            plain = Post(row.post.bureau, row.post.department, row.post.section)
            if self.lifted(plain) == plain:
                self._add(plain, row.start or EVER, row.end or NEVER, row)
            else:
                deeper.append(row)
            if row.code:
                self.by_code[fold(row.code)].append(row)
        for row in deeper:
            post = self.lifted(row.post)
            start, end = row.start or EVER, row.end or NEVER
            same = [u for u in self.named(post) if u.start <= end and start <= u.end and same_bureau(u.post, post)]
            if same:
                same[0].rows.append(row)
                self.unit_of[id(row)] = same[0]
                if all(r.post.section or (self.cut is Level.BUREAU and r.post.department) for r in same[0].rows):
                    same[0].start, same[0].end = min(same[0].start, start), max(same[0].end, end)
            else:
                self._add(post, start, end, row)

    def _add(self, post: Post, start: date, end: date, row: OrgRow) -> None:
        unit = Unit(post, start, end, [row])
        self.units.append(unit)
        self.unit_of[id(row)] = unit
        self.by_name[self._name_key(post)].append(unit)

    def _name_key(self, post: Post) -> tuple[str, str, str]:
        """Bureaus, departments and sections have names of their own: a bureau may be called as its department is."""
        if self.cut is Level.BUREAU or not post.department:
            return (fold(post.bureau), "", "")
        return ("", fold(post.department), fold(post.section) if self.cut is Level.SECTION else "")

    def named(self, post: Post) -> list[Unit]:
        """The units of this name at this level."""
        return self.by_name.get(self._name_key(post), [])

    def _link(self) -> None:
        edges: list[tuple[Unit, Unit, date]] = []
        for row in self.rows:
            child = self.unit_of[id(row)]
            if not self._speaks(row, child):
                continue
            for written in row.parents:
                parent = self._parent(written, row)
                if parent is not None and parent is not child:
                    edges.append((parent, child, _day_of_change(parent, child)))
            if not row.parents and row.code:
                before = [r for r in self.by_code[fold(row.code)] if (r.end or NEVER) < (row.start or EVER)]
                if before:  # the code went on under another name: the city itself says that it is the same unit
                    parent = self.unit_of[id(max(before, key=lambda r: r.end or NEVER))]
                    edges.append((parent, child, _day_of_change(parent, child)))
        for parent, child, day in edges:
            self.origins[id(child)].append(parent)
            self.children[id(parent)].append(child)
            for unit in (parent, child):
                if unit.start < day <= unit.end and day not in unit.cuts:
                    unit.cuts.append(day)
        for unit in self.units:
            starts = [unit.start, *sorted(unit.cuts)]
            ends = [cut - DAY for cut in starts[1:]] + [unit.end]
            for start, end in zip(starts, ends, strict=True):
                unit.versions.append(len(self.versions))
                self.versions.append(Version(unit, start, end))
        self.next = [[] for _ in self.versions]
        for unit in self.units:
            for older, newer in zip(unit.versions, unit.versions[1:], strict=False):
                self.next[older].append(newer)
        for parent, child, day in edges:
            older = self.version_at(parent, day - DAY if day > EVER else day)
            newer = self.version_at(child, day)
            if newer not in self.next[older]:
                self.next[older].append(newer)
        self.line = [self._descendants(index) for index in range(len(self.versions))]

    def _speaks(self, row: OrgRow, unit: Unit) -> bool:
        """Whether the origin of a row is that of its unit. That of a department which moved between two bureaus is not
        the bureaus'; but where the sheet has no row of the bureau itself, its first department says where it came from."""
        own = self._own.get(id(unit))
        if own is None:
            plain = ((id(r), r.post) for r in unit.rows)
            own = {key for key, p in plain if self.lifted(p) == Post(p.bureau, p.department, p.section)}
            self._own[id(unit)] = own
        return id(row) in own or (not own and (row.start or EVER) == unit.start)

    def _parent(self, written: str, row: OrgRow) -> Unit | None:
        """The unit that a 'came from' entry means: by code, else by name; the one that lived just before the row began."""
        key = fold(written)
        eve = row.start - DAY if row.start else EVER
        candidates = [self.unit_of[id(r)] for r in self.by_code.get(key, []) if r is not row]
        if not candidates:
            candidates = [
                self.unit_of[id(r)]
                for r in self.rows
                if r is not row and key in (fold(r.post.section or r.post.department or r.post.bureau), fold(_full_name(r.post)))
            ]
        return min(candidates, key=lambda u: (distance(u, eve), u.start), default=None)

    def version_at(self, unit: Unit, day: date) -> int:
        """The version of a unit that lives on a day; the first one before it began."""
        chosen = unit.versions[0]
        for index in unit.versions:
            if self.versions[index].start <= day:
                chosen = index
        return chosen

    def _descendants(self, index: int) -> set[int]:
        found: set[int] = set()
        waiting = list(self.next[index])
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting.extend(self.next[at])
        return found


def same_bureau(one: Post, other: Post) -> bool:
    """Whether two posts may lie in one bureau: an unwritten bureau is any."""
    return not one.bureau or not other.bureau or fold(one.bureau) == fold(other.bureau)


def _full_name(post: Post) -> str:
    return post.bureau + post.department + post.section


def distance(unit: Unit, day: date) -> int:
    """Days between a day and a unit's life; 0 inside it."""
    if unit.start <= day <= unit.end:
        return 0
    return (unit.start - day).days if day < unit.start else (day - unit.end).days


def _day_of_change(parent: Unit, child: Unit) -> date:
    """The first day of the child, or, where the child was there before (it took the parent in), the day after its end."""
    if child.start > parent.start or parent.end == NEVER:
        return child.start
    return parent.end + DAY
