"""Key press to repaint at the till: from the key reaching the window until what it changed is painted."""

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench.big_canteen import NOON
from bench.timing import Row, Samples, below, show
from canteen_pos import app, settings
from canteen_pos.clock import FixedClock
from canteen_pos.services import demo, shifts
from canteen_pos.ui import jobs
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.scanner_filter import ScannerFilter

BETWEEN_KEYS_MS = 150.0
CARDS = ("0412", "0306", "0231", "1187")
_K = Qt.Key
Keys = tuple[str | Qt.Key, ...]
FINDING: Keys = ("h", "s", "r")
ORDERING: Keys = (
    *(_K.Key_Return, "+", "/", "m", "p", "d", _K.Key_Return, _K.Key_Right, _K.Key_Down, _K.Key_Return),
    *("4", "0", "1", _K.Key_Return, _K.Key_Tab, _K.Key_Up, "-", _K.Key_F7, _K.Key_F7, _K.Key_F7),
    *(_K.Key_F6, _K.Key_F6, _K.Key_Space, _K.Key_2),
)
PAYING: Keys = (_K.Key_F2, _K.Key_F2)


def run(*, quick: bool) -> None:
    rounds = 10 if quick else 40
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as place:
        folder = Path(place)
        machine = settings.change(folder, language="zh")
        application = app.start_qt(machine)
        house = app.TillHouse(folder, machine, FixedClock(NOON))
        window = _at_the_till(application, house)
        try:
            typed, paid, scanned = _lunch(application, window, rounds)
        finally:
            window.close()
            app.leave(house)
    show(
        f"Key press to repaint, 1366x768, {len(typed.ms):,} keys of {rounds} orders",
        [
            Row("keys that search, order and change (median)", f"{typed.median:.2f} ms"),
            below("keys that search, order and change (99th percentile)", typed.percentile(99), 16),
            Row("  the slowest", f"{max(typed.ms):.2f} ms"),
            Row("card scanned to diner and prices shown (median)", f"{scanned.median:.2f} ms"),
            Row("the key that pays: committed to disk and painted (median)", f"{paid.median:.2f} ms"),
            Row("the key that pays (99th percentile)", f"{paid.percentile(99):.2f} ms"),
        ],
    )


def _at_the_till(application: QApplication, house: app.TillHouse) -> MainWindow:
    desk = house.desk("demo")
    founded = demo.found_demo(desk)
    shifts.open(desk, founded.cashier, 20_000)
    with desk.db.write() as conn:  # a dish never runs out here
        conn.exec_driver_sql("update menu_entries set planned_halves = null, sold_out_at_utc = null")
        conn.exec_driver_sql("update accounts set balance_fen = 1000000 where kind = 'wallet'")
    window = MainWindow()
    times = itertools.count(0.0, BETWEEN_KEYS_MS)
    scanner = ScannerFilter(now_ms=lambda: next(times), parent=window)
    application.installEventFilter(scanner)
    window.show()
    window.activateWindow()
    window.open_house(house, "demo")
    window.take_over(founded.cashier)
    application.processEvents()
    return window


def _lunch(application: QApplication, window: MainWindow, rounds: int) -> tuple[Samples, Samples, Samples]:
    typed, paid, scanned = Samples(), Samples(), Samples()
    for turn, card in zip(range(rounds + 2), _forever(CARDS), strict=False):
        if turn == 2:  # what came before only warmed up
            for samples in (typed, paid, scanned):
                samples.ms.clear()
        with scanned.one():
            window.scanned(card)
            application.processEvents()
        for key in FINDING + ORDERING:
            _press(application, window, key, typed)
        _press(application, window, PAYING[0], typed)
        _press(application, window, PAYING[1], paid)
        jobs.wait_all()  # a draft being kept is not this key's time
        assert window.till is not None
        assert window.till.presenter.settlement.empty, window.till.presenter.notice.text
    return typed, paid, scanned


def _press(application: QApplication, window: MainWindow, key: str | Qt.Key, samples: Samples) -> None:
    target = QApplication.focusWidget() or window
    with samples.one():
        QTest.keyClick(target, key)
        application.processEvents()


def _forever(cards: tuple[str, ...]) -> Iterator[str]:
    return itertools.cycle(cards)
