"""The way between the till and the back office, and who comes out where."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from canteen_pos.ui.pages import Pages

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk
    from canteen_pos.ui.office.frame import OfficeScreen
    from canteen_pos.ui.screens.till.screen import TillScreen


class Window(Protocol):
    """What the door needs of the main window."""

    desk: "Desk | None"
    actor: "Actor | None"
    till: "TillScreen | None"
    pages: Pages

    @property
    def at_till(self) -> bool: ...
    def close_panel(self) -> None: ...
    def show_page(self, page: QWidget) -> None: ...
    def take_over(self, actor: "Actor") -> None: ...
    def paper_wanted(self) -> None: ...


class OfficeDoor:
    """`screen` is the back office while there is one; `locked_inside`: its manager locked it, and comes back to it."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.screen: OfficeScreen | None = None
        self.locked_inside = False

    @property
    def inside(self) -> bool:
        return self.screen is not None and self._window.pages.currentWidget() is self.screen

    def toggle(self) -> None:
        """F12 at the till, and back."""
        if self.inside:
            self.leave()
        elif self._window.at_till:
            self.enter()

    def enter(self, section: str = "", payload: object = None) -> None:
        """The back office at a section ('' where it was left), for whom there is one."""
        from canteen_pos.ui import sections

        window = self._window
        assert window.desk is not None
        if window.actor is None or not sections.allowed(window.actor):
            return
        window.close_panel()
        if self.screen is None:
            self.screen = sections.office(window.desk, window.actor)
            self.screen.left.connect(self.leave)
            self.screen.paper.connect(window.paper_wanted)
        window.show_page(self.screen)
        self.screen.open(section, payload)

    def leave(self) -> None:
        """Back to the till; who may not sell stays."""
        from canteen_pos.services.rights import may

        window = self._window
        if window.till is None and (window.actor is None or not may(window.actor, "sell")):
            return
        self.locked_inside = False
        if window.till is not None:
            window.till.reload()
            window.show_page(window.till)
        elif window.actor is not None:
            window.take_over(window.actor)

    def may_go(self) -> bool:
        """False when something typed there would be lost: it stands there again, and asks."""
        if self.screen is None or self.screen.may_go():
            return True
        self._window.show_page(self.screen)
        return False

    def drop(self) -> None:
        """Its person is gone."""
        self._window.pages.drop(self.screen)
        self.screen = None
        self.locked_inside = False
