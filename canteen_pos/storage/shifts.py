"""Shifts and what moved in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, exists, func, insert, or_, select, update

from canteen_pos.domain.quote import OPERATOR
from canteen_pos.domain.shift import CashFlow
from canteen_pos.storage.columns import from_json, local_moment, offset_min, to_json, utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import document_shares, documents, ledger_entries, payments, shifts, users

OVER_SHORT = "cash_over_short"
"""The ledger account of counted differences."""
_OTHER_KINDS = ("tender_correction", "purse_refund", "account_payment")

_OVER_SHORT = exists().where(
    ledger_entries.c.document_id == documents.c.id, ledger_entries.c.account == OVER_SHORT
)


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift as stored; what concerns its end is None while it is open. Amounts in fen."""

    id: int
    station: str
    opened_by: int
    cashier: str
    opened_at: datetime
    float_fen: int
    closed_at: datetime | None
    expected_fen: int | None
    counted_fen: int | None
    difference_fen: int | None
    reason: str
    counts: dict[int, int]
    verified_by: str


@dataclass(frozen=True, slots=True)
class Sales:
    """Sums over the sales of one shift, refunds apart and with their sign (negative). Amounts in fen.

    list_fen = own_discount_fen + subsidy_fen + pays_fen.
    """

    sales: int
    list_fen: int
    own_discount_fen: int
    pays_fen: int
    rounding_fen: int
    refunds: int
    refunds_fen: int
    top_ups: int
    top_ups_fen: int

    @property
    def subsidy_fen(self) -> int:
        """What public and charity funds pay for these sales, before any refund."""
        return self.list_fen - self.own_discount_fen - self.pays_fen


def _wanted() -> Select[tuple[object, ...]]:
    verifier = users.alias("verifier")
    return (
        select(shifts, users.c.name.label("cashier"), verifier.c.name.label("verifier"))
        .join(users, users.c.id == shifts.c.opened_by)
        .join(verifier, verifier.c.id == shifts.c.verified_by, isouter=True)
    )


def _shifts(conn: Connection, wanted: Select[tuple[object, ...]]) -> tuple[Shift, ...]:
    return tuple(
        Shift(
            id=row.id,
            station=row.station,
            opened_by=row.opened_by,
            cashier=row.cashier,
            opened_at=local_moment(row.opened_at_utc, row.offset_min),
            float_fen=row.float_fen,
            closed_at=local_moment(row.closed_at_utc, row.offset_min) if row.closed_at_utc else None,
            expected_fen=row.expected_fen,
            counted_fen=row.counted_fen,
            difference_fen=row.difference_fen,
            reason=row.reason,
            counts={int(piece): pieces for piece, pieces in from_json(row.counts).items()},
            verified_by=row.verifier or "",
        )
        for row in conn.execute(wanted)
    )


def current(conn: Connection, station: str) -> Shift | None:
    found = _shifts(conn, _wanted().where(shifts.c.station == station, shifts.c.closed_at_utc.is_(None)))
    return found[0] if found else None


def by_id(conn: Connection, shift_id: int) -> Shift | None:
    found = _shifts(conn, _wanted().where(shifts.c.id == shift_id))
    return found[0] if found else None


def recent(conn: Connection, station: str, limit: int) -> tuple[Shift, ...]:
    """The newest first."""
    return _shifts(
        conn, _wanted().where(shifts.c.station == station).order_by(shifts.c.id.desc()).limit(limit)
    )


def add(conn: Connection, station: str, opened_by: int, at: datetime, float_fen: int) -> int:
    """Conflict (inside `guarded`) when the station has an open shift: the database holds that rule by itself."""
    made = conn.execute(
        insert(shifts)
        .values(
            station=station,
            opened_by=opened_by,
            opened_at_utc=utc_text(at),
            offset_min=offset_min(at),
            float_fen=float_fen,
        )
        .returning(shifts.c.id)
    )
    return int(made.scalar_one())


def close(
    conn: Connection,
    shift_id: int,
    *,
    closed_by: int,
    at: datetime,
    expected_fen: int,
    counted_fen: int,
    reason: str,
    counts: dict[int, int],
    verified_by: int | None,
) -> bool:
    """Write the count once; False when the shift was closed meanwhile."""
    changed = conn.execute(
        update(shifts)
        .where(shifts.c.id == shift_id, shifts.c.closed_at_utc.is_(None))
        .values(
            closed_at_utc=utc_text(at),
            closed_by=closed_by,
            expected_fen=expected_fen,
            counted_fen=counted_fen,
            difference_fen=counted_fen - expected_fen,
            reason=reason,
            counts=to_json(counts),
            verified_by=verified_by,
        )
    )
    return changed.rowcount == 1


