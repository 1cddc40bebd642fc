"""Roles, names and locks of the people who work here, on the real database."""

import pytest

from canteen_pos.services import audit, staff, users
from canteen_pos.services.context import Desk
from canteen_pos.services.users import User
from tests.integration.hands import refusal


def _colleague(house, name: str) -> staff.Colleague:
    return next(one for one in staff.everybody(house.desk, house.manager) if one.name == name)


def test_who_works_here_with_the_last_sign_in(house) -> None:
    assert _colleague(house, "李芳").last_sign_in is None
    users.sign_in(house.desk, "李芳", "1111")
    house.clock.advance(60)
    users.sign_in(Desk(house.desk.db, house.clock, "T2"), "李芳", "1111")
    assert _colleague(house, "李芳").last_sign_in == house.clock.now()
    assert _colleague(house, "陈经理").last_sign_in is None


def test_who_left_stands_last(house) -> None:
    users.create(house.desk, house.manager, "张丽", "dispatcher", "2580")
    users.set_active(house.desk, house.manager, house.cashier.user_id, False)
    assert [one.name for one in staff.everybody(house.desk, house.manager)] == ["陈经理", "张丽", "李芳"]


def test_a_role_changes_and_is_logged_with_what_was(house) -> None:
    staff.change(house.desk, house.manager, house.cashier.user_id, name="李芳", role="auditor")
    assert users.sign_in(house.desk, "李芳", "1111").role == "auditor"
    (event,) = audit.recent(house.desk, "role_changed")
    assert event.body == {"user_id": house.cashier.user_id, "old": "cashier", "role": "auditor"}
    assert audit.recent(house.desk, "user_renamed") == ()
    assert not staff.still_works_here(house.desk, house.cashier), "the till knows her as a cashier"


def test_a_name_changes_unless_it_is_taken(house) -> None:
    staff.change(house.desk, house.manager, house.cashier.user_id, name=" 李芳芳 ", role="cashier")
    assert users.sign_in(house.desk, "李芳芳", "1111").user_id == house.cashier.user_id
    taken = refusal(
        staff.change, house.desk, house.manager, house.cashier.user_id, name="陈经理", role="cashier"
    )
    assert taken.code == "user.name_taken"
    assert _colleague(house, "李芳芳").role == "cashier"


def test_the_last_manager_stays_a_manager(house) -> None:
    chen = house.manager.user_id
    refused = refusal(staff.change, house.desk, house.manager, chen, name="陈经理", role="cashier")
    assert refused.code == "user.last_manager"
    assert _colleague(house, "陈经理").role == "manager"
    second = users.create(house.desk, house.manager, "王经理", "manager", "7913")
    staff.change(house.desk, house.manager, chen, name="陈经理", role="auditor")
    assert refusal(users.set_active, house.desk, _actor(second), second.id, False).code == "user.last_manager"


def _actor(user: User):
    from canteen_pos.services.context import Actor

    return Actor(user.id, user.name, user.role)


def test_a_manager_ends_a_lock_and_the_pin_stays(house) -> None:
    for _ in range(3):
        refusal(users.sign_in, house.desk, "李芳", "0000")
    locked = _colleague(house, "李芳")
    assert locked.failed_count == 3
    assert locked.locked_until is not None
    assert (locked.locked_until - house.clock.now()).total_seconds() == 30
    staff.unlock(house.desk, house.manager, house.cashier.user_id)
    assert _colleague(house, "李芳").locked_until is None
    assert users.sign_in(house.desk, "李芳", "1111")


def test_a_lock_that_has_run_out_is_not_shown(house) -> None:
    for _ in range(3):
        refusal(users.sign_in, house.desk, "李芳", "0000")
    house.clock.advance(31)
    assert _colleague(house, "李芳").locked_until is None


@pytest.mark.parametrize(
    ("call", "given"),
    [
        (staff.change, {"name": "某", "role": "cashier"}),
        (staff.unlock, {}),
        (users.set_active, {"active": True}),
        (users.change_pin, {"pin": "2580"}),
    ],
)
def test_nobody_is_changed_who_is_not_there(house, call, given) -> None:
    assert refusal(call, house.desk, house.manager, 999, **given).code == "user.unknown"


def test_who_was_sent_away_no_longer_works_here(house) -> None:
    assert staff.still_works_here(house.desk, house.cashier)
    users.set_active(house.desk, house.manager, house.cashier.user_id, False)
    assert not staff.still_works_here(house.desk, house.cashier)


def test_a_canteen_keeps_its_name_and_a_sane_lock(house) -> None:
    from canteen_pos.services import settings_store

    assert settings_store.load(house.desk).idle_lock_minutes == 15
    settings_store.save(house.desk, house.manager, idle_lock_minutes=0)
    assert settings_store.load(house.desk).idle_lock_minutes == 0
    wrong = {"idle_lock_minutes": 241, "name": " "}
    codes = [
        refusal(settings_store.save, house.desk, house.manager, **{name: value}).code
        for name, value in wrong.items()
    ]
    assert codes == ["settings.idle_lock", "setup.name_empty"]
