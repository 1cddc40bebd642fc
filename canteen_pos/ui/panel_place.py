"""The place of the side panel: over the till's right part, one panel at a time."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from canteen_pos.ui.pages import Pages

if TYPE_CHECKING:
    from canteen_pos.ui.panel import SidePanel
    from canteen_pos.ui.screens.till.screen import TillScreen

EDGE = 12


class Window(Protocol):
    """What the place needs of the main window."""

    till: "TillScreen | None"
    pages: Pages

    def width(self) -> int: ...
    def height(self) -> int: ...
    def open_panel(self, name: str, payload: object = None) -> None: ...
    def close_panel(self) -> None: ...


class PanelPlace(QObject):
    """Shows a panel over the till inside `window`. Pressing anything of the till leaves the panel; the press counts."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._over = parent
        self.panel: SidePanel | None = None
        self._covered: SidePanel | None = None

    def show(self, panel: "SidePanel") -> None:
        """Show `panel` in place of the one that is there."""
        self.take_away()
        panel.closed.connect(self._window.close_panel)
        panel.wants.connect(self._window.open_panel)
        panel.setParent(self._over)
        self._stand(panel)

    def take_away(self) -> bool:
        """True when there was one."""
        panel = self._hidden() or self._covered
        self._covered = None
        if panel is None:
            return False
        panel.deleteLater()
        return True

    def cover(self) -> None:
        """The screen is locked: what was typed in the panel waits behind it."""
        self._covered = self._hidden() or self._covered

    def uncover(self) -> None:
        """The same person is back."""
        panel, self._covered = self._covered, None
        if panel is not None:
            self._stand(panel)

    def _stand(self, panel: "SidePanel") -> None:
        self.panel = panel
        panel.show()
        panel.raise_()
        panel.first_focus().setFocus()
        _application().installEventFilter(self)
        self.fit()

    def _hidden(self) -> "SidePanel | None":
        panel, self.panel = self.panel, None
        if panel is not None:
            _application().removeEventFilter(self)
            panel.hide()
        return panel

    def fit(self) -> None:
        """Right of the diner, the order and the sum, below the bar, to the window's edges."""
        window = self._window
        if self.panel is not None and window.till is not None:
            left, top = window.till.panel_left, window.pages.y() + EDGE
            self.panel.setGeometry(left, top, window.width() - left - EDGE, window.height() - top - EDGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        till = self._window.till
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and self.panel is not None
            and till is not None
            and isinstance(watched, QWidget)
            and (watched is till or till.isAncestorOf(watched))
        ):
            self.panel.closed.emit()
        return super().eventFilter(watched, event)


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
