"""What the window asks of the composition root: desks to work at, paper and drawer. No Qt, and nothing heavy."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from canteen_pos.services.context import Desk

HouseKind = Literal["canteen", "demo", "training"]
Health = Literal["ok", "fault", "unknown"]
Kicked = Literal["opened", "unreachable", "no_printer"]


class House(Protocol):
    """Made by `app`. Each kind of house has a database file of its own, so training stays out of the books."""

    def desk(self, kind: HouseKind) -> "Desk":
        """The desk of that house; its database is opened, and migrated, at the first call. May take a moment."""
        ...

    def founded(self, kind: HouseKind) -> bool:
        """Whether somebody has set that house up; opens no database that does not exist."""
        ...

    def entered(self, kind: HouseKind) -> None:
        """The window works in that house from now on: start its print worker, remember it for the next start."""
        ...

    def printer_health(self, desk: "Desk") -> tuple[Health, str] | None:
        """Health of the receipt printer and a word for it; None when there is none. Quick: it asks no printer."""
        ...

    def open_drawer(self, desk: "Desk", answered: Callable[[Kicked], None]) -> None:
        """Kick the cash drawer now, or not at all: never queued. How that ended is answered later, on the GUI thread."""
        ...

    def remember(self, **changes: str) -> None:
        """Settings of this machine (`language`, `theme`) that hold at the next start too."""
        ...

    def paper_wanted(self) -> None:
        """Print jobs were added: wake the worker."""
        ...
