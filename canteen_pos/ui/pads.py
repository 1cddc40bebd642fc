"""Pads for fingers over a form: digits or letters for the field that has the focus, never over that field."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from canteen_pos.ui.widgets.keys import NumPad, PadKind
from canteen_pos.ui.widgets.labels import Card
from canteen_pos.ui.widgets.letter_pad import LetterKind, LetterPad
from canteen_pos.ui.widgets.pad_key import pad_of

_EDGE = 16
_GAP = 8
LETTERS_WIDTH = 912
_DIGITS: dict[str, PadKind] = {"amount": "amount", "count": "count", "pin": "pin"}


class Fingers:
    """Keys as a keyboard would send them, to whatever field has the focus."""

    def __init__(self, above: QWidget) -> None:
        self._above = above
        self.pressing = False

    def field(self) -> QLineEdit | None:
        """The field being typed into, if it stands below `above`."""
        found = QApplication.focusWidget() or self._above.window().focusWidget()
        return found if isinstance(found, QLineEdit) and self._above.isAncestorOf(found) else None

    def type(self, text: str) -> None:
        for sign in text:
            self._press(0, sign)

    def write(self, text: str) -> None:
        """As an input method commits it."""
        field = self.field()
        if field is None:
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)

    def erase(self) -> None:
        self._press(Qt.Key.Key_Backspace)

    def enter(self) -> None:
        self._press(Qt.Key.Key_Return)

    def _press(self, key: int, text: str = "") -> None:
        field = self.field()
        if field is None:
            return
        code = key or ord(text.upper())
        self.pressing = True
        try:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))
        finally:
            self.pressing = False


def letter_pad(fingers: Fingers, parent: QWidget | None = None) -> LetterPad:
    """A pad whose keys reach the field. `fingers` are to be kept: Qt holds them loosely."""
    from canteen_pos.services import hanzi

    pad = LetterPad(hanzi.candidates, parent)
    pad.typed.connect(fingers.type)
    pad.written.connect(fingers.write)
    pad.erased.connect(fingers.erase)
    return pad


class Pads:
    """The pads of one form, `host`. Digits come by themselves when their field is touched, letters when asked for."""

    def __init__(self, host: QWidget) -> None:
        self._host = host
        self._fingers = Fingers(host)
        self.digits: DigitCard | None = None
        self.letters: LetterPad | None = None
        self._field: QLineEdit | None = None

    @property
    def shown(self) -> bool:
        return any(pad is not None and not pad.isHidden() for pad in (self.digits, self.letters))

    @property
    def field(self) -> QLineEdit | None:
        """What the pad was last shown for."""
        return self._field

    def show(self, field: QLineEdit) -> None:
        """The pad for what `field` takes, where it does not cover it."""
        kind = pad_of(field)
        if kind in _DIGITS:
            self._show_digits(field, _DIGITS[kind])
        else:
            self._show_letters(field, "words" if kind == "words" else "latin")
        self._field = field
        for pad in (self.digits, self.letters):
            if pad is not None:
                pad.setFocusProxy(field)  # a finger between two keys leaves the focus where it is

    def hide(self) -> None:
        """Put them away; a key of the pad itself never does."""
        if self._fingers.pressing:
            return
        for pad in (self.digits, self.letters):
            if pad is not None:
                pad.hide()

    def _show_digits(self, field: QLineEdit, kind: PadKind) -> None:
        if self.letters is not None:
            self.letters.hide()
        if self.digits is None:
            self.digits = DigitCard(self._host)
            self.digits.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.digits.keys.typed.connect(self._fingers.type)
            self.digits.keys.erased.connect(self._fingers.erase)
            self.digits.keys.entered.connect(self._enter)
        self.digits.keys.set_kind(kind)
        self.digits.adjustSize()
        middle = field.mapTo(self._host, field.rect().center()).x()
        right = self._host.width() - self.digits.width() - _EDGE
        self._stand(self.digits, _EDGE if middle > self._host.width() / 2 else right)

    def _show_letters(self, field: QLineEdit, kind: LetterKind) -> None:
        if self.digits is not None:
            self.digits.hide()
        if self.letters is None:
            self.letters = letter_pad(self._fingers, self._host)
            self.letters.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.letters.entered.connect(self._enter)
            self.letters.closed.connect(self.hide)
        pad = self.letters
        pad.set_kind(kind)
        if field is not self._field:
            pad.forget()
        width = min(LETTERS_WIDTH, self._host.width() - 2 * _EDGE)
        pad.resize(width, pad.sizeHint().height())
        self._stand(pad, (self._host.width() - width) // 2)
        low = field.mapTo(self._host, field.rect().bottomLeft()).y() + _GAP
        if low > pad.y():
            pad.move(pad.x(), _EDGE)  # the field is low: the pad goes above it

    def _stand(self, pad: QWidget, across: int) -> None:
        pad.move(across, self._host.height() - pad.height() - _EDGE)
        pad.show()
        pad.raise_()

    def _enter(self) -> None:
        """Enter, and the pad follows to the field that has the focus then, or leaves: letters do not come unasked."""
        lettering = self.letters is not None and not self.letters.isHidden()
        self._fingers.enter()
        field = self._fingers.field()
        if field is not None and (lettering or pad_of(field) in _DIGITS):
            self.show(field)
        else:
            self.hide()


class DigitCard(Card):
    """The number pad on a card of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("card", parent)
        self.keys = NumPad(parent=self)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.addWidget(self.keys)
