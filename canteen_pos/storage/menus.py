"""Dishes and what is on the menu of a day and period.

A day that nobody planned continues the latest planned day of the same period; its own rows are made by the first sale or
change. So a canteen that never plans still has a menu, and one that does is never overruled.

What a dish costs is decided here and nowhere else: the price of that meal alone, else the newest dated price in force on
the day, else the dish's first price. A price of one meal that an unplanned day continues ends where a dated price begins.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, text, update

from canteen_pos.domain.menu import Choice, NewDish, Tile
from canteen_pos.storage.columns import from_json, local_moment, to_json, utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import dish_prices, dishes, menu_entries

_PLANNED_DAY = (
    select(func.max(menu_entries.c.service_date))
    .where(menu_entries.c.period == bindparam("wanted_period"))
    .where(menu_entries.c.service_date <= bindparam("wanted_day"))
    .scalar_subquery()
)
IN_FORCE = dish_prices.alias("in_force")
_LATER = dish_prices.alias("later")
NEWEST_PRICE = and_(
    IN_FORCE.c.dish_id == dishes.c.id,
    IN_FORCE.c.valid_from
    == select(func.max(_LATER.c.valid_from))
    .where(_LATER.c.dish_id == dishes.c.id)
    .where(_LATER.c.valid_from <= bindparam("wanted_day"))
    .correlate(dishes)
    .scalar_subquery(),
)
"""Joins the dated price that holds on :wanted_day to its dish."""

_TILES = (
    select(
        dishes,
        IN_FORCE.c.valid_from,
        IN_FORCE.c.unit_fen.label("dated_fen"),
        IN_FORCE.c.half_fen.label("dated_half_fen"),
        menu_entries.c.service_date,
        menu_entries.c.price_fen.label("day_price_fen"),
        menu_entries.c.half_fen.label("day_half_fen"),
        menu_entries.c.planned_halves,
        menu_entries.c.sold_halves,
        menu_entries.c.sold_out_at_utc,
    )
    .join(dishes, dishes.c.id == menu_entries.c.dish_id)
    .outerjoin(IN_FORCE, NEWEST_PRICE)
    .where(menu_entries.c.period == bindparam("wanted_period"))
    .where(menu_entries.c.service_date == _PLANNED_DAY)
    .where(dishes.c.active == 1)
)
_IN_ORDER = _TILES.order_by(dishes.c.sort, dishes.c.code)
_SOME = _TILES.where(dishes.c.id.in_(bindparam("wanted_dishes", expanding=True)))

_ENTRY = and_(
    menu_entries.c.service_date == bindparam("wanted_day"),
    menu_entries.c.period == bindparam("wanted_period"),
    menu_entries.c.dish_id == bindparam("wanted_dish"),
)
_TAKE_ANYWAY = (
    update(menu_entries).where(_ENTRY).values(sold_halves=menu_entries.c.sold_halves + bindparam("halves"))
)
_TAKE = _TAKE_ANYWAY.where(menu_entries.c.sold_out_at_utc.is_(None)).where(
    func.coalesce(menu_entries.c.planned_halves - menu_entries.c.sold_halves, bindparam("halves"))
    >= bindparam("halves")
)
_COPY_DAY = text(
    "insert into menu_entries (service_date, period, dish_id, price_fen, half_fen, planned_halves)"
    " select :day, e.period, e.dish_id, case when p.id is null then e.price_fen end,"
    " case when p.id is null then e.half_fen end, e.planned_halves from menu_entries e"
    " left join dish_prices p on p.dish_id = e.dish_id and p.valid_from ="
    " (select max(valid_from) from dish_prices where dish_id = e.dish_id"
    " and valid_from > e.service_date and valid_from <= :day)"
    " where e.period = :period and e.service_date ="
    " (select max(service_date) from menu_entries where period = :period and service_date < :day)"
    " and not exists (select 1 from menu_entries where period = :period and service_date = :day)"
    " on conflict do nothing"
)


def tiles(
    conn: Connection, day: date, period: str, offset_min: int = 0, dish_ids: Sequence[int] | None = None
) -> tuple[Tile, ...]:
    """What may be sold then, in menu order; `dish_ids` asks for some only. Stock counts belong to `day` itself."""
    asked: dict[str, Any] = {"wanted_day": day.isoformat(), "wanted_period": period}
    if dish_ids is not None:
        found = conn.execute(_SOME, {**asked, "wanted_dishes": list(dish_ids)})
    else:
        found = conn.execute(_IN_ORDER, asked)
    return tuple(_tile(row, day.isoformat(), offset_min) for row in found)


def _tile(row: Any, day: str, offset_min: int) -> Tile:
    of_today = row.service_date == day
    price_fen, half_fen = _price(row)
    sold = row.sold_halves if of_today else 0
    sold_out = row.sold_out_at_utc if of_today else None
    return Tile(
        dish_id=row.id,
        code=row.code,
        name=row.name,
        initials=row.initials,
        category=row.category,
        kind=row.kind,
        price_fen=price_fen,
        half_fen=half_fen,
        per_grams=row.per_grams,
        left_halves=None if row.planned_halves is None else row.planned_halves - sold,
        sold_out_at=local_moment(sold_out, offset_min) if sold_out else None,
        tags=tuple(from_json(row.tags)),
        allergens=tuple(from_json(row.allergens)),
        choices=tuple(Choice(part["name"], tuple(part["options"])) for part in from_json(row.choices)),
        pinned=bool(row.pinned),
        made_to_order=bool(row.made_to_order),
        open_price=bool(row.open_price),
    )


def _price(row: Any) -> tuple[int, int | None]:
    """Of a full and of half a portion, from a row of `_TILES`."""
    unit, half = row.unit_fen, row.half_fen
    if row.valid_from is not None:
        unit, half = row.dated_fen, row.dated_half_fen
        if row.valid_from > row.service_date:
            return unit, half
    return (
        unit if row.day_price_fen is None else row.day_price_fen,
        half if row.day_half_fen is None else row.day_half_fen,
    )


def own_rows(conn: Connection, day: date, period: str) -> None:
    """Give the day rows of its own, as the latest planned day had them. Nothing to do when it has some."""
    conn.execute(_COPY_DAY, {"day": day.isoformat(), "period": period})


def take(conn: Connection, day: date, period: str, dish_id: int, halves: int, *, anyway: bool) -> bool:
    """Count `halves` as sold, in one conditional update; False when they are not there (or not on the menu)."""
    asked = {"wanted_day": day.isoformat(), "wanted_period": period, "wanted_dish": dish_id, "halves": halves}
    return conn.execute(_TAKE_ANYWAY if anyway else _TAKE, asked).rowcount == 1


def left_halves(conn: Connection, day: date, period: str, dish_id: int) -> int | None:
    """What is left of the day's own row; None when it is not counted or there is no row."""
    asked = {"wanted_day": day.isoformat(), "wanted_period": period, "wanted_dish": dish_id}
    wanted = select(menu_entries.c.planned_halves - menu_entries.c.sold_halves).where(_ENTRY)
    left: int | None = conn.execute(wanted, asked).scalar()
    return left


