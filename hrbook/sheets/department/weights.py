"""Weights of abilities: what does each rank need, and what comes with the next one? One row a rank, not a person:
people of one rank share their weights."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from hrbook.core.competency import Ability, Mark, percentages, step_up_of, weights_of
from hrbook.core.policy import Rank
from hrbook.core.source import Basis
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.contents import held
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.view import DepartmentView

ORDER = 30
COLUMNS, WIDTH = 30, 5.14
RANK, PEOPLE, CELL = 2, 1, 2  # columns of a rank's name, of its head count, of an ability
NEXT = 5  # columns at least for what the next rank asks
FIRST = RANK + PEOPLE
SIDE_BY_SIDE = 6  # basic abilities in one line
NAMED = 3  # abilities that the finding names
ROW = 31.0


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the parts of the sheet share: head counts, marks with the strongest first, percentages and steps by rank."""

    people: Counter[str | None]
    marks: dict[str, Mark]
    strongest: str
    percent: dict[str, dict[str, int]]
    new: dict[str, tuple[str, ...]]  # abilities that are new or stronger at a rank

    @property
    def known(self) -> int:
        return sum(count for rank, count in self.people.items() if rank is not None)


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    if "weights" not in held(view):
        return ()
    facts = _facts(view)
    columns = max(COLUMNS, FIRST + CELL * len(view.policy.competency.abilities) + NEXT)
    canvas = Canvas(view.labels("sheet.weights.name"), (WIDTH,) * columns)
    band(view, canvas, view.labels("weights.title"), _finding(view, facts))
    _basics(canvas, view)
    _matrix(canvas, view, facts)
    _notes(canvas, view, facts)
    second = canvas.row
    _behaviours(canvas, view, facts)
    return (canvas.sheet(replace(page_of(view, "weights"), row_breaks=(second,)), freeze=(3, 0), tab="navy2"),)


def _facts(view: DepartmentView) -> _Facts:
    policy, points = view.policy, view.reading.points
    competency = policy.competency
    marks = sorted(competency.marks, key=lambda mark: -points[mark.id])
    steps = {
        above: step_up_of(competency, points, policy.rank_ids, below)
        for below, above in zip(policy.rank_ids, policy.rank_ids[1:], strict=False)
    }
    return _Facts(
        people=Counter(person.employee.rank for person in view.people),
        marks={mark.id: mark for mark in marks},
        strongest=marks[0].id if marks else "",
        percent={rank: percentages(weights_of(competency, points, rank)) for rank in policy.rank_ids},
        new=steps,
    )


def _finding(view: DepartmentView, facts: _Facts) -> str:
    """Which ability the most people here need especially."""
    labels = view.labels
    counts = {ability.name: _with_mark(ability, facts, facts.strongest) for ability in view.policy.competency.abilities}
    most = max(counts.values(), default=0)
    if not most:
        return labels("weights.finding_empty")
    names = [name for name, count in counts.items() if count == most][:NAMED]
    mark = facts.marks[facts.strongest]
    return labels(
        "weights.finding",
        mark=mark.name,
        symbol=mark.symbols[0],
        abilities=labels("weights.dot").join(names),
        people=facts.known,
        count=most,
    )


def _with_mark(ability: Ability, facts: _Facts, mark: str) -> int:
    """People here whose rank carries `mark` for the ability."""
    return sum(facts.people[rank] for rank, found in ability.marks.items() if found == mark)


