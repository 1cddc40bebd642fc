"""A dish's picture with round corners, or its first character on a quiet colour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from canteen_pos.ui import theme
from canteen_pos.ui.widgets.painted import CENTRE, TextBox, draw_box
from canteen_pos.ui.widgets.portrait import pixmap

HUES = ("#0B6B6B", "#B4532A", "#4E7A27", "#8A5A00", "#7A3E6B", "#2F5D8A", "#A0413C", "#5B5B9A")
_SIDE = 132


class DishPicture(QWidget):
    def __init__(self, name: str, hue: int, picture: bytes) -> None:
        super().__init__()
        self._initial = name[:1]
        self._colour = QColor(HUES[hue % len(HUES)])
        self._picture = pixmap(picture)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def pictured(self) -> bool:
        return not self._picture.isNull()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE * 4 // 3 if self.pictured else _SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(area, 10, 10)
        painter.setClipPath(path)
        if self.pictured:
            whole = self._picture.scaled(
                self.size(),
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )
            left, top = (whole.width() - self.width()) // 2, (whole.height() - self.height()) // 2
            painter.drawPixmap(-left, -top, whole)
        else:
            painter.fillRect(area, self._colour)
            font = theme.font(_SIDE * 0.5)
            draw_box(painter, TextBox(self._initial, font, area, "on_river", CENTRE))
        painter.end()
