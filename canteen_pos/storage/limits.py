"""What people may spend from purses, and what they have spent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, update

from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.merged import ids

PURSE_TENDERS = ("wallet", "wallet_bonus", "on_account")


@dataclass(frozen=True, slots=True)
class Limits:
    """None is no limit."""

    person_id: int
    name: str
    meal_fen: int | None
    day_fen: int | None
    month_fen: int | None


_p, _d, _pay = t.people.c, t.documents.c, t.payments.c


def held(conn: Connection, people: Collection[int]) -> tuple[Limits, ...]:
    """Those of these people who have a limit, held (on PostgreSQL) until the transaction ends, in one order."""
    if not people:
        return ()
    wanted = (
        select(_p.id, _p.name, _p.meal_limit_fen, _p.day_limit_fen, _p.month_limit_fen)
        .where(_p.id.in_(sorted(people)))
        .where(func.coalesce(_p.meal_limit_fen, _p.day_limit_fen, _p.month_limit_fen).is_not(None))
        .order_by(_p.id)
        .with_for_update()
    )
    return tuple(Limits(*row) for row in conn.execute(wanted))


def spent(conn: Connection, person_id: int, first: date, last: date) -> int:
    """What this person's meals took from purses in these business days, refunds taken off; fen."""
    days = _d.business_date.between(first.isoformat(), last.isoformat())
    return int(conn.execute(_taken_by(person_id).where(days)).scalar_one())


def spent_in_meal(conn: Connection, person_id: int, service_date: str, period: str) -> int:
    """The same for one meal: whatever of it was bought, in as many sales as it took."""
    meal = (_d.service_date == service_date, _d.period == period)
    return int(conn.execute(_taken_by(person_id).where(*meal)).scalar_one())


def _taken_by(person_id: int) -> Select[Any]:
    return (
        select(func.coalesce(func.sum(_pay.fen), 0))
        .join(t.documents, _d.id == _pay.document_id)
        .where(_d.person_id.in_(ids(person_id)), _d.kind.in_(("sale", "refund", "tender_correction")))
        .where(_pay.tender.in_(PURSE_TENDERS))
    )


def put(
    conn: Connection, person_id: int, meal_fen: int | None, day_fen: int | None, month_fen: int | None
) -> bool:
    values = {"meal_limit_fen": meal_fen, "day_limit_fen": day_fen, "month_limit_fen": month_fen}
    return conn.execute(update(t.people).where(_p.id == person_id).values(values)).rowcount == 1
