"""The people section by keys: searched, chosen, enrolled, changed, cards, facts, leaving, erasing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.identity import check_digit
from canteen_pos.domain.order import Order, OrderLine
from canteen_pos.domain.place import Place
from canteen_pos.services import audit, cards, facts, members, people, selling, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.facts import DatedFact
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.chips import ChipButton
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.office.paged import PAGE
from canteen_pos.ui.screens.people.ask_form import AskForm
from canteen_pos.ui.screens.people.enrolling import EnrolPresenter, Typed
from canteen_pos.ui.screens.people.file_forms import CardSheetForm, ExportForm, ListFileForm
from canteen_pos.ui.screens.people.merge_form import MergeForm
from canteen_pos.ui.screens.people.paper_forms import CardForm, FactForm, ProxyForm
from canteen_pos.ui.screens.people.person_form import PersonForm
from canteen_pos.ui.screens.people.photo_form import PhotoForm
from canteen_pos.ui.screens.people.presenter import FIRST
from canteen_pos.ui.screens.people.record_forms import EraseForm, LeaveForm
from canteen_pos.ui.screens.people.retention_form import RetentionForm
from canteen_pos.ui.screens.people.screen import PeopleSection
from canteen_pos.ui.widgets.labels import Chip, Text
from tests.ui.driving import said
from tests.ui.keyboard import ctrl, keys

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


SAVE = ctrl("S")


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen]) -> PeopleSection:
    found = open_office("people").section
    assert isinstance(found, PeopleSection)
    return found


def form_of(section: PeopleSection) -> Form:
    assert section.form is not None
    return section.form


def names(section: PeopleSection) -> list[str]:
    return [row.name for row in section.fetch(0, 50)]


def id_number(first_17: str) -> str:
    return first_17 + check_digit(first_17)


# -- finding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["王秀兰", "wxl", "6612", "0412", "00001"])
def test_anybody_is_found_by_anything(section: PeopleSection, window: MainWindow, typed: str) -> None:
    keys(window, typed)
    assert "王秀兰" in names(section)
    assert section.current is not None
    assert "83 岁" in " ".join(section.story.texts())


def test_work_lists_have_counts_and_go_by_key(
    section: PeopleSection, window: MainWindow, demo_desk: Desk
) -> None:
    counts = people.counts(demo_desk)
    assert section.model.rowCount() == counts["active"]
    keys(window, ctrl("Right"))
    assert section.filter == "aged_60"
    assert section.model.rowCount() == counts["aged_60"] > 0
    assert all(row.age is not None and row.age >= 60 for row in section.fetch(0, 50))
    keys(window, ctrl("Left"))
    assert section.filter == "active"


def test_the_story_tells_what_they_would_pay_and_why(section: PeopleSection, window: MainWindow) -> None:
    keys(window, "wxl")
    told = section.story.texts()
    assert "今天在这里，这一餐会怎样（F7 换一样）" in told
    assert "应付" in told
    assert "市级补贴 3.00 元" in told
    assert "−3.00" in told
    assert not any("未满 100 岁" in text for text in told)
    keys(window, Qt.Key.Key_F6)
    assert any("未满 100 岁" in text for text in section.story.texts())


def test_any_dish_is_priced_as_the_till_does(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    keys(window, "0412", Qt.Key.Key_F7, "hsr")
    form = form_of(section)
    assert isinstance(form, AskForm)
    person = section.current.id
    (dish,) = [tile for tile in people.dishes(demo_desk, manager) if tile.name == "红烧肉"]
    line = OrderLine("1", dish.dish_id)
    for serving in Serving:
        form.serving.press(serving.value)
        order = Order(
            "ask", demo_desk.clock.now().date(), "lunch", serving, person, (line,), demo_desk.clock.now()
        )
        due = selling.quote(demo_desk, order).pays_fen
        assert f"¥{due // 100}.{due % 100:02d}" in form.answer.texts()
    keys(window, "xyz")
    assert "今天没有这一样。" in form.answer.texts()
    keys(window, ESC)
    assert section.form is None, "nothing is kept, so nothing is asked"


def test_arrows_tell_the_next_ones_story(section: PeopleSection, window: MainWindow) -> None:
    keys(window, "wx", DOWN)
    assert section.current is not None
    assert section.current.name in section.story.texts()
    assert section.current.name != "王秀兰"


def test_a_scanned_card_finds_its_holder(section: PeopleSection, window: MainWindow) -> None:
    window.scanned("0093")
    assert names(section) == ["吴先礼"]


def test_an_old_card_finds_them_too_and_says_it_is_dead(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    known = members.by_card(demo_desk, "0412")
    cards.replace(demo_desk, manager, known.id, "998877")
    window.scanned("0412")
    assert names(section) == ["王秀兰"]
    assert "挂失" in said(window)
    window.scanned("55555555")
    assert "没有人用这张卡" in said(window)


# -- enrolling and changing ---------------------------------------------------------------------------


def test_enrolled_with_what_is_wrong_first_and_right_then(
    section: PeopleSection, window: MainWindow, demo_desk: Desk
) -> None:
    keys(window, ctrl("N"))
    form = form_of(section)
    assert isinstance(form, PersonForm)
    keys(window, SAVE)
    assert form.boxes["name"].problem() == "请写姓名"
    keys(window, "曾晓", ENTER)
    assert form.initials.text() == "zx", "a surname is read as a surname"
    keys(window, ENTER)
    right = id_number("51010419430211002")
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    keys(window, wrong)
    assert "校验位" in form.boxes["id_number"].problem()
    form.id_number.clear()
    keys(window, right)
    assert form.boxes["id_number"].problem() == ""
    assert form.born.text() == "1943-02-11"
    keys(window, ENTER, ENTER, "1380000x")
    window.scanned("55667788")
    assert form.card.text() == "55667788"
    keys(window, SAVE)
    assert "电话" in form.boxes["phone"].problem()
    form.phone.setText("13800001234")
    keys(window, SAVE)
    assert section.form is None
    assert "已登记" in said(window)
    member = members.by_card(demo_desk, "55667788")
    assert member is not None
    assert (member.name, member.initials, member.birth_date) == ("曾晓", "zx", date(1943, 2, 11))
    assert section.current is not None
    assert section.current.id == member.id


@pytest.mark.parametrize(
    ("born", "wrong"),
    [
        ("1943-02-11", ""),
        ("1943年2月11日", ""),
        ("19430211", ""),
        ("1943", ""),
        ("", ""),
        ("1950-01-01", "身份证号里是 1943-02-11"),
        ("1950", "身份证号里是 1943-02-11"),
        ("1943-02-30", "没有这一天"),
        ("一九四三", "没有这一天"),
        ("1743", "1743"),
    ],
)
def test_a_birth_date_that_is_wrong_or_not_the_id_numbers_is_said(
    demo_desk: Desk, manager: Actor, born: str, wrong: str
) -> None:
    presenter = EnrolPresenter(demo_desk, manager)
    done = presenter.enrol(Typed(name="单雄信", id_number=id_number("51010419430211002"), born=born))
    assert (done is None, list(presenter.problems)) == (bool(wrong), ["born"] if wrong else [])
    assert wrong in presenter.problems.get("born", "")
    if done is not None:
        assert done.birth_date == date(1943, 2, 11)


def test_a_year_alone_may_be_put_later_too(demo_desk: Desk, manager: Actor) -> None:
    known = members.enrol(demo_desk, manager, members.NewMember("乐嘉"))
    presenter = EnrolPresenter(demo_desk, manager, known.id)
    changed = presenter.change(Typed(name="乐嘉", born="1950"), Typed(name="乐嘉"))
    assert changed is not None
    assert changed.birth_date == date(1950, 12, 31)


def test_initials_corrected_by_hand_stay(section: PeopleSection, window: MainWindow, demo_desk: Desk) -> None:
    keys(window, ctrl("N"))
    form = form_of(section)
    assert isinstance(form, PersonForm)
    keys(window, "乐乐", ENTER)
    form.initials.clear()
    keys(window, "yl")
    form.name.setFocus()
    keys(window, "天", SAVE)
    assert members.find(demo_desk, "乐乐天")[0].initials == "yl"


def test_the_same_name_and_birth_date_is_asked_about_once(
    section: PeopleSection, window: MainWindow, demo_desk: Desk
) -> None:
    keys(window, ctrl("N"))
    keys(window, "王秀兰", ENTER, ENTER, ENTER, "1943-02-11", SAVE)
    form = form_of(section)
    assert "已有同名同生日的 王秀兰" in form.message.text()
    assert len(members.find(demo_desk, "王秀兰")) == 1
    keys(window, SAVE)
    assert section.form is None
    assert len(members.find(demo_desk, "王秀兰")) == 2


def test_the_same_name_and_phone_is_asked_about_once(
    section: PeopleSection, window: MainWindow, demo_desk: Desk
) -> None:
    """Whose birth date nobody knows is enrolled twice most easily."""
    keys(window, ctrl("N"))
    keys(window, "王秀兰", ENTER, ENTER, ENTER, ENTER, "138 0000 6612", SAVE)
    assert "已有同名同电话的 王秀兰" in form_of(section).message.text()
    keys(window, SAVE)
    assert len(members.find(demo_desk, "王秀兰")) == 2


def test_the_same_id_number_is_refused(section: PeopleSection, window: MainWindow, demo_desk: Desk) -> None:
    number = id_number("51010419500505003")
    for name in ("甲一", "乙二"):
        keys(window, ctrl("N"))
        keys(window, name, ENTER, ENTER, number, SAVE)
    form = form_of(section)
    assert "甲一" in form.boxes["id_number"].problem()
    assert members.find(demo_desk, "乙二") == ()


def test_changed_by_hand_and_only_what_differs(
    section: PeopleSection, window: MainWindow, demo_desk: Desk
) -> None:
    keys(window, "wxl", ctrl("E"))
    form = form_of(section)
    assert isinstance(form, PersonForm)
    assert form.phone.text() == "13800006612", "whole while it is changed"
    form.address.setFocus()
    keys(window, "粮丰社区 6 栋 2 单元 301", SAVE)
    assert section.form is None
    assert any("6 栋 2 单元 301" in text for text in section.story.texts())
    assert not any("13800006612" in text for text in section.story.texts())
    wang = members.find(demo_desk, "王秀兰")[0]
    assert wang.phone == "13800006612"
    assert wang.diet == ("low_salt", "no_peanut"), "a tag that has no chip of its own is not lost"


def test_an_allergy_warns_at_the_till(section: PeopleSection, window: MainWindow, demo_desk: Desk) -> None:
    keys(window, "吴先礼", ctrl("E"))
    form = form_of(section)
    assert isinstance(form, PersonForm)
    form.allergies.press("shrimp")
    keys(window, SAVE)
    assert "no_shrimp" in members.find(demo_desk, "吴先礼")[0].diet


def test_limits_are_amounts(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    keys(window, "wxl", ctrl("E"))
    form = form_of(section)
    assert isinstance(form, PersonForm)
    form.meal_limit.setText("18")
    form.day_limit.setText("30.")
    keys(window, SAVE)
    wang = members.find(demo_desk, "王秀兰")[0].id
    story = people.story(demo_desk, manager, wang)
    assert (story.meal_limit_fen, story.day_limit_fen) == (1800, 3000)
    assert any("每餐 ¥18.00 ・ 每天 ¥30.00" in text for text in section.story.texts())
    keys(window, ctrl("E"))
    again = form_of(section)
    assert isinstance(again, PersonForm)
    again.day_limit.clear()
    keys(window, SAVE)
    story = people.story(demo_desk, manager, wang)
    assert (story.meal_limit_fen, story.day_limit_fen) == (1800, None)


# -- cards --------------------------------------------------------------------------------------------


def test_a_lost_card_is_replaced_and_the_old_one_is_dead(
    section: PeopleSection, window: MainWindow, demo_desk: Desk
) -> None:
    keys(window, "wxl", ctrl("K"))
    form = form_of(section)
    assert isinstance(form, CardForm)
    keys(window, SAVE)
    assert form.boxes["card"].problem() == "请扫一下新卡。"
    window.scanned("0093")
    keys(window, SAVE)
    assert "吴先礼" in form.boxes["card"].problem()
    window.scanned("77889900")
    keys(window, SAVE)
    assert section.form is None
    found = members.by_card(demo_desk, "77889900")
    assert found is not None
    assert found.name == "王秀兰"
    with pytest.raises(Refusal):
        members.by_card(demo_desk, "0412")
    assert "0412" in section.story.texts(), "the history is kept"


def test_a_card_is_reported_lost_and_another_issued_later(
    section: PeopleSection, window: MainWindow, demo_desk: Desk
) -> None:
    keys(window, "wxl", ctrl("K"))
    form = form_of(section)
    assert isinstance(form, CardForm)
    form.what.press("lost")
    keys(window, SAVE)
    with pytest.raises(Refusal):
        members.by_card(demo_desk, "0412")
    keys(window, ctrl("K"))
    form = form_of(section)
    assert isinstance(form, CardForm)
    assert form.what.codes() == ("issue",)
    keys(window, "66554433", SAVE)
    found = members.by_card(demo_desk, "66554433")
    assert found is not None
    assert found.name == "王秀兰"


# -- entitlements and proxies -------------------------------------------------------------------------


@pytest.fixture
def waiting(demo_desk: Desk, founded: object) -> int:
    """The one fact that waits: written down by the dispatcher, reviewed by nobody. The person's id."""
    del founded
    boss = users.sign_in(demo_desk, "陈经理", "8888")
    for row in people.page(demo_desk, boss, "to_review"):
        for fact in people.story(demo_desk, boss, row.id).facts:
            if fact.to_review:
                facts.review(demo_desk, boss, fact.id)
    wang = members.find(demo_desk, "王秀兰")[0].id
    facts.record(
        demo_desk,
        Actor(users.sign_in(demo_desk, "李芳", "1111").user_id, "李芳", "dispatcher"),
        wang,
        DatedFact("category", "dibao", date(2026, 11, 1), None, "低保证 2026-10"),
    )
    return wang


