"""The demo's hands: keys into whatever has the focus, a card on the scanner, and the patience to wait for an answer."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from canteen_pos.ui.main_window import MainWindow

BETWEEN_KEYS_MS, BETWEEN_SCANNED_MS = 150.0, 4.0
PATIENCE_S = 60.0
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PLAIN = Qt.KeyboardModifier.NoModifier


class Stuck(Exception):
    """The window did not do what the keys should have made it do."""


class Hands:
    """`now_ms` is the time the scanner filter sees: a person's keys lie far apart, a scanner's close together."""

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        self._application = application
        self.window = window
        self._ms = 0.0
        self.pressed = 0

    def now_ms(self) -> float:
        return self._ms

    def key(self, *keys: Qt.Key) -> None:
        """Press keys one after another."""
        for key in keys:
            self._press(key, BETWEEN_KEYS_MS)

    def ctrl(self, key: Qt.Key, *, shift: bool = False) -> None:
        self._press(key, BETWEEN_KEYS_MS, _CTRL | _SHIFT if shift else _CTRL)

    def type(self, text: str) -> None:
        """Type `text`; Chinese comes from an input method, as it does at a till."""
        for char in text:
            if char.isascii():
                self._press(char, BETWEEN_KEYS_MS)
            else:
                event = QInputMethodEvent()
                event.setCommitString(char)
                QApplication.sendEvent(self._target(), event)
                self.settle()

    def enter(self, text: str = "") -> None:
        """Type `text`, then Enter."""
        self.type(text)
        self.key(Qt.Key.Key_Return)

    def scan(self, code: str) -> None:
        """What a scanner sends: the code in one burst, and Enter. The window answers when all of it has come."""
        self.settle()
        self._ms += 1000.0
        for key in (*code, Qt.Key.Key_Return):
            self._ms += BETWEEN_SCANNED_MS
            self._click(key, _PLAIN)
        self.pressed += len(code) + 1
        self._ms += 1000.0
        self.settle()

    def settle(self) -> None:
        """Let the window answer what it was told."""
        self._application.processEvents()

    def wait(self, until: Callable[[], object], what: str) -> None:
        """Let the window work until something holds. Stuck(what) when it never does."""
        end = time.monotonic() + PATIENCE_S
        while not until():
            self._application.processEvents()
            if time.monotonic() > end:
                raise Stuck(what)
            time.sleep(0.002)
        self.settle()

    def _press(self, key: Qt.Key | str, after_ms: float, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        self._ms += after_ms
        self.pressed += 1
        self._click(key, modifier)
        self.settle()

    def _click(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier) -> None:
        """One key down and up; Qt takes a character as its number."""
        if isinstance(key, str):
            QTest.keyClick(self._target(), ord(key), modifier)
        else:
            QTest.keyClick(self._target(), key, modifier)

    def _target(self) -> QWidget:
        return self._application.focusWidget() or self.window
