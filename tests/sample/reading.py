"""Reads an invented city's tables the way a person would: rows by header, careers by unit, the rotation guide by hand.

Deliberately small and independent of hrbook.core: it says which statuses the sample must be able to show."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from hrbook.sample import City, Value

AS_OF = date(2026, 4, 1)
RANKS = {"主事": 0, "主任": 1, "係長": 2, "主査": 2, "課長補佐": 2, "課長": 3, "副参事": 3, "部長": 4, "参事": 4}
SECOND = ("兼務", "併任", "事務取扱", "兼務解除")
Record = dict[str, Value]
Unit = tuple[str, str]  # bureau and department


def fiscal_year(day: date) -> int:
    return day.year - (day.month < 4)


class Book:
    """The sheets of a city by name, and what belongs to one person by staff number."""

    def __init__(self, city: City) -> None:
        self.city = city
        tables = (*city.roster, *city.settings)
        self.sheets: dict[str, list[Record]] = {
            t.name: [dict(zip(t.columns, row, strict=True)) for row in t.rows] for t in tables
        }
        self.staff = {str(person["職員番号"]): person for person in self.sheets["職員名簿"]}
        self.orders = self._by_person("異動履歴")
        self.trainings = self._by_person("研修履歴")
        self.leaves = self._by_person("休業等")
        self.reasons = self._by_person("理由登録")
        self.units = {str(row["所属コード"]): row for row in self.sheets["組織"]}
        self._departments = [row for row in self.sheets["組織"] if row["課"] and not row["係"]]

    def _by_person(self, sheet: str) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.sheets[sheet]:
            found[str(row["職員番号"])].append(row)
        return found

    def primary(self, number: str) -> list[Record]:
        """Orders of the primary post up to the as-of date, oldest first."""
        return [
            order
            for order in self.orders.get(number, [])
            if order["発令日"] <= AS_OF and order["異動区分"] not in SECOND and "兼務" not in str(order["備考"] or "")
        ]

    def unit_code(self, row: Record, day: date) -> str:
        """The code of the department that bore the row's name on `day`; its own name for a place outside the city."""
        name = (row["部"], row["課"])
        for unit in self._departments:
            if (unit["部"], unit["課"]) == name and unit["開始日"] <= day and (unit["終了日"] or date.max) >= day:
                return str(unit["所属コード"])
        return "/".join(str(part) for part in name)

    def ancestors(self, code: str) -> set[str]:
        """The unit and all that it came from."""
        parents = str(self.units[code]["改編元"] or "") if code in self.units else ""
        return {code}.union(*(self.ancestors(parent) for parent in parents.split("、") if parent))

    def related(self, one: str, other: str) -> bool:
        return one in self.ancestors(other) or other in self.ancestors(one)

    def spells(self, number: str) -> list[tuple[date, str, str]]:
        """(from, unit at the start, unit at the end) of each place; a reorganisation opens none."""
        found: list[tuple[date, str, str]] = []
        for order in self.primary(number):
            day = order["発令日"]
            code = self.unit_code(order, day)
            if not found:
                found.append((day, code, code))
            elif order["異動区分"] == "組織改正":
                found[-1] = (*found[-1][:2], code)
            elif code != found[-1][2]:
                found.append((day, code, code))
        return found

    def rotation(self, number: str) -> str:
        """The status of the rotation guide (3 departments in 10 years) under the sample's own settings."""
        person = self.staff[number]
        if person["任用区分"] != "正規" or person["職種"] == "技能労務" or RANKS.get(str(person["職名"]), 0) > 1:
            return "not_applicable"
        if person["職名"] not in RANKS:
            return "undetermined"
        hired = person["採用年月日"]
        end = date(fiscal_year(hired) + 10, 3, 31)
        counted: list[tuple[str, str]] = []
        for since, start, finish in self.spells(number):
            if since <= end and not any(self.related(start, before) for _, before in counted):
                counted.append((start, finish))
        remaining = max(0, 10 - (2026 - fiscal_year(hired) + 1))
        if len(counted) >= 3:
            return "met"
        if self._hidden(number, hired, min(end, AS_OF)):
            return "undetermined"
        if remaining and len(counted) + remaining // 3 >= 3:
            return "on_track"
        if self._excused(number):
            return "excused"
        if end < AS_OF:
            return "not_reached"
        return "needs_plan" if len(counted) + remaining >= 3 else "out_of_reach"

    def _hidden(self, number: str, hired: date, end: date) -> bool:
        """Whether a month or more of the window has no order that covers it."""
        orders = self.primary(number)
        first = orders[0]["発令日"] if orders else end
        if (min(first, end) - hired).days > 31:
            return True
        for order, after in pairwise(orders):
            gap_from = (order["終了日"] or after["発令日"] - timedelta(days=1)) + timedelta(days=1)
            if (min(after["発令日"], end) - gap_from).days > 31:
                return True
        return False

    def _excused(self, number: str) -> bool:
        return any(r["登録日"] <= AS_OF <= (r["有効期限"] or date.max) for r in self.reasons.get(number, []))
