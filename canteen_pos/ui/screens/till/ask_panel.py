"""One panel for everything the till asks: figures, options with their keys, rows, a number pad."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.screens.till.view import AskRow, AskView, Option
from canteen_pos.ui.widgets.finger import scroll_by_finger
from canteen_pos.ui.widgets.keys import KeyButton, NumPad
from canteen_pos.ui.widgets.labels import Card, Text, let_go
from canteen_pos.ui.widgets.painted import LEFT, RIGHT, Painted, TextBox
from canteen_pos.ui.widgets.rows import ListRow

_OPTION_COLUMNS = 3


class Figures(Painted):
    """Labels with amounts; the one that matters is large."""

    def __init__(self) -> None:
        super().__init__()
        self._figures: tuple[tuple[str, str, bool], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: tuple[tuple[str, str, bool], ...]) -> None:
        if figures != self._figures:
            self._figures = figures
            self.setFixedHeight(sum(self._row_height(large) for *_, large in figures))
            self.setVisible(bool(figures))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 60)

    def text_boxes(self) -> list[TextBox]:
        boxes: list[TextBox] = []
        top, width = 0.0, float(min(self.width(), 460))
        for label, amount, large in self._figures:
            height = self._row_height(large)
            font = theme.font(40, bold=True) if large else theme.font(18)
            wide = QFontMetricsF(font).horizontalAdvance(amount) + 2
            boxes.append(TextBox(amount, font, QRectF(width - wide, top, wide, height), align=RIGHT))
            ink = "ink" if large else "quiet"
            box = QRectF(0, top, max(0.0, width - wide - 8), height)
            boxes.append(TextBox(label, theme.font(18 if large else 16), box, ink, LEFT))
            top += height
        return boxes

    @staticmethod
    def _row_height(large: bool) -> int:
        return 60 if large else 30


class Options(QWidget):
    """Options as buttons: in rows of three, or a column for each group. Built again only when other options come."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._options: tuple[Option, ...] = ()
        self._buttons: list[KeyButton] = []
        self._labels: list[Text] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def show_options(self, options: tuple[Option, ...]) -> None:
        if options == self._options:
            return
        shape = [(option.key, option.label, option.group) for option in options]
        if shape != [(option.key, option.label, option.group) for option in self._options]:
            self._build(options)
        self._options = options
        for button, option in zip(self._buttons, options, strict=True):
            button.setChecked(option.chosen)
            button.setEnabled(option.enabled)
        self.setVisible(bool(options))

    def _build(self, options: tuple[Option, ...]) -> None:
        let_go(self._grid, (*self._buttons, *self._labels))
        self._buttons, self._labels = [], []
        choosing = any(option.group or option.chosen for option in options)
        groups = list(dict.fromkeys(option.group for option in options if option.group))
        for column, group in enumerate(groups):
            label = Text(group, "quiet", self)
            self._labels.append(label)
            self._grid.addWidget(label, 0, column)
            foods = [option for option in options if option.group == group]
            for row, option in enumerate(foods, start=1):
                self._grid.addWidget(self._button(option, choosing), row, column)
        loose = [option for option in options if not option.group]
        for place, option in enumerate(loose):
            row, column = divmod(place, _OPTION_COLUMNS)
            self._grid.addWidget(self._button(option, choosing), row, column)

    def _button(self, option: Option, choosing: bool) -> KeyButton:
        key = "" if option.key.startswith("#") else option.key
        button = KeyButton(option.label, key, look="tab" if choosing else "plain", size_px=16, parent=self)
        button.setMinimumSize(140, 52)
        button.clicked.connect(lambda: self.pressed.emit(option.key))
        self._buttons.append(button)
        return button


class Rows(QScrollArea):
    """Rows of a list; widgets are kept and filled anew."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[AskRow, ...] = ()
        self._widgets: list[ListRow] = []
        inside = QWidget()
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)
        self.setWidget(inside)
        scroll_by_finger(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, rows: tuple[AskRow, ...]) -> None:
        self.setVisible(bool(rows))
        if rows == self._shown:
            return
        self._shown = rows
        while len(self._widgets) < len(rows):
            self._add_widget(len(self._widgets))
        for place, widget in enumerate(self._widgets):
            widget.setVisible(place < len(rows))
            if place < len(rows):
                row = rows[place]
                widget.set_texts(row.title, row.detail, row.amount, row.lead)
                widget.set_state(chosen=row.chosen, muted=row.muted)
                if row.chosen:
                    self.ensureWidgetVisible(widget, 0, 8)

    def _add_widget(self, place: int) -> None:
        widget = ListRow()
        widget.pressed.connect(lambda: self.pressed.emit(place))
        self._layout.insertWidget(place, widget)
        self._widgets.append(widget)


class AskPanel(Card):
    """What is asked, and by touch everything that the keyboard answers."""

    option_pressed = Signal(str)
    row_pressed = Signal(int)
    back_pressed = Signal()
    typed = Signal(str)
    erased = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: AskView | None = None
        self._letters = False
        self._title = Text("", "name")
        self._back = KeyButton(tr("返回"), "Esc", look="plain")
        self._back.clicked.connect(self.back_pressed)
        self._said = Text("", "quiet").wrapped()
        self._figures = Figures()
        self._options = Options()
        for part in (self._figures, self._options):
            part.hide()
        self._options.pressed.connect(self.option_pressed)
        self._rows = Rows()
        self._rows.pressed.connect(self.row_pressed)
        self._pad = NumPad()
        self._pad.setFixedWidth(340)
        self._pad.typed.connect(self.typed)
        self._pad.erased.connect(self.erased)
        self._pad.entered.connect(self.entered)
        self._go = KeyButton("", "Enter", look="primary", size_px=17)
        self._go.setMinimumSize(220, 56)
        self._go.clicked.connect(self.entered)
        self._go.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        left = QVBoxLayout()
        left.setSpacing(14)
        for widget in (self._said, self._figures, self._options):
            left.addWidget(widget)
        left.addWidget(self._go, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._rows, 100)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self._pad)
        right.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addLayout(left, 1)
        body.addLayout(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    def minimumSizeHint(self) -> QSize:
        """What is asked never makes the window grow; rows scroll."""
        return QSize(480, 200)

    def show_view(self, view: AskView) -> None:
        """Show `view`; what stays the same is left alone."""
        if view == self._view:
            return
        self._view = view
        self._title.setText(view.title)
        self._said.setText(view.said)
        self._said.setVisible(bool(view.said))
        self._figures.show_figures(view.figures)
        self._options.show_options(view.options)
        self._rows.show_rows(view.rows)
        self._pad.set_kind("pin" if view.masked else "count" if view.words else "amount")
        self._pad.enter.set_label(view.enter)
        self._pad.enter.setVisible(bool(view.enter))
        self._go.set_label(view.enter)
        self._show_pad(view)

    def make_room(self, *, letters: bool) -> None:
        """While letters stand below, which have digits and Enter of their own, the number pad is put away."""
        if letters != self._letters:
            self._letters = letters
            if self._view is not None:
                self._show_pad(self._view)

    def _show_pad(self, view: AskView) -> None:
        self._pad.setVisible(view.numpad and not self._letters)
        self._go.setVisible(bool(view.enter) and not view.numpad and not self._letters)
