"""Where the cells of the week's grid are, and which of their dishes have room to be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSizeF

from canteen_pos.ui.screens.menu.view import HEAD, CellView, DishChip, Place, WeekView

NOTE = 18
_HEAD_HIGH = 46
_CHIP, _GAP = 24, 3
_LEAST_ROW = 96


def _fitting(room: float) -> int:
    """How many dishes stand in so many pixels."""
    return max(1, int((room + _GAP) // (_CHIP + _GAP)))


@dataclass(frozen=True)
class Geometry:
    """`label` is the width of the meals' names, left of all columns."""

    view: WeekView
    size: QSizeF
    label: float

    def cell(self, place: Place) -> QRectF:
        width = (self.size.width() - self.label) / 8
        left = self.label + place.column * width
        if place.row == HEAD:
            return QRectF(left, 0, width, _HEAD_HIGH)
        return QRectF(left, _HEAD_HIGH + sum(self._heights[: place.row]), width, self._heights[place.row])

    def place_at(self, point: QPointF) -> Place | None:
        """The cell under a point; None outside of all."""
        inside = QRectF(QPointF(self.label, 0), QPointF(self.size.width(), self.size.height()))
        if not inside.contains(point):
            return None
        column = min(7, int((point.x() - self.label) / ((self.size.width() - self.label) / 8)))
        rows = range(HEAD, len(self.view.rows))
        return next((here for row in rows if self.cell(here := Place(column, row)).contains(point)), None)

    def chips(self, place: Place) -> list[tuple[DishChip, QRectF]]:
        """The dishes of a cell that are seen, each with its place: as many as fit, the chosen one among them."""
        cell = self.view.cell(place)
        fits = self._fits(place, cell)
        start = self._first_seen(place, cell.chips, fits)
        area = self._inside(place)
        return [
            (chip, QRectF(area.left(), area.top() + number * (_CHIP + _GAP), area.width(), _CHIP))
            for number, chip in enumerate(cell.chips[start : start + fits])
        ]

    def note(self, place: Place) -> QRectF:
        """The line at a cell's foot, where its note stands and how many dishes more there are."""
        area = self._inside(place)
        return QRectF(area.left() + 2, area.bottom() - NOTE + 2, area.width() - 4, NOTE)

    def further(self, place: Place) -> int | None:
        """The dish that brings the next ones into view when it is chosen; the first again after the last."""
        chips, seen = self.view.cell(place).chips, self.chips(place)
        if len(chips) == len(seen):
            return None
        last = chips.index(seen[-1][0])
        return chips[min(last + len(seen), len(chips) - 1) if last + 1 < len(chips) else 0].dish_id

    def _inside(self, place: Place) -> QRectF:
        return self.cell(place).adjusted(4, 4, -4, -4)

    def _fits(self, place: Place, cell: CellView) -> int:
        high = self._inside(place).height()
        fits = _fitting(high - (NOTE if cell.note else 0))
        if len(cell.chips) > fits:
            fits = _fitting(high - NOTE)  # below them stands how many more there are
        return fits

    def _first_seen(self, place: Place, chips: Sequence[DishChip], fits: int) -> int:
        if place != self.view.place or self.view.chosen is None:
            return 0
        at = next((n for n, chip in enumerate(chips) if chip.dish_id == self.view.chosen), 0)
        return min(max(0, at - fits + 1), max(0, len(chips) - fits))

    @cached_property
    def _heights(self) -> list[float]:
        """Each row as high as its fullest day needs, as far as there is room."""
        count = len(self.view.rows)
        room = max(float(count * _LEAST_ROW), self.size.height() - _HEAD_HIGH - 1.0)
        needed = [
            max(
                _LEAST_ROW,
                max((len(cell.chips) for cell in row[1:]), default=0) * (_CHIP + _GAP) + NOTE + 8.0,
            )
            for row in self.view.cells
        ]
        spare = room - count * _LEAST_ROW
        wanted = sum(needed) - count * _LEAST_ROW
        if wanted <= 0:
            return [room / max(1, count)] * count
        if wanted <= spare:
            return [height + (spare - wanted) / count for height in needed]
        # the shortest rows get what they need first
        heights, left = [0.0] * count, room
        for done, row in enumerate(sorted(range(count), key=lambda row: needed[row])):
            heights[row] = min(needed[row], left / (count - done))
            left -= heights[row]
        return heights
