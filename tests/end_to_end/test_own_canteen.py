"""From an empty data folder to the first sale of one's own canteen, by keys alone."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from canteen_pos import app, settings
from canteen_pos.clock import FixedClock
from canteen_pos.ui.demo_play.hands import Hands
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.scanner_filter import ScannerFilter

NOON = datetime.fromisoformat("2026-11-24T11:40:00+08:00")
K = Qt.Key


class StrayWindows(QObject):
    """Widgets shown before they had a parent: each is a window that flashes up and takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it so
        stray = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if stray and not isinstance(watched, MainWindow):
            self.seen.append(repr(watched))
        return False


@pytest.fixture
def hands(tmp_path: Path, qtbot: QtBot) -> Iterator[Hands]:
    """The window on an empty folder, at the welcome."""
    machine = settings.change(tmp_path, language="zh")
    application = app.start_qt(machine)
    house = app.TillHouse(tmp_path, machine, FixedClock(NOON))
    window = MainWindow()
    qtbot.addWidget(window)
    hands = Hands(application, window)
    scanner = ScannerFilter(now_ms=hands.now_ms, parent=window)
    application.installEventFilter(scanner)
    scanner.scanned.connect(window.scanned)
    window.show()
    window.activateWindow()
    window.open_house(house)
    hands.wait(lambda: window.welcome and window.welcome.hasFocus(), "the welcome")
    yield hands
    application.removeEventFilter(scanner)
    window.close()
    app.leave(house)


def test_five_steps_a_workbook_and_a_sale(hands: Hands, tmp_path: Path, qapp: object) -> None:
    strays = StrayWindows()
    qapp.installEventFilter(strays)  # type: ignore[attr-defined]
    window = hands.window
    hands.key(K.Key_2)
    for text in ("测试食堂", "成都市", "锦江区", "三圣街道", "一号台"):
        hands.enter(text)
    for _ in range(6):  # the usual meals
        hands.key(K.Key_Return)
    for text in ("陈经理", "2580", "2580"):
        hands.enter(text)
    hands.key(K.Key_Return)  # no rules yet
    welcome = window.welcome
    assert welcome is not None
    hands.wait(lambda: welcome.presenter.founded, f"the canteen: {welcome.presenter.problems}")
    welcome.ask_save = welcome.ask_open = lambda: str(tmp_path / "template.xlsx")
    hands.key(K.Key_F2, K.Key_F3, K.Key_F4)  # its own examples are a menu too
    assert "3 道菜" in welcome.presenter.notice
    hands.key(K.Key_Return)
    hands.wait(lambda: window.sign_in, "the sign-in")
    hands.key(K.Key_1)
    hands.enter("2580")
    hands.wait(lambda: window.at_till, "the till")
    hands.enter("200")
    hands.key(K.Key_Space, K.Key_F2, K.Key_F2)
    assert window.till is not None
    assert window.till.presenter.notice.mood == "good", window.till.presenter.notice.text
    qapp.removeEventFilter(strays)  # type: ignore[attr-defined]
    assert strays.seen == []
    window.close()
    assert window.house is not None
    reports = app.verify(tmp_path)
    assert {name: (report.ok, report.documents) for name, report in reports.items()} == {
        "canteen.db": (True, 2)
    }
    assert settings.load(tmp_path).house == "canteen", "the next start goes straight to the sign-in"
