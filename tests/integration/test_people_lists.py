"""The back office's lists: everybody is found by anything, each on the lists they belong on, masked for who reads."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.person import FILTERS, PersonEdit
from canteen_pos.domain.place import Place
from canteen_pos.services import facts, members, people, proxies, selling, users
from canteen_pos.services.context import Actor
from canteen_pos.services.facts import DatedFact
from tests.integration.hands import refusal

TODAY = date(2026, 11, 23)
NUMBER = "11010519491231002X"


@pytest.fixture
def ouyang(lunch) -> members.Member:
    newcomer = NewMember(
        "欧阳文秀",
        id_number=NUMBER,
        card="04A1B2C3",
        phone="13912345678",
        address="粮丰社区 6 栋 2 单元 301",
        contact_name="欧阳小强",
        contact_phone="13887654321",
        permits=("elder_card",),
        care_level=2,
        note="左耳听不清",
    )
    return members.enrol(lunch.desk, lunch.manager, newcomer)


def found(lunch, text: str, which="active") -> list[str]:
    rows = people.page(lunch.desk, lunch.manager, which, text)
    assert people.count(lunch.desk, which, text) == len(rows)
    return [row.name for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "欧阳文秀", "文秀", "阳", "oywx", "oyw", "OYWX", "00004", "4", "5678", "13912345678", "04A1B2C3", "04 a1 b2 c3",
        "C3B2A104", "0077705923", "6 栋", "粮丰 301", "301", "欧阳 oy", " 欧阳文秀 ", NUMBER, NUMBER.lower(),
        "110105 19491231 002x", "139123", "23456", "小强", "4321", "13887654321", "1949-12-31", "1949.12.31", "19491231",
        "ouyangwenxiu", "ouyangwenx", "ouyang", "OuYang", "wenxiu", "ouyang wenxiu", "wenxiu oyw", "ouy",
    ],
)  # fmt: skip
def test_found_by_anything(lunch, ouyang, text: str) -> None:
    assert found(lunch, text) == ["欧阳文秀"]


@pytest.mark.parametrize(
    ("name", "initials", "text"),
    [
        ("单雄信", "", "shanxiong"),
        ("单雄信", "dxx", "danxiong"),
        ("吕布", "", "lvbu"),
        ("西安安", "", "xianan"),
        ("阿依古丽·买买提", "", "ayigulimaimaiti"),
        ("John Li", "", "joh"),
    ],
)
def test_found_by_whole_pinyin(lunch, name: str, initials: str, text: str) -> None:
    """By every reading of a character; those between dots run on."""
    members.enrol(lunch.desk, lunch.manager, NewMember(name, initials=initials))
    assert found(lunch, text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "ywx",
        "567",
        "139999",
        "wen",
        "ouyangwang",
        "1949-12-30",
        "1949-13-31",
        "欧阳 wx",
        "7 栋",
        "%",
        "_",
        "oy%",
        "04A1B2C4",
        "110105194912310021",
        "大强",
    ],
)
def test_what_finds_nobody(lunch, ouyang, text: str) -> None:
    assert found(lunch, text) == []


def test_pages_follow_each_other_by_initials(lunch, ouyang) -> None:
    everybody = [row.name for row in people.page(lunch.desk, lunch.manager, "all")]
    assert everybody == ["李小明", "欧阳文秀", "王桂芳", "赵国强"]
    pages = [people.page(lunch.desk, lunch.manager, "all", "", offset, 3) for offset in (0, 3, 6)]
    assert [[row.name for row in page] for page in pages] == [everybody[:3], everybody[3:], []]


def test_a_row_says_what_a_manager_looks_for(lunch, ouyang) -> None:
    until = TODAY + timedelta(days=12)
    facts.record(lunch.desk, lunch.cashier, lunch.wang.id, DatedFact("category", "dujv", TODAY, until))
    lunch.sell(lunch.order("202", who=lunch.wang))
    (row,) = people.page(lunch.desk, lunch.manager, "active", "wgf")
    assert (row.age, row.card, row.tags, row.valid_to) == (
        82,
        "0011223344",
        ("市", "慈善", "低保", "独居"),
        until,
    )
    assert (row.balance_fen, row.bonus_fen, row.to_review) == (5000, 500, True)
    assert row.last_meal is not None
    assert (row.last_meal.service_date, row.last_meal.period) == (TODAY, "lunch")


def test_work_lists(lunch, ouyang) -> None:
    counts = people.counts(lunch.desk)
    assert tuple(counts) == FILTERS
    assert counts == {
        "active": 4, "aged_60": 3, "delivery": 0, "expiring": 0, "to_review": 1, "absent": 0, "left": 0, "all": 4,
    }  # fmt: skip
    assert found(lunch, "", "to_review") == ["王桂芳"], "a cashier enrolled her as dibao"
    facts.record(lunch.desk, lunch.manager, ouyang.id, DatedFact("permit", "delivery", TODAY))
    facts.record(
        lunch.desk, lunch.manager, lunch.zhao.id, DatedFact("permit", "x", TODAY, TODAY + timedelta(30))
    )
    facts.record(
        lunch.desk, lunch.manager, lunch.li.id, DatedFact("permit", "x", TODAY, TODAY + timedelta(31))
    )
    assert found(lunch, "", "delivery") == ["欧阳文秀"]
    assert found(lunch, "", "expiring") == ["赵国强"]
    lunch.house.clock.advance(31 * 24 * 3600)
    assert found(lunch, "", "absent") == ["李小明", "欧阳文秀", "王桂芳", "赵国强"]
    people.leave(lunch.desk, lunch.manager, lunch.li.id, TODAY, "moved")
    assert found(lunch, "", "left") == ["李小明"]
    assert "李小明" not in found(lunch, "", "absent")
    assert people.counts(lunch.desk)["all"] == 4


def test_who_has_just_eaten_is_not_absent(lunch) -> None:
    lunch.house.clock.advance(40 * 24 * 3600)
    lunch.sell(lunch.order("202", who=lunch.wang))
    assert "王桂芳" not in found(lunch, "", "absent")


def test_each_list_and_page_is_one_statement(lunch, ouyang) -> None:
    asked: list[str] = []
    event.listen(lunch.desk.db._engine, "after_cursor_execute", lambda *given: asked.append(given[2]))
    people.counts(lunch.desk)
    listed = [one for one in asked if "people" in one]
    assert len(listed) == 1
    asked.clear()
    people.page(lunch.desk, lunch.manager, "expiring", "粮丰 oy", 0, 50)
    assert len([one for one in asked if "people" in one]) == 1


# -- who sees what ----------------------------------------------------------------------------------


def actor(lunch, role: str) -> Actor:
    user = users.create(lunch.desk, lunch.manager, f"某{role}", role, "4680")
    return users.sign_in(lunch.desk, user.id, "4680")


def test_each_role_reads_what_it_needs(lunch, ouyang) -> None:
    proxies.add(lunch.desk, lunch.cashier, ouyang.id, proxies.NewProxy("孙大妈", "13700001111"))
    facts.record(lunch.desk, lunch.manager, ouyang.id, DatedFact("category", "dibao", TODAY))
    manager, dispatcher, auditor = (
        people.story(lunch.desk, who, ouyang.id)
        for who in (lunch.manager, actor(lunch, "dispatcher"), actor(lunch, "auditor"))
    )
    assert (manager.id_number, manager.phone, manager.contact_phone) == (
        "110105********002X",
        "139****5678",
        "138****4321",
    )
    assert (manager.address, manager.note, manager.proxies[0].phone) == (
        "粮丰社区 6 栋 2 单元 301",
        "左耳听不清",
        "137****1111",
    )
    assert (dispatcher.phone, dispatcher.address) == ("13912345678", "粮丰社区 6 栋 2 单元 301")
    assert (dispatcher.id_number, dispatcher.care_level) == ("", 0)
    assert [fact.code for fact in dispatcher.facts] == ["elder_card"]
    assert (auditor.phone, auditor.address, auditor.note, auditor.contact_name) == (
        "139****5678",
        "粮丰社***",
        "",
        "欧***",
    )
    assert [fact.code for fact in auditor.facts] == ["dibao", "elder_card"]
    assert refusal(people.story, lunch.desk, lunch.cashier, ouyang.id).code == "right.missing"
    assert refusal(people.page, lunch.desk, lunch.cashier).code == "right.missing"
    (row,) = people.page(lunch.desk, actor_again(lunch, "dispatcher"), "active", "oy")
    assert row.tags == ()


def actor_again(lunch, role: str) -> Actor:
    return users.sign_in(lunch.desk, f"某{role}", "4680")


def test_the_story_has_all_that_was_written_down(lunch, ouyang) -> None:
    story = people.story(lunch.desk, lunch.manager, ouyang.id)
    assert (story.name, story.initials, story.member_no, story.age) == ("欧阳文秀", "oywx", "00004", 76)
    (card,) = story.cards
    assert (card.code, card.status, card.issued_by) == ("04A1B2C3", "active", "陈经理")
    (fact,) = story.facts
    assert (fact.words, fact.when, fact.to_review, fact.reviewed_by) == ("老年证", "now", False, "陈经理")
    assert people.story(lunch.desk, lunch.manager, ouyang.id, "en").facts[0].words == "senior card"
    assert story.enrolled_at == lunch.desk.clock.now()


# -- what would they pay ----------------------------------------------------------------------------


def test_what_if_is_what_the_till_asks(lunch) -> None:
    told = people.what_if(lunch.desk, lunch.manager, lunch.wang.id)
    order = lunch.order("101", who=lunch.wang)
    quoted = selling.quote(lunch.desk, replace(order, lines=(replace(order.lines[0], choices=()),)))
    assert told is not None
    assert (told.item, told.list_fen, told.pays_fen) == ("长者套餐A", 1500, quoted.pays_fen)
    assert told.list_fen - sum(fen for _, fen in told.rows) == told.pays_fen
    assert [title for title, _ in told.rows] == ["市级补贴", "慈善餐", "长者九折"]
    lunch.sell(order)
    again = people.what_if(lunch.desk, lunch.manager, lunch.wang.id)
    assert [title for title, _ in again.refused] == ["市级补贴"]
    assert "已" in again.refused[0][1]
    young = people.what_if(lunch.desk, lunch.manager, lunch.li.id, "en")
    assert young.pays_fen == 1500
    assert any("30" in why for _, why in young.refused)


def test_what_if_of_somebody_who_left_says_so(lunch) -> None:
    people.leave(lunch.desk, lunch.manager, lunch.wang.id, TODAY, "moved")
    left = refusal(people.what_if, lunch.desk, lunch.manager, lunch.wang.id)
    assert (left.code, left.facts["name"]) == ("member.left", lunch.wang.name)


# -- by hand ----------------------------------------------------------------------------------------


def test_everything_may_be_corrected_and_the_log_tells_no_value(lunch, ouyang) -> None:
    change = PersonEdit(
        name="区文秀",
        initials="qwx",
        phone="13700002222",
        address="新家",
        contact_name="区强",
        contact_phone="",
        hukou=Place("成都市", "武侯区", ""),
        diet=("low_salt",),
        texture="soft",
        allergies=("peanut",),
        note="第一行\n第二行\x07",
        meal_limit_fen=1800,
        day_limit_fen=3000,
    )
    people.edit(lunch.desk, lunch.manager, ouyang.id, change)
    again = people.for_edit(lunch.desk, lunch.manager, ouyang.id)
    assert replace(again, id_number=None) == replace(
        change,
        note="第一行\n第二行",
        residence=Place(),
        birth_date=date(1949, 12, 31),
        care_level=2,
        in_institution=False,
    )
    assert members.find(lunch.desk, "qwx")[0].name == "区文秀"
    assert members.find(lunch.desk, "2222")[0].id == ouyang.id
    from canteen_pos.services import audit

    logged = audit.recent(lunch.desk, "person_edited")[0].body
    assert {"name", "phone", "address", "note"} <= set(logged["fields"])
    assert "13700002222" not in str(logged)
    people.edit(
        lunch.desk, lunch.manager, ouyang.id, PersonEdit(clear=frozenset({"day_limit_fen", "birth_date"}))
    )
    story = people.story(lunch.desk, lunch.manager, ouyang.id)
    assert (story.day_limit_fen, story.birth_date) == (None, None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (PersonEdit(name=" "), "member.name_empty"),
        (PersonEdit(name="长" * 61), "typed.too_long"),
        (PersonEdit(address="长" * 201), "typed.too_long"),
        (PersonEdit(phone="1" * 21), "typed.too_long"),
        (PersonEdit(contact_phone="1" * 21), "typed.too_long"),
        (PersonEdit(hukou=Place("长" * 61, "", "")), "typed.too_long"),
        (PersonEdit(note="长" * 1001), "typed.too_long"),
        (PersonEdit(allergies=("长" * 61,)), "typed.too_long"),
        (PersonEdit(day_limit_fen=2**70), "typed.amount"),
        (PersonEdit(birth_date=date(2030, 1, 1)), "member.born_later"),
        (PersonEdit(care_level=7), "fact.code"),
        (PersonEdit(day_limit_fen=-1), "member.limit"),
        (PersonEdit(id_number="123"), "id_number.length"),
        (PersonEdit(photo="/nowhere.png"), "photo.missing"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(lunch, ouyang, change: PersonEdit, code: str) -> None:
    before = people.story(lunch.desk, lunch.manager, ouyang.id)
    assert (
        refusal(
            people.edit, lunch.desk, lunch.manager, ouyang.id, replace(change, note=change.note or "x")
        ).code
        == code
    )
    assert people.story(lunch.desk, lunch.manager, ouyang.id) == before


def test_editing_is_for_managers(lunch, ouyang) -> None:
    for call in (people.edit, people.for_edit):
        more = (PersonEdit(note="x"),) if call is people.edit else ()
        assert refusal(call, lunch.desk, lunch.cashier, ouyang.id, *more).code == "right.missing"
        assert refusal(call, lunch.desk, lunch.manager, 9999, *more).code == "member.unknown"
