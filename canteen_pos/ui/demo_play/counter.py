"""What stands behind the demo's counter: the window, the clock, and what the screen said of every sale."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from canteen_pos.clock import FixedClock
from canteen_pos.ui.demo_play.hands import Hands, Stuck
from canteen_pos.ui.demo_play.pictures import Pictures
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.till.screen import TillScreen
from canteen_pos.ui.screens.till.view import ShownOrder

BETWEEN_DINERS_S = 47


@dataclass
class Told:
    """Sums of what the customer's side of the counter was shown, in fen."""

    sales: int = 0
    list_fen: int = 0
    pays_fen: int = 0
    orders: list[ShownOrder] = field(default_factory=list)


class Counter:
    def __init__(self, hands: Hands, window: MainWindow, clock: FixedClock, pictures: Pictures) -> None:
        self.hands = hands
        self.window = window
        self.clock = clock
        self.pictures = pictures
        self.told = Told()
        self._shown: ShownOrder | None = None

    @property
    def till(self) -> TillScreen:
        if self.window.till is None:
            raise Stuck("nobody is at the till")
        return self.window.till

    def watch(self) -> None:
        """Read from now on what the till shows the diner."""
        self.till.order_shown.connect(self._see)

    def paid(self, what: str, eaters: int = 1) -> None:
        """The sale must be done now, and the screen must say so; the next diner comes."""
        self.hands.settle()
        shown = self._shown
        if shown is None or not shown.done:
            raise Stuck(f"{what}: {self.notice}")
        self.told.sales += eaters
        self.told.list_fen += shown.list_fen
        self.told.pays_fen += shown.pays_fen
        self.told.orders.append(shown)
        self._shown = None
        self.next_diner()

    def charge(self, what: str, eaters: int = 1) -> None:
        """Enter takes it from the card; a purse with too little in it is helped out with cash, exactly."""
        self.hands.key(Qt.Key.Key_Return)
        if not self.till.presenter.settlement.empty:
            self.hands.key(Qt.Key.Key_F2, Qt.Key.Key_F2)
        self.paid(what, eaters)

    def next_diner(self) -> None:
        self.clock.advance(BETWEEN_DINERS_S)

    def expect(self, holds: object, what: str) -> None:
        """Stuck(what), with the till's own words, unless it holds."""
        if not holds:
            raise Stuck(f"{what}: {self.notice}")

    @property
    def notice(self) -> str:
        """What the till says, or the panel over it."""
        panel = self.window.panel
        if panel is not None:
            return f"[{panel.title()}] {panel.message.text()}"
        return self.window.till.presenter.notice.text if self.window.till else ""

    def picture(self, name: str) -> None:
        self.window.refresh_bar()
        self.pictures.take(self.window, name)

    def _see(self, order: ShownOrder) -> None:
        self._shown = order
