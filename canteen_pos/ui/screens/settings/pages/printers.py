"""The page of printers: how each is, a test page by key; setting them up is the till's own panel."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos import i18n
from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.services import print_queue, printer_setup
from canteen_pos.services.printer_setup import PrinterSetup
from canteen_pos.ui.panel import clear
from canteen_pos.ui.saying import said
from canteen_pos.ui.screens.settings.page import Page
from canteen_pos.ui.screens.settings.presenter import SettingsPresenter
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text
from canteen_pos.wording.printers import trouble

LOOKS = 30
"""So many seconds after a test page the page says how its printer is."""


class PrintersPage(Page):
    """Receipt and kitchen printers of this till. `set_up` opens the panel, `printed` wakes the print worker."""

    def __init__(
        self, presenter: SettingsPresenter, set_up: Callable[[], object], printed: Callable[[], object]
    ) -> None:
        super().__init__(presenter, tr("小票机与厨房机"), "canteen")
        self._printed = printed
        self._states: dict[int, Text] = {}
        self._looks = 0
        self._again = QTimer(self)
        self._again.setInterval(1000)
        self._again.timeout.connect(self._look)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        holder = QWidget()
        holder.setLayout(self._list)
        self.put(holder)
        self.row(
            self.action(tr("添加和设置"), "F5", set_up), self.action(tr("全部打测试页"), "F6", self._all)
        )
        self.save_button.hide()
        self.load()

    @staticmethod
    def summary(presenter: SettingsPresenter) -> str:
        return tr("、").join(one.name for one in printer_setup.setups(presenter.desk)) or tr("还没有小票机")

    def load(self) -> None:
        clear(self._list)
        self._states = {}
        setups = self._setups()
        if not setups:
            self._list.addWidget(
                Text(tr("还没有小票机：收银台先用内置的，打印出来的票在窗口里看。"), "body").wrapped()
            )
        for one in setups:
            self._list.addWidget(self._card(one))
        self._look()

    def _setups(self) -> tuple[PrinterSetup, ...]:
        return printer_setup.setups(self.presenter.desk)

    def _card(self, one: PrinterSetup) -> Card:
        card = Card()
        row = QHBoxLayout(card)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Text(one.name, "item"))
        role = tr("厨房单") if one.role == "kitchen" else tr("小票")
        paper = tr("{mm} 毫米，{columns} 列").format(mm=one.paper.roll_mm, columns=one.paper.columns)
        where = tr("内置，票在窗口里看") if one.address.startswith("virtual") else one.address
        words.addWidget(Text(f"{role} · {where} · {paper}", "quiet").wrapped())
        self._states[one.printer_id] = Text("", "body").wrapped()
        words.addWidget(self._states[one.printer_id])
        row.addLayout(words, 1)
        button = KeyButton(tr("打测试页"))
        button.clicked.connect(lambda _=False: self._test((one,)))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return card

    def _look(self) -> None:
        """How each printer is now: asked again for a while after a test page, which takes its time."""
        health = {one.printer_id: one for one in print_queue.status(self.presenter.desk)}
        for printer_id, label in self._states.items():
            state = health.get(printer_id)
            if state is None:
                label.setText(tr("没有在用"))
                continue
            word = trouble(state.reason, i18n.language()) or tr("正常")
            waiting = tr("还有 {count} 张在等").format(count=state.waiting) if state.waiting else ""
            asking = trouble("asking", i18n.language(), count=len(state.asking)) if state.asking else ""
            sign = {"ok": "✓", "fault": "⚠"}.get(state.state, "?")
            label.setText(" · ".join(part for part in (f"{sign} {word}", waiting, asking) if part))
        self._looks -= 1
        if self._looks <= 0:
            self._again.stop()

    def _all(self) -> None:
        self._test(self._setups())

    def _test(self, setups: tuple[PrinterSetup, ...]) -> None:
        try:
            for one in setups:
                print_queue.enqueue_test_page(self.presenter.desk, one.printer_id)
        except Refusal as refusal:
            self.told.emit(said(refusal), "notice")
            return
        self._printed()
        self._looks = LOOKS
        self._again.start()
        names = tr("、").join(one.name for one in setups)
        self.told.emit(tr("测试页已送去打印：{names}").format(names=names), "good")
