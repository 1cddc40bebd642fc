"""A list of the back office: heading with its count, one search field, filters, the table; at the right the chosen
row's story, or a form in its place."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import jobs
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.paged import Column, PagedModel
from canteen_pos.ui.office.section import Section
from canteen_pos.ui.office.story import Story
from canteen_pos.ui.office.table import RowTable
from canteen_pos.ui.widgets.fields import SearchField
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text, on_one_line

STORY_WIDTH = 430
STORY_WIDTH_LARGE = 560
_LARGE_FROM = 1600
_LOOKED_AT = 120
_HURRIED_MS = 120
"""While an arrow is held down, or somebody types, the story waits this long for the row where it stops."""


class ListSection(Section):
    """A section that is a list. `fetch(offset, limit)` gives rows for the table; `count()` how many there are.

    Write `fetch`, `count` and `show_row` (fill `self.story` for a row, None for none), call `reload()` at the end of
    the constructor. The search field holds the keyboard: arrows move in the table, Enter is `enter`.
    """

    moved = Signal()

    def __init__(
        self,
        heading: str,
        columns: Sequence[Column],
        *,
        hint: str = "",
        filters: Sequence[tuple[str, str]] = (),
        empty: str = "",
        first: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`empty` is said when nothing fits, `first` when there is nothing at all yet: how to begin."""
        super().__init__(parent)
        self._heading = Text(heading, "heading")
        self._count_word = Text("", "quiet")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(on_one_line(self._heading, self._count_word))
        self.head.addStretch(1)
        self.search = SearchField(hint)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda _: self.refresh(hurried=True))
        self.filters = Chips(filters, focusable=False)
        self.filters.set_value(filters[0][0] if filters else "")
        self.filters.picked.connect(lambda _: self.refresh(hurried=True))
        self.model = PagedModel(columns, self.fetch)
        self.table = RowTable(self.model)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._row_changed())
        self.table.entered_row.connect(self.enter)
        self._empty = empty or tr("没有符合的。")
        self._first = first or self._empty
        self.nothing = Text("", "quiet", self.table).wrapped()
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table.installEventFilter(self)
        self.story = Story()
        self.side = QStackedWidget()
        self.side.setObjectName("story")
        self.side.addWidget(self.story)
        self.over = QStackedWidget()
        self._form: Form | None = None
        self._hurried = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_HURRIED_MS)
        self._later.timeout.connect(self._show_current)
        self._lay_out()

    # -- what a section writes ---------------------------------------------------------------------------

    def fetch(self, offset: int, limit: int) -> Sequence[Any]:
        """Rows from `offset` on for the present search and filter."""
        raise NotImplementedError

    def count(self) -> int:
        raise NotImplementedError

    def counts(self) -> Mapping[str, int | None]:
        """Numbers beside the filters by code."""
        return {}

    def count_words(self, count: int) -> str:
        """Beside the heading."""
        return f"{count:,}"

    def key_of(self, row: Any) -> object:
        """What stays the same when a row is read again; by default its `id`."""
        return row.id

    def show_row(self, row: Any | None) -> None:
        """Fill `self.story` for the current row; None when the list is empty."""

    def enter(self) -> None:
        """Enter or a double click on the current row."""

    # -- using it ----------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What is typed in the search field."""
        return self.search.text().strip()

    @property
    def filter(self) -> str:
        return self.filters.value()

    @property
    def current(self) -> Any | None:
        """The current row."""
        return self.model.row(self.table.place)

    def reload(self) -> None:
        """Everything anew; the current row stays current when it is still on the first pages."""
        row = self.current
        wanted = self.key_of(row) if row is not None else None
        self.filters.set_counts(self.counts())
        self.refresh(wanted)

    def refresh(self, wanted: object = None, *, hurried: bool = False) -> None:
        """The list anew for search and filter; the row with the key `wanted` becomes current, else the first.

        `hurried`: more letters may come at once, so the story waits for a pause of the hand.
        """
        near = self.table.place
        count = self.count()
        self.model.show(count)
        self.table.fit_columns()
        self._count_word.setText(self.count_words(count))
        untouched = not self.text and self.filter == next(iter(self.filters.codes()), "")
        self.nothing.setText(self._first if untouched else self._empty)
        self.nothing.setVisible(count == 0)
        self._place_nothing()
        self._hurried = hurried and not jobs.is_inline()
        if count:
            self.table.go(self._place_of(wanted, count, near))
        if self._hurried:
            self._later.start()
        else:
            self._show_current()
        self._hurried = False

    def button(self, word: str, key: str, do: Callable[[], object], *, primary: bool = False) -> KeyButton:
        """An action of the whole list, at the right of the heading; `key` as 'Ctrl+N', '' for none."""
        button = KeyButton(word, key.replace("+", " "), look="primary" if primary else "plain")
        button.clicked.connect(lambda _=False: do())
        self.head.addWidget(button)
        if key:
            self.on(key, do)
        return button

    def settle(self) -> None:
        """The story that waits for a pause of the hand, now."""
        if self._later.isActive():
            self._show_current()

    @property
    def waiting(self) -> bool:
        """Whether the story still waits for a pause of the hand."""
        return self._later.isActive()

    @property
    def form(self) -> Form | None:
        return self._form

    def open_form(self, form: Form, *, over: bool = False) -> None:
        """A form in place of the story, or `over` the whole section for a large one. `saved` and `left` close it."""
        self.close_form()
        self._form = form
        place = self.over if over else self.side
        place.addWidget(form)
        place.setCurrentWidget(form)
        form.left.connect(self.close_form)
        form.first_focus().setFocus()

    def close_form(self) -> None:
        """Back to the story."""
        if self._form is None:
            return
        form, self._form = self._form, None
        for place in (self.side, self.over):
            place.removeWidget(form)
        self.side.setCurrentIndex(0)
        self.over.setCurrentIndex(0)
        form.hide()
        form.deleteLater()
        self.search.setFocus()

    def press(self, key: str) -> bool:
        """Esc empties the search field before it leaves."""
        if key == "Esc" and self._form is None and self.search.text():
            self.search.clear()
            return True
        return super().press(key)

    def first_focus(self) -> QWidget:
        return self._form.first_focus() if self._form else self.search

    def step(self, by: int) -> None:
        """The next or previous rows."""
        last = self.model.rowCount() - 1
        if last >= 0:
            self.table.go(min(max(self.table.place + by, 0), last))

    # -- Qt ----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._search_key(event)
        if watched is self.table and event.type() == QEvent.Type.Resize:
            self._place_nothing()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: Any) -> None:
        large = event.size().width() >= _LARGE_FROM
        self._right.setFixedWidth(STORY_WIDTH_LARGE if large else STORY_WIDTH)
        super().resizeEvent(event)

    def _place_nothing(self) -> None:
        self.nothing.setGeometry(20, 50, self.table.width() - 40, 80)

    def _search_key(self, event: QKeyEvent) -> bool:
        page = self.table.rows_in_sight() - 1
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in moves:
            self._hurried = event.isAutoRepeat() and not jobs.is_inline()
            self.step(moves[key])
            self._hurried = False
        elif control and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.step(-self.model.rowCount() if key == Qt.Key.Key_Home else self.model.rowCount())
        elif control and key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.filters.codes():
            self.filters.step(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current is not None:
                self.enter()
        else:
            return False
        return True

    def _row_changed(self) -> None:
        self.table.viewport().update()
        if self._hurried:
            self._later.start()
        elif self.table.place >= 0:
            self._show_current()

    def _show_current(self) -> None:
        self._later.stop()
        self.show_row(self.current)
        self.moved.emit()

    def _place_of(self, wanted: object, count: int, near: int) -> int:
        """Where the row `wanted` stands now: where it stood, or on the first pages."""
        if wanted is None:
            return 0
        places: tuple[int, ...] = (near, *range(_LOOKED_AT))
        for place in places:
            if not 0 <= place < count:
                continue
            row = self.model.row(place)
            if row is not None and self.key_of(row) == wanted:
                return place
        return 0

    def _lay_out(self) -> None:
        self.left = QVBoxLayout()
        self.left.setContentsMargins(14, 14, 14, 14)
        self.left.setSpacing(10)
        self.left.addLayout(self.head)
        self.left.addWidget(self.search)
        self.left.addWidget(self.filters)
        if not self.filters.codes():
            self.filters.hide()  # never show(): without a parent yet it would be a window of its own
        self.left.addWidget(self.table, 1)
        self._right = Card("side")
        right = QVBoxLayout(self._right)
        right.setContentsMargins(1, 0, 0, 0)
        right.addWidget(self.side)
        self._right.setFixedWidth(STORY_WIDTH)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self.left, 1)
        row.addWidget(self._right)
        self.over.addWidget(both)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.over)
