"""Chips: filters with counts, one choice of a few, several tags. They wrap over lines."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from canteen_pos.ui import theme
from canteen_pos.ui.widgets.painted import LEFT, TextBox, draw_box

_HEIGHT = 32
_SIDE = 12
_ROOM = 6
"""A finger may also press this much above and below what it sees."""


class ChipButton(QAbstractButton):
    """A word, and a number when something waits; the chosen one wears the wash. `moved` by an arrow key."""

    moved = Signal(int)

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(word)
        self.count: int | None = None
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go along the row, Enter and the others out of it, as they do in a line."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """What is chosen is shown by `setChecked` only: `Chips` decides."""

    def set_count(self, count: int | None) -> None:
        if count != self.count:
            self.count = count
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(14))
        number = metrics.horizontalAdvance(self._number()) + 6 if self._number() else 0
        return QSize(
            round(metrics.horizontalAdvance(self.text()) + number + 2 * _SIDE + 1), _HEIGHT + 2 * _ROOM
        )

    def text_boxes(self) -> list[TextBox]:
        font = theme.font(14)
        ink = "river_ink" if self.isChecked() else "ink"
        wide = QFontMetricsF(font).horizontalAdvance(self.text()) + 1
        boxes = [TextBox(self.text(), font, QRectF(_SIDE, 0, wide, self.height()), ink, LEFT)]
        if self._number():
            left = _SIDE + wide + 5
            room = QRectF(left, 0, self.width() - left - 4, self.height())
            boxes.append(
                TextBox(self._number(), font, room, "river_ink" if self.isChecked() else "quiet", LEFT)
            )
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("wash" if self.isChecked() else "sunken"))
        edge = "river" if self.isChecked() or self.hasFocus() else "sunken"
        painter.setPen(QPen(theme.colour(edge), 2 if self.hasFocus() else 1))
        pill = QRectF(self.rect()).adjusted(1, _ROOM + 1, -1, -_ROOM - 1)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        for box in self.text_boxes():
            draw_box(painter, box)
        painter.end()

    def _number(self) -> str:
        return "" if self.count is None else f"{self.count:,}"


class Chips(QWidget):
    """`picked(code)` on a change by hand. With `many` each chip is on or off by itself; else one is chosen.

    Tab stops once at the whole of them; arrows go from chip to chip, Space picks.
    """

    picked = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        *,
        many: bool = False,
        focusable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`choices`: (code, word). Nothing is chosen at first."""
        super().__init__(parent)
        self._many = many
        self._focusable = focusable
        self._chips: dict[str, ChipButton] = {}
        self._flow = Flow(self, down=0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Other chips; those chosen before stay chosen when they are still there."""
        chosen = self.values()
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for code, word in choices:
            self._add(code, word)
        self.set_values(chosen)

    def codes(self) -> tuple[str, ...]:
        return tuple(self._chips)

    def value(self) -> str:
        """The one chosen, '' for none."""
        return next(iter(self.values()), "")

    def values(self) -> tuple[str, ...]:
        return tuple(code for code, chip in self._chips.items() if chip.isChecked())

    def set_value(self, code: str) -> None:
        """Show `code` as chosen, without a signal."""
        self.set_values((code,) if code else ())

    def set_values(self, codes: Sequence[str]) -> None:
        """Show these as chosen, without a signal; a code there is no chip for gets one (a tag of an earlier day)."""
        for code in codes:
            if code not in self._chips and self._many:
                self._add(code, code)
        for code, chip in self._chips.items():
            chip.setChecked(code in codes)
            chip.update()
        if self._chips and not any(chip.hasFocus() for chip in self._chips.values()):
            self._stop_at(self._chips[self.value() or next(iter(self._chips))])

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        for code, chip in self._chips.items():
            chip.set_count(counts.get(code))
        self._flow.invalidate()

    def step(self, by: int) -> None:
        """The next or previous one, as if pressed."""
        codes = self.codes()
        place = codes.index(self.value()) + by if self.value() in codes else 0
        self.press(codes[place % len(codes)])

    def press(self, code: str) -> None:
        """As if pressed by hand."""
        if self._many:
            chip = self._chips[code]
            chip.setChecked(not chip.isChecked())
        else:
            self.set_value(code)
        self.picked.emit(code)

    def _move(self, chip: ChipButton, by: int) -> None:
        chips = list(self._chips.values())
        place = chips.index(chip) + by
        if 0 <= place < len(chips):
            self._stop_at(chips[place])
            chips[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, chip: ChipButton) -> None:
        """The one chip that Tab reaches."""
        if not self._focusable:
            return
        for each in self._chips.values():
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus if each is chip else Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(chip)

    def _add(self, code: str, word: str) -> None:
        chip = ChipButton(word, self)
        chip.moved.connect(lambda by, chip=chip: self._move(chip, by))
        chip.clicked.connect(lambda _=False, code=code: self.press(code))
        self._chips[code] = chip
        self._flow.addWidget(chip)
        chip.show()


class Flow(QLayout):
    """Widgets one after another, over as many lines as they need."""

    def __init__(self, parent: QWidget, spacing: int = 8, *, down: int | None = None) -> None:
        """`down`: between the lines, where that is another distance."""
        super().__init__(parent)
        self._down = spacing if down is None else down
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._lay(area, place=True)

    def _lay(self, area: QRect, *, place: bool) -> int:
        x, y, line = area.x(), area.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x + size.width() > area.right() + 1 and line:
                x, y, line = area.x(), y + line + self._down, 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - area.y()