def cash_flow(conn: Connection, shift: Shift) -> CashFlow:
    """What the documents of this shift did to the drawer. Over and short of earlier closes is not of this shift."""
    found = conn.execute(
        select(
            documents.c.kind,
            func.coalesce(func.sum(_positive()), 0),
            func.coalesce(func.sum(payments.c.fen - _positive()), 0),
        )
        .join(payments, payments.c.document_id == documents.c.id)
        .where(documents.c.shift_id == shift.id, payments.c.tender == "cash")
        .where(or_(documents.c.kind != "cash_movement", ~_OVER_SHORT))
        .group_by(documents.c.kind)
    )
    came = {kind: (int(into), int(out)) for kind, into, out in found}
    nothing = (0, 0)
    return CashFlow(
        float_fen=shift.float_fen,
        sales_fen=sum(came.get("sale", nothing)),
        refunds_fen=sum(came.get("refund", nothing)),
        top_ups_fen=sum(came.get("top_up", nothing)),
        paid_in_fen=came.get("cash_movement", nothing)[0],
        paid_out_fen=came.get("cash_movement", nothing)[1],
        other_fen=sum(sum(came.get(kind, nothing)) for kind in _OTHER_KINDS),
    )


def _positive() -> ColumnElement[int]:
    return case((payments.c.fen > 0, payments.c.fen), else_=0)


def by_tender(conn: Connection, shift_id: int) -> dict[str, int]:
    """What was taken by each tender for sales, refunds taken off and corrections moved; fen."""
    found = conn.execute(
        select(payments.c.tender, func.sum(payments.c.fen))
        .join(documents, documents.c.id == payments.c.document_id)
        .where(documents.c.shift_id == shift_id)
        .where(documents.c.kind.in_(("sale", "refund", "tender_correction")))
        .group_by(payments.c.tender)
        .order_by(payments.c.tender)
    )
    return {tender: int(fen) for tender, fen in found}


def by_fund(conn: Connection, shift_id: int) -> dict[str, int]:
    """What each fund pays for the shift's sales, refunds taken off; fen."""
    found = conn.execute(
        select(document_shares.c.fund, func.sum(document_shares.c.fen))
        .join(documents, documents.c.id == document_shares.c.document_id)
        .where(documents.c.shift_id == shift_id)
        .group_by(document_shares.c.fund)
        .order_by(document_shares.c.fund)
    )
    return {fund: int(fen) for fund, fen in found if fen}


def _own_discount_fen(conn: Connection, shift_id: int) -> int:
    given = (
        select(func.sum(document_shares.c.fen))
        .join(documents, documents.c.id == document_shares.c.document_id)
        .where(
            documents.c.shift_id == shift_id, documents.c.kind == "sale", document_shares.c.fund == OPERATOR
        )
    )
    return int(conn.execute(given).scalar() or 0)


def sales(conn: Connection, shift_id: int) -> Sales:
    found = conn.execute(
        select(
            documents.c.kind,
            func.count().label("number"),
            func.sum(documents.c.list_fen).label("list_fen"),
            func.sum(documents.c.pays_fen).label("pays_fen"),
            func.sum(documents.c.rounding_fen).label("rounding_fen"),
        )
        .where(documents.c.shift_id == shift_id)
        .group_by(documents.c.kind)
    )
    kinds = {row.kind: row for row in found}

    def of(kind: str, column: str) -> int:
        return int(getattr(kinds[kind], column)) if kind in kinds else 0

    return Sales(
        sales=of("sale", "number"),
        list_fen=of("sale", "list_fen"),
        own_discount_fen=_own_discount_fen(conn, shift_id),
        pays_fen=of("sale", "pays_fen"),
        rounding_fen=of("sale", "rounding_fen") + of("refund", "rounding_fen"),
        refunds=of("refund", "number"),
        refunds_fen=of("refund", "pays_fen"),
        top_ups=of("top_up", "number"),
        top_ups_fen=of("top_up", "pays_fen"),
    )
