"""A pack back to the text of a TOML file that reads as the same pack."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from canteen_pos.domain.policy import (
    Base,
    Bundle,
    Effect,
    Frame,
    Give,
    Group,
    OfficialDays,
    Pack,
    Rounding,
    Rule,
    Version,
)
from canteen_pos.packs.tables import lines_table, when_table

Table = dict[str, Any]


def dump(pack: Pack) -> str:
    """TOML text of `pack`; `parse_pack(dump(pack)) == pack`."""
    head: Table = {
        "id": pack.id,
        "title": pack.title,
        "source": pack.source,
        "date": pack.dated,
        "sample": pack.sample,
        "invented": pack.invented,
    }
    if pack.notes:
        head["notes"] = pack.notes
    place = {
        name: getattr(pack.place, name) for name in ("city", "district", "town") if getattr(pack.place, name)
    }
    if place:
        head["place"] = place
    out = [_fields(head)]
    if pack.names:
        out.append("[names]\n" + _fields(dict(pack.names)))
    if pack.official_days != OfficialDays():
        days = pack.official_days
        calendar = {"years": days.years, "workdays": days.workdays, "days_off": days.days_off}
        out.append("[calendar]\n" + _fields({name: sorted(one) for name, one in calendar.items() if one}))
    for quota in pack.quotas:
        measure = (
            {"meals": quota.limit}
            if quota.limit is not None
            else {"amount_yuan": _yuan(quota.limit_fen or 0)}
        )
        short = {"short": quota.short} if quota.limit_fen is not None else {}
        out.append("[[quota]]\n" + _fields({"name": quota.name, "per": quota.per.value, **measure, **short}))
    for budget in pack.budgets:
        start = {} if budget.start_fen is None else {"start_yuan": _yuan(budget.start_fen)}
        out.append("[[budget]]\n" + _fields({"name": budget.name, "short": budget.short, **start}))
    for item in pack.items:
        if isinstance(item, Group):
            out.extend(_group(item, pack.id))
        elif isinstance(item, Bundle):
            out.extend(_bundle(item, pack.id, {}))
        else:
            out.append(_rule(item, pack.id, {}))
    return "\n".join(out)


def _group(group: Group, pack_id: str) -> list[str]:
    head: Table = {"id": group.id, "title": group.title, "order": group.order, "pick": group.pick}
    out = [_framed("group", head, group.frames, pack_id)]
    for option in group.options:
        if isinstance(option, Bundle):
            out.extend(_bundle(option, pack_id, {"group": group.id}))
        else:
            out.append(_rule(option, pack_id, {"group": group.id}))
    return out


def _bundle(bundle: Bundle, pack_id: str, parent: Table) -> list[str]:
    head: Table = {"id": bundle.id, "title": bundle.title, **parent, "order": bundle.order}
    out = [_framed("bundle", head, bundle.frames, pack_id)]
    out.extend(_rule(rule, pack_id, {"bundle": bundle.id}) for rule in bundle.rules)
    return out


def _framed(kind: str, head: Table, frames: Sequence[Frame], pack_id: str) -> str:
    """A bundle or group with its dates and conditions, in versions where there are several."""
    if len(frames) == 1:
        (only,) = frames
        return _with_when(f"[[{kind}]]", head | _frame(only), kind, when_table(only.when, pack_id))
    parts = [f"[[{kind}]]\n" + _fields(head)]
    for frame in frames:
        when = when_table(frame.when, pack_id)
        parts.append(_with_when(f"[[{kind}.versions]]", _frame(frame), f"{kind}.versions", when))
    return "".join(parts)


def _frame(frame: Frame) -> Table:
    table: Table = {"version": frame.name} if frame.name else {}
    table |= _dates(frame)
    if frame.cap_fen is not None:
        table["cap_yuan"] = _yuan(frame.cap_fen)
    return table


def _dates(one: Version | Frame) -> Table:
    table: Table = {}
    if one.since is not None:
        table["from"] = one.since
    if one.until is not None:
        table["until"] = one.until
    return table


def _rule(rule: Rule, pack_id: str, parent: Table) -> str:
    head: Table = {"id": rule.id, "title": rule.title, "fund": rule.fund, **parent, "order": rule.order}
    if len(rule.versions) == 1:
        (only,) = rule.versions
        when = when_table(only.when, pack_id)
        return _with_when("[[rule]]", head | _version(only), "rule", when)
    parts = ["[[rule]]\n" + _fields(head)]
    for version in rule.versions:
        when = when_table(version.when, pack_id)
        parts.append(_with_when("[[rule.versions]]", _version(version), "rule.versions", when))
    return "".join(parts)


def _version(version: Version) -> Table:
    table: Table = {"version": version.name, **_dates(version)}
    if lines := lines_table(version.lines):
        table["lines"] = lines
    if version.quotas:
        table["quotas"] = [quota.name for quota in version.quotas]
    if version.budgets:
        table["budgets"] = [budget.name for budget in version.budgets]
    table["effect"] = _effect(version.effect)
    return table


def _effect(effect: Effect) -> Table:
    table: Table = {"claim": effect.claim} if effect.claim else {}
    match effect.give:
        case Give.OFF:
            table["amount_yuan" if effect.claim else "off_yuan"] = _yuan(effect.fen)
        case Give.PERCENT:
            table["percent"] = Decimal(effect.rate) / 100
        case Give.PAYS:
            table["pays_yuan"] = _yuan(effect.fen)
        case Give.FREE:
            table["free"] = True
    table["per"] = effect.per.value
    if effect.give is Give.PERCENT or effect.base is not Base.LEFT:
        table["base"] = effect.base.value
    if effect.units:
        table["units"] = effect.units
    if effect.cap_fen is not None:
        table["cap_yuan"] = _yuan(effect.cap_fen)
    if effect.rounding != Rounding():
        table["rounding"] = {"mode": effect.rounding.mode, "to_yuan": _yuan(effect.rounding.to_fen)}
    return table


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _with_when(header: str, fields: Table, path: str, when: Table) -> str:
    body = f"{header}\n{_fields(fields)}"
    return body + (f"[{path}.when]\n{_fields(when)}" if when else "")


def _fields(fields: Mapping[str, Any]) -> str:
    return "".join(f"{_key(name)} = {_value(value)}\n" for name, value in fields.items())


def _key(name: str) -> str:
    plain = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if plain else _text(name)


def _text(text: str) -> str:
    # JSON's escapes are TOML's, but TOML also wants DEL escaped
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return (
            "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
            if value
            else "{}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
