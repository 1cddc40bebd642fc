"""Points and percent vouchers at the till, by keys and scans."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import text

from canteen_pos.clock import FixedClock
from canteen_pos.services import (
    dishes,
    erasing,
    members,
    points,
    selling,
    settings_store,
    verifying,
    vouchers,
    wallets,
)
from canteen_pos.services import purses as purse_service
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.screens.till.screen import TillScreen
from tests.ui.driving import press, touch_tile

ENTER = Qt.Key.Key_Return
F4 = Qt.Key.Key_F4


def percent_voucher(desk: Desk) -> str:
    with desk.db.read() as conn:
        wanted = text("select serial from vouchers where percent > 0 and used_document_id is null order by 1")
        return str(conn.execute(wanted).scalars().first())


def newest(desk: Desk) -> selling.SaleDetail:
    return selling.load(desk, selling.recent(desk, 1)[0].document_id)


def proven(desk: Desk) -> None:
    assert verifying.verify(desk).problems == ()


def test_a_percent_voucher_lowers_the_price_and_is_used_with_the_sale(
    till: TillScreen, demo_desk: Desk
) -> None:
    serial = percent_voucher(demo_desk)
    press(till, "hsr", ENTER)
    before = till.presenter.due_fen
    till.scan(serial)
    assert till.presenter.due_fen == before - before // 5
    assert "20%" in till.notice.text()
    assert any("折扣券" in row[0] for row in till.presenter.view().sums.rows)
    till.scan(serial.lower())
    assert till.presenter.due_fen == before, "typed or scanned again it is taken away"
    till.scan(serial)
    press(till, Qt.Key.Key_F2, ENTER)
    assert newest(demo_desk).by_fund_fen == {"street": before // 5}
    press(till, "hsr", ENTER)
    till.scan(serial)
    assert till.notice.view.mood == "bad"
    assert "用过" in till.notice.text()
    proven(demo_desk)


def test_one_a_meal_is_said_when_the_second_voucher_is_scanned(till: TillScreen, demo_desk: Desk) -> None:
    """Not when the money is taken: the diner would have been told the lower price."""
    serial = percent_voucher(demo_desk)
    with demo_desk.db.read() as conn:
        wanted = text("select serial from vouchers where percent = 0 and used_document_id is null order by 1")
        face = str(conn.execute(wanted).scalars().first())
        second = str(
            conn.execute(
                text("select serial from vouchers where percent > 0 and serial > :s order by 1"),
                {"s": serial},
            ).scalar()
        )
    press(till, "hsr", ENTER)
    till.scan(serial)
    lowered = till.presenter.due_fen
    for other in (second, face):
        till.scan(other)
        assert till.notice.view.mood == "bad"
        assert serial in till.notice.text()
        assert till.presenter.due_fen == lowered
        press(till, Qt.Key.Key_Escape)
    press(till, Qt.Key.Key_F2, ENTER)
    assert newest(demo_desk).by_fund_fen["street"] > 0
    proven(demo_desk)


def test_it_waits_with_a_parked_order_and_is_dropped_when_used_elsewhere(
    till: TillScreen, demo_desk: Desk
) -> None:
    serial = percent_voucher(demo_desk)
    press(till, "hsr", ENTER)
    till.scan(serial)
    lowered = till.presenter.due_fen
    press(till, Qt.Key.Key_F8)
    press(till, Qt.Key.Key_F9)
    assert till.presenter.due_fen == lowered
    press(till, Qt.Key.Key_F8)
    press(till, "hsr", ENTER)
    till.scan(serial)
    press(till, Qt.Key.Key_F2, ENTER)
    press(till, Qt.Key.Key_F9)
    assert till.presenter.draft.vouchers == ()
    assert till.presenter.due_fen > lowered
    assert "折扣券" in till.notice.text()


def test_vouchers_that_ended_yesterday_still_pay_for_last_nights_dinner(
    make_till: Callable[..., TillScreen], demo_desk: Desk, manager: Actor
) -> None:
    """One rule for the screen and the sale: the service date of the order, whatever the calendar says after midnight."""
    day = date(2026, 11, 23)
    made = [
        vouchers.issue(
            demo_desk, manager, vouchers.NewBatch(name, "街道", "", day, day, number=number, **worth)
        )
        for name, number, worth in (("到期", 1, {"face_fen": 100}), ("到期折扣", 2, {"percent": 50}))
    ]
    face, percent, late = (one.serial for batch in made for one in vouchers.listed(demo_desk, manager, batch))
    assert isinstance(demo_desk.clock, FixedClock)
    demo_desk.clock.set(datetime.fromisoformat("2026-11-24T00:20:00+08:00"))
    till = make_till()
    assert till.presenter.draft.service_date == day
    touch_tile(till, till.tiles.view.tiles[0].name)
    before = till.presenter.due_fen
    till.scan(percent)
    assert till.presenter.due_fen == before - before // 2
    press(till, F4, "1")
    till.scan(face)
    assert till.presenter.due_fen == before - before // 2 - 100
    press(till, Qt.Key.Key_F2, ENTER)
    sold = newest(demo_desk)
    assert (sold.service_date, sold.payments[0].voucher) == (day, face)
    demo_desk.clock.set(datetime.fromisoformat("2026-11-24T11:00:00+08:00"))
    next_day = make_till()
    touch_tile(next_day, next_day.tiles.view.tiles[0].name)
    next_day.scan(late)
    assert "2026-11-23" in next_day.notice.text()
    assert next_day.presenter.draft.vouchers == ()


def electronic(desk: Desk, manager: Actor, *cards: str, **worth: Any) -> tuple[str, ...]:
    """One voucher each for the holders of these cards, in force from 20 to 30 November."""
    people = tuple(member.id for card in cards if (member := members.by_card(desk, card)))
    batch = vouchers.NewBatch(
        "重阳券", "街道", "street", date(2026, 11, 20), date(2026, 11, 30), medium="electronic", people=people
    )
    made = vouchers.issue(desk, manager, replace(batch, **worth))
    return tuple(one.serial for one in vouchers.listed(desk, manager, made))


def test_what_somebody_has_is_told_by_name_and_nothing_that_has_not_begun(
    till: TillScreen, demo_desk: Desk, manager: Actor
) -> None:
    (serial,) = electronic(demo_desk, manager, "0412", face_fen=100, alone=True)
    electronic(demo_desk, manager, "0412", face_fen=200, valid_from=date(2026, 11, 24))
    till.scan("0412")
    press(till, "hsr", ENTER, F4, "1")
    (row,) = till.presenter.view().ask.rows
    assert row.title == "重阳券"
    assert all(word in row.detail for word in ("2026-11-30", "一餐限一张", serial))


def test_a_percent_voucher_chosen_by_name_is_taken_away_the_same_way(
    till: TillScreen, demo_desk: Desk, manager: Actor
) -> None:
    """Nobody holds a paper that could be scanned again."""
    electronic(demo_desk, manager, "0412", percent=50)
    till.scan("0412")
    press(till, "hsr", ENTER)
    before = till.presenter.due_fen
    press(till, F4, "1", ENTER)
    assert till.presenter.due_fen < before
    press(till, F4, "1", ENTER)
    assert till.presenter.due_fen == before


@pytest.mark.parametrize("worth", [{"percent": 50}, {"face_fen": 300}])
def test_somebody_else_at_the_counter_takes_no_voucher_of_the_one_before(
    till: TillScreen, demo_desk: Desk, manager: Actor, worth: dict[str, int]
) -> None:
    (serial,) = electronic(demo_desk, manager, "0412", **worth)
    till.scan("0412")
    press(till, "hsr", ENTER)
    till.scan(serial)
    assert till.presenter.settlement.serials() == (serial,)
    till.scan("0093")
    member = till.presenter.draft.member
    assert member is not None
    assert (member.name, till.presenter.settlement.serials()) == ("吴先礼", ())
    assert till.presenter.payments == ()
    assert "已拿开" in till.notice.text()


def test_a_voucher_stays_where_it_is_when_the_eater_cannot_change(
    till: TillScreen, demo_desk: Desk, manager: Actor
) -> None:
    (serial,) = electronic(demo_desk, manager, "0412", face_fen=300)
    till.scan("0412")
    press(till, "hsr", ENTER)
    till.scan(serial)
    (line,) = till.presenter.draft.lines
    dishes.retire(demo_desk, manager, line.dish_id)
    till.scan("0093")
    assert till.notice.view.mood == "bad"
    member = till.presenter.draft.member
    assert member is not None
    assert (member.name, till.presenter.settlement.serials()) == ("王秀兰", (serial,))


def test_an_order_of_somebody_who_was_erased_goes_on_as_a_guests(
    till: TillScreen, make_till: Callable[..., TillScreen], demo_desk: Desk, manager: Actor
) -> None:
    """On the screen, and taken up again at the next start."""
    electronic(demo_desk, manager, "0877", percent=50)
    till.scan("0877")
    press(till, "hsr", ENTER, F4, "1", ENTER)
    wang = till.presenter.draft.member
    assert wang is not None
    lowered = till.presenter.due_fen
    erasing.erase(demo_desk, manager, wang.id)
    again = make_till()
    till.presenter.reload()
    for each in (again, till):
        assert each.presenter.draft.member is None
        assert each.presenter.due_fen > lowered
        assert "散客" in each.notice.text()
    press(till, Qt.Key.Key_F2, ENTER)
    assert newest(demo_desk).person_id is None
    proven(demo_desk)


def test_a_voucher_on_the_table_is_no_subsidy_that_is_left(
    till: TillScreen, demo_desk: Desk, manager: Actor
) -> None:
    electronic(demo_desk, manager, "0093", percent=50)
    till.scan("0093")
    press(till, Qt.Key.Key_Space, Qt.Key.Key_F2, ENTER)
    till.scan("0093")
    press(till, "hsr", ENTER)
    used = [chip.text for chip in till.presenter.view().diner.chips]
    assert any("补贴已用" in text for text in used)
    press(till, F4, "1", ENTER)
    till.presenter.reload()
    assert [chip.text for chip in till.presenter.view().diner.chips] == used


def test_two_at_a_table_use_one_each_and_neither_two(
    till: TillScreen, demo_desk: Desk, manager: Actor
) -> None:
    first, second = electronic(demo_desk, manager, "0412", "0093", face_fen=5000, alone=True)
    again, _ = electronic(demo_desk, manager, "0412", "0093", face_fen=100, alone=True)
    till.scan("0412")
    press(till, "hsr", ENTER, (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    till.scan("0093")
    press(till, "hsr", ENTER)
    meals = [till.presenter.settlement.pays_fen(place) for place in (0, 1)]
    press(till, F4, "1")
    till.scan(second)
    till.scan(first)
    sold = [selling.load(demo_desk, one.document_id) for one in selling.recent(demo_desk, 2)]
    assert sorted((one.payments[0].voucher, one.payments[0].fen) for one in sold) == sorted(
        zip((first, second), meals, strict=True)
    )
    till.scan("0412")
    press(till, "hsr", ENTER)
    till.scan(again)
    assert first in till.notice.text()
    assert till.presenter.payments == ()
    proven(demo_desk)


def test_a_strangers_voucher_is_refused_when_it_is_shown(
    till: TillScreen, demo_desk: Desk, manager: Actor
) -> None:
    (serial,) = electronic(demo_desk, manager, "0412", face_fen=100)
    press(till, "hsr", ENTER)
    till.scan(serial)
    assert till.notice.view.mood == "bad"
    assert till.presenter.payments == ()


def test_points_pay_as_far_as_they_reach(till: TillScreen, demo_desk: Desk, manager: Actor) -> None:
    wang = members.by_card(demo_desk, "0412")
    assert wang is not None
    points.grant(demo_desk, manager, wang.id, 4, "试", "p-1")
    till.scan("0412")
    press(till, "hsr", ENTER)
    due = till.presenter.due_fen
    press(till, F4, "5", "3x", ENTER)
    assert till.presenter.payments == (), "no number is not all of them"
    press(till, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, ENTER)
    assert points.balance(demo_desk, wang.id) == 4, "taken with the sale, not before"
    assert till.presenter.due_fen == due - 200
    press(till, Qt.Key.Key_F2, ENTER)
    assert points.balance(demo_desk, wang.id) == 0
    assert {one.tender: one.fen for one in newest(demo_desk).payments} == {"points": 200, "cash": due - 200}
    proven(demo_desk)


def test_enter_goes_on_from_points_and_vouchers_to_the_card(
    till: TillScreen, demo_desk: Desk, manager: Actor
) -> None:
    """Enter once more with nothing left to take is no second taking: it leads back, and the next one is the card."""
    wang = members.by_card(demo_desk, "0412")
    assert wang is not None
    points.grant(demo_desk, manager, wang.id, 2, "试", "p-1")
    till.scan("0412")
    press(till, "5*", "hsr", ENTER, F4, "1")
    till.scan("LF20260001")
    press(till, ENTER)
    assert till.presenter.ask is None
    press(till, F4, "5", ENTER, ENTER)
    assert till.presenter.ask is None
    assert [one.tender for one in till.presenter.payments] == ["voucher", "points"]
    press(till, ENTER)
    assert [one.tender for one in newest(demo_desk).payments][:2] == ["voucher", "points"]
    assert newest(demo_desk).payments[-1].tender == "wallet"
    proven(demo_desk)


def test_points_want_somebody(till: TillScreen) -> None:
    press(till, "hsr", ENTER, F4, "5", ENTER)
    assert "刷卡" in till.notice.text()


def test_the_pay_key_follows_the_spending_order(till: TillScreen, demo_desk: Desk, manager: Actor) -> None:
    wang = members.by_card(demo_desk, "0412")
    assert wang is not None
    unit = next(one for one in wallets.on_account(demo_desk) if one.name.startswith("王家"))
    purse_service.join(demo_desk, manager, unit.account_id, wang.id, "j-1")
    settings_store.save(demo_desk, manager, spend_order=("on_account", "principal", "bonus"))
    till.scan("0412")
    press(till, "hsr", ENTER, ENTER)
    assert [one.tender for one in newest(demo_desk).payments] == ["on_account"]
    proven(demo_desk)


def test_a_limit_is_said_at_the_till(till: TillScreen, demo_desk: Desk, manager: Actor) -> None:
    wang = members.by_card(demo_desk, "0412")
    assert wang is not None
    purse_service.set_limits(demo_desk, manager, wang.id, day_fen=100)
    till.scan("0412")
    press(till, "hsr", ENTER, ENTER)
    assert till.notice.view.mood == "bad"
    assert "1.00" in till.notice.text()
    assert not till.presenter.settlement.empty
