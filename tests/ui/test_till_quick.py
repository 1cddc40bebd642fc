"""What keeps the till quick and alive: work in lanes off the window's thread, and a None that lasts.

How quick is bench/keys.py's to say.
"""

import sys

from canteen_pos.ui import jobs
from canteen_pos.ui.screens.till.screen import TillScreen


def test_none_lasts(till: TillScreen) -> None:
    """PySide6 6.12 takes references of None on Python 3.11; see ui/lasting_none.py."""
    if sys.version_info < (3, 12):
        assert min(sys.getrefcount(each) for each in (None, True, False)) > 1 << 50
    assert till.isVisible()


def test_work_in_a_lane_keeps_its_order_and_comes_back_on_this_thread(qtbot: object) -> None:
    done: list[int] = []
    failed: list[Exception] = []
    for n in range(5):
        jobs.run(lambda n=n: n, done.append, lane="test")  # type: ignore[misc]
    jobs.run(lambda: 1 // 0, failed=failed.append, lane="test")
    qtbot.waitUntil(lambda: bool(failed))  # type: ignore[attr-defined]
    assert done == [0, 1, 2, 3, 4]
    assert isinstance(failed[0], ZeroDivisionError)


def test_only_the_last_of_what_can_wait_is_done(qtbot: object) -> None:
    done: list[int] = []
    for n in range(5):
        jobs.run_soon(lambda n=n: done.append(n), "test-soon", 5)
    qtbot.waitUntil(lambda: bool(done))  # type: ignore[attr-defined]
    jobs.wait_all()
    assert done == [4]
