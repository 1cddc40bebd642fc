"""Money: whole fen, halves away from zero, splits that lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.money import half_up, parse_yuan, spread, weighed_fen, yuan

amounts = st.integers(min_value=1 - 10**11, max_value=10**11 - 1)


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    [(1, 2, 1), (-1, 2, -1), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (750 * 25, 100, 188), (0, 7, 0)],
)
def test_halves_go_away_from_zero(numerator: int, denominator: int, whole: int) -> None:
    assert half_up(numerator, denominator) == whole


def test_half_up_wants_a_positive_denominator() -> None:
    with pytest.raises(ValueError, match="positive"):
        half_up(1, 0)


@given(amounts, st.integers(min_value=1, max_value=10_000))
def test_rounding_is_nearest_and_ignores_the_sign(numerator: int, denominator: int) -> None:
    rounded = half_up(numerator, denominator)
    assert abs(rounded * denominator - numerator) * 2 <= denominator
    assert half_up(-numerator, denominator) == -rounded


def test_weighed_price_of_the_drawing() -> None:
    assert weighed_fen(180, 186, 50) == 670


@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=9), st.data())
def test_a_spread_sums_up_and_never_exceeds_a_weight(weights: list[int], data: st.DataObject) -> None:
    total = data.draw(st.integers(min_value=0, max_value=sum(weights)))
    parts = spread(total, weights)
    assert sum(parts) == total
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


def test_the_largest_remainder_is_served_first_and_ties_go_to_the_earlier_line() -> None:
    assert spread(100, [333, 333, 334]) == (33, 33, 34)
    assert spread(1, [5, 5]) == (1, 0)


def test_nothing_can_be_spread_over_nothing() -> None:
    assert spread(0, [0, 0]) == (0, 0)
    with pytest.raises(ValueError, match="over nothing"):
        spread(1, [0, 0])
    with pytest.raises(ValueError, match="negative"):
        spread(-1, [1])


@given(amounts)
def test_yuan_is_read_back_as_it_was_written(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"), [("12", 1200), ("12.5", 1250), ("¥12.50", 1250), (" ￥0.05 ", 5), ("-3", -300)]
)
def test_amounts_as_people_type_them(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "abc", "1.234", "1,5", "1e3", "٣", "--1", "1.", "9999999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_yuan(text)
