"""The weekly menu as a poster, A3 or A4 across: seven columns, a band for each meal.

Draws what `weekly_menu_layout` found.
"""

import io
from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from canteen_pos.reports import pages
from canteen_pos.reports.drawing import runs
from canteen_pos.reports.weekly_menu import HUES, Day, Item, Meal, WeeklyMenu
from canteen_pos.reports.weekly_menu_layout import SHEETS, Laid, Look, laid_pages
from canteen_pos.reports.weekly_menu_words import Line, Word, fitted, width

_DEEP, _PAPER, _BAND, _EVERY_OTHER = "#12393B", "#FBF9F5", "#F1EDE6", "#F6F2EB"
_MARK_LINE, _MARK = "#4E7A27", "#3C6120"


def render(menu: WeeklyMenu, size: str = "A3") -> bytes:
    """`size` is 'A3' or 'A4'. The same menu always gives the same bytes."""
    sheet = SHEETS[size]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(sheet.width, sheet.height), invariant=1, pageCompression=1)
    canvas.setTitle(f"{menu.canteen} {menu.title} {menu.week}")
    for meals, look in laid_pages(menu, sheet):
        _Page(canvas, menu, look).draw(meals)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Page:
    def __init__(self, canvas: Canvas, menu: WeeklyMenu, look: Look) -> None:
        self._canvas, self._menu, self._look = canvas, menu, look
        self._sheet, self._points = look.sheet, look.points
        self._left = self._sheet.margin + self._sheet.label
        self._right = self._sheet.width - self._sheet.margin

    def draw(self, meals: Sequence[Meal]) -> None:
        sheet = self._sheet
        self._fill(0, 0, sheet.width, sheet.height, _PAPER)
        top = sheet.height - sheet.margin
        self._head(top)
        top -= sheet.head
        for place, day in enumerate(self._menu.days):
            self._day(place, day, top)
        top -= sheet.days
        if not meals:
            middle = top - sheet.room / 2
            size = 0.5 * sheet.head
            self._text(sheet.width / 2, middle, self._menu.nothing, size, pages.QUIET, align="centre")
        heights = [self._look.meal_height(meal, self._menu.every_day_word) for meal in meals]
        spare = min(max(0.0, sheet.room - sum(heights)) / max(1, len(meals)), 3 * self._points)
        for meal, height in zip(meals, heights, strict=True):
            self._meal(meal, top, height + spare)
            top -= height + spare
            self._canvas.setStrokeColor(HexColor(pages.RIVER))
            self._canvas.setLineWidth(1.2)
            self._canvas.line(sheet.margin, top, self._right, top)
        size = fitted(self._menu.foot, 0.21 * sheet.head, sheet.width - 2 * sheet.margin)
        self._text(sheet.margin, sheet.margin * 0.75, self._menu.foot, size, pages.QUIET)

    def _head(self, top: float) -> None:
        """The canteen's name takes the room that title and week leave."""
        sheet, menu, large = self._sheet, self._menu, 0.5 * self._sheet.head
        base = top - 0.62 * sheet.head
        week = width(menu.week, 0.62 * large)
        title = width(menu.title, large)
        room = sheet.width - 2 * sheet.margin - week - title - 1.6 * large
        size = fitted(menu.canteen, large, room)
        self._text(sheet.margin, base, menu.canteen, size, _DEEP, bold=True)
        after = sheet.margin + width(menu.canteen, size) + 0.6 * large
        self._text(after, base, menu.title, large, pages.RIVER)
        self._text(self._right, base, menu.week, 0.62 * large, pages.INK, align="right")

    def _day(self, place: int, day: Day, top: float) -> None:
        sheet = self._sheet
        left = self._left + place * sheet.column
        self._fill(left, top - sheet.days, sheet.column, sheet.days, _DEEP)
        middle = left + sheet.column / 2
        large = fitted(day.weekday, 0.42 * sheet.days, sheet.column - 8)
        self._text(middle, top - 0.46 * sheet.days, day.weekday, large, "#FFFFFF", align="centre", bold=True)
        self._text(middle, top - 0.84 * sheet.days, day.date, 0.3 * sheet.days, "#D5E8E5", align="centre")

    def _meal(self, meal: Meal, top: float, height: float) -> None:
        sheet, points, bottom = self._sheet, self._points, top - height
        self._fill(sheet.margin, bottom, sheet.label, height, "#E9F4F3")
        self._label(meal, top, height)
        if not any(meal.cells):
            self._fill(self._left, bottom, self._right - self._left, height, _BAND)
            self._rows(meal.every_day, top - 0.5 * points)
            return
        for place, (day, cell) in enumerate(zip(self._menu.days, meal.cells, strict=True)):
            x = self._left + place * sheet.column
            if place % 2:
                self._fill(x, bottom, sheet.column, height, _EVERY_OTHER)
            if day.closed:
                middle = x + sheet.column / 2
                self._text(middle, top - 2.4 * points, day.closed, points, pages.QUIET, align="centre")
            else:
                self._cell(self._look.cell(cell), x, top - 0.5 * points)
        band = self._look.band_height(meal, self._menu.every_day_word)
        if band:
            self._fill(self._left, bottom, self._right - self._left, band, _BAND)
            self._band(meal.every_day, bottom + band)

    def _label(self, meal: Meal, top: float, height: float) -> None:
        """The meal's name, written downwards, with its hours."""
        sheet = self._sheet
        first, *others = meal.word.split("\n")
        large = min(0.5 * sheet.label, height / (len(first) + 2))
        middle = sheet.margin + sheet.label / 2
        y = top - 1.4 * large
        for char in first:
            self._text(middle, y, char, large, _DEEP, align="centre", bold=True)
            y -= 1.2 * large
        for line in [*others, *meal.hours.split("–")]:
            size = fitted(line, 0.24 * sheet.label, sheet.label - 6)
            self._text(middle, y, line, size, pages.QUIET, align="centre")
            y -= 1.3 * 0.24 * sheet.label

    def _cell(self, dishes: Sequence[Laid], x: float, top: float) -> None:
        for laid in dishes:
            self._dish(laid, x + 0.4 * self._points, top)
            top -= laid.height

    def _rows(self, items: Sequence[Item], top: float) -> None:
        """What is there every day, under a heading of its own, without columns."""
        points, head = self._points, self._menu.every_day_word
        self._text(self._left + 0.5 * points, top - points, head, 0.9 * points, _DEEP, bold=True)
        top -= 1.7 * points
        for row in self._look.rows(items):
            for place, laid in enumerate(row):
                self._dish(laid, self._left + place * self._look.across + 0.4 * points, top)
            top -= max(one.height for one in row)

    def _band(self, items: Sequence[Item], top: float) -> None:
        """The same in a line or a few, below the days."""
        small, head = self._look.small, self._menu.every_day_word
        y = top - 1.35 * small
        self._text(self._left + small, y, head, small, _DEEP, bold=True)
        for line in self._look.band(items, head):
            self._words(line, self._left + small + self._look.band_start(head), y)
            y -= 1.5 * small

    def _dish(self, laid: Laid, x: float, top: float) -> None:
        look, points = self._look, self._points
        if look.pictured:
            self._picture(laid.item, x, top - look.thumb, look.thumb)
        left, y = x + look.indent, top - points
        for name in laid.names:
            self._text(left, y, name, points, pages.INK, bold=True)
            y -= 1.2 * points
        if laid.beside:
            y += 1.2 * points
        for line in laid.details:
            self._words(line, left, y)
            y -= 1.05 * points

    def _words(self, line: Line, x: float, y: float) -> None:
        for distance, word in line:
            if word.kind == "mark":
                self._mark(word, x + distance, y)
            else:
                ink = pages.RIVER if word.kind == "price" else pages.INK
                self._text(x + distance, y, word.text, word.size, ink)

    def _mark(self, mark: Word, x: float, y: float) -> None:
        """A small outlined word."""
        size = mark.size
        self._canvas.setStrokeColor(HexColor(_MARK_LINE))
        self._canvas.setLineWidth(0.6)
        self._canvas.roundRect(x, y - 0.28 * size, mark.wide, 1.3 * size, 0.3 * size, stroke=1, fill=0)
        self._text(x + 0.25 * size, y, mark.text, size, _MARK)

    def _picture(self, item: Item, x: float, y: float, side: float) -> None:
        """The picture with round corners, or the initial on its colour."""
        canvas = self._canvas
        if item.picture is None:
            canvas.setFillColor(HexColor(HUES[item.hue % len(HUES)]))
            canvas.roundRect(x, y, side, side, 0.16 * side, stroke=0, fill=1)
            size = fitted(item.initial, 0.56 * side, 0.9 * side)
            self._text(x + side / 2, y + 0.31 * side, item.initial, size, "#FFFFFF", align="centre")
            return
        canvas.saveState()
        path = canvas.beginPath()
        path.roundRect(x, y, side, side, 0.16 * side)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.drawImage(ImageReader(io.BytesIO(item.picture)), x, y, side, side)
        canvas.restoreState()

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
        if align != "left":
            x -= width(text, points) / (1 if align == "right" else 2)
        ink: Color = white if colour == "#FFFFFF" else HexColor(colour)
        made = self._canvas.beginText(x, y)
        made.setFillColor(ink)
        made.setStrokeColor(ink)
        for face, run in runs(text):
            made.setFont(face, points)
            if bold:
                made.setTextRenderMode(2)
            made.textOut(run)
        made.setTextRenderMode(0)
        self._canvas.setLineWidth(0.03 * points)
        self._canvas.drawText(made)
