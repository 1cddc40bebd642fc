"""The order: one row a line, the chosen one with the wash and a river edge; it scrolls to what is chosen.

A row that is touched opens: below it stand buttons for what a finger may do with it. Keys never open a row.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.screens.till.view import LineKey, RowView
from canteen_pos.ui.widgets.finger import is_scrolling, scroll_by_finger
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, let_go
from canteen_pos.ui.widgets.painted import CENTRE, LEFT, RIGHT, Painted, TextBox, draw_box

ROW = 55
DEEDS = 50
"""Room below an opened row for buttons that a finger can hit."""


class DeedKeys(QWidget):
    """The buttons below an opened row; `pressed` says which deed."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._deeds: tuple[LineKey, ...] = ()
        self.buttons: dict[str, KeyButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 8, 4)
        self._row.setSpacing(6)
        self.hide()

    def show_deeds(self, deeds: tuple[LineKey, ...]) -> None:
        if deeds == self._deeds:
            return
        if [one.deed for one in deeds] != [one.deed for one in self._deeds]:
            self._build(deeds)
        self._deeds = deeds
        for one in deeds:
            self.buttons[one.deed].set_label(one.label)
            self.buttons[one.deed].setEnabled(one.enabled)

    def _build(self, deeds: tuple[LineKey, ...]) -> None:
        let_go(self._row, self.buttons.values())
        self.buttons = {}
        for one in deeds:
            button = KeyButton(one.label, size_px=22 if one.deed in ("less", "more") else 15, parent=self)
            button.clicked.connect(lambda _=False, deed=one.deed: self.pressed.emit(deed))
            self._row.addWidget(button, 1)
            self.buttons[one.deed] = button


