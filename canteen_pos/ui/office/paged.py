"""A table model that reads its rows page by page as they come into sight: fifty thousand rows cost what is seen."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from canteen_pos.ui.widgets.labels import ChipKind

PAGE = 40
_KEPT = 60
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a list: words, then chips. `ink` is a colour token."""

    text: str = ""
    chips: tuple[tuple[str, ChipKind], ...] = ()
    ink: str = "ink"
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """`cell` makes the words of a row. `width` in px; the columns that `grow` share what is left."""

    heading: str
    cell: Callable[[Any], Cell | str]
    width: int
    align: Literal["left", "right"] = "left"
    grow: bool = False


@dataclass(slots=True)
class _Pages:
    """The pages read last."""

    fetch: Callable[[int, int], Sequence[Any]]
    kept: OrderedDict[int, Sequence[Any]] = field(default_factory=OrderedDict)

    def row(self, place: int) -> Any | None:
        number, offset = divmod(place, PAGE)
        page = self.kept.get(number)
        if page is None:
            page = self.kept[number] = self.fetch(number * PAGE, PAGE)
            if len(self.kept) > _KEPT:
                self.kept.popitem(last=False)
        else:
            self.kept.move_to_end(number)
        return page[offset] if offset < len(page) else None


class PagedModel(QAbstractTableModel):
    """Rows `fetch(offset, limit)` gives; `show(count)` says how many there are, and that all are to be read anew."""

    def __init__(self, columns: Sequence[Column], fetch: Callable[[int, int], Sequence[Any]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._pages = _Pages(fetch)
        self._count = 0

    def show(self, count: int) -> None:
        self.beginResetModel()
        self._pages.kept.clear()
        self._count = count
        self.endResetModel()

    def row(self, place: int) -> Any | None:
        """The row itself; None beyond the end."""
        return self._pages.row(place) if 0 <= place < self._count else None

    def cell(self, index: Index) -> Cell:
        row = self.row(index.row())
        if row is None:
            return Cell()
        made = self.columns[index.column()].cell(row)
        return made if isinstance(made, Cell) else Cell(made)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            cell = self.cell(index)
            words = (cell.text, *(word for word, _ in cell.chips))
            return " ".join(word for word in words if word)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if self.columns[section].align == "right"
                else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
