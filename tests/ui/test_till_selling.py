"""The commonest sales at the till, by keys and touches, on the real services."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from canteen_pos.clock import FixedClock
from canteen_pos.services import dishes, members, menus, parking, verifying, wallets
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.screens.till.screen import TillScreen
from canteen_pos.ui.screens.till.view import ShownOrder
from tests.ui.driving import press, touch_tile

ENTER, ESC, SPACE, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Delete
CTRL = Qt.KeyboardModifier.ControlModifier
WANG = "王秀兰"


def card(desk: Desk, name: str = WANG) -> str:
    return members.find(desk, name)[0].card


def balance(desk: Desk, name: str = WANG) -> int:
    return members.find(desk, name)[0].spendable_fen


def due(till: TillScreen) -> str:
    return till.sums.view.due_text


def names(till: TillScreen) -> list[str]:
    return [row.name for row in till.order.rows.rows]


def test_card_set_pay_is_three_actions(till: TillScreen, demo_desk: Desk) -> None:
    before = balance(demo_desk)
    till.scan(card(demo_desk))
    press(till, SPACE)
    assert names(till) == ["长者套餐A"]
    assert due(till) == "¥8.10"
    press(till, ENTER)
    assert balance(demo_desk) == before - 810
    assert names(till) == []
    assert "已付 ¥8.10" in till.notice.text()
    assert verifying.verify(demo_desk).ok


def test_prices_change_as_soon_as_somebody_is_known(till: TillScreen, demo_desk: Desk) -> None:
    press(till, SPACE)
    assert due(till) == "¥15.00"
    till.scan(card(demo_desk))
    assert due(till) == "¥8.10"
    assert ("补贴", "−6.00", True) in till.sums.view.rows
    press(till, ESC, ENTER)  # somebody else: nobody
    assert due(till) == "¥15.00"


def test_cash_with_change_stays_on_the_screen(till: TillScreen) -> None:
    press(till, "hsr", ENTER, Qt.Key.Key_F2, "50")
    figures = {label: text for label, text, _ in till.presenter.view().ask.figures}  # type: ignore[union-attr]
    assert figures["找零"] == "¥38.00"
    press(till, ENTER)
    assert (till.sums.view.due_label, due(till)) == ("找零", "¥38.00")
    assert "找零 ¥38.00" in till.notice.text()
    press(till, "m")
    assert "找零" not in till.notice.text()
    assert due(till) == "¥38.00", "the change stays large until the next order begins"
    press(till, Qt.Key.Key_Backspace, SPACE)
    assert due(till) == "¥15.00"


@pytest.mark.parametrize(
    ("keys", "change"),
    [((ENTER,), 0), ((Qt.Key.Key_F2,), 0), ((Qt.Key.Key_F5,), 800), ((Qt.Key.Key_F7,), 8800)],
)
def test_quick_cash(till: TillScreen, keys: tuple[Qt.Key, ...], change: int) -> None:
    press(till, "hsr", ENTER, Qt.Key.Key_F2, *keys)
    assert till.presenter.done is not None
    assert till.presenter.done.change_fen == change


def test_a_digit_too_few_is_a_part_payment_and_can_be_taken_back(till: TillScreen) -> None:
    press(till, "hsr", ENTER, Qt.Key.Key_F2, "5", ENTER)
    assert (till.sums.view.due_label, due(till)) == ("还差", "¥7.00")
    press(till, DELETE)
    assert due(till) == "¥12.00"


def test_quantity_half_and_equal_lines_join(till: TillScreen) -> None:
    press(till, "3*hsr/", ENTER)
    row = till.order.rows.rows[0]
    assert (row.quantity, row.name, row.mark, row.amount) == ("3", "红烧肉", "半份", "18.00")
    press(till, "hsr/", ENTER)
    assert [row.quantity for row in till.order.rows.rows] == ["4"]
    press(till, "-", "-")
    assert due(till) == "¥12.00"
    press(till, "/")
    assert due(till) == "¥24.00"
    press(till, "hsr/", ENTER)
    assert len(till.order.rows.rows) == 2


def test_typed_count_holds_for_a_touched_tile_and_the_pinned_set(till: TillScreen) -> None:
    press(till, "2*")
    touch_tile(till, "标准套餐")
    assert till.order.rows.rows[0].quantity == "2"
    assert till.field.text() == ""
    press(till, "3*", SPACE)
    assert till.order.rows.rows[1].quantity == "3"


def test_weighed_dish_asks_for_grams(till: TillScreen, demo_desk: Desk) -> None:
    weighed = next(
        tile
        for tile in menus.tiles(demo_desk, till.presenter.draft.service_date, "lunch")
        if tile.kind == "weighed"
    )
    press(till, weighed.code, ENTER)
    assert names(till) == []
    press(till, "186")
    ask = till.presenter.view().ask
    assert ask is not None
    priced = next(text for label, text, _ in ask.figures if label == "金额")
    press(till, ENTER)
    assert due(till) == priced
    assert "186 克" in till.order.rows.rows[0].detail


def test_grams_out_of_reason_are_not_taken(till: TillScreen, demo_desk: Desk) -> None:
    weighed = next(
        tile
        for tile in menus.tiles(demo_desk, till.presenter.draft.service_date, "lunch")
        if tile.kind == "weighed"
    )
    press(till, weighed.code, ENTER, "0", ENTER)
    assert names(till) == []
    assert "克数" in till.notice.text()


def test_choices_change_in_place_with_digits(till: TillScreen) -> None:
    press(till, SPACE)
    first = till.order.rows.rows[0].detail
    press(till, "=", "2")
    assert till.order.rows.rows[0].detail != first
    assert till.field.text() == ""
    press(till, "hsr")
    assert till.field.text() == "hsr", "letters go on as ever"


def test_used_meal_says_when_and_where(till: TillScreen, demo_desk: Desk) -> None:
    till.scan(card(demo_desk))
    press(till, SPACE, ENTER)
    till.scan(card(demo_desk))
    assert "11:42 在 T1" in till.notice.text()
    chips = [chip.text for chip in till.presenter.view().diner.chips]
    assert any("已用" in chip and "11:42" in chip for chip in chips)
    press(till, SPACE, Qt.Key.Key_F6)
    ask = till.presenter.view().ask
    assert ask is not None
    refused = [row for row in ask.rows if row.muted and "已用" in row.detail]
    assert any("每餐 1 次" in row.detail for row in refused), "the quota is called by what it means"
    press(till, Qt.Key.Key_Down)
    moved = till.presenter.view().ask
    assert moved is not None
    assert moved.rows[1].chosen


def test_sold_out_is_said_and_sold_only_when_pressed_again(
    till: TillScreen, demo_desk: Desk, cashier: Actor
) -> None:
    day = till.presenter.draft.service_date
    dish = next(tile for tile in menus.tiles(demo_desk, day, "lunch") if tile.name == "红烧肉")
    menus.set_sold_out(demo_desk, cashier, day, "lunch", dish.dish_id)
    till.reload()
    press(till, "hsr")
    assert till.tiles.view.tiles[0].detail == "售罄 11:42"
    press(till, ENTER)
    assert names(till) == []
    assert "售罄" in till.notice.text()
    press(till, ENTER)
    assert names(till) == ["红烧肉"]
    press(till, Qt.Key.Key_F2, ENTER)
    assert till.presenter.done is not None


def test_short_wallet_pays_in_parts(till: TillScreen, demo_desk: Desk) -> None:
    poor = next(m for m in members.find(demo_desk, "w", limit=50) if 0 < m.spendable_fen < 3000)
    till.use_member(poor.id)
    press(till, "9*hsr", ENTER, ENTER)
    assert "余额不够" in till.notice.text()
    press(till, Qt.Key.Key_F4, "4", Qt.Key.Key_F3)
    assert till.sums.view.due_label == "还差"
    assert members.by_id(demo_desk, poor.id).spendable_fen == poor.spendable_fen, "nothing is written yet"  # type: ignore[union-attr]
    press(till, Qt.Key.Key_F2, ENTER)
    assert till.presenter.done is not None
    assert members.by_id(demo_desk, poor.id).spendable_fen == 0  # type: ignore[union-attr]
    assert verifying.verify(demo_desk).ok


def test_external_code_is_recognised_and_not_kept(till: TillScreen, demo_desk: Desk) -> None:
    press(till, "hsr", ENTER)
    till.scan("134567890123456789")
    ask = till.presenter.view().ask
    assert ask is not None
    assert [option.label for option in ask.options if option.chosen] == ["微信"]
    press(till, ENTER)
    assert till.presenter.done is not None
    assert till.presenter.done.tenders == ("wechat",)
    with demo_desk.db.read() as conn:
        dump = "\n".join(conn.connection.dbapi_connection.iterdump())  # type: ignore[union-attr]
    assert "134567890123456789" not in dump


def test_several_eaters_one_payment(till: TillScreen, demo_desk: Desk) -> None:
    before = balance(demo_desk)
    till.scan(card(demo_desk))
    press(till, SPACE, (ENTER, CTRL))
    press(till, "hsr", ENTER)
    assert due(till) == "¥20.10"
    assert till.sums.view.due_label == "2 位合计"
    assert till.pay.wallet.text() == "扣 王秀兰", "whose card it is, is said"
    press(till, ENTER)
    assert balance(demo_desk) == before - 2010
    assert till.presenter.done is not None
    assert len(till.presenter.done.numbers) == 2
    assert verifying.verify(demo_desk).ok


def test_turning_between_eaters(till: TillScreen, demo_desk: Desk) -> None:
    till.scan(card(demo_desk))
    press(till, SPACE, (ENTER, CTRL), "hsr", ENTER, (Qt.Key.Key_Left, CTRL))
    assert names(till) == ["长者套餐A"]
    press(till, (Qt.Key.Key_Right, CTRL))
    assert names(till) == ["红烧肉"]


def test_park_and_resume(till: TillScreen, demo_desk: Desk) -> None:
    till.scan(card(demo_desk))
    press(till, SPACE, Qt.Key.Key_F8)
    assert names(till) == []
    assert till.rest.resume.text() == "取单 1"
    assert isinstance(demo_desk.clock, FixedClock)
    demo_desk.clock.advance(60)
    press(till, "hsr", ENTER, Qt.Key.Key_F8, Qt.Key.Key_F9)
    ask = till.presenter.view().ask
    assert ask is not None
    assert len(ask.rows) == 2
    press(till, "1")
    assert names(till) == ["长者套餐A"]
    assert due(till) == "¥8.10"
    assert len(parking.parked(demo_desk)) == 1


def test_unfinished_order_survives_a_power_cut(
    till: TillScreen, make_till: Callable[[], TillScreen], demo_desk: Desk
) -> None:
    till.scan(card(demo_desk))
    press(till, SPACE, "hsr", ENTER)
    again = make_till()
    assert names(again) == ["长者套餐A", "红烧肉"]
    assert due(again) == due(till)
    press(again, ENTER)
    assert names(make_till()) == [], "what was paid does not come back"


def test_removed_line_is_logged(till: TillScreen, demo_desk: Desk) -> None:
    press(till, "hsr", ENTER, SPACE, Qt.Key.Key_Up, DELETE)
    assert names(till) == ["长者套餐A"]
    with demo_desk.db.read() as conn:
        kinds = [row[0] for row in conn.exec_driver_sql("select kind from events")]
    assert kinds.count("line_removed") == 1


def test_people_are_found_in_the_same_field(till: TillScreen) -> None:
    press(till, ".wxl")
    ask = till.presenter.view().ask
    assert ask is not None
    assert ask.rows[0].title == WANG
    press(till, ENTER)
    assert till.presenter.draft.member is not None
    assert till.presenter.draft.member.name == WANG
    press(till, Qt.Key.Key_F5, "没有这个人", ENTER)
    assert "没有找到" in till.notice.text()


def test_takeaway_adds_the_box(till: TillScreen) -> None:
    press(till, "hsr", ENTER, Qt.Key.Key_F7)
    assert names(till) == ["红烧肉", "打包盒"]
    assert due(till) == "¥13.00"
    press(till, Qt.Key.Key_F7, Qt.Key.Key_F7)
    assert names(till) == ["红烧肉"]


def test_without_a_shift_nothing_is_sold(
    qtbot: object, dressed: object, demo_desk: Desk, cashier: Actor
) -> None:
    del dressed
    screen = TillScreen(demo_desk, cashier)
    qtbot.addWidget(screen)  # type: ignore[attr-defined]
    wanted: list[str] = []
    screen.wants_panel.connect(lambda name, _payload: wanted.append(name))
    press(screen, "hsr", ENTER, Qt.Key.Key_F2, ENTER)
    assert wanted == ["shift"]
    assert screen.presenter.done is None
    assert names(screen) == ["红烧肉"]


def test_changed_price_is_refused_and_shown(till: TillScreen, demo_desk: Desk, manager: Actor) -> None:
    press(till, "hsr", ENTER)
    line = till.presenter.draft.lines[0]
    menus.set_price(demo_desk, manager, till.presenter.draft.service_date, "lunch", line.dish_id, 1300)
    press(till, Qt.Key.Key_F2, ENTER)
    assert till.presenter.done is None
    assert till.notice.view.mood == "bad"
    assert due(till) == "¥13.00"
    press(till, ENTER)
    assert till.presenter.done is not None


def test_everything_by_touch(till: TillScreen) -> None:
    touch_tile(till, "标准套餐")
    QTest.mouseClick(till.pay.cash, Qt.MouseButton.LeftButton)
    for button in till.ask.findChildren(type(till.pay.cash)):
        if button.text() == "2" and button.isVisible():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        if button.text() == "0" and button.isVisible():
            zero = button
    QTest.mouseClick(zero, Qt.MouseButton.LeftButton)
    assert till.field.text() == "20"
    pay = next(b for b in till.ask.findChildren(type(till.pay.cash)) if b.text() == "收款" and b.isVisible())
    QTest.mouseClick(pay, Qt.MouseButton.LeftButton)
    assert due(till) == "¥2.00"


def test_the_meal_changes_while_nobody_orders(till: TillScreen, demo_desk: Desk) -> None:
    clock = demo_desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(6 * 3600)
    till.reload()
    assert till.presenter.draft.period == "dinner"


def test_the_next_meal_comes_by_itself(till: TillScreen, demo_desk: Desk) -> None:
    clock = demo_desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(6 * 3600)
    press(till, "hsr", ENTER)
    till.presenter.tick()
    assert till.presenter.draft.period == "dinner", "the first line already fixes the meal"
    clock.advance(3600)
    till.presenter.tick()
    assert names(till) == ["红烧肉"], "an order is left alone"


def test_a_top_up_beside_the_till_is_known_at_once(till: TillScreen, demo_desk: Desk, cashier: Actor) -> None:
    poor = next(m for m in members.find(demo_desk, "w", limit=50) if m.spendable_fen < 3000)
    till.use_member(poor.id)
    press(till, "3*hsr", ENTER, ENTER)
    assert till.presenter.done is None
    wallets.top_up(demo_desk, cashier, poor.account_id, 10_000, "cash", request_id="t" * 32)
    till.reload()
    press(till, ENTER)
    assert till.presenter.done is not None, till.notice.text()


def test_a_key_held_down_acts_once(till: TillScreen) -> None:
    for repeat in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, SPACE, Qt.KeyboardModifier.NoModifier, " ", repeat)
        QApplication.sendEvent(till.field, event)
    assert [row.quantity for row in till.order.rows.rows] == ["1"]


def test_the_other_side_hears_amounts_only(make_till: Callable[[], TillScreen], demo_desk: Desk) -> None:
    till = make_till()
    heard: list[ShownOrder] = []
    till.order_shown.connect(heard.append)
    till.scan(card(demo_desk))
    press(till, SPACE)
    assert (heard[-1].name, heard[-1].list_fen, heard[-1].pays_fen) == (WANG, 1500, 810)
    press(till, ENTER)
    assert heard[-1].done
    assert heard[-1].balance_after_fen == balance(demo_desk)


def test_a_fault_of_ours_is_said_and_nothing_is_taken(
    till: TillScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("disk full")

    press(till, "hsr", ENTER, Qt.Key.Key_F2)
    with monkeypatch.context() as patched:
        patched.setattr("canteen_pos.services.selling.ring_up", broken)
        with pytest.raises(RuntimeError):
            till.presenter.enter()
    assert "故障" in till.notice.text()
    assert till.presenter.payments == ()
    press(till, ENTER)
    assert till.presenter.done is not None


def test_enter_once_too_often_pays_once_and_says_so(till: TillScreen, demo_desk: Desk) -> None:
    before = balance(demo_desk)
    till.scan(card(demo_desk))
    press(till, SPACE, ENTER, ENTER, ENTER)
    assert balance(demo_desk) == before - 810
    assert "已付 ¥8.10" in till.notice.text()


def test_another_card_over_an_order_is_said(till: TillScreen, demo_desk: Desk) -> None:
    till.scan(card(demo_desk))
    press(till, "hsr", ENTER)
    child = members.find(demo_desk, "王小林")[0]
    till.scan(child.card)
    assert "已换成 王小林" in till.notice.text()


def test_money_on_the_table_is_not_parked(till: TillScreen) -> None:
    press(till, "hsr", ENTER, Qt.Key.Key_F2, "5", ENTER, ESC, Qt.Key.Key_F8)
    assert names(till) == ["红烧肉"]
    assert "撤回" in till.notice.text()


def test_dishes_of_a_meal_that_is_over_are_taken_out_and_said(till: TillScreen, demo_desk: Desk) -> None:
    clock = demo_desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(-4 * 3600)  # breakfast
    till.reload()
    day = till.presenter.draft.service_date
    first, second, *_ = (each for each in menus.tiles(demo_desk, day, "breakfast") if each.kind == "dish")
    press(till, first.code, ENTER, second.code, ENTER, Qt.Key.Key_F8)
    clock.advance(4 * 3600)
    till.reload()
    press(till, Qt.Key.Key_F9)
    assert names(till) == []
    assert "有 2 行不在这一餐的菜单上" in till.notice.text()
    press(till, "hsr", ENTER, Qt.Key.Key_F2, ENTER)
    assert till.presenter.done is not None, till.notice.text()


def test_more_than_are_left_is_sold_when_insisted(till: TillScreen, demo_desk: Desk, manager: Actor) -> None:
    day = till.presenter.draft.service_date
    dish = next(each for each in menus.tiles(demo_desk, day, "lunch") if each.name == "红烧肉")
    menus.set_portions(demo_desk, manager, day, "lunch", dish.dish_id, 2)
    press(till, "3*hsr", ENTER, Qt.Key.Key_F2, ENTER)
    assert till.presenter.done is None
    assert "再按一次仍然卖出" in till.notice.text()
    press(till, ENTER)
    assert till.presenter.done is not None, till.notice.text()
    sold = next(each for each in menus.tiles(demo_desk, day, "lunch") if each.name == "红烧肉")
    assert sold.left_halves == -4


def test_a_till_without_a_menu_says_who_can_help(
    make_till: Callable[..., TillScreen], demo_desk: Desk, manager: Actor
) -> None:
    served = dishes.find(demo_desk)
    for dish in served:
        dishes.retire(demo_desk, manager, dish.id)
    (said,) = make_till().tiles.text_boxes()
    assert "请经理" in said.text
    assert not said.is_cut_off()
    dishes.retire(demo_desk, manager, served[0].id, back=True)
    assert served[0].name in {box.text for box in make_till().tiles.text_boxes()}
