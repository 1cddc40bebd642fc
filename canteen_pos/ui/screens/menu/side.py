"""The planner's right pane: the dishes to plan with, and the chosen dish's portions, price and suggestion."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.ui.forms import CountField, Labelled
from canteen_pos.ui.office.fields import MoneyField
from canteen_pos.ui.panel import Scroll
from canteen_pos.ui.screens.menu.dish_list import ROW, DishList
from canteen_pos.ui.screens.menu.presenter import WeekPresenter
from canteen_pos.ui.screens.menu.showing import past_words
from canteen_pos.ui.widgets.fields import SearchField
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text


class Side(QWidget):
    """`wanted(dish_id)` when Enter takes a dish from the list; 0 when what was typed means none."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField()
        self.search.setPlaceholderText(tr("首字母、编号、菜名"))
        self.search.installEventFilter(self)
        self.dishes = DishList()
        self.none = Text("", "quiet").wrapped()
        self._scroll = Scroll(self.dishes)
        self.where = Text("", "quiet")
        self.name = Text("", "name")
        self.planned = CountField(tr("不计"))
        self.price = MoneyField()
        self.suggest = KeyButton("", "F9")
        self.suggest.hide()
        self.past = Text("", "quiet").wrapped()
        self._fields = QWidget()
        self._card = Card()
        self._lay_out()

    def show_state(self, state: WeekPresenter) -> None:
        there = frozenset(state.shown_ids(state.place))
        found = state.find(self.search.text())
        self.dishes.show_dishes(found, there, state.day_shown)
        self.none.setText(_none(self.search.text()))
        self.none.setVisible(not found)
        self.where.setText(state.where_words())
        entry = state.entry
        self._fields.setVisible(entry is not None)
        if entry is None:
            self.name.setText(tr("{count} 道菜").format(count=len(there)))
            return
        dish = state.week.dishes[entry.dish_id]
        self.name.setText(dish.name)
        self.planned.setText("" if entry.planned_halves is None else f"{entry.planned_halves / 2:g}")
        self.price.set_fen(entry.price_fen)
        self.price.setPlaceholderText(yuan(dish.price_on(state.day_shown)))
        suggestion = state.suggestion()
        self.suggest.setVisible(suggestion is not None)
        self.past.setVisible(suggestion is not None)
        if suggestion is not None:
            self.suggest.set_label(tr("按往日建议 {count} 份").format(count=f"{suggestion.halves / 2:g}"))
            self.past.setText(past_words(suggestion))
        self._fields.updateGeometry()  # the button came or went while its holder was hidden

    def see(self, top: int) -> None:
        """Bring a row of the list into view."""
        self._scroll.ensureVisible(0, top + ROW // 2, 0, ROW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.dishes.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                current = self.dishes.current
                self.wanted.emit(current.id if current is not None else 0)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(8)
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(Labelled(tr("计划份数"), self.planned))
        both.addWidget(Labelled(tr("这一餐的价"), self.price))
        fields.addLayout(both)
        fields.addWidget(self.suggest)
        fields.addWidget(self.past)
        card = self._card
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 10, 12, 12)
        inside.setSpacing(4)
        inside.addWidget(self.where)
        inside.addWidget(self.name)
        inside.addWidget(self._fields)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(10)
        whole.addWidget(self.search)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        whole.addWidget(self.none)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(card)


def _none(typed: str) -> str:
    """Why the list is empty, and what to do."""
    if typed.strip():
        return tr("没有这样的菜。按 F3 到菜品里加。")
    return tr("还没有菜品。按 F3，再按 Ctrl N 加第一道。")
