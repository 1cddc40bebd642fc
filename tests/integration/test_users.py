"""PINs, lock-outs and approvals, on the real database."""

import pytest

from canteen_pos import vault
from canteen_pos.services import audit, staff, users
from canteen_pos.services.context import Desk
from tests.integration.hands import refusal


def test_a_pin_signs_in_by_name_and_by_id(house) -> None:
    by_name = users.sign_in(house.desk, "李芳", "1111")
    by_id = users.sign_in(house.desk, house.cashier.user_id, "1111")
    assert by_name == by_id == house.cashier
    assert [event.kind for event in audit.recent(house.desk, "signed_in")] == ["signed_in", "signed_in"]


def test_an_unknown_name_is_refused_like_a_wrong_pin(house) -> None:
    assert refusal(users.sign_in, house.desk, "李芳", "0000").code == "sign_in.wrong"
    assert refusal(users.sign_in, house.desk, "无此人", "1111").code == "sign_in.wrong"


def test_wrong_pins_lock_for_longer_and_longer(house) -> None:
    for _ in range(2):
        assert refusal(users.sign_in, house.desk, "李芳", "0000").code == "sign_in.wrong"
    for pin in ("0000", "1111"):  # the one that locks says so, too
        locked = refusal(users.sign_in, house.desk, "李芳", pin)
        assert (locked.code, locked.facts) == ("sign_in.locked", {"seconds": 30})
    house.clock.advance(31)
    assert refusal(users.sign_in, house.desk, "李芳", "0000").facts == {"seconds": 60}
    assert refusal(users.sign_in, house.desk, "李芳", "1111").facts == {"seconds": 60}
    house.clock.advance(61)
    assert users.sign_in(house.desk, "李芳", "1111").name == "李芳"
    assert refusal(users.sign_in, house.desk, "李芳", "0000").code == "sign_in.wrong", "counting begins again"


def test_a_lock_outlives_the_process(house) -> None:
    for _ in range(3):
        refusal(users.sign_in, house.desk, "李芳", "0000")
    again = Desk(house.desk.db, house.clock, "T2")
    assert refusal(users.sign_in, again, "李芳", "1111").code == "sign_in.locked"


def test_a_clock_that_was_wrong_locks_nobody_for_years_and_helps_nobody_in(house) -> None:
    year = 365 * 24 * 3600
    house.clock.advance(year)
    for _ in range(3):
        refusal(users.sign_in, house.desk, "李芳", "0000")
    house.clock.advance(-year)
    assert refusal(users.sign_in, house.desk, "李芳", "1111").facts == {"seconds": 30}, "not a year"
    house.clock.advance(29)
    assert refusal(users.sign_in, house.desk, "李芳", "1111").code == "sign_in.locked", (
        "the whole wait, from now"
    )
    house.clock.advance(2)
    assert users.sign_in(house.desk, "李芳", "1111")


def test_a_wrong_clock_does_not_keep_anybody_from_asking_for_years(house) -> None:
    year = 365 * 24 * 3600
    house.clock.advance(year)
    for _ in range(3):
        refusal(users.approve, house.desk, house.cashier, "9999")
    house.clock.advance(-year)
    assert refusal(users.approve, house.desk, house.cashier, "8888").facts == {"seconds": 30}
    house.clock.advance(31)
    assert users.approve(house.desk, house.cashier, "8888").approved_by == house.manager.user_id


def test_lock_seconds_rise_to_an_hour() -> None:
    assert [users.lock_seconds(failed) for failed in range(1, 7)] == [0, 0, 30, 60, 120, 240]
    assert users.lock_seconds(40) == 3600


def test_a_manager_approves_in_place(house) -> None:
    approved = users.approve(house.desk, house.cashier, "8888")
    assert approved.approved_by == house.manager.user_id
    assert (approved.user_id, approved.role) == (house.cashier.user_id, "cashier")


def test_guessing_a_managers_pin_locks_who_guesses_and_no_manager(house) -> None:
    for _ in range(2):
        assert refusal(users.approve, house.desk, house.cashier, "1234").code == "approve.wrong"
    for pin in ("1234", "8888"):
        locked = refusal(users.approve, house.desk, house.cashier, pin)
        assert (locked.code, locked.facts) == ("sign_in.locked", {"seconds": 30})
    assert users.sign_in(house.desk, "陈经理", "8888")
    assert len(audit.recent(house.desk, "approval_failed")) == 3
    again = Desk(house.desk.db, house.clock, house.desk.station)
    assert refusal(users.approve, again, house.cashier, "8888").code == "sign_in.locked", "restarts included"
    elsewhere = Desk(house.desk.db, house.clock, "T2")
    assert users.approve(elsewhere, house.cashier, "8888"), "another till may still ask"
    house.clock.advance(31)
    assert refusal(users.approve, house.desk, house.cashier, "1234").facts == {"seconds": 60}
    assert refusal(users.approve, house.desk, house.cashier, "8888").facts == {"seconds": 60}
    house.clock.advance(61)
    assert users.approve(house.desk, house.cashier, "8888")
    assert refusal(users.approve, house.desk, house.cashier, "1234").code == "approve.wrong", "anew"


