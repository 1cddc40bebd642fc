"""Recent documents: the list on the left, the chosen one in full on the right, what can be done with it below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.forms import ChoiceRow, Labelled, LineField
from canteen_pos.ui.panel import Scroll, SidePanel, clear
from canteen_pos.ui.picker import Picker, Row
from canteen_pos.ui.screens.recent.presenter import RecentPresenter
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text


class RecentPanel(SidePanel):
    """`paper` after a reprint was queued; `wants('refund', document_id)` for the refund panel."""

    paper = Signal()

    def __init__(self, desk: Desk, actor: Actor, document_id: str = "", *, correcting: bool = False) -> None:
        super().__init__(tr("最近的单"))
        self.presenter = RecentPresenter(desk, actor, document_id)
        self._came_to_correct = correcting  # then Esc leads straight back to the till
        self.picker = Picker(tr("单号・姓名・首字母"), tr("没有找到"))
        self.number = Text("", "name")
        self.facts = Text("", "quiet").wrapped()
        self.rows = QGridLayout()
        self.reprint_button = KeyButton(tr("重打"), "F11")
        self.correct_button = KeyButton(tr("改收款方式"), "F6")
        self.invoice_button = KeyButton(tr("发票已开"), "F7")
        self.refund_button = KeyButton(tr("退款"), "F10")
        self.reason = LineField(tr("例如：按错了键"))
        self.tenders: ChoiceRow | None = None
        self._tender_place = QVBoxLayout()
        self._correction = QWidget()
        self._lay_out()
        self._connect()
        self._show_list()
        self._show_one()
        if correcting:
            self.start_correction()

    def first_focus(self) -> QWidget:
        return self.reason if self._correction.isVisibleTo(self) else self.picker.search

    def step_back(self) -> bool:
        if self._correction.isVisibleTo(self) and not self._came_to_correct:
            self._correction.hide()
            self.picker.search.setFocus()
            return True
        return False

    def reprint(self) -> None:
        if self.presenter.reprint():
            self.paper.emit()
        self._say()

    def mark_invoice(self) -> None:
        if self.presenter.may_mark:
            self.presenter.mark_invoice()
            self._refresh()

    def start_correction(self) -> None:
        """Ask in place what it was paid with, and why it was keyed otherwise."""
        if not self.presenter.may_correct:
            return
        clear(self._tender_place)
        self.tenders = ChoiceRow(self.presenter.tenders(), columns=3)
        self._tender_place.addWidget(self.tenders)
        self._correction.show()
        self.reason.clear()
        self.reason.setFocus()

    def correct(self) -> None:
        if self.tenders is None:
            return
        if self.presenter.correct(self.tenders.current(), self.reason.text()):
            self._correction.hide()
            self.done.emit(None)
            self._refresh()
            self.picker.search.setFocus()
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        buttons = {
            Qt.Key.Key_F11: self.reprint_button,
            Qt.Key.Key_F6: self.correct_button,
            Qt.Key.Key_F7: self.invoice_button,
            Qt.Key.Key_F10: self.refund_button,
        }
        button = buttons.get(Qt.Key(event.key()))
        if button is not None:
            button.click()
            return
        super().keyPressEvent(event)

    def _connect(self) -> None:
        self.picker.searched.connect(self._search)
        self.picker.chosen.connect(self._choose)
        self.reprint_button.clicked.connect(self.reprint)
        self.correct_button.clicked.connect(self.start_correction)
        self.invoice_button.clicked.connect(self.mark_invoice)
        self.refund_button.clicked.connect(self._refund)
        self.reason.entered.connect(self.correct)
        self.reason.textEdited.connect(self._reason_typed)

    def _reason_typed(self, text: str) -> None:
        """A digit at the start chooses the tender."""
        if self.tenders is not None and self.tenders.pick_by_key(text):
            self.reason.clear()

    def _refund(self) -> None:
        if self.presenter.chosen is not None and self.presenter.may_refund:
            self.wants.emit("refund", self.presenter.chosen.document_id)

    def _search(self, text: str) -> None:
        self.presenter.look(text)
        found = [one.document_id for one in self.presenter.found]
        now = self.presenter.chosen.document_id if self.presenter.chosen else ""
        if found and now not in found:
            self.presenter.choose(found[0])
            self._show_one()
        self._show_list()

    def _choose(self, key: str) -> None:
        self.presenter.choose(key)
        self._show_one()

    def _refresh(self) -> None:
        self.presenter.look(self.picker.search.text())
        self._show_list()
        self._show_one()

    def _show_list(self) -> None:
        state = self.presenter
        self.picker.set_rows(
            [
                Row(one.document_id, one.number_text, state.row_detail(one), yuan(one.pays_fen))
                for one in state.found
            ],
            state.chosen.document_id if state.chosen else "",
        )

    def _show_one(self) -> None:
        state = self.presenter
        self._correction.hide()
        while self.rows.count():
            item = self.rows.takeAt(0)
            inside = item.widget() if item else None
            if inside is not None:
                inside.hide()
                inside.deleteLater()
        self.number.setText(state.chosen.number_text if state.chosen else "")
        self.facts.setText(state.facts())
        for place, (words, amount) in enumerate(state.rows()):
            self.rows.addWidget(Text(words, "body").wrapped(), place, 0)
            shown = Text(amount, "body")
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.rows.addWidget(shown, place, 1)
        self.correct_button.setEnabled(state.may_correct)
        self.invoice_button.setEnabled(state.may_mark)
        self.refund_button.setEnabled(state.may_refund)
        self.reprint_button.setEnabled(state.chosen is not None)
        self._say()

    def _say(self) -> None:
        self.message.say(self.presenter.problem, self.presenter.notice)

    def _lay_out(self) -> None:
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(6)
        inside.addWidget(self.number)
        inside.addWidget(self.facts)
        self.rows.setColumnStretch(0, 1)
        inside.addLayout(self.rows)
        buttons = QGridLayout()
        buttons.setSpacing(8)
        for place, button in enumerate(
            (self.reprint_button, self.correct_button, self.invoice_button, self.refund_button)
        ):
            buttons.addWidget(button, place // 2, place % 2)
        correction = QVBoxLayout(self._correction)
        correction.setContentsMargins(0, 0, 0, 0)
        correction.addWidget(Text(tr("实际怎么付的？按数字选"), "quiet"))
        correction.addLayout(self._tender_place)
        correction.addWidget(Labelled(tr("原因（Enter 改好）"), self.reason))
        self._correction.hide()
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addWidget(self._correction)
        column.addStretch(1)
        right = QWidget()
        right.setFixedWidth(400)
        holder = QVBoxLayout(right)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(Scroll(detail), 1)
        holder.addLayout(buttons)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.picker, 1)
        row.addWidget(right)
        self.body.addLayout(row, 1)
