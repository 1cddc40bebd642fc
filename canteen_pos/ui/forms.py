"""Fields of the side panels: labelled lines, amounts, a manager's PIN typed in place, rows of choices by key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Text, restyle
from canteen_pos.ui.widgets.pad_key import PadKey, PadName, has_digits, host_of


class LineField(QLineEdit):
    """One line. Enter and the arrows walk through a form; `entered` is emitted on Enter.

    A field for digits that is touched asks the panel for its number pad; one for letters has a key for them. A key
    from the keyboard puts the pad away.
    """

    entered = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None, pad: PadName = "words") -> None:
        super().__init__(parent)
        self.pad = pad
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(44)
        if pad != "words":
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        PadKey(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        host = host_of(self)
        digits = has_digits(self) and host is not None and not host.pad_when_touched
        if host is None or not (digits or host.pad_shown()):
            return
        if digits and not host.pad_shown():
            self.selectAll()  # a finger means another figure; pressed again, it may mend this one
        host.show_pad(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        host = host_of(self)
        if host is not None:
            host.hide_pad()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class AmountField(LineField):
    """An amount in yuan as people type it: digits, one point, two decimals."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent, pad="amount")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(9)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text and text.isprintable() and text not in "0123456789.":
            event.ignore()  # a letter here is a key of the panel
            return
        super().keyPressEvent(event)


class CountField(LineField):
    """A whole number."""

    def __init__(self, placeholder: str = "", most: int = 5) -> None:
        super().__init__(placeholder, pad="count")
        self.setMaxLength(most)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)


class PinField(LineField):
    """A PIN typed in place; dots, never digits."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder or tr("经理密码"), pad="pin")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(8)

    def take(self) -> str:
        """The PIN, and the field is empty again."""
        pin = self.text()
        self.clear()
        return pin


class Labelled(QWidget):
    """A word over its field, with room for one exact sentence below it when the value cannot be taken."""

    def __init__(self, word: str, field: QWidget, note: str = "") -> None:
        super().__init__()
        self.field = field
        self._note = note
        self._below = Text(note, "quiet").wrapped()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(word, "quiet"))
        column.addWidget(field)
        column.addWidget(self._below)
        self._below.setVisible(bool(note))  # not before it has a parent: it would be a window of its own

    def say(self, problem: str) -> None:
        """Show `problem` in place of the note; '' brings the note back."""
        if self.field.property("bad") != bool(problem):
            restyle(self.field, bad=bool(problem))
        self._below.setText(problem or self._note)
        restyle(self._below, role="bad" if problem else "quiet")
        self._below.setVisible(bool(problem or self._note))

    def note(self, note: str) -> None:
        """What the value means, said quietly below it."""
        self._note = note
        if not self.problem():
            self.say("")

    def problem(self) -> str:
        """The sentence shown in red, '' when the value was taken."""
        return self._below.text() if self._below.property("role") == "bad" else ""


class ChoiceRow(QWidget):
    """A few exclusive choices as tabs, each with its key; `chosen(code)` on a change by hand."""

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str, str]],
        *,
        columns: int = 0,
        none_yet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`choices`: (code, word, key cap). The first is chosen unless `none_yet`."""
        super().__init__(parent)
        self._buttons: dict[str, KeyButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        across = columns or len(choices) or 1
        for place, (code, word, key) in enumerate(choices):
            button = KeyButton(word, key, look="tab")
            button.clicked.connect(lambda _=False, code=code: self._pick(code))
            grid.addWidget(button, place // across, place % across)
            self._buttons[code] = button
        self._current = ""
        if choices and not none_yet:
            self.set_current(choices[0][0])

    def current(self) -> str:
        return self._current

    def set_current(self, code: str) -> None:
        """Show `code` as chosen, without a signal."""
        self._current = code
        for each, button in self._buttons.items():
            button.setChecked(each == code)

    def codes(self) -> tuple[str, ...]:
        return tuple(self._buttons)

    def pick_by_key(self, key: str) -> bool:
        """Choose by key cap; True when there was one."""
        for code, button in self._buttons.items():
            if button.key == key:
                self._pick(code)
                return True
        return False

    def _pick(self, code: str) -> None:
        self.set_current(code)
        self.chosen.emit(code)


class ReasonField(QWidget):
    """A reason: one of the usual ones by a press, or one's own words."""

    def __init__(self, placeholder: str, usual: Sequence[str]) -> None:
        super().__init__()
        self.line = LineField(placeholder)
        self.usual = ChoiceRow([(word, word, "") for word in usual], none_yet=True)
        self.usual.chosen.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(self.usual)
        self.line.textEdited.connect(lambda _: self.usual.set_current(""))

    def text(self) -> str:
        return self.line.text()

    def _take(self, word: str) -> None:
        self.line.setText(word)
        self.line.setFocus()


def walk(fields: Sequence[LineField], finish: Callable[[], None]) -> None:
    """Enter goes to the next field that is shown; on the last one it finishes."""

    def step(place: int) -> None:
        for later in fields[place + 1 :]:
            if later.isVisible() and later.isEnabled():
                later.setFocus(Qt.FocusReason.TabFocusReason)
                later.selectAll()
                return
        finish()

    for place, field in enumerate(fields):
        field.entered.connect(lambda place=place: step(place))
