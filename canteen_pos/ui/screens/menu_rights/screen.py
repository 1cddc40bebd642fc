"""Today's dishes from the till: strike out, price, portions."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.forms import AmountField, Labelled, PinField, walk
from canteen_pos.ui.panel import SidePanel
from canteen_pos.ui.picker import Picker, Row
from canteen_pos.ui.saying import period_word
from canteen_pos.ui.screens.menu_rights.presenter import (
    MenuRightsPresenter,
    portions_word,
    price_word,
    row_detail,
)
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Text


class MenuRightsPanel(SidePanel):
    """`done(None)` after every change: the till reads its tiles again."""

    def __init__(self, desk: Desk, actor: Actor, service_date: date, period: str) -> None:
        super().__init__(tr("{period}的菜").format(period=period_word(period)))
        self.presenter = MenuRightsPresenter(desk, actor, service_date, period)
        self.picker = Picker(tr("拼音首字母・编号・菜名"), tr("没有这道菜"))
        self.name = Text("", "name").wrapped()
        self.sold_out_button = KeyButton("", "F5")
        self.price = AmountField()
        self.half = AmountField(tr("没有半份"))
        self.portions = AmountField(tr("不计份数"))
        self.pin = PinField()
        self.save_button = KeyButton(tr("保存"), "Enter", look="primary")
        self._pin_box = Labelled(tr("改价格和份数要经理密码"), self.pin)
        self._form = QWidget()
        self._lay_out()
        self.picker.searched.connect(self._search)
        self.picker.chosen.connect(self._choose)
        self.picker.taken.connect(self._take)
        self.sold_out_button.clicked.connect(self.toggle_sold_out)
        self.save_button.clicked.connect(self.save)
        walk((self.price, self.half, self.portions, self.pin), self.save)
        self._fill()
        self._render()

    def first_focus(self) -> QWidget:
        return self.picker.search

    def toggle_sold_out(self) -> None:
        if self.presenter.toggle_sold_out():
            self.done.emit(None)
        self._fill()
        self._render()

    def save(self) -> None:
        saved = self.presenter.save(
            self.price.text(), self.half.text(), self.portions.text(), self.pin.take()
        )
        if saved:
            self._fill()
            self.done.emit(None)
            self.picker.search.setFocus()
        self._render()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self.toggle_sold_out()
            return
        super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        self.presenter.look(text)
        self._fill()
        self._render()

    def _choose(self, key: str) -> None:
        self.presenter.choose(int(key))
        self._fill()
        self._render()

    def _take(self) -> None:
        if self.presenter.chosen is None and self.presenter.shown:
            self._choose(str(self.presenter.shown[0].dish_id))
        self.price.setFocus()
        self.price.selectAll()

    def _fill(self) -> None:
        tile = self.presenter.chosen
        self._form.setVisible(tile is not None)
        if tile is None:
            return
        self.name.setText(tile.name)
        self.price.setText(price_word(tile.price_fen))
        self.half.setText(price_word(tile.half_fen))
        self.portions.setText(portions_word(tile.left_halves))

    def _render(self) -> None:
        state = self.presenter
        self.picker.set_rows(
            [
                Row(str(tile.dish_id), tile.name, row_detail(tile), yuan(tile.price_fen), tile.code)
                for tile in state.shown
            ],
            str(state.chosen.dish_id) if state.chosen else "",
        )
        struck = state.chosen is not None and state.chosen.sold_out_at is not None
        self.sold_out_button.set_label(tr("恢复供应") if struck else tr("标售罄"))
        self.sold_out_button.setEnabled(state.may_strike)
        self._pin_box.setVisible(state.needs_pin)
        self.message.say(state.problem, state.notice)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.name)
        column.addWidget(self.sold_out_button, 0, Qt.AlignmentFlag.AlignLeft)
        prices = QHBoxLayout()
        prices.setSpacing(8)
        prices.addWidget(Labelled(tr("价格（元）"), self.price))
        prices.addWidget(Labelled(tr("半份（元）"), self.half))
        column.addLayout(prices)
        column.addWidget(Labelled(tr("还剩几份"), self.portions))
        column.addWidget(self._pin_box)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        right = QWidget()
        right.setFixedWidth(300)
        holder = QVBoxLayout(right)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self._form)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.picker, 1)
        row.addWidget(right)
        self.body.addLayout(row, 1)
