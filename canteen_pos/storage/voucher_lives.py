"""What became of vouchers: every document that used one or gave it back, and what was done without a document."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all

from canteen_pos.domain.sale import number_text
from canteen_pos.storage import tables as t
from canteen_pos.storage.columns import from_json, local_moment
from canteen_pos.storage.engine import Connection

PERCENT_PACK = "voucher"
"""The pack that percent vouchers make (see services/voucher_rules.py)."""


@dataclass(frozen=True, slots=True)
class VoucherUse:
    """What one document took from a voucher: below zero it came back."""

    serial: str
    document_id: str
    number_text: str
    kind: str
    service_date: date
    business_date: date
    at: datetime
    person: str
    actor: str
    fen: int


@dataclass(frozen=True, slots=True)
class VoucherEvent:
    """Printed or voided: `body` as it was logged."""

    at: datetime
    actor: str
    kind: str
    body: dict[str, Any]


_v, _d, _e = t.vouchers.c, t.documents.c, t.events.c


def _taken() -> tuple[Select[Any], Any]:
    """Fen by voucher and document, and the table inside to sift by: face-value vouchers paid, percent vouchers were
    shares of their fund."""
    paid = select(_v.id, _v.serial, _v.batch_id, t.payments.c.document_id, t.payments.c.fen).join(
        t.payments, t.payments.c.voucher_id == _v.id
    )
    shares = t.document_shares.c
    shared = (
        select(_v.id, _v.serial, _v.batch_id, shares.document_id, shares.fen)
        .join(t.document_shares, shares.rule == _v.serial)
        .where(shares.pack == literal(PERCENT_PACK), _v.percent > 0)
    )
    both = union_all(paid, shared).subquery()
    found = (
        select(
            both.c.serial,
            _d.id,
            _d.kind,
            _d.number,
            _d.service_date,
            _d.business_date,
            _d.at_utc,
            _d.offset_min,
            t.series.c.label,
            func.coalesce(t.people.c.name, "").label("person"),
            t.users.c.name.label("actor"),
            func.sum(both.c.fen).label("fen"),
        )
        .join(t.documents, _d.id == both.c.document_id)
        .join(t.series, t.series.c.id == _d.series_id)
        .join(t.users, t.users.c.id == _d.actor_id)
        .join(t.people, t.people.c.id == _d.person_id, isouter=True)
        .group_by(both.c.id, both.c.serial, _d.id, t.series.c.label, t.people.c.name, t.users.c.name)
        .order_by(_d.at_utc, _d.number, both.c.id)
    )
    return found, both


def uses_of(conn: Connection, serial: str) -> tuple[VoucherUse, ...]:
    """Of one voucher, the oldest first."""
    wanted, both = _taken()
    return _uses(conn, wanted.where(both.c.serial == serial))


def uses_in(conn: Connection, batch_id: int, first: date, last: date) -> tuple[VoucherUse, ...]:
    """Of a batch, in the books of these business days."""
    wanted, both = _taken()
    days = _d.business_date.between(first.isoformat(), last.isoformat())
    return _uses(conn, wanted.where(both.c.batch_id == batch_id, days))


def _uses(conn: Connection, wanted: Select[Any]) -> tuple[VoucherUse, ...]:
    return tuple(
        VoucherUse(
            row.serial,
            row.id,
            number_text(row.label, row.number),
            row.kind,
            date.fromisoformat(row.service_date or row.business_date),
            date.fromisoformat(row.business_date),
            local_moment(row.at_utc, row.offset_min),
            row.person,
            row.actor,
            int(row.fen),
        )
        for row in conn.execute(wanted)
        if row.fen
    )


def issued(conn: Connection, batch_id: int) -> tuple[datetime, str]:
    """When a batch was made, in UTC, and by whom."""
    b = t.voucher_batches.c
    wanted = (
        select(b.created_at_utc, func.coalesce(t.users.c.name, "").label("by"))
        .join(t.users, t.users.c.id == b.created_by, isouter=True)
        .where(b.id == batch_id)
    )
    row = conn.execute(wanted).one()
    return local_moment(row.created_at_utc), row.by


def events_of(conn: Connection, batch_id: int, serial: str) -> tuple[VoucherEvent, ...]:
    """What was logged of a batch, and of one voucher by itself, the oldest first."""
    kinds = ("vouchers_printed", "vouchers_voided", "voucher_voided")
    wanted = (
        select(_e.at_utc, _e.offset_min, _e.kind, _e.body, func.coalesce(t.users.c.name, "").label("actor"))
        .join(t.users, t.users.c.id == _e.actor_id, isouter=True)
        .where(_e.kind.in_(kinds))
        .where(_e.body.contains(f'"batch":{batch_id},') | _e.body.contains(f'"serial":"{serial}"'))
        .order_by(_e.id)
    )
    return tuple(
        VoucherEvent(local_moment(row.at_utc, row.offset_min), row.actor, row.kind, from_json(row.body))
        for row in conn.execute(wanted)
    )
