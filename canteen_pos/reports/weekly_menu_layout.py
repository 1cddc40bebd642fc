"""Where everything stands on the poster: type as large as the week allows, found by trying.

All meals share a page while their type stays large; else each has a page of its own. A meal too long for that goes without
pictures, and one still too long goes on over the next page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.units import mm

from canteen_pos.reports.weekly_menu import Item, Meal, WeeklyMenu
from canteen_pos.reports.weekly_menu_words import Line, Word, flow, width, wrapped

ACROSS = 5
"""Dishes beside each other where they are all there every day: not seven, so that nobody reads them as days."""
_STEP = 0.5


@dataclass(frozen=True)
class Sheet:
    """The measures of a page in points; `least` is the smallest type. Meals share a page while their type is `together`
    at least: below that an old eye is better served by a page for each."""

    width: float
    height: float
    margin: float
    head: float
    days: float
    label: float
    foot: float
    together: float
    least: float

    @property
    def column(self) -> float:
        return (self.width - 2 * self.margin - self.label) / 7

    @property
    def most(self) -> float:
        """The largest type: five characters beside a picture, so that few names break."""
        return self.column / 8.5

    @property
    def room(self) -> float:
        return self.height - 2 * self.margin - self.head - self.days - self.foot


SHEETS = {
    "A3": Sheet(*landscape(A3), 12 * mm, 24 * mm, 15 * mm, 17 * mm, 9 * mm, 15, 10.5),
    "A4": Sheet(*landscape(A4), 9 * mm, 17 * mm, 12 * mm, 13 * mm, 7 * mm, 11, 9),
}


@dataclass(frozen=True, slots=True)
class Laid:
    """A dish in its place: the lines of its name, then of its price and marks. `beside`: these go on in the name's last."""

    item: Item
    names: tuple[str, ...]
    details: tuple[Line, ...]
    beside: bool
    height: float


@dataclass(frozen=True)
class Look:
    """One size of type on one sheet, with pictures or without, and what everything measures in it."""

    sheet: Sheet
    points: float
    pictured: bool = True

    @property
    def thumb(self) -> float:
        return 2.3 * self.points if self.pictured else 0.0

    @property
    def indent(self) -> float:
        """From a dish's left edge to its name."""
        return self.thumb + 0.4 * self.points if self.pictured else 0.0

    @property
    def small(self) -> float:
        """The type of the band of dishes that are there every day."""
        return max(9.0, 0.8 * self.points)

    @cached_property
    def across(self) -> float:
        return 7 * self.sheet.column / ACROSS

    def laid(self, item: Item, column: float) -> Laid:
        """A dish in a column so wide."""
        points = self.points
        room = column - self.indent - 0.6 * points
        names = wrapped(item.name, room, points)
        words = [[word] for word in _details(item, 0.78 * points)]
        if self.pictured:
            details = flow(words, room, 0.35 * points)
            high = 1.2 * points * len(names) + 1.05 * points * len(details)
            return Laid(item, tuple(names), tuple(details), False, max(self.thumb, high) + 0.5 * points)
        start = width(names[-1], points) + 0.5 * points if names else 0.0
        details = flow(words, room, 0.35 * points, start)
        high = 1.2 * points * len(names) + 1.05 * points * (len(details) - 1)
        return Laid(item, tuple(names), tuple(details), True, high + 0.3 * points)

    def cell(self, items: Sequence[Item]) -> list[Laid]:
        return [self.laid(item, self.sheet.column) for item in items]

    def rows(self, items: Sequence[Item]) -> list[list[Laid]]:
        """Dishes that are there every day where they have the page's width to themselves."""
        return [
            [self.laid(item, self.across) for item in items[start : start + ACROSS]]
            for start in range(0, len(items), ACROSS)
        ]

    def band(self, items: Sequence[Item], head: str) -> list[Line]:
        """The same below the days' dishes: name, price and marks, one after the other, behind their heading."""
        sheet, small = self.sheet, self.small
        groups = [[Word(item.name, small, "name"), *_details(item, 0.9 * small)] for item in items]
        room = sheet.width - 2 * sheet.margin - sheet.label - 2 * small - self.band_start(head)
        return flow(groups, room, 1.4 * small)

    def band_start(self, head: str) -> float:
        return max(6 * self.small, width(head, self.small) + self.small)

    def band_height(self, meal: Meal, head: str) -> float:
        if not meal.every_day:
            return 0.0
        if any(meal.cells):
            return len(self.band(meal.every_day, head)) * 1.5 * self.small + 0.9 * self.small
        return sum(max(one.height for one in row) for row in self.rows(meal.every_day)) + 2.4 * self.points

    def meal_height(self, meal: Meal, head: str) -> float:
        cells = [sum(one.height for one in self.cell(cell)) for cell in meal.cells if cell]
        days = max(max(cells) + 0.7 * self.points, 4.2 * self.points) if cells else 0.0
        return days + self.band_height(meal, head)


