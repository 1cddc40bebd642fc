"""Paying a purse out: the principal comes back, the bonus never does. One purse, all of them when a canteen closes, or one
top-up that was a mistake."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from canteen_pos.domain import chain, typed
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.domain.ledger import purse_entries
from canteen_pos.domain.sale import Draft, PaymentRow, PersonMark, no_meal
from canteen_pos.domain.settling import rounded_cash
from canteen_pos.services import audit, documents, print_queue, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.documents import Writer
from canteen_pos.services.rights import check
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import accounts, diners, purse_users, sales
from canteen_pos.storage import purses as rows
from canteen_pos.storage import shifts as shift_rows
from canteen_pos.storage.columns import from_json
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.purses import PurseRow

REFUND_TENDERS = ("cash", "wechat", "alipay", "bank_card", "bank_transfer")


@dataclass(frozen=True, slots=True)
class PurseRefundDone:
    """`paid_fen` is what was handed out (cash is rounded where the canteen rounds), `fen` what left the principal,
    `lapsed_fen` the bonus that ended with it."""

    document_id: str
    number_text: str
    fen: int
    paid_fen: int
    lapsed_fen: int
    balance_after_fen: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one purse of a refund-all: what was done, or why not."""

    account_id: int
    done: PurseRefundDone | None
    refusal: Refusal | None


def refund(
    desk: Desk,
    actor: Actor,
    account_id: int,
    tender: str,
    reason: str,
    request_id: str,
    *,
    fen: int | None = None,
    reference: str = "",
    payee: str = "",
    close: bool = False,
) -> PurseRefundDone:
    """Pay `fen` of the principal out, or (None) all of it. Needs 'refund_purse'.

    With the principal the same part of the bonus lapses, if the canteen has it so; `close` also closes the purse, and
    then all of it does. `payee` is who takes the money for the owner (it is logged and not in the document); for
    somebody who died it must be said. Cash needs an open shift. The same request id again answers with the first document.
    Refusals: 'refund.reason_needed', 'purse.tender', 'purse.nothing_to_pay_out', 'purse.too_much' (balance_fen=),
    'purse.payee_needed', 'wallet.unknown', 'shift.none_open', 'cash.not_that_much', 'sale.id_reused'.
    """
    reason, reference, payee = typed.line(reason), typed.line(reference), typed.line(payee, typed.NAME)
    _check(actor, tender, reason)
    asked = [account_id, fen, tender, reference, reason, close]
    fingerprint = chain.fingerprint({"purse_refund": asked})
    with desk.db.write() as conn:
        again = documents.earlier(conn, (request_id,), {request_id: fingerprint}).get(request_id)
        if again:
            return _done_before(again)
        writer = documents.writer(conn, desk, actor, needs_shift=tender == "cash")
        settings = settings_store.load(conn)
        purse = _the(conn, account_id)
        if not payee and purse_users.died(conn, account_id):
            raise refuse("purse.payee_needed")
        fen = purse.balance_fen if fen is None or close else fen
        part = lapses(settings, purse.balance_fen, purse.bonus_fen, fen)
        lost = purse.bonus_fen if close else part
        draft = _draft(desk, settings, purse, fen, lost, tender, reference, reason, request_id, close=close)
        draft = with_owner(conn, replace(draft, fingerprint=fingerprint), account_id, writer)
        number = _pay_out(conn, desk, writer, purse, draft)
        if payee:
            audit.log(
                conn,
                desk,
                actor,
                "purse_paid_to",
                account_id=account_id,
                payee=payee,
                document=draft.id,
            )
        if close:
            accounts.close(conn, account_id, writer.now)
            audit.log(conn, desk, actor, "purse_closed", account_id=account_id, document=number)
    return _done(draft.id, number, draft)


