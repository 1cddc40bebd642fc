"""Vouchers at the counter: which may be used for which meal, and percent vouchers as rules of the quote.

A face-value voucher is money and pays what is left (see `tendering`). A percent voucher is a rule that comes after all
others: a share of its fund, once. What guards the once is the voucher's own row, marked in the sale's transaction.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.order import Order
from canteen_pos.domain.policy import Base, Effect, Give, Pack, Per, Rule, Version
from canteen_pos.domain.quote import OPERATOR
from canteen_pos.domain.sale import DocumentShare, PaymentRow
from canteen_pos.storage import purses as rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.purses import VoucherRow

PACK = "voucher"
"""Id of the pack that percent vouchers make; its rules are serials."""
_LAST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Meal:
    """One eater's meal and the vouchers that speak for it: face-value ones among `payments`, percent ones in `shares`."""

    person_id: int | None
    service_date: str
    period: str
    payments: Sequence[PaymentRow]
    shares: Sequence[DocumentShare]

    @property
    def serials(self) -> tuple[str, ...]:
        paid = [one.voucher for one in self.payments if one.voucher and one.fen > 0]
        return tuple(dict.fromkeys([*paid, *percent_serials(self.shares)]))


def printed(serial: str) -> str:
    """A serial as it is printed, however somebody typed it: in small letters, in full width, with blanks."""
    return "".join(unicodedata.normalize("NFKC", serial).split()).upper()


def percent_serials(shares: Sequence[DocumentShare]) -> tuple[str, ...]:
    """Percent vouchers that gave something."""
    return tuple(dict.fromkeys(one.rule for one in shares if one.pack == PACK and one.fen > 0))


def packs(conn: Connection, order: Order) -> tuple[Pack, ...]:
    """The rules that this order's percent vouchers make; () without any.

    Refusals: 'voucher.unknown', 'voucher.used', 'voucher.voided', 'voucher.not_valid', 'voucher.not_percent',
    'voucher.not_yours'.
    """
    if not order.vouchers:
        return ()
    found = rows.vouchers(conn, order.vouchers)
    made = []
    for place, serial in enumerate(sorted(set(order.vouchers))):
        voucher = usable(found, serial, order.service_date)
        if not voucher.percent:
            raise refuse("voucher.not_percent", serial=serial)
        if voucher.person_id is not None and voucher.person_id != order.person_id:
            raise refuse("voucher.not_yours", serial=serial)
        made.append(_rule(voucher, _LAST + place))
    return (
        Pack(
            id=PACK,
            title=PACK,
            source="",
            dated=order.service_date,
            items=tuple(made),
            sample=False,
        ),
    )


def _rule(voucher: VoucherRow, order: int) -> Rule:
    effect = Effect(
        Give.PERCENT, rate=voucher.percent * 100, per=Per.BILL, base=Base.LEFT, cap_fen=voucher.cap_fen
    )
    version = Version(
        name="1",
        effect=effect,
        since=date.fromisoformat(voucher.valid_from),
        until=date.fromisoformat(voucher.valid_to),
    )
    return Rule(
        id=voucher.serial,
        title=voucher.serial,
        fund=voucher.fund or OPERATOR,
        order=order,
        versions=(version,),
    )


def usable(found: Mapping[str, VoucherRow], serial: str, day: date) -> VoucherRow:
    """The voucher, if it may be used on `day`. Refusal 'voucher.unknown', '.used', '.voided' or '.not_valid'."""
    voucher = found.get(serial)
    if voucher is None:
        raise refuse("voucher.unknown", serial=serial)
    if voucher.used_document_id is not None:
        raise refuse("voucher.used", serial=serial)
    if voucher.voided_at_utc is not None:
        raise refuse("voucher.voided", serial=serial)
    if not voucher.valid_from <= day.isoformat() <= voucher.valid_to:
        raise refuse(
            "voucher.not_valid", serial=serial, valid_from=voucher.valid_from, valid_to=voucher.valid_to
        )
    return voucher


def check_meals(conn: Connection, meals: Sequence[Meal], settlement_id: str) -> None:
    """Whose vouchers these are, and whether their issuers allow them together.

    Refusal 'voucher.not_yours', 'voucher.alone' (serial=, other=).
    """
    serials = {serial for meal in meals for serial in meal.serials}
    if not serials:
        return
    found = rows.vouchers(conn, serials)
    at_table = {meal.person_id for meal in meals}
    for serial in sorted(serials):
        owner = found[serial].person_id
        if owner is not None and owner not in at_table:
            raise refuse("voucher.not_yours", serial=serial)
    rows.hold_people(conn, {one.person_id for one in meals if one.serials and one.person_id is not None})
    for meal in meals:
        used = {serial: bool(found[serial].alone) for serial in meal.serials}
        if not used:
            continue
        if meal.person_id is not None:
            used |= rows.vouchers_of_meal(
                conn, meal.person_id, meal.service_date, meal.period, (settlement_id,)
            )
        check_together(used)


def check_together(used: Mapping[str, bool]) -> None:
    """Vouchers of one meal, and whether their issuer wants each alone. Refusal 'voucher.alone' (serial=, other=)."""
    alone = next((serial for serial, wants in used.items() if wants), None)
    if alone is not None and len(used) > 1:
        raise refuse("voucher.alone", serial=alone, other=next(one for one in used if one != alone))


def mark(conn: Connection, shares: Sequence[DocumentShare], document_id: str) -> None:
    """Mark the percent vouchers of a sale used. Refusal 'voucher.used' when another till was quicker."""
    serials = percent_serials(shares)
    for serial, voucher in sorted(rows.vouchers(conn, serials).items()):
        if not rows.use_voucher(conn, voucher.id, document_id):
            raise refuse("voucher.used", serial=serial)
