"""The first start: three offers, and founding a canteen by keys."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canteen_pos import i18n
from canteen_pos.clock import FixedClock
from canteen_pos.services import menus, settings_store, users
from canteen_pos.services.context import Desk
from canteen_pos.storage.engine import open_database, sqlite_url
from canteen_pos.ui import qt_words
from canteen_pos.ui.house import HouseKind
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.welcome.presenter import Step, clock
from canteen_pos.ui.screens.welcome.screen import WelcomeScreen
from tests.ui.bare_house import BareHouse
from tests.ui.keyboard import keys

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


class ThreeHouses(BareHouse):
    """A database for each kind of house, as the app has them."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self._folder = folder
        self._clock = clock
        self._desks: dict[HouseKind, Desk] = {}
        self.kinds_entered: list[HouseKind] = []
        self.remembered: dict[str, str] = {}

    def desk(self, kind: HouseKind) -> Desk:
        if kind not in self._desks:
            database = open_database(sqlite_url(self._folder / f"{kind}.db"))
            self._desks[kind] = Desk(database, self._clock, "T1", kind == "training")
        return self._desks[kind]

    def founded(self, kind: HouseKind) -> bool:
        return (self._folder / f"{kind}.db").exists() and settings_store.founded(self.desk(kind))

    def entered(self, kind: HouseKind) -> None:
        self.kinds_entered.append(kind)

    def close(self) -> None:
        for desk in self._desks.values():
            desk.db.close()


@pytest.fixture
def houses(tmp_path: Path, clock: FixedClock) -> Iterator[ThreeHouses]:
    made = ThreeHouses(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def first_start(qtbot: QtBot, dressed: QApplication, houses: ThreeHouses) -> MainWindow:
    del dressed
    made = MainWindow()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.open_house(houses)
    return made


def screen_of(window: MainWindow) -> WelcomeScreen:
    assert window.welcome is not None
    return window.welcome


def found(window: MainWindow) -> WelcomeScreen:
    """The wizard by keys, up to the spreadsheet."""
    keys(window, "2", "粮丰社区食堂", ENTER, "成都市", ENTER, "锦江区", ENTER, ENTER, ENTER)
    keys(window, *([ENTER] * 6))
    keys(window, "陈经理", ENTER, "2468", ENTER, "2468", ENTER)
    return screen_of(window)


def test_founding_by_keys(first_start: MainWindow, houses: ThreeHouses) -> None:
    screen = found(first_start)
    assert screen.presenter.step is Step.RULES
    keys(first_start, "1", ENTER)
    assert screen.presenter.step is Step.IMPORT
    settings = settings_store.load(houses.desk("canteen"))
    assert settings.name == "粮丰社区食堂"
    assert (settings.place.city, settings.place.district) == ("成都市", "锦江区")
    assert [period.code for period in settings.periods] == ["breakfast", "lunch", "dinner"]
    assert len(settings.packs) == 1
    keys(first_start, ENTER)
    assert houses.kinds_entered == ["canteen"]
    assert first_start.bar.texts()[0] == "粮丰社区食堂"
    assert first_start.banner.text() == ""
    keys(first_start, "1", "2468", ENTER)
    assert first_start.at_till
    assert [user.role for user in users.all(houses.desk("canteen"))] == ["manager"]


def test_what_is_missing_stands_beside_its_field(first_start: MainWindow, houses: ThreeHouses) -> None:
    keys(first_start, "2", ENTER, ENTER, ENTER, ENTER, ENTER)
    screen = screen_of(first_start)
    assert screen.presenter.step is Step.PLACE
    assert screen.page is not None
    assert screen.page.boxes["name"].problem() == "请写食堂名称"
    assert not houses.founded("canteen")


def test_two_different_pins_are_noticed(first_start: MainWindow, houses: ThreeHouses) -> None:
    keys(first_start, "2", "食堂", ENTER, ENTER, ENTER, ENTER, ENTER, *([ENTER] * 6))
    keys(first_start, "陈经理", ENTER, "2468", ENTER, "2469", ENTER)
    screen = screen_of(first_start)
    assert screen.presenter.step is Step.MANAGER
    assert screen.page is not None
    assert screen.page.boxes["pin_again"].problem() == "两次密码不一样"


def test_a_meal_without_times_is_not_served(first_start: MainWindow, houses: ThreeHouses) -> None:
    keys(first_start, "2", "食堂", ENTER, ENTER, ENTER, ENTER, ENTER)
    screen = screen_of(first_start)
    screen.presenter.answers.periods["breakfast"] = ("", "")
    screen.show_step()
    keys(first_start, *([ENTER] * 6))
    keys(first_start, "陈经理", ENTER, "2468", ENTER, "2468", ENTER, ENTER)
    assert [period.code for period in settings_store.load(houses.desk("canteen")).periods] == [
        "lunch",
        "dinner",
    ]


@pytest.mark.parametrize(
    ("breakfast", "where", "sentence"),
    [
        (("09:00", "08:00"), "breakfast", "早餐的结束要晚于开始"),
        (("06:00", "11:00"), "lunch", "早餐和午餐的时间重叠"),
        (("25:00", "08:00"), "breakfast", "时间写成 10:30"),
    ],
)
def test_times_that_cannot_be_are_said_on_their_own_step(
    first_start: MainWindow, breakfast: tuple[str, str], where: str, sentence: str
) -> None:
    keys(first_start, "2", "食堂", ENTER, ENTER, ENTER, ENTER, ENTER)
    screen = screen_of(first_start)
    screen.presenter.answers.periods["breakfast"] = breakfast
    screen.show_step()
    keys(first_start, *([ENTER] * 6))
    assert screen.presenter.step is Step.PERIODS
    assert screen.page is not None
    assert sentence in screen.page.boxes[where].problem()


def test_typing_replaces_what_a_field_offers(first_start: MainWindow) -> None:
    keys(first_start, "2", "食堂", ENTER, ENTER, ENTER, ENTER, ENTER)
    keys(first_start, "0630", *([ENTER] * 6))
    screen = screen_of(first_start)
    assert screen.presenter.step is Step.MANAGER
    assert screen.presenter.answers.periods["breakfast"] == ("0630", "09:00")


def test_esc_leads_back_to_the_offers(first_start: MainWindow) -> None:
    keys(first_start, "2", "食堂", ENTER, ENTER, ENTER, ENTER, ENTER)
    screen = screen_of(first_start)
    assert screen.presenter.step is Step.PERIODS
    keys(first_start, ESC)
    assert screen.presenter.step is Step.PLACE
    keys(first_start, ESC)
    assert screen.page is None


@pytest.mark.parametrize("key", [Qt.Key.Key_F4, ENTER])
def test_the_template_filled_in_is_imported(
    first_start: MainWindow, houses: ThreeHouses, tmp_path: Path, key: Qt.Key
) -> None:
    screen = found(first_start)
    keys(first_start, ENTER)
    file = tmp_path / "mine.xlsx"
    screen.ask_save = lambda: str(file)
    screen.ask_open = lambda: str(file)
    keys(first_start, Qt.Key.Key_F2)
    assert file.exists()
    keys(first_start, Qt.Key.Key_F3)
    assert "没有错误" in screen.message.text(), screen.presenter.rows
    keys(first_start, key)
    assert "已导入" in screen.message.text()
    desk = houses.desk("canteen")
    assert menus.tiles(desk, desk.clock.now().date(), "lunch")
    keys(first_start, ENTER)
    assert houses.kinds_entered == ["canteen"]


def test_errors_are_named_by_cell_and_nothing_is_written(
    first_start: MainWindow, houses: ThreeHouses, tmp_path: Path
) -> None:
    screen = found(first_start)
    keys(first_start, ENTER)
    file = tmp_path / "mine.xlsx"
    screen.ask_save = lambda: str(file)
    screen.ask_open = lambda: str(file)
    keys(first_start, Qt.Key.Key_F2)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0] if "菜" in book.worksheets[0].title else book.worksheets[1]
    heading = {str(cell.value): cell.column for cell in sheet[1]}
    price = next(column for name, column in heading.items() if name.startswith("价格"))
    row = next(row for row in range(2, 12) if sheet.cell(row, price).value is not None)
    sheet.cell(row, price).value = "很贵"
    book.save(file)
    keys(first_start, Qt.Key.Key_F3)
    assert screen.message.text().startswith("⚠")
    assert any(sheet.cell(row, price).coordinate in words for words in screen.presenter.rows), (
        screen.presenter.rows
    )
    keys(first_start, Qt.Key.Key_F4)
    desk = houses.desk("canteen")
    assert menus.tiles(desk, desk.clock.now().date(), "lunch") == ()


