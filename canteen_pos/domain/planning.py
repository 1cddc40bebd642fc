"""A week's menu as it is planned: what stands in each cell (a day and a meal period), and what to look at again.

A cell without rows of its own continues the latest planned day of its period, as the till does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

DAYS = 7
EVERY_DAY_FROM = 3
"""A dish counts as 'every day' when it is on all of the week's menus of a period, and there are so many at least."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A dish in a cell. `price_fen` is a price for that meal alone; None is the dish's own price of that day."""

    dish_id: int
    planned_halves: int | None = None
    price_fen: int | None = None
    half_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What is on the menu of one meal. `since` is the day it continues from; None when the rows are its own."""

    day: date
    period: str
    entries: tuple[Entry, ...] = ()
    since: date | None = None
    sold: Mapping[int, int] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        return bool(self.entries) and self.since is None

    @property
    def dish_ids(self) -> tuple[int, ...]:
        return tuple(entry.dish_id for entry in self.entries)

    def entry(self, dish_id: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.dish_id == dish_id), None)

    def with_entry(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries with this one put in or in the place of the same dish."""
        if entry.dish_id in self.dish_ids:
            return tuple(entry if one.dish_id == entry.dish_id else one for one in self.entries)
        return (*self.entries, entry)

    def without(self, dish_id: int) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.dish_id != dish_id)


@dataclass(frozen=True, slots=True)
class Change:
    """A cell before and after, None for 'no rows of its own'. Turned round it is its own undoing."""

    day: date
    period: str
    before: tuple[Entry, ...] | None
    after: tuple[Entry, ...] | None

    def reverse(self) -> "Change":
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at again. `kind`: 'closed' (dishes on a day off), 'twice' (the same dish in another meal of
    that day), 'again' (the same dish in the same meal the day before)."""

    kind: Literal["closed", "twice", "again"]
    day: date
    period: str
    dish_id: int = 0


def week_days(monday: date) -> tuple[date, ...]:
    return tuple(monday + timedelta(days=place) for place in range(DAYS))


def own_entries(cell: Cell) -> tuple[Entry, ...] | None:
    """As `Change` wants it."""
    return cell.entries if cell.own else None


def every_day(cells: Iterable[Cell], closed: frozenset[date] = frozenset()) -> frozenset[int]:
    """Dishes that stand in each of these cells (of one period) that has any, days off left out."""
    served = [frozenset(cell.dish_ids) for cell in cells if cell.entries and cell.day not in closed]
    if len(served) < EVERY_DAY_FROM:
        return frozenset()
    return frozenset.intersection(*served)


def warnings(
    cells: Iterable[Cell], closed: frozenset[date], staples: Mapping[str, frozenset[int]]
) -> tuple[Warned, ...]:
    """What a manager may have overlooked in the cells that were planned; `staples` (by period) are never too often."""
    planned = sorted((cell for cell in cells if cell.own), key=lambda cell: cell.day)
    found: list[Warned] = []
    by_place = {(cell.day, cell.period): cell for cell in planned}
    for cell in planned:
        usual = staples.get(cell.period, frozenset())
        if cell.day in closed:
            found.append(Warned("closed", cell.day, cell.period))
        before = by_place.get((cell.day - timedelta(days=1), cell.period))
        again = frozenset(cell.dish_ids) & frozenset(before.dish_ids if before else ()) - usual
        found += [Warned("again", cell.day, cell.period, dish_id) for dish_id in sorted(again)]
        for other in planned:
            if other.day == cell.day and other.period < cell.period:
                either = usual | staples.get(other.period, frozenset())
                twice = frozenset(cell.dish_ids) & frozenset(other.dish_ids) - either
                found += [Warned("twice", cell.day, cell.period, dish_id) for dish_id in sorted(twice)]
    return tuple(found)
