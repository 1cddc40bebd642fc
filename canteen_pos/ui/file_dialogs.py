"""The system's file dialogs. Afterwards the keyboard is back where it was, on a kiosk without a window manager too."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget


def file_to_open(above: QWidget, title: str, start: str = "", files: str = "") -> str:
    """The path somebody chose, '' when they thought better of it. `files` is Qt's filter."""
    return _asked(above, lambda: QFileDialog.getOpenFileName(above, title, start, files)[0])


def file_to_save(above: QWidget, title: str, start: str = "", files: str = "") -> str:
    return _asked(above, lambda: QFileDialog.getSaveFileName(above, title, start, files)[0])


def folder(above: QWidget, title: str, start: str = "") -> str:
    return _asked(above, lambda: QFileDialog.getExistingDirectory(above, title, start))


def _asked(above: QWidget, ask: Callable[[], str]) -> str:
    focus = QApplication.focusWidget()
    found = ask()
    above.window().activateWindow()
    if focus is not None:
        focus.setFocus()
    return found
