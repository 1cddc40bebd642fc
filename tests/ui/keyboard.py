"""Keys to the window as they come from the keyboard: to whatever has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Key = str | Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]


def keys(window: QWidget, *pressed: Key) -> None:
    """Keys to whatever has the focus, as from the keyboard; to the window when nothing has it."""
    for key in pressed:
        target = QApplication.focusWidget() or window
        if isinstance(key, str):
            for char in key:
                _type(QApplication.focusWidget() or window, char)
        elif isinstance(key, tuple):
            QTest.keyClick(target, key[0], key[1])
        else:
            QTest.keyClick(target, key)


def _type(target: QWidget, char: str) -> None:
    """One character; Chinese comes from an input method."""
    if char.isascii():
        QTest.keyClicks(target, char)
        return
    event = QInputMethodEvent()
    event.setCommitString(char)
    QApplication.sendEvent(target, event)