def change_entry(conn: Connection, day: date, period: str, dish_id: int, **values: object) -> bool:
    asked = {"wanted_day": day.isoformat(), "wanted_period": period, "wanted_dish": dish_id}
    return conn.execute(update(menu_entries).where(_ENTRY).values(**values), asked).rowcount == 1


def set_left(conn: Connection, day: date, period: str, dish_id: int, halves: int | None) -> bool:
    """From now on `halves` are left (None: not counted); what was sold stays counted."""
    planned = None if halves is None else menu_entries.c.sold_halves + halves
    return change_entry(conn, day, period, dish_id, planned_halves=planned)


def mark_sold_out(conn: Connection, day: date, period: str, dish_id: int, at: datetime | None) -> bool:
    return change_entry(conn, day, period, dish_id, sold_out_at_utc=utc_text(at) if at else None)


def add_dish(conn: Connection, dish: NewDish, initials: str, sort: int) -> int:
    """Conflict (inside `guarded`) when the code is taken."""
    made = conn.execute(
        insert(dishes)
        .values(
            code=dish.code,
            name=dish.name,
            initials=initials,
            category=dish.category,
            kind=dish.kind,
            unit_fen=dish.price_fen,
            half_fen=dish.half_fen,
            per_grams=dish.per_grams,
            open_price=int(dish.open_price),
            made_to_order=int(dish.made_to_order),
            tags=to_json(dish.tags),
            allergens=to_json(dish.allergens),
            choices=to_json([{"name": part.name, "options": part.options} for part in dish.choices]),
            pinned=int(dish.pinned),
            sort=sort,
        )
        .returning(dishes.c.id)
    )
    return int(made.scalar_one())


def dish_codes(conn: Connection) -> dict[str, int]:
    return {row.code: row.id for row in conn.execute(select(dishes.c.code, dishes.c.id))}


def plan(conn: Connection, day: date, period: str, halves_by_dish: Iterable[tuple[int, int | None]]) -> None:
    """Put dishes on the menu of a day and period."""
    rows = [
        {"service_date": day.isoformat(), "period": period, "dish_id": dish_id, "planned_halves": halves}
        for dish_id, halves in halves_by_dish
    ]
    if rows:
        conn.execute(insert(menu_entries), rows)
