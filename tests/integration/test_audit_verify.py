"""An auditor changes what lies beside the documents, in ways that still look right on the face of it."""

import pytest
from sqlalchemy import text

from canteen_pos.services import shifts, verifying

TAMPERINGS = {
    "a difference explained away": "update shifts set expected_fen = counted_fen, difference_fen = 0",
    "a count and its float": (
        "update shifts set float_fen = float_fen + 100, counted_fen = counted_fen + 100,"
        " expected_fen = expected_fen + 100"
    ),
    "who sold it": (
        "update documents set actor_id = (select id from users where role = 'manager') where number = 2"
    ),
    "a pot forgotten": "delete from budgets",
    "a pot filled up": "update budgets set drawn_fen = drawn_fen - 1",
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_looks_right_is_still_found(lunch, name: str) -> None:
    lunch.sell(lunch.order("202", who=lunch.wang))
    shifts.close(lunch.desk, lunch.cashier, {10_000: 2, 5000: 1}, "找零")
    assert verifying.verify(lunch.desk).problems == ()
    with lunch.desk.db.write() as conn:
        assert conn.execute(text(TAMPERINGS[name])).rowcount == 1
    assert not verifying.verify(lunch.desk).ok
