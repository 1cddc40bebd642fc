"""Customers who eat now and pay later: opened with a limit, paid for by the month, closed when they owe nothing."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from canteen_pos.domain import chain, typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.ledger import purse_entries
from canteen_pos.domain.sale import PaymentRow, no_meal
from canteen_pos.services import audit, documents, print_queue, settings_store, wallets
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.purse_refunds import with_owner
from canteen_pos.services.rights import check
from canteen_pos.storage import accounts, purse_movements, purses
from canteen_pos.storage import purse_lists as rows
from canteen_pos.storage.columns import from_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.purse_lists import PurseRow
from canteen_pos.storage.purse_movements import Movement

PAYMENT_TENDERS = ("bank_transfer", "cash", "wechat", "alipay", "bank_card", "wallet")


@dataclass(frozen=True, slots=True)
class Customer:
    """What is known of somebody who pays later, besides what they owe."""

    name: str
    kind: str = "on_account"
    credit_limit_fen: int = 0
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PaymentDone:
    """`owed_fen` is what is still owed afterwards."""

    document_id: str
    number_text: str
    fen: int
    change_fen: int
    owed_fen: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One document: `fen` above zero is eaten, below zero paid or given back. `what` are the dishes, of a payment
    its reference; `tender` how it was paid."""

    day: date
    number_text: str
    kind: str
    person: str
    what: str
    fen: int
    owed_after_fen: int
    tender: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A month: opening_fen + meals_fen - paid_fen = closing_fen; all as owed by the customer. `up_to` is its last day, or
    today while it runs."""

    canteen: str
    customer: PurseRow
    first: date
    last: date
    opening_fen: int
    lines: tuple[StatementLine, ...]
    up_to: date

    @property
    def running(self) -> bool:
        return self.up_to < self.last

    @property
    def meals_fen(self) -> int:
        return sum(line.fen for line in self.lines if line.kind != "account_payment")

    @property
    def paid_fen(self) -> int:
        return -sum(line.fen for line in self.lines if line.kind == "account_payment")

    @property
    def closing_fen(self) -> int:
        return self.opening_fen + sum(line.fen for line in self.lines)


def open_(desk: Desk, actor: Actor, customer: Customer) -> int:
    """The new account's id. Needs 'manage_purses'. Refusal 'account.name_empty', 'account.limit'."""
    check(actor, "manage_purses")
    with desk.db.write() as conn:
        made = wallets.add_on_account(conn, customer.name, customer.credit_limit_fen, customer.kind)
        accounts.change(conn, made.account_id, **_kept(customer))
        audit.log(
            conn,
            desk,
            actor,
            "account_opened",
            account_id=made.account_id,
            limit_fen=customer.credit_limit_fen,
        )
    return made.account_id


def edit(desk: Desk, actor: Actor, account_id: int, customer: Customer) -> None:
    """Other name, contact or limit; the kind stays. Needs 'manage_purses'.

    Refusal 'account.name_empty', 'account.limit', 'account.unknown', 'account.limit_under_owed' (owed_fen=).
    """
    check(actor, "manage_purses")
    name, who = typed.line(customer.name, typed.NAME), _kept(customer)
    if not name:
        raise refuse("account.name_empty")
    if typed.amount(customer.credit_limit_fen) < 0:
        raise refuse("account.limit")
    with desk.db.write() as conn:
        was = _the(conn, account_id)
        if not accounts.limit_credit(conn, account_id, customer.credit_limit_fen):
            raise refuse("account.limit_under_owed", owed_fen=-was.balance_fen)
        accounts.change(conn, account_id, name=name, **who)
        audit.log(
            conn,
            desk,
            actor,
            "account_edited",
            account_id=account_id,
            was_limit_fen=was.credit_limit_fen,
            limit_fen=customer.credit_limit_fen,
        )


def close(desk: Desk, actor: Actor, account_id: int) -> None:
    """Nobody can pay by it any more. Needs 'manage_purses'.

    Refusal 'account.unknown', 'account.owes' (owed_fen=), 'purse.closed_already'.
    """
    check(actor, "manage_purses")
    with desk.db.write() as conn:
        account = _the(conn, account_id)
        if not account.active:
            raise refuse("purse.closed_already")
        if not accounts.close(conn, account_id, desk.clock.now()):
            raise refuse("account.owes", owed_fen=-account.balance_fen)
        audit.log(conn, desk, actor, "account_closed", account_id=account_id)


