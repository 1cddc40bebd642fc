"""What is wrong with a pack or a case file: codes and facts for `wording.faults`, with file, rule and field."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from canteen_pos.domain.errors import Fault, Place, Refusal
from canteen_pos.wording.faults import faults


class PackError(Refusal):
    """A pack, a folder of packs or a case file cannot be used. Code 'pack.invalid' or 'case.invalid'.

    `problems`, also in `facts`, are the mistakes; as text they are English.
    """

    def __init__(self, problems: Iterable[Fault], code: str = "pack.invalid") -> None:
        self.problems = tuple(problems)
        super().__init__(code, {"problems": self.problems})

    def __str__(self) -> str:
        return faults(self.problems, "en")


def wrong(code: str, **facts: Any) -> PydanticCustomError:
    """What a check of one field or table raises: a code of `wording.faults` with its facts."""
    return PydanticCustomError(code, "{code}", {"code": code, **facts})


def found_by_pydantic(
    error: ValidationError, file: str, raw: Mapping[str, Any], model: type[BaseModel], start: Place = ()
) -> list[Fault]:
    """Faults for every field pydantic refused. `raw` is what was read, to name rules by their ids; `start` names
    what `raw` is when it is a part of the file.
    """
    found = []
    for one in error.errors(include_url=False):
        place, field = _place(one["loc"], raw)
        code, facts = _what(one, model)
        found.append(Fault(file, (*start, *place), field, code, facts))
    return found


def _place(loc: Sequence[int | str], raw: Any) -> tuple[Place, str]:
    """((('rule', 'city'),), 'effect.percent') of pydantic's path ('rule', 0, 'effect', 'percent')."""
    place: list[tuple[str, str | int]] = []
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
            place.append((_SINGULAR.get(key, key), str(name) if name else following + 1))
            position += 2
            continue
        field.append(f"[{key}]" if isinstance(key, int) else f".{key}")
        position += 1
    return tuple(place), "".join(field).lstrip(".")


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


def _what(error: Any, model: type[BaseModel]) -> tuple[str, dict[str, Any]]:
    kind, context, found = error["type"], error.get("ctx", {}), shown(error["input"])
    if "code" in context:
        return kind, {name: fact for name, fact in context.items() if name != "code"}
    if kind == "extra_forbidden":
        return _unknown_field(error["loc"], model)
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context["expected"]))
        return "choice", {"choices": words or [True], "found": found}
    if kind == "list_type" and isinstance(error["input"], Mapping) and error["loc"][-1] in _NAMED_BY:
        return "many_tables", {"name": error["loc"][-1]}
    if kind in _BOUNDS:
        return _BOUNDS[kind], {"bound": next(iter(context.values())), "found": found}
    if kind in _PLAIN:
        return _PLAIN[kind], {"found": found}
    return "other", {"why": error["msg"]}


_BOUNDS = {
    "greater_than_equal": "at_least",
    "less_than_equal": "at_most",
    "greater_than": "more_than",
    "less_than": "less_than",
}
_PLAIN = {
    "missing": "missing",
    "too_short": "empty",
    "string_too_short": "empty",
    "string_pattern_mismatch": "name",
    "string_type": "text",
    "int_type": "whole",
    "int_from_float": "whole",
    "bool_type": "yes_no",
    "date_type": "date",
    "list_type": "list",
    "dict_type": "table",
    "model_type": "inline_table",
    "model_attributes_type": "inline_table",
}
"""Pydantic's kinds of error -> ours."""


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


def _unknown_field(loc: Sequence[int | str], model: type[BaseModel]) -> tuple[str, dict[str, Any]]:
    fields = _fields_at(loc[:-1], model)
    close = difflib.get_close_matches(str(loc[-1]), fields, 1)
    if close:
        return "unknown_like", {"close": close[0]}
    return ("unknown_known", {"known": fields}) if fields else ("unknown", {})


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
