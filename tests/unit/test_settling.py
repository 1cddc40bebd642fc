"""One payment over several documents: nothing is lost, nothing negative, change once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.domain.settling import allocate, rounded_cash


@given(
    st.lists(st.integers(0, 5000), min_size=1, max_size=5),
    st.lists(st.tuples(st.sampled_from(["wallet", "wechat", "voucher"]), st.integers(1, 4000)), max_size=4),
    st.sampled_from(["none", "jiao"]),
    st.integers(0, 10_000),
)
def test_parts_make_every_due_and_every_payment(dues, others, rounding, extra) -> None:
    payments, left = [], sum(dues)
    for tender, fen in others:
        if 0 < fen <= left:
            payments.append(Payment(tender, fen))
            left -= fen
    asked = rounded_cash(left, rounding)
    if asked:
        payments.append(Payment("cash", asked, given_fen=asked + extra))
    parts = allocate(dues, payments, rounding)
    for due, taken in zip(dues, parts, strict=True):
        assert sum(part.fen - part.rounding_fen for part in taken) == due
        assert all(part.fen >= 0 for part in taken)
        assert all(
            part.given_fen - part.change_fen == part.fen for part in taken if part.payment.tender == "cash"
        )
    every = [part for taken in parts for part in taken]
    for payment in payments:
        assert sum(part.fen for part in every if part.payment is payment) == payment.fen
    assert sum(part.rounding_fen for part in every) == asked - left
    assert sum(part.change_fen for part in every) == (extra if asked else 0)


@pytest.mark.parametrize(
    ("payments", "rounding", "due"),
    [
        ([Payment("cash", 1236)], "jiao", 1240),
        ([Payment("wechat", 1300)], "none", 1236),
        ([], "none", 1236),
        ([Payment("wechat", 1000), Payment("cash", 240)], "none", 1236),
    ],
)
def test_the_sum_must_be_exact(payments, rounding, due) -> None:
    with pytest.raises(Refusal) as refused:
        allocate([1236], payments, rounding)
    assert refused.value.code == "payment.not_the_sum"
    assert refused.value.facts["due_fen"] == due


def test_a_few_fen_are_rounded_away() -> None:
    (taken,) = allocate([3], [], "jiao")
    assert [(part.fen, part.rounding_fen) for part in taken] == [(0, -3)]


def test_rounding_away_turns_no_part_negative() -> None:
    """2 fen each make 4 fen of cash, asked as nothing."""
    parts = allocate([2, 2], [], "jiao")
    assert [[(part.fen, part.rounding_fen) for part in taken] for taken in parts] == [[(0, -2)], [(0, -2)]]


def test_a_payment_pays_the_meal_it_names_first() -> None:
    """Two vouchers, each for its owner: what comes first would else pay for both."""
    first, second = Payment("voucher", 800, order_id="b"), Payment("voucher", 900, order_id="a")
    of_a, of_b = allocate([1080, 700], [first, second, Payment("cash", 80)], orders=("a", "b"))
    assert [(part.payment.tender, part.fen) for part in of_a] == [
        ("voucher", 900),
        ("voucher", 100),
        ("cash", 80),
    ]
    assert [(part.payment, part.fen) for part in of_b] == [(first, 700)]
