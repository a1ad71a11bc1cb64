"""Heavy libraries are loaded by the commands that need them, when they need them, and by nobody else."""

import csv
import json
import subprocess
import sys

import click

from hrbook.cli import main

HEAVY = (
    "budoux",
    "cryptography",
    "dask",
    "distributed",
    "highspy",
    "msoffcrypto",
    "numpy",
    "openpyxl",
    "pandas",
    "pydantic_core",
    "python_calamine",
    "xlsxwriter",
)
# One after the other in one process: what each command has loaded, it and those before it.
CODE = """
import json, sys
from click.testing import CliRunner
from hrbook.cli import main
for words in json.loads(sys.argv[1]):
    done = CliRunner().invoke(main, words)
    assert done.exit_code in (0, 1), (words, done.output)
    print(json.dumps(sorted(name for name in json.loads(sys.argv[2]) if name in sys.modules)))
"""


def loaded(commands, cwd):
    words = [sys.executable, "-c", CODE, json.dumps(commands), json.dumps(HEAVY)]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    return [set(json.loads(line)) for line in done.stdout.splitlines()]


def leaves(command=main, path=()):
    if not isinstance(command, click.Group):
        yield [*path, "--help"]
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        yield from leaves(command.get_command(context, name), (*path, name))


def test_the_help_of_every_command_starts_without_any_of_them(tmp_path):
    commands = list(leaves())
    assert len(commands) > 15 and ["build", "--help"] in commands
    found = loaded(commands, tmp_path)
    assert [(words, heavy) for words, heavy in zip(commands, found, strict=True) if heavy] == []


def test_a_command_loads_what_it_needs_only(city, run, tmp_path):
    roster = str(city / "input" / "roster.xlsx")
    with (run / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        first = next(csv.DictReader(file))
    reads, writes = {"pydantic_core"}, {"pydantic_core", "xlsxwriter", "budoux"}
    allowed = (
        (["forms"], set()),
        (["policy", "show"], reads),
        (["policy", "check"], reads),
        (["check", roster], reads),
        (["explain", first["staff_id"], roster], reads),
        (["build", roster, "--dry-run"], reads),
        (["build", roster, "--dry-run", "--cluster", "127.0.0.1:1"], reads),
        (["build", roster, "--department", first["department"].split()[-1], "--jobs", "1", "--out", "out"], writes),
    )
    found = loaded([words for words, _ in allowed], tmp_path)
    assert [(words, heavy - may) for (words, may), heavy in zip(allowed, found, strict=True) if heavy - may] == []