class OrderRows(QWidget):
    """Paints all rows; `pressed` says which line, by its key."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[RowView, ...] = ()
        self._touched = ""
        self._down = -1
        self.deeds = DeedKeys(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[RowView, ...]:
        return self._rows

    def show_rows(self, rows: tuple[RowView, ...]) -> bool:
        """False when nothing changed."""
        if rows == self._rows:
            return False
        self._rows = rows
        if self.opened < 0:
            self._touched = ""  # another line was chosen: by a key, or because it was added
        self._fit()
        return True

    def touch(self, key: str) -> None:
        """A finger on the line of that key: it opens, once it is the chosen one."""
        self._touched = key
        self._fit()

    @property
    def opened(self) -> int:
        """Place of the row with buttons, -1 when there is none."""
        place = self.chosen_place()
        return place if place >= 0 and self._rows[place].key == self._touched else -1

    def top(self, place: int) -> int:
        """Where that row begins."""
        return place * ROW + (DEEDS if 0 <= self.opened < place else 0)

    def place_at(self, y: int) -> int:
        """The row at that height, -1 when there is none."""
        return next((n for n in range(len(self._rows)) if self.top(n) <= y < self.top(n) + ROW), -1)

    def sizeHint(self) -> QSize:
        return QSize(400, self.top(len(self._rows)))

    def chosen_place(self) -> int:
        return next((n for n, row in enumerate(self._rows) if row.chosen), -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the rows are, the buttons where the opened one ends."""
        place = self.opened
        height = self.top(len(self._rows))
        if height != self.height():
            self.setFixedHeight(height)
        if place >= 0:
            self.deeds.show_deeds(self._rows[place].deeds)
            self.deeds.setGeometry(3, self.top(place) + ROW - 2, self.width() - 3, DEEDS)
        self.deeds.setVisible(place >= 0)
        self.update()

    def text_boxes(self) -> list[TextBox]:
        boxes: list[TextBox] = []
        for place, row in enumerate(self._rows):
            boxes += self._row_boxes(row, self.top(place))
        return boxes

    def _row_boxes(self, row: RowView, top: float) -> list[TextBox]:
        item, small = theme.font(16), theme.font(13)
        right = self.width() - 12.0
        amount_width = QFontMetricsF(item).horizontalAdvance(row.amount) + 2
        gain_width = QFontMetricsF(small).horizontalAdvance(row.gain) + 2
        mark = row.mark or row.key_hint
        mark_width = QFontMetricsF(small).horizontalAdvance(mark) + 12 if mark else 0
        name_room = right - amount_width - 8 - 56 - (mark_width + 8 if mark_width else 0)
        name_font = item
        for size in (15, 14):
            if QFontMetricsF(name_font).horizontalAdvance(row.name) > name_room:
                name_font = theme.font(size)
        name_width = min(QFontMetricsF(name_font).horizontalAdvance(row.name) + 1, name_room)
        boxes = [
            TextBox(row.name, name_font, QRectF(56, top + 6, name_width, 24), align=LEFT),
            TextBox(row.amount, item, QRectF(right - amount_width, top + 6, amount_width, 24), align=RIGHT),
            TextBox(row.detail, small, QRectF(56, top + 30, right - gain_width - 62, 19), "quiet", LEFT),
        ]
        if row.quantity:
            boxes.append(
                TextBox(row.quantity, theme.font(16, bold=True), QRectF(12, top + 6, 40, 24), align=LEFT)
            )
        box = QRectF(56 + name_width + 8, top + 9, mark_width, 19)
        if row.key_hint and not row.mark:
            boxes.append(TextBox(row.key_hint, theme.font(12), box, "quiet", frame="line_strong"))
        if row.mark:
            boxes.append(TextBox(row.mark, small, box, "river_ink", ground="card" if row.chosen else "wash"))
        if row.gain:
            box = QRectF(right - gain_width, top + 30, gain_width, 19)
            boxes.append(TextBox(row.gain, small, box, "river_ink", RIGHT))
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, row in enumerate(self._rows):
            high = ROW + DEEDS if place == self.opened else ROW
            area = QRectF(0, self.top(place), self.width(), high)
            if not area.intersects(QRectF(event.rect())):
                continue
            if row.chosen:
                painter.fillRect(area, theme.colour("wash"))
                painter.fillRect(QRectF(0, area.top(), 3, high), theme.colour("river"))
            painter.fillRect(QRectF(0, area.bottom() - 1, self.width(), 1), theme.colour("line"))
            for box in self._row_boxes(row, area.top()):
                draw_box(painter, box)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        self._down = self.place_at(int(event.position().y())) if left else -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place, self._down = self._down, -1
        if place < 0 or place != self.place_at(int(event.position().y())) or is_scrolling(self):
            return
        key = self._rows[place].key
        if key:
            self.touch(key)
            self.pressed.emit(key)


class EmptyOrder(Painted):
    """What stands in the list while nothing is ordered: the three actions of the commonest sale."""

    def text_boxes(self) -> list[TextBox]:
        lines = (tr("刷卡"), tr("空格 加常点套餐"), tr("Enter 收款"))
        top = self.height() / 2 - 45
        return [
            TextBox(line, theme.font(15), QRectF(8, top + 30 * n, self.width() - 16, 28), "faint", CENTRE)
            for n, line in enumerate(lines)
        ]


class OrderList(Card):
    """The card with the rows."""

    pressed = Signal(str)
    deed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows = OrderRows()
        self.rows.pressed.connect(self._touched)
        self.rows.deeds.pressed.connect(self.deed)
        self._empty = EmptyOrder(self)
        self._area = QScrollArea()
        self._area.setWidget(self.rows)
        self._area.setWidgetResizable(True)
        scroll_by_finger(self._area)
        self._area.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._area)
        layout.addWidget(self._empty)
        self._area.hide()

    def show_rows(self, rows: tuple[RowView, ...]) -> None:
        """Show `rows`, with the chosen one in sight."""
        if not self.rows.show_rows(rows):
            return
        self._area.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._show_chosen()

    def _touched(self, key: str) -> None:
        self.pressed.emit(key)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """The chosen row in sight, with its buttons."""
        place = self.rows.chosen_place()
        if place >= 0:
            high = ROW + DEEDS if place == self.rows.opened else ROW
            self._area.ensureVisible(0, self.rows.top(place) + high // 2, 0, high // 2 + 2)
