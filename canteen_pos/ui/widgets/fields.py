"""Fields people type into."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from canteen_pos.ui import theme
from canteen_pos.ui.widgets.pad_key import PadKey, PadName
from canteen_pos.ui.widgets.painted import RIGHT, TextBox, draw_box


class SearchField(QLineEdit):
    """One line to type into with a quiet hint on the right that yields to the text.

    Key presses that a screen wants first are its own event filter's business.
    """

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad: PadName = "latin"
        PadKey(self)
        self._hint = hint
        self._margin = 14
        self.setMinimumHeight(48)

    def set_hint(self, hint: str) -> None:
        if hint != self._hint:
            self._hint = hint
            self.update()

    def text_boxes(self) -> list[TextBox]:
        """The hint, while there is room for it beside the text."""
        font = theme.font(13)
        needed = QFontMetricsF(font).horizontalAdvance(self._hint)
        typed = QFontMetricsF(self.font()).horizontalAdvance(self.text() or self.placeholderText())
        aside = self.textMargins().right()
        room = self.width() - 3 * self._margin - typed - aside
        if not self._hint or needed > room:
            return []
        box = QRectF(self.width() - self._margin - aside - needed - 1, 0, needed + 1, self.height())
        return [TextBox(self._hint, font, box, "quiet", RIGHT)]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        for box in self.text_boxes():
            draw_box(painter, box)
        painter.end()

    def keep_ime_off(self, off: bool) -> None:
        """Pinyin initials and figures are typed as they are; an input method would catch letters."""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not off)

    def set_masked(self, masked: bool) -> None:
        """Hide what is typed: a PIN."""
        mode = QLineEdit.EchoMode.Password if masked else QLineEdit.EchoMode.Normal
        if mode != self.echoMode():
            self.setEchoMode(mode)
