"""The weekly menu as a poster, A3 or A4 across: seven columns, a band for each meal, type as large as the week allows.

All meals share a page while their type stays large; else each has a page of its own, and a meal too long for one goes
on over the next.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from canteen_pos import fonts
from canteen_pos.reports import pages
from canteen_pos.reports.weekly_menu import HUES, Day, Item, Meal, WeeklyMenu

SIZES = {"A3": A3, "A4": A4}
_DEEP, _PAPER, _BAND = "#12393B", "#FBF9F5", "#F1EDE6"
_STEP = 0.5
_ACROSS = 5


@dataclass(frozen=True, slots=True)
class _Sheet:
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


_A3 = _Sheet(*landscape(A3), 12 * mm, 24 * mm, 15 * mm, 17 * mm, 9 * mm, 15, 10.5)
_A4 = _Sheet(*landscape(A4), 9 * mm, 17 * mm, 12 * mm, 13 * mm, 7 * mm, 11, 9)


def render(menu: WeeklyMenu, size: str = "A3") -> bytes:
    """`size` is 'A3' or 'A4'. The same menu always gives the same bytes."""
    sheet = {"A3": _A3, "A4": _A4}[size]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(sheet.width, sheet.height), invariant=1, pageCompression=1)
    canvas.setTitle(f"{menu.canteen} {menu.title} {menu.week}")
    for meals, points in _pages(menu, sheet):
        _Page(canvas, menu, sheet, points).draw(meals)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pages(menu: WeeklyMenu, sheet: _Sheet) -> Iterator[tuple[tuple[Meal, ...], float]]:
    """Which meals stand on each page, and how large the type is there."""
    meals = tuple(meal for meal in menu.meals if not meal.empty)
    if not meals:
        yield (), sheet.most
        return
    while meals:
        count = len(meals)
        while count > 1 and _largest(meals[:count], sheet, sheet.together) is None:
            count -= 1
        group, meals = meals[:count], meals[count:]
        points = _largest(group, sheet, sheet.least)
        if points is not None:
            yield group, points
        else:
            for part in _parts(group[0], sheet):
                yield (part,), sheet.least


def _largest(meals: Sequence[Meal], sheet: _Sheet, least: float) -> float | None:
    points = sheet.most
    while points >= least:
        if sum(_meal_height(meal, sheet, points) for meal in meals) <= sheet.room:
            return points
        points -= _STEP
    return None


def _parts(meal: Meal, sheet: _Sheet) -> Iterator[Meal]:
    """A meal too long for a page, cut into pieces that fit; what is there every day comes last, alone."""
    rest = [list(cell) for cell in meal.cells]
    while any(rest):
        taken: list[tuple[Item, ...]] = []
        for cell in rest:
            height, count = 4 * mm, 0
            while count < len(cell):
                height += _item_height(cell[count], sheet, sheet.least)
                if height > sheet.room and count:
                    break
                count += 1
            taken.append(tuple(cell[:count]))
            del cell[:count]
        yield replace(meal, cells=tuple(taken), every_day=())
    if meal.every_day:
        yield replace(meal, cells=tuple(() for _ in meal.cells))


# -- measuring -------------------------------------------------------------------------------------


def _meal_height(meal: Meal, sheet: _Sheet, points: float) -> float:
    cells = max((_cell_height(cell, sheet, points) for cell in meal.cells), default=0.0)
    least = 4.2 * points if any(meal.cells) else 0.0
    return max(cells, least) + _every_day_height(meal, sheet, points)


def _cell_height(cell: Sequence[Item], sheet: _Sheet, points: float) -> float:
    if not cell:
        return 0.0
    return 0.7 * points + sum(_item_height(item, sheet, points) for item in cell)


def _item_height(item: Item, sheet: _Sheet, points: float) -> float:
    lines = len(_wrapped(item.name, _name_width(sheet, points), points))
    return max(_thumb(points), lines * 1.2 * points + 1.05 * points) + 0.5 * points


def _thumb(points: float) -> float:
    return 2.3 * points


def _name_width(sheet: _Sheet, points: float) -> float:
    return sheet.column - _thumb(points) - 1.2 * points


def _every_day_height(meal: Meal, sheet: _Sheet, points: float) -> float:
    if not meal.every_day:
        return 0.0
    if not any(meal.cells):
        high = sum(max(_item_height(item, sheet, points) for item in row) for row in _grid(meal.every_day))
        return high + 2.4 * points
    small = _small(points)
    return len(_flow(meal.every_day, sheet, small)) * 1.5 * small + 0.9 * small


def _grid(items: Sequence[Item]) -> list[Sequence[Item]]:
    """Rows of dishes that are there every day: not seven across, so that nobody reads them as days."""
    return [items[start : start + _ACROSS] for start in range(0, len(items), _ACROSS)]


def _small(points: float) -> float:
    return max(9.0, 0.8 * points)


def _flow(items: Sequence[Item], sheet: _Sheet, points: float) -> list[list[tuple[str, str]]]:
    """'name price' pairs broken into lines of the band that is there every day."""
    room = sheet.width - 2 * sheet.margin - sheet.label - 2 * points - 6 * points
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for item in items:
        wide = width(item.name, points) + width(item.price, points) + 2.2 * points
        if lines[-1] and used + wide > room:
            lines.append([])
            used = 0.0
        lines[-1].append((item.name, item.price))
        used += wide
    return lines


def width(text: str, points: float) -> float:
    """How wide `text` is in the house's font."""
    return float(pdfmetrics.stringWidth(fonts.spell_out(text), pages.main_face(), points))


