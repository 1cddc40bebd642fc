"""The till without a keyboard: what a finger does with a line of the order, the page of keys, PINs."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QWidget
from pytestqt.qtbot import QtBot

from canteen_pos.services import members, parking, verifying
from canteen_pos.services.context import Desk
from canteen_pos.ui.forms import AmountField
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.sign_in.screen import UserButton
from canteen_pos.ui.screens.till.ask_panel import Rows
from canteen_pos.ui.screens.till.order_list import ROW
from canteen_pos.ui.screens.till.screen import TillScreen
from canteen_pos.ui.widgets.keys import KeyButton, NumPad
from canteen_pos.ui.widgets.labels import KeyCap
from canteen_pos.ui.widgets.pad_key import PadKey
from tests.ui.driving import press, touch_tile

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
FINGER = 44


def touch(widget: KeyButton | KeyCap) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def touch_line(till: TillScreen, place: int) -> None:
    rows = till.order.rows
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(100, rows.top(place) + ROW // 2))


def deed(till: TillScreen, name: str) -> KeyButton:
    button = till.order.rows.deeds.buttons[name]
    assert button.isVisible()
    assert min(button.width(), button.height()) >= FINGER
    return button


def lines(till: TillScreen) -> list[tuple[int, str]]:
    return [(line.quantity, line.portion) for line in till.presenter.draft.lines]


def test_a_touched_line_is_counted_halved_and_taken_out(till: TillScreen, demo_desk: Desk) -> None:
    press(till, "hsr", ENTER, "qjrs", ENTER)
    assert till.order.rows.opened == -1, "a key opens no row"
    touch_line(till, 0)
    assert till.order.rows.opened == 0
    assert not deed(till, "less").isEnabled(), "the last one goes by removing the line"
    touch(deed(till, "more"))
    touch(deed(till, "more"))
    touch(deed(till, "less"))
    assert deed(till, "half").text() == "半份"
    touch(deed(till, "half"))
    assert deed(till, "half").text() == "整份"
    assert lines(till) == [(2, "half"), (1, "full")]
    touch(deed(till, "remove"))
    assert lines(till) == [(1, "full")]
    with demo_desk.db.read() as conn:
        kinds = [row[0] for row in conn.exec_driver_sql("select kind from events")]
    assert kinds.count("line_removed") == 1


def test_the_buttons_stand_below_the_touched_line_and_go_with_it(till: TillScreen) -> None:
    press(till, "hsr", ENTER, "qjrs", ENTER, SPACE)
    rows = till.order.rows
    flat = rows.height()
    touch_line(till, 1)
    assert rows.height() > flat
    assert rows.top(1) + ROW - 2 <= rows.deeds.y() < rows.top(2)
    touch_line(till, 2)  # below the buttons: places are counted past them
    assert till.presenter.draft.line is not None
    assert (rows.opened, till.presenter.draft.chosen) == (2, till.presenter.draft.lines[2].key)
    press(till, Qt.Key.Key_Up)
    assert rows.opened == -1
    assert rows.height() == flat
    assert not rows.deeds.isVisible()


def test_only_what_the_dish_has_is_offered(till: TillScreen) -> None:
    press(till, SPACE)
    touch_line(till, 0)
    assert list(till.order.rows.deeds.buttons) == ["less", "more", "choices", "price", "remove"]
    touch(deed(till, "price"))
    ask = till.presenter.view().ask
    assert ask is not None
    assert ask.title


def test_a_touched_line_low_in_a_long_order_comes_into_sight(till: TillScreen) -> None:
    for letters in ("hsr", "qjrs", "gbjd", "mpdf", "yxrs", "hgr"):
        press(till, letters, ENTER)
    press(till, SPACE)
    last = len(till.presenter.draft.lines) - 1
    touch_line(till, last)
    below = till.order.rows.deeds
    assert below.mapTo(till.order, below.rect().bottomLeft()).y() <= till.order.height()


@pytest.mark.parametrize(
    ("cap", "panel"),
    [("Ctrl Shift M", "MenuRightsPanel"), ("Ctrl Shift R", "PaperPanel"), ("Ctrl I", "PhotoPanel")],
)
def test_the_windows_keys_are_for_fingers_too(at_till: MainWindow, cap: str, panel: str) -> None:
    touch_cap(at_till, cap)
    assert type(at_till.panel).__name__ == panel


def test_commands_of_the_window_by_finger(at_till: MainWindow) -> None:
    touch_cap(at_till, "Ctrl Shift C")
    assert at_till.display is not None
    assert at_till.display.isVisible()
    touch_cap(at_till, "Esc")
    assert at_till.panel is None
    touch_cap(at_till, "Ctrl Shift L")
    assert not at_till.at_till


def touch_cap(window: MainWindow, cap: str) -> None:
    assert window.till is not None
    touch(window.till.rest.keys)
    assert window.panel is not None
    touch(next(each for each in window.panel.findChildren(KeyCap) if each.text() == cap))


def test_a_pin_has_no_point(window: MainWindow, till: TillScreen) -> None:
    assert window.sign_in is not None
    pad = window.sign_in.findChild(NumPad)
    assert pad is not None
    window.sign_in.choose(window.sign_in.presenter.tiles[0].user_id)
    shown = [one.text() for one in pad.findChildren(KeyButton) if one.isVisibleTo(pad)]
    assert sorted(shown) == sorted([*"0123456789", "⌫", "登录"])
    press(till, SPACE, (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier), "9.5", ENTER, "1")
    pad = till.ask.findChild(NumPad)
    assert pad is not None
    assert "." not in [one.text() for one in pad.findChildren(KeyButton) if one.isVisible()]
    press(till, Qt.Key.Key_Escape, Qt.Key.Key_F2)
    assert "." in [one.text() for one in pad.findChildren(KeyButton) if one.isVisible()]


def test_a_parked_table_is_called_by_all_who_eat(till: TillScreen, demo_desk: Desk) -> None:
    def seat(name: str) -> None:
        till.use_member(members.find(demo_desk, name)[0].id)
        press(till, SPACE)

    others = [one.name for one in members.find(demo_desk, "w", limit=3) if one.name != "王秀兰"]
    next_eater = (ENTER, Qt.KeyboardModifier.ControlModifier)
    seat("王秀兰")
    press(till, next_eater)
    seat(others[0])
    press(till, Qt.Key.Key_F8)
    assert parking.parked(demo_desk)[0].label == f"王秀兰、{others[0]} · 2 项"
    press(till, Qt.Key.Key_F9, next_eater)
    seat(others[1])
    press(till, Qt.Key.Key_F8)
    assert parking.parked(demo_desk)[0].label == f"王秀兰、{others[0]} 等 3 位 · 3 项"
    seat("王秀兰")
    press(till, next_eater, SPACE, Qt.Key.Key_F8)  # a guest beside her
    assert "王秀兰 等 2 位 · 2 项" in [each.label for each in parking.parked(demo_desk)]


class Finger:
    """A finger on a touch screen, not a mouse: it presses, or drags a list."""

    def __init__(self) -> None:
        self._screen = QTest.createTouchDevice()

    def tap(self, widget: QWidget, at: QPoint) -> None:
        QTest.touchEvent(widget, self._screen).press(0, at, widget).commit()
        QTest.touchEvent(widget, self._screen).release(0, at, widget).commit()

    def drag(self, widget: QWidget, start: QPoint, down: int) -> None:
        QTest.touchEvent(widget, self._screen).press(0, start, widget).commit()
        for part in range(1, 11):
            at = QPoint(start.x(), start.y() + down * part // 10)
            QTest.touchEvent(widget, self._screen).move(0, at, widget).commit()
            QTest.qWait(5)  # the pace of a finger is what a scroller measures
        end = QPoint(start.x(), start.y() + down)
        QTest.touchEvent(widget, self._screen).release(0, end, widget).commit()


def still(area: QAbstractScrollArea, qtbot: QtBot) -> None:
    scroller = QScroller.scroller(area.viewport())
    qtbot.waitUntil(lambda: scroller.state() == QScroller.State.Inactive)


def test_a_finger_drags_the_people_found_and_takes_one_by_a_tap(till: TillScreen, qtbot: QtBot) -> None:
    press(till, Qt.Key.Key_F5, "w")
    rows = till.ask.findChild(Rows)
    assert rows is not None
    finger = Finger()
    qtbot.waitUntil(lambda: rows.verticalScrollBar().maximum() > 0)
    before = rows.verticalScrollBar().value()
    finger.drag(rows.viewport(), QPoint(100, 300), -180)
    still(rows, qtbot)
    assert rows.verticalScrollBar().value() > before
    assert till.presenter.draft.member is None, "a drag takes nobody"
    finger.tap(rows.viewport(), QPoint(100, 100))
    assert till.presenter.draft.member is not None


def test_a_finger_drags_dishes_and_lines_without_ordering(till: TillScreen, qtbot: QtBot) -> None:
    finger = Finger()
    press(till, "d")
    till.resize(1366, 640)
    finger.drag(till.tile_area.viewport(), QPoint(100, 250), -150)
    still(till.tile_area, qtbot)
    assert till.presenter.draft.lines == ()
    finger.tap(till.tile_area.viewport(), QPoint(100, 60))
    assert len(till.presenter.draft.lines) == 1
    for letters in ("hsr", "qjrs", "gbjd", "mpdf", "yxqz", "fqcd"):
        press(till, letters, ENTER)
    area = till.order.findChild(QAbstractScrollArea)
    assert area is not None
    chosen = till.presenter.draft.chosen
    top = area.verticalScrollBar().value()
    finger.drag(area.viewport(), QPoint(100, 60), 150)
    still(area, qtbot)
    assert area.verticalScrollBar().value() < top
    assert till.presenter.draft.chosen == chosen
    assert till.order.rows.opened == -1


def test_nobody_found_is_a_newcomer_by_a_press(at_till: MainWindow) -> None:
    till = at_till.till
    assert till is not None
    press(till, Qt.Key.Key_F5, "zzzz")
    touch(
        next(one for one in till.ask.findChildren(KeyButton) if one.isVisible() and one.text() == "登记新人")
    )
    assert type(at_till.panel).__name__ == "EnrolPanel"


def test_a_whole_lunch_without_a_keyboard(window: MainWindow, demo_desk: Desk) -> None:
    """Sign in, open the shift, find her, a set and half a dish, cash with change."""

    def number(parent: QWidget, digits: str) -> None:
        pad = next(one for one in parent.findChildren(NumPad) if one.isVisible())
        for digit in digits:
            touch(next(key for key in pad.findChildren(KeyButton) if key.text() == digit))
        touch(pad.enter)

    screen = window.sign_in
    assert screen is not None
    li = next(one for one in screen.findChildren(UserButton) if one.tile.name == "李芳")
    QTest.mouseClick(li, Qt.MouseButton.LeftButton)
    number(screen, "1111")
    assert window.till is not None
    till = window.till
    shift = window.panel
    assert shift is not None
    amount = next(one for one in shift.findChildren(AmountField) if one.isVisible())
    QTest.mouseClick(amount, Qt.MouseButton.LeftButton)
    number(shift, "200")
    assert window.panel is None
    QTest.mouseClick(till.diner, Qt.MouseButton.LeftButton)
    key = till.field.findChild(PadKey)
    assert key is not None
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert till.letters is not None
    for name in ("w", "x", "l", "enter"):
        touch(till.letters.keys[name])
    touch(till.letters.keys["close"])
    touch_tile(till, "长者套餐A")
    touch(next(one for one in till.ask.findChildren(KeyButton) if one.isVisible() and one.key == "Esc"))
    touch(next(tab for tab in till.categories.findChildren(KeyButton) if tab.text() == "荤菜"))
    touch_tile(till, "红烧肉")
    touch_line(till, 1)
    touch(deed(till, "half"))
    touch(till.pay.cash)
    number(till.ask, "100")
    done = till.presenter.done
    assert done is not None
    assert done.change_fen == 10_000 - done.paid_fen
    assert verifying.verify(demo_desk).ok
