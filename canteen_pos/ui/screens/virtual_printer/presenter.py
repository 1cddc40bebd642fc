"""Which tickets the built-in printers have printed, newest first, each as a picture. No Qt."""

from dataclasses import dataclass

from canteen_pos.services import print_worker
from canteen_pos.services.context import Desk

MOST = 20
"""More paper than anybody scrolls through."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed ticket: grey pixels row by row, black on white. `key` never comes twice in one tray."""

    key: str
    title: str
    width: int
    height: int
    pixels: bytes


class VirtualPrinterPresenter:
    """`look` says whether anything new came out since the last time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.sheets: tuple[Sheet, ...] = ()

    def look(self) -> bool:
        tickets = print_worker.virtual_tickets(self._desk)[-MOST:]
        known = {sheet.key: sheet for sheet in self.sheets}
        sheets = []
        for ticket in reversed(tickets):
            key = f"{ticket.job} {ticket.serial}"
            picture = ticket.picture
            sheets.append(
                known.get(key)
                or Sheet(key, ticket.title, picture.width, picture.height, picture.convert("L").tobytes())
            )
        changed = [sheet.key for sheet in sheets] != [sheet.key for sheet in self.sheets]
        self.sheets = tuple(sheets)
        return changed
