"""Food samples: one for each dish of a meal."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from canteen_pos.domain.samples import Sample
from canteen_pos.storage.columns import local_moment, offset_min, utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import food_samples, users

_TAKER, _DISPOSER = users.alias("taker"), users.alias("disposer")
_SAMPLES = (
    select(food_samples, _TAKER.c.name.label("taker"), _DISPOSER.c.name.label("disposer"))
    .join(_TAKER, _TAKER.c.id == food_samples.c.taken_by)
    .outerjoin(_DISPOSER, _DISPOSER.c.id == food_samples.c.disposed_by)
    .order_by(food_samples.c.service_date, food_samples.c.taken_at_utc, food_samples.c.id)
)


def add(
    conn: Connection,
    day: date,
    period: str,
    dish_id: int,
    dish_name: str,
    grams: int,
    taken_at: datetime,
    taken_by: int,
    keep_until: datetime,
    note: str,
) -> int:
    """Conflict (inside `guarded`) when that dish of that meal has its sample."""
    made = conn.execute(
        insert(food_samples)
        .values(
            service_date=day.isoformat(),
            period=period,
            dish_id=dish_id,
            dish_name=dish_name,
            grams=grams,
            taken_at_utc=utc_text(taken_at),
            offset_min=offset_min(taken_at),
            taken_by=taken_by,
            keep_until_utc=utc_text(keep_until),
            note=note,
        )
        .returning(food_samples.c.id)
    )
    return int(made.scalar_one())


def dispose(conn: Connection, sample_id: int, at: datetime, by: int) -> bool:
    """False when it is gone already."""
    gone = (
        update(food_samples)
        .where(food_samples.c.id == sample_id)
        .where(food_samples.c.disposed_at_utc.is_(None))
        .values(disposed_at_utc=utc_text(at), disposed_by=by)
    )
    return conn.execute(gone).rowcount == 1


def between(conn: Connection, first: date, last: date) -> tuple[Sample, ...]:
    """Of these service dates, last included, in the order they were taken."""
    wanted = _SAMPLES.where(food_samples.c.service_date.between(first.isoformat(), last.isoformat()))
    return tuple(_sample(row) for row in conn.execute(wanted))


def by_ids(conn: Connection, ids: Sequence[int]) -> tuple[Sample, ...]:
    return tuple(_sample(row) for row in conn.execute(_SAMPLES.where(food_samples.c.id.in_(list(ids)))))


def kept(conn: Connection) -> tuple[Sample, ...]:
    """All that stand in the fridge."""
    return tuple(
        _sample(row) for row in conn.execute(_SAMPLES.where(food_samples.c.disposed_at_utc.is_(None)))
    )


def taken(conn: Connection, day: date, period: str) -> frozenset[int]:
    """Ids of the dishes of that meal that have a sample."""
    wanted = select(food_samples.c.dish_id).where(food_samples.c.service_date == day.isoformat())
    return frozenset(row.dish_id for row in conn.execute(wanted.where(food_samples.c.period == period)))


def _sample(row: Any) -> Sample:
    gone = row.disposed_at_utc
    return Sample(
        id=row.id,
        service_date=date.fromisoformat(row.service_date),
        period=row.period,
        dish_id=row.dish_id,
        dish_name=row.dish_name,
        grams=row.grams,
        taken_at=local_moment(row.taken_at_utc, row.offset_min),
        taken_by=row.taker,
        keep_until=local_moment(row.keep_until_utc, row.offset_min),
        disposed_at=local_moment(gone, row.offset_min) if gone else None,
        disposed_by=row.disposer or "",
        note=row.note,
    )
