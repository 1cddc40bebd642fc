"""Purses: topping up at the till, with a bonus if the canteen gives one."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from canteen_pos.domain import chain, typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.ledger import tender_entry
from canteen_pos.domain.purse import bonus_fen
from canteen_pos.domain.sale import Draft, Entry, PaymentRow, PersonMark, no_meal
from canteen_pos.services import belonging, documents, print_queue, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.documents import Recorded
from canteen_pos.services.rights import check
from canteen_pos.services.settings_store import BonusRule, CanteenSettings
from canteen_pos.storage import accounts as rows
from canteen_pos.storage import diners
from canteen_pos.storage.accounts import AccountRow
from canteen_pos.storage.engine import Conflict, Connection, guarded
from canteen_pos.storage.purses import PurseRow, purses

TOP_UP_TENDERS = ("cash", "wechat", "alipay", "bank_card")


@dataclass(frozen=True, slots=True)
class Purse:
    """An account that can pay. Amounts in fen; `bonus_fen` is spent after the principal and never paid out."""

    account_id: int
    kind: str
    name: str
    balance_fen: int
    bonus_fen: int
    credit_limit_fen: int


@dataclass(frozen=True, slots=True)
class TopUpDone:
    """A top-up as it went into the books; amounts in fen, balances as they are now."""

    document_id: str
    number_text: str
    account_id: int
    paid_fen: int
    bonus_fen: int
    change_fen: int
    balance_after_fen: int
    bonus_after_fen: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Stored value brought in from before this till. `request_id` becomes the document's id; `settlement_id` is shared by
    the openings of one list."""

    account_id: int
    fen: int
    request_id: str
    settlement_id: str = ""


def purse(desk: Desk, account_id: int) -> Purse | None:
    """A purse in use, or one that is closed; None when there is none by this id."""
    with desk.db.read() as conn:
        found = rows.by_id(conn, account_id)
    return _purse(found) if found else None


def on_account(desk: Desk) -> tuple[Purse, ...]:
    """Accounts that pay later: staff meals, a paying household or company."""
    with desk.db.read() as conn:
        return tuple(_purse(row) for row in rows.of_kind(conn, "on_account", "staff"))


def add_on_account(conn: Connection, name: str, credit_limit_fen: int, kind: str, token: str = "") -> Purse:
    """A new account that pays later, up to a limit; the right was checked. Refusal 'account.name_empty', 'account.limit'."""
    name = typed.line(name, typed.NAME)
    if not name:
        raise refuse("account.name_empty")
    if typed.amount(credit_limit_fen) < 0:
        raise refuse("account.limit")
    account_id = rows.add(conn, token or secrets.token_hex(8), kind, name, credit_limit_fen)
    return Purse(account_id, kind, name, 0, 0, credit_limit_fen)


def bonus_for(desk: Desk, fen: int) -> int:
    """What topping up `fen` would add on top, by today's rules; for the screen."""
    return _bonus(settings_store.load(desk), fen)


def next_bonus(desk: Desk, fen: int) -> BonusRule | None:
    """The nearest tier above `fen`, with what topping up so much would give; None when there is none that gives more."""
    settings = settings_store.load(desk)
    given = _bonus(settings, fen)
    tiers = sorted({rule.from_fen for rule in settings.bonus_rules if rule.from_fen > fen})
    steps = (BonusRule(start, _bonus(settings, start)) for start in tiers)
    return next((step for step in steps if step.bonus_fen > given), None)


def top_up(
    desk: Desk,
    actor: Actor,
    account_id: int,
    fen: int,
    tender: str,
    reference: str = "",
    request_id: str = "",
    given_fen: int = 0,
) -> TopUpDone:
    """Put `fen` on a purse; for cash, `given_fen` says what was handed over.

    The same request id again answers with the first document. Refusal 'top_up.amount', 'top_up.tender',
    'top_up.request_id', 'top_up.given_short', 'wallet.unknown', 'wallet.closed' (name=), 'member.left' when nobody is left
    to eat from it, 'wallet.cap' (cap_fen=), 'shift.none_open', 'sale.id_reused'.
    """
    check(actor, "top_up")
    reference = typed.line(reference)
    _check_request(fen, tender, request_id, given_fen)
    asked = {"account": account_id, "fen": fen, "tender": tender, "reference": reference, "given": given_fen}
    fingerprint = chain.fingerprint({"top_up": asked})
    try:
        with desk.db.write() as conn:
            again = documents.earlier(conn, (request_id,), {request_id: fingerprint}).get(request_id)
            if again:
                return _done_before(again, account_id)
            writer = documents.writer(conn, desk, actor)
            settings = settings_store.load(conn)
            if tender not in settings.tenders:
                raise refuse("top_up.tender", tender=tender)
            belonging.check_purse(conn, desk, account_id)
            bonus = typed.amount(_bonus(settings, fen))
            purse = _credited(conn, account_id, fen, bonus, settings.balance_cap_fen)
            change = given_fen - fen if given_fen else 0
            payment = PaymentRow(tender, fen, reference=reference, given_fen=given_fen, change_fen=change)
            draft = _draft(desk, request_id, fingerprint, payment, purse, bonus)
            draft = _with_owner(conn, draft, account_id, writer.now.date())
            with guarded():
                recorded = writer.record((draft,))[0]
            print_queue.enqueue(conn, desk, "top_up", draft.id)
            return _done(recorded, purse, fen, bonus, change)
    except Conflict as same_id_at_the_same_time:
        raise refuse("database.busy") from same_id_at_the_same_time