def test_an_approval_forgives_no_wrong_sign_ins(house) -> None:
    for _ in range(2):
        refusal(users.sign_in, house.desk, "陈经理", "0000")
    users.approve(house.desk, house.cashier, "8888")
    assert refusal(users.sign_in, house.desk, "陈经理", "0000").code == "sign_in.locked"


def test_two_managers_have_no_pin_in_common(house) -> None:
    made = refusal(users.create, house.desk, house.manager, "刘经理", "manager", "8888")
    assert made.code == "pin.easy"
    users.change_pin(house.desk, house.manager, house.manager.user_id, "2580")
    made = refusal(users.create, house.desk, house.manager, "刘经理", "manager", "2580")
    assert (made.code, made.facts) == ("pin.taken", {})
    second = users.create(house.desk, house.manager, "刘经理", "manager", "1470")
    changed = refusal(users.change_pin, house.desk, house.manager, second.id, "2580")
    assert changed.code == "pin.taken"
    users.change_pin(house.desk, house.manager, second.id, "1470")
    assert users.create(house.desk, house.manager, "王芳", "cashier", "2580"), "cashiers approve nothing"


def test_a_pin_that_two_managers_came_to_share_approves_nothing(house) -> None:
    made = users.create(house.desk, house.manager, "刘芳", "cashier", "2580")
    users.change_pin(house.desk, house.manager, house.manager.user_id, "2580")
    staff.change(house.desk, house.manager, made.id, name="刘芳", role="manager")
    assert refusal(users.approve, house.desk, house.cashier, "2580").code == "approve.shared"
    users.change_pin(house.desk, house.manager, made.id, "1470")
    assert users.approve(house.desk, house.cashier, "2580").approved_by == house.manager.user_id


@pytest.mark.parametrize(
    ("name", "role", "pin", "code"),
    [
        ("", "cashier", "2580", "user.name_empty"),
        ("王芳", "cook", "2580", "user.role"),
        ("长" * 61, "cashier", "2580", "typed.too_long"),
        ("\x1b\x07", "cashier", "2580", "user.name_empty"),
        ("王芳", "cashier", "123", "pin.format"),
        ("王芳", "cashier", "12345678901", "pin.format"),
        ("王芳", "cashier", "一二三四", "pin.format"),
        ("王芳", "cashier", "7777", "pin.easy"),
        ("王芳", "cashier", "123456", "pin.easy"),
        ("王芳", "cashier", "9876", "pin.easy"),
        ("李芳", "cashier", "2580", "user.name_taken"),
    ],
)
def test_who_cannot_be_made_a_colleague(house, name: str, role: str, pin: str, code: str) -> None:
    assert refusal(users.create, house.desk, house.manager, name, role, pin).code == code
    assert len(users.all(house.desk)) == 2, "a refusal leaves nothing behind"


def test_only_a_manager_makes_colleagues(house) -> None:
    refused = refusal(users.create, house.desk, house.cashier, "王芳", "cashier", "1234")
    assert (refused.code, refused.facts) == ("right.missing", {"right": "manage_users", "role": "cashier"})


def test_ones_own_pin_may_be_changed_anothers_not(house) -> None:
    users.change_pin(house.desk, house.cashier, house.cashier.user_id, "2580")
    assert users.sign_in(house.desk, "李芳", "2580")
    refused = refusal(users.change_pin, house.desk, house.cashier, house.cashier.user_id, "1111")
    assert refused.code == "pin.easy"
    refused = refusal(users.change_pin, house.desk, house.cashier, house.manager.user_id, "2580")
    assert refused.code == "right.missing"


def test_the_last_manager_stays(house) -> None:
    refused = refusal(users.set_active, house.desk, house.manager, house.manager.user_id, False)
    assert refused.code == "user.last_manager"
    assert users.sign_in(house.desk, "陈经理", "8888")


def test_who_left_does_not_sign_in(house) -> None:
    users.set_active(house.desk, house.manager, house.cashier.user_id, False)
    assert refusal(users.sign_in, house.desk, "李芳", "1111").code == "sign_in.wrong"


def test_the_real_hash_is_argon2id_and_says_its_cost() -> None:
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
    hashed = hasher.hash("1234")
    assert "argon2id" in hashed
    assert "m=32768,t=2,p=1" in hashed
    assert hasher.verify(hashed, "1234")
    assert not vault.pin_fits("not a hash", "1234")
