"""Who left, and what was still sold to them afterwards."""

from datetime import date

from sqlalchemy import select, update

from canteen_pos.domain.sale import number_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import documents, people, proxies, series


def leave(conn: Connection, person_id: int, left_on: date, why: str) -> None:
    conn.execute(
        update(people).where(people.c.id == person_id).values(left_on=left_on.isoformat(), left_why=why)
    )


def come_back(conn: Connection, person_id: int) -> None:
    conn.execute(update(people).where(people.c.id == person_id).values(left_on=None, left_why=""))


def end_proxies(conn: Connection, person_id: int, last_day: date) -> None:
    """Nobody collects for them any more; a proxy that was to begin later is gone with its first day."""
    x = proxies.c
    day = last_day.isoformat()
    conn.execute(
        update(proxies)
        .where(x.person_id == person_id, x.valid_from <= day, x.valid_to.is_(None) | (x.valid_to > day))
        .values(valid_to=day)
    )
    conn.execute(
        update(proxies).where(x.person_id == person_id, x.valid_from > day).values(valid_to=x.valid_from)
    )


def meals_since(conn: Connection, person_id: int, day: date) -> tuple[str, ...]:
    """Printed numbers of sales for meals on or after this day, the first first."""
    d = documents.c
    wanted = (
        select(series.c.label, d.number)
        .join(series, series.c.id == d.series_id)
        .where(d.person_id == person_id, d.kind == "sale", d.service_date >= day.isoformat())
        .order_by(d.at_utc, d.number)
    )
    return tuple(number_text(row.label, row.number) for row in conn.execute(wanted))