def _details(item: Item, size: float) -> list[Word]:
    """The price and its conditions, then the marks."""
    found = [Word(part, size, "price") for part in item.price.split()]
    return [*found, *(Word(mark, 0.76 * size, "mark") for mark in item.marks)]


def laid_pages(menu: WeeklyMenu, sheet: Sheet) -> Iterator[tuple[tuple[Meal, ...], Look]]:
    """Which meals stand on each page, and how they look there; one page without a meal for an empty week."""
    head = menu.every_day_word
    meals = tuple(meal for meal in menu.meals if not meal.empty)
    if not meals:
        yield (), Look(sheet, sheet.most)
    while meals:
        count = len(meals)
        while count > 1 and _largest(meals[:count], head, sheet, sheet.together) is None:
            count -= 1
        group, meals = meals[:count], meals[count:]
        look = _largest(group, head, sheet, sheet.least)
        if look is None:
            look = _largest(group, head, sheet, sheet.least, pictured=False)
        if look is not None:
            yield group, look
            continue
        look = Look(sheet, sheet.least, pictured=False)
        for part in _parts(group[0], head, look):
            yield (part,), look


def _largest(
    meals: Sequence[Meal], head: str, sheet: Sheet, least: float, *, pictured: bool = True
) -> Look | None:
    points = sheet.most
    while points >= least:
        look = Look(sheet, points, pictured)
        if sum(look.meal_height(meal, head) for meal in meals) <= sheet.room:
            return look
        points -= _STEP
    return None


def _parts(meal: Meal, head: str, look: Look) -> Iterator[Meal]:
    """A meal too long for a page, cut into pieces that fit; what is there every day comes with the last, or alone."""
    rest = [list(cell) for cell in meal.cells]
    part = meal
    while any(rest):
        taken: list[tuple[Item, ...]] = []
        for cell in rest:
            height, count = 0.7 * look.points, 0
            for one in look.cell(cell):
                height += one.height
                if height > look.sheet.room and count:
                    break
                count += 1
            taken.append(tuple(cell[:count]))
            del cell[:count]
        part = replace(meal, cells=tuple(taken), every_day=() if any(rest) else meal.every_day)
        if any(rest) or look.meal_height(part, head) <= look.sheet.room:
            yield part
        else:
            yield replace(part, every_day=())
            yield from _every_day_alone(meal, look)
    if part is meal:
        yield from _every_day_alone(meal, look)


def _every_day_alone(meal: Meal, look: Look) -> Iterator[Meal]:
    """As many rows on a page as it holds."""
    height, start = 2.4 * look.points, 0
    used = height
    for number, row in enumerate(look.rows(meal.every_day)):
        high = max(one.height for one in row)
        if used + high > look.sheet.room and number * ACROSS > start:
            yield replace(
                meal, cells=tuple(() for _ in meal.cells), every_day=meal.every_day[start : number * ACROSS]
            )
            start, used = number * ACROSS, height
        used += high
    yield replace(meal, cells=tuple(() for _ in meal.cells), every_day=meal.every_day[start:])
