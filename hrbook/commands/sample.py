"""`hrbook sample`: an invented city to try everything on."""

from __future__ import annotations

from pathlib import Path

import click

from hrbook.commands._shared import DONE, Talk, shared_command


@shared_command
@click.option("--staff", type=click.IntRange(20, 200_000), default=1100)
@click.option("--seed", type=int, default=2026)
@click.option("--year", type=click.IntRange(2020, 2026))
@click.option("--out", type=click.Path(path_type=Path), default=Path("input"))
@click.option("--force", is_flag=True)
def command(talk: Talk, staff: int, seed: int, year: int | None, out: Path, force: bool) -> int:
    """Write roster.xlsx and settings.xlsx of an invented city."""
    from hrbook.core.fault import Fault
    from hrbook.excel.plain import write_tables
    from hrbook.guard.stage import write_file
    from hrbook.resources import load_toml
    from hrbook.sample import build_city

    targets = (out / "roster.xlsx", out / "settings.xlsx")
    for target in targets:
        if target.exists() and not force:
            raise Fault("file_exists", usage=True, file=str(target))
    city = build_city(staff, seed, data=load_toml("sample.toml"), year=year)
    for target, tables, name in zip(targets, (city.roster, city.settings), ("roster", "settings"), strict=True):
        title = talk.labels(f"sample.{name}_title", staff=staff, seed=seed)
        write_file(target, write_tables(tables, title, talk.labels("sample.note", staff=staff, seed=seed)))
        talk.say("sample.written", file=str(target))
    talk.say("sample.next", folder=str(out))
    return DONE
