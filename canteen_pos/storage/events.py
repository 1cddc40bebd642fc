"""The log of what moves no money and still must not be forgotten."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from canteen_pos.storage.columns import from_json, local_moment, offset_min, to_json, utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import events, users


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    station: str
    actor: str
    kind: str
    body: dict[str, Any]


def add(
    conn: Connection, at: datetime, station: str, actor_id: int | None, kind: str, body: dict[str, Any]
) -> None:
    conn.execute(
        insert(events),
        {
            "at_utc": utc_text(at),
            "offset_min": offset_min(at),
            "station": station,
            "actor_id": actor_id,
            "kind": kind,
            "body": to_json(body),
        },
    )


def recent(conn: Connection, kinds: tuple[str, ...], limit: int) -> tuple[Event, ...]:
    """The newest first; all kinds when none is named."""
    wanted = (
        select(events, users.c.name)
        .join(users, users.c.id == events.c.actor_id, isouter=True)
        .order_by(events.c.id.desc())
        .limit(limit)
    )
    if kinds:
        wanted = wanted.where(events.c.kind.in_(kinds))
    return tuple(
        Event(
            local_moment(row.at_utc, row.offset_min),
            row.station,
            row.name or "",
            row.kind,
            from_json(row.body),
        )
        for row in conn.execute(wanted)
    )


def count(conn: Connection, station: str, kind: str, since: datetime, until: datetime | None = None) -> int:
    """How many of `kind` at `station` from `since` to `until`, both included."""
    wanted = select(func.count()).where(
        events.c.kind == kind, events.c.at_utc >= utc_text(since), events.c.station == station
    )
    if until is not None:
        wanted = wanted.where(events.c.at_utc <= utc_text(until))
    return int(conn.execute(wanted).scalar_one())
