"""A scanner is a fast keyboard: its codes are caught whatever has the focus, and nobody's typing is lost."""

from collections.abc import Iterator
from random import Random

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from canteen_pos.ui.scanner_filter import ScannerFilter, ScannerTiming
from canteen_pos.ui.screens.till.screen import TillScreen
from tests.ui.driving import press

ENTER = Qt.Key.Key_Return


class Bench(QWidget):
    """A field, a button, and an Enter that must not be pressed by a scanner."""

    def __init__(self, timing: ScannerTiming) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.button = QPushButton("x")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.entered = 0
        self.shortcut = QShortcut(QKeySequence("Return"), self, self._enter)
        self.field.returnPressed.connect(self._enter)
        self.ms = 1000.0
        self.filter = ScannerFilter(timing, now_ms=lambda: self.ms)
        self.codes: list[str] = []
        self.filter.scanned.connect(self.codes.append)

    def _enter(self) -> None:
        self.entered += 1

    def key(self, char: str | Qt.Key, after_ms: float) -> None:
        self.ms += after_ms
        target = QApplication.focusWidget() or self
        if isinstance(char, str):
            QTest.keyClicks(target, char)
        else:
            QTest.keyClick(target, char)

    def scan(
        self, code: str, *, end: Qt.Key | None = ENTER, gap_ms: float = 4, before_ms: float = 500
    ) -> None:
        for place, char in enumerate(code):
            self.key(char, gap_ms if place else before_ms)
        if end is not None:
            self.key(end, gap_ms)

    def type(self, text: str, gap_ms: float = 120) -> None:
        for char in text:
            self.key(char, gap_ms)


def make(qtbot: QtBot, timing: ScannerTiming | None = None) -> Bench:
    bench = Bench(timing or ScannerTiming())
    qtbot.addWidget(bench)
    with qtbot.waitActive(bench):
        bench.show()
    bench.field.setFocus()
    QApplication.instance().installEventFilter(bench.filter)  # type: ignore[union-attr]
    return bench


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = make(qtbot)
    yield made
    QApplication.instance().removeEventFilter(made.filter)  # type: ignore[union-attr]


def test_a_scan_into_a_field_leaves_the_field_as_it_was(bench: Bench) -> None:
    bench.type("hsr")
    bench.scan("0412773")
    assert bench.codes == ["0412773"]
    assert bench.field.text() == "hsr"
    assert bench.field.cursorPosition() == 3


def test_capital_letters_of_a_code_come_with_the_shift_key_of_the_scanner(bench: Bench) -> None:
    bench.ms += 500
    for char in "ZK20260001":
        target = QApplication.focusWidget() or bench
        bench.ms += 2
        if char.isalpha():
            QTest.keyPress(target, Qt.Key.Key_Shift)
        QTest.keyClicks(target, char)
        if char.isalpha():
            QTest.keyRelease(target, Qt.Key.Key_Shift)
    bench.key(ENTER, 4)
    assert bench.codes == ["ZK20260001"]
    assert bench.field.text() == ""


def test_the_scanners_own_enter_is_swallowed_even_where_enter_is_a_shortcut(bench: Bench) -> None:
    bench.scan("6901234567892")
    assert bench.codes == ["6901234567892"]
    assert bench.entered == 0
    bench.key(ENTER, 400)
    assert bench.entered == 1


def test_a_selection_survives_a_scan(bench: Bench) -> None:
    bench.field.setText("12.50")
    bench.field.selectAll()
    bench.scan("99887766")
    assert bench.codes == ["99887766"]
    assert bench.field.text() == "12.50"
    assert bench.field.selectedText() == "12.50"


def test_a_scan_while_a_button_has_the_focus(bench: Bench) -> None:
    bench.button.setFocus()
    bench.scan("A1B2C3D4")
    assert bench.codes == ["A1B2C3D4"]
    assert bench.field.text() == ""


def test_typing_is_never_a_scan_and_arrives_at_once(bench: Bench) -> None:
    for place, char in enumerate("wangxiulan0412"):
        bench.key(char, 90)
        assert bench.field.text() == "wangxiulan0412"[: place + 1]
    bench.key(ENTER, 150)
    assert bench.codes == []
    assert bench.entered >= 1


