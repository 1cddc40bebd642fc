"""A person who is forgotten leaves books that still prove themselves, and nothing that says who it was."""

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.services import erasing, members, refunding, selling, verifying
from tests.integration.stored import everything_stored


def test_an_erased_person_is_only_a_token(lunch) -> None:
    sale = lunch.sell(lunch.order("202*2", who=lunch.zhao)).documents[0]
    assert "赵国强" in everything_stored(lunch.desk)
    erasing.erase(lunch.desk, lunch.manager, lunch.zhao.id)
    left = everything_stored(lunch.desk)
    for secret in ("赵国强", "zgq", "1958-05-05", "0055667788"):
        assert secret not in left, secret
    assert verifying.verify(lunch.desk).problems == ()
    assert members.by_card(lunch.desk, "0055667788") is None
    assert members.find(lunch.desk, "zgq") == ()
    with pytest.raises(Refusal) as caught:
        selling.quote(lunch.desk, lunch.order("202", who=lunch.zhao))
    assert caught.value.code == "member.unknown"
    refunding.refund(lunch.desk, lunch.manager, sale.document_id, {1: 1}, "退", "r")
    assert verifying.verify(lunch.desk).problems == ()


def test_who_has_money_here_is_not_forgotten(lunch) -> None:
    with pytest.raises(Refusal) as caught:
        erasing.erase(lunch.desk, lunch.manager, lunch.wang.id)
    assert (caught.value.code, caught.value.facts["left_fen"]) == ("member.has_money", 5000)
    with pytest.raises(Refusal) as caught:
        erasing.erase(lunch.desk, lunch.cashier, lunch.zhao.id)
    assert caught.value.code == "right.missing"
    with pytest.raises(Refusal) as caught:
        erasing.erase(lunch.desk, lunch.manager, 999)
    assert caught.value.code == "member.unknown"
