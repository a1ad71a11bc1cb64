"""A small share of what `make trust` measures, in every run of the suite."""

from __future__ import annotations

import random
import zipfile

from tests.conftest import hrbook
from tests.trust import corpus, environments, injection, mutants
from tests.trust.channels import unpack
from tests.trust.cities import run_city
from tests.trust.disk import limits
from tests.trust.figures import Figure, table
from tests.trust.fuzz import damaged, preflight_ends, seeds
from tests.trust.kills import DAYS, Bench, digests, random_kills
from tests.trust.smallest import ID, smallest, write_roster


def test_figures_are_told():
    assert table([Figure("a", "1 of 1", True), Figure("b", "0 of 1", False)]).splitlines() == [
        "ok    a                          1 of 1",
        "FAIL  b                          0 of 1",
    ]


def test_generated_cities(tmp_path):
    for seed in (5, 6, 8, 22):  # one by bureau; two in which a form cuts what names a colleague
        city = run_city(seed, tmp_path)
        assert city.books and city.alarms == () and city.caught


def test_kills_and_a_disk_without_room(tmp_path):
    bench = Bench(tmp_path)
    assert bench.whole[0] != bench.whole[1] and len(DAYS) == 2
    assert random_kills(bench, 3).holds
    assert bench.partial() == [] and digests(bench.out / "2026") == bench.whole[1]
    assert limits(bench, 2).holds
    (bench.temporary / "left").touch()
    assert bench.partial() == ["temporary file left"]


def test_surroundings():
    every = environments.environments()
    assert len(every) == 18
    assert environments.surroundings([every[0], every[-1]]).holds


def test_injection():
    assert injection.injected(1).holds
    assert not injection.MARKS.search('HYPERLINK("#a!A1",)') and injection.MARKS.search("cmd|' /C calc'!A0")


def test_own_corpus():
    assert corpus.corpus([path for path in corpus.files() if path.parent == corpus.OWN]).holds


def test_damaged_workbooks_end_well(tmp_path):
    """Damage of every kind: the preflight says what it is, or lets it pass; nothing else."""
    good = seeds(tmp_path)
    ends = {preflight_ends(damaged(random.Random(n).choice(good), random.Random(n))) for n in range(40)}
    assert len(ends) > 1 and not [end for end in ends if end.startswith("crash")]


def test_mutants_are_made():
    found = list(mutants.mutants("naming"))
    assert len(found) > 30 and {m.module for m in found} == {"hrbook/excel/names.py"}
    source = "def f(a, b):\n    return a < b and not b + 1 == 2\n"
    import ast

    changed = set()
    for number in range(7):
        tree = mutants.Change(source.splitlines(), number).visit(ast.parse(source))
        changed.add(ast.unparse(ast.fix_missing_locations(tree)))
    assert len(changed) == 7


def test_sentinels(tmp_path):
    """A canary of its own in every text field of every person: it stands in the person's own department's book and in the
    files for those who may see all; nowhere else: no other book, no message, no record, no temporary file."""
    tables = list(smallest(7))
    free = {"備考", "希望先", "希望理由", "研修希望", "配慮事項", "名称", "助成", "氏名", "フリガナ"}
    planted: dict[str, str] = {}
    home: dict[object, object] = {}
    for place, one in enumerate(tables):
        if one.columns[0] != ID:
            continue
        rows = []
        for number, row in enumerate(one.rows):
            new = list(row)
            for n, heading in enumerate(one.columns):
                if heading in free:
                    new[n] = f"鵺{place}羽{number}根{n}終"
                    planted[new[n]] = str(row[0])
            if one.columns[1] == "氏名":
                home[row[0]] = (row[one.columns.index("部")], row[one.columns.index("課")])
            rows.append(tuple(new))
        tables[place] = type(one)(one.name, one.note, one.columns, tuple(rows))
    roster = write_roster(tmp_path / "in" / "roster.xlsx", tuple(tables))
    watched = tmp_path / "temporary"
    watched.mkdir()
    done = hrbook(
        "build", roster, "--out", tmp_path / "out", "--year", 2026, "--verbose", cwd=tmp_path, env={"TMPDIR": str(watched)}
    )
    assert done.code in (0, 1), done.err
    assert list(watched.iterdir()) == []
    run = tmp_path / "out" / "2026"
    assert not [canary for canary in planted if canary in done.out or canary in (run / "manifest.json").read_text("utf-8")]
    seen = 0
    for path in sorted((run / "部署別").iterdir()):
        text = "".join(data.decode("utf-8", "replace") for data in unpack(path.read_bytes()).values())
        inside = {canary for canary in planted if canary in text}
        bureau, _, department = path.stem.partition("_")
        for canary in inside:
            its_bureau, its_department = home[planted[canary]]
            assert bureau == its_bureau and department in (its_department, "部付"), (path.name, canary)
        seen += len(inside)
    assert seen >= 8
    assert zipfile.is_zipfile(run / "全庁集計.xlsx")


def test_every_mutant_that_is_named_as_one_that_no_input_can_show_is_there():
    there = {mutants.named(mutant) for area in mutants.AREAS for mutant in mutants.mutants(area)}
    listed = mutants.tomllib.loads(mutants.EQUIVALENTS.read_text("utf-8"))["mutant"]
    assert mutants.equivalents() <= there
    assert all(entry["because"] for entry in listed) and len(mutants.equivalents()) == len(listed)


def test_both_scores_are_said():
    told = mutants.figure("rules", 100, 5, 11, 1500)
    assert told.said == "84 of 100 noticed (84 %; without 5 that no input can show 88 %), of 1500 in all"
    assert not told.holds and mutants.figure("rules", 100, 0, 15, 1500).holds


def test_mutants_are_drawn_by_line_or_by_lot():
    every = list(mutants.mutants("naming"))
    line = every[3].line
    assert mutants.drawn(every, None, 0, [f"hrbook/excel/names.py:{line}"]) == [m for m in every if m.line == line]
    some = mutants.drawn(every, 5, 1, None)
    assert len(some) == 5 and some == sorted(some, key=every.index) == mutants.drawn(every, 5, 1, None)
    assert mutants.drawn(every, 1000, 0, None) == every == mutants.drawn(every, None, 0, None)
