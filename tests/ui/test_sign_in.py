"""Signing in by keys and by touch."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from canteen_pos.services import users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.sign_in.presenter import SignInPresenter
from canteen_pos.ui.screens.sign_in.screen import SignInScreen
from tests.ui.keyboard import keys

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def screen_of(window: MainWindow) -> SignInScreen:
    assert window.sign_in is not None
    return window.sign_in


def test_a_digit_chooses_and_then_belongs_to_the_pin(window: MainWindow) -> None:
    keys(window, "2", "22")
    state = screen_of(window).presenter
    assert state.chosen is not None
    assert state.chosen.name == "李芳"
    assert state.pin == "22"
    keys(window, Qt.Key.Key_Backspace)
    assert state.pin == "2"
    keys(window, ESC)
    assert state.chosen is None
    assert state.pin == ""


def test_by_touch(window: MainWindow) -> None:
    screen = screen_of(window)
    tile = next(button for button in screen._buttons if button.tile.name == "李芳")
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    for _ in range(4):
        screen._pad.typed.emit("1")
    screen._pad.entered.emit()
    assert window.at_till
    assert window.actor is not None
    assert window.actor.name == "李芳"


def test_a_wrong_pin_is_said_in_place_and_the_digits_go(window: MainWindow) -> None:
    keys(window, "2", "9999", ENTER)
    screen = screen_of(window)
    assert not window.at_till
    assert screen._message.text().startswith("⚠")
    assert screen.presenter.pin == ""
    keys(window, "1")
    assert screen._message.text() == ""


def test_the_lock_out_says_how_long(window: MainWindow) -> None:
    keys(window, "2")
    for _ in range(3):
        keys(window, "9999", ENTER)
    assert "30 秒" in screen_of(window)._message.text()
    keys(window, "1111", ENTER)
    assert not window.at_till


def test_the_demo_shows_its_pins_and_a_real_canteen_does_not(window: MainWindow, demo_desk: Desk) -> None:
    assert {tile.demo_pin for tile in screen_of(window).presenter.tiles} >= {"1111", "8888"}
    assert {tile.demo_pin for tile in SignInPresenter(demo_desk).tiles} == {""}


def test_everybody_changes_their_own_pin_by_the_old_one(window: MainWindow, demo_desk: Desk) -> None:
    f4, screen = Qt.Key.Key_F4, screen_of(window)
    keys(window, f4)
    assert "选择" in screen._message.text()
    keys(window, "5", f4, "0000", ENTER)
    assert "现在的密码" in screen._name.text()
    assert screen._message.text(), "the old one was wrong"
    keys(window, "4444", ENTER, "1234", ENTER)
    assert "太好猜" in screen._message.text()
    keys(window, "1357", ENTER, "1358", ENTER)
    assert "不一样" in screen._message.text()
    keys(window, "1357", ENTER, "1357", ENTER)
    assert window.in_office, "and the auditor is signed in"
    assert users.sign_in(demo_desk, "何会计", "1357")


def test_who_changes_no_pin_after_all_signs_in_as_ever(window: MainWindow) -> None:
    keys(window, "2", Qt.Key.Key_F4, "1111", ENTER, Qt.Key.Key_F4)
    assert not window.at_till
    keys(window, "1111", ENTER)
    assert window.at_till


def test_somebody_who_left_has_no_tile(demo_desk: Desk, manager: Actor, cashier: Actor) -> None:
    users.set_active(demo_desk, manager, cashier.user_id, False)
    names = [tile.name for tile in SignInPresenter(demo_desk).tiles]
    assert "李芳" not in names
    assert "陈经理" in names


def test_arrows_walk_over_the_tiles(window: MainWindow) -> None:
    keys(window, Qt.Key.Key_Right, Qt.Key.Key_Right)
    chosen = screen_of(window).presenter.chosen
    assert chosen is not None
    assert chosen.name == "李芳"
    keys(window, Qt.Key.Key_Down)
    chosen = screen_of(window).presenter.chosen
    assert chosen is not None
    assert chosen.name == "何会计"
