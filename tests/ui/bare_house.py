"""The house that the tests' window works in: it remembers what the window asked of it."""

from collections.abc import Callable

from canteen_pos.services.context import Desk
from canteen_pos.ui.house import Health, HouseKind, Kicked


class BareHouse:
    """A house with one desk and no paper."""

    def __init__(self, desk: Desk, kind: HouseKind = "canteen") -> None:
        self._desk = desk
        self._kind: HouseKind = kind
        self.drawer_opened = 0
        self.drawer_ends: Kicked = "opened"
        self.remembered: dict[str, str] = {}

    def desk(self, kind: HouseKind) -> Desk:
        del kind
        return self._desk

    def founded(self, kind: HouseKind) -> bool:
        return kind == self._kind

    def entered(self, kind: HouseKind) -> None:
        self._kind = kind

    def printer_health(self, desk: Desk) -> tuple[Health, str] | None:
        del desk
        return None

    def open_drawer(self, desk: Desk, answered: Callable[[Kicked], None]) -> None:
        del desk
        self.drawer_opened += 1
        answered(self.drawer_ends)

    def remember(self, **changes: str) -> None:
        self.remembered |= changes

    def paper_wanted(self) -> None:
        return
