"""A person's photo in a rounded frame, and the system's dialog that finds a picture file."""

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import file_dialogs, theme
from canteen_pos.ui.widgets.painted import TextBox, draw_box

_RADIUS = 6


class Portrait(QWidget):
    """`show_picture` fills the frame; without a picture stands the initial."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.setFixedSize(width, height)
        self._picture = QPixmap()
        self._initial = ""

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def show_picture(self, content: bytes, initial: str = "") -> None:
        """A JPEG; b'' shows the initial."""
        self._picture, self._initial = pixmap(content), initial
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect())
        if self.has_picture:
            ratio = self.devicePixelRatioF()
            draw_framed(painter, frame, filling(self._picture, frame.size().toSize(), ratio))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
            draw_box(painter, TextBox(self._initial, theme.font(self.height() // 3), frame, "faint"))
        painter.end()


def pixmap(content: bytes) -> QPixmap:
    """A JPEG ready to be drawn; a null pixmap for b'' and for what is none."""
    made = QPixmap()
    if content:
        made.loadFromData(content)
    return made


@lru_cache(maxsize=8)
def photo(content: bytes, size: QSize, ratio: float) -> QPixmap:
    """A JPEG cut to `size`."""
    return filling(pixmap(content), size, ratio)


def filling(picture: QPixmap, size: QSize, ratio: float) -> QPixmap:
    """The middle of `picture`, grown until it fills `size`."""
    if picture.isNull():
        return picture
    wanted = size * ratio
    grown = picture.scaled(
        wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (grown.width() - wanted.width()) // 2, (grown.height() - wanted.height()) // 2
    return grown.copy(QRect(left, top, wanted.width(), wanted.height()))


def draw_framed(painter: QPainter, frame: QRectF, picture: QPixmap) -> None:
    """A picture that `filling` made, with the frame's round corners."""
    shape = QPainterPath()
    shape.addRoundedRect(frame, _RADIUS, _RADIUS)
    painter.save()
    painter.setClipPath(shape)
    painter.drawPixmap(frame.toRect(), picture)
    painter.restore()


def ask_for_picture(above: QWidget) -> str:
    """The path of a picture file somebody chose, '' when they thought better of it."""
    return file_dialogs.file_to_open(above, tr("选照片"), "", tr("图片 (*.png *.jpg *.jpeg)"))
