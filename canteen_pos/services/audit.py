"""The log: removed lines, drawer openings without a sale, prices changed, who signed in. Written in the same
transaction as what it tells of."""

from typing import Any

from canteen_pos.domain.errors import refuse
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage import events, users
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.events import Event

__all__ = ["Event", "log", "recent", "still_manages"]


def log(conn: Connection, desk: Desk, actor: Actor | None, kind: str, **body: Any) -> None:
    """Write one event; a manager's approval in place is written with it. `body` holds plain JSON values.

    Refusal 'right.no_longer' as `still_manages`.
    """
    if actor is not None:
        still_manages(conn, actor)
    if actor is not None and actor.approved_by is not None:
        body = {**body, "approved_by": actor.approved_by}
    events.add(conn, desk.clock.now(), desk.station, actor.user_id if actor else None, kind, body)


def still_manages(conn: Connection, actor: Actor) -> None:
    """Whoever acts or approves as a manager must still be one in this transaction: a session that stayed open when somebody
    was let go changes nothing any more. A cashier's own work asks nothing. Refusal 'right.no_longer'."""
    acting = (actor.user_id if actor.role == "manager" else None, actor.approved_by)
    if not all(users.is_manager(conn, one) for one in acting if one is not None):
        raise refuse("right.no_longer")


def recent(desk: Desk, *kinds: str, limit: int = 100) -> tuple[Event, ...]:
    """The newest events first, of these kinds or of all."""
    with desk.db.read() as conn:
        return events.recent(conn, kinds, limit)
