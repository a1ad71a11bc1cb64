"""`hrbook policy`: the rules themselves, for HR to see, check, edit in a spreadsheet, and weigh before a change."""

from __future__ import annotations

import click

from hrbook.commands._house import HouseGroup
from hrbook.commands._policy_compare import diff, impact
from hrbook.commands._policy_edit import export, import_
from hrbook.commands._policy_look import check, show


@click.group(cls=HouseGroup)
def command() -> None:
    """Show, check, export, import and compare policies."""


for _name, _part in (
    ("show", show),
    ("check", check),
    ("export", export),
    ("import", import_),
    ("diff", diff),
    ("impact", impact),
):
    command.add_command(_part, _name)