def receive(
    desk: Desk,
    actor: Actor,
    account_id: int,
    fen: int,
    tender: str,
    request_id: str,
    *,
    reference: str = "",
    given_fen: int = 0,
    purse_id: int | None = None,
) -> PaymentDone:
    """A customer pays what they owe, or part of it. Needs 'account_payment'; cash needs an open shift. With the tender
    'wallet' the principal of the purse `purse_id` pays; its bonus is for meals.

    The same request id again answers with the first document. Refusals: 'account.payment_amount', 'purse.tender',
    'account.unknown', 'account.pays_too_much' (owed_fen=), 'top_up.given_short', 'wallet.unknown', 'account.purse_short'
    (balance_fen=), 'shift.none_open', 'sale.id_reused'.
    """
    check(actor, "account_payment")
    reference = typed.line(reference)
    if typed.amount(fen) <= 0:
        raise refuse("account.payment_amount")
    if tender not in PAYMENT_TENDERS:
        raise refuse("purse.tender", tender=tender)
    if typed.amount(given_fen) and (tender != "cash" or given_fen < fen):
        raise refuse("top_up.given_short", short_fen=max(0, fen - given_fen))
    asked = [account_id, fen, tender, reference, given_fen, *([purse_id] if tender == "wallet" else [])]
    fingerprint = chain.fingerprint({"account_payment": asked})
    with desk.db.write() as conn:
        again = documents.earlier(conn, (request_id,), {request_id: fingerprint}).get(request_id)
        if again:
            return _done_before(again)
        writer = documents.writer(conn, desk, actor, needs_shift=tender == "cash")
        source = purse_id if tender == "wallet" else None
        held = purses.purses(conn, {account_id, *([source] if source is not None else [])})
        account = held.get(account_id)
        if account is None or account.kind == "wallet":
            raise refuse("account.unknown")
        if fen > -account.balance_fen:
            raise refuse("account.pays_too_much", owed_fen=max(0, -account.balance_fen))
        if not purses.move(conn, account_id, fen, 0):
            raise refuse("database.busy")
        change = given_fen - fen if given_fen else 0
        payment = PaymentRow(tender, fen, reference=reference, given_fen=given_fen, change_fen=change)
        if tender == "wallet":
            payment = _out_of(conn, held.get(source or 0), payment)
        after = account.balance_fen + fen
        draft = no_meal(
            "account_payment",
            request_id,
            fen,
            fingerprint=fingerprint,
            payments=(payment,),
            entries=purse_entries((payment,), f"on_account:{account.token}", desk.station),
            extra={"purse": account.token, "balance_after_fen": after},
        )
        if source is not None:
            draft = with_owner(conn, draft, source, writer)
        recorded = writer.record((draft,))[0]
        print_queue.enqueue(conn, desk, "account_payment", request_id)
    return PaymentDone(request_id, recorded.number_text, fen, change, -after)


def _out_of(conn: Connection, purse: purses.PurseRow | None, payment: PaymentRow) -> PaymentRow:
    """The payment, taken from the principal of this purse."""
    if purse is None or purse.kind != "wallet" or not purse.active:
        raise refuse("wallet.unknown")
    if payment.fen > purse.balance_fen:
        raise refuse("account.purse_short", balance_fen=purse.balance_fen)
    if not purses.move(conn, purse.id, -payment.fen, 0):
        raise refuse("database.busy")
    left = purse.balance_fen + purse.bonus_fen - payment.fen
    return replace(payment, purse=purse.token, account_id=purse.id, balance_after_fen=left)


def statement(desk: Desk, actor: Actor, account_id: int, month: str) -> Statement:
    """Everything of a month ('2026-11'), by business day, rebuilt from the ledger. Needs 'read_purses'.

    Refusal 'account.month' (month=), 'account.month_ahead' (month=), 'account.unknown'.
    """
    check(actor, "read_purses")
    first = _month(month)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    today = desk.clock.now().date()
    if first > today:
        raise refuse("account.month_ahead", month=month)
    with desk.db.read() as conn:
        account = _the(conn, account_id)
        moved = purse_movements.movements(conn, account.kind, account.token, last=last)
        settings = settings_store.load(conn)
    opening = -sum(one.fen for one in moved if one.business_date < first)
    lines, owed = [], opening
    for one in (one for one in moved if one.business_date >= first):
        owed -= one.fen
        lines.append(_line(one, owed))
    return Statement(settings.name, account, first, last, opening, tuple(lines), up_to=min(last, today))


def _line(one: Movement, owed_after_fen: int) -> StatementLine:
    names = [line["name"] for line in one.body["lines"] if not line["kind"].endswith("_fee")]
    paid = one.body["payments"][0] if one.kind == "account_payment" else {"tender": "", "reference": ""}
    return StatementLine(
        one.business_date,
        one.number_text,
        one.kind,
        one.person,
        "、".join(names) or paid["reference"],
        -one.fen,
        owed_after_fen,
        paid["tender"],
    )


def _month(text: str) -> date:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})", text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 2000:
        raise refuse("account.month", month=text)
    return date(int(found[1]), int(found[2]), 1)


def _kept(customer: Customer) -> dict[str, str]:
    return {"contact": typed.line(customer.contact), "phone": typed.phone(customer.phone)}


def _the(conn: Any, account_id: int) -> PurseRow:
    account = rows.one(conn, account_id)
    if account is None or account.kind == "wallet":
        raise refuse("account.unknown")
    return account


def _done_before(again: documents.Earlier) -> PaymentDone:
    body = from_json(again.body)
    payment = body["payments"][0]
    return PaymentDone(
        again.id,
        documents.recorded_before(again).number_text,
        payment["fen"],
        payment["change_fen"],
        -body["extra"]["balance_after_fen"],
        again=True,
    )
