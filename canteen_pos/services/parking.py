"""Orders that wait: parked with a label, or saved while they are made so that a power cut loses nothing."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.order import Order, order_as_json, order_from_json
from canteen_pos.services import audit, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.quoting import renewed
from canteen_pos.services.rights import check
from canteen_pos.storage import diners, menus
from canteen_pos.storage import parking as rows
from canteen_pos.storage.columns import from_json, local_moment, offset_min, to_json, utc_text


@dataclass(frozen=True, slots=True)
class Parked:
    """A waiting order, or several eaters' orders that will be paid together."""

    id: str
    label: str
    parked_at: datetime
    orders: tuple[Order, ...]


def park(desk: Desk, actor: Actor, orders: Sequence[Order], label: str) -> Parked:
    """Put orders aside under a label. Needs 'park'. Refusal 'order.empty'."""
    check(actor, "park")
    if not any(order.lines for order in orders):
        raise refuse("order.empty")
    now, label = desk.clock.now(), typed.line(label, typed.NAME)
    parked_id = uuid.uuid4().hex
    with desk.db.write() as conn:
        rows.park(conn, parked_id, desk.station, label, utc_text(now), _text(orders))
        rows.clear_draft(conn, desk.station)
    return Parked(parked_id, label, now, tuple(orders))


def parked(desk: Desk) -> tuple[Parked, ...]:
    """This station's waiting orders, the longest waiting first."""
    offset = offset_min(desk.clock.now())
    with desk.db.read() as conn:
        return tuple(
            Parked(row.id, row.label, local_moment(row.parked_at_utc, offset), _orders(row.body))
            for row in rows.parked(conn, desk.station)
        )


def resume(desk: Desk, parked_id: str) -> tuple[Order, ...]:
    """Take a parked order up again; it is not parked any more.

    Orders whose meal has passed come back with the service date and period of now (compare them with what was
    parked to say so): prices may differ. Refusal 'parked.gone' when another till or press was quicker.
    """
    with desk.db.write() as conn:
        body = rows.unpark(conn, parked_id, desk.station)
        if body is None:
            raise refuse("parked.gone")
        rows.save_draft(conn, desk.station, body, utc_text(desk.clock.now()))
    return renew(desk, _orders(body))


def renew(desk: Desk, orders: Sequence[Order]) -> tuple[Order, ...]:
    """These orders, moved to the meal being served now where their own has passed for too long."""
    settings = settings_store.load(desk)
    now = desk.clock.now()
    return tuple(renewed(order, now, settings) for order in orders)


def save_draft(desk: Desk, orders: Sequence[Order]) -> None:
    """Keep the unfinished orders of this station; each save replaces the one before."""
    with desk.db.write() as conn:
        rows.save_draft(conn, desk.station, _text(orders), utc_text(desk.clock.now()))


def load_draft(desk: Desk) -> tuple[Order, ...]:
    """What was being made when the power went; () when nothing was, or when it was paid after all."""
    with desk.db.read() as conn:
        body = rows.draft(conn, desk.station)
        orders = _orders(body) if body else ()
        paid = rows.in_books(conn, [order.id for order in orders]) if orders else set()
    return () if paid else renew(desk, orders)


def clear_draft(desk: Desk) -> None:
    """The orders were sold or put away: nothing comes back at the next start."""
    with desk.db.write() as conn:
        rows.clear_draft(conn, desk.station)


def removed_line(desk: Desk, actor: Actor, order: Order, key: str) -> None:
    """Log that a line was taken out of an order: what, how many, whose. Needs 'remove_line'. KeyError for no such line."""
    check(actor, "remove_line")
    line = next((one for one in order.lines if one.key == key), None)
    if line is None:
        raise KeyError(key)
    with desk.db.write() as conn:
        tiles = menus.tiles(
            conn, order.service_date, order.period, offset_min(desk.clock.now()), (line.dish_id,)
        )
        eater = diners.eater(conn, order.person_id, order.service_date) if order.person_id else None
        audit.log(
            conn,
            desk,
            actor,
            "line_removed",
            order=order.id,
            dish=tiles[0].name if tiles else "",
            dish_id=line.dish_id,
            portion=line.portion,
            quantity=line.quantity,
            person=eater.diner.person if eater else None,
        )


def _text(orders: Sequence[Order]) -> str:
    return to_json([order_as_json(order) for order in orders])


def _orders(body: str) -> tuple[Order, ...]:
    return tuple(order_from_json(stored) for stored in from_json(body))