def test_training_has_books_of_its_own_and_says_so(first_start: MainWindow, houses: ThreeHouses) -> None:
    keys(first_start, "3")
    assert houses.kinds_entered == ["training"]
    assert first_start.banner.text().startswith("训练")
    assert not first_start.banner.isHidden()
    assert first_start.desk is not None
    assert first_start.desk.training
    assert not houses.founded("canteen")


def test_the_demo_stands_after_one_key(first_start: MainWindow, houses: ThreeHouses) -> None:
    keys(first_start, "1")
    assert houses.kinds_entered == ["demo"]
    assert first_start.sign_in is not None
    assert len(first_start.sign_in.presenter.tiles) >= 4


def test_the_other_language_is_one_key_away(first_start: MainWindow) -> None:
    qt_words.speak("zh")
    assert QCoreApplication.translate("QFileDialog", "Look in:") == "查找范围："
    keys(first_start, Qt.Key.Key_F2)
    assert i18n.language() == "en"
    assert QCoreApplication.translate("QFileDialog", "Look in:") == "Look in:"
    assert first_start.bar.texts() == ("Community canteen till",)
    keys(first_start, "2", ENTER, ENTER, ENTER, ENTER, ENTER)
    page = screen_of(first_start).page
    assert page is not None
    assert page.boxes["name"].problem().isascii()
    keys(first_start, ESC, Qt.Key.Key_F2)
    assert i18n.language() == "zh"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("10:30", "10:30"),
        ("10：30", "10:30"),
        ("1030", "10:30"),
        ("730", "07:30"),
        ("24:00", None),
        ("x", None),
    ],
)
def test_times_as_people_type_them(typed: str, found: str | None) -> None:
    read = clock(typed)
    assert (f"{read:%H:%M}" if read else None) == found
