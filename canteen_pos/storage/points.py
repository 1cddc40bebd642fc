"""Points of volunteers: each movement a row, the balance on the person, moved by conditional updates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, or_, select, update

from canteen_pos.domain.sale import number_text
from canteen_pos.storage import tables as t
from canteen_pos.storage.columns import local_moment, offset_min, utc_text
from canteen_pos.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class PointRow:
    """A movement: earned positive, spent negative. `minutes` of volunteering; `document` is a printed number or ''.
    `undoes` is the movement that this one takes back; 0 none."""

    id: int
    kind: str
    points: int
    minutes: int
    reason: str
    document: str
    at: datetime
    actor: str
    undoes: int = 0


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with points now or before."""

    person_id: int
    name: str
    member_no: str
    points: int
    earned: int
    minutes: int


_p, _e = t.people.c, t.point_entries.c
_UNDO = "undo:"
_MOVE = (
    update(t.people)
    .where(_p.id == bindparam("person"), _p.points + bindparam("points") >= 0)
    .values(points=_p.points + bindparam("points"))
)


def move(conn: Connection, person_id: int, points: int) -> bool:
    """Add points (or take, below zero); False when that many are not there, or nobody has this id."""
    return conn.execute(_MOVE, {"person": person_id, "points": points}).rowcount == 1


def held(conn: Connection, person_id: int) -> tuple[str, int] | None:
    """Token and balance of somebody; None when nobody has this id."""
    row = conn.execute(select(_p.token, _p.points).where(_p.id == person_id)).first()
    return None if row is None else (row.token, row.points)


def people_of(conn: Connection, tokens: Collection[str]) -> dict[str, int]:
    """Ids by token; of people whose record was merged into another, that other's."""
    wanted = select(_p.token, func.coalesce(_p.merged_into, _p.id).label("id")).where(
        _p.token.in_(sorted(tokens))
    )
    return {row.token: row.id for row in conn.execute(wanted)} if tokens else {}


def add(
    conn: Connection,
    *,
    person_id: int,
    kind: str,
    points: int,
    at: datetime,
    actor_id: int,
    request_id: str,
    minutes: int = 0,
    reason: str = "",
    document_id: str | None = None,
) -> None:
    """Conflict (inside `guarded`) when this request was noted already."""
    conn.execute(
        insert(t.point_entries),
        {
            "person_id": person_id,
            "kind": kind,
            "points": points,
            "minutes": minutes,
            "reason": reason,
            "document_id": document_id,
            "request_id": request_id,
            "at_utc": utc_text(at),
            "offset_min": offset_min(at),
            "actor_id": actor_id,
        },
    )


def undoing(entry_id: int) -> str:
    """The request that takes a movement back: it can be made once."""
    return f"{_UNDO}{entry_id}"


def one(conn: Connection, entry_id: int) -> tuple[int, PointRow] | None:
    """Whose movement, and the movement; None when there is none such."""
    row = conn.execute(_entries().where(_e.id == entry_id)).first()
    return None if row is None else (row.person_id, _entry(row))


def requested(conn: Connection, request_id: str) -> tuple[int, int] | None:
    """(person, points) of the movement this request made; None when it made none."""
    row = conn.execute(select(_e.person_id, _e.points).where(_e.request_id == request_id)).first()
    return None if row is None else (row.person_id, row.points)


def history(conn: Connection, person_id: int, limit: int) -> tuple[PointRow, ...]:
    """The newest first."""
    wanted = _entries().where(_e.person_id == person_id).order_by(_e.id.desc()).limit(limit)
    return tuple(map(_entry, conn.execute(wanted)))


def _entries() -> Select[Any]:
    return (
        select(t.point_entries, t.users.c.name.label("actor"), t.series.c.label, t.documents.c.number)
        .join(t.users, t.users.c.id == _e.actor_id)
        .join(t.documents, t.documents.c.id == _e.document_id, isouter=True)
        .join(t.series, t.series.c.id == t.documents.c.series_id, isouter=True)
    )


def _entry(row: Any) -> PointRow:
    return PointRow(
        row.id,
        row.kind,
        row.points,
        row.minutes,
        row.reason,
        number_text(row.label, row.number) if row.label else "",
        local_moment(row.at_utc, row.offset_min),
        row.actor,
        int(row.request_id.removeprefix(_UNDO)) if row.request_id.startswith(_UNDO) else 0,
    )


def _holders(text: str) -> Select[Any]:
    has = select(_e.id).where(_e.person_id == _p.id).exists()
    wanted = select(_p.id).where(_p.active == 1, or_(_p.points > 0, has))
    if text:
        wanted = wanted.where(
            or_(
                _p.name.startswith(text, autoescape=True),
                _p.initials.startswith(text.lower(), autoescape=True),
                _p.member_no == text,
            )
        )
    return wanted


def count_holders(conn: Connection, text: str) -> int:
    return int(conn.execute(select(func.count()).select_from(_holders(text).subquery())).scalar_one())


def holders(conn: Connection, text: str, offset: int, limit: int) -> tuple[Holder, ...]:
    """People with points now or before, the richest first."""
    few: Sequence[int] = (
        conn.execute(_holders(text).order_by(_p.points.desc(), _p.id).offset(offset).limit(limit))
        .scalars()
        .all()
    )
    earned = (
        select(_e.person_id, func.sum(_e.points).label("points"), func.sum(_e.minutes).label("minutes"))
        .where(_e.person_id.in_(few), _e.kind == "earned")
        .group_by(_e.person_id)
        .subquery()
    )
    wanted = (
        select(_p.id, _p.name, _p.member_no, _p.points, earned.c.points.label("earned"), earned.c.minutes)
        .join(earned, earned.c.person_id == _p.id, isouter=True)
        .where(_p.id.in_(few))
        .order_by(_p.points.desc(), _p.id)
    )
    return tuple(
        Holder(row.id, row.name, row.member_no, row.points, int(row.earned or 0), int(row.minutes or 0))
        for row in conn.execute(wanted)
    )
