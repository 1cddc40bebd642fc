"""Dishes as the back office keeps them, and their dated prices."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from canteen_pos.domain.dishes import Dish, DishForm, DishPrice
from canteen_pos.domain.menu import Choice
from canteen_pos.storage.columns import from_json, to_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.menus import IN_FORCE, NEWEST_PRICE
from canteen_pos.storage.tables import dish_prices, dishes, menu_entries

_DISHES = (
    select(
        dishes,
        IN_FORCE.c.valid_from,
        IN_FORCE.c.unit_fen.label("dated_fen"),
        IN_FORCE.c.half_fen.label("dated_half_fen"),
    )
    .select_from(dishes)
    .outerjoin(IN_FORCE, NEWEST_PRICE)
    .order_by(dishes.c.sort, dishes.c.code)
)
_ONE = _DISHES.where(dishes.c.id == bindparam("wanted_dish"))
_COMING = (
    select(dish_prices)
    .where(dish_prices.c.valid_from > bindparam("wanted_day"))
    .order_by(dish_prices.c.valid_from)
)


def every(conn: Connection, day: date) -> tuple[Dish, ...]:
    """All dishes, retired ones too, in menu order, with what they cost on `day`."""
    asked = {"wanted_day": day.isoformat()}
    coming: dict[int, DishPrice] = {}
    for row in conn.execute(_COMING, asked):
        coming.setdefault(row.dish_id, _price(row))
    return tuple(_dish(row, coming.get(row.id)) for row in conn.execute(_DISHES, asked))


def one(conn: Connection, dish_id: int, day: date) -> Dish | None:
    asked = {"wanted_day": day.isoformat(), "wanted_dish": dish_id}
    row = conn.execute(_ONE, asked).first()
    if row is None:
        return None
    coming = conn.execute(_COMING.where(dish_prices.c.dish_id == dish_id), {"wanted_day": day.isoformat()})
    first = coming.first()
    return _dish(row, None if first is None else _price(first))


def by_code(conn: Connection, code: str) -> tuple[int, str] | None:
    """Id and name of the dish with that code."""
    row = conn.execute(select(dishes.c.id, dishes.c.name).where(dishes.c.code == code)).first()
    return None if row is None else (int(row.id), str(row.name))


def change(conn: Connection, dish_id: int, form: DishForm) -> None:
    """Conflict (inside `guarded`) when the code is taken."""
    conn.execute(
        update(dishes)
        .where(dishes.c.id == dish_id)
        .values(
            code=form.code,
            name=form.name,
            initials=form.initials,
            category=form.category,
            kind=form.kind,
            per_grams=form.per_grams,
            open_price=int(form.open_price),
            made_to_order=int(form.made_to_order),
            pinned=int(form.pinned),
            tags=to_json(form.tags),
            allergens=to_json(form.allergens),
            choices=to_json([{"name": part.name, "options": part.options} for part in form.choices]),
            cost_fen=form.cost_fen,
        )
    )


def set_picture(conn: Connection, dish_id: int, name: str) -> None:
    conn.execute(update(dishes).where(dishes.c.id == dish_id).values(picture=name))


def set_active(conn: Connection, dish_id: int, active: bool) -> None:
    conn.execute(update(dishes).where(dishes.c.id == dish_id).values(active=int(active)))


def last_sort(conn: Connection, category: str) -> int:
    """The place after the last dish of that category; after all when it has none."""
    within = conn.execute(select(func.max(dishes.c.sort)).where(dishes.c.category == category)).scalar()
    if within is not None:
        return int(within)
    return int(conn.execute(select(func.coalesce(func.max(dishes.c.sort), 0))).scalar_one()) + 10


def was_sold(conn: Connection, dish_id: int) -> bool:
    wanted = select(menu_entries.c.id).where(menu_entries.c.dish_id == dish_id)
    return conn.execute(wanted.where(menu_entries.c.sold_halves > 0).limit(1)).first() is not None


def prices(conn: Connection, dish_id: int) -> tuple[DishPrice, ...]:
    """The dated ones, oldest first; the first price of all stands in the dish."""
    wanted = select(dish_prices).where(dish_prices.c.dish_id == dish_id).order_by(dish_prices.c.valid_from)
    return tuple(_price(row) for row in conn.execute(wanted))


def put_price(conn: Connection, dish_id: int, price: DishPrice, by: int) -> None:
    """In force from its day on; another price from the same day is replaced."""
    drop_price(conn, dish_id, price.valid_from)
    conn.execute(
        insert(dish_prices).values(
            dish_id=dish_id,
            valid_from=price.valid_from.isoformat(),
            unit_fen=price.unit_fen,
            half_fen=price.half_fen,
            recorded_by=by,
        )
    )


def drop_price(conn: Connection, dish_id: int, valid_from: date) -> bool:
    gone = delete(dish_prices).where(dish_prices.c.dish_id == dish_id)
    return conn.execute(gone.where(dish_prices.c.valid_from == valid_from.isoformat())).rowcount == 1


def categories(conn: Connection) -> Iterable[str]:
    """In the order of the menu."""
    order = select(dishes.c.category).group_by(dishes.c.category).order_by(func.min(dishes.c.sort))
    return [row.category for row in conn.execute(order)]


def _dish(row: Any, coming: DishPrice | None) -> Dish:
    dated = row.valid_from is not None
    return Dish(
        id=row.id,
        form=DishForm(
            code=row.code,
            name=row.name,
            category=row.category,
            kind=row.kind,
            initials=row.initials,
            per_grams=row.per_grams,
            open_price=bool(row.open_price),
            made_to_order=bool(row.made_to_order),
            pinned=bool(row.pinned),
            tags=tuple(from_json(row.tags)),
            allergens=tuple(from_json(row.allergens)),
            choices=tuple(Choice(part["name"], tuple(part["options"])) for part in from_json(row.choices)),
            cost_fen=row.cost_fen,
        ),
        unit_fen=row.dated_fen if dated else row.unit_fen,
        half_fen=row.dated_half_fen if dated else row.half_fen,
        sort=row.sort,
        active=bool(row.active),
        picture=row.picture,
        next_price=coming,
    )


def _price(row: Any) -> DishPrice:
    return DishPrice(date.fromisoformat(row.valid_from), row.unit_fen, row.half_fen)
