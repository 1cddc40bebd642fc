"""The shift panel: open, cash in and out, X report, blind count, hand over."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.panel import Scroll, SidePanel, clear, narrow
from canteen_pos.ui.saying import moment_words, money
from canteen_pos.ui.screens.shift.pages import CashPage, CountPage, NoSalePage, OpenPage, SumsPage
from canteen_pos.ui.screens.shift.presenter import Page, ShiftPresenter
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text


class ShiftPanel(SidePanel):
    """`done(Shift | None)` when the drawer was opened or closed; `handed_over(Actor)` when a colleague took over;
    `print_report(shift_id)` asks for the report on paper."""

    handed_over = Signal(object)
    locked = Signal()
    drawer_wanted = Signal(bool)
    print_report = Signal(int)

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__(tr("班次"))
        self.presenter = ShiftPresenter(desk, actor)
        self.page: QWidget = QWidget()
        self._keys: dict[int, Callable[[], None]] = {}
        self._show_page()

    def first_focus(self) -> QWidget:
        page = self.page
        return page.first() if isinstance(page, OpenPage | CashPage | NoSalePage | CountPage) else self

    def step_back(self) -> bool:
        if self.presenter.back():
            self._show_page()
            return True
        return False

    def go(self, page: Page, *, cash_in: bool = True) -> None:
        self.presenter.cash_in = cash_in
        self.presenter.go(page)
        self._show_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        work = self._keys.get(event.key())
        if work is not None:
            work()
            return
        super().keyPressEvent(event)

    def submit(self) -> None:
        """Do what the page is for."""
        page, state = self.page, self.presenter
        if isinstance(page, OpenPage):
            self._after(state.open(page.float_field.text()), shift_changed=True)
        elif isinstance(page, CashPage):
            moved = state.move_cash(page.amount.text(), page.reason.text())
            self._after(moved)
            if moved:
                self.drawer_wanted.emit(False)
        elif isinstance(page, NoSalePage):
            opened = state.no_sale(page.reason.text(), page.pin.take())
            self._after(opened)
            if opened:
                self.drawer_wanted.emit(True)
        elif isinstance(page, CountPage):
            closed = state.close(
                page.counts(), page.reason.text(), page.verifier.signature(), page.heir.signature()
            )
            if not closed and state.unsigned:
                page.ask_pin(state.unsigned)
            elif not closed and state.reason_needed:
                page.ask_reason()
            self._after(closed, shift_changed=True)

    def _after(self, worked: bool, *, shift_changed: bool = False) -> None:
        if not worked:
            self.message.say(self.presenter.problem)
            if isinstance(self.page, CashPage | NoSalePage):
                self.page.missing().setFocus()
            return
        self._show_page()
        if shift_changed:
            self.done.emit(self.presenter.shift)

    def _show_page(self) -> None:
        state = self.presenter
        self._keys = {}
        clear(self.body)
        makers = {
            Page.OPEN: self._open_page,
            Page.RUNNING: self._running_page,
            Page.CASH: lambda: CashPage(state.cash_in),
            Page.NO_SALE: lambda: NoSalePage(state.drawer_needs_pin),
            Page.REPORT: self._report_page,
            Page.COUNT: lambda: CountPage(state),
            Page.CLOSED: self._closed_page,
        }
        titles = {
            Page.OPEN: tr("开班"),
            Page.RUNNING: tr("班次"),
            Page.CASH: tr("放入现金") if state.cash_in else tr("取出现金"),
            Page.NO_SALE: tr("不收款开钱箱"),
            Page.REPORT: tr("X 报表"),
            Page.COUNT: tr("点钱交班"),
            Page.CLOSED: tr("班次已结束"),
        }
        self.set_title(titles[state.page])
        self.page = makers[state.page]()
        if isinstance(self.page, OpenPage | CashPage | NoSalePage | CountPage):
            self.page.submitted.connect(self.submit)
        if isinstance(self.page, CountPage):
            self._keys = {
                Qt.Key.Key_F5: self.page.verifier.next,
                Qt.Key.Key_F6: self.page.heir.next,
                Qt.Key.Key_F10: self.submit,
            }
        scroll = Scroll(self.page)
        self.body.addWidget(scroll, 1)
        scroll.show()  # now, not with the next event: a hidden field takes no focus
        self.message.say(state.problem, state.notice)
        self.first_focus().setFocus()

    def _open_page(self) -> QWidget:
        return OpenPage(self.presenter.last_counted_fen())

    def _running_page(self) -> QWidget:
        state = self.presenter
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        if state.shift is not None:
            card = Card()
            inside = QVBoxLayout(card)
            inside.setContentsMargins(20, 14, 20, 14)
            since = moment_words(state.shift.opened_at, state.desk.clock.now().date())
            inside.addWidget(Text(state.shift.cashier, "name"))
            words = tr("{since} 开班，备用金 {amount}")
            inside.addWidget(
                Text(words.format(since=since, amount=money(state.shift.float_fen)), "body").wrapped()
            )
            column.addWidget(narrow(card))
        grid = QGridLayout()
        grid.setSpacing(8)
        choices = (
            (tr("放入现金"), "1", lambda: self.go(Page.CASH, cash_in=True)),
            (tr("取出现金"), "2", lambda: self.go(Page.CASH, cash_in=False)),
            (tr("X 报表"), "3", lambda: self.go(Page.REPORT)),
            (tr("点钱交班"), "4", lambda: self.go(Page.COUNT)),
            (tr("不收款开钱箱"), "5", lambda: self.go(Page.NO_SALE)),
        )
        for place, (word, key, work) in enumerate(choices):
            button = self._button(word, key, Qt.Key(Qt.Key.Key_1 + place))
            button.setMinimumHeight(64)
            button.clicked.connect(work)
            grid.addWidget(button, place // 2, place % 2)
        holder = QWidget()
        holder.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        column.addWidget(narrow(holder))
        column.addStretch(1)
        return page

    def _report_page(self) -> QWidget:
        print_button = self._button(tr("打印"), "P", Qt.Key.Key_P)
        print_button.clicked.connect(self._print)
        return SumsPage(self.presenter.report_rows(), tr("应付"), (print_button,))

    def _closed_page(self) -> QWidget:
        state = self.presenter
        print_button = self._button(tr("打印"), "P", Qt.Key.Key_P)
        print_button.clicked.connect(self._print)
        leave = self._button(tr("锁屏"), "Enter", Qt.Key.Key_Return, primary=True)
        self._keys[Qt.Key.Key_Enter] = leave.click
        leave.clicked.connect(self._leave)
        if state.heir is not None:
            leave.set_label(tr("{name} 接班").format(name=state.heir.name))
        drawer = state.closed.drawer if state.closed else None
        loud = state.result_rows()[2][0] if drawer else ""
        return SumsPage(state.result_rows(), loud, (leave, print_button))

    def _leave(self) -> None:
        if self.presenter.heir is not None:
            self.handed_over.emit(self.presenter.heir)
        else:
            self.locked.emit()

    def _print(self) -> None:
        shift = self.presenter.closed.shift if self.presenter.closed else self.presenter.shift
        if shift is not None:
            self.print_report.emit(shift.id)

    def _button(self, word: str, cap: str, key: Qt.Key, *, primary: bool = False) -> KeyButton:
        button = KeyButton(word, cap, look="primary" if primary else "plain")
        self._keys[key] = button.click
        return button
