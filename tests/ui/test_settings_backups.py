"""Backups in the settings: made, failed and told, restored."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canteen_pos import settings
from canteen_pos.app import TillHouse
from canteen_pos.clock import FixedClock
from canteen_pos.domain.errors import Refusal
from canteen_pos.services import (
    audit,
    backing_up,
    shifts,
    users,
)
from canteen_pos.services.context import Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.settings.pages.backup import BackupPage
from canteen_pos.ui.screens.settings.screen import SettingsSection
from tests.ui.conftest import LUNCH
from tests.ui.driving import said
from tests.ui.keyboard import ctrl, keys
from tests.ui.settings_hands import into, machine, page

ENTER = Qt.Key.Key_Return
SAVE, ALL = ctrl("S"), ctrl("A")


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen]) -> SettingsSection:
    found = open_office("settings").section
    assert isinstance(found, SettingsSection)
    return found


# -- a backup that failed ----------------------------------------------------------------------------------


def test_a_failed_backup_is_on_the_bar_of_who_can_mend_it(
    section: SettingsSection, window: MainWindow, demo_desk: Desk, tmp_path: Path
) -> None:
    window.look_round()
    assert "备份" not in "".join(window.bar.texts()), "none was ever tried: Today says so"
    plan = backing_up.Plan(tmp_path / "data", to=str(tmp_path / "unplugged"))
    with pytest.raises(Refusal):
        backing_up.run(demo_desk, plan)
    window.look_round()
    assert "备份 没有成功，点开看看" in window.bar.texts()
    window.toggle_office()
    window.bar.backup_pressed.emit()
    assert window.in_office
    assert section.page_key == "backup"
    window.lock()
    assert "备份 没有成功，点开看看" not in window.bar.texts(), "nobody reads it over the lock"
    keys(window, "8888", ENTER)
    (tmp_path / "unplugged").mkdir()
    demo_desk.clock.advance(60)
    backing_up.run(demo_desk, plan)
    window.look_round()
    assert "备份" not in "".join(window.bar.texts())


def test_a_cashier_is_not_told_of_backups(at_till: MainWindow, demo_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        backing_up.run(demo_desk, backing_up.Plan(tmp_path / "data", to=str(tmp_path / "unplugged")))
    at_till.look_round()
    assert "备份" not in "".join(at_till.bar.texts())


# -- backups ---------------------------------------------------------------------------------------------


@pytest.fixture
def usb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("usb")


def test_a_backup_is_tried_made_and_shown(
    section: SettingsSection, window: MainWindow, demo_desk: Desk, usb: Path
) -> None:
    form = page(section, "backup")
    assert "还没有备份过" in form.summary(section.presenter)
    keys(window, "/nowhere/usb", Qt.Key.Key_F5)
    assert "找不到备份位置" in said(window)
    keys(window, ALL, str(usb), Qt.Key.Key_F5)
    assert "能写、能读、能删" in said(window)
    assert list(usb.iterdir()) == []
    into(form, "backup_at", "25:00")
    keys(window, SAVE)
    assert "21:30" in form.problems()[0]
    into(form, "backup_at", "20:00")
    into(form, "backup_password", "geheim")
    keys(window, Qt.Key.Key_F6)
    assert "备份好了" in said(window)
    assert len(list(usb.glob("*.zip"))) == 1
    assert machine(demo_desk).backup_at == "20:00"
    assert "geheim" not in str(audit.recent(demo_desk, "machine_changed"))
    assert "备份成功" in form.summary(section.presenter)


def test_restoring_is_for_ones_own_canteen(section: SettingsSection, window: MainWindow, usb: Path) -> None:
    form = page(section, "backup")
    keys(window, str(usb), Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8)
    assert isinstance(form, BackupPage)
    assert form.pin.isVisible()
    keys(window, "8888", ENTER)
    assert "演示" in form.problems()[0]


@pytest.fixture
def own_house(_demo_file: tuple[Path, object], tmp_path: Path) -> Iterator[TillHouse]:
    """A canteen of one's own (the demo's books under its name) on a real data folder."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copyfile(_demo_file[0], data / "canteen.db")
    house = TillHouse(data, settings.load(data), FixedClock(LUNCH))
    yield house
    house.close()


def test_a_backup_is_put_back_after_a_look_at_what_is_lost(
    qtbot: QtBot, dressed: QApplication, own_house: TillHouse, usb: Path
) -> None:
    del dressed
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.open_house(own_house, "canteen")
    desk = own_house.desk("canteen")
    manager = users.sign_in(desk, "陈经理", "8888")
    shifts.open(desk, manager, 20_000)
    window.take_over(manager)
    window.open_office("settings")
    assert window.office is not None
    section = window.office.section
    assert isinstance(section, SettingsSection)
    form = page(section, "backup")
    assert isinstance(form, BackupPage)
    keys(window, str(usb), Qt.Key.Key_F6)
    assert "备份好了" in said(window)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(60)
    shifts.cash_movement(desk, manager, -500, "买葱", request_id="m" * 32)
    keys(window, Qt.Key.Key_F7, Qt.Key.Key_F8)
    told = " ".join(label.text() for label in form.findChildren(type(form.last)))
    assert "1 笔" in told
    assert "−¥5.00" in told
    keys(window, "0000", ENTER)
    assert "密码" in form.problems()[0]
    with qtbot.waitSignal(window.opened):
        keys(window, "8888", ENTER)
    assert "单号从现在起是 T1." in window.banner.text()
    restored = own_house.desk("canteen")
    (event,) = audit.recent(restored, "restored")
    assert event.body["by"] == "陈经理"
    assert [event for event in audit.recent(restored) if event.kind == "cash_movement"] == []
    assert backing_up.last(restored) is None, "the backup was taken before it was logged"
    assert users.sign_in(replace(restored), "陈经理", "8888")
    window.close()
