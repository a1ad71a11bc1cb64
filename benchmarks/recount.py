"""All rotation verdicts of a finished run once more, from the inputs column of ledger.csv alone, without hrbook.

    python benchmarks/recount.py output/2026

Standard library only, and not a line of the package: whoever wants to check the run can read this page, or write another.
It takes from the ledger the cells of each person with their values as read (dates as dates, titles as ranks, places as
units), the reading, the as-of date, and of the intermediate values only `post_managerial` and `leave_years`; manifest.json
says which column holds which field. It says how many verdicts agree, names each that does not, and ends with 1 then.
Not recounted, and said so: guides that count classes of units or several things at once, and people whose window leave of
unreadable dates would lengthen."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

DAY = timedelta(days=1)
EVER, NEVER = date.min, date.max
STAY = "rotation.stay"  # the length of stays is another rule than the guide
MOVES = "moves:"
COUNTED = ("department", "bureau", "section")
PERSON = ("hired", "title", "employment", "job_family", "hire_route")  # the first five cells of every row of the ledger
PLACES = ("department", "bureau", "code")


def fiscal(day: date) -> int:
    return day.year - (day.month < 4)


def day_of(value) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


class Units:
    """The units that were reorganised: which came from which. A unit goes on in versions, cut where another was split off."""

    def __init__(self, rows: list[dict]) -> None:
        self.life = {row["unit"]: (day_of(row.get("start")) or EVER, day_of(row.get("end")) or NEVER) for row in rows}
        edges = []
        for row in rows:
            for origin in filter(None, (row.get("parents") or "").split("|")):
                if origin in self.life and origin != row["unit"]:
                    (older, ends), (younger, _) = self.life[origin], self.life[row["unit"]]
                    edges.append((origin, row["unit"], younger if younger > older or ends == NEVER else ends + DAY))
        self.cuts = defaultdict(set)
        for unit, (first, last) in self.life.items():
            self.cuts[unit].add(first)
            self.cuts[unit] |= {day for one, other, day in edges if unit in (one, other) and first < day <= last}
        self.after = defaultdict(set)
        for unit, days in self.cuts.items():
            line = sorted(days)
            for one, other in pairwise(line):
                self.after[unit, one].add((unit, other))
        for origin, unit, day in edges:
            self.after[self.at(origin, day - DAY if day > EVER else day)].add(self.at(unit, day))

    def at(self, unit: str, day: date) -> tuple[str, date]:
        """The version of a unit that lives on a day."""
        days = [cut for cut in sorted(self.cuts.get(unit, {EVER})) if cut <= day]
        return unit, days[-1] if days else min(self.cuts.get(unit, {EVER}))

    def below(self, version: tuple[str, date]) -> set:
        found, waiting = set(), [version]
        while waiting:
            for one in self.after.get(waiting.pop(), ()):
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return found

    def kin(self, one, other) -> bool:
        return one == other or one in self.below(other) or other in self.below(one)

    def ends(self, version) -> date:
        later = [cut for cut in self.cuts.get(version[0], ()) if cut > version[1]]
        return min(later) - DAY if later else self.life.get(version[0], (EVER, NEVER))[1]

    def follow(self, version, day: date):
        """Where its people are on a day if nobody moved."""
        while self.ends(version) < day:
            later = [v for v in self.after.get(version, ()) if v[1] <= day]
            own = [v for v in later if v[0] == version[0]]
            if not own and len(later) != 1:
                break
            version = (own or later)[0]
        return version


def stays_of(orders: list[dict], post: dict | None, hired: date | None, as_of: date, units: Units) -> list[dict]:
    """The stays of a career: one person, one unit, from and to."""
    by_day = defaultdict(list)
    for order in orders:
        if order["on"] is not None and order["on"] <= as_of:
            by_day[order["on"]].append(order)
    stays, current = [], None

    def close(last: date) -> None:
        end = min(last, current["stated"] or NEVER)
        if end >= current["start"]:
            stays.append({**current, "end": end, "end_unit": units.follow(current["unit"], end)})

    for day in sorted(by_day):
        if current is not None and any(o["kind"] == "leaving" for o in by_day[day]):
            current["stated"] = day
        moves = [o for o in by_day[day] if o["kind"] != "leaving" and o["unit"]]
        if not moves:
            continue
        order = moves[-1]
        unit, seconded = units.at(order["unit"], day), order["kind"] == "secondment"
        stated = order["end"] if order["end"] is not None and order["end"] >= day else None
        if current is not None and seconded == current["seconded"] and (current["stated"] or NEVER) >= day - DAY:
            here, eve = units.follow(current["unit"], day), units.follow(current["unit"], day - DAY)
            renamed = unit[1] == day and unit in units.below(eve)
            if here == unit or renamed:
                current.update(unit=unit, stated=stated)
                continue
        if current is not None:
            close(day - DAY)
        start = max(day, hired) if hired else day
        current = {"start": start, "first": unit, "unit": unit, "seconded": seconded, "stated": stated, "sure": True}
    if current is not None:
        close(as_of)
    stays = [s for s in stays if hired is None or s["end"] >= hired]
    if post is not None:  # the roster's post is not in the history: the last stay, of unknown start unless hired this year
        this_year = not stays and hired is not None and fiscal(hired) == fiscal(as_of)
        unit = units.at(post["unit"], as_of)
        if stays:
            stays[-1]["sure"] = stays[-1]["end"] < as_of
        start = hired if this_year else None
        stays.append({"start": start, "end": as_of, "first": unit, "end_unit": unit, "seconded": False, "sure": True})
    return stays


def months(start: date, end: date) -> int:
    stop = end + DAY
    whole = (stop.year - start.year) * 12 + stop.month - start.month
    return whole if stop.day >= start.day else whole - 1


def count(stays: list[dict], undated: list[str], units: Units, reading: dict, as_of: date) -> tuple[list, int]:
    """The first days of the stays that add a unit (or are a move, where moves are counted), and how many more may be hidden."""
    starts, ended, doubtful, least = [], [], 0, int(reading["min_stay_months"])
    moves = reading["units"].startswith(MOVES)
    for stay in stays:
        if stay["seconded"] and reading["secondment_counts"] == "no":
            continue
        if any(units.kin(stay["first"], other) for other in (ended[-1:] if moves else ended)):
            if moves:  # still there, perhaps under another name
                ended.append(stay["end_unit"])
            continue
        if least:
            if stay["start"] is None:
                doubtful += 1
                continue
            if months(stay["start"], stay["end"]) < least:
                continue
            if not stay["sure"]:
                doubtful += 1
                continue
        starts.append(stay["start"])
        ended.append(stay["end_unit"])
    for unit in undated:
        doubtful += moves or not any(units.kin(units.at(unit, as_of), other) for other in ended)
    return starts[1:] if moves else starts, doubtful


def outside(person: dict, values: dict, reading: dict) -> bool | None:
    """Whether the guide is not for this person; None where it cannot be told."""
    family, route = person["job_family"] or "", person["hire_route"] or ""
    excluded = [name for name in reading["excluded_job_families"].split("+") if name]
    if person["employment"] is not None and person["employment"] not in reading["employment"].split("+"):
        return True
    if family and any(family.startswith(name) for name in excluded):
        return True
    wanted = [name for name in reading.get("job_families", "").split("+") if name]
    if family and wanted and not any(family.startswith(name) for name in wanted):
        return True
    ranks = [name for name in reading["ranks"].split("+") if name]
    routes = [name for name in reading.get("midcareer_routes", "").split("+") if name]
    if reading["midcareer"] == "exclude" and route and any(name in route for name in routes):
        return True
    if ranks and person["title"] is not None and person["title"] not in ranks:
        return True
    if values["post_managerial"]:
        return True
    unsure = person["employment"] is None or (bool(ranks) and person["title"] is None) or values["post_managerial"] is None
    unsure = unsure or (bool(excluded or wanted) and not family) or (reading["midcareer"] == "exclude" and not route)
    return None if unsure else False


def verdict(person: dict, orders, post, rows, reasons, values: dict, reading: dict, as_of: date) -> str:
    """The status by the table of the rule, from its top."""
    _, minimum = reading["units"].split(">=")
    units, hired = Units(rows), day_of(person["hired"])
    dated = [o for o in orders if o["on"] is not None]
    stays = stays_of(dated, post, hired, as_of, units)
    starts, doubtful = count(stays, [o["unit"] for o in orders if o["on"] is None], units, reading, as_of)
    window = int(reading["window_years"])
    window += values["leave_years"] if reading["leave_extends_window"] == "yes" else 0
    year = fiscal(as_of)
    last = (fiscal(hired) if hired else year) + window - 1
    found = sum(1 for day in starts if (year if day is None else fiscal(day)) <= last)
    hidden = doubtful + sum(1 for day in starts if day is None and year > last)
    service = year - fiscal(hired) + 1 if hired else None
    out = outside(person, values, reading)
    if out or (service is not None and reading["review_years"] and service - window > int(reading["review_years"])):
        return "not_applicable"
    missing = int(minimum) - found
    if missing <= 0 and service is not None:
        return "met"
    if out is None or service is None:
        return "undetermined"
    end, covered, longest = min(as_of, date(last + 1, 3, 31)), hired - DAY, 0
    for stay in stays:
        if stay["start"] is not None:
            longest = max(longest, (min(stay["start"] - DAY, end) - covered).days)
            covered = max(covered, stay["end"])
    if max(longest, (end - covered).days) > 31 or hidden:
        return "undetermined"
    remaining = max(0, window - service)
    if service > window:
        status = "not_reached"
    elif missing <= remaining // max(1, int(reading["usual_stay_years"])):
        return "on_track"
    else:
        status = "needs_plan" if missing <= remaining else "out_of_reach"
    held = [in_force(reason, as_of) for reason in reasons]
    return "excused" if True in held else "undetermined" if None in held else status


def in_force(reason: dict, as_of: date) -> bool | None:
    said, until = day_of(reason.get("registered_on")), day_of(reason.get("expires"))
    if (until and until < as_of) or (said and said > as_of):
        return False
    return True if said and (until or "expires" not in reason) else None


def rows_of(cells: list[dict], columns: dict) -> dict:
    """The cells as rows: (sheet, row number) -> field -> value as read, in their order."""
    fields = {sheet: {letters: field for field, letters in said.items()} for sheet, said in columns.items()}
    rows: dict = {}
    for cell in cells:
        letters = cell["cell"].rstrip("0123456789")
        row = rows.setdefault((cell["sheet"], cell["cell"][len(letters) :]), {"sheet": cell["sheet"]})
        row[fields[cell["sheet"]].get(letters, "?")] = cell["value"]
    return rows


def recount(row: dict, columns: dict) -> str:
    """The status of one row of the ledger from its inputs."""
    reading = dict(pair.split("=", 1) for pair in row["reading"].split(";"))
    reading["units"] = row["reading"].split(";")[0].removeprefix("units=")
    cells = json.loads(row["inputs"])
    person = {field: cell["value"] for field, cell in zip(PERSON, cells, strict=False)}
    post, orders, units, reasons = None, [], [], []
    for said in rows_of(cells[len(PERSON) :], columns).values():
        place = next((said[field] for field in PLACES if said.get(field)), "")
        if "text" in said or "registered_on" in said:
            reasons.append(said)
        elif "on" in said:
            orders.append({"on": day_of(said["on"]), "unit": place, "kind": said.get("kind"), "end": day_of(said.get("end"))})
        elif said["sheet"] == cells[0]["sheet"]:
            post = {"unit": place}
        else:
            units.append({**said, "unit": place})
    return verdict(person, orders, post, units, reasons, json.loads(row["values"]), reading, date.fromisoformat(row["as_of"]))


def main(folder: Path) -> int:
    columns = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["columns"]
    csv.field_size_limit(2**31 - 1)
    agree: Counter = Counter()
    apart = left = 0
    with (folder / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if not row["rule_id"].startswith("rotation.") or row["rule_id"] == STAY:
                continue
            asked = row["reading"].split(";")[0].removeprefix("units=")
            blind = json.loads(row["values"])["reason"] == "leave_unreadable"  # leave that lengthens the window, without dates
            if blind or "+" in asked or asked.removeprefix(MOVES).split(">=")[0] not in COUNTED:
                left += 1
                continue
            mine = recount(row, columns)
            if mine == row["status"]:
                agree[mine] += 1
            else:
                apart += 1
                print(f"{row['staff_id']}: ledger {row['status']}, recounted {mine}")
    print(f"{sum(agree.values())} rotation verdicts agree, {apart} differ, {left} not recounted")
    print(", ".join(f"{status} {number}" for status, number in sorted(agree.items())))
    return 1 if apart or left else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
