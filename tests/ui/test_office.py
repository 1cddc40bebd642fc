"""The back office's frame: who gets in, keys, forms that keep what was typed."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canteen_pos.services import users
from canteen_pos.services.context import Desk
from canteen_pos.ui import file_dialogs
from canteen_pos.ui.forms import LineField
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.chips import Chips
from canteen_pos.ui.office.fields import DateField, PathField, typed_day
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.paged import PAGE, Column, PagedModel
from canteen_pos.ui.office.section_key import SectionKey
from tests.ui.keyboard import keys

ENTER, ESC, F12 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F12
CTRL = Qt.KeyboardModifier.ControlModifier


def test_f12_with_no_dish_chosen_goes_to_the_office_and_comes_back(
    open_office: Callable[..., OfficeScreen], window: MainWindow
) -> None:
    open_office()
    keys(window, F12)
    assert window.at_till
    assert "管理 Ctrl F12" in window.bar.texts()
    keys(window, F12)
    assert window.in_office
    assert "收银 F12" in window.bar.texts()
    keys(window, ESC)
    assert window.at_till
    keys(window, "hsr", F12)
    assert window.at_till, "with a dish chosen F12 is about the dish"


def test_a_cashier_does_not_get_in(at_till: MainWindow) -> None:
    keys(at_till, F12, (F12, CTRL))
    assert at_till.at_till
    assert not any("管理" in text for text in at_till.bar.texts())
    at_till.open_office()
    assert not at_till.in_office


@pytest.mark.parametrize(("name", "pin"), [("何会计", "4444")])
def test_who_may_not_sell_lands_in_the_office(
    window: MainWindow, demo_desk: Desk, name: str, pin: str
) -> None:
    window.take_over(users.sign_in(demo_desk, name, pin))
    assert window.in_office
    keys(window, ESC, F12)
    assert window.in_office
    assert window.till is None


def test_the_office_is_locked_and_comes_back_where_it_was(
    open_office: Callable[..., OfficeScreen], window: MainWindow
) -> None:
    office = open_office()
    section = office.section
    keys(window, (Qt.Key.Key_L, CTRL))
    assert window.pages.currentWidget() is window.sign_in
    keys(window, "8888", ENTER)
    assert window.pages.currentWidget() is office
    assert window.office is office
    assert office.section is section


class _Form(Form):
    def __init__(self) -> None:
        super().__init__("试填")
        self.name = LineField()
        self.since = DateField(date(2026, 11, 23))
        self.add("name", "姓名", self.name)
        self.add("since", "自", self.since)
        self.walk(self.name, self.since)

    def save(self) -> object | None:
        problems = {} if self.name.text() else {"name": "请填写姓名。"}
        if self.since.problem():
            problems["since"] = self.since.problem()
        self.show_problems(problems)
        return None if problems else (self.name.text(), self.since.day())


@pytest.fixture
def form(office: OfficeScreen) -> _Form:
    office.open("people")
    section = office.section
    assert isinstance(section, ListSection)
    made = _Form()
    section.open_form(made)
    return made


def test_a_form_is_filled_by_keys_and_says_what_is_wrong_beside_the_field(
    form: _Form, window: MainWindow, qtbot: QtBot
) -> None:
    keys(window, (Qt.Key.Key_S, CTRL))
    assert form.problems() == ("请填写姓名。",)
    keys(window, "王", ENTER, "2026-13-01", (Qt.Key.Key_S, CTRL))
    assert form.problems() == ("看不出是哪一天，请写成 2026-03-20。",)
    form.since.clear()
    with qtbot.waitSignal(form.saved) as saved:
        keys(window, "20260320", ENTER)
    assert saved.args == [("王", date(2026, 3, 20))]


def test_leaving_says_what_the_save_key_would_do(qtbot: QtBot) -> None:
    """It does not save in every form: one deletes a person, one voids a voucher."""
    form = Form("删除资料", "删除")
    qtbot.addWidget(form)
    form.touch()
    form.escape()
    assert "Ctrl S 删除" in form.message.text()
    assert "保存" not in form.message.text()


def test_what_was_typed_is_not_lost_silently(form: _Form, office: OfficeScreen, window: MainWindow) -> None:
    keys(window, "王", ESC)
    assert office.section is not None
    assert office.section.form is form
    assert "还没有保存" in form.message.text()
    keys(window, F12)
    keys(window, (Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier))
    assert window.pages.currentWidget() is office, "another user would lose it"
    assert "没保存" in office.feedback.text()
    keys(window, ESC, ESC)
    assert window.pages.currentWidget() is window.till


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-20", date(2026, 3, 20)),
        ("20260320", date(2026, 3, 20)),
        ("2026.3.2", date(2026, 3, 2)),
        ("2026年3月20日", date(2026, 3, 20)),
        ("3-20", date(2026, 3, 20)),
        ("0320", date(2026, 3, 20)),
        ("+7", date(2026, 11, 30)),
        ("2026-02-30", None),
        ("20260230", None),
        ("3", None),
        ("明天", None),
        ("", None),
    ],
)
def test_days_as_people_type_them(typed: str, day: date | None) -> None:
    assert typed_day(typed, date(2026, 11, 23)) == day


def test_a_long_list_reads_only_the_pages_in_sight(dressed: object) -> None:
    del dressed
    asked: list[int] = []

    def fetch(offset: int, limit: int) -> range:
        asked.append(offset)
        return range(offset, min(offset + limit, 50_000))

    model = PagedModel((Column("n", str, 80),), fetch)
    model.show(50_000)
    assert asked == []
    assert model.index(49_999, 0).data() == "49999"
    assert model.index(49_998, 0).data() == "49998"
    assert asked == [49_999 // PAGE * PAGE]
    model.show(10)
    assert model.row(10) is None


def test_arrows_move_in_the_list_while_the_search_field_has_the_keyboard(
    office: OfficeScreen, window: MainWindow
) -> None:
    office.open("people")
    section = office.section
    assert isinstance(section, ListSection)
    keys(window, "w")
    assert section.table.place == 0
    keys(window, Qt.Key.Key_Down)
    assert section.table.place == 1
    assert section.current is not None
    assert section.current.name in section.story.texts()
    keys(window, ESC)
    assert section.search.text() == ""
    assert window.in_office


def test_a_press_in_the_bar_opens_the_office(
    open_office: Callable[..., OfficeScreen], window: MainWindow
) -> None:
    open_office()
    QTest.mouseClick(window.bar._office, Qt.MouseButton.LeftButton)
    assert window.at_till
    QTest.mouseClick(window.bar._office, Qt.MouseButton.LeftButton)
    assert window.in_office


def test_sections_by_digit_keep_what_was_typed(form: _Form, office: OfficeScreen, window: MainWindow) -> None:
    keys(window, "王", (Qt.Key.Key_1, CTRL))
    assert office.section_key == office.keys()[0]
    keys(window, (getattr(Qt.Key, f"Key_{office.keys().index('people') + 1}"), CTRL))
    assert office.section_key == "people"
    assert office.section is not None
    assert office.section.form is form
    assert form.name.text() == "王"
    keys(window, "秀")
    assert form.name.text() == "王秀", "the keyboard is in the form again"


def test_every_section_opens_and_fits(
    open_office: Callable[..., OfficeScreen], window: MainWindow, demo_desk: Desk
) -> None:
    """Each is made, shown and left again at the smallest screen; a section asks for no more than that."""
    office = open_office()
    for key in office.every():
        office.open(key)
        assert office.section_key == key
        assert (window.width(), window.height()) == (1366, 768), key
    auditor = users.sign_in(demo_desk, "何会计", "4444")
    window.take_over(auditor)
    assert window.office is not None
    assert "people" in window.office.every()
    assert "settings" not in window.office.every()


def test_what_waits_in_a_section_stands_beside_its_key_and_never_in_its_place(qtbot: QtBot) -> None:
    key = SectionKey("Accounts", "5")
    qtbot.addWidget(key)
    key.resize(key.sizeHint())
    for count, said in ((0, []), (4, ["4"]), (62, ["62"]), (340, ["99+"])):
        key.set_badge(count)
        boxes = key.text_boxes()
        caps = [box.text for box in boxes if box.frame]
        counts = [box.text for box in boxes if box.ground == "notice"]
        assert (caps, counts) == (["5"], said)
        assert not any(box.is_cut_off() for box in boxes)
        ordered = sorted(boxes, key=lambda box: box.box.left())
        assert all(a.box.right() <= b.box.left() for a, b in pairwise(ordered))


def test_f1_names_the_keys_that_work_everywhere(office: OfficeScreen, window: MainWindow) -> None:
    office.open("people")
    height = office.feedback.height()
    keys(window, Qt.Key.Key_F1)
    assert "Ctrl S" in office.feedback.text()
    QApplication.processEvents()
    assert office.feedback.height() == height, "nothing moves when something is said"
    keys(window, Qt.Key.Key_Down)
    assert office.feedback.text() == "", "it goes with the next key"


def test_every_form_with_a_file_has_a_key_to_choose_it(
    office: OfficeScreen, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: "/tmp/挂账.pdf")
    office.open("customers")
    section = office.section
    assert isinstance(section, ListSection)
    keys(window, (Qt.Key.Key_P, CTRL), Qt.Key.Key_F2)
    assert section.form is not None
    path = section.form.findChild(PathField)
    assert path is not None
    assert (path.path(), path.choose.key) == ("/tmp/挂账.pdf", "F2")


def test_tab_stops_once_at_chips_and_arrows_go_along(qtbot: QtBot, dressed: QApplication) -> None:
    del dressed
    form = _Form()
    tags = Chips((("salt", "低盐"), ("sugar", "低糖"), ("soft", "软")), many=True)
    kind = Chips((("a", "普通"), ("b", "软")))
    kind.set_value("b")
    last = LineField()
    form.add("tags", "饮食", tags)
    form.add("kind", "软硬", kind)
    form.add("last", "备注", last)
    qtbot.addWidget(form)
    form.show()
    with qtbot.waitActive(form):
        form.activateWindow()
    form.since.setFocus()
    keys(form, Qt.Key.Key_Tab, Qt.Key.Key_Right, " ", Qt.Key.Key_Right, Qt.Key.Key_Right, " ")
    assert tags.values() == ("sugar", "soft"), "the last arrow stays at the end"
    keys(form, Qt.Key.Key_Tab, Qt.Key.Key_Left, " ")
    assert kind.value() == "a", "Tab came in at the chosen one"
    keys(form, ENTER, "好")
    assert last.text() == "好", "Enter goes on, as from a line"
    assert form.unsaved


def test_an_empty_list_says_how_to_begin_and_a_search_without_end_does_not(
    qtbot: QtBot, dressed: QApplication
) -> None:
    del dressed

    class Empty(ListSection):
        def count(self) -> int:
            return 0

        def fetch(self, offset: int, limit: int) -> list[object]:
            del offset, limit
            return []

    one = Column("菜名", str, 90)
    filters = (("all", "全部"), ("gone", "停用"))
    section = Empty("菜品", (one,), filters=filters, empty="没有符合的菜。", first="按 Ctrl N 加第一道。")
    qtbot.addWidget(section)
    section.reload()
    assert section.nothing.text() == "按 Ctrl N 加第一道。"
    section.search.setText("hsr")
    assert section.nothing.text() == "没有符合的菜。"
    section.search.clear()
    section.filters.press("gone")
    assert section.nothing.text() == "没有符合的菜。"
