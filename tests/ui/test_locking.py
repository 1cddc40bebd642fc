"""The screen locks: by key, when nobody is there, when whoever is there no longer may; and it opens again."""

import time as time_module

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from canteen_pos.services import settings_store, staff
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui import idle
from canteen_pos.ui.main_window import MainWindow
from tests.ui.keyboard import keys

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def test_a_till_nobody_touches_locks(window: MainWindow, at_till: MainWindow, cashier: Actor) -> None:
    del at_till
    now = [0.0]
    watch = idle.IdleWatch(window, lambda: now[0])
    now[0] = 15 * 60 - 1
    idle.look(window, watch)
    assert window.at_till
    keys(window, Qt.Key.Key_Shift)
    now[0] += 15 * 60 - 1
    idle.look(window, watch)
    assert window.at_till, "a key was pressed in between"
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    now[0] += 15 * 60
    idle.look(window, watch)
    assert not window.at_till
    keys(window, "1111", ENTER)
    assert window.at_till
    assert window.actor == cashier


def test_the_key_that_wakes_a_machine_finds_the_screen_locked(at_till: MainWindow) -> None:
    """A lid was closed over lunch: no timer ran, and the first thing that happens is a key."""
    now = [0.0]
    at_till.idle._now = lambda: now[0]
    at_till.idle._touched = 0.0
    keys(at_till, Qt.Key.Key_Space)
    at_till.look_round()
    now[0] = 49 * 3600
    keys(at_till, Qt.Key.Key_F12)
    assert at_till.pages.currentWidget() is at_till.sign_in
    assert not at_till.in_office
    keys(at_till, "1111", ENTER)
    assert at_till.till is not None
    assert at_till.till.sums.view.due_text == "¥15.00", "the half made order is still there"


def test_the_measure_counts_sleep_and_no_clock_of_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    before = idle.asleep_too()
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert before <= idle.asleep_too() < before + 60
    if hasattr(time_module, "CLOCK_BOOTTIME"):
        monkeypatch.setattr("time.clock_gettime", lambda clock: 77.0 + clock)
        assert idle.asleep_too() == 77.0 + time_module.CLOCK_BOOTTIME


def test_what_was_typed_in_a_panel_waits_behind_the_lock_for_the_same_person(at_till: MainWindow) -> None:
    at_till.open_panel("enrol")
    panel = at_till.panel
    assert panel is not None
    keys(at_till, "王桂芳")
    typed = panel.first_focus()
    at_till.lock()
    assert at_till.panel is None, "a card that is held up now is nobody's"
    assert not panel.isVisible()
    keys(at_till, "1111", ENTER)
    assert at_till.panel is panel
    assert typed.text() == "王桂芳"
    at_till.lock()
    keys(at_till, ESC, "3", "2222", ENTER)
    assert at_till.actor is not None
    assert at_till.actor.name == "张丽"
    assert at_till.panel is None, "somebody else begins with a clear screen"


def test_zero_minutes_never_lock(at_till: MainWindow, demo_desk: Desk, manager: Actor) -> None:
    settings_store.save(demo_desk, manager, idle_lock_minutes=0)
    now = [0.0]
    watch = idle.IdleWatch(at_till, lambda: now[0])
    now[0] = 1e6
    idle.look(at_till, watch)
    assert at_till.at_till


def test_who_was_sent_away_is_signed_out_at_the_next_look(
    at_till: MainWindow, demo_desk: Desk, manager: Actor, cashier: Actor
) -> None:
    staff.change(demo_desk, manager, cashier.user_id, name=cashier.name, role="dispatcher")
    at_till.look_round()
    assert not at_till.at_till
    assert at_till.pages.currentWidget() is at_till.sign_in
    assert at_till.sign_in is not None
    assert cashier.name in at_till.sign_in.presenter.message, "and is told why"
