"""The cash drawer: kicked off the window's thread, and said truly when it did not open."""

from typing import TYPE_CHECKING, Protocol

from canteen_pos.i18n import tr
from canteen_pos.ui.house import House

if TYPE_CHECKING:
    from canteen_pos.services.context import Desk
    from canteen_pos.ui.house import Kicked
    from canteen_pos.ui.screens.till.view import Mood


class Window(Protocol):
    """What kicking needs of the main window."""

    house: House | None
    desk: "Desk | None"

    def tell(self, text: str, mood: "Mood" = "quiet") -> None: ...


def kick(window: Window, *, asked: bool = False) -> None:
    """Open it now. `asked`: somebody wanted only that, and hears that it opened; after a sale only a fault is said,
    and nothing where no printer is set up that a drawer could hang on."""
    if window.house is None or window.desk is None:
        return

    def answered(end: "Kicked") -> None:
        if end == "unreachable":
            window.tell(
                tr("钱箱没有打开：小票机没有回应。请用钥匙开，再看小票机的线和电源（Ctrl Shift R）。"), "bad"
            )
        elif asked and end == "no_printer":
            window.tell(tr("这台收银机没有设置小票机，弹不了钱箱：请用钥匙开。"), "notice")
        elif asked:
            window.tell(tr("钱箱已打开，已记入日志。"), "good")

    window.house.open_drawer(window.desk, answered)
