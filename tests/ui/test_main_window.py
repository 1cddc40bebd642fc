"""The window as a whole: first frame, houses, locking, panels, scans."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from canteen_pos.clock import FixedClock
from canteen_pos.domain.errors import refuse
from canteen_pos.services import members, shifts
from canteen_pos.services.context import Desk
from canteen_pos.ui import bar_words, panels, theme
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.enrol.screen import EnrolPanel
from canteen_pos.ui.screens.refund.screen import RefundPanel
from canteen_pos.ui.screens.shift.screen import ShiftPanel
from canteen_pos.ui.widgets.labels import KeyCap, Text
from tests.ui.bare_house import BareHouse
from tests.ui.driving import press
from tests.ui.keyboard import keys

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_first_frame_imports_no_service() -> None:
    asked = (
        "import sys; import canteen_pos.ui.main_window; "
        "print([name for name in sys.modules if name.split('.')[0] == 'sqlalchemy' "
        "or name.startswith(('canteen_pos.services', 'canteen_pos.storage', 'PIL'))])"
    )
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_signing_in_without_a_shift_opens_the_shift_panel_first(window: MainWindow, demo_desk: Desk) -> None:
    keys(window, "2", "1111", ENTER)
    assert window.at_till
    assert isinstance(window.panel, ShiftPanel)
    keys(window, "200", ENTER)
    assert window.panel is None
    shift = shifts.current(demo_desk)
    assert shift is not None
    assert shift.float_fen == 20_000
    assert window.till is not None
    assert "已开班" in window.till.notice.text()


def test_the_bar_says_where_when_and_who(at_till: MainWindow) -> None:
    assert at_till.bar.texts() == ("粮丰社区食堂", "午餐 ・ 11:42", "11月23日 星期一", "李芳 ・ 11:42 开班")
    assert "演示" in at_till.banner.text()


@pytest.mark.parametrize(
    ("hour", "said"), [(5, "早餐没到 ・ 05:00"), (14, "午餐已过 ・ 14:00"), (2, "晚餐已过 ・ 02:00")]
)
def test_between_meals_the_bar_says_which_a_sale_belongs_to(demo_desk: Desk, hour: int, said: str) -> None:
    clock = demo_desk.clock
    assert isinstance(clock, FixedClock)
    clock.set(clock.now().replace(hour=hour, minute=0))
    assert bar_words.moment(demo_desk)[0] == said


def test_without_a_printer_the_bar_shows_no_chip_and_a_fault_has_a_word(
    at_till: MainWindow, house: BareHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_till.bar.printer_health is None
    monkeypatch.setattr(house, "printer_health", lambda desk: ("fault", "缺纸"))
    at_till.refresh_bar()
    assert at_till.bar.printer_health == "fault"
    assert "小票机 缺纸" in at_till.bar.texts()


def test_ctrl_l_locks_and_only_the_pin_brings_the_same_order_back(at_till: MainWindow) -> None:
    till = at_till.till
    keys(at_till, Qt.Key.Key_Space)
    assert till is not None
    assert till.sums.view.due_text == "¥15.00"
    keys(at_till, (Qt.Key.Key_L, CTRL))
    assert not at_till.at_till
    assert at_till.sign_in is not None
    assert at_till.sign_in.presenter.chosen is not None
    assert at_till.sign_in.presenter.chosen.name == "李芳"
    keys(at_till, "9999", ENTER)
    assert not at_till.at_till
    keys(at_till, "1111", ENTER)
    assert at_till.at_till
    assert at_till.till is till
    assert till.sums.view.due_text == "¥15.00"


def test_another_cashier_takes_over_and_finds_the_unfinished_order(at_till: MainWindow) -> None:
    keys(at_till, Qt.Key.Key_Space)
    keys(at_till, (Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier))
    keys(at_till, "3", "2222", ENTER)
    assert at_till.actor is not None
    assert at_till.actor.name == "张丽"
    assert at_till.till is not None
    assert at_till.till.sums.view.due_text == "¥15.00"


@pytest.mark.parametrize("name", panels.NAMES)
def test_a_panel_covers_only_the_right_and_esc_closes_it(at_till: MainWindow, name: str) -> None:
    at_till.open_panel(name)
    assert at_till.panel is not None
    assert at_till.till is not None
    assert at_till.panel.x() >= at_till.till.panel_left
    assert at_till.panel.geometry().right() <= at_till.width()
    keys(at_till, ESC)
    assert at_till.panel is None
    assert at_till.till.field.hasFocus()


def test_panels_by_the_tills_own_keys(at_till: MainWindow) -> None:
    keys(at_till, Qt.Key.Key_F10)
    assert isinstance(at_till.panel, RefundPanel)
    keys(at_till, ESC, (Qt.Key.Key_N, CTRL))
    assert isinstance(at_till.panel, EnrolPanel)


def test_a_scan_goes_to_the_till_and_closes_a_panel_that_does_not_want_it(
    at_till: MainWindow, demo_desk: Desk
) -> None:
    wang = members.find(demo_desk, "王秀兰")[0]
    at_till.open_panel("keys")
    at_till.scanned(wang.card)
    assert at_till.panel is None
    assert at_till.till is not None
    assert at_till.till.presenter.draft.member is not None
    assert at_till.till.presenter.draft.member.id == wang.id


def test_a_scan_at_the_sign_in_screen_says_who_is_first(window: MainWindow) -> None:
    keys(window, "2", "1")
    window.scanned("1234567890")
    assert not window.at_till
    assert window.sign_in is not None
    assert window.sign_in.presenter.pin == ""
    assert "先登录" in window.sign_in._message.text()
    keys(window, "1111", ENTER)
    assert window.at_till


def test_the_panel_follows_the_window(at_till: MainWindow, qtbot: object) -> None:
    at_till.open_panel("keys")
    at_till.resize(1920, 1080)
    assert at_till.panel is not None
    assert at_till.panel.geometry().right() == 1920 - 12 - 1
    assert at_till.panel.geometry().bottom() == 1080 - 12 - 1


def test_leaving_for_the_welcome_screen_forgets_who_was_there(at_till: MainWindow) -> None:
    at_till.show_welcome()
    assert at_till.actor is None
    assert at_till.till is None
    assert at_till.bar.texts() == ("社区食堂收银",)


def test_pressing_the_till_beside_a_panel_leaves_the_panel_and_counts(at_till: MainWindow) -> None:
    keys(at_till, "hsr", ENTER)
    at_till.open_panel("keys")
    assert at_till.till is not None
    QTest.mouseClick(at_till.till.pay.cash, Qt.MouseButton.LeftButton)
    assert at_till.panel is None
    assert at_till.till.presenter.ask is not None


def test_pressing_inside_a_panel_keeps_it(at_till: MainWindow) -> None:
    at_till.open_panel("enrol")
    assert isinstance(at_till.panel, EnrolPanel)
    QTest.mouseClick(at_till.panel.card_field, Qt.MouseButton.LeftButton)
    assert at_till.panel is not None


@pytest.mark.parametrize("name", ["enrol", "top_up", "refund", "recent", "menu", "shift", "printer_setup"])
@pytest.mark.parametrize("tab", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_never_leaves_a_panel_for_the_till_behind(at_till: MainWindow, name: str, tab: Qt.Key) -> None:
    at_till.open_panel(name)
    panel = at_till.panel
    assert panel is not None
    seen: list[QWidget] = []
    for _ in range(24):
        keys(at_till, tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused is panel or panel.isAncestorOf(focused)
        seen.append(focused)
    assert name not in ("enrol", "refund", "menu") or len(set(seen)) > 1, "it does go round"


def test_a_house_that_cannot_be_opened_says_why(
    window: MainWindow, house: BareHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def newer(kind: object) -> Desk:
        raise refuse("database.newer")

    monkeypatch.setattr(house, "desk", newer)
    window.enter("demo")
    shown = window.pages.currentWidget()
    assert isinstance(shown, Text)
    assert shown.text().startswith("⚠")


def test_theme_by_key(at_till: MainWindow) -> None:
    before = theme.current().name
    keys(at_till, (Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier))
    assert theme.current().name != before
    keys(at_till, (Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier))
    assert theme.current().name == before


@pytest.mark.parametrize(
    ("cap", "panel"), [("Ctrl T", "TopUpPanel"), ("Ctrl N", "EnrolPanel"), ("Ctrl H", "ShiftPanel")]
)
def test_the_page_of_keys_is_for_fingers_too(at_till: MainWindow, cap: str, panel: str) -> None:
    touch_cap(at_till, cap)
    assert type(at_till.panel).__name__ == panel


def test_half_fewer_and_next_by_finger(at_till: MainWindow) -> None:
    till = at_till.till
    assert till is not None
    press(till, "2*hsr", Qt.Key.Key_Return)
    touch_cap(at_till, "−")
    touch_cap(at_till, "/")
    assert [(line.quantity, line.portion) for line in till.presenter.draft.lines] == [(1, "half")]
    touch_cap(at_till, "Ctrl Enter")
    assert len(till.presenter.settlement.eaters) == 2
    touch_cap(at_till, "3*")
    assert at_till.panel is None


def touch_cap(window: MainWindow, cap: str) -> None:
    assert window.till is not None
    QTest.mouseClick(window.till.rest.keys, Qt.MouseButton.LeftButton)
    assert window.panel is not None
    found = next(each for each in window.panel.findChildren(KeyCap) if each.text() == cap)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
