"""Splitting the money of one settlement over the documents it pays: pure arithmetic on fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.money import half_up
from canteen_pos.domain.order import Payment

CashRounding = Literal["none", "jiao"]


def rounded_cash(fen: int, rounding: CashRounding) -> int:
    """What is asked in cash for `fen`: half up to the jiao where the canteen rounds."""
    return half_up(fen, 10) * 10 if rounding == "jiao" else fen


@dataclass(frozen=True, slots=True)
class Part:
    """What one payment gives to one document. `fen` includes `rounding_fen`; given and change belong to cash."""

    payment: Payment
    fen: int
    rounding_fen: int = 0
    given_fen: int = 0
    change_fen: int = 0


def allocate(
    dues: Sequence[int],
    payments: Sequence[Payment],
    rounding: CashRounding = "none",
    orders: Sequence[str] = (),
) -> tuple[tuple[Part, ...], ...]:
    """For each due, the parts of payments that cover it. Purses and codes first, cash last; change on the last cash part.
    A payment that names one of `orders` (the ids of the dues) covers that one before any other.

    Refusals: 'payment.not_positive', 'payment.cash_twice', 'cash.short' (given less than its part),
    'payment.not_the_sum' (due_fen, paid_fen).
    """
    _check_each(payments)
    cash = next((payment for payment in payments if payment.tender == "cash"), None)
    others = [payment for payment in payments if payment.tender != "cash"]
    cash_due = sum(dues) - sum(payment.fen for payment in others)
    asked = rounded_cash(cash_due, rounding)
    if cash_due < 0 or asked != (cash.fen if cash else 0):
        paid = sum(payment.fen for payment in payments)
        raise refuse("payment.not_the_sum", due_fen=sum(dues) + max(0, asked - cash_due), paid_fen=paid)
    parts = _from_purses(dues, others, orders)
    cash_parts = [due - sum(part.fen for part in taken) for due, taken in zip(dues, parts, strict=True)]
    return _with_cash(parts, cash_parts, cash or Payment("cash", 0), asked - cash_due)


def _check_each(payments: Sequence[Payment]) -> None:
    for payment in payments:
        if payment.fen <= 0:
            raise refuse("payment.not_positive", tender=payment.tender)
        if payment.tender == "cash" and payment.given_fen and payment.given_fen < payment.fen:
            raise refuse("cash.short", given_fen=payment.given_fen, due_fen=payment.fen)
    if sum(payment.tender == "cash" for payment in payments) > 1:
        raise refuse("payment.cash_twice")


def _from_purses(dues: Sequence[int], purses: Sequence[Payment], orders: Sequence[str]) -> list[list[Part]]:
    """For each due what these pay of it: first whoever wants just that one, then whatever is left of anybody."""
    open_fen, left = list(dues), [payment.fen for payment in purses]
    parts: list[list[Part]] = [[] for _ in dues]
    wanted = [
        (place, at)
        for at, one in enumerate(purses)
        for place, id_ in enumerate(orders)
        if id_ == one.order_id
    ]
    every = [(place, at) for place in range(len(dues)) for at in range(len(purses))]
    for place, at in (*wanted, *every):
        fen = min(open_fen[place], left[at])
        if fen:
            parts[place].append(Part(purses[at], fen))
            open_fen[place] -= fen
            left[at] -= fen
    return parts


def _with_cash(
    parts: list[list[Part]], cash_parts: list[int], cash: Payment, rounding_fen: int
) -> tuple[tuple[Part, ...], ...]:
    """Rounding falls on the largest cash part, then on the next, so that none turns negative; change on the last."""
    roundings = _roundings(cash_parts, rounding_fen)
    last = max((place for place, fen in enumerate(cash_parts) if fen), default=0)
    change = max(0, cash.given_fen - cash.fen)
    for place, (fen, rounded) in enumerate(zip(cash_parts, roundings, strict=True)):
        if fen or rounded:
            back = change if place == last else 0
            parts[place].append(Part(cash, fen + rounded, rounded, fen + rounded + back, back))
    return tuple(tuple(taken) for taken in parts)


def _roundings(cash_parts: Sequence[int], rounding_fen: int) -> list[int]:
    """The rounding of each part. One part takes all of it, unless it is too small to give that much away."""
    roundings = [0] * len(cash_parts)
    for place in sorted(range(len(cash_parts)), key=lambda place: -cash_parts[place]):
        roundings[place] = max(rounding_fen, -cash_parts[place])
        rounding_fen -= roundings[place]
    return roundings
