"""Looking at what is in the books: one document with all a receipt or a screen needs, recent ones, finding one."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from canteen_pos.domain import chain
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.giving_back import sources
from canteen_pos.domain.quote import OPERATOR
from canteen_pos.domain.sale import number_text, reason_of
from canteen_pos.services.context import Desk
from canteen_pos.services.voucher_rules import PACK
from canteen_pos.storage import sales as rows
from canteen_pos.storage.columns import local_moment
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.sales import Stored

FIND_LIMIT = 50


@dataclass(frozen=True, slots=True)
class DetailLine:
    """A line as sold (amounts below zero in a refund). list_fen = pays_fen + subsidy_fen + own_discount_fen."""

    line_no: int
    item: str
    name: str
    detail: str
    kind: str
    portion: str
    quantity: int
    grams: int
    list_fen: int
    pays_fen: int
    subsidy_fen: int
    own_discount_fen: int
    made_to_order: bool = False


@dataclass(frozen=True, slots=True)
class DetailPayment:
    """`tender` is also 'wallet_bonus' for the part of a wallet that was given as a bonus. `account_id` names a purse."""

    tender: str
    fen: int
    given_fen: int = 0
    change_fen: int = 0
    reference: str = ""
    voucher: str = ""
    purse: str = ""
    balance_after_fen: int | None = None


@dataclass(frozen=True, slots=True)
class SaleDetail:
    """A document with all that receipts and screens show. Amounts in fen; `at` is local time.

    `kind` is sale, refund, top_up, cash_movement or tender_correction; refunds carry amounts below zero.
    `payments` are as written; `paid_now` are tenders and fen that hold after later corrections of them (`corrected`).
    `vouchers_off` are percent vouchers with what they took off; neither own discount nor subsidy counts it once more.
    `by_fund_fen` and `applied` (rules with the facts they used) are for staff: never on paper or customer display.
    """

    document_id: str
    kind: str
    number_text: str
    short_hash: str
    hash: str
    at: datetime
    business_date: date
    service_date: date
    period: str
    serving: str
    station: str
    cashier: str
    approved_by: str
    person_id: int | None
    person_name: str
    member_no: str
    diet: tuple[str, ...]
    lines: tuple[DetailLine, ...]
    list_fen: int
    own_discount_fen: int
    subsidy_fen: int
    pays_fen: int
    rounding_fen: int
    payments: tuple[DetailPayment, ...]
    change_fen: int
    balance_after_fen: int | None
    reason: str
    refers_to: str | None
    refers_to_number: str
    settlement_id: str
    refunded: bool
    invoice_issued: bool
    corrected: bool = False
    paid_now: tuple[tuple[str, int], ...] = ()
    by_fund_fen: dict[str, int] = field(default_factory=dict)
    vouchers_off: tuple[tuple[str, int], ...] = ()
    applied: tuple[dict[str, Any], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SaleSummary:
    """A row of the list of recent documents; `tenders` are those that hold after corrections (`corrected`)."""

    document_id: str
    kind: str
    number_text: str
    at: datetime
    person_name: str
    cashier: str
    what: str
    list_fen: int
    pays_fen: int
    tenders: tuple[str, ...]
    refunded: bool
    invoice_issued: bool
    corrected: bool = False


def load(desk: Desk, document_id: str) -> SaleDetail:
    """One document. Refusal 'document.unknown'."""
    with desk.db.read() as conn:
        return load_in(conn, document_id)


def load_in(conn: Connection, document_id: str) -> SaleDetail:
    """The same inside a transaction, one that has just written it too."""
    stored = rows.one(conn, document_id)
    if stored is None:
        raise refuse("document.unknown")
    cooked = rows.made_to_order(conn, document_id)
    first = rows.one(conn, stored.body["refers_to"]) if stored.body["refers_to"] else None
    return _detail(stored, cooked, _number(first) if first else "", _paid_now(conn, stored))


def recent(desk: Desk, limit: int = 50) -> tuple[SaleSummary, ...]:
    """This station's newest sales, refunds, top-ups and corrections."""
    with desk.db.read() as conn:
        return tuple(_summary(conn, one) for one in rows.recent(conn, desk.station, limit))


def find(desk: Desk, text: str) -> tuple[SaleSummary, ...]:
    """What `text` may mean, newest first: 'T1-000123', '123', a receipt's short hash, a name, initials, a member
    number. Empty text gives the recent ones."""
    text = text.strip()
    if not text:
        return recent(desk)
    with desk.db.read() as conn:
        found: dict[str, Stored] = {}
        numbered = re.fullmatch(r"(?:(.+)-)?0*(\d{1,9})", text)
        if numbered:
            for one in rows.numbered(conn, int(numbered[2]), numbered[1], FIND_LIMIT):
                found[one.id] = one
        if re.fullmatch(r"[0-9a-fA-F]{6,64}", text):
            for one in rows.hashed(conn, text, FIND_LIMIT):
                found[one.id] = one
        for one in rows.of_people(conn, text, FIND_LIMIT):
            found[one.id] = one
        return tuple(_summary(conn, one) for one in list(found.values())[:FIND_LIMIT])


def _number(one: Stored) -> str:
    return number_text(one.label, one.body["number"])


