"""The dishes to plan with: found by initials, code or name, taken by Enter or carried into the grid."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from canteen_pos.domain.dishes import Dish
from canteen_pos.domain.money import yuan
from canteen_pos.ui import theme
from canteen_pos.ui.screens.menu.dragging import Drags
from canteen_pos.ui.widgets.painted import LEFT, RIGHT, TextBox, draw_box

ROW = 32


class DishList(Drags):
    """Rows painted by one widget in a scroll area. `taken` on a double click; `moved` when another row is current."""

    taken = Signal(int)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dishes: tuple[Dish, ...] = ()
        self._there: frozenset[int] = frozenset()
        self._day = date.min
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_dishes(self, dishes: Sequence[Dish], there: frozenset[int], day: date) -> None:
        """Priced as on `day`. `there` are on the cursor's menu already: they are quiet, with a tick."""
        if tuple(dishes) != self._dishes:
            self._dishes = tuple(dishes)
            self._current = 0
            self.setFixedHeight(max(1, len(dishes)) * ROW)
        self._there, self._day = there, day
        self.update()

    @property
    def current(self) -> Dish | None:
        return self._dishes[self._current] if self._current < len(self._dishes) else None

    @property
    def dishes(self) -> tuple[Dish, ...]:
        return self._dishes

    def step(self, by: int) -> None:
        if self._dishes:
            self._go(min(max(self._current + by, 0), len(self._dishes) - 1))

    def row_rect(self, place: int) -> QRectF:
        return QRectF(0, place * ROW, self.width(), ROW)

    def sizeHint(self) -> QSize:
        return QSize(240, max(1, len(self._dishes)) * ROW)

    def text_boxes(self) -> list[TextBox]:
        boxes: list[TextBox] = []
        for place, dish in enumerate(self._dishes):
            area = self.row_rect(place).adjusted(10, 0, -10, 0)
            there = dish.id in self._there
            code = QRectF(area.left(), area.top(), 36, area.height())
            name = QRectF(area.left() + 40, area.top(), area.width() - 40 - 62, area.height())
            price = QRectF(area.right() - 60, area.top(), 60, area.height())
            words = f"✓ {dish.name}" if there else dish.name
            boxes.append(TextBox(dish.code, theme.font(12), code, "quiet", LEFT))
            boxes.append(TextBox(words, theme.font(14), name, "quiet" if there else "ink", LEFT))
            boxes.append(TextBox(yuan(dish.price_on(self._day)), theme.font(13), price, "quiet", RIGHT))
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._dishes:
            area = self.row_rect(self._current)
            painter.fillRect(area, theme.colour("wash"))
            painter.fillRect(QRectF(0, area.top(), 3, ROW), theme.colour("river"))
        seen = QRectF(event.rect())
        for box in self.text_boxes():
            if box.box.intersects(seen):
                draw_box(painter, box)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y() // ROW)
        if place < len(self._dishes):
            self._go(place)
            self.begin(event, self._dishes[place].id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        if self.current is not None:
            self.let_go()
            self.taken.emit(self.current.id)

    def _go(self, place: int) -> None:
        self._current = place
        self.update()
        self.moved.emit(place)
