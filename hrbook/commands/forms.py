"""`hrbook forms`: the city's own forms: whether they can be filled, which fields there are, and examples."""

from __future__ import annotations

from pathlib import Path

import click

from hrbook.commands._shared import DONE, Talk, shared_command


@shared_command
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--examples", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--fields", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--force", is_flag=True)
def command(talk: Talk, files: tuple[Path, ...], examples: Path | None, fields: Path | None, force: bool) -> int:
    """Look at the city's own forms (templates/forms, or FILES): what they make, and what cannot be carried over."""
    made: dict[Path, bytes] = {}
    if examples is not None:
        made |= {examples / name: data for name, data in _examples(talk).items()}
    if fields is not None:
        made[fields] = _fields(talk)
    if made:
        _write(talk, made, force)
    else:
        _look(talk, files)
    return DONE


def _look(talk: Talk, files: tuple[Path, ...]) -> None:
    from hrbook.commands._report import line
    from hrbook.forms.books import load_forms
    from hrbook.forms.catalogue import load_catalogue
    from hrbook.forms.template import load_form
    from hrbook.safe.preflight import preflight

    language = talk.labels.language
    if files:
        forms = tuple(load_form(path.name, preflight(path), load_catalogue(), language) for path in files)
    else:
        forms = load_forms(language)
    for form in forms:
        kind = talk.labels(f"forms.kind.{form.kind.value}")
        click.echo(talk.labels("forms.command.good", file=form.file, kind=kind, slots=len(form.slots)))
        for finding in form.findings:
            click.echo(f"  {line(talk, finding)}")
    if not forms:
        talk.say("forms.command.none")


def _examples(talk: Talk) -> dict[str, bytes]:
    from hrbook.excel.writer import render
    from hrbook.forms.catalogue import load_catalogue
    from hrbook.forms.examples import examples

    return {book.path: render(book) for book in examples(talk.labels, load_catalogue())}


def _fields(talk: Talk) -> bytes:
    from hrbook.excel.plain import write_tables
    from hrbook.forms.catalogue import load_catalogue
    from hrbook.forms.listing import listing

    table = listing(talk.labels, load_catalogue())
    return write_tables((table,), table.name, table.note)


def _write(talk: Talk, made: dict[Path, bytes], force: bool) -> None:
    from hrbook.core.fault import Fault
    from hrbook.guard.stage import write_file

    for target in made:
        if target.exists() and not force:
            raise Fault("file_exists", usage=True, file=str(target))
    for target, data in made.items():
        write_file(target, data)
        talk.say("forms.command.written", file=str(target))
    talk.say("forms.command.next")
