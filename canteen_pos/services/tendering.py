"""Taking the money of a settlement: from the drawer, purses, vouchers and codes, inside the sale's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.giving_back import Source
from canteen_pos.domain.order import Payment
from canteen_pos.domain.purse import split
from canteen_pos.domain.sale import PaymentRow
from canteen_pos.domain.settling import Part, allocate
from canteen_pos.services import points_paying, voucher_rules
from canteen_pos.services.points_paying import Noted, Payer
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import purses as rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.purses import PurseRow, VoucherRow

PURSES = ("wallet", "on_account")
_NOT_SHARED: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Taken:
    """Payment rows of each document, in the order of the dues; `vouchers` go to (voucher id, place of document), `points`
    are what each document took."""

    rows: tuple[tuple[PaymentRow, ...], ...]
    rounding_fen: tuple[int, ...]
    change_fen: int
    balance_after_fen: int | None
    vouchers: tuple[tuple[int, int], ...]
    points: tuple[Noted, ...] = ()


def take(
    conn: Connection,
    settings: CanteenSettings,
    dues: Sequence[int],
    payments: Sequence[Payment],
    day: date,
    shared: Mapping[int, int] | None = None,
    orders: Sequence[str] = (),
) -> Taken:
    """Debit everything that pays `dues` (of `orders`). Vouchers are marked by `mark_vouchers` once their document exists.

    `shared` are vouchers, by id, that pay so many fen for others at the same table: they may pay the rest of their face
    here, though they are marked used.
    Refusals: 'tender.off', 'tender.unknown', 'wallet.short', 'account.over_limit', 'account.unknown', 'voucher.*',
    and those of `settling.allocate`.
    """
    _check_tenders(settings, payments)
    parts = allocate(dues, payments, settings.cash_rounding, orders)
    held = rows.purses(conn, {one.account_id for one in payments if one.account_id is not None})
    vouchers = rows.vouchers(conn, {one.voucher_serial for one in payments if one.tender == "voucher"})
    for payment in payments:
        if payment.tender in PURSES:
            _check_purse(payment, held)
        elif payment.tender == "voucher":
            _check_voucher(payment, vouchers, day, shared or {})
    purse = _Purses(held, bonus_first=_bonus_first(settings))
    points = points_paying.debit(conn, payments, settings.point_fen)
    made = tuple(
        tuple(row for part in of_document for row in _rows(part, purse, vouchers, points))
        for of_document in parts
    )
    purse.debit(conn)
    first = next((one.account_id for one in payments if one.account_id is not None), None)
    balance = None if first is None else purse.left(first)
    with_balance = tuple(tuple(_with_balance(row, purse) for row in of_document) for of_document in made)
    return Taken(
        rows=with_balance,
        rounding_fen=tuple(sum(part.rounding_fen for part in of_document) for of_document in parts),
        change_fen=sum(part.change_fen for of_document in parts for part in of_document),
        balance_after_fen=balance,
        vouchers=tuple(use for use in _first_use(made) if use[0] not in (shared or {})),
        points=points_paying.noted(made, settings.point_fen) if points else ((),) * len(made),
    )


def mark_vouchers(conn: Connection, taken: Taken, document_ids: Sequence[str]) -> None:
    """Refusal 'voucher.used' when another till was quicker."""
    for voucher_id, place in taken.vouchers:
        if not rows.use_voucher(conn, voucher_id, document_ids[place]):
            raise refuse("voucher.used", serial="")


def _check_tenders(settings: CanteenSettings, payments: Sequence[Payment]) -> None:
    serials = [payment.voucher_serial for payment in payments if payment.tender == "voucher"]
    if len(set(serials)) < len(serials):
        raise refuse("voucher.used", serial=next(one for one in serials if serials.count(one) > 1))
    for payment in payments:
        typed.amount(payment.fen)
        typed.amount(payment.given_fen)
        typed.line(payment.reference)
        if payment.tender not in settings.tenders:
            raise refuse("tender.off", tender=payment.tender)


def _check_purse(payment: Payment, held: dict[int, PurseRow]) -> None:
    purse = held.get(payment.account_id or 0)
    if purse is None or not purse.active or (purse.kind == "wallet") != (payment.tender == "wallet"):
        raise refuse("account.unknown")


def _check_voucher(
    payment: Payment, vouchers: dict[str, VoucherRow], day: date, shared: Mapping[int, int] = _NOT_SHARED
) -> None:
    voucher = vouchers.get(payment.voucher_serial)
    if voucher is None or voucher.id not in shared:
        voucher = voucher_rules.usable(vouchers, payment.voucher_serial, day)
    if voucher.percent:
        raise refuse("voucher.percent", serial=voucher.serial)
    face_fen = voucher.face_fen - shared.get(voucher.id, 0)
    if payment.fen > face_fen:
        raise refuse("voucher.face", serial=voucher.serial, face_fen=face_fen)


class _Purses:
    """What this settlement takes from each purse: the principal first and the bonus after, or the other way round."""

    def __init__(self, held: dict[int, PurseRow], *, bonus_first: bool) -> None:
        self._before = held
        self._bonus_first = bonus_first
        self.now = dict(held)

    def take(self, account_id: int, fen: int) -> list[tuple[str, int]]:
        """(tender, fen) parts of `fen`, what is spent first first. Refusal 'wallet.short' or 'account.over_limit'."""
        purse = self.now[account_id]
        if purse.kind != "wallet":
            if purse.balance_fen - fen < -purse.credit_limit_fen:
                left = purse.balance_fen + purse.credit_limit_fen
                raise refuse("account.over_limit", name=purse.name, left_fen=left, needed_fen=fen)
            self.now[account_id] = replace(purse, balance_fen=purse.balance_fen - fen)
            return [("on_account", fen)]
        if purse.balance_fen + purse.bonus_fen < fen:
            before = self._before[account_id]
            raise refuse("wallet.short", balance_fen=before.balance_fen + before.bonus_fen, needed_fen=fen)
        principal, bonus = split(fen, purse.balance_fen, purse.bonus_fen, bonus_first=self._bonus_first)
        self.now[account_id] = replace(
            purse, balance_fen=purse.balance_fen - principal, bonus_fen=purse.bonus_fen - bonus
        )
        parts = [("wallet", principal), ("wallet_bonus", bonus)]
        return [part for part in (parts[::-1] if self._bonus_first else parts) if part[1]]

    def debit(self, conn: Connection) -> None:
        """Write what was taken, in one order for every till."""
        for account_id in sorted(self.now):
            before, after = self._before[account_id], self.now[account_id]
            fen, bonus = after.balance_fen - before.balance_fen, after.bonus_fen - before.bonus_fen
            if (fen or bonus) and not rows.move(conn, account_id, fen, bonus):
                raise refuse(
                    "wallet.short", balance_fen=before.balance_fen + before.bonus_fen, needed_fen=-fen - bonus
                )

    def left(self, account_id: int) -> int:
        return self.now[account_id].balance_fen + self.now[account_id].bonus_fen


def _bonus_first(settings: CanteenSettings) -> bool:
    order = settings.spend_order
    return order.index("bonus") < order.index("principal")


def _rows(
    part: Part, purses: _Purses, vouchers: dict[str, VoucherRow], points: Mapping[int, Payer]
) -> list[PaymentRow]:
    payment = part.payment
    if payment.tender in PURSES:
        assert payment.account_id is not None
        token = purses.now[payment.account_id].token
        return [
            PaymentRow(tender, fen, purse=token, account_id=payment.account_id)
            for tender, fen in purses.take(payment.account_id, part.fen)
        ]
    if payment.tender == "voucher":
        voucher = vouchers[payment.voucher_serial]
        issuer = voucher.fund or voucher.issuer
        return [PaymentRow("voucher", part.fen, voucher=voucher.serial, issuer=issuer, voucher_id=voucher.id)]
    if payment.tender == "points":
        payer = points[payment.person_id or 0]
        return [PaymentRow("points", part.fen, issuer=payer.token, person_id=payer.person_id)]
    if payment.tender == "cash":
        if not part.fen and not part.change_fen:
            return []  # rounded away
        return [PaymentRow("cash", part.fen, given_fen=part.given_fen, change_fen=part.change_fen)]
    return [PaymentRow(payment.tender, part.fen, reference=payment.reference)]


def _with_balance(row: PaymentRow, purses: _Purses) -> PaymentRow:
    if row.account_id is None:
        return row
    return replace(row, balance_after_fen=purses.left(row.account_id))


def _first_use(made: Sequence[Sequence[PaymentRow]]) -> tuple[tuple[int, int], ...]:
    """For each voucher, the first document it pays."""
    found: dict[int, int] = {}
    for place, of_document in enumerate(made):
        for row in of_document:
            if row.voucher_id is not None:
                found.setdefault(row.voucher_id, place)
    return tuple(found.items())


# -- giving back ------------------------------------------------------------------------------------


def closed(conn: Connection, money: Sequence[Source]) -> frozenset[str]:
    """Tokens of purses that would get money back and are closed. A bonus lapses with its purse: it may go back there."""
    ids = rows.ids_of(conn, {source.purse for source in money if source.purse})
    held = rows.purses(conn, ids.values())
    return frozenset(source.purse for source in money if _is_closed(source, held, ids))


def _is_closed(source: Source, held: Mapping[int, PurseRow], ids: Mapping[str, int]) -> bool:
    return source.tender in PURSES and not held[ids[source.purse]].active


def give_back(conn: Connection, money: Sequence[Source]) -> tuple[PaymentRow, ...]:
    """Payment rows (below zero) that give each source its money; purses are credited here, in one order.

    Refusal 'purse.closed' (back_fen=) when money would go into a purse whose owner was forgotten.
    """
    ids = rows.ids_of(conn, {source.purse for source in money if source.purse})
    vouchers = rows.vouchers(conn, {source.voucher for source in money if source.voucher})
    held = rows.purses(conn, ids.values())
    lost = [source.fen for source in money if _is_closed(source, held, ids)]
    if lost:
        raise refuse("purse.closed", back_fen=sum(lost))
    back: dict[int, tuple[int, int]] = {}
    for source in money:
        if source.purse:
            fen, bonus = back.get(ids[source.purse], (0, 0))
            is_bonus = source.tender == "wallet_bonus"
            back[ids[source.purse]] = (
                fen + (0 if is_bonus else source.fen),
                bonus + (source.fen if is_bonus else 0),
            )
    for account_id in sorted(back):
        if not rows.move(conn, account_id, *back[account_id]):
            raise refuse("account.unknown")
    return tuple(
        PaymentRow(
            tender=source.tender,
            fen=-source.fen,
            purse=source.purse,
            voucher=source.voucher,
            issuer=source.issuer,
            reference=source.reference,
            account_id=ids.get(source.purse),
            voucher_id=vouchers[source.voucher].id if source.voucher else None,
            balance_after_fen=(
                held[ids[source.purse]].balance_fen
                + held[ids[source.purse]].bonus_fen
                + sum(back[ids[source.purse]])
                if source.purse
                else None
            ),
        )
        for source in money
    )
