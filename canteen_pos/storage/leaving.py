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


def last_of_purse(conn: Connection, account_id: int, day: date) -> tuple[str, str] | None:
    """(name, day) of who left a purse last when everybody whose purse it is has left by `day`; None while somebody is here,
    and for a purse that is nobody's."""
    p = people.c
    whose = conn.execute(select(p.name, p.left_on).where(p.account_id == account_id, p.active == 1)).all()
    if not whose or any(one.left_on is None or one.left_on > day.isoformat() for one in whose):
        return None
    last = max(whose, key=lambda one: str(one.left_on))
    return last.name, last.left_on
