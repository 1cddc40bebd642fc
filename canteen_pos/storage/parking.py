"""Orders that wait: parked ones, and the unfinished one that survives a power cut."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class ParkedRow:
    id: str
    label: str
    parked_at_utc: str
    body: str


_PARKED = (
    select(
        t.parked_orders.c.id, t.parked_orders.c.label, t.parked_orders.c.parked_at_utc, t.parked_orders.c.body
    )
    .where(t.parked_orders.c.station == bindparam("at"))
    .order_by(t.parked_orders.c.parked_at_utc, t.parked_orders.c.id)
)


def park(conn: Connection, order_id: str, station: str, label: str, at_utc: str, body: str) -> None:
    conn.execute(
        insert(t.parked_orders),
        {"id": order_id, "station": station, "label": label, "parked_at_utc": at_utc, "body": body},
    )


def parked(conn: Connection, station: str) -> tuple[ParkedRow, ...]:
    """The longest waiting first."""
    return tuple(ParkedRow(*row) for row in conn.execute(_PARKED, {"at": station}))


def unpark(conn: Connection, order_id: str, station: str) -> str | None:
    """Take one away; its body, or None when it is not there (any more)."""
    found = next((row for row in parked(conn, station) if row.id == order_id), None)
    if found is None:
        return None
    gone = conn.execute(delete(t.parked_orders).where(t.parked_orders.c.id == order_id))
    return found.body if gone.rowcount == 1 else None


def save_draft(conn: Connection, station: str, body: str, at_utc: str) -> None:
    """One draft for each station, the newest wins."""
    changed = conn.execute(
        update(t.drafts).where(t.drafts.c.station == station).values(body=body, saved_at_utc=at_utc)
    )
    if changed.rowcount == 0:
        conn.execute(insert(t.drafts), {"station": station, "body": body, "saved_at_utc": at_utc})


def draft(conn: Connection, station: str) -> str | None:
    found: str | None = conn.execute(select(t.drafts.c.body).where(t.drafts.c.station == station)).scalar()
    return found


def clear_draft(conn: Connection, station: str) -> None:
    conn.execute(delete(t.drafts).where(t.drafts.c.station == station))


def in_books(conn: Connection, ids: list[str]) -> set[str]:
    """Which of these orders are documents already."""
    return set(conn.execute(select(t.documents.c.id).where(t.documents.c.id.in_(ids))).scalars())
