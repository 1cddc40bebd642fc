"""Money split between principal, bonus and points: nothing made, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.ledger import purse_entries, tender_entry
from canteen_pos.domain.purse import points_back, points_for, split
from canteen_pos.domain.sale import Entry, PaymentRow

fen = st.integers(0, 1_000_000)


@given(principal=fen, bonus=fen, part=st.fractions(0, 1), bonus_first=st.booleans())
def test_a_purse_gives_what_is_asked_in_its_order(
    principal: int, bonus: int, part, bonus_first: bool
) -> None:
    asked = int((principal + bonus) * part)
    from_principal, from_bonus = split(asked, principal, bonus, bonus_first=bonus_first)
    assert from_principal + from_bonus == asked
    assert 0 <= from_principal <= principal
    assert 0 <= from_bonus <= bonus
    first, second_used = (
        (bonus - from_bonus, from_principal) if bonus_first else (principal - from_principal, from_bonus)
    )
    assert not (first and second_used), "the second is touched only when the first is empty"


@given(principal=fen, bonus=fen)
def test_a_purse_gives_no_more_than_it_holds(principal: int, bonus: int) -> None:
    with pytest.raises(ValueError, match="of"):
        split(principal + bonus + 1, principal, bonus)


@given(points=st.integers(1, 10_000), point_fen=st.integers(1, 500), cuts=st.lists(fen, max_size=6))
def test_points_come_back_in_any_steps_and_all_at_the_end(
    points: int, point_fen: int, cuts: list[int]
) -> None:
    left_points, left_fen = points, points * point_fen
    for cut in cuts:
        back_fen = min(cut, left_fen)
        if not left_fen:
            break
        back = points_back(left_points, left_fen, back_fen)
        assert 0 <= back <= left_points
        left_points, left_fen = left_points - back, left_fen - back_fen
        assert left_points * point_fen >= left_fen, "never more points out than fen back"
    if left_fen:
        assert points_back(left_points, left_fen, left_fen) == left_points


@given(points=st.integers(1, 10_000), point_fen=st.integers(1, 500), over=st.integers(1, 499))
def test_only_whole_points_pay(points: int, point_fen: int, over: int) -> None:
    assert points_for(points * point_fen, point_fen) == points
    if over % point_fen:
        with pytest.raises(ValueError, match="whole points"):
            points_for(points * point_fen + over, point_fen)


@given(paid=st.integers(1, 100_000), rounding=st.integers(-5, 5), bonus=fen)
def test_paying_a_purse_out_balances(paid: int, rounding: int, bonus: int) -> None:
    entries = purse_entries(
        (PaymentRow("cash", -paid),), "wallet:9f", "T1", rounding_fen=rounding, bonus_fen=-bonus
    )
    assert sum(entry.fen for entry in entries) == 0
    assert sum(entry.fen for entry in entries if entry.account == "wallet:9f") == paid + rounding
    assert sum(entry.fen for entry in entries if entry.account == "bonus:9f") == bonus


def test_points_and_bank_transfers_have_accounts_of_their_own() -> None:
    assert tender_entry(PaymentRow("points", 250, issuer="a1"), "T1") == Entry("points", 250)
    assert tender_entry(PaymentRow("bank_transfer", 250), "T1") == Entry("clearing:bank_transfer", 250)
