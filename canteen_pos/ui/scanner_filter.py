"""Scans at any moment, whatever has the focus: one event filter for the whole application.

A scanner is a fast keyboard. The first key of a burst goes through at once, so typing is never delayed; from the second
key within the gap on, keys are held back until the burst proves to be a scan (its Enter or suffix came, or it was long
enough when it stopped) or not: then they are given back in order to where they were going. When it was a scan, what
went through is taken out of the field again. With a configured prefix nothing goes through at all.

Scanners on a slow line leave larger gaps. No hand keeps every gap of a long number short, least of all the way to
Enter: a run of figures whose gaps all stay below `slow_ms`, its Enter's too, is a scan as well. Its first keys go
through as typing does; once the run looks like a code, the rest is held.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFTS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock)
"""A scanner presses these for a capital letter: part of its code, and no character of it."""
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True, slots=True)
class ScannerTiming:
    """gap_ms: keys of one scan come closer than this. A burst of fewer than `least` characters is somebody typing.

    slow_ms: a run of `least_slow` figures that keeps this gap up to its Enter is a scan too.
    `prefix` and `suffix` are what the scanner was set to send round the code; Enter ends a scan in any case.
    """

    gap_ms: float = 35.0
    slow_ms: float = 80.0
    least: int = 4
    least_slow: int = 6
    prefix: str = ""
    suffix: str = ""


_LOOKS_SLOW = 3
"""So many figures at a slow scanner's pace, and the next ones are held until it is clear what they are."""


@dataclass(slots=True)
class _Before:
    """A line edit as it was before the keys that went through."""

    field: QLineEdit
    text: str
    cursor: int
    selected: tuple[int, int]


