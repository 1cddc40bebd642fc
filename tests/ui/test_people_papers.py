"""A person's cards, entitlements and proxies, by keys."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from canteen_pos.domain.errors import Refusal
from canteen_pos.services import facts, members, people, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.facts import DatedFact
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.people.paper_forms import CardForm, FactForm, ProxyForm
from canteen_pos.ui.screens.people.screen import PeopleSection
from canteen_pos.ui.widgets.labels import Chip
from tests.ui.keyboard import ctrl, keys
from tests.ui.people_hands import form_of, names

ENTER = Qt.Key.Key_Return
SAVE = ctrl("S")


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen]) -> PeopleSection:
    found = open_office("people").section
    assert isinstance(found, PeopleSection)
    return found


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
