"""Food samples (留样): how much is kept, how long, and of what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from canteen_pos.domain.dishes import PACKAGED
from canteen_pos.domain.menu import Tile

LEAST_GRAMS = 125
MOST_GRAMS = 5000
"""More in a sample box is a slip of the finger."""
KEPT = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that was taken. Times are local; `disposed_*` stay empty while it is kept."""

    id: int
    service_date: date
    period: str
    dish_id: int
    dish_name: str
    grams: int
    taken_at: datetime
    taken_by: str
    keep_until: datetime
    disposed_at: datetime | None = None
    disposed_by: str = ""
    note: str = ""

    def may_go(self, now: datetime) -> bool:
        """Whether it has been kept for long enough."""
        return self.disposed_at is None and now >= self.keep_until


def to_sample(tiles: Iterable[Tile]) -> tuple[Tile, ...]:
    """The dishes of a menu of which a sample is kept.

    Not what is bought in sealed, and not a set meal whose every option stands on the menu as a dish of its own: its
    samples are theirs.
    """
    menu = tuple(tiles)
    names = frozenset(tile.name for tile in menu if tile.kind != "set")
    return tuple(tile for tile in menu if PACKAGED not in tile.tags and not _made_of(tile, names))


def _made_of(tile: Tile, names: frozenset[str]) -> bool:
    options = [option for choice in tile.choices for option in choice.options]
    return tile.kind == "set" and bool(options) and all(option in names for option in options)
