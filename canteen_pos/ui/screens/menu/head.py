"""Above the planner: which week, and what can be done with it as a whole."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.office.menu_tabs import menu_tabs
from canteen_pos.ui.office.section import Section
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Text


class WeekHead(QWidget):
    """`week(steps)` for the arrows beside the dates."""

    week = Signal(int)
    copying = Signal()
    suggesting = Signal()
    printing = Signal()

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._title = Text("", "name")
        self._which = Text("", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(menu_tabs(section, "menu"))
        row.addSpacing(6)
        dates = QVBoxLayout()  # one below the other: English words need the width, and a finger the arrows'
        dates.setSpacing(0)
        dates.addWidget(self._title)
        dates.addWidget(self._which)
        row.addLayout(dates)
        row.addStretch(1)
        for word, by in (("‹", -1), ("›", 1)):
            button = KeyButton(word)
            button.clicked.connect(lambda _=False, by=by: self.week.emit(by))
            row.addWidget(button)
        for word, key, signal in (
            (tr("复制上周"), "F5", self.copying),
            (tr("份数建议"), "F7", self.suggesting),
        ):
            button = KeyButton(word, key)
            button.clicked.connect(signal)
            row.addWidget(button)
        paper = KeyButton(tr("打印"), "Ctrl P", look="primary")
        paper.clicked.connect(self.printing)
        row.addWidget(paper)

    def show_week(self, dates: str, which: str) -> None:
        self._title.setText(dates)
        self._which.setText(which)
