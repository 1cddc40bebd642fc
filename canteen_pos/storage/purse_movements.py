"""What went in and out of a purse, document by document, and what was in each of them on any day: read from the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select, text

from canteen_pos.domain.sale import number_text, reason_of
from canteen_pos.storage import tables as t
from canteen_pos.storage.columns import from_json, local_moment
from canteen_pos.storage.engine import Connection

OF_A_PURSE = text("substr(account, 1, 5) in ('walle', 'bonus', 'on_ac')")
"""What the partial index on ledger entries holds; a query must say it word for word."""


@dataclass(frozen=True, slots=True)
class Movement:
    """What one document did to a purse: `fen` to the principal (or what is owed), `bonus_fen` to the bonus."""

    document_id: str
    number_text: str
    kind: str
    business_date: date
    at: datetime
    person: str
    actor: str
    fen: int
    bonus_fen: int
    body: dict[str, Any]
    reason: str = ""


_p, _d, _e = t.people.c, t.documents.c, t.ledger_entries.c


def movements(
    conn: Connection,
    kind: str,
    token: str,
    *,
    last: date | None = None,
    limit: int | None = None,
) -> tuple[Movement, ...]:
    """Documents that moved this purse; the newest first with a `limit`, else in the order of the books."""
    main = f"{'wallet' if kind == 'wallet' else 'on_account'}:{token}"
    moved = (
        select(
            _e.document_id,
            func.sum(case((_e.account == main, -_e.fen), else_=0)).label("fen"),
            func.sum(case((_e.account == main, 0), else_=-_e.fen)).label("bonus_fen"),
        )
        .where(_e.account.in_((main, f"bonus:{token}")), OF_A_PURSE)
        .group_by(_e.document_id)
        .subquery()
    )
    wanted = (
        select(
            _d.id,
            _d.kind,
            _d.number,
            _d.business_date,
            _d.at_utc,
            _d.offset_min,
            _d.body,
            _d.applied,
            t.series.c.label,
            func.coalesce(_p.name, "").label("person"),
            t.users.c.name.label("actor"),
            moved.c.fen,
            moved.c.bonus_fen,
        )
        .join(moved, moved.c.document_id == _d.id)
        .join(t.series, t.series.c.id == _d.series_id)
        .join(t.users, t.users.c.id == _d.actor_id)
        .join(t.people, _p.id == _d.person_id, isouter=True)
    )
    if last is not None:
        wanted = wanted.where(_d.business_date <= last.isoformat())
    if limit is None:
        wanted = wanted.order_by(_d.business_date, _d.at_utc, _d.series_id, _d.number)
    else:
        wanted = wanted.order_by(_d.at_utc.desc(), _d.series_id.desc(), _d.number.desc()).limit(limit)
    return tuple(map(_movement, conn.execute(wanted)))


def _movement(row: Any) -> Movement:
    body = from_json(row.body)
    return Movement(
        row.id,
        number_text(row.label, row.number),
        row.kind,
        date.fromisoformat(row.business_date),
        local_moment(row.at_utc, row.offset_min),
        row.person,
        row.actor,
        int(row.fen),
        int(row.bonus_fen),
        body,
        reason_of(body, from_json(row.applied)),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """What entries leave in one ledger account, and the business day of the last of them."""

    fen: int
    last_day: date


def balances_on(conn: Connection, last: date) -> dict[str, Held]:
    """By ledger account ('wallet:<token>', 'bonus:...', 'on_account:...'): what the entries of all business days up to
    and including `last` leave in it; zeros left out."""
    wanted = (
        select(_e.account, func.sum(-_e.fen).label("fen"), func.max(_d.business_date).label("day"))
        .join(t.documents, _d.id == _e.document_id)
        .where(OF_A_PURSE, _d.business_date <= last.isoformat())
        .group_by(_e.account)
    )
    return {
        row.account: Held(int(row.fen), date.fromisoformat(row.day))
        for row in conn.execute(wanted)
        if row.fen
    }
