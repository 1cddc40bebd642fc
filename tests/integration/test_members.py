"""Finding people by anything they can say or show, and taking newcomers in."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, update

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.place import Place
from canteen_pos.services import audit, cards, exporting, members, menus, people, users
from canteen_pos.storage import diners
from canteen_pos.storage import tables as t
from tests.integration.hands import refusal

TODAY = date(2026, 11, 23)
WANG = NewMember(
    "王秀兰",
    birth_date=date(1943, 2, 11),
    card="04A1B2C3",
    phone="13800006612",
    hukou=Place("成都市", "锦江区", "书院街街道"),
    categories=("dibao",),
    permits=("elder_card",),
    care_level=2,
    diet=("no_peanut", "low_salt"),
)


@pytest.fixture
def wang(house) -> members.Member:
    return members.enrol(house.desk, house.cashier, WANG)


def test_a_newcomer_has_a_purse_a_number_and_an_age(house, wang) -> None:
    assert (wang.name, wang.member_no, wang.initials, wang.age) == ("王秀兰", "00001", "wxl", 83)
    assert (wang.balance_fen, wang.bonus_fen, wang.card) == (0, 0, "04A1B2C3")
    assert wang.diet == ("no_peanut", "low_salt")
    assert wang.phone_masked == "138****6612"
    assert wang.last_meal is None
    assert members.enrol(house.desk, house.cashier, NewMember("李四")).member_no == "00002"
    assert [event.actor for event in audit.recent(house.desk, "enrolled")] == ["李芳", "李芳"]


def test_what_rules_may_ask_is_kept(house, wang) -> None:
    with house.desk.db.read() as conn:
        diner = diners.eater(conn, wang.id, TODAY).diner
    assert diner.hukou == Place("成都市", "锦江区", "书院街街道")
    assert (diner.categories, diner.permits) == (frozenset({"dibao"}), frozenset({"elder_card"}))
    assert (diner.care_level, diner.birth_date, diner.person) == (2, date(1943, 2, 11), wang.token)


@pytest.mark.parametrize(
    "read",
    [
        "04A1B2C3",
        "04a1b2c3",
        "04:A1:B2:C3",
        "C3B2A104",  # the other byte order
        "0077705923",  # decimal, ten digits
        "77705923",
        "3283263748",  # decimal of the other byte order
    ],
)
def test_one_card_in_every_spelling_readers_know(house, wang, read: str) -> None:
    assert members.by_card(house.desk, read) == wang


@pytest.mark.parametrize("read", ["04A1B2C4", "", "；；", "0412"])
def test_other_cards_are_nobodys(house, wang, read: str) -> None:
    assert members.by_card(house.desk, read) is None


def test_a_printed_number_is_found_with_and_without_zeros(house) -> None:
    zhang = members.enrol(house.desk, house.cashier, NewMember("张三", card="0412"))
    assert members.by_card(house.desk, "412") == zhang
    assert members.by_card(house.desk, "0000000412") == zhang
    assert members.find(house.desk, "0412") == (zhang,)


def test_a_card_belongs_to_one(house, wang) -> None:
    refused = refusal(members.enrol, house.desk, house.cashier, NewMember("张三", card="C3B2A104"))
    assert (refused.code, refused.facts) == ("card.taken", {"name": "王秀兰"})
    assert members.find(house.desk, "张") == (), "nothing of a refused newcomer stays"
    assert (
        refusal(members.enrol, house.desk, house.cashier, NewMember("张三", card="——")).code
        == "card.unreadable"
    )


@pytest.mark.parametrize(
    "text", ["6612", "13800006612", "wxl", "WX", "王秀", "王秀兰", "00001", "1", " wxl "]
)
def test_found_by_anything_they_say(house, wang, text: str) -> None:
    assert members.find(house.desk, text) == (wang,)


@pytest.mark.parametrize("text", ["", "  ", "xl", "秀兰", "661", "99999", "%", "_xl", "wxl%"])
def test_what_finds_nobody(house, wang, text: str) -> None:
    assert members.find(house.desk, text) == ()


def test_the_shortest_initials_come_first_and_there_is_a_limit(house) -> None:
    for name in ("王小兰兰", "王小兰", "吴秀丽", "魏香莲"):
        members.enrol(house.desk, house.cashier, NewMember(name))
    found = [member.name for member in members.find(house.desk, "wxl")]
    assert found[-1] == "王小兰兰"
    assert set(found) == {"王小兰", "吴秀丽", "魏香莲", "王小兰兰"}
    assert len(members.find(house.desk, "w", limit=2)) == 2


def test_rare_surnames_are_found_by_name_and_initials(house) -> None:
    for name in ("㳃文秀", "䶮光福", "单小明"):
        members.enrol(house.desk, house.cashier, NewMember(name))
    assert [one.name for one in members.find(house.desk, "䶮")] == ["䶮光福"]
    assert [one.name for one in members.find(house.desk, "ygf")] == ["䶮光福"]
    assert [one.name for one in members.find(house.desk, "sxm")] == ["单小明"], "单 is Shan as a surname"


def test_age_from_an_id_number_that_is_kept_sealed(house) -> None:
    member = members.enrol(house.desk, house.cashier, NewMember("赵六", id_number="11010519491231002X"))
    assert (member.birth_date, member.age) == (date(1949, 12, 31), 76)
    with house.desk.db.read() as conn:
        row = conn.execute(t.people.select().where(t.people.c.id == member.id)).one()
    assert "11010519491231002" not in str(row)
    assert row.id_number_sealed.startswith("v1:")
    assert [one.id for one in people.page(house.desk, house.manager, "all", "110105 19491231 002x")] == [
        member.id
    ]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("110105194912310021", "id_number.check_digit"),
        ("11010519491331002X", "id_number.birth_date"),
        ("11010529491231002X", "id_number.birth_date"),
        ("1101051949123100", "id_number.length"),
        ("１１０１０５19491231002X", "id_number.length"),
    ],
)
def test_wrong_id_numbers_are_refused_without_repeating_them(house, number: str, code: str) -> None:
    refused = refusal(members.enrol, house.desk, house.cashier, NewMember("赵六", id_number=number))
    assert refused.code == code
    assert number not in str(refused)


def test_a_birth_year_alone_never_makes_older_than_certain(house) -> None:
    member = members.enrol(house.desk, house.cashier, NewMember("钱七", birth_year=1966))
    assert (member.birth_date, member.age) == (date(1966, 12, 31), 59)
    born_now = members.enrol(house.desk, house.cashier, NewMember("小七", birth_year=2026))
    assert born_now.age == 0
    assert (
        refusal(members.enrol, house.desk, house.cashier, NewMember("老七", birth_year=1880)).code
        == "member.birth_year"
    )


def test_names_are_data(house) -> None:
    member = members.enrol(house.desk, house.cashier, NewMember("王\x1b@五\n"))
    assert member.name == "王@五"
    assert refusal(members.enrol, house.desk, house.cashier, NewMember(" \x07 ")).code == "member.name_empty"


def test_a_lost_card_says_whose_it_was(house, wang) -> None:
    approved = users.approve(house.desk, house.cashier, "8888")
    assert cards.replace(house.desk, approved, wang.id, "0501").code == "0501"
    refused = refusal(members.by_card, house.desk, "04A1B2C3")
    assert (refused.code, refused.facts) == ("card.not_active", {"status": "lost", "name": "王秀兰"})
    assert members.by_card(house.desk, "0501").id == wang.id
    assert refusal(cards.replace, house.desk, house.cashier, wang.id, "0502").code == "right.approval_needed"


def test_diet_clashes_name_the_diet(house, wang) -> None:
    tiles = {tile.code: tile for tile in menus.tiles(house.desk, TODAY, "lunch")}
    assert members.clashes(wang, tiles["202"]) == ("no_peanut",)
    assert members.clashes(wang, tiles["201"]) == ()


def test_an_auditor_enrols_nobody(house) -> None:
    auditor = users.create(house.desk, house.manager, "何会计", "auditor", "4680")
    actor = users.sign_in(house.desk, auditor.id, "4680")
    assert refusal(members.enrol, house.desk, actor, NewMember("张三")).code == "right.missing"


@pytest.mark.parametrize(
    ("find", "text"),
    [(members.find, "wx"), (members.find, "6612"), (members.find, "某好"), (members.by_card, "031234")],
)
def test_a_search_goes_by_index_and_never_reads_everybody(sqlite_desk, find, text: str) -> None:
    """How quick that is among 50,000 is bench/members.py's to say."""
    asked: list[tuple[str, object]] = []
    engine = sqlite_desk.db._engine
    event.listen(
        engine, "after_cursor_execute", lambda _c, _k, statement, given, *_: asked.append((statement, given))
    )
    find(sqlite_desk, text)
    steps = []
    with sqlite_desk.db.read() as conn:
        for statement, given in [
            one for one in asked if one[0].lstrip().upper().startswith(("SELECT", "WITH"))
        ]:
            steps += [row[3] for row in conn.exec_driver_sql(f"explain query plan {statement}", given)]
    assert any("SEARCH" in step for step in steps)
    assert [step for step in steps if step.startswith(("SCAN people", "SCAN cards"))] == []


