"""A section's place at the left of the back office: its word, what waits there, the key that leads to it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from canteen_pos.ui import theme
from canteen_pos.ui.widgets.painted import CENTRE, LEFT, TextBox, draw_box

SIDE_WIDTH = 168
_EDGE = 12
_CAP = QSize(20, 18)
_GAP = 6
_MANY = 100


class SectionKey(QAbstractButton):
    """`digit` is the one that leads here together with Ctrl, drawn as a key; a count stands before it, in yellow."""

    def __init__(self, word: str, digit: str) -> None:
        super().__init__()
        self.setText(word)
        self._digit = digit
        self._badge = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def nextCheckState(self) -> None:
        """The frame says which is chosen."""

    def set_badge(self, count: int) -> None:
        if count != self._badge:
            self._badge = count
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE_WIDTH - 20, theme.current().sizes["touch"])

    def text_boxes(self) -> list[TextBox]:
        chosen = self.isChecked()
        area = QRectF(self.rect())
        small = theme.font(12)
        right = area.right() - _EDGE
        boxes = []
        if self._digit:
            cap = QRectF(
                right - _CAP.width(), area.center().y() - _CAP.height() / 2, _CAP.width(), _CAP.height()
            )
            ink, frame, ground = (
                ("quiet_on_bar", "bar_chip", "bar_chip") if chosen else ("quiet", "line_strong", "")
            )
            boxes.append(TextBox(self._digit, small, cap, ink, CENTRE, frame, ground))
            right = cap.left() - _GAP
        if self._badge:
            number = str(self._badge) if self._badge < _MANY else f"{_MANY - 1}+"
            wide = max(QFontMetricsF(small).horizontalAdvance(number) + 8, 22)
            chip = QRectF(right - wide, area.center().y() - 11, wide, 22)
            boxes.append(TextBox(number, small, chip, "on_notice", CENTRE, ground="notice"))
            right = chip.left() - _GAP
        room = QRectF(_EDGE, 0, right - _EDGE, area.height())
        return [TextBox(self.text(), theme.font(15), room, "on_bar" if chosen else "ink", LEFT), *boxes]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tab" if self.isChecked() else "wash"))
            radius = theme.current().sizes["radius"]
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        for box in self.text_boxes():
            draw_box(painter, box)
        painter.end()