def _credited(conn: Connection, account_id: int, fen: int, bonus: int, cap_fen: int) -> PurseRow:
    """The purse as it was, held until the transaction ends, with `fen` and `bonus` already added to its row."""
    purse = purses(conn, {account_id}).get(account_id)
    if purse is None or purse.kind != "wallet":
        raise refuse("wallet.unknown")
    if not purse.active:
        raise refuse("wallet.closed", name=purse.name)
    if not rows.credit(conn, account_id, fen, bonus, cap_fen):
        room = max(0, cap_fen - purse.balance_fen)
        raise refuse("wallet.cap", cap_fen=cap_fen, balance_fen=purse.balance_fen, room_fen=room)
    return purse


def open_with(conn: Connection, desk: Desk, actor: Actor, openings: Sequence[Opening]) -> None:
    """Credit purses with what their owners bring, one 'opening' document each, inside a transaction; no shift needed.

    Refusal 'wallet.unknown', 'wallet.cap'.
    """
    if not openings:
        return
    writer = documents.writer(conn, desk, actor, needs_shift=False)
    cap_fen = settings_store.load(conn).balance_cap_fen
    held = [_credited(conn, opening.account_id, opening.fen, 0, cap_fen) for opening in openings]
    writer.record([_opening_draft(opening, purse) for opening, purse in zip(openings, held, strict=True)])


def _opening_draft(opening: Opening, purse: PurseRow) -> Draft:
    return no_meal(
        "opening",
        opening.request_id,
        0,
        fingerprint=chain.fingerprint({"opening": purse.token, "fen": opening.fen}),
        settlement_id=opening.settlement_id,
        entries=(Entry("opening", opening.fen), Entry(f"wallet:{purse.token}", -opening.fen)),
        extra={"purse": purse.token, "balance_after_fen": purse.balance_fen + opening.fen},
    )


def _check_request(fen: int, tender: str, request_id: str, given_fen: int) -> None:
    if typed.amount(fen) <= 0:
        raise refuse("top_up.amount")
    if tender not in TOP_UP_TENDERS:
        raise refuse("top_up.tender", tender=tender)
    if not request_id:
        raise refuse("top_up.request_id")
    if typed.amount(given_fen) and (tender != "cash" or given_fen < fen):
        raise refuse("top_up.given_short", short_fen=max(0, fen - given_fen))


def _bonus(settings: CanteenSettings, fen: int) -> int:
    return bonus_fen(settings.bonus_rules, fen, many=settings.bonus_many)


def _with_owner(conn: Connection, draft: Draft, account_id: int, day: date) -> Draft:
    """Whose purse it is, as sales say it: a token and a salted digest. An anonymous purse stays without."""
    account = rows.by_id(conn, account_id)
    person_id = account.person_id if account else None
    owner = diners.eater(conn, person_id, day) if person_id is not None else None
    if owner is None:
        return draft
    mark = PersonMark(owner.diner.person, chain.salted(owner.salt, owner.facts()))
    return replace(draft, person=mark, person_id=person_id)


def _draft(
    desk: Desk, request_id: str, fingerprint: str, payment: PaymentRow, purse: PurseRow, bonus: int
) -> Draft:
    fen = payment.fen
    entries = [tender_entry(payment, desk.station), Entry(f"wallet:{purse.token}", -fen)]
    if bonus:
        entries += [Entry("bonus_given", bonus), Entry(f"bonus:{purse.token}", -bonus)]
    return no_meal(
        "top_up",
        request_id,
        fen,
        fingerprint=fingerprint,
        payments=(payment,),
        entries=tuple(entries),
        extra={
            "purse": purse.token,
            "bonus_fen": bonus,
            "balance_after_fen": purse.balance_fen + fen,
            "bonus_after_fen": purse.bonus_fen + bonus,
        },
    )


def _done(recorded: Recorded, purse: PurseRow, fen: int, bonus: int, change: int) -> TopUpDone:
    return TopUpDone(
        document_id=recorded.document_id,
        number_text=recorded.number_text,
        account_id=purse.id,
        paid_fen=fen,
        bonus_fen=bonus,
        change_fen=change,
        balance_after_fen=purse.balance_fen + fen,
        bonus_after_fen=purse.bonus_fen + bonus,
    )


def _done_before(again: documents.Earlier, account_id: int) -> TopUpDone:
    body = json.loads(again.body)
    paid, extra = body["payments"][0], body["extra"]
    return TopUpDone(
        document_id=again.id,
        number_text=documents.recorded_before(again).number_text,
        account_id=account_id,
        paid_fen=paid["fen"],
        bonus_fen=extra["bonus_fen"],
        change_fen=paid["change_fen"],
        balance_after_fen=extra["balance_after_fen"],
        bonus_after_fen=extra["bonus_after_fen"],
    )


def _purse(row: AccountRow) -> Purse:
    return Purse(row.id, row.kind, row.name, row.balance_fen, row.bonus_fen, row.credit_limit_fen)
