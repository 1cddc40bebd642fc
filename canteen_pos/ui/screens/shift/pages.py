"""The pages of the shift panel: each is a widget with its fields and one signal when its work is wanted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.ui.forms import (
    AmountField,
    ChoiceRow,
    CountField,
    Labelled,
    LineField,
    PinField,
    ReasonField,
    walk,
)
from canteen_pos.ui.panel import narrow
from canteen_pos.ui.screens.shift.presenter import PIECES_FEN, ShiftPresenter, Signature, piece_word
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, KeyCap, Money, Text


class _Page(QWidget):
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def first(self) -> QWidget:
        return self


class OpenPage(_Page):
    """The float to begin with."""

    def __init__(self, suggested_fen: int) -> None:
        super().__init__()
        self.float_field = AmountField("200.00")
        if suggested_fen:
            self.float_field.setText(yuan(suggested_fen))
        self.float_field.selectAll()
        self.float_field.entered.connect(self.submitted)
        button = KeyButton(tr("开班"), "Enter", look="primary")
        button.clicked.connect(self.submitted)
        self.column.addWidget(Text(tr("开班后才能收款。先数一下钱箱里的备用金。"), "body").wrapped())
        self.column.addWidget(narrow(Labelled(tr("备用金（元）"), self.float_field)))
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def first(self) -> QWidget:
        return self.float_field


class CashPage(_Page):
    """Cash put in or taken out, with the reason."""

    def __init__(self, cash_in: bool) -> None:
        super().__init__()
        self.amount = AmountField("0.00")
        usual = (tr("换零钱"), tr("补备用金")) if cash_in else (tr("买菜"), tr("交银行"))
        self.reason = ReasonField(tr("选一个，或写明"), usual)
        walk((self.amount, self.reason.line), self.submitted.emit)
        button = KeyButton(tr("放入钱箱") if cash_in else tr("从钱箱取出"), "Enter", look="primary")
        button.clicked.connect(self.submitted)
        for each in (Labelled(tr("金额（元）"), self.amount), Labelled(tr("原因"), self.reason)):
            self.column.addWidget(narrow(each))
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def first(self) -> QWidget:
        return self.amount

    def missing(self) -> QWidget:
        """Where to go on after a refusal."""
        return self.amount if self.reason.text().strip() else self.reason.line


class NoSalePage(_Page):
    """The drawer without a sale: a reason, and a manager's PIN where the rights say so."""

    def __init__(self, needs_pin: bool) -> None:
        super().__init__()
        self.reason = ReasonField(tr("选一个，或写明"), (tr("换零钱"), tr("放错了钱")))
        self.pin = PinField()
        fields: tuple[LineField, ...] = (self.reason.line, self.pin) if needs_pin else (self.reason.line,)
        walk(fields, self.submitted.emit)
        self.column.addWidget(narrow(Labelled(tr("原因"), self.reason)))
        if needs_pin:
            self.column.addWidget(narrow(Labelled(tr("经理密码"), self.pin)))
        button = KeyButton(tr("打开钱箱"), "Enter", look="primary")
        button.clicked.connect(self.submitted)
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def first(self) -> QWidget:
        return self.reason.line

    def missing(self) -> QWidget:
        """Where to go on after a refusal."""
        return self.pin if self.reason.text().strip() else self.reason.line


class SumsPage(_Page):
    """Words and amounts under each other: the X report, the result of a close."""

    def __init__(
        self, rows: tuple[tuple[str, int | str], ...], loud: str, buttons: tuple[KeyButton, ...]
    ) -> None:
        super().__init__()
        card = Card()
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 12, 20, 12)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        for place, (word, value) in enumerate(rows):
            is_loud = word == loud
            grid.addWidget(Text(word, "name" if is_loud else "body"), place, 0)
            shown = (
                Money(value, "name" if is_loud else "item") if isinstance(value, int) else Text(value, "body")
            )
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(shown, place, 1)
        self.column.addWidget(narrow(card))
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)


