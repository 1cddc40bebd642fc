"""A person's record as a whole, by keys: leaving, merging, exporting, erasing, lists on paper; and who may do what."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.place import Place
from canteen_pos.services import audit, facts, members, people, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.chips import ChipButton
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.office.paged import PAGE
from canteen_pos.ui.screens.people.file_forms import CardSheetForm, ExportForm, ListFileForm
from canteen_pos.ui.screens.people.merge_form import MergeForm
from canteen_pos.ui.screens.people.paper_forms import FactForm
from canteen_pos.ui.screens.people.person_form import PersonForm
from canteen_pos.ui.screens.people.photo_form import PhotoForm
from canteen_pos.ui.screens.people.presenter import FIRST
from canteen_pos.ui.screens.people.record_forms import EraseForm, LeaveForm
from canteen_pos.ui.screens.people.retention_form import RetentionForm
from canteen_pos.ui.screens.people.screen import PeopleSection
from canteen_pos.ui.widgets.labels import Text
from tests.ui.driving import said
from tests.ui.keyboard import ctrl, keys
from tests.ui.people_hands import form_of, id_number

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
SAVE = ctrl("S")


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen]) -> PeopleSection:
    found = open_office("people").section
    assert isinstance(found, PeopleSection)
    return found


# -- the record as a whole ----------------------------------------------------------------------------


def test_leaving_and_coming_back(section: PeopleSection, window: MainWindow, demo_desk: Desk) -> None:
    keys(window, "wxl", ctrl("B"))
    assert isinstance(section.form, LeaveForm)
    keys(window, SAVE)
    assert "余额" in said(window), "money is left in the purse"
    assert people.counts(demo_desk)["left"] == 1
    assert section.filter == "left"
    assert section.current is not None
    assert section.current.name == "王秀兰"
    keys(window, ctrl("B"), SAVE)
    assert people.counts(demo_desk)["left"] == 0


def test_two_records_are_merged_after_a_look(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    keys(window, "wxl", ctrl("M"))
    form = form_of(section)
    assert isinstance(form, MergeForm)
    keys(window, SAVE)
    assert form.boxes["other"].problem()
    keys(window, "汪兴亮", ENTER)
    told = " ".join(each.text() for each in form.preview.findChildren(Text))
    assert "卡 1 张" in told
    assert "出生日期" in told, "the two disagree about it"
    number = members.find(demo_desk, "汪兴亮")[0].member_no  # nothing happened yet
    keys(window, SAVE)
    assert section.form is None
    found = members.by_card(demo_desk, "0877")
    assert found is not None
    assert found.name == "王秀兰"
    assert people.story(demo_desk, manager, found.id).merged_from == (number,)
    assert any("并入了" in text for text in section.story.texts())


def test_everything_stored_is_taken_out_for_the_person(
    section: PeopleSection, window: MainWindow, tmp_path: Path
) -> None:
    keys(window, "wxl", ctrl("W"), SAVE)
    form = form_of(section)
    assert isinstance(form, ExportForm)
    assert form.boxes["folder"].problem()
    (tmp_path / "file").write_text("")
    keys(window, str(tmp_path / "file"), SAVE)
    assert form.boxes["folder"].problem()
    form.folder.line.clear()
    (tmp_path / "out").mkdir()
    keys(window, str(tmp_path / "out"), ENTER)
    assert section.form is None
    assert [file.name for file in sorted((tmp_path / "out").rglob("*.*"))] == ["person.json", "person.pdf"]
    assert str(tmp_path / "out") in said(window)


def test_the_list_as_it_is_becomes_a_table(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, tmp_path: Path
) -> None:
    keys(window, "wangxiulan", Qt.Key.Key_F9)
    form = form_of(section)
    assert isinstance(form, ListFileForm)
    form.file.set_path(str(tmp_path / "名单.doc"))
    keys(window, SAVE)
    assert ".xlsx" in form.boxes["file"].problem()
    form.file.set_path(str(tmp_path / "名单.xlsx"))
    keys(window, SAVE)
    assert "1 人写到" in said(window)
    heading, row = openpyxl.load_workbook(tmp_path / "名单.xlsx").active.iter_rows(values_only=True)
    told = dict(zip(heading, row, strict=True))
    assert (told["姓名"], told["出生日期"], told["卡号"], told["手机"]) == (
        "王秀兰",
        "1943-02-11",
        "0412",
        "13800006612",
    )
    known = members.by_card(demo_desk, "0412")
    assert (told["余额（元）"], told["赠送（元）"]) == (known.balance_fen / 100, known.bonus_fen / 100)
    assert not any("519999" in str(value) for value in row), "no ID number"
    (event,) = audit.recent(demo_desk, "people_listed")
    assert event.body["people"] == 1


def test_who_may_not_manage_people_takes_no_list_away(demo_desk: Desk, tmp_path: Path) -> None:
    for name, pin in (("李芳", "1111"), ("周强", "3333"), ("何会计", "4444")):
        with pytest.raises(Refusal):
            people.save_list(demo_desk, users.sign_in(demo_desk, name, pin), tmp_path / "名单.csv")
    assert not (tmp_path / "名单.csv").exists()


def test_cards_are_printed_for_the_list_as_it_is(
    section: PeopleSection, window: MainWindow, tmp_path: Path, demo_desk: Desk
) -> None:
    keys(window, "wx", ctrl("P"))
    form = form_of(section)
    assert isinstance(form, CardSheetForm)
    keys(window, SAVE)
    assert form.boxes["file"].problem()
    form.who.press("all")
    form.without.press("issue")
    keys(window, str(tmp_path / "cards"), ENTER)
    assert section.form is None
    assert (tmp_path / "cards.pdf").read_bytes().startswith(b"%PDF")
    assert "6 张卡" in said(window)
    assert "新发 1 张" in said(window)
    assert members.find(demo_desk, "万雪梅")[0].card.startswith("Q")


def test_erasing_asks_the_name_and_refuses_while_money_is_left(
    section: PeopleSection, window: MainWindow, demo_desk: Desk
) -> None:
    keys(window, "wxl", (Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier))
    form = form_of(section)
    assert isinstance(form, EraseForm)
    keys(window, "王秀", SAVE)
    assert "没有删除" in form.boxes["name"].problem()
    keys(window, "兰", SAVE)
    assert any("退清" in text for text in form.problems())
    keys(window, ESC, ESC, ESC, "汪兴亮", (Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier))
    keys(window, "汪兴亮", SAVE)
    assert section.form is None
    assert "资料已删除" in said(window)
    assert members.find(demo_desk, "汪兴亮") == ()


def test_what_was_kept_long_enough_is_let_go_after_a_look(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    keys(window, ctrl("Y"))
    assert section.form is None
    assert "没有到期" in said(window)
    wu = members.find(demo_desk, "吴先礼")[0].id
    people.leave(demo_desk, manager, wu, date(2026, 8, 1), "moved")
    section.reload()
    assert section.deeds.due is not None
    assert section.deeds.due.isVisible()
    keys(window, ctrl("Y"))
    form = form_of(section)
    assert isinstance(form, RetentionForm)
    assert any("吴先礼" in chip.text() for chip in form.findChildren(ChipButton))
    keys(window, SAVE)
    assert section.form is None
    assert "已清除 1 条" in said(window)
    assert people.story(demo_desk, manager, wu).id_number == ""
    assert not section.deeds.due.isVisible()


def test_the_id_number_is_masked_and_shown_only_when_asked(
    section: PeopleSection, window: MainWindow
) -> None:
    number = id_number("51010419500505003")
    keys(window, ctrl("N"))
    keys(window, "甲一", ENTER, ENTER, number, SAVE)
    told = " ".join(section.story.texts())
    assert number not in told
    assert number[:6] + "********" + number[-4:] in told
    keys(window, ctrl("D"))
    assert number in " ".join(section.story.texts())
    assert "已记录" in said(window)
    keys(window, ESC, "wxl")
    assert number not in " ".join(section.story.texts())
    keys(window, ESC, "甲一")
    assert number not in " ".join(section.story.texts())


def test_a_photo_is_looked_at_then_kept(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, tmp_path: Path
) -> None:
    picture = QPixmap(30, 40)
    picture.fill(QColor("#aa3311"))
    picture.save(str(tmp_path / "face.png"))
    (tmp_path / "letter.png").write_text("no picture")
    keys(window, "wxl", ctrl("I"))
    form = form_of(section)
    assert isinstance(form, PhotoForm)
    keys(window, str(tmp_path / "letter.png"), ENTER)
    assert "letter.png" in form.boxes["photo"].problem()
    form.file.line.clear()
    keys(window, str(tmp_path / "face.png"), ENTER)
    assert form.portrait.has_picture
    keys(window, SAVE)
    assert members.find(demo_desk, "王秀兰")[0].photo
    keys(window, ctrl("I"), Qt.Key.Key_F8)
    assert members.find(demo_desk, "王秀兰")[0].photo == ""


# -- who may what -------------------------------------------------------------------------------------


def test_an_auditor_reads_and_changes_nothing(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk
) -> None:
    auditor = users.sign_in(demo_desk, "何会计", "4444")
    office = open_office("people", actor=auditor)
    section = office.section
    assert isinstance(section, PeopleSection)
    keys(office.window(), "wxl", ctrl("N"), ctrl("E"), ctrl("K"), ctrl("G"), ctrl("B"), ENTER)
    assert section.form is None
    told = " ".join(section.story.texts())
    assert "王秀兰" in told
    assert "13800006612" not in told


def test_hukou_is_shown(section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor) -> None:
    keys(window, "wxl", ctrl("G"))
    form = form_of(section)
    assert isinstance(form, FactForm)
    form.kind.press("hukou")
    form.place.setFocus()
    keys(window, "成都市 武侯区 玉林街道", SAVE)
    wang = members.find(demo_desk, "王秀兰")[0].id
    fact = next(one for one in people.story(demo_desk, manager, wang).facts if one.kind == "hukou")
    assert fact.code == facts.place_code(Place("成都市", "武侯区", "玉林街道"))
    assert any("武侯区 玉林街道" in text for text in section.story.texts())


def test_a_button_does_what_its_key_does(section: PeopleSection, window: MainWindow) -> None:
    from canteen_pos.ui.widgets.keys import KeyButton

    keys(window, "wxl")
    edit = next(each for each in section.story.findChildren(KeyButton) if each.key == "Ctrl E")
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton)
    assert isinstance(section.form, PersonForm)


def test_the_first_page_that_is_read_with_the_count_is_the_tables(section: PeopleSection) -> None:
    assert FIRST == PAGE
    section.search.setText("w")
    count = section.count()
    assert section.presenter._first is not None
    assert len(section.fetch(0, PAGE)) == min(count, PAGE)
    assert section.presenter._first is None, "read once, then anew"
