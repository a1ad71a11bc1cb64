"""The organisation over time: in which unit a post lies on a day, what it became, and who is kin to whom (spec 5, "Units").

Keys of units are keys of versions; two units are kin when they are the same or one is an ancestor of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from hrbook.core.fold import fold
from hrbook.core.org_units import OrgUnits, Unit, distance, same_bureau
from hrbook.core.roster import OrgRow, Post
from hrbook.core.rotation_policy import Level


class Genealogy:
    """The units of one level. Built once a run; every method is a pure question.

    `posts` are all posts that the roster names, so that a department which the organisation sheet lacks is one unit
    whether or not its bureau is written."""

    def __init__(self, rows: Iterable[OrgRow], level: Level, posts: Iterable[Post] = ()) -> None:
        self.level = level
        self._of = OrgUnits(rows, level)
        self._bureaus: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._cache: dict[tuple[Post, date], str] = {}
        self._labels: dict[str, str] = {}
        self._families: dict[int, tuple[Unit, ...]] = {}
        for post in posts:
            if post.bureau and post.department:
                self._bureaus[fold(post.department), fold(post.section)].add(fold(post.bureau))

    def lifted(self, post: Post) -> Post:
        """The post at the genealogy's level: what lies below it is left out."""
        return self._of.lifted(post)

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
            return self.follow(str(self._of.version_at(unit, day)), day)
        lifted = self._of.lifted(post)
        if not lifted.department:
            return f"?{fold(lifted.bureau)}" if lifted.bureau else f"?#{fold(post.code)}"
        section = fold(lifted.section)
        bureaus = self._bureaus.get((fold(lifted.department), fold(post.section)), set())
        bureau = fold(lifted.bureau) if len(bureaus) > 1 else ""
        return f"?{bureau}/{fold(lifted.department)}" + (f"/{section}" if section else "")

    def _find(self, post: Post, day: date) -> Unit | None:
        by_code = [self._of.unit_of[id(r)] for r in self._of.by_code.get(fold(post.code), [])] if post.code else []
        if by_code:
            return min(by_code, key=lambda u: (distance(u, day), u.start))
        lifted = self._of.lifted(post)
        named = self._of.named(lifted)
        if not named and lifted.section:  # a section that the sheet lacks: its department is what is known
            named = self._of.by_name.get(("", fold(lifted.department), ""), [])
        same = [u for u in named if same_bureau(u.post, lifted)]
        if not same:
            alive = [u for u in named if u.start <= day <= u.end]
            same = alive if len({fold(u.post.bureau) for u in alive}) == 1 else []
        elif not lifted.bureau and len({fold(u.post.bureau) for u in same if u.start <= day <= u.end}) > 1:
            return None
        return min(same, key=lambda u: (distance(u, day), u.start), default=None)

    def known(self, key: str) -> bool:
        """Whether the organisation sheet holds the unit."""
        return not key.startswith("?")

    def follow(self, key: str, day: date) -> str:
        """Where the people of unit `key` are on `day` if nobody moved: the same unit, or the only one that it became."""
        if key.startswith("?"):
            return key
        at = int(key)
        while self._of.versions[at].end < day:
            version = self._of.versions[at]
            after = [n for n in self._of.next[at] if self._of.versions[n].start <= day]
            own = [n for n in after if self._of.versions[n].unit is version.unit]
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
        return b in self._of.line[a] or a in self._of.line[b]

    def descends(self, younger: str, older: str) -> bool:
        """Whether `younger` is `older` or came from it."""
        if younger == older:
            return True
        if younger.startswith("?") or older.startswith("?"):
            return False
        return int(younger) in self._of.line[int(older)]

    def holds(self, outer: str, inner: str) -> bool:
        """Whether the department `outer` holds the section `inner`, where sections are counted."""
        one, other = self.post_of(outer), self.post_of(inner)
        if self.level is not Level.SECTION or one is None or other is None or one.section or not one.department:
            return False
        return fold(one.department) == fold(other.department) and same_bureau(one, other)

    def begins(self, key: str) -> date | None:
        """The first day of the version; None for a unit that the organisation sheet lacks."""
        return None if key.startswith("?") else self._of.versions[int(key)].start

    def label(self, key: str) -> str:
        """The unit by its names from the top, such as bureau/department; with its first day where the organisation sheet
        has several units of these names."""
        found = self._labels.get(key)
        if found is None:
            unit = None if key.startswith("?") else self._of.versions[int(key)].unit
            found = self._labels[key] = key[1:] if unit is None else self._label(unit)
        return found

    def _label(self, unit: Unit) -> str:
        post = unit.post
        name = "/".join(part for part in (post.bureau, post.department, post.section) if part)
        twins = [u for u in self._of.named(post) if u is not unit and u.post == post]
        return f"{name}@{unit.start.isoformat()}" if twins else name

    def family(self, key: str) -> tuple[tuple[OrgRow, str, tuple[str, ...]], ...]:
        """The organisation rows by which the unit is kin to others, each with the label of its unit and those of the units
        that it came from; empty for a unit that was never reorganised."""
        if key.startswith("?"):
            return ()
        units = self._family(self._of.versions[int(key)].unit)
        if len(units) < 2:
            return ()
        return tuple(
            (unit.rows[0], self._label(unit), tuple(dict.fromkeys(self._label(u) for u in self._of.origins[id(unit)])))
            for unit in units
        )

    def _family(self, unit: Unit) -> tuple[Unit, ...]:
        known = self._families.get(id(unit))
        if known is None:
            found = {id(unit): unit}
            waiting = [unit]
            while waiting:
                at = waiting.pop()
                for other in (*self._of.origins[id(at)], *self._of.children[id(at)]):
                    if id(other) not in found:
                        found[id(other)] = other
                        waiting.append(other)
            known = (unit,) if len(found) == 1 else tuple(u for u in self._of.units if id(u) in found)
            for member in known:
                self._families[id(member)] = known
        return known

    def post_of(self, key: str) -> Post | None:
        """The unit's own names; None for a unit that the organisation sheet lacks."""
        return None if key.startswith("?") else self._of.versions[int(key)].unit.post

    def counted_as(self, key: str) -> str | None:
        """What the guide counts for a unit: the unit itself, or its category or kind of place (None where blank)."""
        if self.level not in (Level.CATEGORY, Level.PLACE):
            return key
        if key.startswith("?"):
            return None
        value = self._class(self._of.versions[int(key)].unit)
        return f"={fold(value)}" if value else None

    def class_name(self, key: str) -> str:
        """The category or kind of place as written; empty where blank or not asked for."""
        if key.startswith("?") or self.level not in (Level.CATEGORY, Level.PLACE):
            return ""
        return self._class(self._of.versions[int(key)].unit)

    def _class(self, unit: Unit) -> str:
        """What the unit's own row says, else its sections where they agree, else its bureau's row; empty: blank."""
        plain = [r for r in unit.rows if not r.post.section]
        above = [r for r in self._of.rows if not r.post.department and fold(r.post.bureau) == fold(unit.post.bureau)]
        for rows in (plain, unit.rows, above):
            said = {v for v in (r.category if self.level is Level.CATEGORY else r.place for r in rows) if v}
            if said:
                return said.pop() if len(said) == 1 else ""
        return ""