def undo_top_up(desk: Desk, actor: Actor, document_id: str, reason: str, request_id: str) -> PurseRefundDone:
    """A top-up that was a mistake (another's purse, a nought too many) goes back whole, as it came, with its bonus.

    Needs 'refund_purse'. Refusals: 'refund.reason_needed', 'top_up.not_one', 'top_up.undone', 'top_up.spent'
    (balance_fen=, bonus_fen=), 'wallet.unknown', 'shift.none_open', 'cash.not_that_much', 'sale.id_reused'.
    """
    reason = typed.line(reason)
    _check(actor, "cash", reason)
    fingerprint = chain.fingerprint({"undo_top_up": [document_id, reason]})
    with desk.db.write() as conn:
        again = documents.earlier(conn, (request_id,), {request_id: fingerprint}).get(request_id)
        if again:
            return _done_before(again)
        sales.lock(conn, document_id)
        top_up = sales.one(conn, document_id)
        if top_up is None or top_up.body["kind"] != "top_up":
            raise refuse("top_up.not_one")
        if sales.about(conn, document_id):
            raise refuse("top_up.undone")
        (paid,), bonus = top_up.body["payments"], top_up.body["extra"]["bonus_fen"]
        writer = documents.writer(conn, desk, actor, needs_shift=paid["tender"] == "cash")
        token = top_up.body["extra"]["purse"]
        purse = _the(conn, rows.ids_of(conn, {token})[token])
        if purse.balance_fen < paid["fen"] or purse.bonus_fen < bonus:
            raise refuse("top_up.spent", balance_fen=purse.balance_fen, bonus_fen=purse.bonus_fen)
        draft = _draft(
            desk,
            settings_store.load(conn),
            purse,
            paid["fen"],
            bonus,
            paid["tender"],
            paid["reference"],
            reason,
            request_id,
            rounds=False,
        )
        draft = replace(draft, fingerprint=fingerprint, refers_to=document_id)
        draft = with_owner(conn, draft, purse.id, writer)
        number = _pay_out(conn, desk, writer, purse, draft)
    return _done(draft.id, number, draft)


def refund_all(
    desk: Desk, actor: Actor, wanted: Sequence[tuple[int, str]], tender: str, reason: str
) -> tuple[Carried, ...]:
    """Carry a list out purse by purse, each a document of its own; `wanted` are (account, request id).

    One that cannot be paid out stays on the list with its reason (a refusal of `refund`) and stops nobody else.
    Needs 'refund_purse'.
    """
    check(actor, "refund_purse")
    carried = []
    for account_id, request_id in wanted:
        try:
            done = refund(desk, actor, account_id, tender, reason, request_id, close=True)
            carried.append(Carried(account_id, done, None))
        except Refusal as refusal:
            carried.append(Carried(account_id, None, refusal))
    return tuple(carried)


def lapse(conn: Connection, desk: Desk, actor: Actor, account_id: int | None) -> int:
    """The bonus of somebody who is erased ends, by a document on which no money moves; inside a transaction, the right was
    checked. What ended."""
    purse = rows.purses(conn, {account_id}).get(account_id) if account_id is not None else None
    if purse is None or purse.kind != "wallet" or not purse.bonus_fen:
        return 0
    writer = documents.writer(conn, desk, actor, needs_shift=False)
    request_id = secrets.token_hex(16)
    settings = settings_store.load(conn)
    draft = _draft(
        desk, settings, purse, 0, purse.bonus_fen, "bank_transfer", "", "erased", request_id, close=True
    )
    fingerprint = chain.fingerprint({"lapse": [purse.token, purse.bonus_fen]})
    draft = with_owner(conn, replace(draft, fingerprint=fingerprint), purse.id, writer)
    if not rows.move(conn, purse.id, 0, -purse.bonus_fen):
        raise refuse("database.busy")
    writer.record((draft,))
    return purse.bonus_fen


def _check(actor: Actor, tender: str, reason: str) -> None:
    check(actor, "refund_purse")
    if not reason:
        raise refuse("refund.reason_needed")
    if tender not in REFUND_TENDERS:
        raise refuse("purse.tender", tender=tender)


