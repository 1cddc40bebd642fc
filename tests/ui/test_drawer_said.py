"""What the till says about the cash drawer is what the printer answered."""

import socket
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from canteen_pos.app import TillHouse
from canteen_pos.services import printer_setup
from canteen_pos.services.context import Actor, Desk
from canteen_pos.settings import MachineSettings
from canteen_pos.ui import drawer
from canteen_pos.ui.house import Kicked
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.shift.screen import ShiftPanel
from tests.ui.bare_house import BareHouse
from tests.ui.driving import press
from tests.ui.keyboard import keys

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
ASKED = ((Qt.Key.Key_O, CTRL), "1", "8888", ENTER)
CASH_SALE = (" ", Qt.Key.Key_F2, Qt.Key.Key_F2)


def told(window: MainWindow) -> str:
    assert window.till is not None
    return window.till.notice.text()


def test_a_drawer_that_opened_is_said_when_somebody_asked_for_it(
    at_till: MainWindow, house: BareHouse
) -> None:
    assert at_till.till is not None
    press(at_till.till, *ASKED)
    assert house.drawer_opened == 1
    assert "钱箱已打开" in told(at_till)


def test_a_refused_connection_is_not_called_opened(at_till: MainWindow, house: BareHouse) -> None:
    house.drawer_ends = "unreachable"
    assert at_till.till is not None
    press(at_till.till, *ASKED)
    assert "钱箱没有打开" in told(at_till)
    assert "已打开" not in told(at_till)


@pytest.mark.parametrize(("ends", "says"), [("opened", False), ("no_printer", False), ("unreachable", True)])
def test_after_a_cash_sale_only_a_fault_is_said(
    at_till: MainWindow, house: BareHouse, ends: Kicked, says: bool
) -> None:
    house.drawer_ends = ends
    assert at_till.till is not None
    press(at_till.till, *CASH_SALE)
    assert house.drawer_opened == 1
    assert ("钱箱没有打开" in told(at_till)) is says


def test_an_open_panel_says_it_itself(at_till: MainWindow, house: BareHouse) -> None:
    house.drawer_ends = "unreachable"
    at_till.open_panel("shift")
    panel = at_till.panel
    assert isinstance(panel, ShiftPanel)
    keys(at_till, "5", "换零钱", ENTER, "8888", ENTER)
    assert house.drawer_opened == 1
    assert panel.message.text().startswith("⚠ 钱箱没有打开")
    house.drawer_ends = "opened"
    drawer.kick(at_till, asked=True)
    assert panel.message.text().startswith("✓ 钱箱已打开")


def test_a_printer_on_whose_port_nobody_listens_is_unreachable(
    dressed: object, demo_desk: Desk, manager: Actor, tmp_path: Path
) -> None:
    del dressed
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    transport = {"kind": "network", "host": "127.0.0.1", "port": port}
    printer_setup.add_printer(demo_desk, manager, "坏的", "receipt", transport)
    answers: list[str] = []
    TillHouse(tmp_path, MachineSettings()).open_drawer(demo_desk, answers.append)
    assert answers == ["unreachable"]
