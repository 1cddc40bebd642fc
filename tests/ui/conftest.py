"""The demo canteen on a real SQLite file, and the till driven by keys as a cashier would."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canteen_pos import i18n
from canteen_pos.clock import FixedClock
from canteen_pos.services import demo, shifts
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage.engine import Database, open_database, sqlite_url
from canteen_pos.ui import jobs, theme
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.till.screen import TillScreen
from tests.ui.bare_house import BareHouse

LUNCH = datetime.fromisoformat("2026-11-23T11:42:00+08:00")
"""A Monday, a national working day; the demo traded on the Sunday before."""


@pytest.fixture(scope="session")
def _demo_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, demo.Demo]:
    """The demo canteen, founded once for each worker; tests copy it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    database = open_database(sqlite_url(path))
    founded = demo.found_demo(Desk(database, FixedClock(LUNCH), "T1"), sales=12)
    database.close()
    return path, founded


@pytest.fixture
def founded(_demo_file: tuple[Path, demo.Demo]) -> demo.Demo:
    return _demo_file[1]


@pytest.fixture
def demo_desk(_demo_file: tuple[Path, demo.Demo], tmp_path: Path) -> Iterator[Desk]:
    """Till T1 of the demo canteen in the middle of lunch, no shift open."""
    path = tmp_path / "canteen.db"
    shutil.copyfile(_demo_file[0], path)
    key = _demo_file[0].with_suffix(".key")
    if key.exists():  # of ID numbers
        shutil.copyfile(key, path.with_suffix(".key"))
    database = Database(sqlite_url(path))
    yield Desk(database, FixedClock(LUNCH), "T1")
    database.close()


@pytest.fixture
def cashier(founded: demo.Demo) -> Actor:
    return founded.cashier


@pytest.fixture
def manager(founded: demo.Demo) -> Actor:
    return founded.manager


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme, in Chinese, with jobs done at once."""
    i18n.set_language("zh")
    theme.apply(qapp, "light")
    with jobs.inline():
        yield qapp
    i18n.set_language("zh")


@pytest.fixture
def make_till(
    qtbot: QtBot, dressed: QApplication, demo_desk: Desk, cashier: Actor
) -> Callable[..., TillScreen]:
    """`make_till(actor=..., size=(w, h))`: a till with an open shift (opened once)."""
    del dressed
    if shifts.current(demo_desk) is None:
        shifts.open(demo_desk, cashier, 20_000)

    def make(actor: Actor = cashier, size: tuple[int, int] = (1366, 720)) -> TillScreen:
        screen = TillScreen(demo_desk, actor)
        qtbot.addWidget(screen)
        screen.resize(*size)
        screen.show()
        qtbot.waitExposed(screen)
        return screen

    return make


@pytest.fixture
def till(make_till: Callable[..., TillScreen]) -> TillScreen:
    return make_till()


@pytest.fixture
def house(demo_desk: Desk) -> BareHouse:
    """The demo canteen without paper; it counts how often the drawer was kicked."""
    return BareHouse(demo_desk, "demo")


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication, house: BareHouse) -> MainWindow:
    """The whole window at the sign-in screen of the demo canteen."""
    del dressed
    made = MainWindow()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.open_house(house, "demo")
    return made


@pytest.fixture
def at_till(window: MainWindow, demo_desk: Desk, cashier: Actor) -> MainWindow:
    """The window with 李芳 at the till, her shift open."""
    shifts.open(demo_desk, cashier, 20_000)
    window.take_over(cashier)
    return window


@pytest.fixture
def open_office(window: MainWindow, manager: Actor, demo_desk: Desk) -> Callable[..., OfficeScreen]:
    """`open_office(section, actor=..., size=(w, h))`: the whole window in the back office, the manager's by default.

    `open_office(...).section` is the section; `tests.ui.keyboard.keys(office.window(), ...)` presses keys.
    """

    def make(section: str = "", actor: Actor = manager, size: tuple[int, int] = (1366, 768)) -> OfficeScreen:
        window.resize(*size)
        if actor.role in ("cashier", "manager") and shifts.current(demo_desk) is None:
            shifts.open(demo_desk, actor, 20_000)
        window.take_over(actor)
        window.open_office(section)
        assert window.office is not None
        return window.office

    return make


@pytest.fixture
def office(open_office: Callable[..., OfficeScreen]) -> OfficeScreen:
    """The manager's back office at its first section."""
    return open_office()
