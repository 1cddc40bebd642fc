"""Today: a card a meal, what came in and who pays the rest, and at the right what waits for somebody."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.today import Meal
from canteen_pos.ui.office.section import Section
from canteen_pos.ui.office.story import Story
from canteen_pos.ui.panel import Scroll, clear
from canteen_pos.ui.screens.today.presenter import TodayPresenter
from canteen_pos.ui.widgets.labels import Card, Chip, Text, on_one_line
from canteen_pos.ui.widgets.rows import ListRow

_REFRESH_MS = 30_000
_RIGHT = 430
_GAP = 12


class TodaySection(Section):
    """Up and Down choose a task, Enter goes where it is worked on. The sums are read anew twice a minute."""

    def __init__(self, desk: Desk, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.presenter = TodayPresenter(desk, actor)
        self._rows: list[ListRow] = []
        self._chosen = 0
        self._moment = Text("", "quiet")
        self._day = Text("", "heading")
        self._meals = QHBoxLayout()
        self._sums = QHBoxLayout()
        self.work = Story()
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.reload)
        self.on("Down", lambda: self._step(1))
        self.on("Up", lambda: self._step(-1))
        self.on("Return", self._go)
        self.on("Enter", self._go)
        self._lay_out()
        self._show()

    def reload(self) -> None:
        self.presenter.read()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    # -- showing -----------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._day.setText(self.presenter.day())
        self._moment.setText(self.presenter.moment())
        clear(self._meals)
        for meal in self.presenter.board.meals:
            self._meals.addWidget(self._meal_card(meal), 1)
        clear(self._sums)
        nothing = tr("还没有。")
        self._sums.addWidget(_sums_card(tr("今天的餐由谁补贴"), self.presenter.funds(), nothing), 1)
        self._sums.addWidget(_sums_card(tr("今天收进（含充值）"), self.presenter.tenders(), nothing), 1)
        self._show_work()

    def _meal_card(self, meal: Meal) -> Card:
        presenter = self.presenter
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(Text(presenter.meal_title(meal), "item"))
        top.addStretch(1)
        top.addWidget(Chip(presenter.meal_state(meal), "good" if meal.when == "now" else "plain"))
        column.addLayout(top)
        column.addWidget(on_one_line(Text(f"{meal.meals:,}", "due"), Text(tr("单"), "quiet")))
        for word, value in presenter.meal_lines(meal):
            column.addLayout(_line(word, value))
        column.addStretch(1)
        return card

    def _show_work(self) -> None:
        story = self.work
        story.begin()
        tasks = self.presenter.tasks()
        story.heading(tr("要办的事"))
        if not tasks:
            story.body(tr("没有要办的事。"))
        self._rows = []
        for place, task in enumerate(tasks):
            row = ListRow(task.title, task.detail, task.count)
            row.pressed.connect(lambda place=place: self._press(place))
            self._rows.append(row)
            story.add(row)
        self._chosen = min(self._chosen, max(0, len(tasks) - 1))
        self._mark()
        story.word(tr("快卖完的菜"))
        if self.presenter.short():
            story.pairs(self.presenter.short())
        else:
            story.quiet(tr("都还够。"))
        story.word(tr("收银台"))
        story.quiet(self.presenter.tills())
        story.end()

    def _mark(self) -> None:
        for place, row in enumerate(self._rows):
            row.set_chosen(place == self._chosen)

    def _step(self, by: int) -> None:
        if self._rows:
            self._chosen = (self._chosen + by) % len(self._rows)
            self._mark()

    def _press(self, place: int) -> None:
        self._chosen = place
        self._mark()
        self._go()

    def _go(self) -> None:
        tasks = self.presenter.tasks()
        if tasks:
            self.wants.emit(*tasks[self._chosen].target)

    def _lay_out(self) -> None:
        for line in (self._meals, self._sums):
            line.setSpacing(_GAP)
        inside = QWidget()
        left = QVBoxLayout(inside)
        left.setContentsMargins(14, 14, 14, 14)
        left.setSpacing(_GAP)
        left.addWidget(on_one_line(self._day, self._moment))
        left.addLayout(self._meals)
        left.addLayout(self._sums)
        left.addStretch(1)
        side = Card("side")
        side.setFixedWidth(_RIGHT)
        right = QVBoxLayout(side)
        right.setContentsMargins(1, 0, 0, 0)
        right.addWidget(self.work)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Scroll(inside), 1)
        row.addWidget(side)


def _sums_card(title: str, rows: Sequence[tuple[str, str]], nothing: str) -> Card:
    card = Card()
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 14)
    column.setSpacing(6)
    column.addWidget(Text(title, "quiet"))
    for word, value in rows:
        column.addLayout(_line(word, value))
    if not rows:
        column.addWidget(Text(nothing, "quiet"))
    column.addStretch(1)
    return card


def _line(word: str, value: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(Text(word, "body"), 1)
    row.addWidget(Text(value, "body"))
    return row
