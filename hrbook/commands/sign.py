"""`hrbook sign`: a signature under the record of a finished run, and the key for it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from hrbook.commands._shared import DONE, Talk, shared_command
from hrbook.core.fault import Fault

PASSPHRASE_VARIABLE = "HRBOOK_KEY_PASSPHRASE"


@shared_command
@click.argument("run", required=False, type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), required=True, metavar="FILE")
@click.option("--new-key", is_flag=True)
@click.option("--protect", is_flag=True)
def command(talk: Talk, run: Path | None, key: Path, new_key: bool, protect: bool) -> int:
    """Sign the record (manifest.json) of a finished RUN with an Ed25519 key; or make a key."""
    from hrbook.guard import signature
    from hrbook.guard.record import read_record
    from hrbook.guard.stage import write_file

    if run is None and not new_key:
        raise Fault("nothing_to_sign", usage=True)
    record = read_record(run) if run is not None else None
    if new_key:
        passphrase = _passphrase(talk, confirm=True) if protect else os.environ.get(PASSPHRASE_VARIABLE, "")
        public = signature.new_key(key, passphrase)
        talk.say("sign.new_key", key=str(key), public=str(public))
    if record is not None and run is not None:
        passphrase = _passphrase(talk, confirm=False) if signature.is_protected(key) else ""
        write_file(run / signature.SIGNATURE, signature.sign(record.data, key, passphrase))
        talk.say("sign.signed", file=str(run / signature.SIGNATURE), sha256=record.sha256)
    return DONE


def _passphrase(talk: Talk, *, confirm: bool) -> str:
    """From the environment where nobody can be asked, else typed unseen."""
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is not None:
        return given
    typed: str = click.prompt(talk.labels("sign.passphrase"), hide_input=True, confirmation_prompt=confirm, err=True)
    return typed
