"""The first screen of all: three offers, and the wizard of one of them in the same place."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.ui import file_dialogs, jobs
from canteen_pos.ui.house import House, HouseKind
from canteen_pos.ui.pads import Pads
from canteen_pos.ui.panel import Message
from canteen_pos.ui.saying import said
from canteen_pos.ui.screens.welcome.offers import Offers
from canteen_pos.ui.screens.welcome.presenter import Step, WelcomePresenter
from canteen_pos.ui.screens.welcome.steps import (
    ImportPage,
    ManagerPage,
    PeriodsPage,
    PlacePage,
    RulesPage,
    StepPage,
)
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text

_FILTER = "Excel (*.xlsx)"
_TABLES = "Excel (*.xlsx *.xls *.et *.csv)"
"""Older tables are shown too: choosing one says what to save it as."""


class WelcomeScreen(QWidget):
    """`ready(kind)` when a house stands and can be entered; `language` asks for the other language.

    `ask_save` and `ask_open` are the system's file dialogs.
    """

    ready = Signal(str)
    language = Signal()
    pad_when_touched = False

    def __init__(self, house: House) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.presenter = WelcomePresenter(house)
        self.ask_save: Callable[[], str] = self._save_dialog
        self.ask_open: Callable[[], str] = self._open_dialog
        self.message = Message()
        self.page: StepPage | None = None
        self._busy = False
        self._keys: dict[int, Callable[[], None]] = {}
        self._pads = Pads(self)
        self._stack = QStackedWidget()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(48, 40, 48, 40)
        middle = QWidget()
        middle.setMaximumWidth(1040)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._stack, 1)
        column.addWidget(self.message)
        whole.addStretch(1)
        whole.addWidget(middle, 20)
        whole.addStretch(1)
        self.show_offers()

    # -- the three offers ----------------------------------------------------------------------------

    def show_offers(self) -> None:
        page = Offers(founded=self.presenter.house.founded("canteen"))
        page.chosen.connect(self.choose)
        page.language.connect(self.language)
        self._keys = page.keys
        self._put(page)
        self.page = None
        self.message.say("")
        self.setFocus()

    def choose(self, kind: HouseKind) -> None:
        """Take one of the offers."""
        if self._busy:
            return
        if kind == "canteen":
            if self.presenter.house.founded("canteen"):
                self.ready.emit("canteen")
            else:
                self.show_step()
            return
        self._busy = True
        self.message.say("", tr("正在准备，几秒钟就好…"))
        jobs.run(lambda: self.presenter.furnish(kind), lambda _: self._furnished(kind), self._failed)

    def _furnished(self, kind: HouseKind) -> None:
        self._busy = False
        self.message.say("")
        self.ready.emit(kind)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, Refusal):
            self.message.say(tr("没有建成，详情在日志里。"))
            raise error
        self.message.say(said(error))

    # -- the wizard ----------------------------------------------------------------------------------

    def show_step(self) -> None:
        """The wizard's present step."""
        state = self.presenter
        titles = {
            Step.PLACE: tr("食堂叫什么，在哪里"),
            Step.PERIODS: tr("几点供餐"),
            Step.MANAGER: tr("第一位经理"),
            Step.RULES: tr("用哪些补贴规则"),
            Step.IMPORT: tr("菜单和就餐人"),
        }
        page = self._make_step(state.step)
        frame = Card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(28, 22, 28, 22)
        column.setSpacing(14)
        column.addWidget(Text(tr("第 {n} 步，共 {of} 步").format(n=state.step + 1, of=len(Step)), "quiet"))
        column.addWidget(Text(titles[state.step], "heading"))
        column.addWidget(page, 1)
        column.addLayout(self._buttons())
        self.page = page
        page.finished.connect(self.forward)
        self._keys = {}
        if isinstance(page, ImportPage):
            self._connect_import(page)
        self._put(frame)
        self._say()
        first = page.first()
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()  # as in the fields that Enter leads to

    def _buttons(self) -> QHBoxLayout:
        state = self.presenter
        back = KeyButton(tr("上一步"), "Esc")
        back.clicked.connect(self.back)
        if state.founded:
            back.hide()  # showing it before it has a parent would open a window
        last = {Step.RULES: tr("建好食堂"), Step.IMPORT: tr("开始使用") if state.file is None else tr("导入")}
        forward = KeyButton(last.get(state.step, tr("下一步")), "Enter", look="primary")
        forward.clicked.connect(self.forward)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(forward)
        return row

    def forward(self) -> None:
        """Enter: this step is done."""
        if self.page is None:
            return
        if self.presenter.step is Step.IMPORT:
            if self.presenter.file is not None:  # read and found right: nobody means to leave it behind
                self.import_file()
            else:
                self.ready.emit("canteen")
            return
        self.page.write(self.presenter.answers)
        if self.presenter.next():
            self.show_step()
        else:
            self._say()

    def back(self) -> None:
        if self.page is None or self.presenter.founded:
            return
        self.page.write(self.presenter.answers)
        if self.presenter.back():
            self.show_step()
        else:
            self.show_offers()

    def save_template(self) -> None:
        path = self.ask_save()
        if path:
            self.presenter.write_template(Path(path))
            self._say()

    def choose_file(self) -> None:
        path = self.ask_open()
        if path:
            self.presenter.look_at(Path(path))
            self.show_step()

    def import_file(self) -> None:
        self.presenter.bring_in()
        self.show_step()

    def show_pad(self, field: QLineEdit) -> None:
        """Digits or letters for fingers."""
        self._pads.show(field)

    def hide_pad(self) -> None:
        self._pads.hide()

    def pad_shown(self) -> bool:
        return self._pads.shown

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in self._keys:
            self._keys[key]()
        elif key == Qt.Key.Key_Escape:
            self.back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.forward()
        else:
            super().keyPressEvent(event)

    def _make_step(self, step: Step) -> StepPage:
        answers = self.presenter.answers
        if step is Step.PLACE:
            return PlacePage(answers)
        if step is Step.PERIODS:
            return PeriodsPage(answers)
        if step is Step.MANAGER:
            return ManagerPage(answers)
        if step is Step.RULES:
            return RulesPage(answers, self.presenter.pack_choices())
        return ImportPage(self.presenter.rows, ready=self.presenter.file is not None)

    def _connect_import(self, page: ImportPage) -> None:
        page.template_wanted.connect(self.save_template)
        page.file_wanted.connect(self.choose_file)
        page.import_wanted.connect(self.import_file)
        self._keys = {
            Qt.Key.Key_F2: self.save_template,
            Qt.Key.Key_F3: self.choose_file,
            Qt.Key.Key_F4: self.import_file,
        }

    def _say(self) -> None:
        problems = self.presenter.problems
        if self.page is not None:
            self.page.say(problems)
        self.message.say(problems.get("all", ""), self.presenter.notice)

    def _put(self, page: QWidget) -> None:
        old = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def _save_dialog(self) -> str:
        offered = str(Path.home() / (tr("食堂资料模板") + ".xlsx"))
        return file_dialogs.file_to_save(self, tr("保存模板"), offered, _FILTER)

    def _open_dialog(self) -> str:
        return file_dialogs.file_to_open(self, tr("选填好的表格"), str(Path.home()), _TABLES)
