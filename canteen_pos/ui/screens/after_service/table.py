"""The table of counts: painted by one widget, typed into without opening anything."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from canteen_pos.i18n import tr, tr_as
from canteen_pos.ui import theme
from canteen_pos.ui.screens.after_service.presenter import FIELDS, RowState, portions
from canteen_pos.ui.widgets.painted import LEFT, RIGHT, TextBox, draw_box

ROW = 38
_HEAD = 36
_SHARE = (0.34, 0.11, 0.11, 0.11, 0.11, 0.11, 0.11)
_FIRST = 3
"""The column of the first field; dish, planned and sold stand before it."""


class CountTable(QWidget):
    """`typed(row, field, text)` for each figure; Enter and the arrows walk, Tab goes across."""

    typed = Signal(int, str, str)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RowState, ...] = ()
        self.row, self.field = 0, 0
        self._fresh = True  # the next figure begins anew
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[RowState]) -> None:
        self._rows = tuple(rows)
        self.row = min(self.row, max(0, len(rows) - 1))
        self.setFixedHeight(_HEAD + max(1, len(rows)) * ROW)
        self.update()

    def begin(self) -> None:
        """The first field of the first dish."""
        self._go(0, 0)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """`row` -1 is the heading."""
        left = sum(_SHARE[:column]) * self.width()
        top = 0 if row < 0 else _HEAD + row * ROW
        return QRectF(left, top, _SHARE[column] * self.width(), _HEAD if row < 0 else ROW)

    def field_rect(self, row: int, field: int) -> QRectF:
        return self.cell_rect(row, _FIRST + field)

    def sizeHint(self) -> QSize:
        return QSize(900, _HEAD + max(1, len(self._rows)) * ROW)

    def text_boxes(self) -> list[TextBox]:
        heads = (
            tr("菜名"),
            tr("计划"),
            tr_as("portions", "收银"),
            tr("出餐"),
            tr("剩余"),
            tr("倒掉"),
            tr("相差"),
        )
        boxes = [self._box(-1, column, word, "quiet", size=13) for column, word in enumerate(heads)]
        for place, row in enumerate(self._rows):
            how = tr("（称重，记次数）") if row.dish.kind == "weighed" else ""
            boxes.append(self._box(place, 0, f"{row.dish.code}  {row.dish.name}{how}", "ink"))
            boxes.append(self._box(place, 1, portions(row.dish.planned_halves) or "—", "quiet"))
            boxes.append(self._box(place, 2, portions(row.dish.sold_halves), "quiet"))
            for number, field in enumerate(FIELDS):
                boxes.append(self._box(place, _FIRST + number, row.text(field), "ink"))
            ink = "clash" if row.missing not in ("", "0") else "quiet"
            boxes.append(self._box(place, 6, row.missing, ink))
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("card"))
        for place in range(-1, len(self._rows)):
            area = self.cell_rect(place, 0)
            if place == self.row and self._rows:
                painter.fillRect(QRectF(0, area.top(), self.width(), ROW), theme.colour("wash"))
            painter.fillRect(QRectF(0, area.bottom() - 1, self.width(), 1), theme.colour("line"))
        for place in range(len(self._rows)):
            for field in range(len(FIELDS)):
                self._paint_field(painter, place, field)
        seen = QRectF(event.rect())
        for box in self.text_boxes():
            if box.box.intersects(seen):
                draw_box(painter, box)
        painter.end()

    def _paint_field(self, painter: QPainter, row: int, field: int) -> None:
        here = (row, field) == (self.row, self.field) and self.hasFocus()
        painter.setBrush(theme.colour("card"))
        painter.setPen(QPen(theme.colour("river" if here else "line"), 2 if here else 1))
        painter.drawRoundedRect(self.field_rect(row, field).adjusted(4, 4, -4, -4), 5, 5)

    def _box(self, row: int, column: int, text: str, ink: str, size: int = 15) -> TextBox:
        area = self.cell_rect(row, column).adjusted(12, 0, -14, 0)
        return TextBox(text, theme.font(size), area, ink, RIGHT if column else LEFT)

    # -- keys and touches --------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in tabs and self._rows:
            self._across(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._go(self.row + 1, self.field)
        elif key == Qt.Key.Key_Up:
            self._go(self.row - 1, self.field)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._go(self.row, self.field + (1 if key == Qt.Key.Key_Right else -1))
        elif key == Qt.Key.Key_Backspace:
            self._type(self._now()[:-1])
        elif key == Qt.Key.Key_Delete:
            self._type("")
        elif text and text in "0123456789.":
            self._type(text if self._fresh else self._now() + text)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        point = event.position()
        for row in range(len(self._rows)):
            for field in range(len(FIELDS)):
                if self.field_rect(row, field).contains(point):
                    self._go(row, field)
                    return

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _now(self) -> str:
        return self._rows[self.row].text(FIELDS[self.field])

    def _type(self, text: str) -> None:
        if self._rows:
            self._fresh = False
            self.typed.emit(self.row, FIELDS[self.field], text)

    def _across(self, by: int) -> None:
        place = self.row * len(FIELDS) + self.field + by
        self._go(*divmod(min(max(place, 0), len(self._rows) * len(FIELDS) - 1), len(FIELDS)))

    def _go(self, row: int, field: int) -> None:
        if not self._rows:
            return
        self.row = min(max(row, 0), len(self._rows) - 1)
        self.field = min(max(field, 0), len(FIELDS) - 1)
        self._fresh = True
        self.update()
        self.moved.emit(self.row)
