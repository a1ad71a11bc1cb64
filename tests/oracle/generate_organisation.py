"""Departments that are renamed, merged and split over the years, for the generated worlds."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .dates import ONE_DAY

Record = dict[str, Any]
LAST_YEAR = 2026
BUREAUS = ["総務部", "市民部", "福祉部", "教育部"]
DEPARTMENTS = ["人事課", "財政課", "市民課", "課税課", "保険課", "福祉課", "保育課", "学務課", "環境課", "道路課"]
SPLIT_NAMES = ["生活課", "支援課", "計画課", "施設課", "相談課", "振興課"]


@dataclass
class Unit:
    """A department while it lasts; row = its row in the organisation table."""

    row: Record
    heirs: list["Unit"]

    @property
    def start(self) -> date:
        return self.row["start"] or date(1970, 4, 1)

    def lasts(self, d: date) -> bool:
        return self.start <= d and (self.row["end"] is None or d <= self.row["end"])


def org_row(code: str, bureau: str, department: str | None, start: date | None, parents: list[str], r: random.Random) -> Record:
    category, place = r.choice(["内部", "窓口", "福祉", "事業"]), r.choice(["本庁", "出先"])
    return {
        "code": code,
        "bureau": bureau,
        "department": department,
        "section": None,
        "start": start,
        "end": None,
        "parents": parents,
        "category": category,
        "place": place,
    }


def organisation(r: random.Random) -> tuple[list[Unit], list[Record]]:
    """Departments over the years, and the whole table with bureaus, and with sections of some stable departments."""
    units: list[Unit] = []
    for number, name in enumerate(r.sample(DEPARTMENTS, r.randint(6, 8))):
        units.append(Unit(org_row(f"{100 + number}", r.choice(BUREAUS), name, None, [], r), []))
    spare, number = r.sample(SPLIT_NAMES, len(SPLIT_NAMES)), 200

    def close(unit: Unit, day: date) -> None:
        unit.row["end"] = day - ONE_DAY

    for year in sorted(r.sample(range(2005, LAST_YEAR + 1), r.randint(3, 6))):
        day = date(year, 4, 1) if r.random() < 0.8 else date(year, 10, 1)
        living = [u for u in units if u.lasts(day) and u.start < day - timedelta(days=300)]
        if len(units) >= 15 or len(living) < 3 or day > date(LAST_YEAR, 4, 1):
            continue
        old, number = r.choice(living), number + 10
        event = r.choice(["rename", "same code", "merge", "split", "branch"])
        bureau, name = old.row["bureau"], f"新{old.row['department']}"
        if event in ("rename", "same code"):
            code = old.row["code"] if event == "same code" else str(number)
            origin = r.choice([old.row["code"], old.row["department"]])
            new = [Unit(org_row(code, bureau, name, day, [origin], r), [])]
        elif event == "merge":
            other = r.choice([u for u in living if u is not old])
            new = [
                Unit(
                    org_row(
                        str(number),
                        bureau,
                        f"{name}・{other.row['department']}",
                        day,
                        [old.row["code"], other.row["department"]],
                        r,
                    ),
                    [],
                )
            ]
            close(other, day)
            other.heirs = new
        elif event == "split" and len(spare) > 1:
            names = [old.row["department"] if r.random() < 0.3 else spare.pop(), spare.pop()]
            origin = old.row["code"]
            new = [Unit(org_row(str(number + i), bureau, n, day, [origin], r), []) for i, n in enumerate(names)]
        elif event == "branch" and spare:
            units.append(Unit(org_row(str(number), bureau, spare.pop(), day, [old.row["code"]], r), []))
            continue
        else:
            continue
        close(old, day)
        old.heirs = new
        units.extend(new)
    table = [org_row(f"{i + 1}", name, None, None, [], r) for i, name in enumerate(BUREAUS)]
    table += [u.row for u in units]
    for u in units[: len(units) // 2]:
        if u.row["start"] is None and u.row["end"] is None:
            for i in (1, 2):
                table.append(
                    {**u.row, "code": f"{u.row['code']}-{i}", "section": f"{u.row['department'][:2]}{i}係", "category": None}
                )
    return units, table


def post_of(unit: Unit, table: list[Record], r: random.Random) -> Record:
    """How an order or the roster writes a post."""
    row = unit.row
    sections = [s for s in table if s["section"] and s["department"] == row["department"]]
    if sections:
        row = r.choice(sections)
    return {**{key: row[key] for key in ("bureau", "department", "section")}, "org_code": row["code"]}
