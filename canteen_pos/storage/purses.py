"""Money taken from purses and vouchers by conditional updates, so that two tills never spend the same fen."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select, update

from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.merged import ids as ids_of_person


@dataclass(frozen=True, slots=True)
class PurseRow:
    id: int
    token: str
    kind: str
    name: str
    balance_fen: int
    bonus_fen: int
    credit_limit_fen: int
    active: int


@dataclass(frozen=True, slots=True)
class VoucherRow:
    id: int
    serial: str
    issuer: str
    fund: str
    face_fen: int
    valid_from: str
    valid_to: str
    used_document_id: str | None
    person_id: int | None
    percent: int
    cap_fen: int | None
    alone: int
    voided_at_utc: str | None


_a = t.accounts.c
_PURSES = (
    select(_a.id, _a.token, _a.kind, _a.name, _a.balance_fen, _a.bonus_fen, _a.credit_limit_fen, _a.active)
    .where(_a.id.in_(bindparam("ids", expanding=True)))
    .order_by(_a.id)
    .with_for_update()
)
_BY_TOKEN = select(_a.id, _a.token).where(_a.token.in_(bindparam("tokens", expanding=True)))
_MOVE = (
    update(t.accounts)
    .where(
        _a.id == bindparam("account"),
        (_a.balance_fen + bindparam("fen") >= -_a.credit_limit_fen) | (bindparam("fen") >= 0),
        _a.bonus_fen + bindparam("bonus") >= 0,
    )
    .values(balance_fen=_a.balance_fen + bindparam("fen"), bonus_fen=_a.bonus_fen + bindparam("bonus"))
)
_v = t.vouchers.c
_VOUCHERS = select(
    _v.id,
    _v.serial,
    _v.issuer,
    _v.fund,
    _v.face_fen,
    _v.valid_from,
    _v.valid_to,
    _v.used_document_id,
    _v.person_id,
    _v.percent,
    _v.cap_fen,
    _v.alone,
    _v.voided_at_utc,
).where(_v.serial.in_(bindparam("serials", expanding=True)))
_USE = (
    update(t.vouchers)
    .where(_v.id == bindparam("voucher"), _v.used_document_id.is_(None), _v.voided_at_utc.is_(None))
    .values(used_document_id=bindparam("used_by"))
)
_FREE = update(t.vouchers).where(_v.id == bindparam("voucher")).values(used_document_id=None)


def purses(conn: Connection, ids: Collection[int]) -> dict[int, PurseRow]:
    """These purses, held (on PostgreSQL) until the transaction ends, in one order for every till."""
    if not ids:
        return {}
    return {row.id: PurseRow(*row) for row in conn.execute(_PURSES, {"ids": sorted(ids)})}


def move(conn: Connection, account_id: int, fen: int, bonus_fen: int) -> bool:
    """Add to (or take, below zero, from) principal and bonus; False when that much is not there."""
    return conn.execute(_MOVE, {"account": account_id, "fen": fen, "bonus": bonus_fen}).rowcount == 1


def vouchers(conn: Connection, serials: Collection[str]) -> dict[str, VoucherRow]:
    if not serials:
        return {}
    return {
        row.serial: VoucherRow(*tuple(row)) for row in conn.execute(_VOUCHERS, {"serials": sorted(serials)})
    }


def use_voucher(conn: Connection, voucher_id: int, document_id: str) -> bool:
    """Mark it used; False when another sale was quicker."""
    return conn.execute(_USE, {"voucher": voucher_id, "used_by": document_id}).rowcount == 1


def free_voucher(conn: Connection, voucher_id: int) -> None:
    """Make it good again, after all that it paid went back."""
    conn.execute(_FREE, {"voucher": voucher_id})


def hold_people(conn: Connection, people: Collection[int]) -> None:
    """Nobody else sells to these people until the transaction ends (on PostgreSQL), in one order for every till."""
    p = t.people.c
    conn.execute(select(p.id).where(p.id.in_(sorted(people))).order_by(p.id).with_for_update()).all()


def vouchers_of_meal(
    conn: Connection, person_id: int, service_date: str, period: str, but: Collection[str]
) -> dict[str, bool]:
    """Vouchers this person used in that meal, outside the settlements `but`: whether their issuer wants them alone."""
    d = t.documents.c
    wanted = (
        select(_v.serial, _v.alone)
        .join(t.documents, d.id == _v.used_document_id)
        .where(d.person_id.in_(ids_of_person(person_id)), d.service_date == service_date, d.period == period)
        .where(d.settlement_id.not_in(sorted(but)))
    )
    return {row.serial: bool(row.alone) for row in conn.execute(wanted)}


def ids_of(conn: Connection, tokens: Collection[str]) -> dict[str, int]:
    """Database ids of purses by token."""
    if not tokens:
        return {}
    return {row.token: row.id for row in conn.execute(_BY_TOKEN, {"tokens": sorted(tokens)})}


def vouchers_paying(conn: Connection, settlement_id: str, *, but: str = "") -> dict[int, int]:
    """Fen of each voucher that are still in the sales it settled (`but` one), after refunds and corrections."""
    d, p = t.documents.c, t.payments.c
    sales = select(d.id).where(d.settlement_id == settlement_id, d.kind == "sale", d.id != but)
    ids = list(conn.execute(sales).scalars())
    ids += conn.execute(select(d.id).where(d.refers_to.in_(ids))).scalars()
    paid = (
        select(p.voucher_id, func.sum(p.fen).label("fen"))
        .where(p.document_id.in_(ids), p.voucher_id.is_not(None))
        .group_by(p.voucher_id)
    )
    return {row.voucher_id: int(row.fen) for row in conn.execute(paid) if row.fen}
