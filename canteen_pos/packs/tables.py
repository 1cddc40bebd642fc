"""Conditions back to `when` and `lines` tables."""

from decimal import Decimal
from typing import Any

from canteen_pos.domain.bill import Kind
from canteen_pos.domain.conditions import (
    Age,
    AllOf,
    AnyOf,
    CareLevel,
    Categories,
    Condition,
    From,
    Has,
    Identified,
    InInstitution,
    Not,
    Paid,
    Periods,
    Permits,
    ServedAs,
    SiteFact,
    Spend,
    Weekdays,
    Workday,
)
from canteen_pos.domain.lines import FOOD, FOOD_AND_FEES, Lines
from canteen_pos.domain.place import LEVELS, Place
from canteen_pos.packs.form import WhenForm


def lines_table(chosen: Lines) -> dict[str, Any]:
    """The `lines` table; {} for food."""
    table: dict[str, Any] = {}
    if chosen.kinds != FOOD.kinds:
        table["kinds"] = [kind.value for kind in Kind if kind in chosen.kinds]
    for name in ("items", "categories", "except_items", "except_categories"):
        if getattr(chosen, name):
            table[name] = sorted(getattr(chosen, name))
    return table


def when_table(asked: Condition, pack_id: str) -> dict[str, Any]:
    """The `when` table that reads as `asked`; {} when it always holds."""
    if not isinstance(asked, AllOf):
        return _entry(asked, pack_id)
    table: dict[str, Any] = {}
    for part in asked.parts:
        for name, value in _entry(part, pack_id).items():
            if name == "site" and "site" in table and not value.keys() & table["site"].keys():
                table["site"] |= value
            elif name in table:
                return _listed(asked, pack_id)
            else:
                table[name] = value
    # a table is read in the form's order; another order of reasons must be kept by a list
    known = [info.alias or name for name, info in WhenForm.model_fields.items()]
    in_order = list(table) == [name for name in known if name in table]
    facts = list(table.get("site", {}))
    return table if in_order and facts == sorted(facts) else _listed(asked, pack_id)


def _listed(asked: AllOf, pack_id: str) -> dict[str, Any]:
    return {"all_of": [when_table(part, pack_id) for part in asked.parts]}


def _entry(asked: Condition, pack_id: str) -> dict[str, Any]:
    """One condition as the field of a `when` table."""
    match asked:
        case AllOf():
            return _listed(asked, pack_id)
        case AnyOf(parts):
            return {"any_of": [when_table(part, pack_id) for part in parts]}
        case Not(part):
            return {"not": when_table(part, pack_id)}
        case From(home, level, named):
            return {home: level if named is None else {"level": level, **_place_table(named)}}
        case Spend():
            return {"spend": _spend_table(asked)}
        case Has(counted, units):
            return {"has": lines_table(counted) | {"units": units}}
        case Paid(rules, funds):
            ids = [rule.removeprefix(f"{pack_id}/") for rule in rules]
            return {"paid": {name: list(one) for name, one in (("rules", ids), ("funds", funds)) if one}}
    return _simple_entry(asked)


def _simple_entry(asked: Condition) -> dict[str, Any]:
    match asked:
        case Age(at_least, at_most):
            return {"age": _bounds(at_least, at_most)}
        case CareLevel(at_least, at_most):
            return {"care_level": _bounds(at_least, at_most)}
        case Categories(codes, every):
            return {"categories_all" if every else "categories": list(codes)}
        case Permits(codes):
            return {"permits": list(codes)}
        case ServedAs(servings):
            return {"serving": [serving.value for serving in servings]}
        case Periods(codes):
            return {"periods": list(codes)}
        case Weekdays(days):
            return {"weekdays": list(days)}
        case SiteFact(name, value):
            return {"site": {name: value}}
    return _yes_or_no_entry(asked)


def _yes_or_no_entry(asked: Condition) -> dict[str, Any]:
    match asked:
        case Workday(wanted):
            return {"workday": wanted}
        case Identified(wanted):
            return {"identified": wanted}
        case InInstitution(wanted):
            return {"in_institution": wanted}
    raise AssertionError(f"no table for {asked!r}")


def _bounds(at_least: int | None, at_most: int | None) -> dict[str, int]:
    return {name: one for name, one in (("at_least", at_least), ("at_most", at_most)) if one is not None}


def _place_table(named: Place) -> dict[str, str]:
    return {level: getattr(named, level) for level in LEVELS if getattr(named, level)}


def _spend_table(asked: Spend) -> dict[str, Any]:
    bound = "more_than_yuan" if asked.above else "at_least_yuan"
    table: dict[str, Any] = {bound: Decimal(asked.fen).scaleb(-2), "base": asked.base}
    if asked.lines == FOOD_AND_FEES:
        table["fees"] = True
    elif asked.lines != FOOD:
        table["lines"] = lines_table(asked.lines)
    return table
