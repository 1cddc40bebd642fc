"""The end of a record: who left, what is handed over, what is forgotten, and what stays provable."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.person import PersonEdit
from canteen_pos.services import (
    audit,
    card_printing,
    cards,
    erasing,
    exporting,
    facts,
    members,
    merging,
    people,
    pictures,
    points,
    proxies,
    purses,
    retention,
    selling,
    verifying,
    vouchers,
    wallets,
)
from canteen_pos.services.facts import DatedFact
from tests.integration.hands import refusal
from tests.integration.stored import everything_stored

TODAY = date(2026, 11, 23)
NUMBER = "11010519491231002X"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "face.png"
    Image.new("RGB", (40, 50), "#334455").save(file)
    return file


@pytest.fixture
def rich(lunch, picture) -> members.Member:
    """Zhao with everything a record can hold; no money."""
    change = PersonEdit(
        id_number=NUMBER,
        phone="13912345678",
        address="粮丰社区 6 栋 2 单元 301",
        contact_name="赵小强",
        contact_phone="13887654321",
        allergies=("peanut",),
        texture="minced",
        note="左耳听不清",
        photo=str(picture),
    )
    people.edit(lunch.desk, lunch.manager, lunch.zhao.id, change)
    facts.record(
        lunch.desk,
        lunch.cashier,
        lunch.zhao.id,
        DatedFact("permit", "elder_card", TODAY, source="证号 778899"),
    )
    for kind, code in (("residence", "成都市/锦江区/"), ("care_level", "2"), ("institution", "0")):
        facts.record(lunch.desk, lunch.manager, lunch.zhao.id, DatedFact(kind, code, TODAY))
    proxies.add(lunch.desk, lunch.cashier, lunch.zhao.id, proxies.NewProxy("孙大妈", "13700001111", "邻居"))
    lunch.sell(lunch.order("202", who=lunch.zhao))
    people.reveal_id_number(lunch.desk, lunch.manager, lunch.zhao.id)
    return lunch.zhao


SECRETS = (
    "赵国强", "zgq", NUMBER[:17], "13912345678", "6 栋", "赵小强", "13887654321", "左耳", "778899", "孙大妈",
    "0055667788", "1949-12-31",
)  # fmt: skip


# -- leaving ----------------------------------------------------------------------------------------


def test_nobody_eats_in_the_name_of_who_left(lunch) -> None:
    lunch.sell(lunch.order("202", who=lunch.wang))
    done = people.leave(lunch.desk, lunch.manager, lunch.wang.id, TODAY, "died")
    assert (done.cards_ended, done.balance_fen) == (1, 5000)
    assert len(done.meals_since) == 1, "the meal of that day is named, not changed"
    assert refusal(members.by_card, lunch.desk, "0011223344").code == "card.not_active"
    assert members.find(lunch.desk, "王桂芳") == ()
    assert refusal(selling.quote, lunch.desk, lunch.order("202", who=lunch.wang)).code == "member.unknown"
    assert refusal(cards.issue, lunch.desk, lunch.manager, lunch.wang.id, "0777").code == "member.left"
    assert people.count(lunch.desk, "left") == 1
    assert [row.id for row in people.page(lunch.desk, lunch.manager, "left")] == [lunch.wang.id]
    assert lunch.wang.id not in {row.id for row in people.page(lunch.desk, lunch.manager, "active")}
    story = people.story(lunch.desk, lunch.manager, lunch.wang.id)
    assert (story.left_on, story.left_why, story.balance_fen) == (TODAY, "died", 5000)
    assert verifying.verify(lunch.desk).problems == ()


def test_who_will_move_eats_until_then(lunch) -> None:
    tomorrow = TODAY + timedelta(days=1)
    proxies.add(lunch.desk, lunch.cashier, lunch.wang.id, proxies.NewProxy("王强"))
    people.leave(lunch.desk, lunch.manager, lunch.wang.id, tomorrow, "moved")
    assert members.by_card(lunch.desk, "0011223344").id == lunch.wang.id
    assert [one.name for one in proxies.of(lunch.desk, lunch.wang.id)] == ["王强"]
    lunch.sell(lunch.order("202", who=lunch.wang))
    lunch.house.clock.advance(24 * 3600)
    refused = refusal(members.by_card, lunch.desk, "0011223344")
    assert (refused.code, refused.facts) == ("member.left", {"name": "王桂芳", "left_on": tomorrow})
    assert refusal(selling.quote, lunch.desk, lunch.order("202", who=lunch.wang)).code == "member.unknown"
    assert proxies.of(lunch.desk, lunch.wang.id) == ()


def test_who_comes_back_has_all_but_the_card(lunch) -> None:
    assert refusal(people.return_, lunch.desk, lunch.manager, lunch.wang.id).code == "member.never_left"
    people.leave(lunch.desk, lunch.manager, lunch.wang.id, TODAY, "returned")
    people.return_(lunch.desk, lunch.manager, lunch.wang.id)
    assert refusal(members.by_card, lunch.desk, "0011223344").code == "card.not_active"
    cards.issue(lunch.desk, lunch.cashier, lunch.wang.id, "0777")
    back = members.by_card(lunch.desk, "0777")
    assert (back.id, back.balance_fen) == (lunch.wang.id, 5000)
    assert "charity" in selling.quote(lunch.desk, lunch.order("202", who=lunch.wang)).quote.by_fund_fen


def test_leaving_is_for_managers_and_has_a_reason(lunch) -> None:
    assert (
        refusal(people.leave, lunch.desk, lunch.cashier, lunch.wang.id, TODAY, "died").code == "right.missing"
    )
    assert (
        refusal(people.leave, lunch.desk, lunch.manager, lunch.wang.id, TODAY, "bored").code
        == "member.left_why"
    )
    assert refusal(people.leave, lunch.desk, lunch.manager, 9999, TODAY, "died").code == "member.unknown"


# -- handing over -----------------------------------------------------------------------------------


def test_all_that_is_stored_is_handed_over(lunch, rich, tmp_path) -> None:
    from pypdf import PdfReader

    folder = exporting.export_person(lunch.desk, lunch.manager, rich.id, tmp_path / "给本人")
    whole = json.loads((folder / "person.json").read_text("utf-8"))
    said = "".join(page.extract_text() for page in PdfReader(folder / "person.pdf").pages)
    stored = json.dumps(whole, ensure_ascii=False)
    for known in (
        "赵国强",
        NUMBER,
        "13912345678",
        "赵小强",
        "左耳听不清",
        "孙大妈",
        "1949-12-31",
        "0055667788",
    ):
        assert known in stored, known
        assert known in said, known
    for fact in ("居住地 成都市 锦江区", "照护等级 2", "不住机构", "老年证"):
        assert fact in said, fact
    photo = (folder / "photo.jpg").read_bytes()
    assert photo == pictures.read(lunch.desk, whole["people"][0]["photo"]) != b""
    assert [paper["signed"]["kind"] for paper in whole["documents"]] == ["sale"]
    assert {event["kind"] for event in whole["log"]} >= {
        "enrolled",
        "person_edited",
        "id_number_shown",
        "fact_recorded",
    }
    assert not {"salt", "id_number_sealed", "id_number_hash"} & set(whole["people"][0])
    assert "陈经理" in said, "who looked at the ID number"
    assert audit.recent(lunch.desk, "person_exported")[0].body == {"person_id": rich.id}


def test_vouchers_points_and_what_moved_the_purse_are_handed_over(lunch, tmp_path) -> None:
    from pypdf import PdfReader

    desk, manager = lunch.desk, lunch.manager
    twin = members.enrol(desk, manager, NewMember("李小明", birth_date=date(1996, 7, 7)))
    wallets.top_up(desk, manager, twin.account_id, 3000, "cash", request_id="t-1")
    merging.merge(desk, manager, lunch.li.id, twin.id)
    points.grant(desk, manager, lunch.li.id, 7, "扫院子", "p-1")
    last = date(2026, 11, 30)
    batch = vouchers.NewBatch(
        "重阳券", "街道", "street", TODAY, last, face_fen=800, medium="electronic", people=(lunch.li.id,)
    )
    (voucher,) = vouchers.listed(desk, manager, vouchers.issue(desk, manager, batch))
    assert [one.state for one in people.story(desk, manager, lunch.li.id).vouchers] == ["unused"]
    folder = exporting.export_person(desk, manager, lunch.li.id, tmp_path)
    said = "".join(page.extract_text() for page in PdfReader(folder / "person.pdf").pages)
    for known in ("重阳券", voucher.serial, "8.00", "未用", "扫院子", "+7", "转账", "充值", twin.member_no):
        assert known in said, known
    whole = json.loads((folder / "person.json").read_text("utf-8"))
    assert {paper["signed"]["kind"] for paper in whole["documents"]} == {"top_up", "transfer"}


def test_nobody_elses_facts_are_handed_over(lunch, rich, tmp_path) -> None:
    folder = exporting.export_person(lunch.desk, lunch.manager, rich.id, tmp_path)
    text_ = (folder / "person.json").read_text("utf-8")
    assert "王桂芳" not in text_
    assert "0011223344" not in text_
    refused = refusal(exporting.export_person, lunch.desk, lunch.cashier, rich.id, tmp_path)
    assert refused.code == "right.missing"


def test_an_export_that_cannot_be_written_leaves_nothing(lunch, rich, tmp_path) -> None:
    (tmp_path / "a file").write_text("x")
    refused = refusal(exporting.export_person, lunch.desk, lunch.manager, rich.id, tmp_path / "a file")
    assert refused.code == "person.not_exported"
    assert audit.recent(lunch.desk, "person_exported") == ()


# -- forgetting -------------------------------------------------------------------------------------


def test_whatever_a_record_held_is_forgotten_and_the_books_stand(lunch, rich) -> None:
    photo = people.story(lunch.desk, lunch.manager, rich.id).photo
    assert pictures.read(lunch.desk, photo)
    stored = everything_stored(lunch.desk)
    assert "孙大妈" in stored
    erasing.erase(lunch.desk, lunch.manager, rich.id)
    left = everything_stored(lunch.desk)
    assert [secret for secret in SECRETS if secret in left] == []
    assert pictures.read(lunch.desk, photo) == b""
    assert verifying.verify(lunch.desk).problems == ()
    assert refusal(people.story, lunch.desk, lunch.manager, rich.id).code == "member.unknown"
    again = members.enrol(lunch.desk, lunch.cashier, NewMember("赵国强", id_number=NUMBER, card="0055667788"))
    assert again.id != rich.id


def test_no_byte_of_them_stays_in_the_files(lunch, rich) -> None:
    """Not in the journal either, which keeps pages as they were until it is written through."""
    file = lunch.desk.db.path
    if file is None:
        pytest.skip("a server keeps its own files")
    erasing.erase(lunch.desk, lunch.manager, rich.id)
    bytes_ = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    told = ("赵国强", "13912345678", "6 栋", "赵小强", "13887654321", "左耳", "孙大妈")
    assert [secret for secret in told if secret.encode() in bytes_] == []


def test_a_record_that_was_merged_is_forgotten_with_the_one_that_was_kept(lunch, rich) -> None:
    merging.merge(lunch.desk, lunch.manager, lunch.li.id, rich.id)
    erasing.erase(lunch.desk, lunch.manager, lunch.li.id)
    left = everything_stored(lunch.desk)
    assert [secret for secret in (*SECRETS, "李小明", "0099001122") if secret in left] == []
    assert verifying.verify(lunch.desk).problems == ()


def test_a_family_keeps_its_purse_when_one_of_them_is_forgotten(lunch, rich) -> None:
    purses.join(lunch.desk, lunch.manager, lunch.wang.account_id, rich.id, "join")
    erasing.erase(lunch.desk, lunch.manager, rich.id)
    assert members.by_card(lunch.desk, "0011223344").balance_fen == 5000
    assert refusal(erasing.erase, lunch.desk, lunch.manager, lunch.wang.id).code == "member.has_money"
    assert verifying.verify(lunch.desk).problems == ()


# -- kept long enough -------------------------------------------------------------------------------


def due(lunch) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in retention.due(lunch.desk, lunch.manager)]


def test_what_was_kept_long_enough_is_a_work_list(lunch, rich) -> None:
    assert due(lunch) == []
    people.leave(lunch.desk, lunch.manager, rich.id, TODAY, "moved")
    people.leave(lunch.desk, lunch.manager, lunch.wang.id, TODAY, "died")
    lunch.house.clock.advance(91 * 24 * 3600)
    assert due(lunch) == [("picture_and_number", "赵国强")]
    items = retention.due(lunch.desk, lunch.manager)
    assert retention.carry_out(lunch.desk, lunch.manager, items) == 1
    assert retention.carry_out(lunch.desk, lunch.manager, items) == 0, "an old list does nothing twice"
    story = people.story(lunch.desk, lunch.manager, rich.id)
    assert (story.id_number_state, story.photo, story.contact_name, story.name) == ("none", "", "", "赵国强")
    lunch.house.clock.advance(300 * 24 * 3600)
    assert due(lunch) == [("proxies", "赵国强")]
    retention.carry_out(lunch.desk, lunch.manager, retention.due(lunch.desk, lunch.manager))
    assert people.story(lunch.desk, lunch.manager, rich.id).proxies == ()
    lunch.house.clock.advance(3 * 365 * 24 * 3600)
    assert due(lunch) == [("person", "李小明"), ("person", "赵国强")], "Wang's family is owed money"
    assert retention.carry_out(lunch.desk, lunch.manager, retention.due(lunch.desk, lunch.manager)) == 2
    assert "赵国强" not in everything_stored(lunch.desk)
    assert due(lunch) == []
    assert verifying.verify(lunch.desk).problems == ()


def test_who_ate_on_a_merged_record_is_not_long_gone(lunch) -> None:
    lunch.house.clock.advance(4 * 365 * 24 * 3600)
    double = members.enrol(lunch.desk, lunch.cashier, NewMember("李小明", birth_date=date(1996, 7, 7)))
    lunch.house.clock.advance(-3600 * 24)
    lunch.sell(lunch.order("202", who=double))
    assert ("person", "李小明") in due(lunch)
    merging.merge(lunch.desk, lunch.manager, lunch.li.id, double.id)
    assert due(lunch) == [("person", "赵国强")]
    seen = lunch.desk.clock.now().date()
    lunch.house.clock.advance(3 * 365 * 24 * 3600 + 24 * 3600)
    (li, _) = retention.due(lunch.desk, lunch.manager)
    assert (li.name, li.since) == ("李小明", seen), "the last meal was on the other record"


def test_the_list_is_a_managers(lunch) -> None:
    assert refusal(retention.due, lunch.desk, lunch.cashier).code == "right.missing"
    assert refusal(retention.carry_out, lunch.desk, lunch.cashier, ()).code == "right.missing"


# -- cards on paper ---------------------------------------------------------------------------------


def test_cards_on_paper_open_the_purse(lunch, tmp_path) -> None:
    from pypdf import PdfReader

    rare = members.enrol(lunch.desk, lunch.cashier, NewMember("㳃文秀"))
    everybody = [lunch.wang.id, rare.id]
    done = card_printing.print_sheet(lunch.desk, lunch.cashier, everybody, tmp_path / "a.pdf")
    assert (done.cards, done.issued, done.without) == (1, 0, ("㳃文秀",))
    done = card_printing.print_sheet(lunch.desk, lunch.cashier, everybody, tmp_path / "b.pdf", issue=True)
    assert (done.cards, done.issued, done.without) == (2, 1, ())
    (code,) = [card.code for card in cards.history(lunch.desk, lunch.manager, rare.id)]
    assert members.by_card(lunch.desk, code.lower()).id == rare.id
    (page,) = PdfReader(tmp_path / "b.pdf").pages
    said = page.extract_text()
    for words in ("王桂芳", "0011223344", code, "粮丰社区食堂"):
        assert words in said
    assert (
        refusal(card_printing.print_sheet, lunch.desk, lunch.cashier, (), tmp_path / "c.pdf").code
        == "card_sheet.nobody"
    )
    nowhere = tmp_path / "no" / "c.pdf"
    refused = refusal(card_printing.print_sheet, lunch.desk, lunch.cashier, everybody, nowhere)
    assert refused.code == "card_sheet.not_written"


def test_cards_have_a_history(lunch) -> None:
    issued = cards.issue(lunch.desk, lunch.cashier, lunch.wang.id, "0777")
    assert (issued.status, issued.issued_by) == ("active", "李芳")
    cards.lost(lunch.desk, lunch.cashier, issued.id)
    assert refusal(members.by_card, lunch.desk, "0777").code == "card.not_active"
    refused = refusal(cards.returned, lunch.desk, lunch.cashier, issued.id)
    assert (refused.code, refused.facts) == ("card.ended", {"status": "lost"})
    cards.replace(lunch.desk, lunch.manager, lunch.wang.id, "0778", "replaced")
    seen = cards.history(lunch.desk, lunch.manager, lunch.wang.id)
    assert [(card.code, card.status, card.ended_by) for card in seen] == [
        ("0778", "active", ""),
        ("0777", "lost", "李芳"),
        ("0011223344", "replaced", "陈经理"),
    ]
    assert refusal(cards.issue, lunch.desk, lunch.cashier, lunch.li.id, "777").code == "card.taken"
    assert refusal(cards.lost, lunch.desk, lunch.cashier, 9999).code == "card.unknown"
