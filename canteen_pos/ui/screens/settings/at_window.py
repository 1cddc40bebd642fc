"""What some pages of the settings ask of the window that they stand in; elsewhere nothing happens."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from canteen_pos.i18n import tr

if TYPE_CHECKING:
    from canteen_pos.ui.house import HouseKind


@runtime_checkable
class Window(Protocol):
    """What is asked of it."""

    kind: "HouseKind"

    def toggle_display(self) -> None: ...
    def enter(self, kind: "HouseKind") -> None: ...
    def restore(self, file: Path) -> str: ...


def speak_anew(inside: QWidget) -> None:
    """Everything is made anew in the other language, beginning with the sign-in screen."""
    window = _around(inside)
    if window is not None:
        QTimer.singleShot(0, lambda: window.enter(window.kind))


def show_display(inside: QWidget) -> None:
    """The customer display, shown or put away."""
    window = _around(inside)
    if window is not None:
        window.toggle_display()


def restore(inside: QWidget, file: Path) -> str:
    """'' when putting the backup back is under way; else why this house cannot."""
    window = _around(inside)
    return window.restore(file) if window is not None else tr("这里不能恢复。")


def _around(inside: QWidget) -> Window | None:
    window = inside.window()
    return window if isinstance(window, Window) else None
