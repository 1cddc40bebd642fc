"""Double entry for each document: debits positive, credits negative, the sum zero.

Accounts: cash:<till>, clearing:<tender>, voucher (fund: its issuer), wallet:<purse>, bonus:<purse>, on_account:<purse>,
points (what meals for volunteers cost the house), receivable (fund), own_discount, sales, grants (fund), rounding;
top-ups and cash movements add their own other sides.
A purse's balance is the credit left on its account: wallet money is owed to its owner, on-account money owed to us.
"""

from collections.abc import Iterable, Sequence

from canteen_pos.domain.quote import OPERATOR
from canteen_pos.domain.sale import DocumentClaim, DocumentShare, Entry, PaymentRow

CLEARED = ("wechat", "alipay", "bank_card", "bank_transfer")
"""Tenders whose money comes later, from a payment company or a bank."""


def tender_entry(payment: PaymentRow, station: str) -> Entry:
    """Where the money of a payment goes: the debit of `payment.fen`. ValueError for a tender nobody knows."""
    if payment.tender == "cash":
        return Entry(f"cash:{station}", payment.fen)
    if payment.tender in CLEARED:
        return Entry(f"clearing:{payment.tender}", payment.fen)
    if payment.tender == "wallet":
        return Entry(f"wallet:{payment.purse}", payment.fen)
    if payment.tender == "wallet_bonus":
        return Entry(f"bonus:{payment.purse}", payment.fen)
    if payment.tender == "on_account":
        return Entry(f"on_account:{payment.purse}", payment.fen)
    if payment.tender == "voucher":
        return Entry("voucher", payment.fen, payment.issuer)
    if payment.tender == "points":
        return Entry("points", payment.fen)
    raise ValueError(f"no such tender: {payment.tender}")


def sale_entries(
    list_fen: int,
    rounding_fen: int,
    shares: Sequence[DocumentShare],
    claims: Sequence[DocumentClaim],
    payments: Sequence[PaymentRow],
    station: str,
) -> tuple[Entry, ...]:
    """Entries of a sale, or of a refund whose amounts carry the turned sign. Zero amounts are left out.

    ValueError when payments + shares do not make list price + rounding.
    """
    entries = [tender_entry(payment, station) for payment in payments]
    for fund, fen in _by_fund((share.fund, share.fen) for share in shares):
        entries.append(Entry("own_discount", fen) if fund == OPERATOR else Entry("receivable", fen, fund))
    entries += [Entry("sales", -list_fen), Entry("rounding", -rounding_fen)]
    for fund, fen in _by_fund((claim.fund, claim.fen) for claim in claims):
        entries += [Entry("receivable", fen, fund), Entry("grants", -fen, fund)]
    if sum(entry.fen for entry in entries):
        raise ValueError(f"payments and shares do not make {list_fen} + {rounding_fen} fen")
    return tuple(entry for entry in entries if entry.fen)


def correction_entries(payments: Sequence[PaymentRow], rounding_fen: int, station: str) -> tuple[Entry, ...]:
    """Entries of a tender correction: the wrong tenders negative, the right ones positive."""
    entries = [*(tender_entry(payment, station) for payment in payments), Entry("rounding", -rounding_fen)]
    return tuple(entry for entry in entries if entry.fen)


def purse_entries(
    payments: Sequence[PaymentRow], account: str, station: str, *, rounding_fen: int = 0, bonus_fen: int = 0
) -> tuple[Entry, ...]:
    """Entries of money that is put into a purse (or, below zero, paid out of it) and of on-account payments.

    `account` is 'wallet:<purse>' or 'on_account:<purse>'; `bonus_fen` is given with it or, below zero, ends with it.
    """
    paid = sum(payment.fen for payment in payments)
    entries = (
        *(tender_entry(payment, station) for payment in payments),
        Entry(account, rounding_fen - paid),
        Entry("rounding", -rounding_fen),
        Entry("bonus_given", bonus_fen),
        Entry(f"bonus:{account.partition(':')[2]}", -bonus_fen),
    )
    return tuple(entry for entry in entries if entry.fen)


def _by_fund(amounts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    total: dict[str, int] = {}
    for fund, fen in amounts:
        total[fund] = total.get(fund, 0) + fen
    return sorted(total.items())
