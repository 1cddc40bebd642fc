"""The staff section by keys: made, changed, locked out and in, sent away; a canteen keeps a manager."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from canteen_pos.domain.errors import Refusal
from canteen_pos.services import users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.records.screen import RecordsSection
from canteen_pos.ui.screens.staff.screen import StaffSection
from tests.ui.driving import said
from tests.ui.keyboard import ctrl, keys

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen]) -> StaffSection:
    found = open_office("staff").section
    assert isinstance(found, StaffSection)
    return found


def form_of(section: StaffSection) -> Form:
    assert section.form is not None
    return section.form


def names(section: StaffSection) -> list[str]:
    return [row.name for row in section.fetch(0, 50)]


def test_a_new_colleague_signs_in(section: StaffSection, window: MainWindow, demo_desk: Desk) -> None:
    keys(window, ctrl("N"), "赵敏", ENTER, "135", ENTER, "135", ctrl("S"))
    assert "4" in form_of(section).problems()[0]
    keys(window, "13579", ENTER, "70", ctrl("S"))
    assert "不一样" in form_of(section).problems()[0]
    keys(window, "13579", ctrl("S"))
    assert section.form is None
    assert section.current.name == "赵敏"
    assert users.sign_in(demo_desk, "赵敏", "13579").role == "cashier"
    assert "可以登录" in said(window)


def test_the_first_thing_missing_is_said_first_and_tab_stays_inside(
    section: StaffSection, window: MainWindow
) -> None:
    keys(window, ctrl("N"), ctrl("S"))
    assert form_of(section).boxes["name"].problem()
    for _ in range(7):
        keys(window, Qt.Key.Key_Tab)
        assert form_of(section).isAncestorOf(window.focusWidget())
    keys(window, *[Qt.Key.Key_Backtab] * 3)
    assert form_of(section).isAncestorOf(window.focusWidget())


def test_a_role_changes_by_key(section: StaffSection, window: MainWindow, demo_desk: Desk) -> None:
    keys(window, "李芳", ENTER)
    form = form_of(section)
    form.boxes["role"].field.press("auditor")
    assert any("什么也不能改" in text.text() for text in form.findChildren(type(section.nothing)))
    keys(window, ctrl("S"))
    assert users.sign_in(demo_desk, "李芳", "1111").role == "auditor"


def test_the_last_manager_cannot_go(section: StaffSection, window: MainWindow, demo_desk: Desk) -> None:
    keys(window, "陈经理", Qt.Key.Key_Delete)
    assert "您自己" in said(window), "asked first: who sends themselves away cannot come back alone"
    keys(window, Qt.Key.Key_Delete)
    assert "至少要留一位经理" in said(window)
    keys(window, ENTER)
    form_of(section).boxes["role"].field.press("cashier")
    keys(window, ctrl("S"))
    assert "至少要留一位经理" in form_of(section).problems()[0]
    assert users.sign_in(demo_desk, "陈经理", "8888").role == "manager"


def test_who_left_stands_in_another_list_and_comes_back(
    section: StaffSection, window: MainWindow, demo_desk: Desk
) -> None:
    keys(window, "李芳", Qt.Key.Key_Delete)
    assert "再按一次" in said(window)
    assert users.sign_in(demo_desk, "李芳", "1111"), "one slip of the finger sends nobody away"
    keys(window, Qt.Key.Key_Delete)
    assert "已停用" in said(window)
    with pytest.raises(Refusal):
        users.sign_in(demo_desk, "李芳", "1111")
    keys(window, ESC, ctrl("Left"))
    assert section.filter == "left"
    assert names(section) == ["李芳"]
    keys(window, Qt.Key.Key_Delete)
    assert users.sign_in(demo_desk, "李芳", "1111")


def test_a_locked_name_is_unlocked(section: StaffSection, window: MainWindow, demo_desk: Desk) -> None:
    for _ in range(3):
        with pytest.raises(Refusal):
            users.sign_in(demo_desk, "李芳", "0000")
    section.reload()
    keys(window, ctrl("Right"))
    assert names(section) == ["李芳"]
    assert any("锁定到 11:42:30" in text for text in section.story.texts())
    keys(window, Qt.Key.Key_F8)
    assert names(section) == []
    assert users.sign_in(demo_desk, "李芳", "1111")


def test_a_pin_is_changed(section: StaffSection, window: MainWindow, demo_desk: Desk) -> None:
    keys(window, "李芳", Qt.Key.Key_F4, "2468", ENTER, "2468", ENTER)
    assert section.form is None
    assert users.sign_in(demo_desk, "李芳", "2468")


def test_what_was_typed_is_not_lost_silently(section: StaffSection, window: MainWindow) -> None:
    keys(window, ctrl("N"), "赵", ESC)
    assert "还没有保存" in form_of(section).problems()[0]
    keys(window, ESC)
    assert section.form is None
    assert "赵" not in names(section)


def test_all_that_somebody_did(section: StaffSection, window: MainWindow) -> None:
    keys(window, "陈经理")
    told = section.story.texts()
    assert any(text.startswith("开班") for text in told)
    keys(window, Qt.Key.Key_F9)
    assert window.office is not None
    records = window.office.section
    assert isinstance(records, RecordsSection)
    assert {row.actor for row in records.fetch(0, 100)} == {"陈经理"}


def test_an_auditor_sees_records_and_no_staff(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk
) -> None:
    auditor = users.sign_in(demo_desk, "何会计", "4444")
    assert isinstance(auditor, Actor)
    office = open_office("records", actor=auditor)
    assert "records" in set(office.keys())
    assert not {"staff", "settings"} & set(office.keys())
    assert isinstance(office.section, RecordsSection)
