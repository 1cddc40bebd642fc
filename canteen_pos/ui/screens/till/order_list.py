"""The order: one row a line, the chosen one with the wash and a river edge; it scrolls to what is chosen."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.screens.till.view import RowView
from canteen_pos.ui.widgets.labels import Card
from canteen_pos.ui.widgets.painted import CENTRE, LEFT, RIGHT, TextBox, draw_box

ROW = 55


class OrderRows(QWidget):
    """Paints all rows; `pressed` says which line, by its key."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[RowView, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[RowView, ...]:
        return self._rows

    def show_rows(self, rows: tuple[RowView, ...]) -> bool:
        """False when nothing changed."""
        if rows == self._rows:
            return False
        grown = len(rows) != len(self._rows)
        self._rows = rows
        if grown:
            self.setFixedHeight(ROW * len(rows))
        self.update()
        return True

    def sizeHint(self) -> QSize:
        return QSize(400, ROW * len(self._rows))

    def chosen_place(self) -> int:
        return next((n for n, row in enumerate(self._rows) if row.chosen), -1)

    def text_boxes(self) -> list[TextBox]:
        boxes: list[TextBox] = []
        for place, row in enumerate(self._rows):
            boxes += self._row_boxes(row, place * ROW)
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
            area = QRectF(0, place * ROW, self.width(), ROW)
            if not area.intersects(QRectF(event.rect())):
                continue
            if row.chosen:
                painter.fillRect(area, theme.colour("wash"))
                painter.fillRect(QRectF(0, area.top(), 3, ROW), theme.colour("river"))
            painter.fillRect(QRectF(0, area.bottom() - 1, self.width(), 1), theme.colour("line"))
            for box in self._row_boxes(row, area.top()):
                draw_box(painter, box)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y()) // ROW
        if event.button() == Qt.MouseButton.LeftButton and 0 <= place < len(self._rows):
            key = self._rows[place].key
            if key:
                self.pressed.emit(key)


class EmptyOrder(QWidget):
    """What stands in the list while nothing is ordered: the three actions of the commonest sale."""

    def text_boxes(self) -> list[TextBox]:
        lines = (tr("刷卡"), tr("空格 加常点套餐"), tr("Enter 收款"))
        top = self.height() / 2 - 45
        return [
            TextBox(line, theme.font(15), QRectF(8, top + 30 * n, self.width() - 16, 28), "faint", CENTRE)
            for n, line in enumerate(lines)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        for box in self.text_boxes():
            draw_box(painter, box)
        painter.end()


class OrderList(Card):
    """The card with the rows."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows = OrderRows()
        self.rows.pressed.connect(self.pressed)
        self._empty = EmptyOrder(self)
        self._area = QScrollArea()
        self._area.setWidget(self.rows)
        self._area.setWidgetResizable(True)
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
        place = self.rows.chosen_place()
        if place >= 0:
            self._area.ensureVisible(0, place * ROW + ROW // 2, 0, ROW // 2 + 2)
