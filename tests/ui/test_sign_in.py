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
    for _ in range(4):
        keys(window, "9999", ENTER)
    assert "30" in screen_of(window)._message.text()
    keys(window, "1111", ENTER)
    assert not window.at_till


def test_the_demo_shows_its_pins_and_a_real_canteen_does_not(window: MainWindow, demo_desk: Desk) -> None:
    assert {tile.demo_pin for tile in screen_of(window).presenter.tiles} >= {"1111", "8888"}
    assert {tile.demo_pin for tile in SignInPresenter(demo_desk).tiles} == {""}


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
