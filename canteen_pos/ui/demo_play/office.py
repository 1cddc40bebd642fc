"""The back office after lunch: the manager comes in by F12, every section sits for its portrait in both languages."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from canteen_pos.ui.demo_play.counter import Counter
from canteen_pos.ui.demo_play.hands import Stuck
from canteen_pos.ui.demo_play.lunch import MANAGER_PIN
from canteen_pos.ui.demo_play.portraits import in_english
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.listing import ListSection

_K = Qt.Key
MANAGER_KEY = _K.Key_1


def visit(at: Counter) -> None:
    """Everybody's tiles, the manager's PIN, F12, and round all sections."""
    hands, window = at.hands, at.window
    hands.ctrl(_K.Key_L, shift=True)
    hands.key(MANAGER_KEY)
    hands.enter(MANAGER_PIN)
    hands.wait(lambda: window.actor is not None and window.actor.role == "manager", "the manager signs in")
    hands.key(_K.Key_Escape)
    hands.key(_K.Key_F12)
    at.expect(window.in_office, "the back office")
    _walk(at, window, "")
    with in_english(at) as english:
        english.open_office()
        _walk(at, english, "-en")
    hands.key(_K.Key_F12)
    at.expect(window.at_till, "back at the till")


def _walk(at: Counter, window: MainWindow, tail: str) -> None:
    office = window.office
    if office is None:
        raise Stuck("there is no back office")
    for key in office.every():
        office.open(key)
        section = office.section
        if key == "people" and isinstance(section, ListSection):
            section.search.setText("wxl")
            _taken(at, window, f"office-people{tail}")
            section.press("Ctrl+N")
            _taken(at, window, f"office-enrol{tail}")
            section.close_form()
        else:
            _taken(at, window, f"office-{key.replace('_', '-')}{tail}")
    office.open("people")


def _taken(at: Counter, window: MainWindow, name: str) -> None:
    """The window as it is; lists wait for a pause of the hand before they tell a story."""
    at.hands.wait(lambda: _told(window), f"{name} is told")
    QApplication.processEvents()
    at.pictures.take(window, name)


def _told(window: MainWindow) -> bool:
    section = window.office.section if window.office is not None else None
    return not isinstance(section, ListSection) or not section.waiting
