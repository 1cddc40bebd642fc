"""A row of a list: title, detail, an amount on the right; the selected one has the wash and a river edge."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from canteen_pos.ui import theme
from canteen_pos.ui.widgets.finger import is_scrolling
from canteen_pos.ui.widgets.painted import LEFT, RIGHT, Painted, TextBox

_HEIGHT = 55
_WRAP = int(Qt.TextFlag.TextWordWrap.value)


class ListRow(Painted):
    """`title`, a quieter `detail` that may wrap, `amount` on the right and a `lead` (quantity, key) before them."""

    pressed = Signal()

    def __init__(
        self,
        title: str = "",
        detail: str = "",
        amount: str = "",
        lead: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = (title, detail, amount, lead)
        self._chosen = False
        self._muted = False
        self._down = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)

    def set_texts(self, title: str, detail: str = "", amount: str = "", lead: str = "") -> None:
        if (title, detail, amount, lead) != self._texts:
            self._texts = (title, detail, amount, lead)
            self._fit()
            self.update()

    def set_state(self, *, chosen: bool = False, muted: bool = False) -> None:
        """`muted` rows say what did not happen."""
        if (chosen, muted) != (self._chosen, self._muted):
            self._chosen, self._muted = chosen, muted
            self.update()

    def set_chosen(self, chosen: bool) -> None:
        self.set_state(chosen=chosen, muted=self._muted)

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def text_boxes(self) -> list[TextBox]:
        title, detail, amount, lead = self._texts
        left = self._left()
        item = theme.font(16)
        amount_width = QFontMetricsF(item).horizontalAdvance(amount) + 2
        right = self.width() - 12.0
        top = QRectF(left, 6, right - amount_width - 8 - left, 24)
        if not detail:
            top = QRectF(left, 0, top.width(), self.height())
        ink = "quiet" if self._muted else "ink"
        boxes = [TextBox(title, item, top, ink, LEFT)]
        if amount:
            box = QRectF(right - amount_width, top.y(), amount_width, top.height())
            boxes.append(TextBox(amount, item, box, ink, RIGHT))
        if lead:
            box = QRectF(12, top.y(), 40, top.height())
            boxes.append(TextBox(lead, theme.font(16, bold=True), box, ink, LEFT))
        if detail:
            box = QRectF(left, 30, right - left, self.height() - 37)
            boxes.append(TextBox(detail, theme.font(13), box, "quiet", LEFT, lines=2))
        return boxes

    def paint_ground(self, painter: QPainter) -> None:
        if self._chosen:
            painter.fillRect(self.rect(), theme.colour("wash"))
            painter.fillRect(0, 0, 3, self.height(), theme.colour("river"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._down = event.button() == Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        down, self._down = self._down, False
        if down and self.rect().contains(event.position().toPoint()) and not is_scrolling(self):
            self.pressed.emit()

    def _left(self) -> float:
        return 12.0 + (36 if self._texts[3] else 0)

    def _fit(self) -> None:
        """As high as the wrapped detail needs."""
        detail = self._texts[1]
        room = QRectF(0, 0, max(40.0, self.width() - 12 - self._left()), 1000)
        needed = QFontMetricsF(theme.font(13)).boundingRect(room, _WRAP, detail).height() if detail else 0
        self.setFixedHeight(max(_HEIGHT, round(needed + 0.5) + 38))
