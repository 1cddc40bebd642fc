"""The week as a grid that one widget paints: a column for what is there every day, then Monday to Sunday; a row a meal."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from canteen_pos.ui import theme
from canteen_pos.ui.screens.menu.dragging import Drags
from canteen_pos.ui.screens.menu.geometry import NOTE, Geometry
from canteen_pos.ui.screens.menu.view import EVERY_DAY, HEAD, CellView, DayHead, DishChip, Place, WeekView
from canteen_pos.ui.widgets.painted import CENTRE, LEFT, RIGHT, TextBox, draw_box

_LEAST_LABEL = 44


class WeekGrid(Drags):
    """Keys and touches as signals; what they mean is the section's. `typed` is text for the search field."""

    went = Signal(int, int)  # steps right and down
    picked = Signal(object, object)  # a place, and a dish's id or None
    next_dish = Signal(int)
    typed = Signal(str)
    removed = Signal()
    cleared = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = WeekView()
        self._target: Place | None = None
        self._label = float(_LEAST_LABEL)
        self._geometry: Geometry | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    @property
    def view(self) -> WeekView:
        return self._view

    def show_view(self, view: WeekView) -> None:
        if view != self._view:
            self._view = view
            bold = QFontMetricsF(theme.font(14, bold=True))
            words = (bold.horizontalAdvance(word) + 12 for word, _ in view.rows)
            self._label = max(float(_LEAST_LABEL), *words) if view.rows else float(_LEAST_LABEL)
            self._geometry = None
            self.update()

    def show_target(self, place: Place | None) -> None:
        """Where a dragged dish would fall."""
        if place != self._target:
            self._target = place
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(860, 560)

    # -- where things are --------------------------------------------------------------------------------

    def geometry_now(self) -> Geometry:
        size = self.size().toSizeF()
        if self._geometry is None or self._geometry.size != size:
            self._geometry = Geometry(self._view, size, self._label)
        return self._geometry

    def cell_rect(self, place: Place) -> QRectF:
        return self.geometry_now().cell(place)

    def place_at(self, point: QPointF) -> Place | None:
        """The cell under a point; None outside of all."""
        return self.geometry_now().place_at(point)

    def chip_rects(self, place: Place) -> list[tuple[DishChip, QRectF]]:
        """The dishes of a cell that are seen, each with its place."""
        return self.geometry_now().chips(place)

    # -- painting ----------------------------------------------------------------------------------------

    def text_boxes(self) -> list[TextBox]:
        """Everything written, for the painter and for the test that measures labels."""
        boxes = [
            box for column, head in enumerate(self._view.heads) for box in self._head_boxes(column, head)
        ]
        for row, (word, _) in enumerate(self._view.rows):
            area = self.cell_rect(Place(0, row))
            label = QRectF(0, area.top() + 6, self._label, 24)
            boxes.append(TextBox(word, theme.font(14, bold=True), label, "river_ink", CENTRE))
            for column in range(8):
                boxes += self._cell_boxes(Place(column, row))
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("card"))
        for column in range(len(self._view.heads)):
            self._paint_head(painter, column)
        for row in range(len(self._view.rows)):
            for column in range(8):
                self._paint_cell(painter, Place(column, row))
        self._paint_marks(painter)
        for box in self.text_boxes():
            draw_box(painter, box)
        painter.end()

    def _paint_head(self, painter: QPainter, column: int) -> None:
        head = self._view.heads[column]
        area = self.cell_rect(Place(column, HEAD))
        painter.fillRect(area, theme.colour("wash" if head.today else "ground"))

    def _paint_cell(self, painter: QPainter, place: Place) -> None:
        area = self.cell_rect(place)
        cell = self._view.cell(place)
        if cell.state != "open" or place.column == EVERY_DAY:
            painter.fillRect(area, theme.colour("ground"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(area.topLeft(), area.topRight())
        painter.drawLine(area.topLeft(), area.bottomLeft())
        for chip, box in self.chip_rects(place):
            self._paint_chip(painter, chip, box, cell, chosen=self._is_chosen(place, chip))

    def _paint_chip(
        self, painter: QPainter, chip: DishChip, box: QRectF, cell: CellView, *, chosen: bool
    ) -> None:
        ground = theme.colour("notice" if chip.warned else "wash")
        if cell.quiet or cell.state == "past":
            ground = QColor(Qt.GlobalColor.transparent)
        painter.setBrush(theme.colour("river") if chosen else ground)
        edge = "line" if cell.quiet or cell.state == "past" else "notice_line" if chip.warned else "wash"
        painter.setPen(QPen(theme.colour("river" if chosen else edge), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _paint_marks(self, painter: QPainter) -> None:
        """The cursor, and where a dragged dish would fall."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._view.rows:
            thick = 2.5 if self.hasFocus() else 1.5
            painter.setPen(QPen(theme.colour("river"), thick))
            painter.drawRoundedRect(self.cell_rect(self._view.place).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
        if self._target is not None:
            painter.setPen(QPen(theme.colour("clash"), 2.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.cell_rect(self._target).adjusted(2, 2, -2, -2), 5, 5)

    def _head_boxes(self, column: int, head: DayHead) -> list[TextBox]:
        area = self.cell_rect(Place(column, HEAD))
        ink = "faint" if head.state == "past" else "ink"
        upper, lower = QRectF(area), QRectF(area)
        upper.setHeight(area.height() / 2 + 2)
        lower.setTop(area.top() + area.height() / 2 - 2)
        if not head.detail:
            return [TextBox(head.title, theme.font(14, bold=True), area, ink, CENTRE)]
        special = head.today or head.state == "closed"
        return [
            TextBox(head.title, theme.font(14, bold=True), upper, ink, CENTRE),
            TextBox(head.detail, theme.font(12), lower, "river_ink" if special else "quiet", CENTRE),
        ]

    def _cell_boxes(self, place: Place) -> list[TextBox]:
        cell = self._view.cell(place)
        seen = self.chip_rects(place)
        boxes: list[TextBox] = []
        for chip, box in seen:
            boxes += self._chip_boxes(chip, box, cell, chosen=self._is_chosen(place, chip))
        hidden = len(cell.chips) - len(seen)
        bottom = self.geometry_now().note(place)
        if hidden:
            more = f"+{hidden}"
            wide = QFontMetricsF(theme.font(12)).horizontalAdvance(more) + 1
            right = QRectF(bottom.right() - wide, bottom.top(), wide, NOTE)
            boxes.append(TextBox(more, theme.font(12), right, "quiet", RIGHT))
            bottom.setRight(right.left() - 2)
        if cell.note:
            boxes.append(TextBox(cell.note, theme.font(12), bottom, "quiet", LEFT))
        return boxes

    def _chip_boxes(self, chip: DishChip, box: QRectF, cell: CellView, *, chosen: bool) -> list[TextBox]:
        small = theme.font(12)
        note = chip.note
        wide = QFontMetricsF(small).horizontalAdvance(note) + 4 if note else 0
        ink = "on_river" if chosen else "quiet" if cell.quiet or cell.state == "past" else "ink"
        if chip.warned and not chosen:
            ink = "on_notice"
        name = QRectF(box.left() + 6, box.top(), box.width() - 10 - wide, box.height())
        boxes = [TextBox(chip.name, theme.font(13), name, ink, LEFT)]
        if note:
            right = QRectF(box.right() - wide - 4, box.top(), wide, box.height())
            boxes.append(TextBox(note, small, right, "on_river" if chosen else "quiet", RIGHT))
        return boxes

    def _is_chosen(self, place: Place, chip: DishChip) -> bool:
        return place == self._view.place and chip.dish_id == self._view.chosen

    # -- keys and touches --------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tab steps through a cell's dishes instead of leaving."""
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in tabs:
            self.next_dish.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self._tip(self.mapFromGlobal(self.cursor().pos())))
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in moves and not control:
            self.went.emit(*moves[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            (self.cleared if control else self.removed).emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.text().isprintable() and event.text().strip() and not control:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        place = self.place_at(event.position())
        if place is None:
            return
        dish_id = self.dish_at(event.position(), place)
        if dish_id is None and self.geometry_now().note(place).contains(event.position()):
            self.picked.emit(place, self.geometry_now().further(place))  # '+3' shows them
            return
        self.picked.emit(place, dish_id)
        if dish_id is not None:
            self.begin(event, dish_id)

    def dish_at(self, point: QPointF, place: Place | None = None) -> int | None:
        """The dish whose chip is under a point."""
        place = place or self.place_at(point)
        if place is None or place.row == HEAD:
            return None
        return next((chip.dish_id for chip, box in self.chip_rects(place) if box.contains(point)), None)

    def _tip(self, point: QPoint) -> str:
        place = self.place_at(QPointF(point))
        if place is None or place.row == HEAD:
            return ""
        seen = self.chip_rects(place)
        found = next((chip for chip, box in seen if box.contains(QPointF(point))), None)
        if found is not None:
            return f"{found.name}\n{found.warned}".strip()
        chips = self._view.cell(place).chips
        return "\n".join(chip.name for chip in chips) if len(chips) > len(seen) else ""
