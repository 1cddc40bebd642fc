"""The canteen's dishes: added, changed, retired, priced from a day on. What was sold keeps its name and price.

Changing anything needs 'manage_menu'; a cashier may with a manager's PIN.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from canteen_pos.domain import typed
from canteen_pos.domain.dishes import Dish, DishForm, DishPrice
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.menu import Choice, NewDish, search
from canteen_pos.services import audit, pictures, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.initials import initials
from canteen_pos.services.rights import check
from canteen_pos.storage import dishes as rows
from canteen_pos.storage import menus as menu_rows
from canteen_pos.storage.engine import Conflict, Connection, guarded

__all__ = ["Dish", "DishForm", "DishPrice", "every", "find"]


def every(desk: Desk, day: date | None = None) -> tuple[Dish, ...]:
    """All dishes in menu order, retired ones too, priced as on `day` (today)."""
    with desk.db.read() as conn:
        return rows.every(conn, day or desk.clock.now().date())


def find(desk: Desk, text: str = "", *, active: bool = True) -> tuple[Dish, ...]:
    """Dishes that are served (or only the retired ones) that `text` may mean; all of them for ''."""
    wanted = tuple(dish for dish in every(desk) if dish.active == active)
    if not text.strip():
        return wanted
    by_name = search(wanted, text)
    of_category = (dish for dish in wanted if text.strip() in dish.category and dish not in by_name)
    return (*by_name, *of_category)


def load(desk: Desk, dish_id: int) -> Dish:
    """Refusal 'dish.unknown'."""
    with desk.db.read() as conn:
        return _one(conn, desk, dish_id)


def categories(desk: Desk) -> tuple[str, ...]:
    """Names in use, for the form to offer."""
    with desk.db.read() as conn:
        return tuple(rows.categories(conn))


def prices(desk: Desk, dish_id: int) -> tuple[DishPrice, ...]:
    """The dated prices, oldest first."""
    with desk.db.read() as conn:
        return rows.prices(conn, dish_id)


def create(
    desk: Desk,
    actor: Actor,
    form: DishForm,
    price_fen: int,
    half_fen: int | None = None,
    *,
    picture: Path | str = "",
    periods: tuple[str, ...] = (),
) -> Dish:
    """A new dish; with `periods` it is on those menus from today on, else it waits for the planner. Needs 'manage_menu'.

    Refusals: those of `edit` and `set_price`, 'dish.unknown_period'.
    """
    check(actor, "manage_menu")
    form = _checked(form)
    _check_price(price_fen, half_fen)
    known = [period.code for period in settings_store.load(desk).periods]
    for period in periods:
        if period not in known:
            raise refuse("dish.unknown_period", name=form.name, period=period)
    today = desk.clock.now().date()
    jpeg = pictures.look(picture)
    with desk.db.write() as conn:
        _check_code(conn, form)
        newcomer = _newcomer(form, price_fen, half_fen)
        try:
            with guarded():  # another place may have taken the code just now
                dish_id = menu_rows.add_dish(
                    conn, newcomer, form.initials, rows.last_sort(conn, form.category)
                )
        except Conflict:
            raise refuse("dish.code_taken", dish_code=form.code, name="") from None
        rows.change(conn, dish_id, form)
        rows.set_picture(conn, dish_id, pictures.keep(conn, desk, jpeg))
        for period in periods:
            menu_rows.own_rows(conn, today, period)
            menu_rows.plan(conn, today, period, [(dish_id, None)])
        audit.log(conn, desk, actor, "dish_added", dish=form.name, code=form.code, price_fen=price_fen)
        return _one(conn, desk, dish_id)


def edit(
    desk: Desk,
    actor: Actor,
    dish_id: int,
    form: DishForm,
    *,
    price: DishPrice | None = None,
    picture: Path | str | None = None,
) -> Dish:
    """Change what a dish is, its price from a day on and its picture ('' takes it away), all or nothing.

    Needs 'manage_menu'. Refusals: 'dish.no_name', 'dish.no_code', 'dish.no_category', 'dish.code_taken' (dish_code, name),
    'dish.initials', 'dish.weighed_grams', 'dish.choice_empty' (choice), 'dish.choice_twice' (choice),
    'dish.cost_negative', 'dish.kind_fixed' (name), 'dish.unknown'; those of `set_price`, and of pictures.
    """
    check(actor, "manage_menu")
    form = _checked(form)
    if price is not None:
        _check_dated(desk, price)
    jpeg = pictures.look(picture or "")
    with desk.db.write() as conn:
        before = _one(conn, desk, dish_id)
        _check_code(conn, form, dish_id)
        if form.kind != before.form.kind and rows.was_sold(conn, dish_id):
            raise refuse("dish.kind_fixed", name=before.name)
        if form != before.form:
            rows.change(conn, dish_id, form)
            audit.log(conn, desk, actor, "dish_changed", dish=form.name, **_differences(before.form, form))
        if picture is not None:
            rows.set_picture(conn, dish_id, pictures.keep(conn, desk, jpeg))
            pictures.drop(conn, before.picture)
        if price is not None:
            _put_price(conn, desk, actor, before, price)
        return _one(conn, desk, dish_id)


def set_price(desk: Desk, actor: Actor, dish_id: int, price: DishPrice) -> Dish:
    """What the dish costs from a day on, in every meal that has no price of its own. Needs 'manage_menu'.

    Refusal 'price.negative', 'price.half_over_whole', 'price.backdated' (today), 'dish.unknown'.
    """
    check(actor, "manage_menu")
    _check_dated(desk, price)
    with desk.db.write() as conn:
        _put_price(conn, desk, actor, _one(conn, desk, dish_id), price)
        return _one(conn, desk, dish_id)


def drop_price(desk: Desk, actor: Actor, dish_id: int, valid_from: date) -> Dish:
    """Take back a price that is not in force yet. Needs 'manage_menu'.

    Refusal 'price.in_force' (day), 'price.unknown' (day), 'dish.unknown'.
    """
    check(actor, "manage_menu")
    if valid_from <= desk.clock.now().date():
        raise refuse("price.in_force", day=valid_from)
    with desk.db.write() as conn:
        dish = _one(conn, desk, dish_id)
        if not rows.drop_price(conn, dish_id, valid_from):
            raise refuse("price.unknown", day=valid_from)
        audit.log(conn, desk, actor, "dish_price_dropped", dish=dish.name, valid_from=valid_from.isoformat())
        return _one(conn, desk, dish_id)


def retire(desk: Desk, actor: Actor, dish_id: int, *, back: bool = False) -> Dish:
    """Serve a dish no more: it leaves every menu, what was sold stays. `back` puts it where it was.

    Needs 'manage_menu'. Refusal 'dish.unknown'.
    """
    check(actor, "manage_menu")
    with desk.db.write() as conn:
        dish = _one(conn, desk, dish_id)
        if dish.active != back:
            rows.set_active(conn, dish_id, back)
            audit.log(conn, desk, actor, "dish_back" if back else "dish_retired", dish=dish.name)
        return _one(conn, desk, dish_id)


# -- checks ----------------------------------------------------------------------------------------


def _one(conn: Connection, desk: Desk, dish_id: int) -> Dish:
    found = rows.one(conn, dish_id, desk.clock.now().date())
    if found is None:
        raise refuse("dish.unknown")
    return found


def _checked(form: DishForm) -> DishForm:
    """The form with blanks taken off and initials filled in, or the first thing that is wrong with it."""
    name, code = typed.line(form.name, typed.NAME), typed.number(form.code)
    category = typed.line(form.category, typed.CODE)
    if not name:
        raise refuse("dish.no_name")
    if not code:
        raise refuse("dish.no_code", name=name)
    if not category:
        raise refuse("dish.no_category", name=name)
    letters = typed.line(form.initials, typed.CODE).lower() or initials(name)[: typed.CODE]
    if not (letters.isascii() and letters.isalnum()) and letters:
        raise refuse("dish.initials", initials=letters)
    if (form.kind == "weighed") != bool(form.per_grams) or typed.count(form.per_grams or 0) < 0:
        raise refuse("dish.weighed_grams", name=name)
    if typed.amount(form.cost_fen or 0) < 0:
        raise refuse("dish.cost_negative", name=name)
    choices = _checked_choices(form.choices)
    return replace(form, name=name, code=code, category=category, initials=letters, choices=choices)


def _checked_choices(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    kept: dict[str, Choice] = {}
    for choice in choices:
        name = typed.line(choice.name, typed.NAME)
        options = tuple(typed.line(option, typed.NAME) for option in choice.options)
        if not name or not options or not all(options):
            raise refuse("dish.choice_empty", choice=name)
        if name in kept or len(set(options)) < len(options):
            raise refuse("dish.choice_twice", choice=name)
        kept[name] = Choice(name, options)
    return tuple(kept.values())


def _check_code(conn: Connection, form: DishForm, dish_id: int | None = None) -> None:
    holder = rows.by_code(conn, form.code)
    if holder is not None and holder[0] != dish_id:
        raise refuse("dish.code_taken", dish_code=form.code, name=holder[1])


def _check_price(unit_fen: int, half_fen: int | None) -> None:
    if typed.amount(unit_fen) < 0 or (half_fen or 0) < 0:
        raise refuse("price.negative")
    if half_fen is not None and half_fen > unit_fen:
        raise refuse("price.half_over_whole")


def _check_dated(desk: Desk, price: DishPrice) -> None:
    _check_price(price.unit_fen, price.half_fen)
    today = desk.clock.now().date()
    if price.valid_from < today:
        raise refuse("price.backdated", today=today)


def _put_price(conn: Connection, desk: Desk, actor: Actor, dish: Dish, price: DishPrice) -> None:
    rows.put_price(conn, dish.id, price, actor.user_id)
    audit.log(
        conn,
        desk,
        actor,
        "dish_price_set",
        dish=dish.name,
        valid_from=price.valid_from.isoformat(),
        was_fen=dish.unit_fen,
        now_fen=price.unit_fen,
        half_fen=price.half_fen,
    )


def _newcomer(form: DishForm, price_fen: int, half_fen: int | None) -> NewDish:
    return NewDish(
        code=form.code,
        name=form.name,
        category=form.category,
        kind=form.kind,
        price_fen=price_fen,
        half_fen=half_fen,
        per_grams=form.per_grams,
    )


def _differences(before: DishForm, after: DishForm) -> dict[str, Any]:
    """Field -> [was, now], of those that changed."""
    old, new = asdict(before), asdict(after)
    return {f"changed_{name}": [old[name], new[name]] for name in new if old[name] != new[name]}
