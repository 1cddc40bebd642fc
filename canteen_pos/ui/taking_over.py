"""Who signed in gets their place: the till, with the shift panel first when no shift is open, or the back office."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from canteen_pos.ui.office_door import OfficeDoor

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk
    from canteen_pos.ui.panel import SidePanel
    from canteen_pos.ui.screens.customer_display.screen import CustomerDisplay
    from canteen_pos.ui.screens.till.screen import TillScreen
    from canteen_pos.ui.screens.till.view import ShownOrder


class Window(Protocol):
    """What it needs of the main window."""

    desk: "Desk | None"
    actor: "Actor | None"
    till: "TillScreen | None"
    door: OfficeDoor

    @property
    def panel(self) -> "SidePanel | None": ...
    @property
    def display(self) -> "CustomerDisplay | None": ...
    def drop_till(self) -> None: ...
    def face(self, order: "ShownOrder") -> None: ...
    def open_office(self, section: str = "", payload: object = None) -> None: ...
    def open_panel(self, name: str, payload: object = None) -> None: ...
    def show_page(self, page: QWidget) -> None: ...
    def toggle_display(self) -> None: ...
    def uncover_panel(self) -> None: ...


def take_over(window: Window, actor: "Actor") -> None:
    """Who may not sell lands in the back office; who locked the back office comes back to it."""
    from canteen_pos.services.rights import may

    same = window.actor is not None and window.actor.user_id == actor.user_id
    if not same:
        window.drop_till()
    window.actor = actor
    if not may(actor, "sell") or (same and window.door.locked_inside):
        window.open_office()
    else:
        _sell(window, actor)


def _sell(window: Window, actor: "Actor") -> None:
    from canteen_pos.services import shifts
    from canteen_pos.ui.screens.till.screen import TillScreen

    assert window.desk is not None
    if window.till is None:
        window.till = TillScreen(window.desk, actor)
        window.till.wants_panel.connect(window.open_panel)
        window.till.order_shown.connect(window.face)
    window.show_page(window.till)
    window.uncover_panel()
    if len(QGuiApplication.screens()) > 1 and window.display is None:
        window.toggle_display()
    if window.panel is None and shifts.current(window.desk) is None and actor.role in ("cashier", "manager"):
        window.open_panel("shift")
