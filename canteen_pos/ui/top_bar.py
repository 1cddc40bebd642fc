"""The dark bar over everything: where, which meal, which day; the printer's health; who is at the till.

Light on purpose: it is part of the first frame, before any service is imported.
"""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.widgets.labels import Card, Chip, Text
from canteen_pos.ui.widgets.painted import LEFT, Painted, TextBox

Health = Literal["ok", "fault", "unknown"]
HEIGHT = 48
_SIGNS: dict[Health, tuple[str, str]] = {
    # sign and colour; the word beside them says the same
    "ok": ("●", "good"),
    "fault": ("▲", "notice_on_bar"),
    "unknown": ("?", "quiet_on_bar"),
}


class HealthChip(Painted):
    """Name of a device, the sign of its health and, unless all is well, the word for it. Pressing it shows more."""

    pressed = Signal()

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        self._health: Health = "unknown"
        self._detail = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def health(self) -> Health:
        return self._health

    def text(self) -> str:
        return f"{self._word} {self._detail}".strip()

    def set_word(self, word: str) -> None:
        self._word = word
        self.updateGeometry()
        self.update()

    def set_health(self, health: Health, detail: str = "") -> None:
        """`detail` is one or two words beside the name: '缺纸', '未知'."""
        if (health, detail) != (self._health, self._detail):
            self._health, self._detail = health, detail
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(theme.font(13)).horizontalAdvance(self.text())) + 46, 26)

    def text_boxes(self) -> list[TextBox]:
        sign, ink = _SIGNS[self._health]
        room = QRectF(32, 0, self.width() - 40, self.height())
        return [
            TextBox("", theme.font(13), QRectF(self.rect()), ground="bar_chip"),
            TextBox(sign, theme.font(13, bold=True), QRectF(8, 0, 22, self.height()), ink),
            TextBox(self.text(), theme.font(13), room, "on_bar", LEFT),
        ]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()


class BarKey(QWidget):
    """A word of the bar with its key; pressing does it."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._word = Text("", "body")
        self._cap = Chip("", "key")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._word)
        row.addWidget(self._cap)

    def word(self) -> str:
        return self._word.text()

    def text(self) -> str:
        return f"{self._word.text()} {self._cap.text()}"

    def show_as(self, word: str, cap: str) -> None:
        """Without a word it is hidden."""
        _set(self._word, word)
        _set(self._cap, cap)
        self.setVisible(bool(word))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()


class TopBar(Card):
    """The whole bar. What is empty is not shown."""

    lock_pressed = Signal()
    printer_pressed = Signal()
    office_pressed = Signal()
    backup_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("bar")
        self.setFixedHeight(HEIGHT)
        self._name = Text("", "name")
        self._moment = Text("", "body")
        self._day = Chip("", "bar")
        self._day.setFixedHeight(26)
        self._printer = HealthChip(tr("小票机"))
        self._backup = HealthChip(tr("备份"))
        self._office = BarKey()
        self._lock = BarKey()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        for left in (self._name, self._moment, self._day):
            row.addWidget(left, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._backup, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._printer, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._office)
        row.addWidget(self._lock)
        for hidden in (self._day, self._backup, self._printer, self._office, self._lock):
            hidden.hide()
        self._printer.pressed.connect(self.printer_pressed)
        self._backup.pressed.connect(self.backup_pressed)
        self._office.pressed.connect(self.office_pressed)
        self._lock.pressed.connect(self.lock_pressed)

    def retranslate(self) -> None:
        """The bar's own words, after the language changed."""
        self._printer.set_word(tr("小票机"))
        self._backup.set_word(tr("备份"))

    def set_name(self, name: str) -> None:
        self._name.setText(name)

    def set_moment(self, moment: str, day: str) -> None:
        """'午餐・11:42' and '11月22日 星期日'."""
        _set(self._moment, moment)
        _set(self._day, day)

    def set_printer(self, health: Health | None, detail: str = "") -> None:
        """None hides the chip: there is no printer to speak of."""
        self._printer.setVisible(health is not None)
        if health is not None:
            self._printer.set_health(health, detail)

    def set_backup(self, detail: str, why: str = "") -> None:
        """'没有成功，点开看看' while the newest backup failed, with the whole sentence for the pointer; '' hides it."""
        self._backup.setVisible(bool(detail))
        self._backup.set_health("fault", detail)
        self._backup.setToolTip(why)

    def set_office(self, word: str, cap: str = "") -> None:
        """'管理 Ctrl F12' at the till, '收银 F12' in the office; '' hides it."""
        self._office.show_as(word, cap)

    def set_who(self, who: str) -> None:
        """Who is at the till, with the key that locks it; '' hides both."""
        self._lock.show_as(who, tr("Ctrl L 锁屏"))

    def texts(self) -> tuple[str, ...]:
        """What the bar says now, hidden parts left out."""
        shown = [self._name.text(), self._moment.text(), self._day.text()]
        shown += [self._backup.text()] if not self._backup.isHidden() else []
        shown += [self._printer.text()] if not self._printer.isHidden() else []
        shown += [self._office.text()] if not self._office.isHidden() else []
        shown += [self._lock.word()] if not self._lock.isHidden() else []
        return tuple(text for text in shown if text)

    @property
    def printer_health(self) -> Health | None:
        return None if self._printer.isHidden() else self._printer.health


class Banner(Card):
    """A plain strip under the bar that cannot be overlooked: training, the demo canteen."""

    def __init__(self) -> None:
        super().__init__("banner")
        self.setFixedHeight(32)
        self._text = Text("", "body")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self._text)
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def set_text(self, text: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))


def _set(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setVisible(bool(text))
