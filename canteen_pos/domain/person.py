"""A person as the back office sees them: a row of the list, the whole story, and what may be changed by hand."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from canteen_pos.domain.membership import LastMeal
from canteen_pos.domain.place import Place

PeopleFilter = Literal["active", "aged_60", "delivery", "expiring", "to_review", "absent", "left", "all"]
FILTERS: tuple[PeopleFilter, ...] = (
    "active",
    "aged_60",
    "delivery",
    "expiring",
    "to_review",
    "absent",
    "left",
    "all",
)
ELDER_AGE = 60
EXPIRES_WITHIN_DAYS = 30
"""An entitlement that ends within so many days is on the list 'expiring'."""
ABSENT_AFTER_DAYS = 30
"""Who has not eaten here for so long is on the list 'absent'."""
DELIVERY = "delivery"
"""The permit code of somebody who has meals brought to their door."""

Texture = Literal["", "soft", "minced", "pureed"]
LeftWhy = Literal["moved", "died", "returned", "other"]
IdNumberState = Literal["none", "kept", "no_key", "damaged"]
"""'kept': sealed and readable here; 'no_key': sealed, and this machine does not hold the key that opens it;
"damaged": what was sealed was changed."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list. `tags` are the categories and permits in force, in the pack's words; `valid_to` is the day
    the first of them ends. `balance_fen` is refundable, `bonus_fen` is not."""

    id: int
    name: str
    initials: str
    member_no: str
    age: int | None
    card: str
    tags: tuple[str, ...]
    valid_to: date | None
    to_review: bool
    balance_fen: int
    bonus_fen: int
    last_meal: LastMeal | None
    photo: str
    active: bool
    left_on: date | None


@dataclass(frozen=True, slots=True)
class CardOnFile:
    """A card and what became of it. `status`: active, lost, replaced, returned."""

    id: int
    code: str
    status: str
    issued_at: datetime
    issued_by: str
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True, slots=True)
class ProxyOnFile:
    """Somebody who may collect for a person. `until` is the last day, None open; `holds` is whether today is within."""

    id: int
    name: str
    phone: str
    relation: str
    since: date
    until: date | None
    recorded_by: str
    holds: bool


@dataclass(frozen=True, slots=True)
class FactOnFile:
    """A dated fact. `words` is the code as a person reads it; `when` places it beside today. A fact that somebody
    without the right to manage people wrote down, or without a proof, counts at once and waits for review (`to_review`)."""

    id: int
    kind: str
    code: str
    words: str
    since: date
    until: date | None
    source: str
    recorded_by: str
    reviewed_by: str
    to_review: bool
    when: Literal["past", "now", "future"]


@dataclass(frozen=True, slots=True)
class VoucherOnFile:
    """An electronic voucher. `state`: unused, coming (from another day on), used (by `document`), void, expired."""

    name: str
    serial: str
    face_fen: int
    percent: int
    cap_fen: int | None
    since: date
    until: date
    state: Literal["unused", "coming", "used", "void", "expired"]
    document: str


@dataclass(frozen=True, slots=True)
class RecentDocument:
    """A sale, refund, top-up or other paper of this person. `gain_fen` is what others paid of the list price."""

    document_id: str
    kind: str
    at: datetime
    service_date: date
    period: str
    number_text: str
    pays_fen: int
    gain_fen: int
    tender: str = ""


@dataclass(frozen=True, slots=True)
class PersonStory:
    """All that is known about somebody, masked for who reads it. Money in fen."""

    id: int
    name: str
    initials: str
    member_no: str
    birth_date: date | None
    age: int | None
    id_number: str
    id_number_state: IdNumberState
    phone: str
    address: str
    contact_name: str
    contact_phone: str
    diet: tuple[str, ...]
    texture: Texture
    allergies: tuple[str, ...]
    note: str
    photo: str
    hukou: Place
    residence: Place
    care_level: int
    in_institution: bool
    enrolled_at: datetime | None
    active: bool
    left_on: date | None
    left_why: str
    account_id: int
    balance_fen: int
    bonus_fen: int
    points: int
    meal_limit_fen: int | None
    day_limit_fen: int | None
    month_limit_fen: int | None
    cards: tuple[CardOnFile, ...] = ()
    proxies: tuple[ProxyOnFile, ...] = ()
    facts: tuple[FactOnFile, ...] = ()
    recent: tuple[RecentDocument, ...] = ()
    vouchers: tuple[VoucherOnFile, ...] = ()
    merged_from: tuple[str, ...] = ()
    """Member numbers of records that were merged into this one."""


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """What a manager may change by hand; a field that is None stays as it is.

    `id_number` '' takes the number away; facts with dates are recorded, not edited, and cards have their own services.
    `photo` is a picture file to copy, '' takes the photo away.
    """

    name: str | None = None
    initials: str | None = None
    birth_date: date | None = None
    id_number: str | None = None
    phone: str | None = None
    address: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    hukou: Place | None = None
    residence: Place | None = None
    care_level: int | None = None
    in_institution: bool | None = None
    diet: tuple[str, ...] | None = None
    texture: Texture | None = None
    allergies: tuple[str, ...] | None = None
    note: str | None = None
    photo: str | None = None
    meal_limit_fen: int | None = None
    day_limit_fen: int | None = None
    month_limit_fen: int | None = None
    clear: frozenset[Literal["birth_date", "meal_limit_fen", "day_limit_fen", "month_limit_fen"]] = field(
        default_factory=frozenset
    )
    """Fields to empty for which None means 'as it is'."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What somebody would pay now for the day's set, by the one pricing function. `rows` are the rules that gave, as
    (title, fen); `refused` those that did not, as (title, why)."""

    item: str
    service_date: date
    period: str
    list_fen: int
    rows: tuple[tuple[str, int], ...]
    refused: tuple[tuple[str, str], ...]
    pays_fen: int


def masked_phone(phone: str) -> str:
    """'138****6612': enough to ask 'is it you?', too little to take away."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "*" * len(phone)


def masked_id_number(number: str) -> str:
    """'510104********0027'."""
    return f"{number[:6]}{'*' * max(0, len(number) - 10)}{number[-4:]}" if len(number) >= 12 else ""


def masked_text(text: str, shown: int = 3) -> str:
    """The first few characters, then stars: for addresses and names that a reader need not know whole."""
    return text if len(text) <= shown else f"{text[:shown]}***"
