"""The printers' panel: how they are, and what to do with papers whose end nobody knows."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.panel import SidePanel, clear, narrow
from canteen_pos.ui.picker import Picker, Row
from canteen_pos.ui.screens.paper.presenter import PaperPresenter
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Chip, ChipKind, Text

_CHIPS: dict[str, ChipKind] = {"ok": "good", "fault": "bad", "unknown": "plain"}
LOOK_MS = 1000
"""Paper comes out, or does not, while somebody watches: the panel follows this often."""


class PaperPanel(SidePanel):
    """`paper` when something was queued; `wants('virtual_printer', None)` for the built-in printer's window."""

    paper = Signal()

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__(tr("小票机"))
        self.presenter = PaperPresenter(desk, actor)
        self._printers = QVBoxLayout()
        self._printers.setSpacing(6)
        self.picker = Picker("", tr("没有在等的小票"))
        self.picker.search.hide()
        self.again = KeyButton(tr("再打一次"), "F5")
        self.came_out = KeyButton(tr("已经出来了"), "F6")
        self.drop = KeyButton(tr("不打了"), "F7")
        self.test = KeyButton(tr("测试页"), "F8")
        self.window_key = KeyButton(tr("虚拟小票机"), "F9")
        self.setup_key = KeyButton(tr("小票机设置"), "F10")
        self._keys = {
            Qt.Key.Key_F5: self.again,
            Qt.Key.Key_F6: self.came_out,
            Qt.Key.Key_F7: self.drop,
            Qt.Key.Key_F8: self.test,
            Qt.Key.Key_F9: self.window_key,
            Qt.Key.Key_F10: self.setup_key,
        }
        self._lay_out()
        self.picker.chosen.connect(self._choose)
        self.again.clicked.connect(self._print_again)
        self.came_out.clicked.connect(lambda: self._done(self.presenter.came_out()))
        self.drop.clicked.connect(lambda: self._done(self.presenter.drop()))
        self.test.clicked.connect(self._test_page)
        self.window_key.clicked.connect(lambda: self.wants.emit("virtual_printer", None))
        self.setup_key.clicked.connect(lambda: self.wants.emit("printer_setup", None))
        self._tick = QTimer(self)
        self._tick.setInterval(LOOK_MS)
        self._tick.timeout.connect(self._follow)
        self._render()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _follow(self) -> None:
        if self.presenter.reload():
            self.done.emit(None)
            self._render()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in self._keys:
            self._keys[key].click()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.picker.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _choose(self, job_id: str) -> None:
        self.presenter.chosen = job_id
        self._render()

    def _print_again(self) -> None:
        if self.presenter.print_again():
            self.paper.emit()
        self._render()

    def _test_page(self) -> None:
        if self.presenter.test_page():
            self.paper.emit()
        self._render()

    def _done(self, _worked: bool) -> None:
        self.done.emit(None)
        self._render()

    def _render(self) -> None:
        state = self.presenter
        clear(self._printers)
        for one in state.printers:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.addWidget(Text(one.name, "item"))
            across.addStretch(1)
            across.addWidget(Chip(state.health_words(one), _CHIPS[one.state]))
            self._printers.addWidget(row)
        self.picker.set_rows(
            [Row(paper.job_id, paper.title, paper.detail) for paper in state.waiting], state.chosen
        )
        chosen = state.paper
        self.again.setEnabled(chosen is not None and chosen.asking)
        self.drop.setEnabled(chosen is not None)
        self.came_out.setEnabled(chosen is not None and chosen.unknown)
        self.message.say(state.problem, state.notice)

    def _lay_out(self) -> None:
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addLayout(self._printers)
        self.body.addWidget(narrow(card))
        self.body.addWidget(Text(tr("还没打出来的"), "quiet"))
        self.body.addWidget(narrow(self.picker), 1)
        buttons = QGridLayout()
        buttons.setSpacing(8)
        shown = (self.again, self.came_out, self.drop, self.test, self.window_key, self.setup_key)
        for place, button in enumerate(shown):
            buttons.addWidget(button, place // 3, place % 3)
        holder = QWidget()
        holder.setLayout(buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(narrow(holder))
