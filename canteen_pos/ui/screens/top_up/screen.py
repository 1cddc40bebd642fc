"""The top-up panel: whose purse on the left, amount and tender on the right, Enter books it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.forms import AmountField, ChoiceRow, Labelled, walk
from canteen_pos.ui.panel import SidePanel
from canteen_pos.ui.picker import Picker, Row
from canteen_pos.ui.saying import money
from canteen_pos.ui.screens.top_up.presenter import QUICK_FEN, QUICK_KEYS, TopUpPresenter, member_detail
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text

_QUICK_COLUMNS = 3


class TopUpPanel(SidePanel):
    """`done(TopUpDone)` when the money is on the purse."""

    def __init__(self, desk: Desk, actor: Actor, member_id: int | None = None) -> None:
        super().__init__(tr("充值"))
        self.presenter = TopUpPresenter(desk, actor, member_id)
        self.picker = Picker(tr("刷卡，或手机尾号・姓名首字母"), tr("刷卡或输入，找到充值的人"))
        self.name = Text("", "name")
        self.detail = Text("", "quiet").wrapped()
        self.other = KeyButton(tr("换人"), "Esc", look="quiet")
        self.amount = AmountField("0.00")
        self.given = AmountField(tr("可不填"))
        self.tender = ChoiceRow(self.presenter.tender_choices(), columns=2)
        self.after = Text("", "gain").wrapped()
        self.save_button = KeyButton(tr("充值"), "Enter", look="primary", size_px=17)
        self._quick: dict[int, KeyButton] = {}
        self._given_box = Labelled(tr("收到现金（元）"), self.given)
        self._whose = Card()
        self._lay_out()
        self._connect()
        self._render()

    def first_focus(self) -> QWidget:
        return self.amount if self.presenter.member else self.picker.search

    def scan(self, code: str) -> bool:
        self.presenter.scan(code)
        self._render()
        self.first_focus().setFocus()
        return True

    def step_back(self) -> bool:
        if self.presenter.member is None or self.presenter.finished or not self.picker.row_keys():
            return False
        self._forget()
        return True

    def submit(self) -> None:
        if self.presenter.submit():
            self.done.emit(self.presenter.finished)
        self._render()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        quick = self._quick.get(event.key())
        if quick is not None:
            quick.click()
        elif Qt.Key.Key_F2 <= event.key() <= Qt.Key.Key_F5:
            self.tender.pick_by_key(f"F{event.key() - Qt.Key.Key_F1 + 1}")
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.picker.searched.connect(self._search)
        self.picker.chosen.connect(self.picker.set_current)
        self.picker.taken.connect(self._take)
        self.other.clicked.connect(self._forget)
        self.amount.textChanged.connect(self._amount_typed)
        self.given.textChanged.connect(self._given_typed)
        self.tender.chosen.connect(self._tender_chosen)
        self.save_button.clicked.connect(self.submit)
        walk((self.amount,), self.submit)
        walk((self.given,), self.submit)

    def _search(self, text: str) -> None:
        self.presenter.look(text)
        self._render()

    def _take(self) -> None:
        key = self.picker.current() or next(iter(self.picker.row_keys()), "")
        if key:
            self.presenter.choose(int(key))
            self._render()
            self.amount.setFocus()

    def _forget(self) -> None:
        self.presenter.forget()
        self.picker.search.clear()
        self._render()
        self.picker.search.setFocus()

    def _amount_typed(self, text: str) -> None:
        self.presenter.set_amount(text)
        self._render()

    def _given_typed(self, text: str) -> None:
        self.presenter.set_given(text)
        self._render()

    def _tender_chosen(self, tender: str) -> None:
        self.presenter.tender = tender
        self._render()
        self.amount.setFocus()

    def _set_quick(self, fen: int) -> None:
        self.amount.setText(str(fen // 100))
        self.amount.setFocus()

    def _render(self) -> None:
        state = self.presenter
        if state.member is None:
            current = self.picker.current()
            self.picker.set_rows(
                [Row(str(one.id), one.name, member_detail(one), "", "") for one in state.found], current
            )
            if state.found and current not in self.picker.row_keys():
                self.picker.set_current(str(state.found[0].id))
        else:
            self.name.setText(state.member.name)
            self.detail.setText(member_detail(state.member))
        self.picker.setVisible(state.member is None)
        self._whose.setVisible(state.member is not None)
        self._given_box.setVisible(state.tender == "cash")
        words = [state.after_words, state.next_words]
        if state.change_fen:
            words.append(tr("找零 {amount}").format(amount=money(state.change_fen)))
        self.after.setText("\n".join(word for word in words if word))
        self.save_button.set_label(
            tr("充值 {amount}").format(amount=money(state.fen)) if state.fen else tr("充值")
        )
        self.message.say(state.problem)

    def _lay_out(self) -> None:
        inside = QHBoxLayout(self._whose)
        inside.setContentsMargins(16, 12, 12, 12)
        names = QVBoxLayout()
        names.addWidget(self.name)
        names.addWidget(self.detail)
        inside.addLayout(names, 1)
        inside.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        left = QVBoxLayout()
        left.addWidget(self._whose)
        left.addWidget(self.picker, 1)
        left.addStretch(0)
        quick = QGridLayout()
        quick.setSpacing(8)
        for place, (fen, key) in enumerate(zip(QUICK_FEN, QUICK_KEYS, strict=True)):
            button = KeyButton(str(fen // 100), key, size_px=17)
            button.clicked.connect(lambda _=False, fen=fen: self._set_quick(fen))
            quick.addWidget(button, place // _QUICK_COLUMNS, place % _QUICK_COLUMNS)
            self._quick[ord(key)] = button
        right = QWidget()
        right.setFixedWidth(380)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Labelled(tr("金额（元）"), self.amount))
        column.addLayout(quick)
        column.addWidget(Text(tr("怎么付"), "quiet"))
        column.addWidget(self.tender)
        column.addWidget(self._given_box)
        column.addWidget(self.after)
        column.addWidget(self.save_button)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(right)
        self.body.addLayout(row, 1)
