"""Text in the house's styles: labels by role, chips, amounts, key caps, cards."""

import re
from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QWidget

from canteen_pos.domain.money import yuan

Role = Literal["quiet", "body", "item", "strong", "name", "heading", "due", "gain", "bad"]
ChipKind = Literal["plain", "good", "notice", "bad", "bar", "key"]
CardRole = Literal["card", "well", "rule", "notice", "done", "said", "bar", "banner", "sections", "side"]


_MAY_BREAK = "\u200b"
_ENDLESS = re.compile(r"[!-~]{25,}")
"""No word of any language here: an address, a name typed without a space."""
_PIECE = 12


def _breakable(found: re.Match[str]) -> str:
    run = found.group()
    return _MAY_BREAK.join(run[at : at + _PIECE] for at in range(0, len(run), _PIECE))


class Text(QLabel):
    """A plain-text label in one of the sheet's roles. Never rich text: names are data."""

    def __init__(self, text: str = "", role: Role = "body", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def wrapped(self) -> "Text":
        """The same label, breaking long text over lines: also a word that no line is long enough for."""
        self.setWordWrap(True)
        self.setText(self.text())
        return self

    def setText(self, text: str) -> None:
        super().setText(_ENDLESS.sub(_breakable, text) if self.wordWrap() else text)

    def text(self) -> str:
        return super().text().replace(_MAY_BREAK, "")


class Chip(QLabel):
    """A word with a ground of its own. `kind` colours it; the word itself carries the meaning."""

    def __init__(self, text: str = "", kind: ChipKind = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_as(self, text: str, kind: ChipKind) -> None:
        """Change word and kind."""
        if self.text() != text:
            self.setText(text)
        if self.property("chip") != kind:
            restyle(self, chip=kind)


class KeyCap(Chip):
    """The key that does the same as a press here."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "key", parent)


class Money(Text):
    """An amount in yuan, right-aligned; `sign` puts ¥ before it."""

    def __init__(
        self, fen: int = 0, role: Role = "body", *, sign: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", role, parent)
        self._sign = sign
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_fen(fen)

    def set_fen(self, fen: int) -> None:
        """Show `fen`; '−¥3.00' puts the minus first."""
        text = yuan(fen)
        if self._sign:
            text = f"−¥{text[1:]}" if fen < 0 else f"¥{text}"
        if text != self.text():
            self.setText(text)


class Card(QFrame):
    """A white card with a hairline, or another of the sheet's frames."""

    def __init__(self, role: CardRole = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)

    def set_role(self, role: CardRole) -> None:
        if self.property("role") != role:
            restyle(self, role=role)


def on_one_line(large: Text, small: Text) -> QWidget:
    """A heading and the small words after it, on one baseline."""
    for each in (large, small):
        each.ensurePolished()
    drop = QFontMetrics(large.font()).descent() - QFontMetrics(small.font()).descent()
    small.setContentsMargins(0, 0, 0, max(drop, 0))
    small.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
    line = QWidget()
    line.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(large)
    row.addWidget(small, 1)
    return line


def let_go(layout: QLayout, widgets: Iterable[QWidget]) -> None:
    """Take widgets out of a layout for good."""
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the style sheet look again, children included."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    for each in (widget, *widget.findChildren(QWidget)):
        each.style().unpolish(each)
        each.style().polish(each)
    widget.update()
