"""What people may spend from purses, and what they have spent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update

from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.merged import ids

PURSE_TENDERS = ("wallet", "wallet_bonus", "on_account")


@dataclass(frozen=True, slots=True)
class Limits:
    """None is no limit."""

    person_id: int
    name: str
    day_fen: int | None
    month_fen: int | None


_p, _d, _pay = t.people.c, t.documents.c, t.payments.c


def held(conn: Connection, people: Collection[int]) -> tuple[Limits, ...]:
    """Those of these people who have a limit, held (on PostgreSQL) until the transaction ends, in one order."""
    if not people:
        return ()
    wanted = (
        select(_p.id, _p.name, _p.day_limit_fen, _p.month_limit_fen)
        .where(_p.id.in_(sorted(people)))
        .where(_p.day_limit_fen.is_not(None) | _p.month_limit_fen.is_not(None))
        .order_by(_p.id)
        .with_for_update()
    )
    return tuple(Limits(*row) for row in conn.execute(wanted))


def spent(conn: Connection, person_id: int, first: date, last: date) -> int:
    """What this person's meals took from purses in these business days, refunds taken off; fen."""
    wanted = (
        select(func.coalesce(func.sum(_pay.fen), 0))
        .join(t.documents, _d.id == _pay.document_id)
        .where(_d.person_id.in_(ids(person_id)), _d.kind.in_(("sale", "refund", "tender_correction")))
        .where(_d.business_date.between(first.isoformat(), last.isoformat()))
        .where(_pay.tender.in_(PURSE_TENDERS))
    )
    return int(conn.execute(wanted).scalar_one())


def put(conn: Connection, person_id: int, day_fen: int | None, month_fen: int | None) -> bool:
    changed = conn.execute(
        update(t.people).where(_p.id == person_id).values(day_limit_fen=day_fen, month_limit_fen=month_fen)
    )
    return changed.rowcount == 1
