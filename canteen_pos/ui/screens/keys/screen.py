"""F1: every key on one page, in two columns; each can be pressed there, for fingers."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.panel import Scroll, SidePanel
from canteen_pos.ui.screens.keys.presenter import Keys, columns
from canteen_pos.ui.widgets.finger import is_scrolling
from canteen_pos.ui.widgets.labels import KeyCap, Text

_KEY_WIDTH = 120
_FINGER = 44
"""Pixels a finger needs."""


class KeysPanel(SidePanel):
    """`till` is the till's own list of (key, words). `pressed(cap)`: a finger on a key, as 'Ctrl T' or '/'."""

    pressed = Signal(str)

    def __init__(self, till: object = ()) -> None:
        super().__init__(tr("全部按键"))
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(32)
        first, second, everywhere = columns(till)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._block(*first))
        if second[1]:  # goes on with the first, so it stands above what has a heading of its own
            right.addWidget(self._block(*second))
            right.addSpacing(12)
        right.addWidget(self._block(*everywhere))
        for column in (left, right):
            column.addStretch(1)
            row.addLayout(column, 1)
        self.body.addWidget(Scroll(inside), 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            return True  # or the release would go to what stands behind
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(watched, QWidget):
            if not is_scrolling(watched):
                self.pressed.emit(str(watched.property("key")))
            return True
        return super().eventFilter(watched, event)

    def _block(self, heading: str, keys: Keys) -> QWidget:
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, _KEY_WIDTH)
        grid.setColumnStretch(1, 1)
        if heading:
            grid.addWidget(Text(heading, "name"), 0, 0, 1, 2)
        for place, (key, what) in enumerate(keys, start=1):
            grid.setRowMinimumHeight(place, _FINGER)
            caps = QHBoxLayout()
            words = Text(what, "body").wrapped()
            for one in _caps(key):
                cap = KeyCap(one)
                caps.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
                self._touchable(cap, one)
            caps.addStretch(1)
            self._touchable(words, _caps(key)[0])
            grid.addLayout(caps, place, 0)
            grid.addWidget(words, place, 1)
        return block

    def _touchable(self, label: QWidget, key: str) -> None:
        label.setProperty("key", key)
        label.setCursor(Qt.CursorShape.PointingHandCursor)
        label.installEventFilter(self)


def _caps(key: str) -> list[str]:
    """'+  −' are two keys that mean different things; 'Tab  PgUp  PgDn' stays one cap, for its width."""
    parts = key.split("  ")
    return parts if all(len(part) <= 2 for part in parts) else [key]
