"""The drawer by keys: float, cash in and out, no-sale, X report, blind count, handing over."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from canteen_pos.services import shifts, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage import users as rows
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.shift.pages import CashPage, CountPage
from canteen_pos.ui.screens.shift.presenter import Page, ShiftPresenter, piece_word
from canteen_pos.ui.screens.shift.screen import ShiftPanel
from canteen_pos.ui.widgets.keys import KeyButton
from tests.ui.bare_house import BareHouse
from tests.ui.keyboard import keys

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def panel_of(window: MainWindow) -> ShiftPanel:
    window.open_panel("shift")
    assert isinstance(window.panel, ShiftPanel)
    return window.panel


def count(window: MainWindow, *pieces: int) -> None:
    """So many of each piece, largest first; Enter in between."""
    for number in pieces:
        keys(window, *([str(number)] if number else []), ENTER)


def failed_tries(desk: Desk, name: str) -> int:
    with desk.db.read() as conn:
        return next(row.failed_count for row in rows.every(conn) if row.name == name)


def test_the_float_of_before_is_offered(demo_desk: Desk, cashier: Actor) -> None:
    shifts.open(demo_desk, cashier, 20_000)
    shifts.close(demo_desk, cashier, {10_000: 1, 5_000: 2})
    assert ShiftPresenter(demo_desk, cashier).last_counted_fen() == 20_000


def test_a_float_that_is_no_amount_is_refused_in_place(
    window: MainWindow, cashier: Actor, demo_desk: Desk
) -> None:
    window.take_over(cashier)
    panel = window.panel
    assert isinstance(panel, ShiftPanel)
    assert not panel.presenter.open("2,00")
    panel.submit()
    assert shifts.current(demo_desk) is not None  # what stands in the field by itself is fine


def test_cash_in_and_out_with_a_reason(at_till: MainWindow, demo_desk: Desk, house: BareHouse) -> None:
    panel = panel_of(at_till)
    keys(at_till, "1", "50", ENTER)
    keys(at_till, ENTER)
    assert "原因" in panel.message.text()
    keys(at_till, "换零钱", ENTER)
    assert "已放入 ¥50.00" in panel.message.text()
    keys(at_till, "2", "30.5", ENTER, "买菜", ENTER)
    assert "已取出 ¥30.50" in panel.message.text()
    assert shifts.x_report(demo_desk).expected_fen == 20_000 + 5_000 - 3_050
    assert house.drawer_opened == 2


def test_more_cannot_be_taken_than_is_there(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    keys(at_till, "2", "500", ENTER, "交银行", ENTER)
    assert panel.message.text().startswith("⚠")
    assert shifts.x_report(demo_desk).expected_fen == 20_000


def test_no_sale_wants_a_reason_and_the_managers_pin(
    at_till: MainWindow, house: BareHouse, demo_desk: Desk
) -> None:
    panel = panel_of(at_till)
    keys(at_till, "5", ENTER, "8888", ENTER)
    assert "请写原因" in panel.message.text()
    keys(at_till, "换零钱", ENTER, "0000", ENTER)
    assert house.drawer_opened == 0
    assert panel.message.text().startswith("⚠")
    keys(at_till, "8888", ENTER)
    assert house.drawer_opened == 1
    assert shifts.x_report(demo_desk).no_sales == 1


def test_a_cashiers_x_report_tells_of_the_sales_and_not_what_the_drawer_should_hold(
    at_till: MainWindow,
) -> None:
    panel = panel_of(at_till)
    keys(at_till, "3")
    rows = dict(panel.presenter.report_rows())
    assert rows["销售笔数"] == "0"
    assert rows["应有现金"] == "点完钱才看得到"
    assert 20_000 not in rows.values()
    keys(at_till, ESC)
    assert panel.presenter.page is Page.RUNNING


def test_a_managers_x_report_shows_the_drawer(at_till: MainWindow, demo_desk: Desk, manager: Actor) -> None:
    presenter = ShiftPresenter(demo_desk, manager)
    presenter.go(Page.REPORT)
    assert ("应有现金", 20_000) in presenter.report_rows()


def test_the_count_is_blind_and_an_exact_one_closes_at_once(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    keys(at_till, "4")
    page = panel.page
    assert isinstance(page, CountPage)
    count(at_till, 1, 2)
    assert page._total.text() == "¥200.00"
    keys(at_till, Qt.Key.Key_F10)
    assert panel.presenter.page is Page.CLOSED
    assert ("账实相符", 0) in panel.presenter.result_rows()
    assert shifts.current(demo_desk) is None
    keys(at_till, ENTER)
    assert not at_till.at_till


def test_a_difference_asks_why_without_saying_how_much(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    keys(at_till, "4")
    count(at_till, 1, 1, 2)
    keys(at_till, Qt.Key.Key_F10)
    assert shifts.current(demo_desk) is not None
    said = panel.message.text()
    assert "原因" in said
    assert "10" not in said
    keys(at_till, "多找了十元", ENTER)
    assert ("短少", -1_000) in panel.presenter.result_rows()
    assert ("原因", "多找了十元") in panel.presenter.result_rows()
    stored = shifts.recent(demo_desk, 1)[0]
    assert (stored.expected_fen, stored.counted_fen, stored.difference_fen) == (20_000, 19_000, -1_000)


def test_a_second_person_may_verify(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    keys(at_till, "4")
    count(at_till, 1, 2)
    page = panel.page
    assert isinstance(page, CountPage)
    keys(at_till, Qt.Key.Key_F5, "1111", ENTER)  # 陈经理 is the first other; this is not his PIN
    assert panel.presenter.page is Page.COUNT
    assert "陈经理的密码不对" in panel.message.text()
    keys(at_till, ENTER)
    assert "请陈经理输入密码" in panel.message.text()
    assert failed_tries(demo_desk, "陈经理") == 1, "no PIN at all is no attempt"
    keys(at_till, "8888", ENTER)
    assert panel.presenter.page is Page.CLOSED
    assert shifts.recent(demo_desk, 1)[0].verified_by == "陈经理"


def test_pins_stay_while_a_reason_is_asked_for(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    keys(at_till, "4")
    count(at_till, 1, 1)
    keys(at_till, Qt.Key.Key_F5, "8888", Qt.Key.Key_F6, Qt.Key.Key_F6, "2222", Qt.Key.Key_F10)
    assert "原因" in panel.message.text()
    keys(at_till, "少了五十", ENTER, Qt.Key.Key_F10)
    assert panel.presenter.page is Page.CLOSED
    assert shifts.recent(demo_desk, 2)[1].verified_by == "陈经理"


def test_handing_over_keeps_the_canteen_open(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    keys(at_till, "4")
    count(at_till, 1, 2)
    keys(at_till, Qt.Key.Key_F6, Qt.Key.Key_F6, "2222", Qt.Key.Key_F10)
    assert panel.presenter.page is Page.CLOSED
    standing = shifts.current(demo_desk)
    assert standing is not None
    assert (standing.cashier, standing.float_fen) == ("张丽", 20_000)
    keys(at_till, ENTER)
    assert at_till.at_till
    assert at_till.panel is None
    assert at_till.actor is not None
    assert at_till.actor.name == "张丽"


def test_who_counts_cannot_verify_herself(demo_desk: Desk, cashier: Actor) -> None:
    shifts.open(demo_desk, cashier, 0)
    others = dict(ShiftPresenter(demo_desk, cashier).others("verify_shift"))
    assert cashier.user_id not in others
    assert set(others.values()) == {"陈经理", "张丽"}
    assert "周强" in {user.name for user in users.all(demo_desk)}  # a dispatcher, who may not


def test_pieces_are_named_as_people_do() -> None:
    assert [piece_word(fen) for fen in (10_000, 500, 50, 10, 1)] == ["100 元", "5 元", "5 角", "1 角", "1 分"]


def test_by_fingers_alone(at_till: MainWindow, demo_desk: Desk, house: BareHouse) -> None:
    """Touching an amount brings the number pad; the usual reasons are one press each."""
    panel = panel_of(at_till)
    panel.go(Page.CASH, cash_in=False)
    page = panel.page
    assert isinstance(page, CashPage)
    QTest.mouseClick(page.amount, Qt.MouseButton.LeftButton)
    assert panel.pads.digits is not None
    assert panel.pads.digits.isVisible()
    for label in ("3", "00", "⌫"):
        press(panel, label)
    assert page.amount.text() == "30"
    panel.pads.digits.keys.enter.click()
    assert page.reason.line.hasFocus()
    assert not panel.pads.shown, "letters come when they are asked for"
    press(panel, "买菜")
    assert page.reason.text() == "买菜"
    press(panel, "从钱箱取出")
    assert shifts.x_report(demo_desk).expected_fen == 20_000 - 3_000
    assert house.drawer_opened == 1


def test_the_keyboard_puts_the_pad_away(at_till: MainWindow) -> None:
    panel = panel_of(at_till)
    panel.go(Page.CASH)
    page = panel.page
    assert isinstance(page, CashPage)
    QTest.mouseClick(page.amount, Qt.MouseButton.LeftButton)
    assert panel.pads.digits is not None
    assert panel.pads.digits.isVisible()
    keys(at_till, "5")
    assert not panel.pads.digits.isVisible()
    assert page.amount.text() == "5"


def press(panel: ShiftPanel, label: str) -> None:
    button = next(one for one in panel.findChildren(KeyButton) if one.text() == label and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
