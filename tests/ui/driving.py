"""Keys and touches as they reach the till."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from canteen_pos.ui.screens.till.screen import TillScreen

Key = str | Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]


def press(screen: TillScreen, *keys: Key) -> None:
    """Keys as they come from the keyboard: text is typed, keys are pressed, pairs with a modifier."""
    for key in keys:
        if isinstance(key, str) and key.isascii():
            QTest.keyClicks(screen.field, key)
        elif isinstance(key, str):  # as an input method commits it; keyClicks knows Latin letters only
            committed = QInputMethodEvent()
            committed.setCommitString(key)
            QApplication.sendEvent(screen.field, committed)
        elif isinstance(key, tuple):
            QTest.keyClick(screen.field, key[0], key[1])
        else:
            QTest.keyClick(screen.field, key)


def touch_tile(screen: TillScreen, name: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """A finger on the tile of that dish. StopIteration when it is not on the screen."""
    place = next(n for n, tile in enumerate(screen.tiles.view.tiles) if tile.name == name)
    QTest.mouseClick(screen.tiles, button, pos=screen.tiles.tile_rect(place).center().toPoint())
