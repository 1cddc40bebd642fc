"""What is on today's menu, changed while the queue stands: prices, portions left, sold out. Every change is logged."""

from collections.abc import Iterable, Mapping
from datetime import date

from canteen_pos.domain import typed
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.domain.menu import HALVES, NewDish, Tile
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.initials import initials
from canteen_pos.services.rights import check
from canteen_pos.storage import menus as rows
from canteen_pos.storage.columns import offset_min
from canteen_pos.storage.engine import Conflict, Connection, guarded


def tiles(desk: Desk, service_date: date, period: str) -> tuple[Tile, ...]:
    """The menu of that meal, in the canteen's order."""
    with desk.db.read() as conn:
        return rows.tiles(conn, service_date, period, offset_min(desk.clock.now()))


def set_price(
    desk: Desk,
    actor: Actor,
    service_date: date,
    period: str,
    dish_id: int,
    price_fen: int,
    half_fen: int | None = None,
) -> Tile:
    """A new price from now on, for this menu and those that continue it. Needs 'manage_menu'.

    Without `half_fen`, a dish sold by halves keeps its proportion, rounded up to a jiao. Orders already paid keep
    their price. Refusal 'price.negative', 'price.half_over_whole', 'dish.not_on_menu'.
    """
    check(actor, "manage_menu")
    if typed.amount(price_fen) < 0 or (half_fen is not None and half_fen < 0):
        raise refuse("price.negative")
    if half_fen is not None and half_fen > price_fen:
        raise refuse("price.half_over_whole")
    with desk.db.write() as conn:
        rows.own_rows(conn, service_date, period)
        before = _one(conn, desk, service_date, period, dish_id)
        if half_fen is None and before.half_fen is not None:
            half_fen = _in_proportion(before, price_fen)
        rows.change_entry(conn, service_date, period, dish_id, price_fen=price_fen, half_fen=half_fen)
        audit.log(
            conn,
            desk,
            actor,
            "price_changed",
            dish=before.name,
            was_fen=before.price_fen,
            now_fen=price_fen,
            half_fen=half_fen,
            service_date=service_date.isoformat(),
            period=period,
        )
        return _one(conn, desk, service_date, period, dish_id)


def set_sold_out(
    desk: Desk, actor: Actor, service_date: date, period: str, dish_id: int, sold_out: bool = True
) -> Tile:
    """Strike a dish out for this meal, or take that back. Needs 'sold_out'. Refusal 'dish.not_on_menu'."""
    check(actor, "sold_out")
    with desk.db.write() as conn:
        rows.own_rows(conn, service_date, period)
        at = desk.clock.now() if sold_out else None
        if not rows.mark_sold_out(conn, service_date, period, dish_id, at):
            raise refuse("dish.not_on_menu")
        tile = _one(conn, desk, service_date, period, dish_id)
        audit.log(
            conn,
            desk,
            actor,
            "sold_out" if sold_out else "back_on_sale",
            dish=tile.name,
            service_date=service_date.isoformat(),
            period=period,
        )
        return tile


def set_portions(
    desk: Desk, actor: Actor, service_date: date, period: str, dish_id: int, left_halves: int | None
) -> Tile:
    """So many half portions are left now (None: not counted). Needs 'manage_menu'.

    Refusal 'portions.negative', 'dish.not_on_menu'.
    """
    check(actor, "manage_menu")
    if typed.count(left_halves or 0) < 0:
        raise refuse("portions.negative")
    with desk.db.write() as conn:
        rows.own_rows(conn, service_date, period)
        before = _one(conn, desk, service_date, period, dish_id)
        rows.set_left(conn, service_date, period, dish_id, left_halves)
        audit.log(
            conn,
            desk,
            actor,
            "portions_set",
            dish=before.name,
            was_halves=before.left_halves,
            now_halves=left_halves,
            service_date=service_date.isoformat(),
            period=period,
        )
        return _one(conn, desk, service_date, period, dish_id)


def take_portions(
    conn: Connection, service_date: date, period: str, halves: Mapping[int, int], *, oversell: bool = False
) -> tuple[int, ...]:
    """Count portions as sold, inside the sale's transaction: dish id -> half portions.

    `oversell` (right and log are the caller's) sells beyond what is left, sold out or not; the dishes that it was
    needed for come back. Refusal 'dish.not_on_menu', 'dish.sold_out', 'portions.short' (name=, left_halves=).
    """
    beyond = []
    for dish_id in sorted(halves):
        taken = halves[dish_id]
        if rows.take(conn, service_date, period, dish_id, taken, anyway=False):
            continue
        rows.own_rows(conn, service_date, period)
        if rows.take(conn, service_date, period, dish_id, taken, anyway=False):
            continue
        if not oversell or not rows.take(conn, service_date, period, dish_id, taken, anyway=True):
            raise _why_not(conn, service_date, period, dish_id)
        beyond.append(dish_id)
    return tuple(beyond)


def add_dishes(
    conn: Connection, dishes: Iterable[NewDish], first_day: date, every_period: tuple[str, ...]
) -> int:
    """Put new dishes into the house and on the menu from `first_day` on; how many. Refusal 'dish.code_taken'."""
    menu: dict[str, list[tuple[int, int | None]]] = {period: [] for period in every_period}
    known = len(rows.dish_codes(conn))
    number = 0
    for number, dish in enumerate(dishes, start=1):
        try:
            with guarded():
                dish_id = rows.add_dish(conn, dish, initials(dish.name), sort=(known + number) * 10)
        except Conflict:
            raise refuse("dish.code_taken", dish_code=dish.code, name=dish.name) from None
        halves = None if dish.planned_portions is None else dish.planned_portions * HALVES["full"]
        for period in dish.periods or every_period:
            if period not in menu:
                raise refuse("dish.unknown_period", name=dish.name, period=period)
            menu[period].append((dish_id, halves))
    for period, entries in menu.items():
        rows.own_rows(conn, first_day, period)  # else the new dishes would be the whole menu of that day
        rows.plan(conn, first_day, period, entries)
    return number


def _one(conn: Connection, desk: Desk, day: date, period: str, dish_id: int) -> Tile:
    found = rows.tiles(conn, day, period, offset_min(desk.clock.now()), (dish_id,))
    if not found:
        raise refuse("dish.not_on_menu")
    return found[0]


def _why_not(conn: Connection, day: date, period: str, dish_id: int) -> Refusal:
    found = rows.tiles(conn, day, period, 0, (dish_id,))
    if not found:
        return refuse("dish.not_on_menu", dish_id=dish_id)
    tile = found[0]
    if tile.sold_out_at is not None:
        return refuse("dish.sold_out", dish_id=dish_id, name=tile.name)
    return refuse("portions.short", dish_id=dish_id, name=tile.name, left_halves=tile.left_halves)


def _in_proportion(tile: Tile, price_fen: int) -> int:
    half = tile.half_fen or 0
    exact = half * price_fen / tile.price_fen if tile.price_fen else price_fen / 2
    return min(price_fen, -(-round(exact) // 10) * 10)
