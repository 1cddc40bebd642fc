"""List price, own discount, subsidy, and what is to pay: the largest figures on the screen."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.screens.till.view import SumsView
from canteen_pos.ui.widgets.painted import LEFT, RIGHT, Painted, TextBox, draw_card

HEIGHT = 164
_ROW = 24
_LEFT = 15.0


class SumsCard(Painted):
    """`why_pressed` asks for the reasons behind the price."""

    why_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = SumsView()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def view(self) -> SumsView:
        return self._view

    def show_view(self, view: SumsView) -> None:
        if view != self._view:
            self._view = view
            self.setFixedHeight(HEIGHT + _ROW * max(0, len(view.rows) - 3))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(418, HEIGHT)

    def text_boxes(self) -> list[TextBox]:
        boxes: list[TextBox] = []
        font, right = theme.font(15), self.width() - _LEFT
        for place, (label, amount, lowers) in enumerate(self._view.rows):
            top = 11.0 + place * _ROW
            ink = "river_ink" if lowers else "ink"
            wide = QFontMetricsF(font).horizontalAdvance(label) + 1
            boxes.append(TextBox(label, font, QRectF(_LEFT, top, wide, _ROW), ink, LEFT))
            boxes.append(TextBox(amount, font, QRectF(right - 140, top, 140, _ROW), ink, RIGHT))
        if self._view.why:
            boxes.append(self._why_cap())
        return boxes + self._due_boxes(right)

    def _why_cap(self) -> TextBox:
        text = tr("F6 为什么")
        label = self._view.rows[min(2, len(self._view.rows) - 1)][0]
        left = _LEFT + QFontMetricsF(theme.font(15)).horizontalAdvance(label) + 8
        width = QFontMetricsF(theme.font(12)).horizontalAdvance(text) + 10
        return TextBox(
            text, theme.font(12), QRectF(left, 11 + 2 * _ROW + 3, width, 18), "quiet", frame="line_strong"
        )

    def _due_boxes(self, right: float) -> list[TextBox]:
        view, bottom = self._view, float(self.height())
        due_font = theme.font(44, bold=True)
        due_width = min(QFontMetricsF(due_font).horizontalAdvance(view.due_text) + 2, right - _LEFT - 90)
        room = right - due_width - 8 - _LEFT
        ink = "river_ink" if view.done else "ink"
        boxes = [
            TextBox(
                view.due_text, due_font, QRectF(right - due_width, bottom - 72, due_width, 62), ink, RIGHT
            ),
            TextBox(view.due_label, theme.font(18), QRectF(_LEFT, bottom - 58, room, 34), ink, LEFT),
        ]
        if view.aside:
            box = QRectF(_LEFT, bottom - 27, room, 18)
            boxes.append(TextBox(view.aside, theme.font(13), box, "quiet", LEFT))
        return boxes

    def paint_ground(self, painter: QPainter) -> None:
        draw_card(painter, QRectF(self.rect()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._view.why:
            self.why_pressed.emit()
