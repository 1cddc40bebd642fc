"""A service date in sums: meals, money and funds by meal period, what is on the shelf."""

from dataclasses import dataclass

from sqlalchemy import and_, case, func, select

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import dishes, document_shares, documents, menu_entries, payments, shifts

_SOLD = ("sale", "refund")


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """Sales less refunds of one meal period; fen. `meals` counts sales, `refunds` papers that give back."""

    period: str
    meals: int
    refunds: int
    list_fen: int
    pays_fen: int


@dataclass(frozen=True, slots=True)
class ShortDish:
    """A dish of today that is sold out or nearly; `left_halves` may be below zero when the food was on the tray."""

    period: str
    name: str
    left_halves: int
    sold_out_at_utc: str | None


def periods(conn: Connection, service_date: str) -> tuple[PeriodRow, ...]:
    wanted = (
        select(
            documents.c.period,
            func.sum(case((documents.c.kind == "sale", 1), else_=0)).label("meals"),
            func.sum(case((documents.c.kind == "refund", 1), else_=0)).label("refunds"),
            func.sum(documents.c.list_fen).label("list_fen"),
            func.sum(documents.c.pays_fen).label("pays_fen"),
        )
        .where(documents.c.service_date == service_date, documents.c.kind.in_(_SOLD))
        .group_by(documents.c.period)
    )
    return tuple(
        PeriodRow(row.period, int(row.meals), int(row.refunds), int(row.list_fen), int(row.pays_fen))
        for row in conn.execute(wanted)
    )


def funds(conn: Connection, service_date: str) -> dict[str, int]:
    """What each fund pays of that date's meals, refunds taken off; fen."""
    wanted = (
        select(document_shares.c.fund, func.sum(document_shares.c.fen))
        .join(documents, documents.c.id == document_shares.c.document_id)
        .where(documents.c.service_date == service_date, documents.c.kind.in_(_SOLD))
        .group_by(document_shares.c.fund)
        .order_by(document_shares.c.fund)
    )
    return {fund: int(fen) for fund, fen in conn.execute(wanted) if fen}


def tenders(conn: Connection, business_date: str) -> dict[str, int]:
    """What came in by each tender on that business date: meals and top-ups, refunds taken off; fen."""
    wanted = (
        select(payments.c.tender, func.sum(payments.c.fen))
        .join(documents, documents.c.id == payments.c.document_id)
        .where(documents.c.business_date == business_date, documents.c.kind != "cash_movement")
        .group_by(payments.c.tender)
        .order_by(payments.c.tender)
    )
    return {tender: int(fen) for tender, fen in conn.execute(wanted) if fen}


def short_dishes(conn: Connection, service_date: str, at_most_halves: int) -> tuple[ShortDish, ...]:
    """Counted dishes with no more than so many half portions left, and those marked sold out."""
    left = menu_entries.c.planned_halves - menu_entries.c.sold_halves
    wanted = (
        select(menu_entries.c.period, dishes.c.name, left.label("left"), menu_entries.c.sold_out_at_utc)
        .join(dishes, dishes.c.id == menu_entries.c.dish_id)
        .where(menu_entries.c.service_date == service_date)
        .where(
            menu_entries.c.sold_out_at_utc.is_not(None)
            | and_(menu_entries.c.planned_halves > 0, left <= at_most_halves)
        )
        .order_by(left, dishes.c.name)
    )
    return tuple(
        ShortDish(row.period, row.name, int(row.left or 0), row.sold_out_at_utc)
        for row in conn.execute(wanted)
    )


def open_shifts(conn: Connection) -> tuple[str, ...]:
    """The tills where a shift is open."""
    found = conn.execute(
        select(shifts.c.station).where(shifts.c.closed_at_utc.is_(None)).order_by(shifts.c.station)
    )
    return tuple(found.scalars())
