"""The window: the dark bar, the pages welcome -> sign in -> till, and the side panels over the till's right part.

Importing this module and showing the window needs no service: the first frame stands before SQLAlchemy is imported.
`open_house` loads the rest.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from canteen_pos import i18n
from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.house import House, HouseKind
from canteen_pos.ui.top_bar import Banner, TopBar
from canteen_pos.ui.widgets.labels import Text

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk
    from canteen_pos.ui.panel import SidePanel
    from canteen_pos.ui.screens.customer_display.screen import CustomerDisplay
    from canteen_pos.ui.screens.sign_in.screen import SignInScreen
    from canteen_pos.ui.screens.till.screen import TillScreen
    from canteen_pos.ui.screens.till.view import Mood, ShownOrder
    from canteen_pos.ui.screens.virtual_printer.screen import VirtualPrinter
    from canteen_pos.ui.screens.welcome.screen import WelcomeScreen

TICK_MS = 5000
ORDER_WIDTH = 442
"""The diner, the order and the sum keep this much on the left; panels never cover them."""
_EDGE = 12


class MainWindow(QWidget):
    """`opened(kind)` when a house was entered; `signed_in(Actor)`; `closing` before the window goes.

    `sign_in`, `till`, `panel` and `display` are the parts in use, None while there is none: tests and the demo drive
    them with keys.
    """

    opened = Signal(str)
    signed_in = Signal(object)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setWindowTitle(tr("社区食堂收银"))
        self.resize(1366, 768)
        self.setMinimumSize(1100, 640)
        self.bar = TopBar()
        self.banner = Banner()
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        self._opening = Text(tr("正在打开…"), "quiet").wrapped()
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(self._opening)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.banner):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        self.house: House | None = None
        self.desk: Desk | None = None
        self.actor: Actor | None = None
        self.kind: HouseKind = "canteen"
        self.welcome: WelcomeScreen | None = None
        self.sign_in: SignInScreen | None = None
        self.till: TillScreen | None = None
        self.panel: SidePanel | None = None
        self.display: CustomerDisplay | None = None
        self.virtual_printer: VirtualPrinter | None = None
        self._sold: ShownOrder | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.refresh_bar)
        self._make_shortcuts()

    # -- the house ----------------------------------------------------------------------------------

    def open_house(self, house: House, kind: HouseKind | None = None) -> None:
        """After the first frame: work in the house of that kind, or offer the choice when `kind` is None."""
        self.house = house
        if kind is None:
            self.show_welcome()
        else:
            self.enter(kind)

    def cannot_open(self, refusal: Refusal) -> None:
        """The house cannot be entered (a newer database, a damaged file): say why, in place of everything else."""
        from canteen_pos.ui.saying import said

        self.leave_till()
        self._opening.setProperty("role", "item")
        self._opening.setText(f"⚠ {said(refusal)}")
        self._opening.style().polish(self._opening)
        self.pages.setCurrentWidget(self._opening)

    def show_welcome(self) -> None:
        """Try the demo, set up one's own, train."""
        from canteen_pos.ui.screens.welcome.screen import WelcomeScreen

        assert self.house is not None
        self.leave_till()
        if self.welcome is not None:
            self._drop(self.welcome)
        self.welcome = WelcomeScreen(self.house)
        self.welcome.ready.connect(self.enter)
        self.welcome.language.connect(self.toggle_language)
        self.bar.set_name(tr("社区食堂收银"))
        self.bar.set_moment("", "")
        self.bar.set_printer(None)
        self.banner.set_text("")
        self._show(self.welcome)

    def enter(self, kind: HouseKind) -> None:
        """Work in a founded house: its name on the bar, its people on the sign-in screen."""
        from canteen_pos.services import settings_store
        from canteen_pos.ui.screens.sign_in.screen import SignInScreen

        assert self.house is not None
        self.leave_till()
        self._close_other_windows()
        try:
            self.desk = self.house.desk(kind)
        except Refusal as refusal:
            self.cannot_open(refusal)
            return
        self.kind = kind
        self.house.entered(kind)
        settings = settings_store.load(self.desk)
        self.bar.set_name(settings.name)
        self.banner.set_text(_banner(kind))
        if self.sign_in is not None:
            self._drop(self.sign_in)
        self.sign_in = SignInScreen(self.desk, _demo_pins() if settings.demo else None)
        self.sign_in.signed_in.connect(self.take_over)
        self.sign_in.welcome.connect(self.show_welcome)
        self._show(self.sign_in)
        self.refresh_bar()
        self._tick.start()
        self.opened.emit(kind)

    # -- who is at the till -------------------------------------------------------------------------

    def take_over(self, actor: "Actor") -> None:
        """Somebody signed in: their till, with the shift panel first when no shift is open."""
        from canteen_pos.services import shifts
        from canteen_pos.ui.screens.till.screen import TillScreen

        assert self.desk is not None
        if self.till is None or self.actor is None or self.actor.user_id != actor.user_id:
            self._drop_till()
            self.till = TillScreen(self.desk, actor, self)
            self.till.wants_panel.connect(self.open_panel)
            self.till.order_shown.connect(self._face)
        self.actor = actor
        self._show(self.till)
        self.refresh_bar()
        self.signed_in.emit(actor)
        if shifts.current(self.desk) is None and actor.role in ("cashier", "manager"):
            self.open_panel("shift", None)

    def lock(self) -> None:
        """Ctrl L: the same person comes back with their PIN; the order waits."""
        if self.sign_in is None or self.actor is None:
            return
        self.close_panel()
        self.sign_in.lock(self.actor.user_id)
        self._show(self.sign_in)

    def switch_user(self) -> None:
        """Everybody's tile: one key to another cashier."""
        if self.sign_in is None:
            return
        self.close_panel()
        self.sign_in.reload()
        self._show(self.sign_in)

    def hand_over(self, actor: "Actor") -> None:
        """A colleague counted in with their PIN: the till is theirs."""
        self.close_panel()
        self.take_over(actor)

    def say(self, text: str, mood: "Mood" = "quiet") -> None:
        """One line on the till."""
        if self.till is not None:
            self.till.notify(text, mood)

    def leave_till(self) -> None:
        """Nobody works here any more; the unfinished order stays in the database."""
        self.close_panel()
        self._drop_till()
        self.actor = None
        self.bar.set_who("")

    @property
    def at_till(self) -> bool:
        return self.till is not None and self.pages.currentWidget() is self.till

    # -- panels -------------------------------------------------------------------------------------

    def open_panel(self, name: str, payload: object = None) -> None:
        """A side panel by name (see `panels.make`), or 'lock', 'switch_user', 'display', 'virtual_printer', 'drawer'."""
        commands = {
            "lock": self.lock,
            "switch_user": self.switch_user,
            "display": self.toggle_display,
            "virtual_printer": self.toggle_virtual_printer,
            "drawer": self.kick_drawer,
        }
        if name in commands:
            commands[name]()
            return
        if not self.at_till:
            return
        from canteen_pos.ui import panels

        self.close_panel()
        panel = panels.make(self, name, payload)
        self.panel = panel
        panel.setParent(self)
        panel.closed.connect(self.close_panel)
        panel.wants.connect(self.open_panel)
        self._place_panel()
        panel.show()
        panel.raise_()
        panel.first_focus().setFocus()
        _application().installEventFilter(self)

    def close_panel(self) -> None:
        """Back to the till."""
        if self.panel is None:
            return
        panel, self.panel = self.panel, None
        _application().removeEventFilter(self)
        panel.hide()
        panel.deleteLater()
        if self.at_till and self.till is not None:
            self.till.reload()
            self.till.setFocus()

    def scanned(self, code: str) -> None:
        """A card or code, whatever has the focus: the open panel's first, else the till's."""
        if self.panel is not None and self.panel.scan(code):
            return
        if self.at_till and self.till is not None:
            self.close_panel()
            self.till.scan(code)

    # -- other windows ------------------------------------------------------------------------------

    def toggle_display(self) -> None:
        """The customer display: on the second screen if there is one."""
        from canteen_pos.services import settings_store
        from canteen_pos.ui.screens.customer_display.screen import CustomerDisplay

        if self.desk is None:
            return
        if self.display is not None and self.display.isVisible():
            self.display.hide()
            return
        if self.display is None:
            self.display = CustomerDisplay(settings_store.load(self.desk).name, self.desk.clock)
        if self.till is not None:
            self.display.show_shown(self.till.presenter.facing())
        self.display.open_on_second_screen()
        self.activateWindow()

    def toggle_virtual_printer(self) -> None:
        """The built-in printer's window."""
        from canteen_pos.ui.screens.virtual_printer.screen import VirtualPrinter

        if self.desk is None:
            return
        if self.virtual_printer is not None and self.virtual_printer.isVisible():
            self.virtual_printer.hide()
            return
        if self.virtual_printer is None:
            self.virtual_printer = VirtualPrinter(self.desk)
        self.virtual_printer.show()
        self.activateWindow()

    def toggle_theme(self) -> None:
        theme.apply(_application(), "light" if theme.current().name == "dark" else "dark")

    def toggle_language(self) -> None:
        """Chinese and English by turns; from the welcome screen, where nothing is being sold."""
        i18n.set_language("zh" if i18n.language() == "en" else "en")
        self.setWindowTitle(tr("社区食堂收银"))
        self.bar.retranslate()
        self.show_welcome()

    # -- the bar ------------------------------------------------------------------------------------

    def refresh_bar(self) -> None:
        """Time, printer, who: asked every few seconds and after what changes them."""
        from canteen_pos.ui import bar_words

        if self.desk is None or self.house is None or self.pages.currentWidget() is self.welcome:
            return
        moment, day = bar_words.moment(self.desk)
        self.bar.set_moment(moment, day)
        health = self.house.printer_health(self.desk)
        self.bar.set_printer(*(health or (None,)))
        self.bar.set_who(bar_words.who(self.desk, self.actor) if self.actor and self.at_till else "")

    # -- Qt -----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a panel is open, pressing anything of the till leaves the panel; the press counts."""
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and self.till is not None
            and isinstance(watched, QWidget)
            and (watched is self.till or self.till.isAncestorOf(watched))
        ):
            self.close_panel()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._tick.stop()
        self._close_other_windows()
        self.closing.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place_panel()

    def _make_shortcuts(self) -> None:
        for keys, work in (
            ("Ctrl+L", self.lock),
            ("Ctrl+Shift+L", self.switch_user),
            ("Ctrl+Shift+M", lambda: self.open_panel("menu")),
            ("Ctrl+Shift+C", self.toggle_display),
            ("Ctrl+Shift+P", self.toggle_virtual_printer),
            ("Ctrl+Shift+R", lambda: self.open_panel("paper")),
            ("Ctrl+Shift+N", self.toggle_theme),
        ):
            QShortcut(QKeySequence(keys), self, work)
        self.bar.lock_pressed.connect(self.lock)
        self.bar.printer_pressed.connect(lambda: self.open_panel("paper"))

    def _place_panel(self) -> None:
        if self.panel is None:
            return
        top = self.pages.y() + _EDGE
        left = self.till.panel_left if self.till is not None else ORDER_WIDTH
        self.panel.setGeometry(left, top, self.width() - left - _EDGE, self.height() - top - _EDGE)

    def _show(self, page: QWidget) -> None:
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        page.setFocus()
        self.refresh_bar()

    def _close_other_windows(self) -> None:
        """They belong to one house."""
        for window in (self.display, self.virtual_printer):
            if window is not None:
                window.close()
                window.deleteLater()
        self.display = self.virtual_printer = None

    def _drop(self, page: QWidget) -> None:
        self.pages.removeWidget(page)
        page.hide()
        page.deleteLater()

    def _drop_till(self) -> None:
        if self.till is not None:
            self._drop(self.till)
            self.till = None

    def _face(self, order: "ShownOrder") -> None:
        if self.display is not None:
            self.display.show_shown(order)
        if order.done and order is not self._sold:
            self._after_sale(order)

    def kick_drawer(self) -> None:
        """Open the drawer now; who wanted it, and why, is logged by whoever asks."""
        if self.house is not None and self.desk is not None:
            self.house.open_drawer(self.desk)

    def _after_sale(self, order: "ShownOrder") -> None:
        """Its papers wait in the queue; cash goes into the drawer."""
        self._sold = order
        if self.house is not None:
            self.house.paper_wanted()
        if order.given_fen:
            self.kick_drawer()


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def _banner(kind: HouseKind) -> str:
    if kind == "training":
        return tr("训练：这里的收款不入账")
    return tr("演示食堂：数据都是编的") if kind == "demo" else ""


def _demo_pins() -> dict[str, str]:
    from canteen_pos.services.demo_staff import PINS

    return PINS
