"""Keys to the window as they come from the keyboard: to whatever has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Key = str | Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]


def ctrl(key: str) -> Key:
    """Ctrl with a letter, a digit or a key that Qt names so: 'S', 'Right'."""
    return (getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.ControlModifier)


def strike(target: QWidget, key: Key) -> None:
    """One key, with its modifier; text is typed, Chinese comes whole from an input method, as keyClicks knows Latin only."""
    if isinstance(key, tuple):
        QTest.keyClick(target, key[0], key[1])
    elif isinstance(key, Qt.Key):
        QTest.keyClick(target, key)
    elif key.isascii():
        QTest.keyClicks(target, key)
    else:
        committed = QInputMethodEvent()
        committed.setCommitString(key)
        QApplication.sendEvent(target, committed)


def keys(window: QWidget, *pressed: Key) -> None:
    """Keys to whatever has the focus, as from the keyboard; to the window when nothing has it."""
    for key in pressed:
        for one in key if isinstance(key, str) else (key,):
            strike(QApplication.focusWidget() or window, one)
