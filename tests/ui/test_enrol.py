"""A newcomer by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from sqlalchemy import text

from canteen_pos.services import members, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.enrol.presenter import EnrolPresenter
from canteen_pos.ui.screens.enrol.screen import EnrolPanel
from canteen_pos.ui.screens.photo.screen import PhotoPanel
from tests.ui.keyboard import keys

ENTER = Qt.Key.Key_Return
RUST = QColor("#aa3311")


def panel_of(window: MainWindow) -> EnrolPanel:
    window.open_panel("enrol")
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


@pytest.fixture
def face(tmp_path: Path) -> Path:
    picture = QPixmap(30, 40)
    picture.fill(RUST)
    picture.save(str(tmp_path / "face.png"))
    return tmp_path / "face.png"


def on_card(window: MainWindow) -> QColor:
    """The colour in the middle of the diner card's frame."""
    assert window.till is not None
    return window.till.diner.grab().toImage().pixelColor(44, 50)


def rust(colour: QColor) -> bool:
    """JPEG keeps a colour nearly."""
    return all(abs(one - other) < 6 for one, other in zip(colour.getRgb(), RUST.getRgb(), strict=True))


def test_the_photo_is_kept_and_on_the_card_at_once(
    at_till: MainWindow, demo_desk: Desk, tmp_path: Path, face: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(at_till)
    wrong = tmp_path / "letter.png"
    wrong.write_text("no picture")
    monkeypatch.setattr(panel, "_open_dialog", lambda: str(wrong))
    keys(at_till, "赵新来", Qt.Key.Key_F2)
    assert panel.presenter.photo == ""
    assert "letter.png" in panel.photo_word.text()
    monkeypatch.setattr(panel, "_open_dialog", lambda: str(face))
    keys(at_till, Qt.Key.Key_F2)
    assert panel.portrait.has_picture
    keys(at_till, ENTER, "1950", ENTER, ENTER, ENTER)
    face.unlink()  # the stick is pulled out
    assert pictures.read(demo_desk, members.find(demo_desk, "赵新来")[0].photo)
    assert rust(on_card(at_till))


def test_a_refused_newcomer_leaves_no_picture(at_till: MainWindow, demo_desk: Desk, face: Path) -> None:
    panel = panel_of(at_till)
    panel.take_photo(str(face))
    panel.name_field.setText("赵新来")
    panel.card_field.setText("?")
    panel.submit()
    assert panel._boxes["card"].problem()
    with demo_desk.db.read() as conn:
        assert conn.execute(text("select count(*) from pictures")).scalar() == 0


def test_somebody_known_gets_a_photo_by_touching_its_place(
    at_till: MainWindow, demo_desk: Desk, face: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = at_till.till
    assert till is not None
    QTest.mouseClick(till.diner, Qt.MouseButton.LeftButton, pos=QPoint(40, 50))
    assert at_till.panel is None, "nobody is there yet: the card asks who"
    till.use_member(members.find(demo_desk, "王秀兰")[0].id)
    QTest.mouseClick(till.diner, Qt.MouseButton.LeftButton, pos=QPoint(40, 50))
    panel = at_till.panel
    assert isinstance(panel, PhotoPanel)
    assert not panel.portrait.has_picture
    monkeypatch.setattr(panel, "_open_dialog", lambda: str(face))
    QTest.mouseClick(panel.choose, Qt.MouseButton.LeftButton)
    assert panel.portrait.has_picture
    keys(at_till, Qt.Key.Key_Escape)
    assert rust(on_card(at_till))
    keys(at_till, (Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier), Qt.Key.Key_Delete, Qt.Key.Key_Escape)
    assert members.find(demo_desk, "王秀兰")[0].photo == ""
    assert not rust(on_card(at_till))


def test_what_is_no_picture_is_refused_in_a_sentence(
    at_till: MainWindow, demo_desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "menu.jpg").write_text("menu")
    assert at_till.till is not None
    at_till.till.use_member(members.find(demo_desk, "王秀兰")[0].id)
    at_till.open_panel("photo")
    panel = at_till.panel
    assert isinstance(panel, PhotoPanel)
    panel.take(str(tmp_path / "menu.jpg"))
    assert "menu.jpg" in panel.message.text()
    assert not panel.portrait.has_picture
