"""The window: the dark bar, the pages welcome -> sign in -> till, and the side panels over the till's right part.

Importing this module and showing the window needs no service: the first frame stands before SQLAlchemy is imported.
`open_house` loads the rest.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import bar_state, drawer, dress, idle, opening, restoring, taking_over, window_keys
from canteen_pos.ui.beside import Beside
from canteen_pos.ui.house import House, HouseKind
from canteen_pos.ui.idle import IdleWatch
from canteen_pos.ui.office_door import OfficeDoor
from canteen_pos.ui.pages import Pages
from canteen_pos.ui.panel_place import PanelPlace
from canteen_pos.ui.top_bar import Banner, TopBar

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk
    from canteen_pos.ui.office.frame import OfficeScreen
    from canteen_pos.ui.panel import SidePanel
    from canteen_pos.ui.screens.customer_display.screen import CustomerDisplay
    from canteen_pos.ui.screens.sign_in.screen import SignInScreen
    from canteen_pos.ui.screens.till.screen import TillScreen
    from canteen_pos.ui.screens.till.view import Mood, ShownOrder
    from canteen_pos.ui.screens.virtual_printer.screen import VirtualPrinter
    from canteen_pos.ui.screens.welcome.screen import WelcomeScreen

TICK_MS = 5000


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
        self.pages = Pages()
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
        self._place = PanelPlace(self, self)
        self.beside = Beside()
        self._sold: ShownOrder | None = None
        self.door = OfficeDoor(self)
        self.idle = IdleWatch(self)
        self.idle.when_late = self.look_after
        self.tick = QTimer(self)
        self.tick.setInterval(TICK_MS)
        self.tick.timeout.connect(self.look_round)
        window_keys.listen(self, self)
        self.bar.lock_pressed.connect(self.lock)
        self.bar.printer_pressed.connect(lambda: self.open_panel("paper"))
        self.bar.office_pressed.connect(self.toggle_office)
        self.bar.backup_pressed.connect(lambda: self.open_office("settings", "backup"))

    # -- the house ----------------------------------------------------------------------------------

    def open_house(self, house: House, kind: HouseKind | None = None) -> None:
        """After the first frame: work in the house of that kind, or offer the choice when `kind` is None."""
        self.house = house
        if kind is None:
            self.show_welcome()
        else:
            self.enter(kind)

    def show_welcome(self) -> None:
        """Try the demo, set up one's own, train."""
        opening.welcome(self)

    def enter(self, kind: HouseKind) -> None:
        """Work in a founded house: its name on the bar, its people on the sign-in screen."""
        with opening.telling(self):
            opening.enter(self, kind)
            self.opened.emit(kind)

    def look_round(self) -> None:
        """Every few seconds: what the bar says; lock when nobody is here, or whoever is here no longer may."""
        self.refresh_bar()
        if not self.look_after():
            bar_state.tell_of_backup(self)

    def look_after(self) -> bool:
        """Lock when it is time to; whether it was."""
        return idle.look(self, self.idle)

    # -- who is at the till -------------------------------------------------------------------------

    def take_over(self, actor: "Actor") -> None:
        """Somebody signed in: their till, or the back office (see `taking_over`)."""
        taking_over.take_over(self, actor)
        self.signed_in.emit(actor)

    def lock(self) -> None:
        """Ctrl L: the same person comes back with their PIN; the order waits, and what is typed in a panel."""
        if self.sign_in is None or self.actor is None:
            return
        self._place.cover()
        self.door.locked_inside = self.in_office
        self.sign_in.lock(self.actor.user_id)
        self.show_page(self.sign_in)

    def switch_user(self) -> None:
        """Everybody's tile: one key to another cashier."""
        if self.sign_in is None:
            return
        if not self.door.may_go():
            return
        self.close_panel()
        self.door.locked_inside = False
        self.sign_in.reload()
        self.show_page(self.sign_in)

    def send_away(self) -> None:
        """Who works here has another role now, or none; also from the middle of something."""
        name = self.actor.name if self.actor else ""
        self.leave_till()
        self.switch_user()
        if self.sign_in is not None:
            self.sign_in.tell(tr("{name}的角色改了，或不能再登录。还能用的，请重新登录。").format(name=name))

    def hand_over(self, actor: "Actor") -> None:
        """A colleague counted in with their PIN: the till is theirs."""
        self.close_panel()
        self.take_over(actor)

    def restore(self, file: Path) -> str:
        """Put a backup in place of the canteen's books and enter them; why not, when this house cannot."""
        return restoring.restore(self, self.house, file)

    def say(self, text: str, mood: "Mood" = "quiet") -> None:
        """One line on the till."""
        if self.till is not None:
            self.till.notify(text, mood)

    def tell(self, text: str, mood: "Mood" = "quiet") -> None:
        """One line where the eyes are: in the open panel, else on the till."""
        if self.panel is not None:
            wrong = mood in ("bad", "notice")
            self.panel.message.say(text if wrong else "", "" if wrong else text)
        else:
            self.say(text, mood)

    def leave_till(self) -> None:
        """Nobody works here any more; the unfinished order stays in the database."""
        self.close_panel()
        self.drop_till()
        self.actor = None
        self.bar.set_who("")

    def drop_till(self) -> None:
        """Its person is gone, and with them their till and their back office."""
        self._place.take_away()
        self.door.drop()
        self.pages.drop(self.till)
        self.till = None

    @property
    def at_till(self) -> bool:
        return self.till is not None and self.pages.currentWidget() is self.till

    def show_page(self, page: QWidget) -> None:
        """One of the pages, and what the bar says over it."""
        self.pages.show_page(page)
        self.refresh_bar()

    # -- the back office ----------------------------------------------------------------------------

    @property
    def office(self) -> "OfficeScreen | None":
        return self.door.screen

    @property
    def in_office(self) -> bool:
        return self.door.inside

    def toggle_office(self) -> None:
        """F12 at the till, and back."""
        self.door.toggle()

    def open_office(self, section: str = "", payload: object = None) -> None:
        """The back office at a section ('' where it was left), for whom there is one."""
        self.door.enter(section, payload)

    # -- panels -------------------------------------------------------------------------------------

    @property
    def panel(self) -> "SidePanel | None":
        """The side panel that is open."""
        return self._place.panel

    def open_panel(self, name: str, payload: object = None) -> None:
        """A side panel by name (see `panels.make`), or one of the window's own commands (see `window_keys`)."""
        command = window_keys.command(self, name)
        if command is not None:
            command()
        elif self.at_till:
            from canteen_pos.ui import panels

            self._place.show(panels.make(self, name, payload))

    def uncover_panel(self) -> None:
        """What the lock covered, for the person who is back."""
        self._place.uncover()

    def close_panel(self) -> None:
        """Back to the till."""
        if self._place.take_away() and self.at_till and self.till is not None:
            self.till.reload()
            self.till.setFocus()

    def not_typed(self, key: str) -> None:
        """The first key of a scan, which the till may have taken for a choice."""
        if self.panel is None and self.at_till and self.till is not None:
            self.till.not_typed(key)

    def scanned(self, code: str) -> None:
        """A card or code, whatever has the focus: the open panel's first, else the till's."""
        if self.panel is not None and self.panel.scan(code):
            return
        if self.at_till and self.till is not None:
            self.close_panel()
            self.till.scan(code)
        elif self.in_office and self.office is not None:
            self.office.scan(code)
        elif self.sign_in is not None and self.pages.currentWidget() is self.sign_in:
            self.sign_in.scan()

    # -- drawer, paper, other windows ---------------------------------------------------------------

    def face(self, order: "ShownOrder") -> None:
        """The order changed; a sale just done brings paper, and cash the drawer."""
        self.beside.face(order)
        if order.done and order is not self._sold:
            self._sold = order
            self.paper_wanted()
            if order.given_fen:
                drawer.kick(self)

    def kick_drawer(self) -> None:
        """Open the drawer now; who wanted it, and why, is logged by whoever asks."""
        drawer.kick(self, asked=True)

    def paper_wanted(self) -> None:
        """Something waits in the queue."""
        if self.house is not None:
            self.house.paper_wanted()

    @property
    def display(self) -> "CustomerDisplay | None":
        return self.beside.display

    @property
    def virtual_printer(self) -> "VirtualPrinter | None":
        return self.beside.virtual_printer

    def toggle_display(self) -> None:
        """The customer display, shown or put away."""
        if self.desk is not None:
            self.beside.toggle_display(self.desk, self.till.presenter.facing() if self.till else None)
            self.activateWindow()

    def toggle_virtual_printer(self) -> None:
        """The built-in printer's window, shown or put away."""
        if self.desk is not None:
            self.beside.toggle_virtual_printer(self.desk)
            self.activateWindow()

    def toggle_theme(self) -> None:
        """Light and dark by turns."""
        dress.toggle_theme(self.house)

    def toggle_language(self) -> None:
        """Chinese and English by turns; from the welcome screen, where nothing is being sold."""
        dress.toggle_language(self.house)
        self.setWindowTitle(tr("社区食堂收银"))
        self.bar.retranslate()
        self.show_welcome()

    # -- the bar ------------------------------------------------------------------------------------

    def refresh_bar(self) -> None:
        """Not over the choice of a house, which has none."""
        if self.pages.currentWidget() is not self.welcome:
            bar_state.refresh(self)

    @property
    def at_work(self) -> "Actor | None":
        """Who works here now; None while the screen is locked."""
        return self.actor if self.at_till or self.in_office else None

    # -- Qt -----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.tick.stop()
        self.beside.close()
        self.closing.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place.fit()
