"""The best answer to who sits in which session, found by HiGHS (highspy), an exact solver of integer programmes.

First as many people as can be are given a session, then whoever goes first by the order of the requests, then the earlier
sessions. HiGHS runs on one thread from a fixed seed without any limit of time, and what it is given is sorted: the same
question has the same answer, and every answer is proved the best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hrbook.core.fault import Fault
from hrbook.core.plan_policy import Session
from hrbook.core.seating import Answer, Problem, Request, broken, ordered

Pair = tuple[Request, Session]
Row = tuple[list[int], float]  # places of variables, each with factor 1, and the most that their sum may be


def assign(problem: Problem) -> Answer:
    """A session for as many requests as possible. Raises Fault without highspy, and RuntimeError where the solver fails or
    breaks a promise, which is a fault of ours: leaving everybody out is always an answer."""
    answer: dict[Request, Session] = {}
    for part in problem.parts():
        answer.update(_solved(part))
    wrong = broken(problem, answer)
    if wrong:
        raise RuntimeError(f"the plan does not keep what it must: {wrong[0]}")
    return answer


def _solved(part: Problem) -> Mapping[Request, Session]:
    requests = ordered(part.requests)
    pairs = [(r, s) for r in requests for s in part.choices(r)]
    rows = _rows(part, pairs)
    if not rows:
        return {}
    place = {request: number for number, request in enumerate(requests)}
    first = [len(requests) - place[request] for request, _ in pairs]
    early = {s: number for sessions in part.by_course.values() for number, s in enumerate(sessions)}
    late = [-early[session] for _, session in pairs]
    chosen = _optimise(rows, len(pairs), [[1] * len(pairs), first, late])
    return {pairs[number][0]: pairs[number][1] for number in chosen}


def _rows(part: Problem, pairs: Sequence[Pair]) -> list[Row]:
    """What an answer must keep, as sums over pairs: one session a request, seats, limits of units, one session a day."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    most: dict[tuple[object, ...], int] = {}
    for number, (request, session) in enumerate(pairs):
        keys: list[tuple[tuple[object, ...], int | None]] = [
            (("one", request), 1),
            (("seats", session), session.seats),
            *((("day", request.staff_id, day), 1) for day in session.days),
            *((("unit", request.unit, day), part.limits.get(request.unit)) for day in session.days),
        ]
        for key, limit in keys:
            if limit is not None:
                groups[key].append(number)
                most[key] = limit
    return [(numbers, float(most[key])) for key, numbers in groups.items() if key[0] == "one" or len(numbers) > most[key]]


def _optimise(rows: Sequence[Row], size: int, goals: Sequence[Sequence[int]]) -> list[int]:
    """Places of the variables that are 1 in an answer best by the first goal, among those by the second, and so on."""
    try:
        import highspy
        import numpy as np
    except ImportError as error:
        raise Fault("solver_missing", found=error.name or "highspy") from error
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 0), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(name, value)
    solver.setOptionValue("mip_abs_gap", 0.5)  # goals are whole numbers: closer than one half is equal
    places = np.arange(size, dtype=np.int32)
    solver.addVars(size, np.zeros(size), np.ones(size))
    solver.changeColsIntegrality(size, places, np.full(size, highspy.HighsVarType.kInteger))
    for numbers, most in rows:
        solver.addRow(0.0, most, len(numbers), np.array(numbers, dtype=np.int32), np.ones(len(numbers)))
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    values: Sequence[float] = ()
    for goal in goals:
        costs = np.array(goal, dtype=np.double)
        solver.changeColsCost(size, places, costs)
        solver.run()
        status = solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS stopped with {solver.modelStatusToString(status)}")
        values = solver.getSolution().col_value
        reached = round(sum(value for value, wanted in zip(goal, values, strict=True) if wanted > 0.5))
        solver.addRow(float(reached), highspy.kHighsInf, size, places, costs)
    return [number for number, value in enumerate(values) if value > 0.5]
