"""A newcomer by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap

from canteen_pos.services import members
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.enrol.presenter import EnrolPresenter
from canteen_pos.ui.screens.enrol.screen import EnrolPanel
from tests.ui.keyboard import keys

ENTER = Qt.Key.Key_Return


def panel_of(window: MainWindow, card: str = "") -> EnrolPanel:
    window.open_panel("enrol", card or None)
    assert isinstance(window.panel, EnrolPanel)
    return window.panel


def test_name_year_card_and_they_eat(at_till: MainWindow, demo_desk: Desk) -> None:
    panel_of(at_till)
    keys(at_till, "赵新来", ENTER, "1950")
    at_till.scanned("99887766")
    keys(at_till, ENTER, ENTER, ENTER)
    assert at_till.panel is None
    found = members.find(demo_desk, "赵新来")
    assert len(found) == 1
    assert found[0].age == 75
    assert members.by_card(demo_desk, "99887766") == found[0]
    assert at_till.till is not None
    assert at_till.till.presenter.draft.member == found[0]
    assert "已登记 赵新来" in at_till.till.notice.text()


def test_a_card_nobody_knew_is_already_in_the_field(at_till: MainWindow) -> None:
    at_till.scanned("55443322")
    keys(at_till, (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier))
    assert isinstance(at_till.panel, EnrolPanel)
    assert at_till.panel.card_field.text() == "55443322"


def test_what_is_wrong_stands_beside_its_field(at_till: MainWindow, demo_desk: Desk) -> None:
    panel = panel_of(at_till)
    taken = members.find(demo_desk, "王秀兰")[0].card
    panel.submit()
    assert panel._boxes["name"].problem() == "请写姓名"
    panel.name_field.setText("赵新来")
    panel.born_field.setText("11010119900307123")
    panel.submit()
    assert panel._boxes["name"].problem() == ""
    assert panel._boxes["born"].problem() != ""
    panel.born_field.setText("1950")
    panel.card_field.setText(taken)
    panel.submit()
    assert "王秀兰" in panel._boxes["card"].problem()
    assert members.find(demo_desk, "赵新来") == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1943", "1943 年生，按 12 月 31 日算：82 岁"),
        ("19430211", "1943-02-11 生，83 岁"),
        ("1943-02-11", "1943-02-11 生，83 岁"),
        ("194", ""),
        ("19431399", ""),
    ],
)
def test_the_age_is_said_back_while_typing(demo_desk: Desk, cashier: Actor, typed: str, said: str) -> None:
    assert EnrolPresenter(demo_desk, cashier).born_note(typed) == said


def test_the_photo_is_on_the_card_at_once(
    at_till: MainWindow, demo_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(at_till)
    wrong = tmp_path / "letter.png"
    wrong.write_text("no picture")
    monkeypatch.setattr(panel, "_open_dialog", lambda: str(wrong))
    keys(at_till, "赵新来", Qt.Key.Key_F2)
    assert panel.photo == ""
    assert panel.photo_word.text() == "这个文件不是图片"
    face = tmp_path / "face.png"
    picture = QPixmap(30, 40)
    picture.fill(QColor("#aa3311"))
    picture.save(str(face))
    monkeypatch.setattr(panel, "_open_dialog", lambda: str(face))
    keys(at_till, Qt.Key.Key_F2, ENTER, "1950", ENTER, ENTER, ENTER)
    assert members.find(demo_desk, "赵新来")[0].photo == str(face)
    assert at_till.till is not None
    shown = at_till.till.diner.grab().toImage()
    assert shown.pixelColor(44, 50) == QColor("#aa3311")
