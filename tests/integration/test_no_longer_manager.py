"""A session that is open while a manager is demoted or leaves: from that moment it changes nothing of the house."""

from dataclasses import replace

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.person import PersonEdit
from canteen_pos.services import (
    people_edit,
    points,
    purse_refunds,
    refunding,
    settings_store,
    shifts,
    staff,
    users,
    vouchers,
)


@pytest.fixture
def second(lunch):
    """Another manager, signed in before the first lets her go."""
    made = users.create(lunch.desk, lunch.manager, "刘经理", "manager", "2580")
    actor = users.sign_in(lunch.desk, "刘经理", "2580")
    assert actor.user_id == made.id
    return actor


@pytest.mark.parametrize("how", ["demoted", "dismissed"])
def test_nothing_of_the_house_can_be_changed_any_more(lunch, second, how: str) -> None:
    desk = lunch.desk
    settings_store.save(desk, second, low_balance_fen=100)
    sale = lunch.sell(lunch.order("202")).documents[0].document_id
    if how == "demoted":
        staff.change(desk, lunch.manager, second.user_id, name="刘经理", role="cashier")
    else:
        users.set_active(desk, lunch.manager, second.user_id, False)
    approved = replace(lunch.cashier, approved_by=second.user_id)
    for work in (
        lambda: settings_store.save(desk, second, low_balance_fen=200),
        lambda: users.create(desk, second, "自己人", "manager", "1470"),
        lambda: users.set_active(desk, second, lunch.manager.user_id, False),
        lambda: users.change_pin(desk, second, lunch.manager.user_id, "1470"),
        lambda: people_edit.edit(desk, second, lunch.li.id, PersonEdit(note="改")),
        lambda: points.grant(desk, second, lunch.li.id, 30, "送", "r1"),
        lambda: vouchers.void_unused(desk, second, 1, "x"),
        lambda: purse_refunds.refund(desk, second, lunch.wang.account_id, "cash", "走", "r2"),
        lambda: refunding.refund(desk, approved, sale, None, "退", "r3"),
        lambda: shifts.no_sale(desk, approved, "换零钱"),
    ):
        with pytest.raises(Refusal) as refused:
            work()
        assert refused.value.code in ("right.no_longer", "voucher.batch_unknown")
    assert settings_store.load(desk).low_balance_fen == 100
    assert users.sign_in(desk, "陈经理", "8888")


def test_the_last_act_of_a_manager_may_be_to_step_down(lunch, second) -> None:
    staff.change(lunch.desk, second, second.user_id, name="刘芳", role="cashier")
    assert not staff.still_works_here(lunch.desk, second)
    users.set_active(lunch.desk, lunch.manager, second.user_id, False)
