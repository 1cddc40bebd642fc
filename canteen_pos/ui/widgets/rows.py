"""A row of a list: title, detail, an amount on the right; the selected one has the wash and a river edge."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from canteen_pos.ui import theme
from canteen_pos.ui.widgets.painted import LEFT, RIGHT, TextBox, draw_box


class ListRow(QWidget):
    """`title`, a quieter `detail`, `amount` on the right and a `lead` (quantity, key) before them."""

    pressed = Signal()

    def __init__(
        self, title: str, detail: str = "", amount: str = "", lead: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts = (title, detail, amount, lead)
        self._chosen = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_texts(self, title: str, detail: str = "", amount: str = "", lead: str = "") -> None:
        if (title, detail, amount, lead) != self._texts:
            self._texts = (title, detail, amount, lead)
            self.update()

    def set_chosen(self, chosen: bool) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 55)

    def text_boxes(self) -> list[TextBox]:
        title, detail, amount, lead = self._texts
        left = 12.0 + (44 if lead else 0)
        item = theme.font(16)
        amount_width = QFontMetricsF(item).horizontalAdvance(amount) + 2
        right = self.width() - 12.0
        top = QRectF(left, 6, right - amount_width - 8 - left, 24)
        if not detail:
            top = QRectF(left, 0, top.width(), self.height())
        boxes = [TextBox(title, item, top, align=LEFT)]
        if amount:
            box = QRectF(right - amount_width, top.y(), amount_width, top.height())
            boxes.append(TextBox(amount, item, box, align=RIGHT))
        if lead:
            boxes.append(
                TextBox(lead, theme.font(16, bold=True), QRectF(12, top.y(), 40, top.height()), align=LEFT)
            )
        if detail:
            boxes.append(TextBox(detail, theme.font(13), QRectF(left, 30, right - left, 18), "quiet", LEFT))
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        if self._chosen:
            painter.fillRect(self.rect(), theme.colour("wash"))
            painter.fillRect(0, 0, 3, self.height(), theme.colour("river"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        for box in self.text_boxes():
            draw_box(painter, box)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