@pytest.mark.parametrize(("ends_on", "told"), [(23, "今天到期"), (30, "7 天后到期")])
def test_a_person_page_and_the_list_say_the_same_of_what_ends_soon(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor, ends_on: int, told: str
) -> None:
    other = next(row for row in people.page(demo_desk, manager, "active") if row.valid_to is None)
    ends = DatedFact("category", "dibao", date(2026, 11, 1), date(2026, 11, ends_on), "低保证 2026-10")
    facts.record(demo_desk, manager, other.id, ends)
    keys(window, other.name)
    listed = [section.model.data(section.model.index(0, at)) for at in range(section.model.columnCount())]
    assert told in listed
    assert told in [chip.text() for chip in section.story.findChildren(Chip)]


def test_an_entitlement_is_recorded_with_its_proof(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    keys(window, "wxl", ctrl("G"))
    form = form_of(section)
    assert isinstance(form, FactForm)
    keys(window, SAVE)
    assert form.boxes["category"].problem()
    form.category.press("dibao")
    form.source.setFocus()
    keys(window, "低保证 2026-01")
    form.since.setText("20260101")
    form.until.setText("20250101")
    keys(window, SAVE)
    assert form.boxes["until"].problem()
    form.until.setText("20261130")
    keys(window, SAVE)
    assert section.form is None
    wang = members.find(demo_desk, "王秀兰")[0].id
    fact = people.story(demo_desk, manager, wang).facts[0]
    assert (fact.code, fact.since, fact.until) == ("dibao", date(2026, 1, 1), date(2026, 11, 30))
    told = section.story.texts()
    assert "低保" in told
    assert any("低保证 2026-01" in text and "陈经理录" in text for text in told)
    section.filters.press("expiring")
    assert "王秀兰" in names(section)


def test_what_waits_is_reviewed_by_a_manager(
    waiting: int, section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    section.filters.press("to_review")
    assert names(section) == ["王秀兰"]
    assert any(chip.text() == "待复核" for chip in section.story.findChildren(Chip))
    keys(window, ctrl("G"))
    form = form_of(section)
    assert isinstance(form, FactForm)
    assert "低保证 2026-10" in form.proof.text()
    keys(window, SAVE)
    fact = people.story(demo_desk, manager, waiting).facts[0]
    assert not fact.to_review
    assert fact.reviewed_by == "陈经理"
    assert people.counts(demo_desk)["to_review"] == 0


def test_after_a_review_the_next_one_that_waits_is_there(
    waiting: int, section: PeopleSection, window: MainWindow, demo_desk: Desk
) -> None:
    boss = users.sign_in(demo_desk, "陈经理", "8888")
    other = next(row for row in people.page(demo_desk, boss, "active") if row.id != waiting)
    cashier = Actor(users.sign_in(demo_desk, "李芳", "1111").user_id, "李芳", "dispatcher")
    noted = DatedFact("category", "dibao", date(2026, 11, 1), None, "低保证 2026-11")
    facts.record(demo_desk, cashier, other.id, noted)
    section.filters.press("to_review")
    assert len(names(section)) == 2
    assert section.current is not None
    first = section.current.id
    keys(window, ctrl("G"), SAVE)
    assert section.filters.value() == "to_review"
    assert section.text == ""
    assert section.current is not None
    assert section.current.id != first
    keys(window, ctrl("G"), SAVE)
    assert names(section) == []


def test_what_has_no_proof_is_turned_down(
    waiting: int, section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    section.filters.press("to_review")
    keys(window, ctrl("G"))
    form = form_of(section)
    assert isinstance(form, FactForm)
    form.verdict.press("not")
    keys(window, SAVE)
    fact = people.story(demo_desk, manager, waiting).facts[0]
    assert fact.when == "past"


def test_a_proxy_comes_and_goes(
    section: PeopleSection, window: MainWindow, demo_desk: Desk, manager: Actor
) -> None:
    keys(window, "wxl", ctrl("R"), SAVE)
    form = form_of(section)
    assert isinstance(form, ProxyForm)
    assert form.boxes["name"].problem()
    keys(window, "李敏", ENTER, "女儿", ENTER, "13900001111", SAVE)
    wang = members.find(demo_desk, "王秀兰")[0].id
    assert [(one.name, one.holds) for one in people.story(demo_desk, manager, wang).proxies] == [
        ("李敏", True)
    ]
    assert "李敏" in section.story.texts()
    keys(window, ctrl("R"))
    again = form_of(section)
    assert isinstance(again, ProxyForm)
    again.what.press("end")
    keys(window, SAVE)
    assert [one.holds for one in people.story(demo_desk, manager, wang).proxies] == [False]


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