def _paid_now(conn: Connection, one: Stored) -> tuple[tuple[str, int], ...]:
    """Tenders and fen of a document; of a corrected sale, what its corrections left of the first ones and put there."""
    bodies = [one.body]
    if one.corrected:
        bodies += [
            later.body for later in rows.about(conn, one.id) if later.body["kind"] == "tender_correction"
        ]
    paid: dict[str, int] = {}
    for source in sources(bodies):
        paid[source.tender] = paid.get(source.tender, 0) + source.fen
    return tuple(paid.items())


def _summary(conn: Connection, one: Stored) -> SaleSummary:
    body = one.body
    names = [line["name"] for line in body["lines"] if not line["kind"].endswith("_fee")]
    return SaleSummary(
        document_id=one.id,
        kind=body["kind"],
        number_text=_number(one),
        at=local_moment(body["at"], body["offset_min"]),
        person_name=one.name,
        cashier=body["actor"],
        what="、".join(names),
        list_fen=body["list_fen"],
        pays_fen=body["pays_fen"],
        tenders=_tenders(conn, one),
        refunded=one.refunded,
        invoice_issued=one.invoiced,
        corrected=one.corrected,
    )


def _tenders(conn: Connection, one: Stored) -> tuple[str, ...]:
    if one.corrected:
        return tuple(tender for tender, _ in _paid_now(conn, one))
    return tuple(dict.fromkeys(payment["tender"] for payment in one.body["payments"]))


def _detail(
    one: Stored, cooked: set[int], refers_to_number: str, paid_now: tuple[tuple[str, int], ...]
) -> SaleDetail:
    body = one.body
    lines = tuple(_line(line, body["shares"], cooked) for line in body["lines"])
    payments = tuple(_payment(payment) for payment in body["payments"])
    off = _vouchers_off(body["shares"])
    balances = [
        payment.balance_after_fen
        for payment in payments
        if payment.tender != "on_account" and payment.balance_after_fen is not None
    ]  # what a whole unit owes is not for the slip of who ate
    return SaleDetail(
        document_id=one.id,
        kind=body["kind"],
        number_text=_number(one),
        short_hash=chain.short(one.hash),
        hash=one.hash,
        at=local_moment(body["at"], body["offset_min"]),
        business_date=date.fromisoformat(body["business_date"]),
        service_date=date.fromisoformat(body["service_date"] or body["business_date"]),
        period=body["period"],
        serving=body["extra"].get("serving", "dine_in"),
        station=body["station"],
        cashier=body["actor"],
        approved_by=body["approved_by"],
        person_id=one.person_id,
        person_name=one.name,
        member_no=one.member_no,
        diet=tuple(one.diet),
        lines=lines,
        list_fen=body["list_fen"],
        own_discount_fen=sum(line.own_discount_fen for line in lines) - sum(own for _, own, _ in off),
        subsidy_fen=sum(line.subsidy_fen for line in lines) - sum(others for _, _, others in off),
        pays_fen=body["pays_fen"],
        rounding_fen=body["rounding_fen"],
        payments=payments,
        change_fen=sum(payment.change_fen for payment in payments),
        balance_after_fen=balances[0] if balances else None,
        reason=reason_of(body, one.applied),
        refers_to=body["refers_to"],
        refers_to_number=refers_to_number,
        settlement_id=body["settlement"],
        refunded=one.refunded,
        invoice_issued=one.invoiced,
        corrected=one.corrected,
        paid_now=paid_now,
        by_fund_fen=_by_fund(body["shares"]),
        vouchers_off=tuple((serial, own + others) for serial, own, others in off),
        applied=tuple(rule for rule in one.applied if "rule" in rule),
        extra=body["extra"],
    )


def _line(line: dict[str, Any], shares: list[list[Any]], cooked: set[int]) -> DetailLine:
    mine = [share for share in shares if share[0] == line["no"]]
    own = sum(share[-1] for share in mine if share[1] == OPERATOR)
    return DetailLine(
        line_no=line["no"],
        item=line["item"],
        name=line["name"],
        detail=" ".join((*line["choices"], line["reason"])).strip(),
        kind=line["kind"],
        portion=line["portion"],
        quantity=line["quantity"],
        grams=line["grams"],
        list_fen=line["list_fen"],
        pays_fen=line["pays_fen"],
        subsidy_fen=sum(share[-1] for share in mine) - own,
        own_discount_fen=own,
        made_to_order=line["no"] in cooked,
    )


def _payment(payment: dict[str, Any]) -> DetailPayment:
    return DetailPayment(
        tender=payment["tender"],
        fen=payment["fen"],
        given_fen=payment["given_fen"],
        change_fen=payment["change_fen"],
        reference=payment["reference"],
        voucher=payment["voucher"],
        purse=payment["purse"],
        balance_after_fen=payment["balance_after_fen"],
    )


def _vouchers_off(shares: list[list[Any]]) -> tuple[tuple[str, int, int], ...]:
    """Serial, what it took off at the canteen's own cost, and at others'."""
    off: dict[str, tuple[int, int]] = {}
    for _, fund, serial, _, pack, fen in shares:
        if pack == PACK:
            own, others = off.get(serial, (0, 0))
            off[serial] = (own + fen, others) if fund == OPERATOR else (own, others + fen)
    return tuple((serial, *both) for serial, both in off.items())


def _by_fund(shares: list[list[Any]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for _, fund, _, _, _, fen in shares:
        total[fund] = total.get(fund, 0) + fen
    return dict(sorted(total.items()))
