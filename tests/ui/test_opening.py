"""What goes wrong while a house is opened is said in the window; what the machine should remember is kept at once."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canteen_pos import app, i18n, logs, settings
from canteen_pos.app.window import open_window
from canteen_pos.clock import FixedClock
from canteen_pos.services.context import Desk
from canteen_pos.ui import theme
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.widgets.labels import Text
from tests.ui.bare_house import BareHouse
from tests.ui.conftest import LUNCH
from tests.ui.keyboard import keys

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The log as the app writes it, without the hooks for what nobody catches."""
    handler = logging.handlers.RotatingFileHandler(tmp_path / logs.FILE, encoding="utf-8")
    handler.setFormatter(logs._Scrubbing("%(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield tmp_path / logs.FILE
    logging.getLogger().removeHandler(handler)
    handler.close()


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[app.TillHouse]:
    made = app.TillHouse(tmp_path, settings.load(tmp_path), FixedClock(LUNCH))
    yield made
    made.close()


def shown(window: MainWindow) -> str:
    page = window.pages.currentWidget()
    return page.text() if isinstance(page, Text) else ""


def fails(*_: object) -> bool:
    raise ZeroDivisionError("of 13812345678")


def test_a_fault_of_ours_at_the_start_is_said_and_logged_without_private_facts(
    qtbot: QtBot,
    dressed: QApplication,
    own_house: app.TillHouse,
    log: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(own_house, "founded", fails)
    window, scanner = open_window(dressed, own_house, settings.MachineSettings())
    qtbot.addWidget(window)
    assert shown(window) == "正在打开…"
    qtbot.waitUntil(lambda: shown(window).startswith("⚠"))
    dressed.removeEventFilter(scanner)
    assert str(log) in shown(window)
    written = log.read_text(encoding="utf-8")
    assert "Traceback" in written
    assert "ZeroDivisionError: of [phone]" in written
    assert "13812345678" not in shown(window)


def test_a_fault_while_entering_is_said_too_and_leaves_nobody_at_work(
    at_till: MainWindow, house: BareHouse, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    monkeypatch.setattr(house, "entered", fails)
    at_till.enter("demo")
    assert "程序出了错" in shown(at_till)
    assert str(log) in shown(at_till)
    assert at_till.desk is None
    at_till.refresh_bar()  # the clock's tick finds nothing to show, and does not fail


def test_the_theme_is_kept_when_it_changes(at_till: MainWindow, house: BareHouse) -> None:
    keys(at_till, (Qt.Key.Key_N, CTRL_SHIFT))
    assert house.remembered == {"theme": theme.current().name}
    keys(at_till, (Qt.Key.Key_N, CTRL_SHIFT))
    assert house.remembered == {"theme": "light"}


def test_language_and_theme_stand_in_till_toml_before_the_window_closes(
    qtbot: QtBot, dressed: QApplication, own_house: app.TillHouse, tmp_path: Path
) -> None:
    del dressed
    window = MainWindow()
    qtbot.addWidget(window)
    window.open_house(own_house)
    window.toggle_language()
    window.toggle_theme()
    assert i18n.language() == "en"
    kept = settings.load(tmp_path)
    assert (kept.language, kept.theme) == ("en", "dark")
    window.toggle_language()
    window.toggle_theme()
    kept = settings.load(tmp_path)
    assert (kept.language, kept.theme) == ("zh", "light")


def test_a_desk_is_given_up_when_its_house_cannot_be_opened(
    window: MainWindow, house: BareHouse, demo_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.desk is demo_desk
    monkeypatch.setattr(house, "desk", fails)
    window.enter("demo")
    assert window.desk is None
