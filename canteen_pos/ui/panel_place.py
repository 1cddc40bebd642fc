"""The place of the side panel: over the till's right part, one panel at a time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from canteen_pos.ui.panel import SidePanel

EDGE = 12


class PanelPlace(QObject):
    """Shows a panel over `behind` inside `window`. Pressing anything of `behind` leaves the panel; the press counts."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._behind: QWidget | None = None
        self.panel: SidePanel | None = None

    def show(self, panel: "SidePanel", behind: QWidget) -> None:
        """Show `panel` in place of the one that is there."""
        self.take_away()
        self.panel, self._behind = panel, behind
        panel.setParent(self._window)
        panel.show()
        panel.raise_()
        panel.first_focus().setFocus()
        _application().installEventFilter(self)

    def take_away(self) -> bool:
        """True when there was one."""
        if self.panel is None:
            return False
        panel, self.panel, self._behind = self.panel, None, None
        _application().removeEventFilter(self)
        panel.hide()
        panel.deleteLater()
        return True

    def fit(self, left: int, top: int) -> None:
        """From `left`, `top` to the window's edges."""
        if self.panel is not None:
            width, height = self._window.width() - left - EDGE, self._window.height() - top - 2 * EDGE
            self.panel.setGeometry(left, top + EDGE, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and self._behind is not None
            and self.panel is not None
        ):
            inside = isinstance(watched, QWidget) and (
                watched is self._behind or self._behind.isAncestorOf(watched)
            )
            if inside:
                self.panel.closed.emit()
        return super().eventFilter(watched, event)


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
