"""A search field over a list of rows: type to narrow, arrows to move, Enter to take. Used by several panels."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from canteen_pos.ui.panel import Scroll
from canteen_pos.ui.widgets.fields import SearchField
from canteen_pos.ui.widgets.labels import Card, Text
from canteen_pos.ui.widgets.rows import ListRow

_PAGE = 8


@dataclass(frozen=True, slots=True)
class Row:
    """`key` comes back when the row is chosen."""

    key: str
    title: str
    detail: str = ""
    amount: str = ""
    lead: str = ""


class Picker(QWidget):
    """Shows the rows it is given. `searched` on typing, `chosen` when another row is selected, `taken` on Enter."""

    searched = Signal(str)
    chosen = Signal(str)
    taken = Signal()

    def __init__(self, hint: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(hint)
        self.search.keep_ime_off(off=False)
        self._rows: list[tuple[Row, ListRow]] = []
        self._current = ""
        self._empty = Text(empty, "quiet").wrapped()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = Card()
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self._scroll = Scroll(card)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.search)
        whole.addWidget(self._scroll, 1)
        self.search.textChanged.connect(self.searched)
        self.search.installEventFilter(self)

    def set_rows(self, rows: Sequence[Row], current: str = "") -> None:
        """Show `rows`; `current` is the key of the selected one."""
        while len(self._rows) > len(rows):
            _, spare = self._rows.pop()
            self._column.removeWidget(spare)
            spare.hide()
            spare.deleteLater()
        for place, row in enumerate(rows):
            if place < len(self._rows):
                shown = self._rows[place][1]
                shown.set_texts(row.title, row.detail, row.amount, row.lead)
                self._rows[place] = (row, shown)
            else:
                shown = ListRow(row.title, row.detail, row.amount, row.lead)
                shown.pressed.connect(lambda place=place: self._press(place))
                self._column.insertWidget(place, shown)
                self._rows.append((row, shown))
        self._empty.setVisible(not rows)
        self.set_current(current)

    def set_current(self, key: str) -> None:
        """Mark the row and bring it into view; no signal."""
        self._current = key
        for row, shown in self._rows:
            shown.set_chosen(row.key == key)
            if row.key == key:
                QTimer.singleShot(0, shown, lambda shown=shown: self._scroll.ensureWidgetVisible(shown, 0, 8))

    def current(self) -> str:
        return self._current

    def row_keys(self) -> tuple[str, ...]:
        return tuple(row.key for row, _ in self._rows)

    def titles(self) -> tuple[str, ...]:
        return tuple(row.title for row, _ in self._rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}
        if key in moves:
            self.step(moves[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
            return True
        return False

    def step(self, by: int) -> None:
        """The next or previous row."""
        keys = self.row_keys()
        if not keys:
            return
        place = keys.index(self._current) + by if self._current in keys else 0
        self._press(min(max(place, 0), len(keys) - 1))

    def _press(self, place: int) -> None:
        key = self._rows[place][0].key
        self.set_current(key)
        self.chosen.emit(key)