def _the(conn: Connection, account_id: int) -> PurseRow:
    """The purse, held until the transaction ends."""
    purse = rows.purses(conn, {account_id}).get(account_id)
    if purse is None or purse.kind != "wallet" or not purse.active:
        raise refuse("wallet.unknown")
    return purse


def lapses(settings: CanteenSettings, balance_fen: int, bonus_fen: int, fen: int) -> int:
    """The bonus that ends with `fen` of the principal: else somebody would top up, and take all but a fen out again. A part
    of a fen ends too, so that many small sums earn nothing."""
    if not settings.bonus_lapses or not 0 < fen <= balance_fen:
        return 0
    return -(-bonus_fen * fen // balance_fen)


def _pay_out(conn: Connection, desk: Desk, writer: Writer, purse: PurseRow, draft: Draft) -> str:
    """Debit the purse and put the document into the books; its number."""
    if not rows.move(conn, purse.id, draft.pays_fen, draft.extra["bonus_fen"]):
        raise refuse("database.busy")
    cash = sum(-one.fen for one in draft.payments if one.tender == "cash")
    shift = shift_rows.current(conn, desk.station) if cash else None
    if shift is not None and shift_rows.cash_flow(conn, shift).expected_fen < cash:
        raise refuse("cash.not_that_much")
    number = writer.record((draft,))[0].number_text
    print_queue.enqueue(conn, desk, "purse_refund", draft.id)
    return number


def _draft(
    desk: Desk,
    settings: CanteenSettings,
    purse: PurseRow,
    fen: int,
    lost_fen: int,
    tender: str,
    reference: str,
    reason: str,
    request_id: str,
    *,
    close: bool = False,
    rounds: bool = True,
) -> Draft:
    if fen > purse.balance_fen:
        raise refuse("purse.too_much", balance_fen=purse.balance_fen)
    if fen < 0 or (not fen and not (close and lost_fen)):
        raise refuse("purse.nothing_to_pay_out")
    paid = rounded_cash(fen, settings.cash_rounding) if tender == "cash" and rounds else fen
    payments = (PaymentRow(tender, -paid, reference=reference),) if paid else ()
    rounding = fen - paid
    return no_meal(
        "purse_refund",
        request_id,
        -fen,
        fingerprint="",
        rounding_fen=rounding,
        payments=payments,
        entries=purse_entries(
            payments, f"wallet:{purse.token}", desk.station, rounding_fen=rounding, bonus_fen=-lost_fen
        ),
        extra={
            "purse": purse.token,
            "bonus_fen": -lost_fen,
            "balance_after_fen": purse.balance_fen - fen,
            "bonus_after_fen": purse.bonus_fen - lost_fen,
            "closes": close,
        },
        reason=reason,
    )


def with_owner(conn: Connection, draft: Draft, account_id: int, writer: Writer) -> Draft:
    """The document of a purse with whose it is, when it is one person's; a family's and an anonymous one stay without."""
    holders = purse_users.holders(conn, account_id)
    if len(holders) != 1:
        return draft
    owner = diners.eater(conn, holders[0].person_id, writer.now.date())
    if owner is None:
        return draft
    mark = PersonMark(owner.diner.person, chain.salted(owner.salt, owner.facts()))
    return replace(draft, person=mark, person_id=owner.person_id)


def _done(document_id: str, number_text: str, draft: Draft) -> PurseRefundDone:
    return PurseRefundDone(
        document_id,
        number_text,
        -draft.pays_fen,
        -sum(payment.fen for payment in draft.payments),
        -draft.extra["bonus_fen"],
        draft.extra["balance_after_fen"],
    )


def _done_before(again: documents.Earlier) -> PurseRefundDone:
    body = from_json(again.body)
    return PurseRefundDone(
        again.id,
        documents.recorded_before(again).number_text,
        -body["pays_fen"],
        -sum(payment["fen"] for payment in body["payments"]),
        -body["extra"]["bonus_fen"],
        body["extra"]["balance_after_fen"],
        again=True,
    )
