"""The people section by keys: searched, chosen, enrolled, changed, cards, facts, leaving, erasing."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.order import Order, OrderLine
from canteen_pos.services import cards, members, people, selling
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.people.ask_form import AskForm
from canteen_pos.ui.screens.people.enrolling import EnrolPresenter, Typed
from canteen_pos.ui.screens.people.person_form import PersonForm
from canteen_pos.ui.screens.people.screen import PeopleSection
from tests.ui.driving import said
from tests.ui.keyboard import ctrl, keys
from tests.ui.people_hands import form_of, id_number, names

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
SAVE = ctrl("S")


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen]) -> PeopleSection:
    found = open_office("people").section
    assert isinstance(found, PeopleSection)
    return found


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
