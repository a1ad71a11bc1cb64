"""An attack on the results of generated surveys: `python -m tests.survey.attack 1000 [SEED]`.

The attacker has every result of every year and knows more than anybody does: how many people answered each question in
each department, and every shown sum exactly (results are rounded and cut at the ends in truth). With the shown cells and
totals as equations (fractions, Gauss-Jordan) and the scale as bounds, the attacker tries to tell the sum of a hidden
department or bureau, to narrow one down to a single value, and to tell the sum of two or three hidden departments that
have fewer answers together than may be shown. Exit 1 where anything is told."""

import random
import sys
from fractions import Fraction
from itertools import combinations

from hrbook.core.safe_aggregates import Care
from hrbook.core.survey import Question, Survey, Topic, release

QUESTIONS = 3


def generated(dice):
    """(survey, answers by department of one to three years): small departments, large ones, none, of one mind, torn."""
    care = Care(dice.choice((3, 4, 5, 5, 5, 8)), 1, 5, dice.choice((0.25, 0.5, 1.0)))
    topics = (Topic("t", "t", "", "", False),)
    questions = tuple(Question(f"q{n}", "t", "") for n in range(QUESTIONS))
    survey = Survey(topics, questions, {n: str(n) for n in range(5, 0, -1)}, care)
    units = [(f"b{b}", f"d{d}") for b in range(dice.randint(1, 7)) for d in range(dice.randint(1, 7))]
    size = {unit: dice.choice((0, 1, 2, 3, 4, 5, 6, 8, 12, 20)) for unit in units}
    years = []
    for _ in range(dice.randint(1, 3)):
        skip = dice.choice((0, 0, 0.1, 0.4))
        answers = {}
        for unit in units:
            mood = dice.choice(((5,), (1,), (4, 5), (1, 2), (1, 2, 3, 4, 5), (2, 3, 4), (2, 3, 4)))
            people = max(0, size[unit] + dice.randint(-1, 1))
            answers[unit] = [
                tuple(None if dice.random() < skip else dice.choice(mood) for _ in range(QUESTIONS)) for _ in range(people)
            ]
        years.append(answers)
        if dice.random() < 0.3:  # a department goes to another bureau
            moved = dice.choice(units)
            units[units.index(moved)] = (f"b{dice.randint(0, 7)}", f"{moved[1]}x{len(years)}")
            size = {unit: size.get(unit, 4) for unit in units}
    return survey, years


def covers(unit, leaf):
    return leaf[: len(unit)] == unit


def reduced(rows):
    """Reduced row echelon form of rows of fractions; zero rows are dropped."""
    done = []
    for row in rows:
        row = list(row)
        for lead, other in done:
            if row[lead]:
                factor = row[lead]
                row = [a - factor * b for a, b in zip(row, other, strict=True)]
        lead = next((i for i, a in enumerate(row[:-1]) if a), None)
        if lead is None:
            assert not row[-1], "the shown figures contradict one another"
            continue
        row = [a / row[lead] for a in row]
        done = [(at, [a - other[lead] * b for a, b in zip(other, row, strict=True)]) for at, other in done]
        done.append((lead, row))
    return done


def told_by(system, wanted):
    """The value of a combination of unknowns, None where the equations leave it open."""
    row = [*wanted, Fraction(0)]
    for lead, other in system:
        if row[lead]:
            factor = row[lead]
            row = [a - factor * b for a, b in zip(row, other, strict=True)]
    return -row[-1] if not any(row[:-1]) else None


def narrowed(system, rows, bounds):
    """Bounds of every unknown by the equations, to a standstill."""
    bounds, equations = dict(enumerate(bounds)), [*rows, *(row for _, row in system)]
    changed = True
    while changed:
        changed = False
        for row in equations:
            terms = [(i, a) for i, a in enumerate(row[:-1]) if a]
            for i, a in terms:
                rest = [(row[-1] - sum(b * bounds[j][s if b > 0 else 1 - s] for j, b in terms if j != i)) / a for s in (0, 1)]
                low, high = max(bounds[i][0], min(rest)), min(bounds[i][1], max(rest))
                if (low, high) != bounds[i]:
                    bounds[i], changed = (low, high), True
    return bounds


def attacked(survey, answers, figures):
    """Everything that the shown units of one year tell and should not: sentences. `figures` are the units of the release."""
    leaves = sorted(unit for unit, people in answers.items() if people)
    found = []
    for place in range(len(survey.questions)):
        given = {unit: [p[place] for p in answers[unit] if p[place] is not None] for unit in leaves}
        asked = [unit for unit in leaves if given[unit]]  # the sum of nobody's answers is nobody's secret
        rows = []
        for unit in sorted(figures):
            inside = [leaf for leaf in asked if covers(unit, leaf)]
            rows.append([Fraction(leaf in inside) for leaf in asked] + [Fraction(sum(sum(given[leaf]) for leaf in inside))])
        system = reduced(rows)
        bounds = narrowed(system, rows, [(Fraction(len(given[u])), Fraction(5 * len(given[u]))) for u in asked])
        hidden = [leaf for leaf in asked if leaf not in figures]
        for leaf in hidden:
            if told_by(system, [Fraction(leaf == other) for other in asked]) is not None:
                found.append(f"{leaf} q{place}: told")
            low, high = bounds[asked.index(leaf)]
            if low == high:
                found.append(f"{leaf} q{place}: narrowed down to {low}")
        for bureau in sorted({leaf[:1] for leaf in hidden}):
            inside = [leaf for leaf in asked if covers(bureau, leaf)]
            if bureau not in figures and told_by(system, [Fraction(leaf in inside) for leaf in asked]) is not None:
                found.append(f"{bureau} q{place}: told")
        for together in (2, 3):
            for some in combinations(hidden, together):
                few = sum(len(given[leaf]) for leaf in some) < survey.care.least
                if few and told_by(system, [Fraction(leaf in some) for leaf in asked]) is not None:
                    found.append(f"{some} q{place}: told together")
        for unit in figures:
            if sum(len(given[leaf]) for leaf in asked if covers(unit, leaf)) < survey.care.least:
                found.append(f"{unit} q{place}: shown with too few answers")
    return found


def campaign(count, seed=0):
    """(surveys, years, departments hidden, departments shown, what was told) of `count` generated surveys."""
    totals, told = [0, 0, 0, 0], []
    for number in range(count):
        survey, years = generated(random.Random(seed * 1_000_003 + number))
        totals[0] += 1
        for year, answers in enumerate(years):
            out = release(2026 + year, "", survey, {unit: len(people) for unit, people in answers.items()}, answers)
            every = {question.id for question in survey.questions} | {topic.id for topic in survey.topics}
            assert all(set(figures) == every for figures in out.figures.values())  # so that topics tell nothing more
            told += [f"survey {number}, year {year}: {text}" for text in attacked(survey, answers, out.figures)]
            leaves = [unit for unit, people in answers.items() if any(v is not None for p in people for v in p)]
            totals[1] += 1
            totals[2] += sum(1 for unit in leaves if unit not in out.figures)
            totals[3] += sum(1 for unit in leaves if unit in out.figures)
    return (*totals, told)


if __name__ == "__main__":
    surveys, years, hidden, open_, told = campaign(*([int(text) for text in sys.argv[1:]] or [1000]))
    print(f"{surveys} surveys, {years} years: {hidden} departments hidden, {open_} shown; told: {len(told)}")
    print("\n".join(told[:20]))
    sys.exit(1 if told else 0)
