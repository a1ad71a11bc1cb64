"""`hrbook policy show` and `check`: what the policy says and where it has it from; what is doubtful in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrbook.commands._shared import DONE, INCOMPLETE, Talk, as_json, shared_command, this_day, this_fiscal_year

if TYPE_CHECKING:
    from hrbook.core.coverage import Proof, Sentence
    from hrbook.core.policy import Policy
    from hrbook.ingest.policy import PolicyText
    from hrbook.lint import Remark

year_of_edition = click.option("--year", type=click.IntRange(1950, 2200))


@shared_command
@click.argument("policy", required=False)
@year_of_edition
@click.option("--coverage", is_flag=True)
def show(talk: Talk, policy: str | None, year: int | None, coverage: bool) -> int:
    """Show a policy: every value with its clause, its status and where it comes from."""
    from hrbook.commands._policy_words import coverage_lines, policy_lines

    found, chosen = _chosen(policy, year)
    said = found.policy()
    others = _series(said)
    lines = coverage_lines(said, talk.labels) if coverage else policy_lines(said, others, found.source.name, chosen, talk.labels)
    for line in lines:
        click.echo(line)
    return DONE


@shared_command
@click.argument("policy", required=False)
@year_of_edition
@click.option("--text", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def check(talk: Talk, policy: str | None, year: int | None, text: Path | None, form: str) -> int:
    """List what is doubtful in a policy; prove its map against the city's document."""
    from hrbook.core.coverage import prove
    from hrbook.core.finding import Severity
    from hrbook.lint import lint
    from hrbook.resources import load_toml

    found, _ = _chosen(policy, year)
    said = found.policy()
    remarks = lint(said, _series(said), this_day())
    proof = None
    if text is not None:
        ends = load_toml("vocabulary.toml")["document"]["sentence_ends"]
        proof = prove(said.coverage.sentences, _read_text(text), ends)
    if form == "json":
        click.echo(as_json(_as_json(talk, found, remarks, proof)))
    else:
        for line in _lines(talk, found, said, remarks):
            click.echo(line)
        if proof is not None and text is not None:
            for line in _proved(talk, said, proof, text.name):
                click.echo(line)
        warnings = sum(remark.severity is Severity.WARNING for remark in remarks)
        talk.say("lint.totals", title=said.title, warnings=warnings, notes=len(remarks) - warnings)
    return INCOMPLETE if proof is not None and not proof.whole else DONE


def _chosen(policy: str | None, year: int | None) -> tuple[PolicyText, int]:
    from hrbook import judging
    from hrbook.ingest.editions import read_edition

    chosen = year if year is not None else this_fiscal_year()
    return read_edition(policy or judging.default_policy(), lambda: chosen), chosen


def _series(policy: Policy) -> list[Policy]:
    """The editions of the series, this one among them where it is a template."""
    from hrbook.ingest.editions import series_of
    from hrbook.ingest.policy import load_policy

    return [load_policy(name)[0] for name in series_of(policy.series)] if policy.series else []


def _read_text(path: Path) -> str:
    from hrbook.core.fault import Fault

    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Fault("policy_text_unreadable", file=str(path), found=str(error)) from error


def _lines(talk: Talk, found: PolicyText, policy: Policy, remarks: Sequence[Remark]) -> Iterator[str]:
    labels = talk.labels
    for remark in remarks:
        place, item, text = _said(talk, found, remark)
        if remark.read_as:
            yield labels("lint.known", code=remark.code, place=place, text=text, read_as=remark.read_as)
        else:
            yield labels("lint.line" if item else "lint.plain", code=remark.code, place=place, item=item, text=text)
    if policy.doubts:
        yield ""
        yield labels("lint.doubts", count=len(policy.doubts))
        for doubt in policy.doubts:
            yield labels("lint.doubt", place=policy.place(doubt.clause), text=doubt.text, read_as=doubt.read_as)


def _said(talk: Talk, found: PolicyText, remark: Remark) -> tuple[str, str, str]:
    """Place (the cell of a workbook, else that of the file), the entry's name, the words."""
    from hrbook.ingest.shape import Flaw

    flaw = Flaw(remark.loc, remark.code)
    place = (found.book.place(remark.loc) if found.book is not None else "") or flaw.place or found.source.name
    return place, flaw.item(found.raw), talk.labels(f"lint.{remark.code}", **remark.facts)


def _proved(talk: Talk, policy: Policy, proof: Proof, file: str) -> Iterator[str]:
    labels = talk.labels
    yield ""
    yield labels("policy.check.proof", rows=proof.rows, found=proof.found, file=file)
    for row in proof.missing:
        yield labels("policy.check.missing", place=policy.place(row.clause), number=row.number, gist=row.gist, file=file)
    for after, text in proof.unmapped:
        yield labels("policy.check.unmapped", place=_after(talk, policy, policy.coverage.sentences, after), text=text)
    if proof.whole:
        yield labels("policy.check.whole")


def _after(talk: Talk, policy: Policy, rows: Sequence[Sentence], number: int) -> str:
    if not number:
        return talk.labels("policy.check.start")
    row = rows[number - 1]
    return f"{policy.place(row.clause)} {row.number}"


def _as_json(talk: Talk, found: PolicyText, remarks: Sequence[Remark], proof: Proof | None) -> dict[str, Any]:
    listed = []
    for remark in remarks:
        place, item, text = _said(talk, found, remark)
        said = {"code": remark.code, "severity": remark.severity.value, "place": place, "item": item, "message": text}
        listed.append({**said, "read_as": remark.read_as})
    body: dict[str, Any] = {"policy": found.source.name, "findings": listed, "counts": dict(Counter(r.code for r in remarks))}
    if proof is not None:
        missing = [{"clause": row.clause, "number": row.number, "gist": row.gist} for row in proof.missing]
        unmapped = [{"after_row": after, "text": text} for after, text in proof.unmapped]
        body["map"] = {"rows": proof.rows, "found": proof.found, "missing": missing, "unmapped": unmapped}
    return body
