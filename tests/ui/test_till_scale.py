"""The key that takes the weight from the scale, on a real line."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canteen_pos import settings
from canteen_pos.services import menus, shifts
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.screens.till.screen import TillScreen
from tests.ui.driving import press

ENTER, F4 = Qt.Key.Key_Return, Qt.Key.Key_F4


@contextmanager
def scale(said: bytes) -> Iterator[str]:
    """A scale that says this once."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(said)
            while connection.recv(64):
                pass

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"127.0.0.1:{server.getsockname()[1]}"
    thread.join()
    server.close()


@pytest.fixture
def till(qtbot: QtBot, dressed: QApplication, demo_desk: Desk, cashier: Actor, tmp_path: Path) -> TillScreen:
    """A till whose machine has a data folder; where its scale is, each test says."""
    del dressed
    shifts.open(demo_desk, cashier, 20_000)
    screen = TillScreen(replace(demo_desk, folder=tmp_path), cashier)
    qtbot.addWidget(screen)
    screen.resize(1366, 720)
    screen.show()
    qtbot.waitExposed(screen)
    return screen


def ask_for_grams(till: TillScreen) -> None:
    tiles = menus.tiles(till.presenter.desk, till.presenter.draft.service_date, "lunch")
    press(till, next(tile.code for tile in tiles if tile.kind == "weighed"), ENTER)


def weight_shown(till: TillScreen) -> str:
    ask = till.presenter.view().ask
    assert ask is not None
    return next(text for label, text, _ in ask.figures if label == "重量")


def test_f4_takes_the_weight_and_enter_adds_it(till: TillScreen, tmp_path: Path) -> None:
    with scale(b"ST,GS,+  0.345kg\r\n") as where:
        settings.change(tmp_path, scale=where)
        ask_for_grams(till)
        press(till, F4)
    assert weight_shown(till) == "345 克"
    press(till, ENTER)
    assert "345 克" in till.order.rows.rows[0].detail


def test_what_is_typed_goes_before_what_was_weighed(till: TillScreen, tmp_path: Path) -> None:
    with scale(b"ST,GS,+  0.345kg\r\n") as where:
        settings.change(tmp_path, scale=where)
        ask_for_grams(till)
        press(till, F4)
    press(till, "200")
    assert weight_shown(till) == "200 克"
    press(till, ENTER)
    assert "200 克" in till.order.rows.rows[0].detail


def test_a_scale_that_cannot_say_leaves_typing(till: TillScreen, tmp_path: Path) -> None:
    with scale(b"OL,GS,+\r\n") as where:
        settings.change(tmp_path, scale=where)
        ask_for_grams(till)
        press(till, F4)
    assert "量程" in till.notice.text()
    press(till, "150", ENTER)
    assert "150 克" in till.order.rows.rows[0].detail


def test_without_a_scale_there_is_no_key_for_it(till: TillScreen) -> None:
    ask_for_grams(till)
    ask = till.presenter.view().ask
    assert ask is not None
    assert ask.options == ()
    assert "F4" not in ask.hint
