"""A section of the back office: what the frame expects of it, and the line of the table that names it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from canteen_pos.ui.office.form import Form

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk


class Section(QWidget):
    """Base of every section: `reload()` when it is shown again, keys by name, scans, one form at a time.

    `said(text, mood)` is the frame's one line of feedback (mood 'good', 'quiet' or 'notice'); `wants(section, payload)`
    goes to another section; `paper` says that print jobs were queued. `hints` are the keys that no button says: the
    frame's line tells them while it has nothing else to say.
    """

    hints: tuple[str, ...] = ()

    said = Signal(str, str)
    wants = Signal(str, object)
    paper = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self._keys: dict[str, Callable[[], object]] = {}

    def on(self, key: str, do: Callable[[], object]) -> None:
        """`do` when `key` ('Ctrl+N', 'F2', 'Del') is pressed anywhere in this section and no form is open."""
        self._keys[key] = do

    def press(self, key: str) -> bool:
        """A key by name; True when it was for this section. An open form has its keys first, and alone."""
        form = self.form
        if form is not None:
            return form.press(key)
        do = self._keys.get(key)
        if do is None:
            return False
        do()
        return True

    @property
    def form(self) -> Form | None:
        """The form that is open."""
        return None

    def reload(self) -> None:
        """Read everything anew: another section may have changed it."""

    def go(self, payload: object) -> None:
        """Somebody asked for this section with something to show: a person's id, a document's."""
        del payload

    def scan(self, code: str) -> bool:
        """A card or code was scanned; an open form gets it first. True when it was taken."""
        return self.form is not None and self.form.scan(code)

    def first_focus(self) -> QWidget:
        """Where typing goes when the section is shown."""
        return self

    @property
    def unsaved(self) -> bool:
        return self.form is not None and self.form.unsaved


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A line of the table of sections. `make` imports its screen when it is first shown; `right` is needed to see it.

    `badge` is the number of things that wait there; 0 shows nothing. A section that is reached from another one and has no
    place of its own at the left names that one in `under`.
    """

    key: str
    word: Callable[[], str]
    right: str
    make: "Callable[[Desk, Actor], Section]"
    badge: "Callable[[Desk, Actor], int] | None" = None
    under: str = ""
