"""Paying a purse out: the principal comes back, the bonus never does. One purse, or all of them when a canteen closes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from canteen_pos.domain import chain
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.domain.ledger import purse_entries
from canteen_pos.domain.sale import Draft, PaymentRow, PersonMark, no_meal
from canteen_pos.domain.settling import rounded_cash
from canteen_pos.services import audit, documents, print_queue, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.documents import Writer
from canteen_pos.services.rights import check
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import diners
from canteen_pos.storage import purse_lists as lists
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
    close: bool = False,
) -> PurseRefundDone:
    """Pay `fen` of the principal out, or (None) all of it. Needs 'refund_purse'.

    With the whole principal the bonus lapses, if the canteen has it so; `close` also closes the purse, and then the
    bonus always lapses. Cash needs an open shift. The same request id again answers with the first document.
    Refusals: 'refund.reason_needed', 'purse.tender', 'purse.nothing_to_pay_out', 'purse.too_much' (balance_fen=),
    'wallet.unknown', 'shift.none_open', 'cash.not_that_much', 'sale.id_reused'.
    """
    check(actor, "refund_purse")
    if not reason.strip():
        raise refuse("refund.reason_needed")
    if tender not in REFUND_TENDERS:
        raise refuse("purse.tender", tender=tender)
    asked = [account_id, fen, tender, reference, reason.strip(), close]
    fingerprint = chain.fingerprint({"purse_refund": asked})
    with desk.db.write() as conn:
        again = documents.earlier(conn, (request_id,), {request_id: fingerprint}).get(request_id)
        if again:
            return _done_before(again)
        writer = documents.writer(conn, desk, actor, needs_shift=tender == "cash")
        settings = settings_store.load(conn)
        purse = rows.purses(conn, {account_id}).get(account_id)
        if purse is None or purse.kind != "wallet" or not purse.active:
            raise refuse("wallet.unknown")
        draft = _draft(desk, settings, purse, tender, reference, reason.strip(), request_id, fen, close=close)
        draft = _with_owner(conn, replace(draft, fingerprint=fingerprint), account_id, writer)
        if not draft.pays_fen and not draft.extra["bonus_fen"]:
            raise refuse("purse.nothing_to_pay_out")
        if not rows.move(conn, account_id, draft.pays_fen, draft.extra["bonus_fen"]):
            raise refuse("database.busy")
        if tender == "cash":
            _check_drawer(conn, desk, -draft.payments[0].fen if draft.payments else 0)
        recorded = writer.record((draft,))[0]
        if close:
            lists.close(conn, account_id, writer.now)
            audit.log(conn, desk, actor, "purse_closed", account_id=account_id, document=recorded.number_text)
        print_queue.enqueue(conn, desk, "purse_refund", draft.id)
    return _done(recorded.document_id, recorded.number_text, draft)


def refund_all(
    desk: Desk, actor: Actor, wanted: Sequence[tuple[int, str]], tender: str, reason: str
) -> tuple[Carried, ...]:
    """Carry a list out purse by purse, each a document of its own; `wanted` are (account, request id).

    One that cannot be paid out stays on the list with its reason and stops nobody else.
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


def _draft(
    desk: Desk,
    settings: CanteenSettings,
    purse: PurseRow,
    tender: str,
    reference: str,
    reason: str,
    request_id: str,
    asked_fen: int | None,
    *,
    close: bool,
) -> Draft:
    fen = purse.balance_fen if asked_fen is None or close else asked_fen
    if fen > purse.balance_fen:
        raise refuse("purse.too_much", balance_fen=purse.balance_fen)
    if fen < 0 or (not fen and not (close and purse.bonus_fen)):
        raise refuse("purse.nothing_to_pay_out")
    whole = fen == purse.balance_fen
    lapsed = purse.bonus_fen if close or (whole and settings.bonus_lapses) else 0
    paid = rounded_cash(fen, settings.cash_rounding) if tender == "cash" else fen
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
            payments, f"wallet:{purse.token}", desk.station, rounding_fen=rounding, bonus_fen=-lapsed
        ),
        extra={
            "purse": purse.token,
            "purse_name": purse.name,
            "bonus_fen": -lapsed,
            "balance_after_fen": purse.balance_fen - fen,
            "bonus_after_fen": purse.bonus_fen - lapsed,
            "reason": reason,
            "closes": close,
        },
    )


def _with_owner(conn: Connection, draft: Draft, account_id: int, writer: Writer) -> Draft:
    """Whose purse it is, when it is one person's; a family's and an anonymous one stay without."""
    holders = lists.holders(conn, account_id)
    if len(holders) != 1:
        return draft
    owner = diners.eater(conn, holders[0].person_id, writer.now.date())
    if owner is None:
        return draft
    mark = PersonMark(owner.diner.person, chain.salted(owner.salt, owner.facts()))
    return replace(draft, person=mark, person_id=owner.person_id)


def _check_drawer(conn: Connection, desk: Desk, paid_fen: int) -> None:
    shift = shift_rows.current(conn, desk.station)
    if shift is not None and shift_rows.cash_flow(conn, shift).expected_fen < paid_fen:
        raise refuse("cash.not_that_much")


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
