"""What the diner sees: amounts, names, never why."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from canteen_pos.services import members
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.customer_display.presenter import (
    Facing,
    FacingLine,
    Thanks,
    fitting,
    greeting,
    surname,
)
from canteen_pos.ui.screens.customer_display.screen import CustomerDisplay
from tests.ui.keyboard import keys

NOON = datetime.fromisoformat("2026-11-23T12:00:00+08:00")
WANG = "王秀兰"
PRIVATE = ("低保", "特困", "失能", "残疾", "高龄", "户籍", "优抚", "区级", "市级", "长者价", "dibao")


@pytest.fixture
def display(at_till: MainWindow) -> CustomerDisplay:
    """Open beside the till; the window closes it."""
    at_till.toggle_display()
    assert at_till.display is not None
    return at_till.display


def test_it_follows_the_order_to_the_thanks(
    at_till: MainWindow, display: CustomerDisplay, demo_desk: Desk
) -> None:
    assert display.texts() == ("粮丰社区食堂", "欢迎")
    at_till.scanned(members.find(demo_desk, WANG)[0].card)
    keys(at_till, Qt.Key.Key_Space)
    shown = display.texts()
    assert "王＊＊ 您好" in shown
    assert "¥8.10" in shown
    assert "−6.90" in shown
    assert "付后余额" in shown
    keys(at_till, Qt.Key.Key_Return)
    assert isinstance(display.shown, Thanks)
    assert "谢谢，请慢用" in display.texts()
    assert "¥8.10" in display.texts()


def test_change_is_shown_after_cash(at_till: MainWindow, display: CustomerDisplay) -> None:
    keys(at_till, Qt.Key.Key_Space, Qt.Key.Key_F2, "20", Qt.Key.Key_Return)
    shown = display.texts()
    assert shown[:6] == ("已付", "¥15.00", "收您", "¥20.00", "找您", "¥5.00")


def test_no_category_for_anybody_in_the_demo(
    at_till: MainWindow, display: CustomerDisplay, demo_desk: Desk
) -> None:
    everybody = [member for first in "王李张刘陈杨赵黄周吴" for member in members.find(demo_desk, first, 10)]
    assert len(everybody) > 15
    for member in everybody:
        assert at_till.till is not None
        at_till.till.use_member(member.id)
        keys(at_till, Qt.Key.Key_Space)
        shown = " ".join(display.texts()).replace("长者套餐", "")
        assert not any(word in shown for word in PRIVATE), shown
        keys(at_till, Qt.Key.Key_Delete)


@pytest.mark.parametrize(
    ("name", "age", "female", "said"),
    [
        (WANG, 83, True, "王奶奶，中午好"),
        ("欧阳修文", 70, False, "欧阳爷爷，中午好"),
        (WANG, 83, None, "王＊＊ 您好"),
        (WANG, 40, True, "王＊＊ 您好"),
        (WANG, None, True, "王＊＊ 您好"),
        ("", None, None, "中午好"),
    ],
)
def test_greetings_are_neutral(name: str, age: int | None, female: bool | None, said: str) -> None:
    assert greeting(name, age, female, NOON) == said


def test_surnames() -> None:
    assert [surname(name) for name in (WANG, "诸葛亮", "Ann Lee", "", "  李芳")] == [
        "王",
        "诸葛",
        "Ann",
        "",
        "李",
    ]


def test_a_long_order_shows_its_end_and_says_how_much_is_above() -> None:
    lines = tuple(FacingLine(f"菜{n}", "", 100) for n in range(12))
    assert fitting(lines, 80, (10, 16, 10)) == 5  # seven lines and the row that says so
    assert fitting(lines[:8], 80, (10, 16, 10)) == 0
    with_a_set = (*lines[:6], FacingLine("长者套餐", "青椒肉丝 炒时蔬", 1500))
    assert fitting(with_a_set, 80, (10, 16, 10)) == 0
    assert fitting(with_a_set, 75, (10, 16, 10)) == 2
    assert fitting(lines, 5, (10, 16, 10)) == 11  # the last line always shows


def test_portions_weights_and_quantities_are_named(at_till: MainWindow, display: CustomerDisplay) -> None:
    keys(at_till, "2*hsr/", Qt.Key.Key_Return)
    assert "红烧肉 半份 × 2" in display.texts()
    assert "¥12.00" in display.texts()


@pytest.mark.parametrize("size", [(640, 375), (1024, 600), (1920, 1080)])
def test_nothing_runs_over_an_edge(
    qtbot: QtBot, dressed: object, demo_desk: Desk, size: tuple[int, int]
) -> None:
    """A large sum and long names on every size: the outermost pixels stay empty."""
    display = CustomerDisplay("粮丰社区食堂", demo_desk.clock)
    qtbot.addWidget(display)
    display.resize(*size)
    lines = tuple(FacingLine("非常非常长的菜名" * 5, "半份 × 12", 1_234_567) for _ in range(20))
    display.show_order(Facing("欧阳奶奶，中午好", lines, 99_999_999, 88_888_888, 12_345_678))
    picture = display.grab().toImage()
    right = {picture.pixelColor(picture.width() - 3, y).name() for y in range(picture.height())}
    left = {picture.pixelColor(2, y).name() for y in range(picture.height())}
    assert len(right) == 1
    assert len(left) == 1


def test_a_second_screen_gets_it_by_itself(
    at_till: MainWindow, cashier: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QGuiApplication.primaryScreen()
    monkeypatch.setattr(QGuiApplication, "screens", staticmethod(lambda: [screen, screen]))
    assert at_till.display is None
    at_till.take_over(cashier)
    assert at_till.display is not None
    assert at_till.display.isVisible()
    at_till.toggle_display()
    at_till.take_over(cashier)
    assert not at_till.display.isVisible()  # put away by hand, it stays away
