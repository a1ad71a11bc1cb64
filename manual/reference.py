"""The reference as Markdown, made from the data dictionaries, the catalogue of findings and the commands themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click

from hrbook.cli import main
from hrbook.commands._house import about, meaning
from hrbook.commands._language import speak
from hrbook.ingest.codes import REPAIRS
from hrbook.resources import load_toml
from hrbook.words import Labels, load_labels

Page = Callable[[Labels], str]


def roster(labels: Labels) -> str:
    """Every sheet and field of the roster."""
    return _page(labels, "roster", _dictionary(labels, "roster.toml"))


def settings(labels: Labels) -> str:
    """Every sheet and item of the settings."""
    tail = "" if labels.language == "ja" else "_en"
    rows = [
        (f"`{item['key']}`", item[f"name{tail}"], labels(f"manual.kind.{item['kind']}"), item[f"why{tail}"])
        for item in load_toml("settings.toml")["setting"]
    ]
    items = [f"## {labels('manual.items')}", "", *_table(_heads(labels, "key", "item", "how", "why"), rows), ""]
    return _page(labels, "settings", [*_dictionary(labels, "settings.toml"), *items])


def policy(labels: Labels) -> str:
    """Every key of a policy, with the sheet of the policy's workbook on which it stands. Its words are Japanese."""
    lines: list[str] = []
    own, must = labels("manual.own_key"), labels("blank.must")
    for sheet in load_toml("policy_book.toml")["sheet"]:
        place = ".".join(part for part in (sheet.get("path", ""), sheet.get("child", "")) if part)
        lines += [f"## {sheet['name']}", "", f"`{place or '/'}`", "", sheet["why"], ""]
        rows = [
            (f"`{field['key'] or own}`", field["header"], must if field.get("required") else "", field["why"])
            for field in sheet["field"]
        ]
        lines += [*_table(_heads(labels, "key", "heading", "required", "why"), rows), ""]
    return _page(labels, "policy", lines)


def findings(labels: Labels) -> str:
    """Every code with its cause and its remedy: of rosters, of the lint of policies; then what ends a command."""
    lines: list[str] = [labels("manual.findings_told"), ""]
    catalogue = load_toml("findings.toml")
    for code, entry in sorted(catalogue.items()):
        said = {part: _plain(entry[part][labels.language]) for part in ("title", "message", "remedy")}
        severity = labels(f"marked.{entry['severity']}")
        lines += [f"### {code} {said['title']} {{ #{code.lower()} }}", "", f"**{severity}**", ""]
        lines += [f"- {labels('manual.cause')}{said['message']}", f"- {labels('manual.remedy')}{said['remedy']}"]
        if code in REPAIRS:
            lines.append(f"- {labels('manual.repair', code=code)}")
        lines.append("")
    lines += [f"## {labels('manual.lint')}", ""]
    words = labels.keys()
    for key in words:
        if key.startswith("lint.HR"):
            code = key.removeprefix("lint.")
            lines += [f"### {code} {{ #{code.lower()} }}", "", _plain(labels(key)), ""]
    lines += [f"## {labels('manual.faults')}", "", labels("manual.faults_told"), ""]
    lines += [f"- {_plain(labels(key))}" for key in words if key.startswith("fault.")]
    return _page(labels, "findings", lines)


def commands(labels: Labels) -> str:
    """Every command with all its arguments and options."""
    speak(labels.language)
    lines: list[str] = []
    for path, command in walk():
        lines += [f"## {' '.join(('hrbook', *path))}", "", about(path).replace("\n\n", " "), ""]
        rows = []
        for param in command.params:
            name = str(param.human_readable_name) if isinstance(param, click.Argument) else ", ".join(param.opts)
            rows.append((f"`{name}`", meaning(path, str(param.name))))
        lines += [*_table(_heads(labels, "option", "why"), rows), ""] if rows else []
    return _page(labels, "commands", lines)


def walk(command: click.Command = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that lead to it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from walk(found, (*path, name))


PAGES: dict[str, Page] = {"roster": roster, "settings": settings, "policy": policy, "findings": findings, "commands": commands}


def made() -> dict[str, str]:
    """Every generated page by its place in the site, Japanese and English."""
    pages: dict[str, str] = {}
    for language, folder in (("ja", "reference"), ("en", "en/reference")):
        labels = load_labels(language)
        pages |= {f"{folder}/{name}.md": page(labels) for name, page in PAGES.items() if (language, name) != ("en", "policy")}
    return pages


def _dictionary(labels: Labels, file: str) -> list[str]:
    tail = "" if labels.language == "ja" else "_en"
    lines: list[str] = []
    for sheet in load_toml(file)["sheet"]:
        must = labels("blank.sheet.required" if sheet.get("required") else "blank.sheet.optional")
        lines += [f"## {sheet['name']}{must}", "", sheet[f"why{tail}"], ""]
        rows = [
            (
                field["header"],
                labels("blank.must") if field.get("required") else "",
                labels(f"blank.kind.{field['kind']}"),
                field["example"],
                field[f"why{tail}"],
                labels("list.separator").join(field.get("accept", ())),
            )
            for field in sheet["field"]
        ]
        heads = [labels(f"blank.head.{head}") for head in ("header", "required", "how", "example", "why", "accepts")]
        lines += [*_table(heads, rows), ""]
    return lines


def _page(labels: Labels, name: str, lines: Sequence[str]) -> str:
    return "\n".join([f"# {labels(f'manual.page.{name}')}", "", labels("manual.generated"), "", *lines]) + "\n"


def _heads(labels: Labels, *names: str) -> list[str]:
    return [labels(f"manual.head.{name}") for name in names]


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return lines + ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]


def _cell(value: Any) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def _plain(text: str) -> str:
    """A sentence with its places shown as such, not taken for marks of the page."""
    return text.replace("{", "\u2039").replace("}", "\u203a").replace("<", "&lt;").replace("\n", " ")
