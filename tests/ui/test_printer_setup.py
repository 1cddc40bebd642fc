"""Setting a printer up at the till, by keys: where it is, what its paper is like, a test page."""

import pytest
from PySide6.QtCore import Qt

from canteen_pos.printing.paper import Paper
from canteen_pos.services import print_worker, printer_setup
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.printer_setup.presenter import PrinterSetupPresenter
from canteen_pos.ui.screens.printer_setup.screen import PrinterSetupPanel
from tests.ui.keyboard import keys

ENTER = Qt.Key.Key_Return


@pytest.fixture
def managed(at_till: MainWindow, manager: Actor) -> MainWindow:
    """The window with a manager at it and the panel of printers open."""
    at_till.take_over(manager)
    at_till.open_panel("paper")
    keys(at_till, Qt.Key.Key_F10)
    assert isinstance(at_till.panel, PrinterSetupPanel)
    return at_till


def test_a_printer_is_added_by_keys_and_prints_a_test_page(managed: MainWindow, demo_desk: Desk) -> None:
    keys(managed, "front", ENTER, "file:/dev/null", Qt.Key.Key_F7, Qt.Key.Key_F9, Qt.Key.Key_F12, ENTER)
    (setup,) = printer_setup.setups(demo_desk)
    assert (setup.name, setup.address, setup.role) == ("front", "/dev/null", "receipt")
    assert setup.paper == Paper(columns=42, cut=False, encoding="gb18030")
    keys(managed, Qt.Key.Key_F8)
    assert print_worker.print_waiting(demo_desk) == 1


def test_an_address_that_makes_no_sense_keeps_what_was_typed(managed: MainWindow, demo_desk: Desk) -> None:
    keys(managed, "front", ENTER, "?!", ENTER)
    panel = managed.panel
    assert isinstance(panel, PrinterSetupPanel)
    assert panel.message.text().startswith("⚠")
    assert (panel.name.text(), panel.address.text()) == ("front", "?!")
    assert printer_setup.setups(demo_desk) == ()


def test_a_printer_is_changed_and_retired(demo_desk: Desk, manager: Actor) -> None:
    state = PrinterSetupPresenter(demo_desk, manager)
    state.turn_role()
    assert state.save("厨房", "192.168.1.51")
    state.turn_role()
    state.turn_columns()
    assert state.save("厨房", "192.168.1.52:9101")
    (setup,) = printer_setup.setups(demo_desk)
    assert (setup.role, setup.address, setup.paper.columns) == ("kitchen", "192.168.1.52:9101", 42)
    assert state.retire()
    assert state.printers == ()


def test_a_cashier_is_told_why_not(demo_desk: Desk, cashier: Actor) -> None:
    state = PrinterSetupPresenter(demo_desk, cashier)
    assert not state.save("front", "192.168.1.50")
    assert state.problem
    assert state.printers == ()
