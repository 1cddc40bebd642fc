"""Whatever service keeps what somebody typed: no number beyond reason and no control character reaches the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.services import (
    audit,
    on_account,
    points,
    purse_refunds,
    purses,
    refunding,
    selling,
    settings_store,
    shifts,
    staff,
    users,
    vouchers,
    wallets,
)
from canteen_pos.services.on_account import Customer
from canteen_pos.services.vouchers import NewBatch

HUGE = 2**70
LONG = "长" * 201
BATCH = NewBatch("餐券", "街道", "f", date(2026, 11, 1), date(2026, 11, 30), face_fen=100, number=1)


def open_sale(lunch, fen: int, reason: str) -> None:
    order = lunch.order("202")
    line = replace(order.lines[0], open_price_fen=fen, open_reason=reason)
    actor = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    selling.quote(lunch.desk, replace(order, lines=(line,)))
    selling.ring_up(lunch.desk, actor, (order,), (), 0, "x")


CASES: tuple[tuple[str, Callable], ...] = (
    ("typed.count", lambda it: points.grant(it.desk, it.manager, it.li.id, HUGE, "x", "r")),
    ("typed.count", lambda it: points.earn(it.desk, it.manager, it.li.id, HUGE, "x", "r")),
    ("typed.count", lambda it: points.redeem(it.desk, it.manager, it.li.id, HUGE, "x", "r")),
    ("typed.too_long", lambda it: points.grant(it.desk, it.manager, it.li.id, 5, LONG, "r")),
    ("typed.amount", lambda it: on_account.open_(it.desk, it.manager, Customer("a", credit_limit_fen=HUGE))),
    ("typed.too_long", lambda it: on_account.open_(it.desk, it.manager, Customer(LONG))),
    ("typed.too_long", lambda it: on_account.open_(it.desk, it.manager, Customer("a", contact=LONG))),
    ("typed.too_long", lambda it: on_account.open_(it.desk, it.manager, Customer("a", phone=LONG))),
    ("typed.amount", lambda it: on_account.receive(it.desk, it.cashier, 1, HUGE, "cash", "r")),
    ("typed.amount", lambda it: wallets.top_up(it.desk, it.cashier, 1, HUGE, "cash", request_id="r")),
    (
        "typed.amount",
        lambda it: wallets.top_up(it.desk, it.cashier, 1, 100, "cash", request_id="r", given_fen=HUGE),
    ),
    ("typed.too_long", lambda it: wallets.top_up(it.desk, it.cashier, 1, 1, "wechat", LONG, "r")),
    ("typed.amount", lambda it: purses.set_limits(it.desk, it.manager, it.li.id, day_fen=HUGE)),
    ("typed.amount", lambda it: purses.set_low_mark(it.desk, it.manager, it.li.account_id, HUGE)),
    ("typed.too_long", lambda it: purse_refunds.refund(it.desk, it.manager, 1, "cash", LONG, "r")),
    ("voucher.batch_face", lambda it: vouchers.issue(it.desk, it.manager, replace(BATCH, face_fen=HUGE))),
    ("typed.too_long", lambda it: vouchers.issue(it.desk, it.manager, replace(BATCH, name=LONG))),
    ("typed.amount", lambda it: shifts.cash_movement(it.desk, it.cashier, HUGE, "x", "r")),
    ("typed.too_long", lambda it: shifts.cash_movement(it.desk, it.cashier, 100, LONG, "r")),
    ("cash.reason_needed", lambda it: shifts.cash_movement(it.desk, it.cashier, 100, "\x1b\x07", "r")),
    ("typed.too_long", lambda it: refunding.refund(it.desk, it.manager, "no", None, LONG, "r")),
    ("typed.amount", lambda it: open_sale(it, HUGE, "x")),
    ("typed.too_long", lambda it: open_sale(it, 100, LONG)),
    ("typed.amount", lambda it: it.sell(it.order("202"), payments=(Payment("cash", 1000, given_fen=HUGE),))),
    (
        "typed.too_long",
        lambda it: it.sell(it.order("202"), payments=(Payment("wechat", 1000, reference=LONG),)),
    ),
    ("typed.too_long", lambda it: staff.change(it.desk, it.manager, 2, name=LONG, role="cashier")),
    ("typed.too_long", lambda it: users.create(it.desk, it.manager, "长" * 3_000, "cashier", "2580")),
)


@pytest.mark.parametrize(("code", "work"), CASES, ids=[str(place) for place in range(len(CASES))])
def test_what_nobody_can_mean_is_refused(lunch, code: str, work: Callable) -> None:
    before = len(audit.recent(lunch.desk))
    with pytest.raises(Refusal) as refused:
        work(lunch)
    assert refused.value.code == code
    assert len(audit.recent(lunch.desk)) == before


def test_control_characters_go_and_blanks_are_trimmed(lunch) -> None:
    desk = lunch.desk
    account = on_account.open_(desk, lunch.manager, Customer(" 公\x1b司 ", contact="张\x07三", phone="138\n"))
    kept = purses.story(desk, lunch.manager, account).purse
    assert kept.name == "公司"
    made = users.create(desk, lunch.manager, "王\x1b[31m芳", "cashier", "2580")
    assert made.name == "王[31m芳"
    shifts.no_sale(desk, lunch.manager, "换\x07零钱 ")
    assert audit.recent(desk, "no_sale")[0].body["reason"] == "换零钱"


def test_a_bonus_beyond_reason_is_shown_while_somebody_types_and_refused_when_they_mean_it(lunch) -> None:
    desk = lunch.desk
    many = {"bonus_rules": (settings_store.BonusRule(1, 10_000),), "bonus_many": True}
    settings_store.save(desk, lunch.manager, balance_cap_fen=10_000_000, **many)
    assert wallets.bonus_for(desk, 10**11) == 10**15
    with pytest.raises(Refusal, match=r"typed\.amount"):
        wallets.top_up(desk, lunch.cashier, lunch.li.account_id, 1_000_000, "cash", request_id="r")


def test_one_voucher_each_for_whoever_is_named_twice(lunch) -> None:
    batch = vouchers.issue(
        lunch.desk, lunch.manager, replace(BATCH, medium="electronic", people=(lunch.li.id, lunch.li.id))
    )
    assert len(vouchers.listed(lunch.desk, lunch.manager, batch)) == 1


def test_a_serial_is_known_however_it_is_typed(lunch) -> None:
    batch = vouchers.issue(lunch.desk, lunch.manager, BATCH)
    (one,) = vouchers.listed(lunch.desk, lunch.manager, batch)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in one.serial)
    for typed in (one.serial.lower(), wide, f" {one.serial[:5]} {one.serial[5:]} ", wide.lower()):
        found = vouchers.look(lunch.desk, typed, date(2026, 11, 23))
        assert found is not None
        assert found.serial == one.serial
        assert vouchers.exists(lunch.desk, typed)
    vouchers.void(lunch.desk, lunch.manager, one.serial.lower(), "丢失")
    with pytest.raises(Refusal, match=r"voucher\.voided"):
        vouchers.look(lunch.desk, wide, date(2026, 11, 23))
