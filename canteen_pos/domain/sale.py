"""A document that moves money, before it is numbered: lines, shares, payments, entries, and its hashed text.

Amounts are fen. A refund carries them with the sign turned; quantities stay positive. `dish_id`, `account_id`,
`voucher_id` and `person_id` help to store rows and never enter the hashed text, which names dishes by code, purses and
people by token and vouchers by serial.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

DocumentKind = Literal[
    "sale",
    "refund",
    "top_up",
    "cash_movement",
    "tender_correction",
    "opening",
    "purse_refund",
    "account_payment",
    "transfer",
]


@dataclass(frozen=True, slots=True)
class PersonMark:
    """What a document says about a person: a random token, and a salted digest of name and facts."""

    token: str
    digest: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One line as sold. `choices` are the options of a set, `reason` is why an open price was typed."""

    line_no: int
    item: str
    name: str
    kind: str
    portion: str
    quantity: int
    grams: int
    list_fen: int
    pays_fen: int
    choices: tuple[str, ...] = ()
    reason: str = ""
    dish_id: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentShare:
    line_no: int
    fund: str
    rule: str
    version: str
    pack: str
    fen: int


@dataclass(frozen=True, slots=True)
class DocumentClaim:
    """`parts` are (line_no, units, fen), as in quote.Claimed; a refund has none, it takes from those of its sale."""

    claim: str
    fund: str
    rule: str
    version: str
    pack: str
    fen: int
    parts: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """`fen` as it counts for the document; for cash, given_fen - change_fen = fen. `purse` is an account's token,
    `voucher` a serial, `issuer` whose voucher it is (whose points: a person's token), `balance_after_fen` what is left
    in the purse."""

    tender: str
    fen: int
    purse: str = ""
    voucher: str = ""
    issuer: str = ""
    reference: str = ""
    given_fen: int = 0
    change_fen: int = 0
    balance_after_fen: int | None = None
    account_id: int | None = None
    voucher_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of the double entry: debit positive, credit negative. `fund` names whose, where several share one."""

    account: str
    fen: int
    fund: str = ""


@dataclass(frozen=True, slots=True)
class QuotaSlot:
    """A use of a quota that this sale writes. `rules` are the 'pack/rule' that drew on it."""

    quota: str
    unit: str
    window: str
    slot: int
    day: str
    period: str
    fen: int
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything about a document but its number and link. Days are ISO text, '' or the business date outside meals.

    `applied` are the rules with the facts they used: kept beside the document, so that a person's facts can be
    erased, and proved by a digest inside it, salted with the person's `salt`. `reason` is why, as somebody typed it: it
    may name people, so it stands beside the document in the same way. `extra` is what only this kind of document says.
    """

    id: str
    kind: DocumentKind
    service_date: str
    period: str
    settlement_id: str
    fingerprint: str
    list_fen: int
    pays_fen: int
    rounding_fen: int = 0
    person: PersonMark | None = None
    person_id: int | None = None
    salt: str = ""
    refers_to: str | None = None
    lines: tuple[DocumentLine, ...] = ()
    shares: tuple[DocumentShare, ...] = ()
    claims: tuple[DocumentClaim, ...] = ()
    payments: tuple[PaymentRow, ...] = ()
    entries: tuple[Entry, ...] = ()
    quota_takes: tuple[QuotaSlot, ...] = ()
    quota_releases: tuple[QuotaSlot, ...] = ()
    budgets: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    applied: tuple[Mapping[str, Any], ...] = ()
    reason: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if sum(entry.fen for entry in self.entries):
            raise ValueError(f"{self.kind} {self.id}: its entries do not sum to zero")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What numbering adds: where in which series, when, by whom. Times as stored text; `shift` is when the shift
    it belongs to was opened, '' outside any."""

    series: str
    number: int
    station: str
    business_date: str
    at_utc: str
    offset_min: int
    actor: str
    approved_by: str = ""
    shift: str = ""


def body_of(draft: Draft, stamp: Stamp, applied_digest: str = "") -> dict[str, Any]:
    """The self-contained text of a document: everything needed to rebuild its amounts, and no database id."""
    person = draft.person
    return {
        "id": draft.id,
        "kind": draft.kind,
        "series": stamp.series,
        "number": stamp.number,
        "station": stamp.station,
        "business_date": stamp.business_date,
        "service_date": draft.service_date,
        "period": draft.period,
        "at": stamp.at_utc,
        "offset_min": stamp.offset_min,
        "actor": stamp.actor,
        "approved_by": stamp.approved_by,
        "shift": stamp.shift,
        "person": None if person is None else {"token": person.token, "digest": person.digest},
        "settlement": draft.settlement_id,
        "refers_to": draft.refers_to,
        "fingerprint": draft.fingerprint,
        "list_fen": draft.list_fen,
        "pays_fen": draft.pays_fen,
        "rounding_fen": draft.rounding_fen,
        "lines": [_line(line) for line in draft.lines],
        "shares": [[s.line_no, s.fund, s.rule, s.version, s.pack, s.fen] for s in draft.shares],
        "claims": [claim_text(claim) for claim in draft.claims],
        "payments": [_payment(payment) for payment in draft.payments],
        "entries": [[entry.account, entry.fund, entry.fen] for entry in draft.entries],
        "quota_takes": [_slot(take) for take in draft.quota_takes],
        "quota_releases": [_slot(take) for take in draft.quota_releases],
        "budgets": [[name, fen, list(rules)] for name, fen, rules in draft.budgets],
        "applied_digest": applied_digest,
        "extra": dict(draft.extra),
    }


def reason_of(body: Mapping[str, Any], applied: Sequence[Mapping[str, Any]]) -> str:
    """Why a document was written, as it was typed: kept beside it, by earlier releases in its text."""
    beside = next((one["reason"] for one in applied if "reason" in one), None)
    return str(body["extra"].get("reason", "") if beside is None else beside)


def claim_text(claim: DocumentClaim) -> list[Any]:
    """A claim as it stands in the hashed text."""
    parts = [list(part) for part in claim.parts]
    return [claim.claim, claim.fund, claim.rule, claim.version, claim.pack, claim.fen, parts]


def _line(line: DocumentLine) -> dict[str, Any]:
    return {
        "no": line.line_no,
        "item": line.item,
        "name": line.name,
        "kind": line.kind,
        "portion": line.portion,
        "quantity": line.quantity,
        "grams": line.grams,
        "list_fen": line.list_fen,
        "pays_fen": line.pays_fen,
        "choices": list(line.choices),
        "reason": line.reason,
    }


_PAYMENT = (
    "tender",
    "fen",
    "purse",
    "voucher",
    "issuer",
    "reference",
    "given_fen",
    "change_fen",
    "balance_after_fen",
)
_SLOT = ("quota", "unit", "window", "slot", "day", "period", "fen")


def _payment(payment: PaymentRow) -> dict[str, Any]:
    return {name: getattr(payment, name) for name in _PAYMENT}


def _slot(take: QuotaSlot) -> dict[str, Any]:
    return {**{name: getattr(take, name) for name in _SLOT}, "rules": list(take.rules)}


def about_sale(
    sale: Mapping[str, Any], person_id: int | None, kind: DocumentKind, request_id: str, **fields: Any
) -> Draft:
    """A document of its own that changes something about a sale: same eater, same meal, settled by itself."""
    person = sale["person"]
    return Draft(
        id=request_id,
        kind=kind,
        service_date=sale["service_date"],
        period=sale["period"],
        settlement_id=request_id,
        person=PersonMark(**person) if person else None,
        person_id=person_id,
        refers_to=sale["id"],
        **fields,
    )


def no_meal(
    kind: DocumentKind,
    request_id: str,
    pays_fen: int,
    *,
    fingerprint: str,
    settlement_id: str = "",
    **fields: Any,
) -> Draft:
    """A document that moves money and sells nothing: no lines, no eater's meal, settled by itself."""
    return Draft(
        id=request_id,
        kind=kind,
        service_date="",
        period="",
        settlement_id=settlement_id or request_id,
        fingerprint=fingerprint,
        list_fen=0,
        pays_fen=pays_fen,
        **fields,
    )


def number_text(series: str, number: int) -> str:
    """'T1-000123', as it is printed."""
    return f"{series}-{number:06d}"
