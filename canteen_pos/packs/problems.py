"""What is wrong with a pack or a case file, in sentences a technician can act on: file, rule, field, what."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from canteen_pos.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Problem:
    """`where` names the rule, group, case ... ('' for the file itself), `field` the field in it."""

    file: str
    where: str
    field: str
    what: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.where, f"field {self.field}" if self.field else "") if part)
        return f"{self.file}: {place}: {self.what}" if place else f"{self.file}: {self.what}"


class PackError(Refusal):
    """A pack, a folder of packs or a case file cannot be used. Code 'pack.invalid' or 'case.invalid'.

    `facts['problems']` are the sentences; `problems` the same in parts.
    """

    def __init__(self, problems: Sequence[Problem], code: str = "pack.invalid") -> None:
        self.problems = tuple(problems)
        super().__init__(code, {"problems": [str(problem) for problem in problems]})

    def __str__(self) -> str:
        return "\n".join(self.facts["problems"])


def found_by_pydantic(
    error: ValidationError, file: str, raw: Mapping[str, Any], model: type[BaseModel], start: str = ""
) -> list[Problem]:
    """Problems for every field pydantic refused. `raw` is what was read, to name rules by their ids; `start` names
    what `raw` is when it is a part of the file.
    """
    problems = []
    for one in error.errors(include_url=False):
        where, field = _place(one["loc"], raw)
        where = ", ".join(part for part in (start, where) if part)
        problems.append(Problem(file, where, field, _sentence(one, model)))
    return problems


def _place(loc: Sequence[int | str], raw: Any) -> tuple[str, str]:
    """('rule "city"', 'effect.percent') of pydantic's path ('rule', 0, 'effect', 'percent')."""
    where: list[str] = []
    field: list[str] = []
    position = 0
    at = raw
    while position < len(loc):
        key = loc[position]
        following = loc[position + 1] if position + 1 < len(loc) else None
        at = _inside(at, key)
        if isinstance(key, str) and isinstance(following, int) and not field and key in _NAMED_BY:
            at = _inside(at, following)
            name = at.get(_NAMED_BY[key]) if isinstance(at, Mapping) else None
            where.append(
                f'{_SINGULAR.get(key, key)} "{name}"'
                if name
                else f"{_SINGULAR.get(key, key)} number {following + 1}"
            )
            position += 2
            continue
        field.append(f"[{key}]" if isinstance(key, int) else f".{key}")
        position += 1
    return ", ".join(where), "".join(field).lstrip(".")


_NAMED_BY = {
    "rule": "id",
    "group": "id",
    "bundle": "id",
    "quota": "name",
    "budget": "name",
    "versions": "version",
}
_SINGULAR = {"versions": "version"}


def _inside(at: Any, key: int | str) -> Any:
    try:
        return at[key]
    except (KeyError, IndexError, TypeError):
        return None


def _sentence(error: Any, model: type[BaseModel]) -> str:
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(error["loc"], model)
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        expected = str(context["expected"]).replace("True", "true")
        return f"must be {expected}, not {shown(given)}"
    if kind == "list_type" and isinstance(given, Mapping) and error["loc"][-1] in _NAMED_BY:
        return f"is a table that may come several times: write [[{error['loc'][-1]}]]"
    if kind in _BOUNDS:
        return f"must be {_BOUNDS[kind]} {next(iter(context.values()))}, not {shown(given)}"
    if kind in _TYPES:
        return f"must be {_TYPES[kind]}, not {shown(given)}"
    if kind in ("too_short", "string_too_short"):
        return "must not be empty"
    if kind == "string_pattern_mismatch":
        return f"must be small letters, digits, '-', '_' or '.', beginning with a letter, not {shown(given)}"
    message: str = error["msg"]
    return message.removeprefix("Value error, ")


_BOUNDS = {
    "greater_than_equal": "at least",
    "less_than_equal": "at most",
    "greater_than": "more than",
    "less_than": "less than",
}
_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date such as 2025-02-01 without quotes",
    "list_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table in { }",
    "model_attributes_type": "a table in { }",
}


def shown(given: Any) -> str:
    """A value as it stands in the file."""
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, str):
        return f'"{given}"'
    if isinstance(given, Mapping):
        return "a table"
    if isinstance(given, list):
        return "a list"
    return str(given)


def _unknown_field(loc: Sequence[int | str], model: type[BaseModel]) -> str:
    fields = _fields_at(loc[:-1], model)
    wrong = str(loc[-1])
    close = difflib.get_close_matches(wrong, fields, 1)
    hint = f'; did you mean "{close[0]}"?' if close else ""
    known = f"; known here: {', '.join(fields)}" if fields and not close else ""
    return f"unknown field{hint}{known}"


def _fields_at(loc: Sequence[int | str], model: type[BaseModel]) -> list[str]:
    """Names of the fields a table at `loc` may have."""
    at: type[BaseModel] = model
    for key in loc:
        if isinstance(key, int):
            continue
        info = next((one for name, one in at.model_fields.items() if key in (name, one.alias)), None)
        inner = _model_in(info.annotation) if info else None
        if inner is None:
            return []
        at = inner
    return [info.alias or name for name, info in at.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