def _wrapped(text: str, room: float, points: float) -> list[str]:
    """Broken between characters, as Chinese is; three lines at most, the last with an ellipsis when cut."""
    lines = [""]
    for char in fonts.spell_out(text):
        if lines[-1] and width(lines[-1] + char, points) > room:
            lines.append("")
        lines[-1] += char
    return lines if len(lines) <= 3 else [*lines[:2], lines[2][:-1] + "…"]


# -- drawing ---------------------------------------------------------------------------------------


class _Page:
    def __init__(self, canvas: Canvas, menu: WeeklyMenu, sheet: _Sheet, points: float) -> None:
        self._canvas, self._menu, self._sheet, self._points = canvas, menu, sheet, points

    def draw(self, meals: Sequence[Meal]) -> None:
        sheet = self._sheet
        self._fill(0, 0, sheet.width, sheet.height, _PAPER)
        top = sheet.height - sheet.margin
        self._head(top)
        top -= sheet.head
        for place, day in enumerate(self._menu.days):
            self._day(place, day, top)
        top -= sheet.days
        heights = [_meal_height(meal, sheet, self._points) for meal in meals]
        spare = min(max(0.0, sheet.room - sum(heights)) / max(1, len(meals)), 3 * self._points)
        ends = []
        for meal, height in zip(meals, heights, strict=True):
            self._meal(meal, top, height + spare)
            top -= height + spare
            ends.append(top)
        self._canvas.setStrokeColor(HexColor(pages.RIVER))
        self._canvas.setLineWidth(1.2)
        for end in ends:
            self._canvas.line(sheet.margin, end, sheet.width - sheet.margin, end)
        self._text(sheet.margin, sheet.margin * 0.75, self._menu.foot, 0.42 * sheet.head * 0.5, pages.QUIET)

    def _head(self, top: float) -> None:
        sheet, large = self._sheet, 0.5 * self._sheet.head
        base = top - 0.62 * sheet.head
        self._text(sheet.margin, base, self._menu.canteen, large, _DEEP, bold=True)
        after = sheet.margin + width(self._menu.canteen, large) + 0.6 * large
        self._text(after, base, self._menu.title, large, pages.RIVER)
        self._text(sheet.width - sheet.margin, base, self._menu.week, 0.62 * large, pages.INK, align="right")

    def _day(self, place: int, day: Day, top: float) -> None:
        sheet = self._sheet
        left = sheet.margin + sheet.label + place * sheet.column
        self._fill(left, top - sheet.days, sheet.column, sheet.days, _DEEP)
        middle = left + sheet.column / 2
        large = min(
            0.42 * sheet.days, 0.42 * sheet.days * (sheet.column - 8) / width(day.weekday, 0.42 * sheet.days)
        )
        self._text(middle, top - 0.46 * sheet.days, day.weekday, large, "#FFFFFF", align="centre", bold=True)
        self._text(middle, top - 0.84 * sheet.days, day.date, 0.3 * sheet.days, "#D5E8E5", align="centre")

    def _meal(self, meal: Meal, top: float, height: float) -> None:
        sheet, points = self._sheet, self._points
        band = _every_day_height(meal, sheet, points)
        only_band = not any(meal.cells)
        left, right = sheet.margin + sheet.label, sheet.width - sheet.margin
        self._fill(sheet.margin, top - height, sheet.label, height, "#E9F4F3")
        self._label(meal, top, height)
        for place, cell in enumerate(() if only_band else meal.cells):
            x = left + place * sheet.column
            if place % 2:
                self._fill(x, top - height, sheet.column, height, "#F6F2EB")
            if self._menu.days[place].closed:
                self._text(
                    x + sheet.column / 2,
                    top - 2.4 * points,
                    self._menu.days[place].closed,
                    points,
                    pages.QUIET,
                    align="centre",
                )
                continue
            self._cell(cell, x, top - 0.5 * points)
        if band:
            bottom = top - height
            self._fill(left, bottom, right - left, height if only_band else band, _BAND)
            if only_band:
                self._grid(meal.every_day, left, top - 0.5 * points)
            else:
                self._every_day(meal, left, bottom + band)

    def _label(self, meal: Meal, top: float, height: float) -> None:
        """The meal's name, written downwards, with its hours."""
        sheet = self._sheet
        large = min(0.5 * sheet.label, height / 4)
        middle = sheet.margin + sheet.label / 2
        first, *others = meal.word.split("\n")
        y = top - 1.4 * large
        for char in first:
            self._text(middle, y, char, large, _DEEP, align="centre", bold=True)
            y -= 1.2 * large
        small = 0.24 * sheet.label
        for line in [*others, *meal.hours.split("–")]:
            self._text(middle, y, line, small, pages.QUIET, align="centre")
            y -= 1.3 * small

    def _cell(self, cell: Sequence[Item], x: float, top: float) -> None:
        for item in cell:
            self._item(item, x + 0.4 * self._points, top)
            top -= _item_height(item, self._sheet, self._points)

    def _grid(self, items: Sequence[Item], left: float, top: float) -> None:
        """Under a heading of their own, without columns."""
        points = self._points
        self._text(
            left + 0.5 * points, top - points, self._menu.every_day_word, 0.9 * points, _DEEP, bold=True
        )
        top -= 1.7 * points
        across = 7 * self._sheet.column / _ACROSS
        for row in _grid(items):
            for place, item in enumerate(row):
                self._item(item, left + place * across + 0.4 * points, top)
            top -= max(_item_height(item, self._sheet, points) for item in row)

    def _item(self, item: Item, x: float, top: float) -> None:
        points, thumb = self._points, _thumb(self._points)
        self._picture(item, x, top - thumb, thumb)
        left = x + thumb + 0.4 * points
        y = top - points
        for line in _wrapped(item.name, _name_width(self._sheet, points), points):
            self._text(left, y, line, points, pages.INK, bold=True)
            y -= 1.2 * points
        small = 0.78 * points
        self._text(left, y, item.price, small, pages.RIVER)
        after = left + width(item.price, small) + 0.5 * points
        self._marks(item.marks, after, y, x + self._sheet.column - 0.6 * points)

    def _marks(self, marks: Sequence[str], x: float, y: float, right: float) -> None:
        """Small outlined words, as many as there is room for; never one cut in the middle."""
        size = 0.56 * self._points
        for mark in marks:
            wide = width(mark, size) + 0.5 * size
            if x + wide > right:
                return
            self._canvas.setStrokeColor(HexColor("#4E7A27"))
            self._canvas.setLineWidth(0.6)
            self._canvas.roundRect(x, y - 0.28 * size, wide, 1.3 * size, 0.3 * size, stroke=1, fill=0)
            self._text(x + 0.25 * size, y, mark, size, "#3C6120")
            x += wide + 0.35 * size

    def _picture(self, item: Item, x: float, y: float, side: float) -> None:
        """The picture with round corners, or the initial on its colour."""
        canvas = self._canvas
        if item.picture is None:
            canvas.setFillColor(HexColor(HUES[item.hue % len(HUES)]))
            canvas.roundRect(x, y, side, side, 0.16 * side, stroke=0, fill=1)
            self._text(x + side / 2, y + 0.31 * side, item.initial, 0.56 * side, "#FFFFFF", align="centre")
            return
        canvas.saveState()
        path = canvas.beginPath()
        path.roundRect(x, y, side, side, 0.16 * side)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawImage(ImageReader(io.BytesIO(item.picture)), x, y, side, side)
        canvas.restoreState()

    def _every_day(self, meal: Meal, left: float, top: float) -> None:
        small = _small(self._points)
        y = top - 1.35 * small
        head = self._menu.every_day_word
        self._text(left + small, y, head, small, _DEEP, bold=True)
        for line in _flow(meal.every_day, self._sheet, small):
            x = left + small + max(6 * small, width(head, small) + small)
            for name, price in line:
                self._text(x, y, name, small, pages.INK)
                x += width(name, small) + 0.35 * small
                self._text(x, y, price, 0.9 * small, pages.RIVER)
                x += width(price, small) + 1.4 * small
            y -= 1.5 * small

    # -- one level down

    def _fill(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.rect(x, y, wide, high, stroke=0, fill=1)

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        points: float,
        colour: str,
        *,
        align: str = "left",
        bold: bool = False,
    ) -> None:
        text = fonts.spell_out(text)
        if align != "left":
            x -= width(text, points) / (1 if align == "right" else 2)
        ink: Color = white if colour == "#FFFFFF" else HexColor(colour)
        made = self._canvas.beginText(x, y)
        made.setFillColor(ink)
        made.setStrokeColor(ink)
        for char_run, face in _runs(text):
            made.setFont(face, points)
            if bold:
                made.setTextRenderMode(2)
            made.textOut(char_run)
        made.setTextRenderMode(0)
        self._canvas.setLineWidth(0.03 * points)
        self._canvas.drawText(made)


def _runs(text: str) -> list[tuple[str, str]]:
    """(characters, registered face): a rare character is a run of its own."""
    runs: list[tuple[str, str]] = []
    for char in text:
        face = pages.rare_face(char) if fonts.is_rare(char) else pages.main_face()
        if runs and runs[-1][1] == face:
            runs[-1] = (runs[-1][0] + char, face)
        else:
            runs.append((char, face))
    return runs