def _basics(canvas: Canvas, view: DepartmentView) -> None:
    labels, competency, row = view.labels, view.policy.competency, canvas.row
    across = len(canvas.columns)
    canvas.put(row, 0, labels("weights.basics.heading"), "h2", cols=across // 2)
    canvas.put(row, across // 2, view.policy.place(competency.basics_clause), "h2_note", cols=across // 2)
    canvas.heights.update({row: 22, row + 1: 22, row + 2: 32})
    width = across // max(1, min(SIDE_BY_SIDE, len(competency.basics)))
    for index, basic in enumerate(competency.basics):
        place = row + 1 + 2 * (index * width // across)
        col = index * width % across
        canvas.put(place, col, labels("weights.basics.name", name=basic.name, attitude=basic.attitude), "basic", cols=width)
        canvas.put(place + 1, col, basic.gist, "td_wrap center", cols=width)
    last = row + 1 + 2 * ((max(1, len(competency.basics)) * width - 1) // across)
    foundation = labels("weights.basics.foundation", text=competency.foundation)
    canvas.put(last + 2, 0, foundation, "cell small center fill_soft navy", cols=across)
    canvas.heights.update({last + 2: 19, last + 3: 8})
    canvas.row = last + 4


def _matrix(canvas: Canvas, view: DepartmentView, facts: _Facts) -> None:
    labels, policy, row = view.labels, view.policy, canvas.row
    abilities = policy.competency.abilities
    after = FIRST + CELL * len(abilities)
    symbols = labels("weights.gap").join(
        labels("weights.matrix.symbol", symbol=mark.symbols[0], name=mark.name) for mark in facts.marks.values()
    )
    canvas.put(row, 0, labels("weights.matrix.heading"), "h2", cols=10)
    canvas.put(row, 10, labels("weights.matrix.legend", symbols=symbols), "h2_note", cols=len(canvas.columns) - 10)
    canvas.put(row + 1, 0, labels("weights.matrix.rank"), "th", cols=RANK)
    canvas.put(row + 1, RANK, labels("weights.matrix.people"), "th", cols=PEOPLE)
    for index, ability in enumerate(abilities):
        name = ability.short or ability.name
        if ability.basis is Basis.INFERRED:
            name = labels("weights.inferred", name=name)
        canvas.put(row + 1, FIRST + CELL * index, name, "th", cols=CELL)
    canvas.put(row + 1, after, labels("weights.matrix.next"), "th", cols=len(canvas.columns) - after)
    canvas.heights.update({row: 22, row + 1: 24})
    row += 1
    canvas.put(row + 1, 0, labels("weights.matrix.gist"), "th2", cols=FIRST)
    for index, ability in enumerate(abilities):
        canvas.put(row + 1, FIRST + CELL * index, ability.gist, "th2 tiny", cols=CELL)
    canvas.put(row + 1, after, None, "th2", cols=len(canvas.columns) - after)
    ranks = tuple(reversed(policy.ranks))
    for offset, rank in enumerate(ranks):
        above = ranks[offset - 1] if offset else None
        _rank_row(canvas, view, facts, row + 2 + offset, rank, above)
    row += 2 + len(ranks)
    for mark in facts.marks.values():
        canvas.put(row, 0, labels("weights.matrix.count", symbol=mark.symbols[0]), "totals_label", cols=FIRST)
        for index, ability in enumerate(abilities):
            canvas.put(row, FIRST + CELL * index, _with_mark(ability, facts, mark.id), "totals people_dash", cols=CELL)
        canvas.put(row, after, None, "totals", cols=len(canvas.columns) - after)
        canvas.heights[row] = 20
        row += 1
    canvas.row = row


def _rank_row(canvas: Canvas, view: DepartmentView, facts: _Facts, row: int, rank: Rank, above: Rank | None) -> None:
    labels, policy = view.labels, view.policy
    abilities = policy.competency.abilities
    after = FIRST + CELL * len(abilities)
    here = facts.people[rank.id]
    canvas.put(row, 0, rank.name, "td_center bold" if here else "td_muted center", cols=RANK)
    canvas.put(row, RANK, here, "td_center people_dash" if here else "td_muted center people_dash", cols=PEOPLE)
    fresh = facts.new.get(rank.id, ())
    for index, ability in enumerate(abilities):
        mark = ability.marks.get(rank.id)
        col = FIRST + CELL * index
        if mark is None:
            canvas.put(row, col, None, "mark_none", cols=CELL)
            continue
        look = "mark_especially" if mark == facts.strongest else "mark_required"
        cell = "weights.cell_new" if ability.id in fresh else "weights.cell"
        text = labels(cell, symbol=facts.marks[mark].symbols[0], percent=facts.percent[rank.id][ability.id])
        canvas.put(row, col, text, f"{look} normal", cols=CELL)
    if above is None:
        canvas.put(row, after, labels("weights.matrix.next_top"), "td_muted indent1", cols=len(canvas.columns) - after)
    else:
        short = {a.id: a.short or a.name for a in abilities}
        names = labels("weights.dot").join(short[a] for a in facts.new[above.id]) or labels("weights.none")
        text = labels("weights.matrix.next_to", rank=above.name, abilities=names)
        canvas.put(row, after, text, "td_wrap indent1", cols=len(canvas.columns) - after)
    canvas.heights[row] = ROW


def _notes(canvas: Canvas, view: DepartmentView, facts: _Facts) -> None:
    labels, competency = view.labels, view.policy.competency
    points = [
        labels("weights.note.point", symbol=mark.symbols[0], points=view.reading.points[mark.id]) for mark in facts.marks.values()
    ]
    notes = [labels("weights.note.points", points=labels("list.separator").join(points))]
    if any(a.basis is Basis.INFERRED for a in competency.abilities):
        notes.append(labels("weights.note.inferred"))
    usual = Counter(a.note for a in competency.abilities).most_common(1)[0][0] if competency.abilities else ""
    told = [a for a in competency.abilities if a.note not in ("", usual)]
    notes += [labels("weights.note.doubt", ability=a.name, note=a.note) for a in told]
    pairs = [
        labels("weights.note.alias_pair", name=a.name, aliases=labels("weights.dot").join(a.aliases))
        for a in competency.abilities
        if a.aliases
    ]
    if pairs:
        notes.append(labels("weights.note.alias", pairs=labels("list.separator").join(pairs)))
    if facts.people[None]:
        notes.append(labels("weights.note.unknown", count=facts.people[None]))
    canvas.heights[canvas.row] = 6
    for note in notes:
        canvas.row += 1
        canvas.put(canvas.row, 0, note, "caption_wrap", cols=len(canvas.columns))
    canvas.row += 1


def _behaviours(canvas: Canvas, view: DepartmentView, facts: _Facts) -> None:
    labels, policy, row = view.labels, view.policy, canvas.row
    names = {ability.id: ability for ability in policy.competency.abilities}
    spans = (("rank", 0, 2), ("people", 2, 1), ("ability", 3, 8), ("weight", 11, 3), ("gist", 14, 12), ("table", 26, 4))
    canvas.put(row, 0, labels("weights.behaviour.heading"), "h2", cols=12)
    canvas.put(row, 12, labels("weights.behaviour.hint"), "h2_note", cols=len(canvas.columns) - 12)
    for name, col, cols in spans:
        canvas.put(row + 1, col, labels(f"weights.behaviour.{name}"), "th", cols=cols)
    canvas.heights.update({row: 24, row + 1: 22})
    row += 2
    for rank in reversed(policy.ranks):
        listed = [b for b in policy.competency.behaviours if b.rank == rank.id]
        here = facts.people[rank.id]
        for number, behaviour in enumerate(listed):
            top = " group_top" if number == 0 else ""
            ability = names[behaviour.ability]
            mark = ability.marks.get(rank.id)
            muted = "" if here else " muted"
            canvas.put(row, 0, rank.name, f"td_center bold{muted}{top}" if not number else f"td_muted center{top}", cols=2)
            canvas.put(row, 2, here if not number else None, f"td_center people_dash{muted}{top}")
            canvas.put(row, 3, behaviour.name, f"td bold indent1{muted}{top}", cols=8)
            weight = (
                labels("weights.cell", symbol=facts.marks[mark].symbols[0], percent=facts.percent[rank.id][ability.id])
                if mark
                else labels("weights.none")
            )
            look = "mark_none" if mark is None else "mark_especially" if mark == facts.strongest else "mark_required"
            canvas.put(row, 11, weight, f"{look} normal", cols=3)
            canvas.put(row, 14, behaviour.gist, f"td_wrap normal indent1{top}", cols=12)
            other = labels("weights.behaviour.same") if behaviour.name == ability.name else ability.name
            canvas.put(row, 26, other, f"td_muted indent1{top}", cols=4)
            canvas.heights[row] = 21
            row += 1
    canvas.row = row
