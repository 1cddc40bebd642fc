"""What the window itself does by key, whatever has the focus, and by name, when a panel or the till asks for it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Commands(Protocol):
    """The window's own deeds."""

    def lock(self) -> None: ...
    def switch_user(self) -> None: ...
    def toggle_display(self) -> None: ...
    def toggle_virtual_printer(self) -> None: ...
    def toggle_theme(self) -> None: ...
    def kick_drawer(self) -> None: ...
    def toggle_office(self) -> None: ...
    def open_panel(self, name: str, payload: object = None) -> None: ...


_KEYS = (
    ("Ctrl+L", "lock"),
    ("Ctrl+Shift+L", "switch_user"),
    ("Ctrl+Shift+M", "menu"),
    ("Ctrl+Shift+C", "display"),
    ("Ctrl+Shift+P", "virtual_printer"),
    ("Ctrl+Shift+R", "paper"),
    ("Ctrl+Shift+N", "theme"),
    ("Ctrl+F12", "office"),
)


def command(window: Commands, name: str) -> Callable[[], None] | None:
    """The deed of that name; None for what is a panel."""
    return {
        "lock": window.lock,
        "switch_user": window.switch_user,
        "display": window.toggle_display,
        "virtual_printer": window.toggle_virtual_printer,
        "theme": window.toggle_theme,
        "drawer": window.kick_drawer,
        "office": window.toggle_office,
    }.get(name)


def named(cap: str) -> str:
    """The name of what the key on this cap does ('Ctrl Shift M' is 'menu'); '' for keys that are not the window's."""
    return dict(_KEYS).get(cap.replace(" ", "+"), "")


def listen(widget: QWidget, window: Commands) -> None:
    """Shortcuts of `widget`, which is the window."""
    for keys, name in _KEYS:
        QShortcut(QKeySequence(keys), widget, lambda name=name: window.open_panel(name))
