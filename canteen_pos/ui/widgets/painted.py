"""Text that widgets paint themselves, as values: painted from the same boxes that the label test measures."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from canteen_pos.ui import theme

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SLACK_PX = 0.75  # advances are measured in fractions of a pixel


@dataclass(slots=True)
class TextBox:
    """One line of text (or, with `lines` > 1, wrapped text) in `box`; colours are tokens.

    `frame` draws a hairline round the box, `ground` fills it: chips and key caps.
    """

    text: str
    font: QFont
    box: QRectF
    ink: str = "ink"
    align: Qt.AlignmentFlag = CENTRE
    frame: str = ""
    ground: str = ""
    lines: int = 1

    def is_cut_off(self) -> bool:
        """Whether the text needs more room than its box has."""
        if not self.text:
            return False
        metrics = QFontMetricsF(self.font)
        if self.lines == 1:
            width, height = (
                metrics.horizontalAdvance(self.text),
                metrics.tightBoundingRect(self.text).height(),
            )
        else:
            needed = metrics.boundingRect(self.box, _flags(self), self.text)
            width, height = needed.width(), needed.height()
        return width > self.box.width() + _SLACK_PX or height > self.box.height() + _SLACK_PX


def _flags(box: TextBox) -> int:
    wrap = Qt.TextFlag.TextWordWrap if box.lines > 1 else Qt.TextFlag.TextSingleLine
    return int(box.align.value) | int(wrap.value)


def draw_box(painter: QPainter, box: TextBox) -> None:
    """Paint ground, frame and text; text that does not fit ends in an ellipsis."""
    if box.frame or box.ground:
        painter.setBrush(theme.colour(box.ground) if box.ground else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(box.frame), 1) if box.frame else QPen(Qt.PenStyle.NoPen))
        radius = theme.current().sizes["radius_small"]
        painter.drawRoundedRect(box.box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(box.font)
    painter.setPen(theme.colour(box.ink))
    text = box.text
    if box.lines == 1 and box.is_cut_off():
        text = QFontMetricsF(box.font).elidedText(text, Qt.TextElideMode.ElideRight, box.box.width())
    painter.drawText(box.box, _flags(box), text)


def draw_dot(painter: QPainter, centre: QPointF, radius: float, token: str) -> None:
    """A small filled disc; it always stands beside a word."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(token))
    painter.drawEllipse(centre, radius, radius)


def draw_card(painter: QPainter, area: QRectF, ground: str = "card", edge: str = "line") -> None:
    """A card with a hairline, as `labels.Card` looks; tokens colour it otherwise."""
    painter.setBrush(theme.colour(ground))
    painter.setPen(QPen(theme.colour(edge), 1))
    radius = theme.current().sizes["radius"]
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Painted(QWidget):
    """A widget made of text boxes; what stands behind them is `paint_ground`'s."""

    def text_boxes(self) -> list[TextBox]:
        """What is painted and where, for the painter and for the test that measures every label."""
        raise NotImplementedError

    def paint_ground(self, painter: QPainter) -> None:
        """What stands behind the text; nothing unless written."""

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        for box in self.text_boxes():
            draw_box(painter, box)
        painter.end()
