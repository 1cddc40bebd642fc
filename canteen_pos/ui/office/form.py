"""A form of the back office: labelled fields, one sentence beside each that is wrong, Ctrl+S saves, Esc leaves."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.forms import AmountField, CountField, Labelled, LineField, PinField, walk
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField, PathField
from canteen_pos.ui.panel import Message, Scroll, tab_inside
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Text

SHORT_WIDTH = 394


class Form(QWidget):
    """Subclasses fill it with `add` and `beside` and write `save`; it emits `saved(object)` or `left`.

    What was typed is not lost silently: Esc on a changed form says so, and only the second Esc leaves.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, title: str, save_word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.boxes: dict[str, Labelled] = {}
        self.unsaved = False
        self._warned = False
        self._keys: dict[str, Callable[[], object]] = {"Ctrl+S": self.submit, "Esc": self.escape}
        self._title = Text(title, "heading").wrapped()
        self.message = Message()
        self._save_word = save_word or tr("保存")
        self.save_button = KeyButton(self._save_word, "Ctrl S", look="primary")
        self.save_button.clicked.connect(self.submit)
        self.leave_button = KeyButton(tr("返回"), "Esc")
        self.leave_button.clicked.connect(self.escape)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(18, 4, 18, 12)
        self.body.setSpacing(12)
        self.body.addStretch(1)
        self._scroll = Scroll(inside)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(18, 8, 18, 14)
        self.foot.setSpacing(8)
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(self.leave_button)
        self.foot.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(18, 16, 18, 4)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self.message)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(self.foot)

    # -- filling it --------------------------------------------------------------------------------------

    def add(self, key: str, word: str, field: QWidget, note: str = "") -> Labelled:
        """A labelled field; `key` is what `show_problems` calls it."""
        box = self._box(key, word, field, note)
        if isinstance(field, AmountField | CountField | DateField | PinField):
            self._put_short(box)
        else:
            self.put(box)
        return box

    def beside(self, *fields: tuple[str, str, QWidget] | tuple[str, str, QWidget, str]) -> None:
        """Several labelled fields in one row: (key, word, field) or (key, word, field, note)."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for key, word, field, *note in fields:
            row.addWidget(self._box(key, word, field, *note), 1, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        self.put(holder)

    def _put_short(self, box: Labelled) -> None:
        """A figure by itself is no wider than in the pane at the right: the eye should not travel to its end."""
        box.setMaximumWidth(SHORT_WIDTH)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(box, 1)
        row.addStretch()
        self.put(holder)

    def put(self, widget: QWidget) -> None:
        """Anything else, below what is there."""
        self.body.insertWidget(self.body.count() - 1, widget)

    def word(self, text: str) -> None:
        """A quiet heading over the next fields."""
        self.put(Text(text, "quiet"))

    def walk(self, *fields: LineField) -> None:
        """Enter goes from field to field, and saves on the last."""
        walk(fields, self.submit)

    def on(self, key: str, do: Callable[[], object]) -> None:
        """`do` when `key` ('F2') is pressed while this form is open."""
        self._keys[key] = do

    def watch(self, widget: QWidget) -> None:
        """Changes by hand in `widget` make the form unsaved; `add` and `beside` do this for their fields."""
        for field in (widget, *widget.findChildren(QWidget)):
            if isinstance(field, QLineEdit):
                field.textEdited.connect(self.touch)
            elif isinstance(field, QPlainTextEdit):
                field.textChanged.connect(self.touch)
            elif isinstance(field, Chips):
                field.picked.connect(self.touch)

    def touch(self, *_: object) -> None:
        """Something was changed by hand."""
        self.unsaved = True
        self._warned = False

    # -- using it ----------------------------------------------------------------------------------------

    def save(self) -> object | None:
        """Do it through the presenter; what `saved` carries, or None when a problem was shown. Write this."""
        raise NotImplementedError

    def first_focus(self) -> QWidget:
        return next((box.field for box in self.boxes.values()), self)

    def scan(self, code: str) -> bool:
        """A card or code while this form is open; True when it was taken."""
        del code
        return False

    def press(self, key: str) -> bool:
        """A key of this form; the field it works on comes into view."""
        do = self._keys.get(key)
        if do is not None:
            do()
            if (field := self.focusWidget()) is not None:
                self._scroll.ensureWidgetVisible(field, 0, 48)
        return do is not None

    def submit(self) -> None:
        """Ctrl+S."""
        done = self.save()
        if done is not None:
            self.unsaved = False
            self.saved.emit(done)

    def escape(self) -> None:
        """Esc: leaves; with unsaved input it says so first, and what Ctrl+S would do: not every form only saves."""
        if self.unsaved and not self._warned:
            self._warned = True
            said = tr("还没有{word}。Ctrl S {word}；再按一次 Esc 放弃。")
            self.message.say(said.format(word=self._save_word))
            return
        self.left.emit()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """One sentence beside each field by key; what belongs to no field stands at the top. {} clears all."""
        first: Labelled | None = None
        for key, box in self.boxes.items():
            problem = problems.get(key, "")
            box.say(problem)
            first = first or (box if problem else None)
        homeless = [text for key, text in problems.items() if key not in self.boxes]
        self.message.say(" ".join(homeless))
        if first is not None:
            first.field.setFocus()
            if isinstance(first.field, AmountField | CountField | PinField):
                first.field.selectAll()  # the next digit begins anew
            self._scroll.ensureWidgetVisible(first, 0, 24)

    def problems(self) -> Sequence[str]:
        """Every sentence shown now."""
        beside = [box.problem() for box in self.boxes.values() if box.problem()]
        return (*beside, *([self.message.text()] if self.message.text() else []))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside: a PIN typed on would stand in the list's search field, to be read."""
        tab_inside(self, forward=forward)
        return True

    def _box(self, key: str, word: str, field: QWidget, note: str = "") -> Labelled:
        box = Labelled(word, field, note)
        self.boxes[key] = box
        self.watch(field)
        for path in (field,) if isinstance(field, PathField) else field.findChildren(PathField):
            if "F2" not in self._keys:  # the first file of a form is chosen by key
                path.choose.set_key("F2")
                self.on("F2", path.choose.click)
        return box