def test_a_quick_roll_over_two_keys_is_held_a_moment_and_given_back(bench: Bench, qtbot: QtBot) -> None:
    bench.key("h", 500)
    bench.key("s", 20)
    bench.key("r", 200)
    assert bench.field.text() == "hsr"
    bench.key("x", 300)
    bench.key("y", 20)
    qtbot.waitUntil(lambda: bench.field.text() == "hsrxy", timeout=1000)
    assert bench.codes == []


def test_three_quick_characters_and_enter_are_typing(bench: Bench) -> None:
    bench.scan("hsr")
    assert bench.codes == []
    assert bench.field.text() == "hsr"
    assert bench.entered >= 1


def test_two_scans_in_a_row(bench: Bench) -> None:
    bench.scan("11112222")
    bench.scan("33334444", before_ms=60)
    assert bench.codes == ["11112222", "33334444"]
    assert bench.field.text() == ""


def test_a_scanner_without_enter_is_known_by_stopping(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.filter.scanned, timeout=1000) as caught:
        bench.scan("6901234567892", end=None)
    assert caught.args == ["6901234567892"]
    assert bench.field.text() == ""


def test_a_key_held_down_is_no_scan(bench: Bench) -> None:
    bench.key("1", 500)
    for _ in range(8):
        bench.ms += 30
        QApplication.sendEvent(
            bench.field,
            QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True),
        )
    bench.key(ENTER, 30)
    assert bench.codes == []
    assert bench.field.text() == "1" * 9


def test_prefix_and_suffix_are_taken_off_and_nothing_goes_through(qtbot: QtBot) -> None:
    bench = make(qtbot, ScannerTiming(prefix="~", suffix="#"))
    seen: list[str] = []
    bench.field.textChanged.connect(seen.append)
    try:
        bench.scan("~0412#", end=None)
        assert bench.codes == ["0412"]
        assert seen == []
        bench.scan("~77#")  # with a prefix even a short code is one, and an Enter after it is the scanner's
        assert bench.codes == ["0412", "77"]
        assert bench.entered == 0
        bench.key(ENTER, 300)
        assert bench.entered == 1
    finally:
        QApplication.instance().removeEventFilter(bench.filter)  # type: ignore[union-attr]


def test_a_typed_prefix_character_comes_back(qtbot: QtBot) -> None:
    bench = make(qtbot, ScannerTiming(prefix="~"))
    try:
        bench.key("~", 500)
        qtbot.waitUntil(lambda: bench.field.text() == "~", timeout=1000)
        assert bench.codes == []
    finally:
        QApplication.instance().removeEventFilter(bench.filter)  # type: ignore[union-attr]


def test_who_listens_to_typing_hears_that_the_first_key_was_none(bench: Bench) -> None:
    heard: list[str] = []
    bench.field.textEdited.connect(heard.append)
    bench.type("hsr")
    bench.scan("0412773")
    assert heard[-1] == "hsr"


def test_the_first_key_of_a_scan_is_told_before_the_scan(bench: Bench) -> None:
    told: list[str] = []
    bench.filter.went_through.connect(lambda key: told.append(f"not typed {key}"))
    bench.filter.scanned.connect(told.append)
    bench.scan("0412773")
    assert told == ["not typed 0", "0412773"]


