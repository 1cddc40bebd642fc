"""The ledger as plain-text accounting, for an auditor's own tools: the format that `beancount` checks.

Our entries and beancount's agree on signs: debit positive, credit negative, and each document sums to zero.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from canteen_pos.domain.sale import Entry

CURRENCY = "CNY"

_ROOTS = {
    "cash": "Assets:Cash",
    "clearing": "Assets:Clearing",
    "receivable": "Assets:Receivable",
    "voucher": "Assets:Vouchers",
    "on_account": "Assets:OnAccount",
    "wallet": "Liabilities:Wallet",
    "bonus": "Liabilities:Bonus",
    "own_discount": "Expenses:OwnDiscount",
    "bonus_given": "Expenses:BonusGiven",
    "points": "Expenses:Points",
    "sales": "Income:Sales",
    "grants": "Income:Grants",
    "rounding": "Income:Rounding",
    "cash_over_short": "Income:CashOverShort",
    "cash_moved": "Equity:CashMoved",
    "opening": "Equity:Opening",
}


@dataclass(frozen=True, slots=True)
class Posting:
    """A document as the books see it: its business day, printed number, kind, short hash and entries in fen."""

    day: date
    number: str
    kind: str
    hash: str
    entries: Sequence[Entry]


def account_name(entry: Entry) -> str:
    """The beancount account of an entry: 'Assets:Receivable:City'. KeyError for an account the books do not know.

    A part that is no plain ASCII word (a voucher issuer's Chinese name) is spelt by its code points, so that two
    names never become one account.
    """
    kind, _, owner = entry.account.partition(":")
    parts = [_ROOTS[kind], *(_part(name) for name in (owner, entry.fund) if name)]
    return ":".join(parts)


def _part(name: str) -> str:
    if re.fullmatch(r"[a-z]+(_[a-z]+)*", name):
        return "".join(word.capitalize() for word in name.split("_"))
    if re.fullmatch(r"[A-Za-z0-9-]+", name):
        return f"N-{name}"
    return "U" + "-".join(f"{ord(character):X}" for character in name)


def amount(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d} {CURRENCY}"


def journal(title: str, postings: Sequence[Posting]) -> Iterator[str]:
    """Lines of the whole journal, accounts opened on the first day first. Nothing is printed of any person."""
    yield f'option "title" "{_quoted(title)}"'
    yield f'option "operating_currency" "{CURRENCY}"'
    yield ""
    if not postings:
        return
    first = min(posting.day for posting in postings)
    for name in sorted({account_name(entry) for posting in postings for entry in posting.entries}):
        yield f"{first} open {name} {CURRENCY}"
    for posting in postings:
        yield ""
        yield from _transaction(posting)


def _transaction(posting: Posting) -> Iterable[str]:
    yield f'{posting.day} * "{_quoted(posting.number)}" "{_quoted(posting.kind)}"'
    yield f'  hash: "{posting.hash}"'
    for entry in posting.entries:
        yield f"  {account_name(entry)}  {amount(entry.fen)}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
