"""What docs/privacy.md promises: who is told what, and what outlives a person."""

from datetime import date

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import NewMember
from canteen_pos.services import (
    card_printing,
    cards,
    erasing,
    members,
    merging,
    people,
    points,
    proxies,
    purses,
    users,
    verifying,
    vouchers,
    wallets,
)
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


# -- who may be given something ---------------------------------------------------------------------


def everything_given(lunch, person, tmp_path):
    """Each way to give somebody something, by what it is."""
    desk, manager, account = lunch.desk, lunch.manager, person.account_id
    batch = vouchers.NewBatch(
        "冬至券",
        "街道",
        "街道",
        date(2026, 11, 1),
        date(2026, 12, 31),
        face_fen=500,
        medium="electronic",
        people=(person.id,),
    )
    return {
        "card": lambda: cards.issue(desk, lunch.cashier, person.id, "0777"),
        "printed card": lambda: card_printing.print_sheet(
            desk, lunch.cashier, [person.id], tmp_path / "cards.pdf", issue=True
        ),
        "money": lambda: wallets.top_up(desk, lunch.cashier, account, 1000, "cash", request_id="late"),
        "voucher": lambda: vouchers.issue(desk, manager, batch),
        "hours": lambda: points.earn(desk, manager, person.id, 60, "择菜", "late hours"),
        "points": lambda: points.grant(desk, manager, person.id, 5, "补记", "late points"),
        "proxy": lambda: proxies.add(desk, lunch.cashier, person.id, proxies.NewProxy("孙大妈")),
    }


@pytest.mark.parametrize("why", ["died", "moved"])
def test_who_left_is_given_nothing_more(lunch, tmp_path, why: str) -> None:
    people.leave(lunch.desk, lunch.manager, lunch.zhao.id, TODAY, why)
    for what, give in everything_given(lunch, lunch.zhao, tmp_path).items():
        refused = refusal(give)
        assert (refused.code, refused.facts["name"]) == ("member.left", "赵国强"), what
    assert not (tmp_path / "cards.pdf").exists()
    done = card_printing.print_sheet(
        lunch.desk, lunch.cashier, [lunch.wang.id, lunch.zhao.id], tmp_path / "cards.pdf", issue=True
    )
    assert (done.cards, done.issued, done.without) == (1, 0, ("赵国强",))
    people.return_(lunch.desk, lunch.manager, lunch.zhao.id)
    for give in everything_given(lunch, lunch.zhao, tmp_path).values():
        give()
    assert verifying.verify(lunch.desk).problems == ()


def test_a_family_purse_is_topped_up_while_somebody_is_here(lunch) -> None:
    purses.join(lunch.desk, lunch.manager, lunch.wang.account_id, lunch.zhao.id, "join")
    people.leave(lunch.desk, lunch.manager, lunch.wang.id, TODAY, "died")
    wallets.top_up(lunch.desk, lunch.cashier, lunch.wang.account_id, 1000, "cash", request_id="one")
    people.leave(lunch.desk, lunch.manager, lunch.zhao.id, TODAY, "moved")
    refused = refusal(
        wallets.top_up, lunch.desk, lunch.cashier, lunch.wang.account_id, 1000, "cash", request_id="two"
    )
    assert refused.code == "member.left"


def test_a_merged_record_means_the_one_that_stayed(lunch, tmp_path) -> None:
    double = members.enrol(lunch.desk, lunch.cashier, NewMember("赵国强"))
    merging.merge(lunch.desk, lunch.manager, lunch.zhao.id, double.id)
    gives = everything_given(lunch, double, tmp_path)
    for what in ("card", "voucher", "hours", "points", "proxy"):
        gives[what]()
        if what in ("hours", "points"):
            gives[what]()  # a second click is the same request
    assert members.by_card(lunch.desk, "0777").id == lunch.zhao.id
    assert points.balance(lunch.desk, lunch.zhao.id) == 15
    assert points.redeem(lunch.desk, lunch.manager, double.id, 6, "毛巾", "towel") == 9
    assert [one.name for one in proxies.of(lunch.desk, lunch.zhao.id)] == ["孙大妈"]
    assert len(vouchers.of_person(lunch.desk, lunch.zhao.id)) == 1
    assert verifying.verify(lunch.desk).problems == ()


def test_who_was_erased_is_given_nothing(lunch, tmp_path) -> None:
    erasing.erase(lunch.desk, lunch.manager, lunch.zhao.id)
    gives = everything_given(lunch, lunch.zhao, tmp_path)
    codes = {what: refusal(give).code for what, give in gives.items()}
    assert codes == {
        **dict.fromkeys(gives, "member.unknown"),
        "printed card": "card_sheet.nobody",
        "money": "wallet.closed",
    }
