"""What docs/privacy.md promises: who is told what, and what outlives a person."""

from datetime import date

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.services import people, users
from canteen_pos.services.context import Actor

TODAY = date(2026, 11, 23)


def refusal(call, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(*args, **kwargs)
    return caught.value


# -- who is told what -------------------------------------------------------------------------------


def test_a_dispatcher_is_told_a_price_and_no_hardship(lunch) -> None:
    made = users.create(lunch.desk, lunch.manager, "周强", "dispatcher", "3579")
    dispatcher = Actor(made.id, made.name, made.role)
    whole = people.what_if(lunch.desk, lunch.manager, lunch.wang.id)
    told = people.what_if(lunch.desk, dispatcher, lunch.wang.id)
    assert "慈善餐" in [title for title, _ in whole.rows], "a title tells who is poor"
    assert told.rows == (("补贴", sum(fen for _, fen in whole.rows)),)
    assert told.pays_fen == whole.pays_fen
    assert people.what_if(lunch.desk, dispatcher, lunch.wang.id, "en").rows[0][0] == "Subsidy"
    assert people.what_if(lunch.desk, dispatcher, lunch.li.id).rows == ()
