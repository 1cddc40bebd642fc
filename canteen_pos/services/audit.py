"""The log: removed lines, drawer openings without a sale, prices changed, who signed in. Written in the same
transaction as what it tells of."""

from typing import Any

from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage import events
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.events import Event

__all__ = ["Event", "log", "recent"]


def log(conn: Connection, desk: Desk, actor: Actor | None, kind: str, **body: Any) -> None:
    """Write one event; a manager's approval in place is written with it. `body` holds plain JSON values."""
    if actor is not None and actor.approved_by is not None:
        body = {**body, "approved_by": actor.approved_by}
    events.add(conn, desk.clock.now(), desk.station, actor.user_id if actor else None, kind, body)


def recent(desk: Desk, *kinds: str, limit: int = 100) -> tuple[Event, ...]:
    """The newest events first, of these kinds or of all."""
    with desk.db.read() as conn:
        return events.recent(conn, kinds, limit)
