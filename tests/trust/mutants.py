"""Mutation testing: `python -m tests.trust.mutants [--only rules|guard|naming] [--sample N] [--seed S] [--at FILE:LINE]`.

Every comparison, arithmetic sign, and/or/not, number, truth value, `continue` and early `return` of the modules is changed in
turn, one at a time, and the tests that are meant to notice are run. The score is the share of mutants that were noticed.
Mutants that no input can show are named in equivalents.toml, each with its reason: they are not tried, they count as not
noticed, and beside that score stands the one without them.
Each mutant lives in a forked process of its own, so that no file is touched; a mutant that hangs is noticed by its time."""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.abc
import importlib.util
import math
import os
import random
import resource
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.trust.figures import Figure, table

ROOT = Path(__file__).parents[2]
PATIENCE = 4  # times the processor time of the tests as everything is that those of a mutant may take
BAR = 85  # percent
EQUIVALENTS = Path(__file__).with_name("equivalents.toml")
UNCOUNTED = ("lru_cache", "__slots__", "REMEMBERED", "SHOWN", "LARGE", "PIECE")  # lines that only save time or memory
AREAS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "rules": (
        tuple(
            f"hrbook/core/{name}.py"
            for name in (
                *("assess", "calendar", "career", "choices", "competency", "counting", "course_record", "fold", "genealogy"),
                *("leave", "org_units", "rank_history", "rotation", "spells", "standing", "stay", "step_down", "training"),
                "windows",
            )
        ),
        # the quick ones that notice most first
        ("tests/engine/test_cases.py", "tests/test_values.py", "tests/engine/test_agreement.py", "tests/core", "tests/engine"),
    ),
    "guard": (
        tuple(
            f"hrbook/guard/{name}.py"
            for name in ("hearsay", "leak", "numbers", "own", "package", "passwords", "people", "spelling", "stage", "texts")
        ),
        ("tests/guard", "tests/test_values.py"),
    ),
    "naming": (("hrbook/excel/names.py",), ("tests/excel/test_names.py",)),
}
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """One change: the number of the node in its module, and the place for people."""

    area: str
    module: str
    number: int
    line: int
    what: str


class Change(ast.NodeTransformer):
    """Walks a module and counts what can be changed; changes the `at`-th of it."""

    def __init__(self, lines: list[str], at: int = -1) -> None:
        self.lines, self.at = lines, at
        self.found: list[tuple[int, str]] = []

    def _here(self, node: ast.AST, what: str) -> bool:
        line = getattr(node, "lineno", 0)
        if any(word in self.lines[line - 1] for word in UNCOUNTED):
            return False
        self.found.append((line, what))
        return len(self.found) - 1 == self.at

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for place, sign in enumerate(node.ops):
            if type(sign) in SWAPPED and self._here(node, f"{type(sign).__name__} -> {SWAPPED[type(sign)].__name__}"):
                node.ops[place] = SWAPPED[type(sign)]()  # type: ignore[call-overload]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._here(node, f"{type(node.op).__name__} -> {SWAPPED[type(node.op)].__name__}"):
            node.op = SWAPPED[type(node.op)]()  # type: ignore[assignment]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        texts = any(
            isinstance(side, ast.JoinedStr) or isinstance(getattr(side, "value", None), str | bytes)
            for side in (node.left, node.right)
        )
        if (
            type(node.op) in SWAPPED
            and not texts
            and self._here(node, f"{type(node.op).__name__} -> {SWAPPED[type(node.op)].__name__}")
        ):
            node.op = SWAPPED[type(node.op)]()  # type: ignore[assignment]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.Not) and self._here(node, "not removed") else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            return ast.copy_location(ast.Constant(not node.value), node) if self._here(node, f"not {node.value}") else node
        if isinstance(node.value, int) and self._here(node, f"{node.value} + 1"):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_Continue(self, node: ast.Continue) -> ast.AST:
        return ast.copy_location(ast.Break(), node) if self._here(node, "break") else node

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.body[0], ast.Return | ast.Raise) and not node.orelse and self._here(node, "condition never true"):
            node.test = ast.copy_location(ast.Constant(False), node.test)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(part) for part in node.body]
        node.args.defaults = [self.visit(part) for part in node.args.defaults]
        return node


def mutants(area: str) -> Iterator[Mutant]:
    """Every mutant of an area, in the order of its modules."""
    for module in AREAS[area][0]:
        source = (ROOT / module).read_text(encoding="utf-8")
        change = Change(source.splitlines())
        change.visit(ast.parse(source))
        for number, (line, what) in enumerate(change.found):
            yield Mutant(area, module, number, line, what)


def equivalents() -> set[tuple[str, str, str]]:
    """Module, text of the line and change of the mutants that no input can show."""
    return {(entry["module"], entry["line"], entry["what"]) for entry in tomllib.loads(EQUIVALENTS.read_text("utf-8"))["mutant"]}


