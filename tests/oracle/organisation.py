"""Units and their genealogy. A unit is ("row", index of the organisation row, how many of its cuts lie behind it), or
("name", level, names...) for a post that the table does not hold, or ("category", word) where the reading counts
categories."""

from datetime import date
from typing import Any

from .dates import ONE_DAY, day

Unit = tuple[Any, ...]
Row = dict[str, Any]
LEVELS = {"部": "bureau", "課": "department", "係": "section", "分類": "department", "場所区分": "department"}
CLASSES = {"分類": "category", "場所区分": "place"}


def level_of(row: Row) -> str:
    return "section" if row["section"] else "department" if row["department"] else "bureau"


def own_name(row: Row) -> str:
    return str(row[level_of(row)])


def alive(row: Row, d: date) -> bool:
    start, end = day(row["start"]), day(row["end"])
    return (start is None or start <= d) and (end is None or d <= end)


def at_date(org: list[Row], rows: list[int], d: date) -> int | None:
    """Of several rows for one code or name: the one in force on d, else the last that ended before, else the first."""
    living = [i for i in rows if alive(org[i], d)]
    if living:
        return max(living, key=lambda i: (day(org[i]["start"]) or date.min, i))
    ended = [i for i in rows if (e := day(org[i]["end"])) is not None and e < d]
    if ended:
        return max(ended, key=lambda i: (day(org[i]["end"]) or date.min, i))
    return min(rows, key=lambda i: (day(org[i]["start"]) or date.min, i)) if rows else None


def same_or_blank(wanted: Any, found: Any) -> bool:
    return not wanted or wanted == found


def row_of(org: list[Row], post: Row, d: date) -> int | None:
    """The organisation row of a post (org_code, bureau, department, section) on a date: by code, else by names."""
    if post.get("org_code"):
        found = at_date(org, [i for i, r in enumerate(org) if r["code"] == post["org_code"]], d)
        if found is not None:
            return found
    bureau, department, section = post.get("bureau"), post.get("department"), post.get("section")
    if section:
        found = at_date(
            org,
            [
                i
                for i, r in enumerate(org)
                if r["section"] == section and same_or_blank(department, r["department"]) and same_or_blank(bureau, r["bureau"])
            ],
            d,
        )
        if found is not None:
            return found
    if department:
        return at_date(
            org,
            [
                i
                for i, r in enumerate(org)
                if r["department"] == department and not r["section"] and same_or_blank(bureau, r["bureau"])
            ],
            d,
        )
    return at_date(org, [i for i, r in enumerate(org) if bureau and r["bureau"] == bureau and level_of(r) == "bureau"], d)


def lifted(org: list[Row], names: Row, level: str, d: date) -> int | None:
    """The row of the bureau or of the department that these names lie in, on a date."""
    return at_date(
        org,
        [
            i
            for i, r in enumerate(org)
            if level_of(r) == level
            and r["bureau"] == names["bureau"]
            and (level == "bureau" or r["department"] == names["department"])
        ],
        d,
    )


def row_unit(org: list[Row], index: int, d: date) -> Unit:
    """A row's unit on a day; a row that has ended stands for what became of it, where that is one unit."""
    return carried(org, ("row", index, version_on(org, index, d)), d)


def unit_of(org: list[Row], post: Row, d: date, level: str) -> Unit:
    """The unit of a post on a date at the level of the reading; categories are counted over departments."""
    level = LEVELS[level]
    index = row_of(org, post, d)
    names = org[index] if index is not None else {k: post.get(k) for k in ("bureau", "department", "section")}
    if level == "section" and names["section"]:
        return row_unit(org, index, d) if index is not None else ("name", "section", *(names[k] for k in names))
    if level in ("section", "department") and names["department"]:
        itself = index is not None and level_of(org[index]) == "department"
        above = index if itself else lifted(org, names, "department", d)
        return row_unit(org, above, d) if above is not None else ("name", "department", names["bureau"], names["department"])
    if not names["bureau"]:
        return ("name", "department", None, names["department"])
    above = lifted(org, names, "bureau", d)
    return row_unit(org, above, d) if above is not None else ("name", "bureau", names["bureau"])


