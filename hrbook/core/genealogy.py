"""The organisation over time: which unit came from which (spec 5, "Units").

A unit is an organisation row lifted to the reading's level. Where a unit goes on after another was split off from it,
its life is cut there into versions, so that the continuing unit is a child of the old one too. Keys of units are keys
of versions; two units are kin when they are the same or one is an ancestor of the other."""

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


class Genealogy:
    """The units of one level. Built once a run; every method is a pure question.

    `posts` are all posts that the roster names, so that a department which the organisation sheet lacks is one unit
    whether or not its bureau is written."""

    def __init__(self, rows: Iterable[OrgRow], level: Level, posts: Iterable[Post] = ()) -> None:
        self.level = level
        self._cut = Level.DEPARTMENT if level in (Level.CATEGORY, Level.PLACE) else level
        self._rows = sorted(
            rows,
            key=lambda r: (r.start or EVER, r.end or NEVER, r.code, r.post.bureau, r.post.department, r.post.section, r.ref.row),
        )
        self._unit_of: dict[int, Unit] = {}
        self._units: list[Unit] = []
        self._by_code: dict[str, list[OrgRow]] = defaultdict(list)
        self._by_name: dict[tuple[str, str, str], list[Unit]] = defaultdict(list)
        self._versions: list[Version] = []
        self._next: list[list[int]] = []
        self._line: list[set[int]] = []
        self._bureaus: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._cache: dict[tuple[Post, date], str] = {}
        self._origins: dict[int, list[Unit]] = defaultdict(list)  # by identity of the unit
        self._children: dict[int, list[Unit]] = defaultdict(list)
        self._labels: dict[str, str] = {}
        self._families: dict[int, tuple[Unit, ...]] = {}
        self._gather()
        self._link()
        for post in posts:
            if post.bureau and post.department:
                self._bureaus[fold(post.department), fold(post.section)].add(fold(post.bureau))

    # building -------------------------------------------------------------------------------------------------

    def lifted(self, post: Post) -> Post:
        """The post at the genealogy's level: what lies below it is left out."""
        if self._cut is Level.BUREAU and post.bureau:
            return Post(bureau=post.bureau)
        if self._cut is Level.DEPARTMENT and post.department:
            return Post(bureau=post.bureau, department=post.department)
        return Post(bureau=post.bureau, department=post.department, section=post.section)

    def _gather(self) -> None:
        """Rows at the level (or above it) are units; deeper rows belong to the unit whose name they carry."""
        deeper: list[OrgRow] = []
        for row in self._rows:
            plain = Post(row.post.bureau, row.post.department, row.post.section)
            if self.lifted(plain) == plain:
                self._add(plain, row.start or EVER, row.end or NEVER, row)
            else:
                deeper.append(row)
            if row.code:
                self._by_code[fold(row.code)].append(row)
        for row in deeper:
            post = self.lifted(row.post)
            start, end = row.start or EVER, row.end or NEVER
            same = [u for u in self._named(post) if u.start <= end and start <= u.end and _same_bureau(u.post, post)]
            if same:
                same[0].rows.append(row)
                self._unit_of[id(row)] = same[0]
                if all(r.post.section or (self._cut is Level.BUREAU and r.post.department) for r in same[0].rows):
                    same[0].start, same[0].end = min(same[0].start, start), max(same[0].end, end)
            else:
                self._add(post, start, end, row)

    def _add(self, post: Post, start: date, end: date, row: OrgRow) -> None:
        unit = Unit(post, start, end, [row])
        self._units.append(unit)
        self._unit_of[id(row)] = unit
        self._by_name[self._name_key(post)].append(unit)

    def _name_key(self, post: Post) -> tuple[str, str, str]:
        """Bureaus, departments and sections have names of their own: a bureau may be called as its department is."""
        if self._cut is Level.BUREAU or not post.department:
            return (fold(post.bureau), "", "")
        return ("", fold(post.department), fold(post.section) if self._cut is Level.SECTION else "")

    def _named(self, post: Post) -> list[Unit]:
        return self._by_name.get(self._name_key(post), [])

    def _link(self) -> None:
        edges: list[tuple[Unit, Unit, date]] = []
        for row in self._rows:
            child = self._unit_of[id(row)]
            if not self._speaks(row, child):
                continue
            for written in row.parents:
                parent = self._parent(written, row)
                if parent is not None and parent is not child:
                    edges.append((parent, child, _day_of_change(parent, child)))
            if not row.parents and row.code:
                before = [r for r in self._by_code[fold(row.code)] if (r.end or NEVER) < (row.start or EVER)]
                if before:  # the code went on under another name: the city itself says that it is the same unit
                    parent = self._unit_of[id(max(before, key=lambda r: r.end or NEVER))]
                    if parent is not child:
                        edges.append((parent, child, _day_of_change(parent, child)))
        for parent, child, day in edges:
            self._origins[id(child)].append(parent)
            self._children[id(parent)].append(child)
            for unit in (parent, child):
                if unit.start < day <= unit.end and day not in unit.cuts:
                    unit.cuts.append(day)
        for unit in self._units:
            starts = [unit.start, *sorted(unit.cuts)]
            ends = [cut - DAY for cut in starts[1:]] + [unit.end]
            for start, end in zip(starts, ends, strict=True):
                unit.versions.append(len(self._versions))
                self._versions.append(Version(unit, start, end))
        self._next = [[] for _ in self._versions]
        for unit in self._units:
            for older, newer in zip(unit.versions, unit.versions[1:], strict=False):
                self._next[older].append(newer)
        for parent, child, day in edges:
            older = self._version_at(parent, day - DAY if day > EVER else day)
            newer = self._version_at(child, day)
            if newer not in self._next[older] and newer != older:
                self._next[older].append(newer)
        self._line = [self._descendants(index) for index in range(len(self._versions))]

    def _speaks(self, row: OrgRow, unit: Unit) -> bool:
        """Whether the origin of a row is that of its unit. That of a department which moved between two bureaus is not
        the bureaus'; but where the sheet has no row of the bureau itself, its first department says where it came from."""
        own = [r for r in unit.rows if self.lifted(r.post) == Post(r.post.bureau, r.post.department, r.post.section)]
        return row in own or (not own and (row.start or EVER) == unit.start)

    def _parent(self, written: str, row: OrgRow) -> Unit | None:
        """The unit that a 'came from' entry means: by code, else by name; the one that lived just before the row began."""
        key = fold(written)
        eve = row.start - DAY if row.start and row.start > EVER else EVER
        candidates = [self._unit_of[id(r)] for r in self._by_code.get(key, []) if r is not row]
        if not candidates:
            candidates = [
                self._unit_of[id(r)]
                for r in self._rows
                if r is not row and key in (fold(r.post.section or r.post.department or r.post.bureau), fold(_full_name(r.post)))
            ]
        return min(candidates, key=lambda u: (_distance(u, eve), u.start), default=None)

    def _version_at(self, unit: Unit, day: date) -> int:
        chosen = unit.versions[0]
        for index in unit.versions:
            if self._versions[index].start <= day:
                chosen = index
        return chosen

    def _descendants(self, index: int) -> set[int]:
        found: set[int] = set()
        waiting = list(self._next[index])
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting.extend(self._next[at])
        return found

    # questions ------------------------------------------------------------------------------------------------

    def resolve(self, post: Post, day: date) -> str:
        """Key of the unit in which `post` lies on `day`; a name or code out of use stands for what it became, where that
        is one unit. A post that the organisation sheet does not know gets a key
        of its own name, marked with "?"."""
        found = self._cache.get((post, day))
        if found is None:
            found = self._cache[post, day] = self._resolve(post, day)
        return found

    def _resolve(self, post: Post, day: date) -> str:
        unit = self._find(post, day)
        if unit is not None:
            return self.follow(str(self._version_at(unit, day)), day)
        lifted = self.lifted(post)
        if not lifted.department:
            return f"?{fold(lifted.bureau)}" if lifted.bureau else f"?#{fold(post.code)}"
        section = fold(lifted.section)
        bureaus = self._bureaus.get((fold(lifted.department), fold(post.section)), set())
        bureau = fold(lifted.bureau) if len(bureaus) > 1 else ""
        return f"?{bureau}/{fold(lifted.department)}" + (f"/{section}" if section else "")

    def _find(self, post: Post, day: date) -> Unit | None:
        by_code = [self._unit_of[id(r)] for r in self._by_code.get(fold(post.code), [])] if post.code else []
        if by_code:
            return min(by_code, key=lambda u: (_distance(u, day), u.start))
        lifted = self.lifted(post)
        named = self._named(lifted)
        if not named and lifted.section:  # a section that the sheet lacks: its department is what is known
            named = self._by_name.get(("", fold(lifted.department), ""), [])
        same = [u for u in named if _same_bureau(u.post, lifted)]
        if not same:
            alive = [u for u in named if u.start <= day <= u.end]
            same = alive if len({fold(u.post.bureau) for u in alive}) == 1 else []
        elif not lifted.bureau and len({fold(u.post.bureau) for u in same if u.start <= day <= u.end}) > 1:
            return None
        return min(same, key=lambda u: (_distance(u, day), u.start), default=None)

    def known(self, key: str) -> bool:
        """Whether the organisation sheet holds the unit."""
        return not key.startswith("?")

    def follow(self, key: str, day: date) -> str:
        """Where the people of unit `key` are on `day` if nobody moved: the same unit, or the only one that it became."""
        if key.startswith("?"):
            return key
        at = int(key)
        while self._versions[at].end < day:
            version = self._versions[at]
            after = [n for n in self._next[at] if self._versions[n].start <= day]
            own = [n for n in after if self._versions[n].unit is version.unit]
            if not own and len(after) != 1:
                break
            at = (own or after)[0]
        return str(at)

    def kin(self, one: str, other: str) -> bool:
        """Whether two units are the same, or one an ancestor of the other; of classes (`counted_as`) only the same."""
        if one == other:
            return True
        if one[0] in "?=" or other[0] in "?=":
            return False
        a, b = int(one), int(other)
        return b in self._line[a] or a in self._line[b]

    def descends(self, younger: str, older: str) -> bool:
        """Whether `younger` is `older` or came from it."""
        if younger == older:
            return True
        if younger.startswith("?") or older.startswith("?"):
            return False
        return int(younger) in self._line[int(older)]

    def holds(self, outer: str, inner: str) -> bool:
        """Whether the department `outer` holds the section `inner`, where sections are counted."""
        one, other = self.post_of(outer), self.post_of(inner)
        if self.level is not Level.SECTION or one is None or other is None or one.section or not one.department:
            return False
        return fold(one.department) == fold(other.department) and _same_bureau(one, other)

    def begins(self, key: str) -> date | None:
        """The first day of the version; None for a unit that the organisation sheet lacks."""
        return None if key.startswith("?") else self._versions[int(key)].start

    def row_of(self, key: str) -> OrgRow | None:
        """The organisation row of a unit, for the evidence."""
        return None if key.startswith("?") else self._versions[int(key)].unit.rows[0]

    def label(self, key: str) -> str:
        """The unit by its names from the top, such as bureau/department; with its first day where the organisation sheet
        has several units of these names."""
        found = self._labels.get(key)
        if found is None:
            unit = None if key.startswith("?") else self._versions[int(key)].unit
            found = self._labels[key] = key[1:] if unit is None else self._label(unit)
        return found

    def _label(self, unit: Unit) -> str:
        post = unit.post
        name = "/".join(part for part in (post.bureau, post.department, post.section) if part)
        twins = [u for u in self._named(post) if u is not unit and u.post == post]
        return f"{name}@{unit.start.isoformat()}" if twins else name

    def family(self, key: str) -> tuple[tuple[OrgRow, str, tuple[str, ...]], ...]:
        """The organisation rows by which the unit is kin to others, each with the label of its unit and those of the units
        that it came from; empty for a unit that was never reorganised."""
        if key.startswith("?"):
            return ()
        units = self._family(self._versions[int(key)].unit)
        if len(units) < 2:
            return ()
        return tuple(
            (unit.rows[0], self._label(unit), tuple(dict.fromkeys(self._label(u) for u in self._origins[id(unit)])))
            for unit in units
        )

    def _family(self, unit: Unit) -> tuple[Unit, ...]:
        known = self._families.get(id(unit))
        if known is None:
            found = {id(unit): unit}
            waiting = [unit]
            while waiting:
                at = waiting.pop()
                for other in (*self._origins[id(at)], *self._children[id(at)]):
                    if id(other) not in found:
                        found[id(other)] = other
                        waiting.append(other)
            known = (unit,) if len(found) == 1 else tuple(u for u in self._units if id(u) in found)
            for member in known:
                self._families[id(member)] = known
        return known

    def post_of(self, key: str) -> Post | None:
        """The unit's own names; None for a unit that the organisation sheet lacks."""
        return None if key.startswith("?") else self._versions[int(key)].unit.post

    def counted_as(self, key: str) -> str | None:
        """What the guide counts for a unit: the unit itself, or its category or kind of place (None where blank)."""
        if self.level not in (Level.CATEGORY, Level.PLACE):
            return key
        if key.startswith("?"):
            return None
        value = self._class(self._versions[int(key)].unit)
        return f"={fold(value)}" if value else None

    def class_name(self, key: str) -> str:
        """The category or kind of place as written; empty where blank or not asked for."""
        if key.startswith("?") or self.level not in (Level.CATEGORY, Level.PLACE):
            return ""
        return self._class(self._versions[int(key)].unit)

    def _class(self, unit: Unit) -> str:
        """What the unit's own row says, else its sections where they agree, else its bureau's row; empty: blank."""
        plain = [r for r in unit.rows if not r.post.section]
        above = [r for r in self._rows if not r.post.department and fold(r.post.bureau) == fold(unit.post.bureau)]
        for rows in (plain, unit.rows, above):
            said = {v for v in (r.category if self.level is Level.CATEGORY else r.place for r in rows) if v}
            if said:
                return said.pop() if len(said) == 1 else ""
        return ""


def _same_bureau(one: Post, other: Post) -> bool:
    return not one.bureau or not other.bureau or fold(one.bureau) == fold(other.bureau)


def _full_name(post: Post) -> str:
    return post.bureau + post.department + post.section


def _distance(unit: Unit, day: date) -> int:
    """Days between a day and a unit's life; 0 inside it."""
    if unit.start <= day <= unit.end:
        return 0
    return (unit.start - day).days if day < unit.start else (day - unit.end).days


def _day_of_change(parent: Unit, child: Unit) -> date:
    """The first day of the child, or, where the child was there before (it took the parent in), the day after its end."""
    if child.start > parent.start or parent.end == NEVER:
        return child.start
    return parent.end + DAY