def test_a_kiosk_without_a_window_manager_has_no_active_window(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = bench.field
    monkeypatch.setattr(QApplication, "focusWidget", staticmethod(lambda: None))
    for place, char in enumerate("0412773"):
        bench.ms += 4 if place else 500
        QTest.keyClicks(field, char)
    bench.ms += 4
    QTest.keyClick(field, ENTER)
    assert bench.codes == ["0412773"]
    assert field.text() == ""


@pytest.mark.parametrize("gap_ms", [36, 45, 60, 79])
@pytest.mark.parametrize("code", ["0412773", "6901234567892", "04A1B2C3", "134567"])
def test_a_slow_scanner_is_a_scanner(bench: Bench, code: str, gap_ms: float) -> None:
    bench.type("hsr")
    bench.scan(code, gap_ms=gap_ms)
    assert bench.codes == [code]
    assert bench.field.text() == "hsr"
    assert bench.entered == 0
    bench.key(ENTER, 400)
    assert bench.entered == 1


def test_a_scanner_with_uneven_gaps(bench: Bench) -> None:
    for char, gap_ms in zip(
        "6901234567892", (500, 20, 60, 15, 70, 40, 10, 79, 5, 30, 65, 12, 50), strict=True
    ):
        bench.key(char, gap_ms)
    bench.key(ENTER, 70)
    assert bench.codes == ["6901234567892"]
    assert bench.field.text() == ""
    assert bench.entered == 0


def test_an_enter_that_lags_behind_its_code_is_still_the_scanners(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.filter.scanned, timeout=1000):
        bench.scan("6901234567892", end=None)
    bench.key(ENTER, 70)
    assert bench.entered == 0
    bench.key(ENTER, 300)
    assert bench.entered == 1


@pytest.mark.parametrize("enter_ms", [60, 150])
def test_a_word_typed_quickly_is_typed(bench: Bench, enter_ms: float) -> None:
    for place, char in enumerate("hongshaorou"):
        bench.key(char, 60 if place else 500)
        assert bench.field.text() == "hongshaorou"[: place + 1], "and arrives at once"
    bench.key(ENTER, enter_ms)
    assert bench.codes == []
    assert bench.entered >= 1


def test_a_number_typed_quickly_is_typed_when_the_hand_goes_to_enter(bench: Bench, qtbot: QtBot) -> None:
    for place, char in enumerate("13800006612"):
        bench.key(char, 70 if place else 500)
    qtbot.waitUntil(lambda: bench.field.text() == "13800006612", timeout=1000)
    bench.key(ENTER, 180)
    assert bench.codes == []
    assert bench.entered >= 1


def test_a_pin_typed_quickly_is_typed(bench: Bench) -> None:
    for place, char in enumerate("8888"):
        bench.key(char, 60 if place else 500)
    bench.key(ENTER, 70)
    assert bench.codes == []
    assert bench.field.text() == "8888"
    assert bench.entered >= 1


@pytest.mark.parametrize("seed", range(20))
def test_quick_hands_lose_nothing(bench: Bench, qtbot: QtBot, seed: int) -> None:
    """Numbers typed at any human pace, with rolls over two keys; one gap in eight is a hand's."""
    chance = Random(seed)
    number = "".join(chance.choice("0123456789") for _ in range(24))
    for place, char in enumerate(number):
        quick = chance.choice((12, 25, 45, 60, 75))
        bench.key(char, chance.randint(85, 260) if place % 5 == 0 else quick)
    qtbot.waitUntil(lambda: bench.field.text() == number, timeout=1000)
    bench.key(ENTER, chance.randint(90, 300))
    assert bench.codes == []
    assert bench.entered >= 1


def test_keys_that_went_through_are_told_the_last_first(bench: Bench) -> None:
    told: list[str] = []
    bench.filter.went_through.connect(told.append)
    bench.scan("4127730", gap_ms=60)
    assert told == ["2", "1", "4"]


def test_a_slow_scan_leaves_what_was_chosen(till: TillScreen) -> None:
    """Foods of a set are chosen by digits: a card's first three figures choose none of them."""
    scanner = ScannerFilter(now_ms=lambda: clock[0])
    clock = [0.0]
    scanner.went_through.connect(till.not_typed)
    scanner.scanned.connect(till.scan)
    application = QApplication.instance()
    assert application is not None
    press(till, Qt.Key.Key_Space, "=")
    before = till.presenter.draft
    till.window().activateWindow()
    application.installEventFilter(scanner)
    try:
        for place, char in enumerate("2315558"):
            clock[0] += 60 if place else 1000
            QTest.keyClicks(till.field, char)
        clock[0] += 60
        QTest.keyClick(till.field, ENTER)
    finally:
        application.removeEventFilter(scanner)
    assert till.presenter.draft.lines == before.lines
    assert till.presenter.done is None
    assert "5558" in till.notice.text()
    assert till.field.text() == ""
