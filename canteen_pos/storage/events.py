"""The log of what moves no money and still must not be forgotten."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update

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


_TYPED = ("reason", "name", "payee", "fact", "card", "dropped_no")
"""Facts of events that say something about a person, beside the inner numbers."""


def forget(conn: Connection, person_ids: Collection[int], account_ids: Collection[int]) -> None:
    """What was written down about these people and their accounts goes; who did what to which number, and when, stays."""
    e = events.c
    about = [f'"person_id":{one}{end}' for one in person_ids for end in ",}"]
    about += [f'"account_id":{one}{end}' for one in account_ids for end in ",}"]
    if not about:
        return
    for row in conn.execute(
        select(e.id, e.body).where(or_(*(e.body.contains(text) for text in about)))
    ).all():
        body = from_json(row.body)
        left = {name: value for name, value in body.items() if name not in _TYPED}
        if left != body:
            conn.execute(update(events).where(e.id == row.id).values(body=to_json(left)))


def count(conn: Connection, station: str, kind: str, since: datetime, until: datetime | None = None) -> int:
    """How many of `kind` at `station` from `since` to `until`, both included."""
    wanted = select(func.count()).where(
        events.c.kind == kind, events.c.at_utc >= utc_text(since), events.c.station == station
    )
    if until is not None:
        wanted = wanted.where(events.c.at_utc <= utc_text(until))
    return int(conn.execute(wanted).scalar_one())
