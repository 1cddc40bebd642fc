"""The back office: its sections at the left, one of them at the right, one line of feedback below."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.office.section import Section, SectionSpec
from canteen_pos.ui.office.section_key import SIDE_WIDTH, SectionKey
from canteen_pos.ui.pads import Pads
from canteen_pos.ui.widgets.labels import Card, Text, restyle

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk


class Feedback(Card):
    """What was just done, or why not; it goes with the next key. Else it tells of keys: its place is never another's, so
    nothing moves when it speaks."""

    def __init__(self) -> None:
        super().__init__("said")
        self._hint = self._said = ""
        self._text = Text("", "quiet").wrapped()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 5)
        row.addWidget(self._text)
        self._text.setMinimumHeight(math.ceil(QFontMetricsF(theme.font(15)).height()))

    def text(self) -> str:
        return self._said

    def rest(self, hint: str) -> None:
        """What stands there while nothing is said."""
        self._hint = hint
        self.say("")

    def say(self, text: str, mood: str = "quiet") -> None:
        if not text and not self._said and self._text.text() == self._hint:
            return
        sign = {"good": "✓ ", "notice": "⚠ "}.get(mood, "")
        self._said = sign + text if text else ""
        self.set_role("notice" if text and mood == "notice" else "said")
        restyle(self._text, role=("gain" if mood == "good" else "body") if text else "quiet")
        self._text.setText(self._said or self._hint)


class OfficeScreen(QWidget):
    """`left` when F12 or Esc at the top leaves it; `paper` when print jobs were queued.

    Sections are made when they are first shown and stay, so that what was typed waits there.
    """

    left = Signal()
    paper = Signal()
    pad_when_touched = True

    def __init__(
        self, desk: "Desk", actor: "Actor", table: Sequence[SectionSpec], parent: QWidget | None = None
    ) -> None:
        """`table`: the sections this actor may see, in order; one at least."""
        super().__init__(parent)
        self.setObjectName("screen")
        self.setFocusPolicy(
            Qt.FocusPolicy.TabFocus
        )  # a press on a chip or a button leaves the focus in its field
        self.desk, self.actor = desk, actor
        self._table = {spec.key: spec for spec in table}
        self._made: dict[str, Section] = {}
        self._key = ""
        self._warned = False
        self._buttons: dict[str, SectionKey] = {}
        self.feedback = Feedback()
        self.pads = Pads(self)
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self._lay_out()

    @property
    def section(self) -> Section | None:
        """The section that is shown."""
        return self._made.get(self._key)

    @property
    def section_key(self) -> str:
        return self._key

    @property
    def unsaved(self) -> bool:
        """Whether something typed in any section is not saved yet."""
        return any(section.unsaved for section in self._made.values())

    def keys(self) -> tuple[str, ...]:
        """The sections at the left by key, in order."""
        return tuple(self._buttons)

    def every(self) -> tuple[str, ...]:
        """All of them, those that stand under another included."""
        return tuple(self._table)

    def open(self, key: str = "", payload: object = None) -> None:
        """Show a section ('' the last one, at first the first); one that this actor may not see is not shown."""
        key = key or self._key or next(iter(self._table))
        if key not in self._table:
            self.say(tr("这里不能打开。"), "notice")
            return
        known = key in self._made
        section = self._made.get(key) or self._make(self._table[key])
        self._key = key
        self.feedback.rest(" ・ ".join(section.hints or (tr("Ctrl + 数字 换页"), tr("F1 通用的键"))))
        for each, button in self._buttons.items():
            button.setChecked(each == (self._table[key].under or key))
            button.update()
        self.stack.setCurrentWidget(section)
        if known and section.form is None:
            section.reload()
        if payload is not None:
            section.go(payload)
        self.refresh_badges()
        section.first_focus().setFocus()

    def reload(self) -> None:
        """Shown again after the till: read the section anew."""
        self.open(self._key)

    def scan(self, code: str) -> None:
        """A card or code from the scanner."""
        if self.section is not None:
            self.section.scan(code)

    def say(self, text: str, mood: str = "quiet") -> None:
        self.feedback.say(text, mood)
        if mood == "good":  # something was done: there may be less to do
            self.refresh_badges()

    def may_go(self) -> bool:
        """Whether somebody else may take over now; with unsaved input the first time says so."""
        if self.unsaved and not self._warned:
            self._warned = True
            self.say(tr("还有没保存的输入。先保存，或再按一次放弃。"), "notice")
            return False
        return True

    def show_pad(self, field: QLineEdit) -> None:
        """Digits or letters for fingers, where they do not cover `field`."""
        self.pads.show(field)

    def hide_pad(self) -> None:
        self.pads.hide()

    def pad_shown(self) -> bool:
        return self.pads.shown

    def refresh_badges(self) -> None:
        for key, spec in self._table.items():
            if spec.badge is not None:
                self._buttons[key].set_badge(spec.badge(self.desk, self.actor))

    def press(self, key: str) -> bool:
        """A key by name ('Ctrl+N'); the section has it first."""
        section = self.section
        if section is not None and section.press(key):
            return True
        digits = {f"Ctrl+{place}": name for place, name in enumerate(self._buttons, 1)}
        if key in digits:
            self.open(digits[key])
        elif key in ("Ctrl+PgDown", "Ctrl+PgUp"):
            names = tuple(self._buttons)
            here = self._table[self._key].under or self._key
            self.open(names[(names.index(here) + (1 if key == "Ctrl+PgDown" else -1)) % len(names)])
        elif key in ("F12", "Esc"):
            self.left.emit()
        elif key == "F1":
            self.say(
                tr(
                    "Ctrl 和数字换页 · ↑ ↓ 换行 · Ctrl ← → 换筛选 · 回车、Tab 换格 · 空格选 · Ctrl S 保存 · Esc 返回 · "
                    "F12 收银台。其他的键写在按钮上。"
                )
            )
        else:
            return False
        return True

    # -- Qt ----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys with a name reach the office before the field that has the focus: a field would eat Ctrl+E."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._mine(watched):
            if event.isAutoRepeat():
                return False
            name = QKeySequence(event.keyCombination()).toString()
            typed = len(event.text()) == 1 and event.text().isprintable() and "Ctrl" not in name
            if name and not typed and name not in _MODIFIERS:
                self.feedback.say("")
                return self.press(name)
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        _application().installEventFilter(self)
        _application().focusChanged.connect(self._focus_moved)
        if not self._key:
            self.open()

    def hideEvent(self, event: QHideEvent) -> None:
        _application().removeEventFilter(self)
        _application().focusChanged.disconnect(self._focus_moved)
        self.hide_pad()
        super().hideEvent(event)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The pad goes when what it writes into is left, saved or closed."""
        if now is not None and now is not self.pads.field:
            self.hide_pad()

    def _mine(self, watched: QObject) -> bool:
        if not isinstance(watched, QWidget):
            return False
        unfocused = watched is self.window() and QApplication.focusWidget() is None  # a kiosk's window
        return watched is self or self.isAncestorOf(watched) or unfocused

    def _make(self, spec: SectionSpec) -> Section:
        section = self._made[spec.key] = spec.make(self.desk, self.actor)
        section.said.connect(self.say)
        section.wants.connect(self.open)
        section.paper.connect(self.paper)
        self.stack.addWidget(section)
        return section

    def _lay_out(self) -> None:
        side = Card("sections")
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(10, 12, 10, 12)
        column.setSpacing(2)
        for place, spec in enumerate((spec for spec in self._table.values() if not spec.under), 1):
            button = SectionKey(spec.word(), str(place) if place < 10 else "")
            button.clicked.connect(lambda _=False, key=spec.key: self.open(key))
            self._buttons[spec.key] = button
            column.addWidget(button)
        column.addStretch(1)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self.stack, 1)
        main.addWidget(self.feedback)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(main, 1)


_MODIFIERS = ("Control", "Shift", "Alt", "Meta")


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
