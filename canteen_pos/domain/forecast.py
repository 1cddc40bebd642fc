"""How much to cook next time: a rule that a cook can check with a pencil.

Take the last four times this dish was on the same meal of the same weekday, eight weeks back at most. What was wanted on
such a day is what was served, or what the tills sold where nobody counted; on a day on which it sold out at least what
was planned, since more might have been wanted. The middle one of these (of an even number: halfway between the middle
two), rounded up to whole portions, is the suggestion. With no such day there is none. Days off do not count, nor days on
which that meal sold nothing at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LAST = 4
WEEKS_BACK = 8
WHOLE = 2
"""Half portions in a whole one."""


@dataclass(frozen=True, slots=True)
class PastMeal:
    """One dish in one meal of the past, counted in half portions. None: not planned, not counted."""

    day: date
    sold_halves: int
    planned_halves: int | None = None
    served_halves: int | None = None
    sold_out: bool = False

    @property
    def wanted_halves(self) -> int:
        """What diners asked for, as far as anybody knows."""
        went = self.sold_halves if self.served_halves is None else max(self.served_halves, self.sold_halves)
        if self.sold_out and self.planned_halves is not None:
            return max(went, self.planned_halves)
        return went


@dataclass(frozen=True, slots=True)
class Suggestion:
    """So many half portions, always whole ones, and the days it comes from, newest first."""

    halves: int
    past: tuple[PastMeal, ...]


def suggest(past: Iterable[PastMeal]) -> Suggestion | None:
    """What to plan; None without a past. `past` is of one weekday and meal."""
    latest = tuple(sorted(past, key=lambda meal: meal.day, reverse=True)[:LAST])
    if not latest:
        return None
    wanted = sorted(meal.wanted_halves for meal in latest)
    middle = len(wanted) // 2
    twice = 2 * wanted[middle] if len(wanted) % 2 else wanted[middle - 1] + wanted[middle]
    return Suggestion(-(-twice // (2 * WHOLE)) * WHOLE, latest)
