"""Reading everything that `verify` compares, a stretch of documents at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, case, func, select

from canteen_pos.domain.proof import DocumentRows, Row
from canteen_pos.storage import tables as t
from canteen_pos.storage.columns import from_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.shifts import OVER_SHORT

STRETCH = 500
PERCENT_VOUCHERS = "voucher"
"""The pack that percent vouchers make (see services/voucher_rules.py)."""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    id: int
    label: str
    opened_at_utc: str
    next_number: int
    head_hash: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    rows: DocumentRows
    prev_hash: str
    hash: str
    applied: list[Any]
    salt: str | None


CHILDREN: tuple[tuple[Table, str], ...] = (
    (t.document_lines, "lines"),
    (t.document_shares, "shares"),
    (t.document_claims, "claims"),
    (t.payments, "payments"),
    (t.ledger_entries, "entries"),
    (t.quota_uses, "uses"),
)


def all_series(conn: Connection) -> tuple[SeriesRow, ...]:
    s = t.series.c
    wanted = select(s.id, s.label, s.opened_at_utc, s.next_number, s.head_hash).order_by(s.id)
    return tuple(SeriesRow(*row) for row in conn.execute(wanted))


_d = t.documents.c
_DOCUMENTS = (
    select(
        t.documents,
        t.series.c.label.label("series"),
        t.shifts.c.opened_at_utc.label("shift"),
        t.people.c.token.label("person"),
        t.people.c.salt,
        t.users.c.name.label("actor"),
    )
    .join(t.series, t.series.c.id == _d.series_id)
    .join(t.users, t.users.c.id == _d.actor_id)
    .join(t.shifts, t.shifts.c.id == _d.shift_id, isouter=True)
    .join(t.people, t.people.c.id == _d.person_id, isouter=True)
    .order_by(_d.number)
    .limit(STRETCH)
)


def documents(conn: Connection, series_id: int) -> Iterator[DocumentRow]:
    """Every document of a series, by number."""
    after = -1
    while found := conn.execute(_DOCUMENTS.where(_d.series_id == series_id, _d.number > after)).all():
        children = _children(conn, [row.id for row in found])
        for row in found:
            yield _document(row, children[row.id])
        after = found[-1].number


def _document(row: Any, children: dict[str, list[Row]]) -> DocumentRow:
    head = dict(row._mapping)  # noqa: SLF001 - the public name of a row's mapping
    rows = DocumentRows(
        head=head,
        body=row.body,
        lines=children["lines"],
        shares=children["shares"],
        claims=children["claims"],
        payments=children["payments"],
        entries=children["entries"],
        uses=children["uses"],
        released=children["released"],
    )
    return DocumentRow(rows, row.prev_hash, row.hash, from_json(row.applied), row.salt)


def _children(conn: Connection, ids: Sequence[str]) -> dict[str, dict[str, list[Row]]]:
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    x, s, c, e, u = (
        table.c
        for table in (t.document_lines, t.document_shares, t.document_claims, t.ledger_entries, t.quota_uses)
    )
    p = t.payments.c
    plain: dict[str, tuple[ColumnElement[str], Sequence[Any]]] = {
        "lines": (
            x.document_id,
            (x.line_no, x.item, x.name, x.kind, x.portion, x.quantity, x.grams, x.list_fen, x.pays_fen),
        ),
        "shares": (s.document_id, (s.line_no, s.fund, s.rule, s.version, s.pack, s.fen)),
        "claims": (c.document_id, (c.claim, c.fund, c.rule, c.version, c.pack, c.fen)),
        "entries": (e.document_id, (e.account, e.fund, e.fen)),
        "uses": (u.document_id, (u.person_token, u.quota, u.unit, u.window, u.slot, u.day, u.period, u.fen)),
        "released": (
            u.released_by,
            (u.document_id, u.person_token, u.quota, u.unit, u.window, u.slot, u.day, u.period, u.fen),
        ),
    }
    for name, (key, columns) in plain.items():
        for owner, *values in conn.execute(select(key, *columns).where(key.in_(ids))):
            found[owner][name].append(tuple(values))
    paid = (
        select(
            p.document_id,
            p.seq,
            p.tender,
            p.fen,
            func.coalesce(t.accounts.c.token, ""),
            func.coalesce(t.vouchers.c.serial, ""),
            p.reference,
            p.given_fen,
            p.change_fen,
        )
        .join(t.accounts, t.accounts.c.id == p.account_id, isouter=True)
        .join(t.vouchers, t.vouchers.c.id == p.voucher_id, isouter=True)
        .where(p.document_id.in_(ids))
    )
    for owner, *values in conn.execute(paid):
        found[owner]["payments"].append(tuple(values))
    return found


# -- what stands beside the documents ---------------------------------------------------------------


def counts(conn: Connection) -> dict[str, int]:
    """Rows in the tables that belong to documents."""
    tables = [("documents", t.documents), *((name, table) for table, name in CHILDREN)]
    return {
        name: int(conn.execute(select(func.count()).select_from(table)).scalar_one())
        for name, table in tables
    }


def refunded_beyond(conn: Connection) -> tuple[tuple[str, int, int, int, int], ...]:
    """(series label, sale's number, line, units sold, units given back) where more came back than was sold."""
    refund, back, sold = (
        t.documents.alias("refund"),
        t.document_lines.alias("back"),
        t.document_lines.alias("sold"),
    )
    units = func.sum(back.c.quantity)
    wanted = (
        select(t.series.c.label, _d.number, sold.c.line_no, sold.c.quantity, units)
        .join(refund, (refund.c.refers_to == _d.id) & (refund.c.kind == "refund"))
        .join(t.series, t.series.c.id == _d.series_id)
        .join(back, back.c.document_id == refund.c.id)
        .join(sold, (sold.c.document_id == _d.id) & (sold.c.line_no == back.c.line_no))
        .where(refund.c.refers_to.is_not(None))
        .group_by(t.series.c.label, _d.number, sold.c.line_no, sold.c.quantity)
        .having(units > sold.c.quantity)
    )
    return tuple((row[0], row[1], row[2], row[3], int(row[4])) for row in conn.execute(wanted))


def purses(conn: Connection) -> tuple[tuple[str, str, int, int, int], ...]:
    """(token, kind, balance_fen, bonus_fen, credit_limit_fen) of every account."""
    a = t.accounts.c
    wanted = select(a.token, a.kind, a.balance_fen, a.bonus_fen, a.credit_limit_fen)
    return tuple(tuple(row) for row in conn.execute(wanted))


def closed_shifts(conn: Connection) -> tuple[Any, ...]:
    """Closed shifts with the cash that documents moved in each, and what they booked as over (below zero) or short."""
    s, p, e = t.shifts.c, t.payments.c, t.ledger_entries.c
    cash = (
        select(_d.shift_id, func.sum(p.fen).label("fen"))
        .join(t.payments, p.document_id == _d.id)
        .where(p.tender == "cash", _d.shift_id.is_not(None))
        .group_by(_d.shift_id)
        .subquery()
    )
    over = (
        select(_d.shift_id, func.sum(e.fen).label("fen"))
        .join(t.ledger_entries, e.document_id == _d.id)
        .where(e.account == OVER_SHORT)
        .group_by(_d.shift_id)
        .subquery()
    )
    wanted = (
        select(
            s.station,
            s.opened_at_utc,
            s.float_fen,
            s.counted_fen,
            s.expected_fen,
            s.difference_fen,
            s.counts,
            func.coalesce(cash.c.fen, 0).label("cash_fen"),
            func.coalesce(over.c.fen, 0).label("over_fen"),
        )
        .join(cash, cash.c.shift_id == s.id, isouter=True)
        .join(over, over.c.shift_id == s.id, isouter=True)
        .where(s.closed_at_utc.is_not(None))
        .order_by(s.id)
    )
    return tuple(conn.execute(wanted))


def portions(conn: Connection) -> dict[tuple[str, str, str], int]:
    """Half portions counted as sold, by service date, period and dish code."""
    m = t.menu_entries.c
    wanted = select(m.service_date, m.period, t.dishes.c.code, m.sold_halves).join(
        t.dishes, t.dishes.c.id == m.dish_id
    )
    return {(row[0], row[1], row[2]): row.sold_halves for row in conn.execute(wanted) if row.sold_halves}


def sold_lines(conn: Connection) -> dict[tuple[str, str, str], int]:
    """Half portions that sales say were sold, by service date, period and dish code as it is now."""
    x = t.document_lines.c
    halves = func.sum(x.quantity * case((x.portion == "half", 1), else_=2))
    wanted = (
        select(_d.service_date, _d.period, t.dishes.c.code, halves.label("halves"))
        .join(t.documents, _d.id == x.document_id)
        .join(t.dishes, t.dishes.c.id == x.dish_id)
        .where(_d.kind == "sale")
        .group_by(_d.service_date, _d.period, t.dishes.c.code)
    )
    return {(row[0], row[1], row[2]): int(row.halves) for row in conn.execute(wanted)}


@dataclass(frozen=True, slots=True)
class VoucherState:
    """`fen` is what documents say it still pays, as money or (a percent voucher) as a share."""

    serial: str
    used: bool
    voided: bool
    face_fen: int
    fen: int


def vouchers(conn: Connection) -> tuple[VoucherState, ...]:
    v, p, s = t.vouchers.c, t.payments.c, t.document_shares.c
    paid = (
        select(p.voucher_id, func.sum(p.fen).label("fen"))
        .where(p.voucher_id.is_not(None))
        .group_by(p.voucher_id)
    )
    money = {row.voucher_id: int(row.fen) for row in conn.execute(paid)}
    given = select(s.rule, func.sum(s.fen).label("fen")).where(s.pack == PERCENT_VOUCHERS).group_by(s.rule)
    shares = {row.rule: int(row.fen) for row in conn.execute(given)}
    wanted = select(v.id, v.serial, v.used_document_id, v.voided_at_utc, v.face_fen).order_by(v.serial)
    return tuple(
        VoucherState(
            row.serial,
            row.used_document_id is not None,
            row.voided_at_utc is not None,
            row.face_fen,
            money.get(row.id, 0) + shares.get(row.serial, 0),
        )
        for row in conn.execute(wanted)
    )


def points(conn: Connection) -> tuple[tuple[str, int, int], ...]:
    """(person's token, points held, sum of their movements) of everybody who has, or had, any."""
    pe, e = t.people.c, t.point_entries.c
    moved = select(e.person_id, func.sum(e.points).label("points")).group_by(e.person_id).subquery()
    wanted = (
        select(pe.token, pe.points, func.coalesce(moved.c.points, 0))
        .join(moved, moved.c.person_id == pe.id, isouter=True)
        .where((pe.points != 0) | moved.c.points.is_not(None))
        .order_by(pe.token)
    )
    return tuple((row[0], row[1], int(row[2])) for row in conn.execute(wanted))


def points_of_documents(conn: Connection) -> dict[str, int]:
    """By document: points its movements took; below zero they came back."""
    e = t.point_entries.c
    wanted = (
        select(e.document_id, func.sum(-e.points).label("points"))
        .where(e.document_id.is_not(None))
        .group_by(e.document_id)
    )
    return {row.document_id: int(row.points) for row in conn.execute(wanted)}


def budgets(conn: Connection) -> dict[str, int]:
    """What was drawn from each fund's pot, by name."""
    return {row.name: row.drawn_fen for row in conn.execute(select(t.budgets))}
