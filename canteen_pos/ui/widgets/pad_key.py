"""The key in a field's right end that brings letters and digits for fingers, and who shows them."""

from typing import Literal, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import theme

PadName = Literal["amount", "count", "pin", "latin", "words"]
"""What a field takes: three kinds of digits, letters as they are, or words, which may be Chinese."""
WIDTH = 44
_MOMENTS = (
    *(QEvent.Type.Show, QEvent.Type.Resize),
    *(QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut),
)


@runtime_checkable
class PadHost(Protocol):
    """Something above a field that shows a pad for fingers.

    `pad_when_touched`: a field there has the key only from being touched until it is left, and no pad comes unasked;
    who works with a keyboard never sees one.
    """

    pad_when_touched: bool

    def show_pad(self, field: QLineEdit) -> None: ...
    def hide_pad(self) -> None: ...
    def pad_shown(self) -> bool: ...


def host_of(field: QWidget) -> PadHost | None:
    """The nearest one above."""
    above = field.parentWidget()
    while above is not None and not isinstance(above, PadHost):
        above = above.parentWidget()
    return above


def pad_of(field: QWidget) -> PadName:
    """What `field` takes."""
    name: PadName = getattr(field, "pad", "words")
    return name


def has_digits(field: QWidget) -> bool:
    """Whether `field` takes nothing but digits: their pad may come by itself."""
    return pad_of(field) not in ("latin", "words")


class PadKey(QAbstractButton):
    """Stands in `field` while something above it shows pads; pressing it shows the pad, or puts it away."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._touched = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("屏幕键盘"))
        self.setVisible(False)
        self.clicked.connect(self._toggle)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() in _MOMENTS:
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut):
                self._touched = event.type() == QEvent.Type.MouseButtonPress
            self._stand()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small keyboard: a frame, two rows of keys, a space bar."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.colour("river_ink" if self.isDown() else "quiet")
        frame = QRectF(self.width() / 2 - 12, self.height() / 2 - 8, 24, 16)
        painter.setPen(QPen(ink, 1.4))
        painter.drawRoundedRect(frame, 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for row in (3.5, 7.0):
            for column in range(4):
                painter.drawRect(QRectF(frame.x() + 3.5 + column * 4.8, frame.y() + row, 2.2, 1.8))
        painter.drawRect(QRectF(frame.x() + 6, frame.y() + 11, 12, 1.8))
        painter.end()

    def _stand(self) -> None:
        host = host_of(self._field)
        wanted = host is not None and (
            self._touched if host.pad_when_touched else not has_digits(self._field)
        )
        margins = self._field.textMargins()
        if margins.right() != (WIDTH - 8 if wanted else 0):
            margins.setRight(WIDTH - 8 if wanted else 0)
            self._field.setTextMargins(margins)
        self.setVisible(wanted)
        self.setGeometry(self._field.width() - WIDTH, 0, WIDTH, self._field.height())

    def _toggle(self) -> None:
        host = host_of(self._field)
        if host is None:
            return
        if host.pad_shown() and self._field.hasFocus():
            host.hide_pad()
            return
        self._field.setFocus()
        host.show_pad(self._field)