def named(mutant: Mutant) -> tuple[str, str, str]:
    """A mutant as equivalents.toml names it."""
    return mutant.module, (ROOT / mutant.module).read_text("utf-8").splitlines()[mutant.line - 1].strip(), mutant.what


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from its changed source."""

    def __init__(self, mutant: Mutant | None) -> None:
        self.mutant = mutant
        self.name = mutant.module.removesuffix(".py").replace("/", ".") if mutant else ""

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self, origin=str(ROOT / self.mutant.module)) if name == self.name else None

    def exec_module(self, module) -> None:
        path = ROOT / self.mutant.module
        source = path.read_text(encoding="utf-8")
        tree = Change(source.splitlines(), self.mutant.number).visit(ast.parse(source))
        module.__file__ = str(path)
        exec(compile(ast.fix_missing_locations(tree), str(path), "exec"), module.__dict__)


def tried(mutant: Mutant | None, tests: tuple[str, ...], patience: float | None) -> tuple[bool, float]:
    """Whether the tests pass with the mutant in place (None: as everything is) within `patience` seconds of processor time,
    and the seconds that they took."""
    child = os.fork()
    if child == 0:
        code = 1
        with contextlib.suppress(BaseException):
            with Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
            if patience is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(patience), math.ceil(patience)))
            sys.meta_path.insert(0, Finder(mutant))
            import pytest

            code = int(pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:randomly", *tests]))
        os._exit(code)
    _, status, used = os.wait4(child, 0)
    return status == 0, used.ru_utime + used.ru_stime


def prepare(area: str) -> None:
    """Work out here what no mutant changes and every process would work out anew."""
    import hypothesis  # noqa: F401
    import openpyxl  # noqa: F401
    import pytest  # noqa: F401

    if area == "rules":
        from tests.oracle.cases import load
        from tests.oracle.verdicts import SEEDS, verdicts

        load()
        for seed in SEEDS:
            verdicts(seed)


def score(area: str, chosen: list[Mutant], every: int) -> Figure:
    """The share of mutants that the tests notice."""
    prepare(area)
    tests = AREAS[area][1]
    passed, seconds = tried(None, tests, None)
    if not passed:
        return Figure(f"mutants: {area}", "the tests do not pass as everything is", False)
    alike = equivalents()
    hidden = [mutant for mutant in chosen if named(mutant) in alike]
    alive = 0
    for number, mutant in enumerate(chosen, 1):
        if mutant in hidden:
            print(f"cannot be shown: {mutant.module}:{mutant.line} {mutant.what}", file=sys.stderr, flush=True)
        elif tried(mutant, tests, PATIENCE * seconds + 1)[0]:
            alive += 1
            print(f"survived: {mutant.module}:{mutant.line} {mutant.what}", file=sys.stderr, flush=True)
        if number % 50 == 0:
            print(f"{area}: {number} of {len(chosen)}, {alive} survived", file=sys.stderr, flush=True)
    return figure(area, len(chosen), len(hidden), alive, every)


def figure(area: str, tried_of: int, hidden: int, alive: int, every: int) -> Figure:
    """Both scores: of all that were drawn, and without those that no input can show. The first must reach the bar."""
    noticed, shown = tried_of - hidden - alive, tried_of - hidden
    share = 100 * noticed / max(1, tried_of)
    without = f"; without {hidden} that no input can show {100 * noticed / max(1, shown):.0f} %" if hidden else ""
    return Figure(
        f"mutants: {area}", f"{noticed} of {tried_of} noticed ({share:.0f} %{without}), of {every} in all", share >= BAR
    )


def drawn(every: list[Mutant], sample: int | None, seed: int, at: list[str] | None) -> list[Mutant]:
    """The mutants that are asked for, in the order of their modules: those on the lines `at`, or a sample, or all."""
    if at:
        return [mutant for mutant in every if f"{mutant.module}:{mutant.line}" in at]
    return every if sample is None or sample >= len(every) else sorted(random.Random(seed).sample(every, sample), key=every.index)


def main() -> int:
    """Score the areas that are asked for."""
    words = argparse.ArgumentParser(
        prog="python -m tests.trust.mutants", description="Mutation testing of rules, guard and naming."
    )
    words.add_argument("--only", choices=sorted(AREAS), action="append")
    words.add_argument("--sample", type=int, help="at most so many mutants an area, drawn by --seed")
    words.add_argument("--seed", type=int, default=0)
    words.add_argument("--at", action="append", metavar="FILE:LINE", help="only the mutants of this line; may be given again")
    asked = words.parse_args()
    os.chdir(ROOT)
    found = []
    for area in asked.only or AREAS:
        every = list(mutants(area))
        chosen = drawn(every, asked.sample, asked.seed, asked.at)
        if chosen or not asked.at:
            found.append(score(area, chosen, len(every)))
    print(table(found))
    return int(not all(figure.holds for figure in found))


if __name__ == "__main__":
    sys.exit(main())
