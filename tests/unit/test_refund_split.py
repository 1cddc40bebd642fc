"""Part refunds of a stored line: exact, never negative, whatever the steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.refund_split import refund_part


def test_thirds_come_back_to_the_fen() -> None:
    steps = [refund_part(1000, 700, (200, 100), 3, already, 1) for already in range(3)]
    assert steps == [(333, 233, (67, 33)), (334, 234, (67, 33)), (333, 233, (66, 34))]
    assert refund_part(1000, 700, (200, 100), 3, 0, 3) == (1000, 700, (200, 100))


def test_a_line_without_shares_and_a_free_line() -> None:
    assert refund_part(1001, 1001, (), 2, 0, 1) == (501, 501, ())
    assert refund_part(1001, 1001, (), 2, 1, 1) == (500, 500, ())
    assert refund_part(900, 0, (900,), 3, 1, 2) == (600, 0, (600,))
    assert refund_part(0, 0, (0, 0), 2, 0, 1) == (0, 0, (0, 0))


@given(
    parts=st.lists(st.integers(0, 5000), min_size=1, max_size=5),
    quantity=st.integers(1, 12),
    data=st.data(),
)
def test_any_sequence_of_part_refunds_undoes_the_line(
    parts: list[int], quantity: int, data: st.DataObject
) -> None:
    pays, *shares = parts
    back = [0] * len(parts)
    done = 0
    while done < quantity:
        wanted = data.draw(st.integers(1, quantity - done))
        list_fen, pays_back, shares_back = refund_part(
            sum(parts), pays, tuple(shares), quantity, done, wanted
        )
        assert list_fen == pays_back + sum(shares_back)
        assert min(pays_back, *shares_back, 0) >= 0
        back = [total + part for total, part in zip(back, (pays_back, *shares_back), strict=True)]
        done += wanted
        assert all(total <= part for total, part in zip(back, parts, strict=True))
    assert back == parts


@pytest.mark.parametrize(
    ("line", "quantity", "already", "wanted"),
    [
        ((1000, 700, (200,)), 2, 0, 1),
        ((1000, 1100, (-100,)), 2, 0, 1),
        ((1000, 1000, ()), 2, 1, 2),
        ((1000, 1000, ()), 2, 0, 0),
        ((1000, 1000, ()), 2, -1, 1),
    ],
)
def test_a_refund_that_cannot_be(
    line: tuple[int, int, tuple[int, ...]], quantity: int, already: int, wanted: int
) -> None:
    with pytest.raises(ValueError):
        refund_part(*line, quantity, already, wanted)
