"""The dishes as tiles, painted by one widget: a key press repaints, it builds nothing."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from canteen_pos.ui import theme
from canteen_pos.ui.screens.till.view import TilesView, TileView
from canteen_pos.ui.widgets.finger import is_scrolling, scroll_by_finger
from canteen_pos.ui.widgets.painted import LEFT, RIGHT, TextBox, draw_box

GAP = 8
_WIDE = 1150
"""From this width on tiles are larger: a big screen stands further away."""
_HOLD_MS = 600


@dataclass(frozen=True, slots=True)
class _Size:
    """Pixels of a tile and its type."""

    least_width: int
    height: int
    name_px: int
    detail_px: int
    price_px: int


_USUAL = _Size(168, 100, 17, 13, 18)
_LARGE = _Size(204, 116, 19, 14, 21)


class TileGrid(QWidget):
    """`pressed` and `held` carry a dish id; holding (or the other mouse button) is for today's changes."""

    pressed = Signal(int)
    held = Signal(int)
    columns_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._view = TilesView()
        self._columns = 5
        self._size = _USUAL
        self._down = -1
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(_HOLD_MS)
        self._hold.timeout.connect(self._held)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def view(self) -> TilesView:
        return self._view

    def show_view(self, view: TilesView) -> None:
        if view == self._view:
            return
        before, self._view = self._view, view
        if (len(view.tiles), view.empty) != (len(before.tiles), before.empty):
            self._set_height()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, self._rows() * (self._size.height + GAP))

    def tile_rect(self, place: int) -> QRectF:
        """Where the tile at `place` stands."""
        row, column = divmod(place, self._columns)
        width = (self.width() - GAP * (self._columns - 1)) / self._columns
        height = self._size.height
        return QRectF(column * (width + GAP), row * (height + GAP), width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._size = _LARGE if event.size().width() >= _WIDE else _USUAL
        columns = max(2, (event.size().width() + GAP) // (self._size.least_width + GAP))
        if columns != self._columns:
            self._columns = columns
            self.columns_changed.emit(columns)
        self._set_height()

    def _rows(self) -> int:
        if self._view.empty:
            return 1
        return -(-len(self._view.tiles) // self._columns)

    def _set_height(self) -> None:
        self.setFixedHeight(max(1, self._rows() * (self._size.height + GAP) - GAP))

    def text_boxes(self) -> list[TextBox]:
        boxes = list(self._empty_boxes())
        for place, tile in enumerate(self._view.tiles):
            boxes += _tile_boxes(tile, self.tile_rect(place), self._size)
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        exposed = QRectF(event.rect())
        for box in self._empty_boxes():
            draw_box(painter, box)
        for place, tile in enumerate(self._view.tiles):
            area = self.tile_rect(place)
            if area.intersects(exposed):
                self._paint_tile(painter, tile, area, place)
        painter.end()

    def _empty_boxes(self) -> tuple[TextBox, ...]:
        if not self._view.empty:
            return ()
        return (TextBox(self._view.empty, theme.font(15), QRectF(self.rect()), "quiet"),)

    def _paint_tile(self, painter: QPainter, tile: TileView, area: QRectF, place: int) -> None:
        chosen = place == self._view.cursor
        ground = "sunken" if tile.sold_out else "wash" if place == self._down else "card"
        edge = "river" if chosen else "clash" if tile.clash else "line"
        width = 2.0 if chosen else 1.0
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour(edge), width))
        radius = theme.current().sizes["radius"]
        inset = width / 2
        painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius, radius)
        for box in _tile_boxes(tile, area, self._size):
            draw_box(painter, box)

    def _place_at(self, event: QMouseEvent) -> int:
        point = event.position()
        return next((n for n in range(len(self._view.tiles)) if self.tile_rect(n).contains(point)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._down = self._place_at(event)
        if event.button() == Qt.MouseButton.RightButton:
            self._held()
        elif self._down >= 0:
            self._hold.start()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hold.stop()
        down, self._down = self._down, -1
        self.update()
        if 0 <= down < len(self._view.tiles) and self._place_at(event) == down and not is_scrolling(self):
            self.pressed.emit(self._view.tiles[down].dish_id)

    def _held(self) -> None:
        down, self._down = self._down, -1
        if 0 <= down < len(self._view.tiles) and not is_scrolling(self):
            self.held.emit(self._view.tiles[down].dish_id)


def _tile_boxes(tile: TileView, area: QRectF, size: _Size) -> list[TextBox]:
    inner = area.adjusted(12, 8, -12, -8)
    out = bool(tile.sold_out)
    chip = _chip(tile, inner)
    room = (chip.box.left() - 6 if chip else inner.right()) - inner.left()
    name = _name(tile, inner, room, size)
    boxes = [name, chip] if chip else [name]
    detail = QRectF(inner.x(), inner.y() + size.name_px + 8, inner.width(), 19)
    if name.lines == 1:
        ink = "ink" if out else "quiet"
        boxes.append(TextBox(tile.detail, theme.font(size.detail_px), detail, ink, LEFT))
    left_font = theme.font(size.detail_px, bold=tile.few and not out, struck=out)
    left_width = QFontMetricsF(left_font).horizontalAdvance(tile.left) + 2
    bottom = inner.bottom() - 25
    if tile.left:
        box = QRectF(inner.right() - left_width, bottom, left_width, 24)
        boxes.append(TextBox(tile.left, left_font, box, _left_ink(tile), RIGHT))
    price = QRectF(inner.x(), bottom - 2, inner.width() - left_width - 4, 28)
    font = theme.font(size.price_px, struck=out)
    boxes.append(TextBox(tile.price, font, price, "faint" if out else "ink", LEFT))
    return boxes


def _left_ink(tile: TileView) -> str:
    if tile.sold_out:
        return "faint"
    return "clash" if tile.few else "quiet"


def _chip(tile: TileView, inner: QRectF) -> TextBox | None:
    word = tile.clash or tile.key
    if not word:
        return None
    width = min(QFontMetricsF(theme.font(12)).horizontalAdvance(word) + 10, inner.width() * 0.6)
    box = QRectF(inner.right() - width + 5, inner.y() + 1, width, 19)
    if not tile.clash:
        return TextBox(word, theme.font(12), box, "quiet", frame="line_strong")
    return TextBox(tile.clash, theme.font(12), box, "on_notice", ground="notice")


def _name(tile: TileView, inner: QRectF, room: float, size: _Size) -> TextBox:
    """The name as large as it fits; a very long one takes two lines, and the detail's place with them."""
    fonts = [theme.font(px, bold=True) for px in range(size.name_px, 13, -1)]
    wide = (font for font in fonts if QFontMetricsF(font).horizontalAdvance(tile.name) <= room)
    font = next(wide, None)
    ink = "faint" if tile.sold_out else "ink"
    if font is None:
        box = QRectF(inner.x(), inner.y(), room, 2 * size.name_px + 12)
        return TextBox(tile.name, theme.font(14, bold=True), box, ink, LEFT, lines=2)
    return TextBox(tile.name, font, QRectF(inner.x(), inner.y(), room, size.name_px + 9), ink, LEFT)


class TileArea(QScrollArea):
    """The grid with a scroll bar for long categories; it follows the cursor."""

    def __init__(self, grid: TileGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setWidget(grid)
        scroll_by_finger(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def follow(self, cursor: int) -> None:
        """Bring the tile at `cursor` into sight."""
        if cursor >= 0:
            centre = self._grid.tile_rect(cursor).center().toPoint()
            half = round(self._grid.tile_rect(cursor).height() / 2) + 4
            self.ensureVisible(centre.x(), centre.y(), 0, half)
