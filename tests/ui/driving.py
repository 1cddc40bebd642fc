"""Keys and touches as they reach the till, and what the office says to them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.till.screen import TillScreen
from tests.ui.keyboard import Key, strike


def press(screen: TillScreen, *keys: Key) -> None:
    """Keys to the till's field, wherever the focus is."""
    for key in keys:
        strike(screen.field, key)


def touch_tile(screen: TillScreen, name: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """A finger on the tile of that dish. StopIteration when it is not on the screen."""
    place = next(n for n, tile in enumerate(screen.tiles.view.tiles) if tile.name == name)
    QTest.mouseClick(screen.tiles, button, pos=screen.tiles.tile_rect(place).center().toPoint())


def said(window: MainWindow) -> str:
    """The back office's line of what was done, or why not."""
    assert window.office is not None
    return window.office.feedback.text()
