"""What the week's grid shows, as values. No Qt."""

from dataclasses import dataclass
from typing import Literal

CellState = Literal["open", "past", "closed"]
HEAD = -1
"""The row of the days' headings."""
EVERY_DAY = 0
"""The column of what is there every day; Monday is 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the grid. Row -1 is a whole day."""

    column: int
    row: int


@dataclass(frozen=True, slots=True)
class DishChip:
    """A dish in a cell. `note` is its planned portions, and a word for a price of its own; `warned` says why."""

    dish_id: int
    name: str
    note: str = ""
    warned: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """`quiet` cells continue another day (`note` says which): their dishes are not decided here."""

    chips: tuple[DishChip, ...] = ()
    note: str = ""
    quiet: bool = False
    state: CellState = "open"


@dataclass(frozen=True, slots=True)
class DayHead:
    """A weekday over its date and a word for it ('today', 'closed'); the column of every day has a title alone."""

    title: str
    detail: str = ""
    state: CellState = "open"
    today: bool = False


@dataclass(frozen=True, slots=True)
class WeekView:
    """Columns from 0: every day, Monday .. Sunday. `cells[row][column]`."""

    heads: tuple[DayHead, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    cells: tuple[tuple[CellView, ...], ...] = ()
    place: Place = Place(1, 0)
    chosen: int | None = None

    def cell(self, place: Place) -> CellView:
        if place.row < 0 or not self.cells:
            return CellView()
        return self.cells[place.row][place.column]
