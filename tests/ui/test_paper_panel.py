"""Paper in the window: the built-in printer, copies, and papers that wait for a person."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from canteen_pos.printing.virtual import Tray
from canteen_pos.services import print_queue, print_worker, printer_setup
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.paper.screen import PaperPanel
from canteen_pos.ui.screens.recent.screen import RecentPanel
from tests.ui.keyboard import keys

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def printing(at_till: MainWindow, demo_desk: Desk) -> Iterator[MainWindow]:
    """The window with built-in printers whose trays are empty: they live as long as the program, other tests print too."""
    printer_setup.ensure_printers(demo_desk)
    _empty_trays(demo_desk)
    yield at_till
    _empty_trays(demo_desk)


def _empty_trays(desk: Desk) -> None:
    for name in ("receipt", "kitchen"):
        tray_of(desk, name)._tickets.clear()


def tray_of(desk: Desk, name: str) -> Tray:
    from canteen_pos.printing.virtual import tray

    return tray(f"{desk.station} {name}")


def sell(window: MainWindow) -> None:
    keys(window, "hsr", ENTER, Qt.Key.Key_F2, Qt.Key.Key_F2)


def test_tickets_lie_in_the_tray_the_newest_on_top(
    printing: MainWindow, demo_desk: Desk, qtbot: QtBot
) -> None:
    sell(printing)
    sell(printing)
    assert print_worker.print_waiting(demo_desk) == 2
    printing.toggle_virtual_printer()
    tray_window = printing.virtual_printer
    assert tray_window is not None
    assert len(tray_window.presenter.sheets) == 2
    newest = tray_window.presenter.sheets[0]
    assert int(newest.key.split()[1]) > int(tray_window.presenter.sheets[1].key.split()[1])
    assert newest.height > newest.width > 300
    assert min(newest.pixels) == 0
    assert max(newest.pixels) == 255
    print_queue.enqueue_test_page(demo_desk, print_queue.status(demo_desk)[0].printer_id)
    print_worker.print_waiting(demo_desk)
    qtbot.waitUntil(lambda: len(tray_window.presenter.sheets) == 3, timeout=3000)
    assert tray_window.presenter.sheets[1] is newest


def test_a_copy_from_the_recent_panel(printing: MainWindow, demo_desk: Desk) -> None:
    sell(printing)
    print_worker.print_waiting(demo_desk)
    keys(printing, Qt.Key.Key_F11)
    assert isinstance(printing.panel, RecentPanel)
    keys(printing, Qt.Key.Key_F11)
    assert "副本" in printing.panel.message.text()
    assert print_worker.print_waiting(demo_desk) == 1


def test_without_a_printer_a_copy_is_refused_in_place(at_till: MainWindow) -> None:
    sell(at_till)
    keys(at_till, Qt.Key.Key_F11)
    assert isinstance(at_till.panel, RecentPanel)
    keys(at_till, Qt.Key.Key_F11)
    assert at_till.panel.message.text().startswith("⚠")


@pytest.fixture
def unknown_end(
    printing: MainWindow, demo_desk: Desk, manager: Actor, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A receipt was being sent when the program died."""
    from canteen_pos.printing import printers

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    sell(printing)
    with monkeypatch.context() as broken:
        broken.setattr(printers, "send", dies)
        with pytest.raises(KeyboardInterrupt):
            print_worker.print_waiting(demo_desk)
    assert print_worker.recover(demo_desk) == 1
    printing.open_panel("paper")
    return printing


def paper_of(window: MainWindow) -> PaperPanel:
    assert isinstance(window.panel, PaperPanel)
    return window.panel


def test_a_paper_of_unknown_end_waits_for_a_person(unknown_end: MainWindow, demo_desk: Desk) -> None:
    panel = paper_of(unknown_end)
    assert len(panel.presenter.waiting) == 1
    assert "不知道有没有打出来" in panel.presenter.waiting[0].detail
    assert print_worker.print_waiting(demo_desk) == 0  # never by itself
    keys(unknown_end, Qt.Key.Key_F5)
    assert "等着打" in panel.presenter.waiting[0].detail
    assert not panel.again.isEnabled()
    assert print_worker.print_waiting(demo_desk) == 1


def test_somebody_looked_and_it_came_out(unknown_end: MainWindow, demo_desk: Desk) -> None:
    keys(unknown_end, Qt.Key.Key_F6)
    assert paper_of(unknown_end).presenter.waiting == ()
    assert print_worker.print_waiting(demo_desk) == 0


def test_it_is_dropped(unknown_end: MainWindow) -> None:
    keys(unknown_end, Qt.Key.Key_F7)
    assert paper_of(unknown_end).presenter.waiting == ()
    assert not paper_of(unknown_end).again.isEnabled()


def test_a_paper_that_waits_for_its_turn_can_be_given_up(printing: MainWindow, demo_desk: Desk) -> None:
    """Nobody prints here, as when the printer is out of paper."""
    sell(printing)
    sell(printing)
    printing.open_panel("paper")
    panel = paper_of(printing)
    assert ["等着打" in paper.detail for paper in panel.presenter.waiting] == [True, True]
    assert not panel.again.isEnabled()
    assert not panel.came_out.isEnabled()
    keys(printing, Qt.Key.Key_F7)
    assert len(panel.presenter.waiting) == 1
    assert print_worker.print_waiting(demo_desk) == 1


def test_the_panel_follows_the_printer(printing: MainWindow, demo_desk: Desk, qtbot: QtBot) -> None:
    sell(printing)
    printing.open_panel("paper")
    panel = paper_of(printing)
    assert len(panel.presenter.waiting) == 1
    assert panel.drop.isEnabled()
    print_worker.print_waiting(demo_desk)
    qtbot.waitUntil(lambda: not panel.drop.isEnabled(), timeout=5000)
    assert not panel.presenter.waiting


def test_a_test_page_on_every_printer(printing: MainWindow, demo_desk: Desk) -> None:
    printing.open_panel("paper")
    keys(printing, Qt.Key.Key_F8)
    assert print_worker.print_waiting(demo_desk) == len(print_queue.status(demo_desk)) == 2
