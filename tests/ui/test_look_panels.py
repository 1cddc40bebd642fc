"""Every text of the screens round the till fits: at both sizes, in both languages, in both themes."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canteen_pos import i18n
from canteen_pos.services import members, printer_setup, shifts
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui import theme
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.welcome.presenter import Step
from tests.ui.bare_house import BareHouse
from tests.ui.keyboard import Key, keys
from tests.ui.measuring import cut_off_texts

ENTER = Qt.Key.Key_Return
WANG = "王秀兰"

PANELS: dict[str, tuple[str, tuple[Key, ...]]] = {
    "shift running": ("shift", ()),
    "cash in": ("shift", ("1", ENTER, ENTER)),
    "cash out": ("shift", ("2",)),
    "x report": ("shift", ("3",)),
    "count": ("shift", ("4", "12", ENTER, "3")),
    "count with a difference": ("shift", ("4", "1", Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F10)),
    "closed": ("shift", ("4", "2", Qt.Key.Key_F10)),
    "no sale": ("shift", ("5", ENTER, ENTER)),
    "top up": ("top_up", ("wxl",)),
    "top up of somebody": ("top_up", ("wxl", ENTER, "h")),
    "enrol": ("enrol", ("x", ENTER, "1943")),
    "photo": ("photo", ()),
    "enrol refused": ("enrol", (ENTER, "19431399", ENTER, ENTER, ENTER)),
    "recent": ("recent", ()),
    "correction": ("tender_correction", ()),
    "refund": ("refund", ()),
    "refund asked": ("refund", (ENTER, "1", ENTER)),
    "dishes": ("menu", (Qt.Key.Key_F5,)),
    "keys": ("keys", ()),
    "paper": ("paper", (Qt.Key.Key_F8,)),
    "printer setup": ("printer_setup", (Qt.Key.Key_F5, "x", ENTER, "?", ENTER)),
}

MakeWindow = Callable[[str, str, tuple[int, int]], MainWindow]
LOOKS = [
    pytest.param(lang, name, size, id=f"{lang}-{name}-{size[0]}")
    for lang in ("zh", "en")
    for name in ("light", "dark")
    for size in ((1366, 768), (1920, 1080))
]


@pytest.fixture
def make(qtbot: QtBot, dressed: QApplication, house: BareHouse) -> Iterator[MakeWindow]:
    """`make(lang, theme, size)`: the window at the sign-in screen, so dressed."""

    def made(lang: str, name: str, size: tuple[int, int]) -> MainWindow:
        i18n.set_language(lang)
        theme.apply(dressed, "dark" if name == "dark" else "light")
        window = MainWindow()
        qtbot.addWidget(window)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
        window.open_house(house, "demo")
        return window

    yield made
    theme.apply(dressed, "light")


def settle() -> None:
    """Let layouts find their sizes."""
    for _ in range(3):
        QApplication.processEvents()
    for _ in range(3):  # a timer may have changed a label in the last round; no timer runs in these
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


@pytest.mark.parametrize(("lang", "name", "size"), LOOKS)
def test_sign_in_and_welcome(make: MakeWindow, lang: str, name: str, size: tuple[int, int]) -> None:
    window = make(lang, name, size)
    keys(window, "2", "9999", ENTER)
    settle()
    assert cut_off_texts(window) == []
    window.show_welcome()
    settle()
    assert cut_off_texts(window) == []
    screen = window.welcome
    assert screen is not None
    for step in Step:
        screen.presenter.step = step
        screen.show_step()
        if step in (Step.PLACE, Step.MANAGER):
            screen.forward()
        settle()
        assert (step, cut_off_texts(window)) == (step, [])


@pytest.mark.parametrize(("lang", "name", "size"), LOOKS)
def test_panels(
    make: MakeWindow, demo_desk: Desk, cashier: Actor, lang: str, name: str, size: tuple[int, int]
) -> None:
    window = make(lang, name, size)
    printer_setup.ensure_printers(demo_desk)
    window.take_over(cashier)
    settle()
    assert cut_off_texts(window) == []
    window.close_panel()
    faults = {}
    for what, (panel, pressed) in PANELS.items():
        if shifts.current(demo_desk) is None:
            shifts.open(demo_desk, cashier, 20_000)
        window.open_panel(panel, window_keys(window) if panel == "keys" else None)
        settle()
        keys(window, *pressed)
        settle()
        found = cut_off_texts(window)
        if found:
            faults[what] = found
        window.close_panel()
    assert faults == {}


def window_keys(window: MainWindow) -> object:
    from canteen_pos.ui.screens.till import keymap

    assert window.till is not None
    return keymap.words()


def test_a_long_name_does_not_burst_the_top_up(make: MakeWindow, demo_desk: Desk, cashier: Actor) -> None:
    window = make("en", "light", (1366, 768))
    window.take_over(cashier)
    window.close_panel()
    window.open_panel("top_up", members.find(demo_desk, WANG)[0].id)
    settle()
    assert cut_off_texts(window) == []
