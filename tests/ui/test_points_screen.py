"""Points in the back office, by keys: what was typed wrong, and what was a mistake."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from canteen_pos.domain.membership import Member
from canteen_pos.services import members, points, verifying
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.purses.points import PointsSection, signed, typed_minutes
from tests.ui.driving import said
from tests.ui.keyboard import ctrl, keys

TAB, SAVE = Qt.Key.Key_Tab, ctrl("S")


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen], demo_desk: Desk, manager: Actor) -> PointsSection:
    wang = members.by_card(demo_desk, "0412")
    assert wang is not None
    points.earn(demo_desk, manager, wang.id, 90, "分餐", "hours")
    found = open_office("points").section
    assert isinstance(found, PointsSection)
    return found


@pytest.fixture
def wang(demo_desk: Desk) -> Member:
    found = members.by_card(demo_desk, "0412")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        ("1.5", 90),
        (".5", 30),
        ("90分", 90),
        ("90 m", 90),
        ("2小时", 120),
        ("24h", 1440),
        *((bad, None) for bad in ("", "0", "25", "1441分", "inf", "nan", "1e1", "-2", "两小时", "9" * 400)),
    ],
)
def test_hours_as_people_type_them(text: str, minutes: int | None) -> None:
    assert typed_minutes(text) == minutes


def test_a_mistake_is_undone_by_keys(
    section: PointsSection, window: MainWindow, demo_desk: Desk, wang: Member
) -> None:
    keys(window, "00001", ctrl("R"), "4x", TAB, "毛巾", SAVE)
    assert section.form is not None
    assert "请写一个数" in section.form.boxes["number"].problem()
    keys(window, "4", SAVE)
    assert section.form is None
    left = points.balance(demo_desk, wang.id)
    keys(window, ctrl("Z"), SAVE)
    assert signed(4) in said(window)
    assert points.balance(demo_desk, wang.id) == left + 4
    assert "撤销 换物品 毛巾" in " ".join(section.story.texts())
    keys(window, ctrl("Z"), SAVE)
    assert points.balance(demo_desk, wang.id) == 0
    assert "−1.5 小时" in " ".join(section.story.texts())
    keys(window, ctrl("Z"))
    assert section.form is None
    assert "没有可以撤销的" in said(window)
    assert verifying.verify(demo_desk).problems == ()


def test_nobody_found_is_not_nobody_with_points(section: PointsSection, window: MainWindow) -> None:
    keys(window, "没有这个人")
    assert section.nothing.text() == "没有符合的人。"
