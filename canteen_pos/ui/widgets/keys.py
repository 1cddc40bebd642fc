"""Buttons that say which key does the same, and the number pad for fingers."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from canteen_pos.ui import theme
from canteen_pos.ui.widgets.painted import TextBox, draw_box, draw_card

Look = Literal["plain", "primary", "notice", "tab", "quiet"]
_PAD = 12
_GAP = 6
_CAP_PX = 12


class KeyButton(QAbstractButton):
    """A label with a key cap, beside it or (`stacked`) below. It takes no focus.

    `look`: 'primary' is a screen's one main action, 'notice' asks for attention, 'tab' is one of several views.
    `setChecked` shows what is chosen.
    """

    def __init__(
        self,
        label: str,
        key: str = "",
        *,
        look: Look = "plain",
        stacked: bool = False,
        size_px: int = 15,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(label)
        self._key = key
        self._look = look
        self._stacked = stacked
        self._size_px = size_px
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def key(self) -> str:
        return self._key

    def set_key(self, key: str) -> None:
        self._key = key
        self.updateGeometry()
        self.update()

    def set_label(self, label: str) -> None:
        if label != self.text():
            self.setText(label)
            self.updateGeometry()
            self.update()

    def nextCheckState(self) -> None:
        """Being chosen is shown by `setChecked` only; a press alone changes nothing."""

    def set_look(self, look: Look) -> None:
        if look != self._look:
            self._look = look
            self.update()

    def sizeHint(self) -> QSize:
        label = QFontMetricsF(theme.font(self._size_px)).horizontalAdvance(self.text())
        cap = self._cap_width()
        height = theme.current().sizes["touch"]
        if self._stacked:
            return QSize(round(max(label, cap) + 2 * _PAD + 1), height + 20)
        wide = label + (cap + _GAP if cap else 0) + 2 * _PAD + 1
        return QSize(max(round(wide), height), height)

    def minimumSizeHint(self) -> QSize:
        size = self.sizeHint()
        return QSize(max(size.width() - _PAD, theme.current().sizes["touch"]), size.height())

    def text_boxes(self) -> list[TextBox]:
        """What is painted and where, for the painter and for the test that measures every label."""
        inner = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        beside = 0.0 if self._stacked or not self._key else self._cap_width() + _GAP
        label = TextBox(self.text(), self._fitting(inner.width() - beside), inner, self._ink())
        if not self._key:
            return [label]
        cap_font = theme.font(_CAP_PX)
        cap_width = self._cap_width()
        if self._stacked:
            half = inner.height() / 2
            label.box = QRectF(inner.x(), inner.y() + 5, inner.width(), half - 2)
            cap = QRectF(inner.center().x() - cap_width / 2, inner.y() + half + 4, cap_width, 18)
        else:
            advance = QFontMetricsF(label.font).horizontalAdvance(label.text)
            left = max(inner.x(), inner.center().x() - (advance + _GAP + cap_width) / 2)
            label.box = QRectF(
                left, inner.y(), min(advance + 1, inner.right() - left - _GAP - cap_width), inner.height()
            )
            cap = QRectF(label.box.right() + _GAP, inner.center().y() - 9, cap_width, 18)
        frame, ground = self._cap_card()
        return [label, TextBox(self._key, cap_font, cap, self._cap_ink(), frame=frame, ground=ground)]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge = self._ground()
        draw_card(painter, QRectF(self.rect()), ground, edge)
        for box in self.text_boxes():
            draw_box(painter, box)
        painter.end()

    def _fitting(self, room: float) -> QFont:
        """The label's font, smaller where the room is narrow; never below 13 px."""
        fonts = (theme.font(size) for size in range(self._size_px, 13, -1))
        wide = (font for font in fonts if QFontMetricsF(font).horizontalAdvance(self.text()) <= room)
        return next(wide, theme.font(13))

    def _cap_width(self) -> float:
        return QFontMetricsF(theme.font(_CAP_PX)).horizontalAdvance(self._key) + 10 if self._key else 0.0

    def _ground(self) -> tuple[str, str]:
        if not self.isEnabled():
            return ("sunken", "line")
        if self._look == "primary":
            pressed = "river_press" if self.isDown() else "river"
            return (pressed, pressed)
        if self._look == "tab":
            return ("tab", "tab") if self.isChecked() else ("sunken", "sunken")
        if self._look == "quiet":
            return ("wash" if self.isDown() else "ground", "ground")
        if self.isDown() or self.isChecked():
            return ("wash", "river")
        return ("notice", "notice_line") if self._look == "notice" else ("card", "line_strong")

    def _ink(self) -> str:
        if not self.isEnabled():
            return "faint"
        if self._look == "primary":
            return "on_river"
        if self._look == "tab" and self.isChecked():
            return "on_bar"
        return "on_notice" if self._look == "notice" else "ink"

    def _cap_ink(self) -> str:
        if not self.isEnabled():
            return "faint"
        if self._look == "primary":
            return "on_river"
        if self._look == "tab" and self.isChecked():
            return "quiet_on_bar"
        return "on_notice" if self._look == "notice" else "quiet"

    def _cap_card(self) -> tuple[str, str]:
        """Frame and ground of the cap: on a dark button it is a shade, elsewhere a hairline."""
        if self._look == "primary" and self.isEnabled():
            return ("river_press", "river_press")
        if self._look == "tab" and self.isChecked():
            return ("bar_chip", "bar_chip")
        return ("notice_line" if self._look == "notice" else "line_strong", "")


PadKind = Literal["amount", "count", "pin"]
_LAST_ROW: dict[PadKind, dict[str, tuple[int, int]]] = {  # where a key begins, and how many columns it takes
    "amount": {"0": (0, 1), "00": (1, 1), ".": (2, 1)},
    "count": {"0": (0, 2), "00": (2, 1)},
    "pin": {"0": (0, 3)},
}


class NumPad(QWidget):
    """Digits for fingers. `typed` says '0'-'9', '00' or '.'; the rest have signals of their own.

    A PIN has no '.' and no '00', a count no '.'.
    """

    typed = Signal(str)
    erased = Signal()
    entered = Signal()

    def __init__(
        self, *, enter_label: str = "Enter", kind: PadKind = "amount", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, digit in enumerate("789456123"):
            grid.addWidget(self._typing(digit), place // 3, place % 3)
        self._last = {key: self._typing(key) for key in ("0", "00", ".")}
        self._kind: PadKind | None = None
        self.set_kind(kind)
        erase = self._button("⌫")
        erase.clicked.connect(self.erased)
        grid.addWidget(erase, 0, 3)
        self.enter = self._button(enter_label, look="primary")
        self.enter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.enter.clicked.connect(self.entered)
        grid.addWidget(self.enter, 1, 3, 3, 1)

    def set_kind(self, kind: PadKind) -> None:
        """What is being typed."""
        if kind == self._kind:
            return
        self._kind = kind
        for key, button in self._last.items():
            self._grid.removeWidget(button)
            button.setVisible(key in _LAST_ROW[kind])
            if key in _LAST_ROW[kind]:
                column, columns = _LAST_ROW[kind][key]
                self._grid.addWidget(button, 3, column, 1, columns)

    def _typing(self, digit: str) -> KeyButton:
        button = self._button(digit)
        button.clicked.connect(lambda: self.typed.emit(digit))
        return button

    def _button(self, label: str, look: Look = "plain") -> KeyButton:
        button = KeyButton(label, look=look, size_px=20, parent=self)
        button.setMinimumSize(72, 52)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button
