"""What should be in the drawer, and what was counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.purse import BonusRule, bonus_fen
from canteen_pos.domain.shift import CashFlow, Drawer, check_close, counted_fen, smallest_pieces


def test_expected_is_the_sum_of_what_moved() -> None:
    flow = CashFlow(
        float_fen=30_000,
        sales_fen=12_345,
        top_ups_fen=5_000,
        refunds_fen=-800,
        paid_in_fen=1_000,
        paid_out_fen=-2_000,
        other_fen=-45,
    )
    assert flow.expected_fen == 45_500


@pytest.mark.parametrize(
    "wrong", [{"float_fen": -1}, {"refunds_fen": 1}, {"paid_out_fen": 1}, {"paid_in_fen": -1}]
)
def test_signs_are_checked_on_birth(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="not"):
        CashFlow(**wrong)


@given(st.integers(0, 10_000_000))
def test_any_amount_can_be_counted_out(fen: int) -> None:
    assert counted_fen(smallest_pieces(fen)) == fen


@pytest.mark.parametrize("counts", [{300: 1}, {0: 1}, {100: -1}])
def test_pieces_that_do_not_exist(counts: dict[int, int]) -> None:
    with pytest.raises(Refusal) as caught:
        counted_fen(counts)
    assert caught.value.code == "shift.bad_count"


def test_a_difference_wants_a_reason_and_nothing_else_does() -> None:
    check_close(Drawer(100, 100), "")
    check_close(Drawer(100, 90), "少收一角")
    with pytest.raises(Refusal) as caught:
        check_close(Drawer(100, 110), "  ")
    assert (caught.value.code, caught.value.facts) == ("shift.reason_needed", {})


def test_bonus_rules() -> None:
    rules = (BonusRule(10_000, 1_000), BonusRule(20_000, 2_500))
    assert [bonus_fen(rules, fen) for fen in (0, 9_999, 10_000, 19_999, 20_000, 50_000)] == [
        0,
        0,
        1_000,
        1_000,
        2_500,
        2_500,
    ]
    assert bonus_fen(rules, 50_000, many=True) == 5_000
    assert bonus_fen((), 10_000) == 0
    with pytest.raises(ValueError, match="bonus"):
        BonusRule(0, 5)
