"""Letters and digits for fingers, compact; for words also Chinese characters by their pinyin.

It knows no field: what is pressed leaves as signals.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.widgets.keys import KeyButton, Look
from canteen_pos.ui.widgets.labels import Card, Text

LetterKind = Literal["latin", "words"]
Candidates = Callable[[str], Sequence[str]]
KEY = 44
_COLUMNS = 12
_ROWS = ("1234567890", "qwertyuiop*/", "asdfghjkl.", "zxcvbnm:-")


class CandidateStrip(QWidget):
    """The letters waiting to become a character, and the characters they may become, a page at a time."""

    chosen = Signal(str)

    def __init__(self, find: Candidates) -> None:
        super().__init__()
        self._find = find
        self._signs: tuple[str, ...] = ()
        self._page = 0
        self.letters = ""
        self._said = Text("", "body")
        self._said.setMinimumWidth(88)
        self.buttons = [self._button() for _ in range(9)]
        self.more = KeyButton("›", size_px=20)
        self.more.setFixedHeight(KEY)
        self.more.clicked.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._said)
        for button in (*self.buttons, self.more):
            row.addWidget(button, 1)
        self.set_letters("")

    def set_letters(self, letters: str) -> None:
        self.letters = letters
        self._signs = tuple(self._find(letters)) if letters else ()
        self._page = 0
        self._said.setText(letters or tr("拼音"))
        self._show_page()

    @property
    def first(self) -> str:
        """What the space bar means: the first character of the page, '' when there is none."""
        shown = self._shown()
        return shown[0] if shown else ""

    def _shown(self) -> tuple[str, ...]:
        begin = self._page * len(self.buttons)
        return self._signs[begin : begin + len(self.buttons)]

    def _show_page(self) -> None:
        shown = self._shown()
        for place, button in enumerate(self.buttons):
            button.set_label(shown[place] if place < len(shown) else "")
            button.setEnabled(place < len(shown))
        self.more.setEnabled(len(self._signs) > len(self.buttons))

    def _turn(self) -> None:
        pages = -(-len(self._signs) // len(self.buttons))
        self._page = (self._page + 1) % max(1, pages)
        self._show_page()

    def _button(self) -> KeyButton:
        button = KeyButton("", size_px=20)
        button.setFixedHeight(KEY)
        button.clicked.connect(lambda: self.chosen.emit(button.text()))
        return button


class LetterPad(Card):
    """`typed` says a letter, digit or sign, `written` a Chinese character; the other keys have signals of their own."""

    typed = Signal(str)
    written = Signal(str)
    erased = Signal()
    entered = Signal()
    closed = Signal()

    def __init__(self, find: Candidates, parent: QWidget | None = None) -> None:
        super().__init__("well", parent)
        self._kind: LetterKind = "latin"
        self._chinese = True
        self.keys: dict[str, KeyButton] = {}
        self.strip = CandidateStrip(find)
        self.strip.chosen.connect(self._write)
        grid = QGridLayout()
        grid.setSpacing(6)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        for row, signs in enumerate(_ROWS):
            for column, sign in enumerate(signs):
                self._add(grid, sign, sign, row, column).clicked.connect(
                    lambda _=False, sign=sign: self._press(sign)
                )
        self._add(grid, "erase", "⌫", 0, 10, 2).clicked.connect(self._erase)
        self._add(grid, "enter", tr("好了"), 2, 10, 2, "primary").clicked.connect(self._enter)
        self._add(grid, "space", tr("空格"), 3, 9).clicked.connect(self._space)
        self._add(grid, "chinese", "", 3, 10).clicked.connect(self._switch)
        self._add(grid, "close", tr("收起"), 3, 11).clicked.connect(self.closed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.setSpacing(6)
        whole.addWidget(self.strip)
        whole.addLayout(grid)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._follow()

    def set_kind(self, kind: LetterKind) -> None:
        """'latin' types letters as they are; 'words' may turn them into characters."""
        if kind != self._kind:
            self._kind = kind
            self.forget()
            self._follow()

    def forget(self) -> None:
        """Letters that waited are gone: another field is served."""
        self.strip.set_letters("")

    @property
    def composing(self) -> bool:
        """Whether letters become characters now."""
        return self._kind == "words" and self._chinese

    def _press(self, sign: str) -> None:
        if self.composing and sign.isalpha():
            self.strip.set_letters(self.strip.letters + sign)
            return
        self._leave_letters()
        self.typed.emit(sign)

    def _write(self, sign: str) -> None:
        if sign:
            self.strip.set_letters("")
            self.written.emit(sign)

    def _erase(self) -> None:
        if self.strip.letters:
            self.strip.set_letters(self.strip.letters[:-1])
        else:
            self.erased.emit()

    def _space(self) -> None:
        if self.strip.letters:
            self._write(self.strip.first)
        else:
            self.typed.emit(" ")

    def _enter(self) -> None:
        """With letters waiting, they are meant as they are; else the field is done."""
        if self.strip.letters:
            self._leave_letters()
        else:
            self.entered.emit()

    def _leave_letters(self) -> None:
        letters = self.strip.letters
        self.strip.set_letters("")
        if letters:
            self.written.emit(letters)

    def _switch(self) -> None:
        self._leave_letters()
        self._chinese = not self._chinese
        self._follow()

    def _follow(self) -> None:
        self.strip.setVisible(self.composing)
        self.keys["chinese"].set_label(tr("中") if self.composing else tr("英"))
        self.keys["chinese"].setEnabled(self._kind == "words")
        self.adjustSize()

    def _add(
        self,
        grid: QGridLayout,
        name: str,
        label: str,
        row: int,
        column: int,
        wide: int = 1,
        look: Look = "plain",
    ) -> KeyButton:
        button = KeyButton(label, look=look, size_px=18)
        button.setMinimumSize(KEY, KEY)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        grid.addWidget(button, row, column, 1, wide)
        self.keys[name] = button
        return button
