"""The exported journal: beancount itself says whether it balances."""

from datetime import date

import pytest
from beancount import loader
from beancount.core.data import Transaction

from canteen_pos.domain.sale import Entry
from canteen_pos.reports.plain_accounts import Posting, account_name, journal

SALE = Posting(
    date(2026, 11, 23),
    "T1-000001",
    "sale",
    "0f3a",
    (
        Entry("cash:T1", 1203),
        Entry("wallet:9f3a", 500),
        Entry("voucher", 300, '慈善"会'),
        Entry("receivable", 600, "city"),
        Entry("own_discount", 267),
        Entry("sales", -2870),
        Entry("receivable", 300, "city"),
        Entry("grants", -300, "city"),
    ),
)


def test_beancount_accepts_the_journal_to_the_fen() -> None:
    entries, errors, _ = loader.load_string("\n".join(journal('粮丰"社区"食堂', [SALE])), dedent=False)
    assert errors == []
    (sale,) = [entry for entry in entries if isinstance(entry, Transaction)]
    amounts = {posting.account: str(posting.units) for posting in sale.postings if posting.units}
    assert amounts["Assets:Cash:N-T1"] == "12.03 CNY"
    assert amounts["Income:Sales"] == "-28.70 CNY"
    assert sale.meta["hash"] == "0f3a"


def test_beancount_rejects_a_fen_too_many() -> None:
    wrong = Posting(SALE.day, SALE.number, SALE.kind, SALE.hash, (*SALE.entries, Entry("rounding", 1)))
    _, errors, _ = loader.load_string("\n".join(journal("x", [wrong])), dedent=False)
    assert any("does not balance" in error.message for error in errors)


def test_an_empty_ledger_is_a_valid_journal() -> None:
    assert loader.load_string("\n".join(journal("x", [])))[1] == []


def test_names_stay_apart() -> None:
    names = [
        account_name(Entry(f"wallet:{owner}", 1))
        for owner in ("city", "City", "9city", "市", "甲乙", "甲-乙")
    ]
    assert len(set(names)) == len(names)


def test_an_account_the_books_do_not_know_is_said() -> None:
    with pytest.raises(KeyError, match="petty"):
        account_name(Entry("petty", 1))
