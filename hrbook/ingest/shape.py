"""Door for what people write as TOML: raw tables -> the core's frozen dataclasses, every wrong place named.

The validator is compiled with pydantic's core from the dataclasses' own annotations. Letting pydantic's TypeAdapter
read the same classes costs three times as much at every start, needs a mark on each of them to refuse unknown keys,
and takes true and "1" for 1; here scalars are strict, while tables and lists are taken as TOML gives them.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, ErrorDetails, SchemaValidator, ValidationError
from pydantic_core import core_schema as cs

T = TypeVar("T")
Loc = tuple[str | int, ...]

SCALARS: Mapping[type, CoreSchema] = {
    str: cs.str_schema(strict=True),
    int: cs.int_schema(strict=True),
    bool: cs.bool_schema(strict=True),
    date: cs.date_schema(strict=True),
}
NAMED_BY = ("id", "code", "title", "name")
KINDS = {
    "missing": "missing",
    "unexpected_keyword_argument": "unexpected",
    "string_type": "text",
    "int_type": "number",
    "bool_type": "truth",
    "date_type": "day",
    "tuple_type": "list",
    "dict_type": "table",
    "dataclass_type": "table",
    "enum": "one_of",
}
_validators: dict[type, SchemaValidator] = {}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One wrong place of a file; `kind` names the wording ("flaw.<kind>" in templates/labels)."""

    loc: Loc
    kind: str
    found: str = ""
    expected: str = ""
    at: str = ""  # the cell of a workbook, where the policy is one

    @property
    def place(self) -> str:
        """The cell, or the place as the file has it, such as training.courses[3].targets[0].ranks; lists count from 0."""
        if self.at:
            return self.at
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.loc)
        return path.removeprefix(".")

    def item(self, data: Any) -> str:
        """Id, code or name of the innermost entry of `data` around the place; empty where there is none."""
        found = ""
        for part in self.loc:
            try:
                data = data[part]
            except (KeyError, IndexError, TypeError):
                break
            named = [data.get(key) for key in NAMED_BY] if isinstance(data, dict) else []
            found = next((name for name in named if isinstance(name, str)), found)
        return found


def shaped(cls: type[T], data: Mapping[str, Any]) -> tuple[T | None, list[Flaw]]:
    """`data` as an instance of the dataclass `cls`, or None with every flaw of its shape, in the order of the fields.

    Unknown keys are flaws. An optional field that is absent is None, as TOML cannot write it.
    """
    try:
        return _validator(cls).validate_python(data), []
    except ValidationError as error:
        return None, [_flaw(entry) for entry in error.errors(include_url=False, include_context=True)]


def _validator(cls: type) -> SchemaValidator:
    if cls not in _validators:
        _validators[cls] = SchemaValidator(_schema(cls))
    return _validators[cls]


def _schema(annotation: Any) -> CoreSchema:
    """The strict schema of an annotation: scalar, StrEnum, dataclass, optional, homogeneous tuple, Mapping."""
    if annotation in SCALARS:
        return SCALARS[annotation]
    if is_dataclass(annotation) and isinstance(annotation, type):
        return _dataclass_schema(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return cs.enum_schema(annotation, list(annotation), sub_type="str")
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is tuple and args[1:] == (...,):
        return cs.tuple_variable_schema(_schema(args[0]))
    if origin is Mapping:
        return cs.dict_schema(_schema(args[0]), _schema(args[1]))
    if origin in (Union, types.UnionType) and args[1:] == (types.NoneType,):
        return cs.nullable_schema(_schema(args[0]))
    raise TypeError(f"no door for {annotation!r}")


def _dataclass_schema(cls: type) -> CoreSchema:
    hints = get_type_hints(cls)
    given = [entry for entry in fields(cls) if entry.init]
    schemas = []
    for entry in given:
        schema = _schema(hints[entry.name])
        if entry.default_factory is not MISSING:
            schema = cs.with_default_schema(schema, default_factory=entry.default_factory)
        elif entry.default is not MISSING or schema["type"] == "nullable":
            default = None if entry.default is MISSING else entry.default
            schema = cs.with_default_schema(schema, default=default)
        schemas.append(cs.dataclass_field(entry.name, schema))
    return cs.dataclass_schema(
        cls,
        cs.dataclass_args_schema(cls.__name__, schemas, extra_behavior="forbid"),
        [entry.name for entry in given],
        post_init=hasattr(cls, "__post_init__"),
        slots="__slots__" in cls.__dict__,
        frozen=True,
    )


def _flaw(entry: ErrorDetails) -> Flaw:
    kind = KINDS.get(entry["type"], "other")
    loc: Loc = entry["loc"]
    if kind == "missing":
        return Flaw(loc, kind)
    if kind == "unexpected":
        return Flaw(loc, kind, found=str(loc[-1]))
    if kind == "one_of":
        return Flaw(loc, kind, found=shown(entry["input"]), expected=str(entry["ctx"]["expected"]))
    found = f'"{shown(entry["input"])}"' if isinstance(entry["input"], str) else shown(entry["input"])
    return Flaw(loc, kind, found=found, expected=entry["msg"] if kind == "other" else "")


def shown(value: Any) -> str:
    """A raw value as a message shows it: text as it is, anything else as TOML would spell it, cut to 40 characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(str(key) for key in value) + " }"
    text = "[ " + ", ".join(shown(part) for part in value) + " ]" if isinstance(value, list) else str(value)
    return text if len(text) <= 40 else text[:39] + "\u2026"
