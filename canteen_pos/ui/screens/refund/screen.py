"""The refund panel: sales on the left; lines, reason and the manager's PIN on the right; all in place."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.refunding import RefundableLine
from canteen_pos.ui.forms import ChoiceRow, CountField, Labelled, LineField, PinField, walk
from canteen_pos.ui.panel import Scroll, SidePanel, clear
from canteen_pos.ui.picker import Picker, Row
from canteen_pos.ui.saying import money, sold_word
from canteen_pos.ui.screens.refund.presenter import (
    REASONS,
    RefundPresenter,
    line_detail,
    reason_words,
    summary_detail,
)
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text


class RefundPanel(SidePanel):
    """`done(RefundDone)` when it is in the books."""

    def __init__(self, desk: Desk, actor: Actor, document_id: str = "") -> None:
        super().__init__(tr("退款"))
        self.presenter = RefundPresenter(desk, actor, document_id)
        self.picker = Picker(tr("单号・姓名・首字母"), tr("没有找到收款单"))
        self._which = Text("", "quiet")
        self.lines = QVBoxLayout()
        self.quantities: dict[int, LineField] = {}
        self.reasons = ChoiceRow(
            [(key, word, key) for key, word in zip(REASONS, reason_words(), strict=True)],
            columns=2,
            none_yet=True,
        )
        self.reason = LineField(tr("按 1–4 选，或写明"))
        self.pin = PinField()
        self.portions_back = KeyButton(tr("没出餐，份数放回"), "F6", look="tab")
        self.save_button = KeyButton(tr("退款"), "Enter", look="primary", size_px=17)
        self._detail = QWidget()
        self._form = QWidget()
        self._after = QVBoxLayout()
        self._pin_box = Labelled(tr("经理密码"), self.pin)
        self._lay_out()
        self._connect()
        self._show_sales()
        self._show_sale()

    def first_focus(self) -> QWidget:
        return self.picker.search

    def submit(self) -> None:
        if not self._form.isVisibleTo(self):
            return
        if self.presenter.submit(self.reason.text(), self.pin.take()):
            self.reason.clear()
            self.reasons.set_current("")
            self.done.emit(self.presenter.finished)
            self.presenter.look(self.picker.search.text())
            self._show_sales()
            self._show_finished()
            self.setFocus()
        elif not self.reason.text().strip():
            self.reason.setFocus()
        self._sum()
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F6:
            self.portions_back.click()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.picker.searched.connect(self._search)
        self.picker.chosen.connect(self._choose)
        self.picker.taken.connect(self._take)
        self.reasons.chosen.connect(self._reason_chosen)
        self.reason.textEdited.connect(self._reason_typed)
        self.portions_back.toggled.connect(self._portions_toggled)
        self.save_button.clicked.connect(self.submit)
        walk((self.reason, self.pin), self.submit)

    def _search(self, text: str) -> None:
        if self.presenter.search(text):
            self._show_sale()
        self._show_sales()

    def _choose(self, key: str) -> None:
        self.presenter.choose(key)
        self._show_sale()

    def _take(self) -> None:
        """Enter in the list: everything is wanted, so the reason is next; Tab leads to the lines."""
        if self._form.isVisibleTo(self):
            self.reason.setFocus()

    def _reason_chosen(self, key: str) -> None:
        self.reason.setText(reason_words()[REASONS.index(key)])
        (self.pin if self.presenter.needs_pin else self.reason).setFocus()

    def _reason_typed(self, text: str) -> None:
        if text in REASONS and text:
            self.reasons.pick_by_key(text)
        else:
            self.reasons.set_current("")

    def _portions_toggled(self, on: bool) -> None:
        self.presenter.return_portions = on

    def _quantity_typed(self, line_no: int, text: str) -> None:
        self.presenter.want(line_no, text)
        self._sum()
        self._say()

    def _show_sales(self) -> None:
        state = self.presenter
        self.picker.set_rows(
            [
                Row(one.document_id, one.number_text, summary_detail(one, state), yuan(one.pays_fen))
                for one in state.found
            ],
            state.sale.document_id if state.sale else "",
        )

    def _show_sale(self) -> None:
        state = self.presenter
        clear(self.lines)
        clear(self._after)
        self.quantities = {}
        for line in state.lines:
            self.lines.addWidget(self._line(line))
        if state.nothing_left:
            self._after.addWidget(Text(tr("这张单已经全部退完"), "body"))
        self._form.setVisible(bool(state.wanted))
        self._pin_box.setVisible(state.needs_pin)
        words = tr("{number}：每行退几份，默认整单")
        self._which.setText(words.format(number=state.sale.number_text) if state.sale else "")
        order = [*self.quantities.values()]
        walk(order, self.reason.setFocus)
        for before, after in pairwise((self.picker.search, *order, self.reason)):
            QWidget.setTabOrder(before, after)
        self._sum()
        self._say()

    def _show_finished(self) -> None:
        """Where the money went, in place of the form."""
        clear(self._after)
        self._form.hide()
        for field in self.quantities.values():
            field.setEnabled(False)
        card = Card()
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.addWidget(Text(self.presenter.finished_words(), "name").wrapped(), 0, 0, 1, 2)
        for place, (word, amount) in enumerate(self.presenter.finished_rows(), start=1):
            grid.addWidget(Text(word, "body"), place, 0)
            shown = Text(amount, "item")
            shown.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(shown, place, 1)
        for words in self.presenter.finished_vouchers():
            grid.addWidget(Text(words, "quiet").wrapped(), grid.rowCount(), 0, 1, 2)
        self._after.addWidget(card)

    def _line(self, line: RefundableLine) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Text(sold_word(line.name), "item"), 0, 0)
        grid.addWidget(Text(line_detail(line), "quiet"), 1, 0)
        amount = Text(yuan(line.pays_fen), "item")
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(amount, 0, 1, 2, 1)
        if line.left:
            field = CountField(most=3)
            field.setFixedWidth(64)
            field.setAccessibleName(sold_word(line.name))
            field.setText(str(line.left))
            field.textChanged.connect(lambda text, no=line.line_no: self._quantity_typed(no, text))
            self.quantities[line.line_no] = field
            grid.addWidget(field, 0, 2, 2, 1)
        return holder

    def _sum(self) -> None:
        fen = self.presenter.back_fen
        words = tr("改退现金 {amount}") if self.presenter.in_cash else tr("退款 {amount}")
        self.save_button.set_label(words.format(amount=money(fen)) if fen else tr("退款"))

    def _say(self) -> None:
        self.message.say(self.presenter.problem)

    def _lay_out(self) -> None:
        self.lines.setSpacing(4)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(10)
        form.addWidget(Labelled(tr("原因"), self.reason))
        form.addWidget(self.reasons)
        form.addWidget(self._pin_box)
        form.addWidget(self.portions_back)
        form.addWidget(self.save_button)
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self._which)
        column.addLayout(self.lines)
        column.addWidget(self._form)
        column.addLayout(self._after)
        column.addStretch(1)
        right = Scroll(self._detail)
        right.setFixedWidth(420)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.picker, 1)
        row.addWidget(right)
        self.body.addLayout(row, 1)