class SecondPerson(QWidget):
    """A colleague chosen by pressing their name (or a key, which walks through the names), PIN typed in place."""

    def __init__(self, word: str, nobody: str, key: str, others: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        names = [("", nobody, ""), *((str(user_id), name, "") for user_id, name in others)]
        self.who = ChoiceRow(names, columns=4)
        self.pin = PinField(tr("密码"))
        self.pin.hide()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Text(word, "quiet"))
        head.addWidget(KeyCap(key))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.who)
        column.addWidget(self.pin)
        self.who.chosen.connect(self._chosen)

    def next(self) -> None:
        """The next name, and nobody after the last."""
        codes = self.who.codes()
        code = codes[(codes.index(self.who.current()) + 1) % len(codes)]
        self.who.set_current(code)
        self._chosen(code)

    def signature(self) -> Signature | None:
        """Who, and the PIN typed; None when nobody was chosen. It stays while a reason is asked for."""
        user_id = self.who.current()
        return (int(user_id), self.pin.text()) if user_id else None

    def ask_pin(self) -> None:
        self.pin.take()
        self.pin.setFocus()

    def _chosen(self, code: str) -> None:
        self.pin.setVisible(bool(code))
        if code:
            self.pin.setFocus()


class CountPage(_Page):
    """The blind count: how many of each piece. What should be there is not shown."""

    def __init__(self, presenter: ShiftPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.fields: dict[int, LineField] = {}
        self._sums: dict[int, Money] = {}
        self._total = Money(0, "due", sign=True)
        self.reason = LineField(tr("例如：找零时多给了五角"))
        self.reason_box = Labelled(tr("差额原因"), self.reason)
        self.reason_box.setVisible(presenter.reason_needed)
        self.verifier = SecondPerson(tr("核对人"), tr("没有"), "F5", presenter.others("verify_shift"))
        self.heir = SecondPerson(tr("接班人"), tr("没有，只收班"), "F6", presenter.others("open_shift"))
        self._lay_out()
        walk((*self.fields.values(), self.reason, self.verifier.pin, self.heir.pin), self.submitted.emit)

    def first(self) -> QWidget:
        return next(iter(self.fields.values()))

    def counts(self) -> dict[int, int]:
        """Pieces by denomination; empty fields count as none."""
        return {piece: int(field.text()) for piece, field in self.fields.items() if field.text().isdigit()}

    def ask_reason(self) -> None:
        self.reason_box.show()
        self.reason.setFocus()

    def ask_pin(self, user_id: int) -> None:
        """The colleague whose PIN was not right types it again."""
        for second in (self.heir, self.verifier):
            if second.who.current() == str(user_id):
                second.ask_pin()

    def _lay_out(self) -> None:
        self.column.addWidget(Text(tr("一种一种数，先不看应有多少。Enter 到下一种。"), "quiet"))
        pieces = QGridLayout()
        pieces.setHorizontalSpacing(10)
        pieces.setVerticalSpacing(6)
        for place, piece in enumerate(PIECES_FEN):
            pieces.addWidget(Text(piece_word(piece), "item"), place, 0)
            pieces.addWidget(self._field(piece), place, 1)
            pieces.addWidget(self._sums[piece], place, 2)
        left = QVBoxLayout()
        left.addLayout(pieces)
        left.addStretch(1)
        button = KeyButton(tr("数好了，交班"), "F10", look="primary", size_px=17)
        button.clicked.connect(self.submitted)
        right = QWidget()
        right.setFixedWidth(500)
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(Text(tr("数得"), "quiet"))
        side.addWidget(self._total, 0, Qt.AlignmentFlag.AlignLeft)
        for each in (self.reason_box, button, self.verifier, self.heir):
            side.addWidget(each)
        side.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(40)
        across.addLayout(left)
        across.addWidget(right, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(across, 1)

    def _field(self, piece: int) -> LineField:
        field = CountField("0")
        field.setFixedWidth(96)
        field.setAccessibleName(piece_word(piece))
        field.textChanged.connect(self._recount)
        total = Money(0, "body")
        total.setMinimumWidth(84)
        self.fields[piece], self._sums[piece] = field, total
        return field

    def _recount(self) -> None:
        for piece, field in self.fields.items():
            digits = "".join(char for char in field.text() if char.isascii() and char.isdigit())
            if digits != field.text():
                field.setText(digits)
            self._sums[piece].set_fen(piece * int(digits or 0))
        self._total.set_fen(self._presenter.total_of(self.counts()))
