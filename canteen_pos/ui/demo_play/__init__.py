"""A lunch at the demo canteen, played through the real window: what it does with keys, anybody can do."""

import json
from pathlib import Path

from PySide6.QtWidgets import QApplication

from canteen_pos.clock import FixedClock
from canteen_pos.services.context import Desk
from canteen_pos.ui.demo_play import house as around
from canteen_pos.ui.demo_play import office, paper, portraits
from canteen_pos.ui.demo_play import summary as summing
from canteen_pos.ui.demo_play.counter import Counter, Told
from canteen_pos.ui.demo_play.hands import Hands, Stuck
from canteen_pos.ui.demo_play.lunch import serve
from canteen_pos.ui.demo_play.pictures import Pictures
from canteen_pos.ui.house import House
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.scanner_filter import ScannerFilter


def play(application: QApplication, house: House, clock: FixedClock, out: Path) -> list[str]:
    """Play the lunch; pictures, receipts and the summary go to `out`. What went wrong, empty when all is well."""
    window = MainWindow()
    hands = Hands(application, window)
    scanner = ScannerFilter(now_ms=hands.now_ms, parent=window)
    application.installEventFilter(scanner)
    scanner.scanned.connect(window.scanned)
    at = Counter(hands, window, clock, Pictures(application, out / "screens"))
    window.show()
    window.activateWindow()
    window.open_house(house)
    try:
        around.arrive(at)
        portraits.sit(at)
        serve(at)
        around.put_right(at)
        portraits.later(at)
        around.look_round(at)
        around.go_home(at)
        office.visit(at)
        papers = paper.collect(house.desk("demo"), hands, out / "receipts")
        short = [] if papers >= at.told.sales else [f"only {papers} papers of {at.told.sales} sales"]
        return short + _sum_up(house.desk("demo"), at.told, clock, out)
    except Stuck as stuck:
        at.picture("stuck")
        return [f"stuck at {stuck}"]
    finally:
        application.removeEventFilter(scanner)
        window.close()


def _sum_up(desk: Desk, told: Told, clock: FixedClock, out: Path) -> list[str]:
    today = clock.now().date()
    summary, misfits = summing.count(desk, today)
    text = json.dumps(summary.as_json(), ensure_ascii=False, indent=2)
    (out / "summary.json").write_text(text + "\n", encoding="utf-8")
    return misfits + summing.troubles(summary, told, summing.refunded_list_fen(desk, today))
