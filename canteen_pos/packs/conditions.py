"""`when` and `lines` tables to conditions."""

from collections.abc import Callable
from typing import Any

from canteen_pos.domain.bill import Kind, Serving
from canteen_pos.domain.conditions import (
    ALWAYS,
    Age,
    AllOf,
    AnyOf,
    CareLevel,
    Categories,
    Condition,
    From,
    Has,
    Home,
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
from canteen_pos.domain.place import LEVELS, Level, Place
from canteen_pos.packs.form import HomeForm, LinesForm, PaidForm, PlaceForm, SpanForm, SpendForm, WhenForm


def lines(form: LinesForm | None) -> Lines:
    if form is None:
        return FOOD
    chosen = Lines(
        kinds=frozenset(Kind(kind) for kind in form.kinds),
        items=frozenset(form.items),
        categories=frozenset(form.categories),
        except_items=frozenset(form.except_items),
        except_categories=frozenset(form.except_categories),
    )
    return FOOD if chosen == FOOD else chosen


def place(form: PlaceForm) -> Place:
    return Place(form.city, form.district, form.town)


def condition(form: WhenForm | None, pack_id: str) -> Condition:
    """Everything in the table must hold. `pack_id` completes the ids of rules that 'paid' names."""
    if form is None:
        return ALWAYS
    parts: list[Condition] = []
    for name in form.given():
        value = getattr(form, name)
        if value is None:
            continue
        if name == "paid":
            parts.append(_paid(value, pack_id))
        elif name == "all_of":
            parts.append(_one_or_all([condition(inner, pack_id) for inner in value]))
        elif name == "any_of":
            parts.append(AnyOf(tuple(condition(inner, pack_id) for inner in value)))
        elif name == "not_":
            parts.append(Not(condition(value, pack_id)))
        elif name == "site":
            parts.extend(SiteFact(fact, wanted) for fact, wanted in sorted(value.items()))
        else:
            parts.append(_SIMPLE[name](value))
    return _one_or_all(parts)


def _one_or_all(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _home(home: Home) -> Callable[[HomeForm], Condition]:
    def build(form: HomeForm) -> Condition:
        named = place(form) if form.city else None
        deepest: Level = next((level for level in reversed(LEVELS) if getattr(form, level)), "city")
        return From(home, form.level or deepest, named)

    return build


def _span(form: SpanForm) -> CareLevel:
    return CareLevel(form.at_least or 0, form.at_most)


def _spend(form: SpendForm) -> Spend:
    counted = lines(form.lines) if form.lines is not None else FOOD_AND_FEES if form.fees else FOOD
    above = form.more_than_yuan is not None
    fen = form.more_than_yuan if form.more_than_yuan is not None else form.at_least_yuan
    return Spend(fen or 0, counted, above, form.base)


def _paid(form: PaidForm, pack_id: str) -> Paid:
    return Paid(tuple(rule if "/" in rule else f"{pack_id}/{rule}" for rule in form.rules), tuple(form.funds))


_SIMPLE: dict[str, Callable[[Any], Condition]] = {
    "serving": lambda names: ServedAs(tuple(Serving(name) for name in names)),
    "periods": lambda codes: Periods(tuple(codes)),
    "weekdays": lambda days: Weekdays(tuple(days)),
    "workday": Workday,
    "identified": Identified,
    "in_institution": InInstitution,
    "hukou": _home("hukou"),
    "residence": _home("residence"),
    "age": lambda form: Age(form.at_least, form.at_most),
    "categories": lambda codes: Categories(tuple(codes)),
    "categories_all": lambda codes: Categories(tuple(codes), every=True),
    "permits": lambda codes: Permits(tuple(codes)),
    "care_level": _span,
    "has": lambda form: Has(lines(form), form.units),
    "spend": _spend,
}