def category_of(org: list[Row], unit: Unit, column: str = "category", groups: dict[str, str] | None = None) -> Unit | None:
    """The category (or kind of place) of a department, else that of its bureau, under the name of its group; None where the
    table tells none."""
    if unit[0] != "row":
        return None
    row = org[unit[1]]
    words = [row[column], *(r[column] for r in org if r["bureau"] == row["bureau"] and level_of(r) == "bureau")]
    said = [w for w in words if w]
    return ("category", (groups or {}).get(said[0], said[0])) if said else None


def label(org: list[Row], unit: Unit) -> str:
    return own_name(org[unit[1]]) if unit[0] == "row" else str(unit[-1])


def parents(org: list[Row], child: int) -> set[int]:
    """The rows from which a row came: what its list of origins names, as it stood the day before."""
    row, start = org[child], day(org[child]["start"])
    found: set[int] = set()
    for reference in row["parents"]:
        rows = [
            i
            for i, r in enumerate(org)
            if i != child and reference in (r["code"], own_name(r)) and (start is None or (day(r["start"]) or date.min) < start)
        ]
        rows = [i for i in rows if level_of(org[i]) == level_of(row)] or rows
        if start is not None:
            eve = start - ONE_DAY
            living = [i for i in rows if alive(org[i], eve)]
            nearest = at_date(org, rows, eve)
            rows = living or ([nearest] if nearest is not None else [])
        rows = [i for i in rows if org[i]["code"] == reference] or rows
        rows = [i for i in rows if org[i]["bureau"] == row["bureau"]] or rows
        found.update(rows)
    if not row["parents"] and row["code"] and start is not None:
        found.update(i for i, r in enumerate(org) if i != child and r["code"] == row["code"] and day(r["end"]) == start - ONE_DAY)
    return found


def cuts(org: list[Row], index: int) -> list[date]:
    """The days on which a row that goes on gave a part of itself away, or took another row in: there it is cut."""
    start, end = day(org[index]["start"]) or date.min, day(org[index]["end"]) or date.max
    children = [day(org[i]["start"]) for i in range(len(org)) if index in parents(org, i)]
    return sorted({d for d in children if d is not None and start < d <= end})


def version_on(org: list[Row], index: int, d: date) -> int:
    """How many of its cuts a row has behind it on a day."""
    return sum(1 for cut in cuts(org, index) if cut <= d)


def ancestors(org: list[Row], index: int, version: int) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    waiting = [(index, version)]
    while waiting:
        i, v = waiting.pop()
        start = day(org[i]["start"])
        eve = date.min if start is None else start - ONE_DAY
        older = [(i, v - 1)] if v > 0 else [(p, version_on(org, p, eve)) for p in sorted(parents(org, i))]
        for one in older:
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def descends(org: list[Row], later: Unit, earlier: Unit) -> bool:
    return later[0] == earlier[0] == "row" and earlier[1:] in ancestors(org, later[1], later[2])


def related(org: list[Row], a: Unit, b: Unit) -> bool:
    """The same unit, or one is the ancestor of the other."""
    return a == b or descends(org, a, b) or descends(org, b, a)


def carried(org: list[Row], unit: Unit, d: date) -> Unit:
    """The unit as it is on d: past its own cuts, and followed through its successors while there is exactly one."""
    while unit[0] == "row" and (end := day(org[unit[1]]["end"])) is not None and end < d:
        heirs = [i for i in range(len(org)) if unit[1] in parents(org, i) and (day(org[i]["start"]) or date.min) > end]
        if len(heirs) != 1 or (day(org[heirs[0]]["start"]) or date.min) > d:
            return ("row", unit[1], version_on(org, unit[1], end))
        unit = ("row", heirs[0], 0)
    return ("row", unit[1], max(unit[2], version_on(org, unit[1], d))) if unit[0] == "row" else unit
