"""After service: what was served, left over and thrown away, beside what was planned and sold."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.menu_tabs import menu_tabs
from canteen_pos.ui.office.section import Section
from canteen_pos.ui.panel import Scroll
from canteen_pos.ui.screens.after_service.presenter import FIELDS, AfterServicePresenter
from canteen_pos.ui.screens.after_service.table import ROW, CountTable
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Text


class AfterServiceSection(Section):
    """Figures go where the cursor is, Enter goes down, Tab across, Ctrl+S saves the whole meal."""

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = AfterServicePresenter(desk, actor)
        self.title = Text("", "name")
        self.periods = Chips(self.presenter.periods(), focusable=False)
        self.table = CountTable()
        self.sums = Text("", "body")
        self.nothing = Text(tr("这一餐没有排菜，也没有卖出。"), "quiet")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll = Scroll(self.table)
        self._warned = False
        self._lay_out()
        self.table.typed.connect(self._typed)
        self.table.moved.connect(lambda row: self._scroll.ensureVisible(0, (row + 2) * ROW, 0, 2 * ROW))
        self.periods.picked.connect(self._choose)
        self.on("PgUp", lambda: self._go(-1))
        self.on("PgDown", lambda: self._go(1))
        self.on("Ctrl+Left", lambda: self._other_period(-1))
        self.on("Ctrl+Right", lambda: self._other_period(1))
        self.on("F5", self._fill)
        self.on("Ctrl+S", self.save)
        self._show()

    @property
    def unsaved(self) -> bool:
        return self.presenter.unsaved

    def reload(self) -> None:
        """What was typed stays until it is saved."""
        if not self.presenter.unsaved:
            self.presenter.load()
        self._show()

    def first_focus(self) -> QWidget:
        return self.table

    def save(self) -> None:
        done = self.presenter.save()
        self.said.emit(
            self.presenter.notice if done else self.presenter.problem, "good" if done else "notice"
        )
        self._show()

    def _typed(self, row: int, field: str, text: str) -> None:
        named = next(one for one in FIELDS if one == field)
        if self.presenter.type(row, named, text):
            self._warned = False
            self._show()
        else:
            self.said.emit(tr("份数写到整份或半份，如 12 或 12.5，最多 9999。"), "notice")

    def _fill(self) -> None:
        self.presenter.fill_served()
        self._show()

    def _go(self, days: int) -> None:
        if self._may_leave():
            self.presenter.go(days)
            self._show()
            self.table.begin()

    def _choose(self, period: str) -> None:
        if self._may_leave():
            self.presenter.choose(period)
            self.table.begin()
        self._show()

    def _other_period(self, by: int) -> None:
        codes = self.periods.codes()
        self._choose(codes[(codes.index(self.presenter.period) + by) % len(codes)])

    def _may_leave(self) -> bool:
        """Typed and not saved: said once, and left behind the second time."""
        if not self.presenter.unsaved or self._warned:
            self._warned = False
            return True
        self._warned = True
        self.said.emit(tr("还没有保存。Ctrl S 保存；再按一次放弃。"), "notice")
        return False

    def _show(self) -> None:
        state = self.presenter
        self.title.setText(state.title)
        self.periods.set_value(state.period)
        self.table.show_rows(state.rows)
        self.sums.setText(state.sums() if state.rows else "")
        self.nothing.setVisible(not state.rows)
        self._scroll.setVisible(bool(state.rows))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(menu_tabs(self, "after_service"))
        head.addSpacing(6)
        head.addWidget(self.title)
        for word, days in (("‹", -1), ("›", 1)):
            button = KeyButton(word)
            button.clicked.connect(lambda _=False, days=days: self._go(days))
            head.addWidget(button)
        head.addStretch(1)
        fill = KeyButton(tr("出餐照收银填"), "F5")
        fill.clicked.connect(self._fill)
        head.addWidget(fill)
        save = KeyButton(tr("保存"), "Ctrl S", look="primary")
        save.clicked.connect(self.save)
        head.addWidget(save)
        self.hints = (
            tr("PgUp、PgDn 换日子"),
            tr("Ctrl 左右 换餐次"),
            tr("Enter 往下"),
            tr("Tab 往右"),
            tr("半份写 .5"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.periods)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.sums)
