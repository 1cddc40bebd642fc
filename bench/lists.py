"""The back office's list of fifty thousand people: from a key or a turn of the wheel until the list is painted.

Beside it a bare QTableView on a list that is in memory already, filtered by one comprehension: what Qt itself takes.
"""

import gc
import itertools
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QVBoxLayout, QWidget

from bench.big_canteen import NOON, BigCanteen, big_canteen
from bench.timing import Row, Samples, below, show
from canteen_pos import app, i18n, settings
from canteen_pos.clock import FixedClock
from canteen_pos.services import users
from canteen_pos.services.context import Desk
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.people.screen import PeopleSection
from canteen_pos.ui.sections import office as office_for

SEARCHES = ("wxl", "lgy", "王秀", "5566", "zh", "30000", "z")
_K = Qt.Key
Index = QModelIndex | QPersistentModelIndex


def run(*, quick: bool) -> None:
    rounds = 2 if quick else 8
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as place:
        folder = Path(place)
        application = app.start_qt(settings.change(folder, language="zh"))
        i18n.set_language("zh")
        canteen = big_canteen(folder, quick=quick)
        office = _office(canteen)
        section = office.section
        assert isinstance(section, PeopleSection)
        gc.collect()
        gc.freeze()  # as the window does once it stands: what was imported is not looked through again
        filtered, scrolled, chosen, lists, told = _ours(application, section, rounds)
        rows = section.fetch(0, canteen.members + 1000)
        office.close()
        plain_filtered, plain_scrolled = _plain(application, [_cells(section, row) for row in rows], rounds)
        canteen.desk.db.close()
    show(
        f"A list of {len(rows):,} people, 1366x768, {len(filtered.ms) + len(scrolled.ms):,} steps",
        [
            Row(
                "a letter more or less in the search, bare QTableView (median)",
                f"{plain_filtered.median:.2f} ms",
            ),
            Row("  the same, the people list (median)", f"{filtered.median:.2f} ms"),
            below("  the same (99th percentile)", filtered.percentile(99), 100),
            below(
                "another work list (99th percentile)",
                lists.percentile(99),
                100,
            ),
            below(
                "the first one's story, after a pause of the hand (99th percentile)", told.percentile(99), 100
            ),
            Row("a page further, bare QTableView (median)", f"{plain_scrolled.median:.2f} ms"),
            Row("  the same, the people list (median)", f"{scrolled.median:.2f} ms"),
            below("  the same (99th percentile)", scrolled.percentile(99), 100),
            below(
                "the next person and their whole story, priced (99th percentile)", chosen.percentile(99), 100
            ),
        ],
    )


def _office(canteen: BigCanteen) -> OfficeScreen:
    desk = Desk(canteen.desk.db, FixedClock(NOON), "T1", folder=canteen.file.parent)
    office = office_for(desk, users.sign_in(desk, "陈经理", "8888"))
    office.resize(1366, 688)
    office.show()
    office.open("people")
    office.activateWindow()
    QApplication.processEvents()
    return office


def _ours(application: QApplication, section: PeopleSection, rounds: int) -> tuple[Samples, ...]:
    filtered, scrolled, chosen, lists, told = (Samples() for _ in range(5))
    bar = section.table.verticalScrollBar()
    for turn in range(rounds + 1):
        if turn == 1:  # what came before only warmed up
            for samples in (filtered, scrolled, chosen, lists, told):
                samples.ms.clear()
        for text in SEARCHES:
            for _ in _typed(section.search, text, filtered, application):
                pass
        for _ in section.filters.codes():
            with lists.one():
                section.filters.step(1)
                application.processEvents()
            with told.one():
                section.settle()
                application.processEvents()
        for place in _places(bar.maximum()):
            with scrolled.one():
                bar.setValue(place)
                section.table.viewport().repaint()
                application.processEvents()
        for key in (_K.Key_PageDown, _K.Key_Down, _K.Key_Down, _K.Key_PageUp):
            with chosen.one():
                QTest.keyClick(section.search, key)
                application.processEvents()
    return filtered, scrolled, chosen, lists, told


def _typed(field: QLineEdit, text: str, samples: Samples, application: QApplication) -> Any:
    """A letter more each time, then all away."""
    for end in (*range(1, len(text) + 1), 0):
        with samples.one():
            field.setText(text[:end])
            application.processEvents()
        yield end


def _places(last: int) -> list[int]:
    """A page at a time at the beginning and the end, and leaps over all of it."""
    near = list(itertools.islice(range(0, max(1, last), 440), 20))
    return [*near, *(last * part // 23 for part in range(24)), *(max(0, last - step) for step in near)]


class _Listed(QAbstractTableModel):
    """Rows of strings in memory."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own name and default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def show(self, rows: list[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


def _cells(section: PeopleSection, row: Any) -> tuple[str, ...]:
    made = [column.cell(row) for column in section.model.columns]
    return (*(cell if isinstance(cell, str) else cell.text for cell in made), row.initials)


def _plain(application: QApplication, rows: list[tuple[str, ...]], rounds: int) -> tuple[Samples, Samples]:
    filtered, scrolled = Samples(), Samples()
    window = QWidget()
    column = QVBoxLayout(window)
    field, view, model = QLineEdit(), QTableView(), _Listed(rows)
    view.setModel(model)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    column.addWidget(field)
    column.addWidget(view)
    field.textChanged.connect(
        lambda text: model.show([row for row in rows if text in row[0] or row[7].startswith(text)])
    )
    window.resize(1366, 688)
    window.show()
    application.processEvents()
    bar = view.verticalScrollBar()
    for _ in range(rounds):
        for text in SEARCHES:
            for _end in _typed(field, text, filtered, application):
                pass
        for place in _places(bar.maximum()):
            with scrolled.one():
                bar.setValue(place)
                view.viewport().repaint()
                application.processEvents()
    window.close()
    return filtered, scrolled
