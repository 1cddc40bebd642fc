"""What the till asks in place: prices with a manager's PIN, today's dishes, vouchers, accounts, somebody else's purse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from canteen_pos.services import members, on_account, sales_book, verifying, wallets
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.till.screen import TillScreen
from canteen_pos.ui.screens.till.view import AskView
from tests.ui.driving import press, touch_tile

ENTER, ESC, SPACE, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Delete
F2, F3, F4, F12 = Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F12
CTRL = Qt.KeyboardModifier.ControlModifier
PIN = "8888"


def asked(till: TillScreen) -> AskView:
    view = till.presenter.view().ask
    assert view is not None
    return view


def events(desk: Desk) -> list[str]:
    with desk.db.read() as conn:
        return [row[0] for row in conn.exec_driver_sql("select kind from events")]


@pytest.fixture
def dish(till: TillScreen) -> TillScreen:
    """红烧肉 is found and under the cursor."""
    press(till, "hsr")
    return till


def test_open_price_wants_a_reason_and_a_managers_pin(till: TillScreen) -> None:
    press(till, "hsr", ENTER, (Qt.Key.Key_P, CTRL), "9.5", ENTER, "2")
    assert asked(till).masked
    assert till.field.echoMode() == till.field.EchoMode.Password
    press(till, "0000", ENTER)
    assert till.notice.view.mood == "bad"
    assert till.sums.view.due_text == "¥12.00"
    press(till, PIN, ENTER)
    assert till.presenter.view().ask is None
    assert till.sums.view.due_text == "¥9.50"
    assert "菜品不足量" in till.order.rows.rows[0].detail
    press(till, F2, ENTER)
    assert till.presenter.done is not None, till.notice.text()


def test_a_manager_needs_no_second_pin(make_till: Callable[..., TillScreen], manager: Actor) -> None:
    till = make_till(actor=manager)
    press(till, "hsr", ENTER, (Qt.Key.Key_P, CTRL), "9", ENTER, "盘子不满", ENTER)
    assert till.sums.view.due_text == "¥9.00"


def test_an_open_price_that_comes_back_after_a_power_cut_asks_again(
    till: TillScreen, make_till: Callable[..., TillScreen]
) -> None:
    press(till, "hsr", ENTER, (Qt.Key.Key_P, CTRL), "9", ENTER, "1", PIN, ENTER)
    again = make_till()
    press(again, F2, ENTER)
    assert again.presenter.done is None
    assert asked(again).masked
    press(again, PIN, ENTER, F2, ENTER)
    assert again.presenter.done is not None, again.notice.text()


def test_sold_out_and_back_from_the_till(dish: TillScreen, demo_desk: Desk) -> None:
    press(dish, F12, "1")
    assert "售罄" in dish.notice.text()
    press(dish, "hsr")
    assert dish.tiles.view.tiles[0].sold_out
    press(dish, F12, "1", "hsr")
    assert not dish.tiles.view.tiles[0].sold_out
    assert {"sold_out", "back_on_sale"} <= set(events(demo_desk))


def test_price_of_the_day_needs_the_right(dish: TillScreen, demo_desk: Desk) -> None:
    press(dish, F12, "2", "13", ENTER)
    assert asked(dish).masked
    press(dish, PIN, ENTER, "hsr")
    assert dish.tiles.view.tiles[0].price == "¥13.00"
    assert "price_changed" in events(demo_desk)


def test_portions_left_by_holding_a_tile(till: TillScreen) -> None:
    touch_tile(till, "标准套餐", Qt.MouseButton.RightButton)
    press(till, "3", "2.5", ENTER, PIN, ENTER)
    shown = next(each for each in till.tiles.view.tiles if each.name == "标准套餐")
    assert (shown.left, shown.few) == ("余 2.5", True)


def test_the_drawer_opens_with_reason_and_pin_and_is_logged(till: TillScreen, demo_desk: Desk) -> None:
    press(till, (Qt.Key.Key_O, CTRL), "1", PIN, ENTER)
    assert "正在开钱箱，已记录：换零钱" in till.notice.text()
    assert "no_sale" in events(demo_desk)


def a_voucher(desk: Desk) -> tuple[str, int]:
    with desk.db.read() as conn:
        row = conn.exec_driver_sql(
            "select serial, face_fen from vouchers where used_document_id is null"
            " and valid_from <= '2026-11-23' and valid_to >= '2026-11-23' order by id"
        ).first()
    assert row is not None
    return row[0], row[1]


def test_a_voucher_pays_its_face_and_the_rest_is_asked(till: TillScreen, demo_desk: Desk) -> None:
    serial, face = a_voucher(demo_desk)
    press(till, "9*hsr", ENTER, F4, "1", serial, ENTER)
    due = 9 * 1200 - face
    assert till.presenter.due_fen == due
    press(till, serial, ENTER)
    assert "已经扫过" in till.notice.text()
    assert till.presenter.due_fen == due
    press(till, F2, ENTER)
    assert till.presenter.done is not None, till.notice.text()
    press(till, "hsr", ENTER)
    till.scan(serial)
    assert till.notice.view.mood == "bad", "a used voucher is refused when it is scanned again"
    assert verifying.verify(demo_desk).ok


def test_an_unknown_voucher_is_refused(till: TillScreen) -> None:
    press(till, "hsr", ENTER, F4, "1", "NOPE", ENTER)
    assert till.notice.view.mood == "bad"
    assert till.presenter.payments == ()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_account_that_was_chosen_pays(till: TillScreen, demo_desk: Desk, place: int) -> None:
    """Clearing the field shows all accounts again: what was chosen before counts, not what stands there then."""
    before = {one.account_id: one.balance_fen for one in wallets.on_account(demo_desk)}
    account = wallets.on_account(demo_desk)[place]
    press(till, "hsr", ENTER, F4, "2", account.name, ENTER)
    after = {one.account_id: one.balance_fen for one in wallets.on_account(demo_desk)}
    assert after == before | {account.account_id: account.balance_fen - 1200}


def test_after_a_refusal_the_same_account_stands_there(
    till: TillScreen, demo_desk: Desk, manager: Actor
) -> None:
    before = {one.account_id: one.balance_fen for one in wallets.on_account(demo_desk)}
    account = wallets.on_account(demo_desk)[-1]
    small = on_account.Customer(account.name, credit_limit_fen=500)
    on_account.edit(demo_desk, manager, account.account_id, small)
    press(till, "hsr", ENTER, F4, "2", account.name, ENTER, ENTER)
    assert account.name in till.notice.text()
    assert [row.title for row in asked(till).rows] == [account.name]
    assert {one.account_id: one.balance_fen for one in wallets.on_account(demo_desk)} == before


def test_on_account(till: TillScreen, demo_desk: Desk) -> None:
    account = wallets.on_account(demo_desk)[0]
    press(till, "hsr", ENTER, F4, "2", account.name[:2], ENTER)
    assert till.presenter.done is not None, till.notice.text()
    after = wallets.purse(demo_desk, account.account_id)
    assert after is not None
    assert after.balance_fen == account.balance_fen - 1200
    assert till.presenter.done.sentence().endswith(f"挂账累计 {money(-after.balance_fen)}"), "no card balance"
    assert till.presenter.done.order.balance_after_fen is None, "and not for the diner's display"
    slip = sales_book.load(demo_desk, sales_book.recent(demo_desk, 1)[0].document_id)
    assert slip.balance_after_fen is None, "nor for the receipt"


def test_an_account_is_found_by_initials(till: TillScreen, demo_desk: Desk) -> None:
    before = {one.name: one.balance_fen for one in wallets.on_account(demo_desk)}
    press(till, "hsr", ENTER, F4, "2", "jwh", ENTER)
    assert till.presenter.done is not None, till.notice.text()
    owing = {one.name: one.balance_fen for one in wallets.on_account(demo_desk)}
    assert [name for name, fen in owing.items() if fen != before[name]] == ["书院街社区居委会"]


def test_somebody_else_pays_by_card(till: TillScreen, demo_desk: Desk) -> None:
    wang = members.find(demo_desk, "王秀兰")[0]
    press(till, "hsr", ENTER, F4, "3")
    till.scan(wang.card)
    assert till.presenter.done is not None, till.notice.text()
    paid = members.by_id(demo_desk, wang.id)
    assert paid is not None
    assert paid.spendable_fen == wang.spendable_fen - 1200


def test_split_by_amount(till: TillScreen, demo_desk: Desk) -> None:
    press(till, "hsr", ENTER, F4, "4", "5", Qt.Key.Key_F5)
    assert till.sums.view.due_text == "¥7.00"
    press(till, "3", F2)
    assert till.sums.view.due_text == "¥4.00"
    press(till, DELETE)
    assert till.sums.view.due_text == "¥7.00"
    press(till, Qt.Key.Key_F6)
    assert till.presenter.done is not None, till.notice.text()
    assert till.presenter.done.tenders == ("wechat", "alipay")
    assert verifying.verify(demo_desk).ok


def test_part_payments_follow_an_order_that_gets_smaller(till: TillScreen) -> None:
    press(till, "2*hsr", ENTER, F4, "4", "20", Qt.Key.Key_F5, ESC, "-")
    assert till.presenter.payments == ()
    assert "退还" in till.notice.text()
    assert till.sums.view.due_text == "¥12.00"


def test_esc_goes_back_one_step_at_a_time(till: TillScreen) -> None:
    press(till, "hsr", ENTER, F3, "1")
    assert asked(till).prompt == "参考号（可不填）"
    press(till, ESC)
    assert asked(till).prompt != "参考号（可不填）"
    press(till, ESC)
    assert till.presenter.view().ask is None
    press(till, ESC)
    assert asked(till).title == "找人"


def test_keys_of_an_ask_do_not_touch_the_order(till: TillScreen) -> None:
    press(till, "hsr", ENTER, F2, "+", "/", SPACE, DELETE)
    assert [row.quantity for row in till.order.rows.rows] == ["1"]
    assert till.presenter.view().ask is not None


def test_the_rows_are_for_fingers_too(till: TillScreen) -> None:
    press(till, Qt.Key.Key_F5, "wxl")
    row = next(each for each in till.ask._rows._widgets if each.isVisible())
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert till.presenter.draft.member is not None


def test_the_first_key_of_a_scan_chooses_no_food(at_till: MainWindow, demo_desk: Desk) -> None:
    till = at_till.till
    assert till is not None
    usual = [SPACE, "="]
    press(till, *usual)
    before = till.presenter.draft.lines[0].choices
    press(till, "2")
    chosen = till.presenter.draft.lines[0].choices
    assert chosen != before
    press(till, "3")
    at_till.not_typed("3")
    at_till.scanned(members.find(demo_desk, "王秀兰")[0].card)
    assert till.presenter.draft.lines[0].choices == chosen


def test_with_shift_it_is_the_windows_key(dish: TillScreen) -> None:
    press(dish, ENTER, (Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier))
    assert dish.presenter.view().ask is None
    press(dish, (Qt.Key.Key_P, CTRL))
    assert asked(dish).title.startswith("改价")
