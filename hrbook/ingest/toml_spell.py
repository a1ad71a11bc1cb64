"""How TOML spells keys and values (TOML 1.0), for what is written into a text that people keep."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any


def written(value: Any) -> str:
    """A value as TOML spells it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return '"' + "".join(map(_letter, value)) + '"'
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_of(key)} = {written(part)}" for key, part in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return "[" + ", ".join(written(part) for part in value) + "]"


def key_of(key: str) -> str:
    """A key as TOML spells it."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else written(key)


def _letter(char: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return escapes.get(char) or (char if char.isprintable() or char in "\u3000\ufeff" else f"\\u{ord(char):04X}")
