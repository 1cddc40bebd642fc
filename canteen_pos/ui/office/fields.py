"""Fields of the back office: days, amounts in yuan, paths of files."""

import re
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.ui import file_dialogs
from canteen_pos.ui.forms import AmountField, LineField
from canteen_pos.ui.saying import typed_fen
from canteen_pos.ui.widgets.keys import KeyButton


def typed_day(text: str, today: date) -> date | None:
    """A day as typed: 2026-03-20, 2026.3.20, 20260320, 2026年3月20日; 3-20 and 0320 are of this year; +7 is in a week.

    None for what is no day.
    """
    text = text.strip()
    if re.fullmatch(r"[+-]\d{1,4}", text):
        return today + timedelta(days=int(text))
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if re.fullmatch(r"\d{8}", text):
        parts = [int(text[:4]), int(text[4:6]), int(text[6:])]
    elif re.fullmatch(r"\d{4}", text):
        parts = [today.year, int(text[:2]), int(text[2:])]
    elif not re.fullmatch(r"(\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?", text):
        return None
    if len(parts) == 2:
        parts = [today.year, *parts]
    try:
        return date(*parts)
    except ValueError:
        return None


class DateField(LineField):
    """A day by keyboard; it is spelled out as 2026-03-20 when the field is left."""

    def __init__(self, today: date, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder or tr("如 2026-03-20 或 20260320"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMaxLength(12)
        self._today = today

    def day(self) -> date | None:
        """The day typed; None when the field is empty or holds no day (see `unreadable`)."""
        return typed_day(self.text(), self._today)

    @property
    def unreadable(self) -> bool:
        """Something was typed that is no day."""
        return bool(self.text().strip()) and self.day() is None

    def problem(self) -> str:
        """The sentence for an unreadable day, '' when it can be read."""
        return tr("看不出是哪一天，请写成 2026-03-20。") if self.unreadable else ""

    def set_day(self, day: date | None) -> None:
        self.setText(day.isoformat() if day else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        day = self.day()
        if day is not None:
            self.set_day(day)
        super().focusOutEvent(event)


class MoneyField(AmountField):
    """An amount in yuan, asked for in fen."""

    def fen(self) -> int | None:
        """None when the field is empty or holds no amount (see `unreadable`)."""
        return typed_fen(self.text())

    @property
    def unreadable(self) -> bool:
        return bool(self.text().strip()) and self.fen() is None

    def problem(self) -> str:
        return tr("看不出是多少钱，请写成 12.50。") if self.unreadable else ""

    def set_fen(self, fen: int | None) -> None:
        self.setText("" if fen is None else yuan(fen))


class PathField(QWidget):
    """A path to type, with a button for the system's own dialog; `picked(path)` when one was chosen or typed to the end.

    `kind`: a file to open, a file to save, or a folder. `files` is Qt's filter, such as '表格 (*.xlsx *.csv)'.
    """

    picked = Signal(str)

    def __init__(
        self,
        placeholder: str = "",
        *,
        kind: Literal["open", "save", "folder"] = "open",
        files: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._files = files
        self.line = LineField(placeholder)
        self.choose = KeyButton(tr("选择…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.line)
        self.choose.clicked.connect(self._ask)
        self.line.entered.connect(lambda: self.picked.emit(self.path()))

    def path(self) -> str:
        return self.line.text().strip()

    def set_path(self, path: str) -> None:
        """Show a path, without a signal."""
        self.line.setText(path)

    def _ask(self) -> None:
        if self._kind == "folder":
            found = file_dialogs.folder(self, tr("选择…"), self.path())
        elif self._kind == "save":
            found = file_dialogs.file_to_save(self, tr("选择…"), self.path(), self._files)
        else:
            found = file_dialogs.file_to_open(self, tr("选择…"), self.path(), self._files)
        if found:
            self.set_path(found)
            self.line.textEdited.emit(found)
            self.picked.emit(found)
