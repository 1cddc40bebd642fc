"""The canonical text, its links, and double entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain import chain
from canteen_pos.domain.ledger import sale_entries, tender_entry
from canteen_pos.domain.sale import DocumentClaim, DocumentShare, Draft, Entry, PaymentRow, number_text


def test_the_canonical_text_is_one_text() -> None:
    assert (
        chain.canonical({"b": [1, {"z": "红", "a": None}], "a": True})
        == '{"a":true,"b":[1,{"a":null,"z":"红"}]}'
    )


@pytest.mark.parametrize("value", [1.0, {"fen": 0.5}, [{"x": [2.5]}], (1, 2.0)])
def test_no_float_enters_a_document(value) -> None:
    with pytest.raises(ValueError, match="float"):
        chain.canonical(value)


def test_a_link_depends_on_all_before_it() -> None:
    first = chain.first_link("T1", "2026-11-23T04:00:00.000Z")
    assert first != chain.first_link("T2", "2026-11-23T04:00:00.000Z")
    assert chain.link(chain.link(first, "a"), "b") != chain.link(chain.link(first, "b"), "a")
    assert chain.salted("s", {"name": "王"}) != chain.salted("t", {"name": "王"})
    assert chain.short("abcdef0123456789") == "ABCDEF0123"
    assert number_text("T1", 123) == "T1-000123"


amounts = st.integers(0, 10_000)


@given(
    st.lists(st.tuples(st.sampled_from(["operator", "city", "street"]), amounts), max_size=4),
    st.lists(st.tuples(st.sampled_from(["city", "district"]), amounts), max_size=3),
    st.lists(st.tuples(st.sampled_from(["cash", "wallet", "wechat", "on_account"]), amounts), max_size=3),
    st.integers(-9, 9),
    st.sampled_from([1, -1]),
)
def test_entries_of_a_sale_and_of_its_refund_sum_to_zero(shares, claims, payments, rounding, sign) -> None:
    shared = [DocumentShare(1, fund, "r", "1", "p", sign * fen) for fund, fen in shares]
    claimed = [DocumentClaim("c", fund, "r", "1", "p", sign * fen) for fund, fen in claims]
    paid = [PaymentRow(tender, sign * fen, purse="t") for tender, fen in payments]
    list_fen = sum(row.fen for row in paid) + sum(row.fen for row in shared) - rounding
    entries = sale_entries(list_fen, rounding, shared, claimed, paid, "T1")
    assert sum(entry.fen for entry in entries) == 0
    assert all(entry.fen for entry in entries)
    by_account = {entry.account: 0 for entry in entries}
    for entry in entries:
        by_account[entry.account] += entry.fen
    assert by_account.get("sales", 0) == -list_fen
    assert by_account.get("own_discount", 0) == sum(row.fen for row in shared if row.fund == "operator")


def test_what_does_not_add_up_is_no_entry() -> None:
    with pytest.raises(ValueError, match="do not make"):
        sale_entries(1000, 0, [], [], [PaymentRow("cash", 999)], "T1")
    with pytest.raises(ValueError, match="zero"):
        Draft("i", "sale", "", "", "s", "f", 1, 1, entries=(Entry("cash:T1", 1),))
    with pytest.raises(ValueError, match="tender"):
        tender_entry(PaymentRow("shells", 1), "T1")