class ScannerFilter(QObject):
    """Install with `app.installEventFilter(filter)`; emits `scanned(code)` without prefix, suffix and Enter.

    `now_ms` is for tests and for the demo, which type faster than people; by default a key event's own time stamp
    counts, so that a busy moment of the window does not turn typing into a scan.
    """

    scanned = Signal(str)
    went_through = Signal(str)
    """Before `scanned`: a key of the code which somebody may have taken for a choice, the last first; to be undone."""

    def __init__(
        self,
        timing: ScannerTiming | None = None,
        now_ms: Callable[[], float] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.timing = timing or ScannerTiming()
        self._now_ms = now_ms
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._passed = ""  # the characters that went through
        self._before: _Before | None = None
        self._last_ms = float("-inf")
        self._finished_ms = float("-inf")
        self._after_prefix = False
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._stopped)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or self._replaying:
            return False
        if not isinstance(watched, QWidget) or not isinstance(event, QKeyEvent):
            return False  # the window's copy; the widget's follows
        target = _focus(watched)
        if target is not None and watched is not target:
            return False  # on its way up to the parents: seen already
        if kind == QEvent.Type.ShortcutOverride:
            if self._swallows(event):
                event.accept()  # comes back as a key press instead of a shortcut
                return True
            return False
        return self._pressed(watched, event)

    def _swallows(self, event: QKeyEvent) -> bool:
        """Whether the key press that follows will not go through."""
        if event.key() in _ENTERS:
            return self._just_finished(event) or self._hot(event) or self._ends_scan(event)
        return bool(event.text()) and self._hot(event)

    def _pressed(self, target: QWidget, event: QKeyEvent) -> bool:
        text = event.text()
        if event.key() in _SHIFTS:
            return False
        if event.isAutoRepeat() or event.modifiers() & _COMMANDS:
            return self._not_a_scan()
        if event.key() in _ENTERS:
            return self._enter(event)
        if len(text) != 1 or not text.isprintable():
            return (text != "" and self._is_control_prefix(text, event)) or self._not_a_scan()
        if self._hot(event):
            self._last_ms = self._time(event)
            self._hold(target, event)
            return True
        if self._same_run(event):
            self._give_back()
            self._passed += text
            self._last_ms = self._time(event)
            return False
        self._not_a_scan()
        self._last_ms = self._time(event)  # after the reset: the next key is measured from this one
        if self.timing.prefix and text == self.timing.prefix[0]:
            self._hold(target, event)
            self._after_prefix = True
            return True
        self._remember(target, text)
        return False

    def _is_control_prefix(self, text: str, event: QKeyEvent) -> bool:
        """A scanner set to send a control character first (STX)."""
        if text != self.timing.prefix:
            return False
        self._after_prefix = True
        self._last_ms = self._time(event)
        self._timer.start(round(self._patience()) + 5)
        return True

    def _enter(self, event: QKeyEvent) -> bool:
        if self._just_finished(event):
            return True  # the suffix ended the scan; this is still the scanner's
        if self._ends_scan(event):
            self._finish()
            return True
        return self._not_a_scan()

    def _ends_scan(self, event: QKeyEvent) -> bool:
        """Whether Enter now would be the scanner's."""
        near = self._same_run(event) if self._slow else self._hot(event)
        return near and self._is_scan(ended=True)

    @property
    def _slow(self) -> bool:
        """Whether this run has gaps that typing has too."""
        return len(self._passed) > 1

    def _begun(self) -> bool:
        return bool(self._passed or self._held or self._after_prefix)

    def _hot(self, event: QKeyEvent) -> bool:
        """Whether this key is to be held: it came as a scanner's next key does."""
        return self._begun() and self._time(event) - self._last_ms <= self._patience()

    def _same_run(self, event: QKeyEvent) -> bool:
        """Whether this key may be the next of a slow scanner."""
        return self._begun() and self._time(event) - self._last_ms <= self._slow_ms

    def _patience(self) -> float:
        """How long the next key of what may be a scan is waited for."""
        looks_slow = self._slow and len(self._burst()) >= _LOOKS_SLOW and _is_code(self._burst())
        return self._slow_ms if looks_slow or self._after_prefix else self.timing.gap_ms

    @property
    def _slow_ms(self) -> float:
        return max(self.timing.slow_ms, self.timing.gap_ms)

    def _just_finished(self, event: QKeyEvent) -> bool:
        return self._time(event) - self._finished_ms <= self._slow_ms

    def _time(self, event: QKeyEvent) -> float:
        if self._now_ms is not None:
            return self._now_ms()
        return float(event.timestamp()) or time.monotonic() * 1000.0

    def _hold(self, target: QWidget, event: QKeyEvent) -> None:
        self._held.append((target, QKeyEvent(event)))
        code = self._burst()
        if self.timing.suffix and code.endswith(self.timing.suffix) and self._is_scan(ended=True):
            self._finish()
            return
        self._timer.start(round(self._patience()) + 5)

    def _remember(self, target: QWidget, text: str) -> None:
        self._passed = text
        self._before = None
        if isinstance(target, QLineEdit) and not target.isReadOnly():
            start = target.selectionStart()
            chosen = (start, len(target.selectedText())) if start >= 0 else (-1, 0)
            self._before = _Before(target, target.text(), target.cursorPosition(), chosen)

    def _burst(self) -> str:
        return self._passed + "".join(event.text() for _, event in self._held)

    def _is_scan(self, *, ended: bool) -> bool:
        code = self._code()
        if self.timing.prefix and self._after_prefix:
            return bool(code)
        if self._slow:
            return ended and len(code) >= self.timing.least_slow and _is_code(code)
        return len(code) >= (self.timing.least if ended else max(self.timing.least, 8))

    def _code(self) -> str:
        code = self._burst()
        if self._after_prefix:
            code = code.removeprefix(self.timing.prefix)
        return code.removesuffix(self.timing.suffix) if self.timing.suffix else code

    def _stopped(self) -> None:
        """No key came any more and no Enter: a scanner without suffix, a slower one, or a fast typist."""
        if self._is_scan(ended=False):
            self._finish()
        elif self._after_prefix:
            self._not_a_scan()
        else:
            self._give_back()

    def _finish(self) -> None:
        code = self._code()
        self._take_back()
        finished_ms = self._last_ms
        self._reset()
        self._finished_ms = finished_ms
        self.scanned.emit(code)

    def _take_back(self) -> None:
        """Undo the characters that went through."""
        if not self._passed:
            return
        for key in reversed(self._passed):
            self.went_through.emit(key)
        before = self._before
        field = _focus(before.field if before else None)
        if before is not None and before.field is field:
            before.field.setText(before.text)
            before.field.setCursorPosition(before.cursor)
            if before.selected[0] >= 0:
                before.field.setSelection(*before.selected)
            before.field.textEdited.emit(before.text)  # who listens to typing believed those keys
        elif isinstance(field, QLineEdit):
            self._erase_from(field)

    def _erase_from(self, field: QLineEdit) -> None:
        """Keys that opened this field fell into it."""
        for passed in reversed(self._passed):
            if field.text()[: field.cursorPosition()].endswith(passed):
                field.backspace()

    def _not_a_scan(self) -> bool:
        """Give the held keys back in order; False lets the present key follow them."""
        self._give_back()
        self._reset()
        return False

    def _give_back(self) -> None:
        """The held keys go where they were going; the run may go on at a slow scanner's pace."""
        self._timer.stop()
        held, self._held = self._held, []
        self._passed += "".join(event.text() for _, event in held)
        self._replaying = True
        try:
            for target, event in held:
                now = _focus(target) or target
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    copy = QKeyEvent(kind, event.key(), event.modifiers(), event.text())
                    QCoreApplication.sendEvent(now, copy)
        finally:
            self._replaying = False

    def _reset(self) -> None:
        self._timer.stop()
        self._held = []
        self._passed = ""
        self._before = None
        self._after_prefix = False
        self._last_ms = float("-inf")


def _focus(widget: QWidget | None) -> QWidget | None:
    """What has the focus; on a kiosk without a window manager no window is active, and `widget`'s window knows."""
    return QApplication.focusWidget() or (widget.window().focusWidget() if widget else None)


def _is_code(text: str) -> bool:
    """Figures, perhaps with a few letters among them, as cards and receipts have; no word."""
    return text.isascii() and text.isalnum() and 2 * sum(sign.isdigit() for sign in text) >= len(text)