@pytest.mark.parametrize(
    ("newcomer", "code"),
    [
        (NewMember("长" * 61), "typed.too_long"),
        (NewMember("王", member_no="../../escaped/x"), "typed.number"),
        (NewMember("王", phone="1" * 21), "typed.too_long"),
        (NewMember("王", contact_phone="1" * 21), "typed.too_long"),
        (NewMember("王", note="长" * 1001), "typed.too_long"),
        (NewMember("王", residence=Place("长" * 61)), "typed.too_long"),
        (NewMember("王", categories=("长" * 61,)), "typed.too_long"),
        (NewMember("王", card="7" * 5_000), "card.unreadable"),
        (NewMember("王", care_level=2**40), "fact.code"),
    ],
)
def test_what_nobody_can_have_meant(house, newcomer, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        members.enrol(house.desk, house.manager, newcomer)
    assert refused.value.code == code
    assert people.count(house.desk, "all", "") == 0


def test_lines_are_kept_without_control_characters(house) -> None:
    typed = NewMember(
        "王\x1b芳", phone=" 138\x07 ", contact_phone="139\n", note="一\n二\x00", hukou=Place("成都市\x1b")
    )
    person = members.enrol(house.desk, house.manager, typed)
    story, form = (read(house.desk, house.manager, person.id) for read in (people.story, people.for_edit))
    assert (form.phone, form.contact_phone) == ("138", "139")
    assert (story.name, story.note) == ("王芳", "一\n二")
    assert story.hukou.city == "成都市"


def test_a_number_from_before_leads_to_no_other_folder(house, tmp_path: Path) -> None:
    person = members.enrol(house.desk, house.manager, NewMember("王芳"))
    with house.desk.db.write() as conn:
        conn.execute(update(t.people).where(t.people.c.id == person.id).values(member_no="../../escaped"))
    (chosen := tmp_path / "a" / "b").mkdir(parents=True)
    made = exporting.export_person(house.desk, house.manager, person.id, chosen)
    assert made.resolve().parent == chosen.resolve()
