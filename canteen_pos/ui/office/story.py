"""The right pane: the chosen row's whole story, as blocks one under another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.ui import theme
from canteen_pos.ui.office.chips import Flow
from canteen_pos.ui.panel import Scroll
from canteen_pos.ui.widgets.keys import KeyButton, Look
from canteen_pos.ui.widgets.labels import Card, Chip, ChipKind, Role, Text, on_one_line
from canteen_pos.ui.widgets.painted import draw_dot

_GUTTER = 24
_SHORT_NAME = 8


@dataclass(frozen=True, slots=True)
class Event:
    """A point of a timeline: bold `title`, `words` beside it, quiet `detail`; `over` when it no longer holds."""

    title: str
    words: str = ""
    detail: str = ""
    over: bool = False
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the story; `key` as 'Ctrl+E', '' for none."""

    word: str
    key: str
    do: Callable[[], object]
    look: Look = "plain"


class Story(QWidget):
    """Cleared and filled for each row. Everything in it is plain text: names are data."""

    def __init__(self) -> None:
        super().__init__()
        self._inside, self.column = _page()
        self._scroll = Scroll(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def begin(self) -> None:
        """Start anew; what stood there goes at the end."""
        self._inside, self.column = _page()

    def end(self) -> None:
        """After the last block: what is left of the height stays empty."""
        self.column.addStretch(1)
        self._scroll.setWidget(
            self._inside
        )  # laid out whole when it is shown: nothing is seen squeezed together

    def texts(self) -> list[str]:
        """Every text in it, for tests and for reading aloud."""
        return [label.text() for label in self._inside.findChildren(Text) if label.text()]

    # -- blocks ------------------------------------------------------------------------------------------

    def add(self, widget: QWidget) -> QWidget:
        self.column.addWidget(widget)
        return widget

    def heading(self, name: str, beside: str = "", chips: Sequence[tuple[str, ChipKind]] = ()) -> None:
        """The name, quiet words beside it (below a long one), chips below."""
        title = Text(name, "heading")
        if len(name) > _SHORT_NAME:
            self.add(title.wrapped())
            self.quiet(beside)
        else:
            self.add(on_one_line(title, Text(beside, "quiet")))
        self.chips(chips)

    def chips(self, chips: Sequence[tuple[str, ChipKind]]) -> None:
        """Words with a ground of their own, in a line."""
        if chips:
            holder = QWidget()
            flow = Flow(holder, 6)
            for word, kind in chips:
                flow.addWidget(Chip(word, kind))
            self.add(holder)

    def quiet(self, text: str) -> None:
        """Facts in quiet ink, wrapped."""
        if text:
            self.add(Text(text, "quiet").wrapped())

    def body(self, text: str, role: Role = "body") -> None:
        if text:
            self.add(Text(text, role).wrapped())

    def word(self, text: str) -> None:
        """A quiet heading over the next block."""
        self.column.addSpacing(10)
        self.add(Text(text, "quiet"))

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """A word and what it is: 'word ............ value'."""
        for word, value in rows:
            self._row(_pair(Text(word, "body").wrapped(), Text(value, "body")))

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """'地址  粮丰社区 6 栋': a narrow quiet word, then wrapped text. Rows without text are left out."""
        for word, value in rows:
            if not value:
                continue
            row = QHBoxLayout()
            row.setSpacing(10)
            label = Text(word, "quiet").wrapped()
            label.setFixedWidth(84)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(value, "body").wrapped(), 1)
            self._row(row)

    def sums(
        self,
        rows: Sequence[tuple[str, str, Role]],
        total: tuple[str, str] | None = None,
        below: Sequence[str] = (),
    ) -> None:
        """A card of amounts: (words, amount, role of the label); the total below is large, quiet lines end it."""
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        for word, amount, role in rows:
            column.addLayout(_pair(Text(word, role).wrapped(), Text(amount, role)))
        if total is not None:
            column.addSpacing(4)
            column.addLayout(_pair(Text(total[0], "strong"), Text(total[1], "name")))
        for line in below:
            column.addWidget(Text(line, "quiet").wrapped())
        self.add(card)

    def timeline(self, events: Sequence[Event]) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, event in enumerate(events):
            column.addWidget(_Point(event, first=place == 0, last=place == len(events) - 1))
        self.add(holder)

    def notice(self, text: str) -> None:
        """Something that asks for attention, in its frame."""
        card = Card("notice")
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(Text(text, "body").wrapped())
        self.add(card)

    def buttons(self, actions: Sequence[Action]) -> None:
        """Buttons with their keys, wrapped over lines. The keys themselves are the section's `on`."""
        holder = QWidget()
        flow = Flow(holder)
        for action in actions:
            button = KeyButton(action.word, action.key.replace("+", " "), look=action.look)
            button.clicked.connect(lambda _=False, do=action.do: do())
            flow.addWidget(button)
        self.add(holder)

    def _row(self, row: QHBoxLayout) -> None:
        holder = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        self.add(holder)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(18, 18, 18, 18)
    column.setSpacing(6)
    return page, column


class _Point(QWidget):
    """A dot on the line, and what happened."""

    def __init__(self, event: Event, *, first: bool, last: bool) -> None:
        super().__init__()
        self._event, self._first, self._last = event, first, last
        column = QVBoxLayout(self)
        column.setContentsMargins(_GUTTER, 2, 0, 6)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(6)
        self._title = Text(event.title, "quiet" if event.over else "strong")
        head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Text(event.words, "quiet" if event.over else "body").wrapped(), 1)
        if event.notice:
            head.addWidget(Chip(event.notice, "notice"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if event.detail:
            column.addWidget(Text(event.detail, "quiet").wrapped())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self._title.geometry().center().y() + 1
        top = middle if self._first else 0
        bottom = middle if self._last else self.height()
        painter.fillRect(QRectF(6, top, 2, bottom - top), theme.colour("line_strong"))
        draw_dot(painter, QPointF(7, middle), 5, "faint" if self._event.over else "river")
        painter.end()


def _pair(word: Text, value: Text) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    row.addWidget(word, 1)
    row.addWidget(value)
    return row
