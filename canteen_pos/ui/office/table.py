"""The table of a list: 40 px rows with hairlines, chips, the chosen row in the wash with a river edge."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from canteen_pos.ui import theme
from canteen_pos.ui.office.paged import Cell, PagedModel
from canteen_pos.ui.widgets.labels import ChipKind
from canteen_pos.ui.widgets.painted import LEFT, RIGHT, TextBox, draw_box

ROW = 40
_SIDE = 12
_GAP = 6
_CHIP_PX = 13
Chips = tuple[tuple[str, ChipKind], ...]
_CHIP_INK: dict[ChipKind, tuple[str, str]] = {
    "plain": ("sunken", "ink"),
    "good": ("wash", "river_ink"),
    "notice": ("notice", "on_notice"),
    "bad": ("bad_wash", "bad"),
    "bar": ("bar_chip", "on_bar"),
    "key": ("card", "quiet"),
}


def _font(cell: Cell) -> QFont:
    return theme.font(15, bold=cell.bold, struck=cell.struck)


def _chip_width(word: str) -> float:
    return QFontMetricsF(theme.font(_CHIP_PX)).horizontalAdvance(word) + 14


def _fitting(chips: Chips, room: float) -> Chips:
    """The chips there is room for; '+2' says how many are left out."""
    for shown in range(len(chips), 0, -1):
        more: Chips = ((f"+{len(chips) - shown}", "plain"),) if shown < len(chips) else ()
        fitting = (*chips[:shown], *more)
        if sum(_chip_width(word) for word, _ in fitting) + _GAP * (len(fitting) - 1) <= room:
            return fitting
    return chips[:1]


class RowPainter(QStyledItemDelegate):
    """Paints the cells of a `PagedModel`."""

    def boxes(self, cell: Cell, area: QRectF, *, right: bool, chosen: bool = False) -> list[TextBox]:
        """Everything written in a cell, and where."""
        inner = area.adjusted(_SIDE, 0, -_SIDE, 0)
        made: list[TextBox] = []
        if cell.text:
            font = _font(cell)
            made.append(TextBox(cell.text, font, QRectF(inner), cell.ink, RIGHT if right else LEFT))
            inner.setLeft(inner.left() + QFontMetricsF(font).horizontalAdvance(cell.text) + 8)
        for word, kind in _fitting(cell.chips, inner.width()):
            ground, ink = _CHIP_INK[kind]
            wide = min(_chip_width(word), inner.width())
            chip = QRectF(inner.left(), area.center().y() - 11, wide, 22)
            ground = "card" if chosen and kind == "good" else ground
            made.append(TextBox(word, theme.font(_CHIP_PX), chip, ink, ground=ground))
            inner.setLeft(inner.left() + wide + _GAP)
        return made

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, PagedModel):
            return
        view = option.widget
        chosen = isinstance(view, QTableView) and view.currentIndex().row() == index.row()
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(area, theme.colour("wash"))
            if index.column() == 0:
                painter.fillRect(QRectF(area.left(), area.top(), 3, area.height()), theme.colour("river"))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("line"))
        cell = model.cell(index)
        if chosen and index.column() == 0 and not cell.bold:
            cell = Cell(cell.text, cell.chips, cell.ink, bold=True, struck=cell.struck)
        right = model.columns[index.column()].align == "right"
        for box in self.boxes(cell, area, right=right, chosen=chosen):
            draw_box(painter, box)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option
        model = index.model()
        if not isinstance(model, PagedModel):
            return QSize(0, ROW)
        cell = model.cell(index)
        wide = 2.0 * _SIDE
        wide += QFontMetricsF(_font(cell)).horizontalAdvance(cell.text) if cell.text else 0
        if cell.chips:  # those that do not fit are counted in a last chip
            wide += _chip_width(cell.chips[0][0])
            wide += _GAP + _chip_width("+9") if len(cell.chips) > 1 else 0
        return QSize(round(wide), ROW)


class RowTable(QTableView):
    """One row is current; there is no selection of cells. `entered_row` on a double click."""

    entered_row = Signal()

    def __init__(self, model: PagedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rows")
        self._model = model
        self.setModel(model)
        self.setItemDelegate(RowPainter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(36)
        self.doubleClicked.connect(lambda _: self.entered_row.emit())

    @property
    def place(self) -> int:
        """The current row's place, -1 for none."""
        return self.currentIndex().row()

    def go(self, place: int) -> None:
        """Make a row current and bring it into view."""
        index = self._model.index(place, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()

    def rows_in_sight(self) -> int:
        return max(1, self.viewport().height() // ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """The columns that grow share what the others leave."""
        columns = self._model.columns
        growing = sum(column.grow for column in columns) or 1
        spare = max(0, self.viewport().width() - sum(column.width for column in columns))
        for place, column in enumerate(columns):
            self.setColumnWidth(place, column.width + (spare // growing if column.grow else 0))
