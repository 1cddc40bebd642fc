"""Two records of one person become one: nothing is lost, nobody eats twice, old sales stay as they were signed."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.order import Payment
from canteen_pos.domain.person import PersonEdit
from canteen_pos.services import (
    members,
    merging,
    people,
    points,
    proxies,
    purses,
    refunding,
    selling,
    verifying,
    wallets,
)
from tests.integration.hands import refusal

NUMBER = "11010519491231002X"


def top_up(lunch, member, fen: int, request_id: str) -> None:
    wallets.top_up(lunch.desk, lunch.cashier, member.account_id, fen, "cash", request_id=request_id)


def money(lunch) -> tuple[int, int]:
    with lunch.desk.db.read() as conn:
        row = conn.execute(
            text("select sum(balance_fen) as own, sum(bonus_fen) as bonus from accounts")
        ).one()
    return int(row.own), int(row.bonus)


@pytest.fixture
def twice(lunch) -> members.Member:
    """Wang once more, by another spelling, without a birth date; a purse, a card and points of her own."""
    second = NewMember(
        "王桂芬",
        birth_date=date(1944, 3, 1),
        card="0888",
        phone="13800006612",
        address="粮丰社区 6 栋",
        diet=("low_salt",),
        note="爱吃软的",
        permits=("elder_card",),
    )
    member = members.enrol(lunch.desk, lunch.cashier, second)
    top_up(lunch, member, 10_000, "top-up-twice")
    points.grant(lunch.desk, lunch.manager, member.id, 30, "帮厨", "points-twice")
    proxies.add(lunch.desk, lunch.cashier, member.id, proxies.NewProxy("王强", relation="儿子"))
    return member


def merge(lunch, keep, drop, **more):
    return merging.merge(lunch.desk, lunch.manager, keep.id, drop.id, **more)


def test_the_preview_says_what_will_move_and_changes_nothing(lunch, twice) -> None:
    told = merging.preview(lunch.desk, lunch.manager, lunch.wang.id, twice.id)
    assert (told.keep_name, told.drop_name, told.drop_no) == ("王桂芳", "王桂芬", "00004")
    assert (told.moves_fen, told.moves_bonus_fen, told.moves_points) == (10_000, 500, 30)
    assert (told.cards, told.facts, told.proxies, told.documents, told.shared_purse) == (1, 1, 1, 1, False)
    assert {"address", "phone", "phone_tail", "diet", "note"} <= set(told.fills)
    assert told.differs == (("name", "王桂芳", "王桂芬"),)
    assert members.by_card(lunch.desk, "0888").id == twice.id


def test_everything_goes_to_the_record_that_stays(lunch, twice) -> None:
    before = money(lunch)
    assert merge(lunch, lunch.wang, twice) == merging.MergePreview(
        "王桂芳", "00001", "王桂芬", "00004", 1, 1, 1, 0, 1, 10_000, 500, 30, False,
        ("address", "phone", "phone_tail", "diet", "note"), (("name", "王桂芳", "王桂芬"),), (),
    )  # fmt: skip
    assert money(lunch) == before
    one = people.story(lunch.desk, lunch.manager, lunch.wang.id)
    assert (one.balance_fen, one.bonus_fen, one.points) == (15_000, 1_000, 30)
    assert {card.code for card in one.cards if card.status == "active"} == {"0011223344", "0888"}
    assert [proxy.name for proxy in one.proxies] == ["王强"]
    assert {fact.code for fact in one.facts} == {"dibao", "elder_card"}
    assert (one.address, one.diet, one.note, one.phone) == (
        "粮丰社区 6 栋",
        ("low_salt",),
        "爱吃软的",
        "138****6612",
    )
    assert one.merged_from == ("00004",)
    assert {paper.kind for paper in one.recent} == {"top_up"}
    assert len(one.recent) == 2, "the top-up of the record that went is hers too"
    assert verifying.verify(lunch.desk).problems == ()


@pytest.mark.parametrize("search", ["0888", "00004", "王桂芬", "6612", "13800006612"])
def test_whatever_named_the_one_leads_to_the_other(lunch, twice, search: str) -> None:
    merge(lunch, lunch.wang, twice)
    assert [one.id for one in members.find(lunch.desk, search)] == [lunch.wang.id]
    assert [row.id for row in people.page(lunch.desk, lunch.manager, "active", search)] == [lunch.wang.id]


def test_both_cards_open_the_one_purse_and_an_order_begun_before_goes_on(lunch, twice) -> None:
    begun = lunch.order("202", who=twice)
    merge(lunch, lunch.wang, twice)
    for card in ("0888", "0011223344"):
        member = members.by_card(lunch.desk, card)
        assert (member.id, member.balance_fen) == (lunch.wang.id, 15_000)
    assert members.by_id(lunch.desk, twice.id).id == lunch.wang.id
    assert people.story(lunch.desk, lunch.manager, twice.id).id == lunch.wang.id
    due = selling.quote(lunch.desk, begun).pays_fen
    lunch.sell(begun, payments=(Payment("wallet", due, lunch.wang.account_id),))
    assert members.by_id(lunch.desk, lunch.wang.id).balance_fen == 15_000 - due
    assert verifying.verify(lunch.desk).ok


def test_the_last_meal_is_that_of_either_record(lunch, twice) -> None:
    lunch.sell(lunch.order("202", who=twice))
    merge(lunch, lunch.wang, twice)
    (row,) = people.page(lunch.desk, lunch.manager, "active", "0888")
    assert row.last_meal is not None
    assert row.last_meal == members.by_id(lunch.desk, lunch.wang.id).last_meal
    lunch.house.clock.advance(24 * 3600)
    lunch.sell(lunch.order("202", who=lunch.wang))
    (row,) = people.page(lunch.desk, lunch.manager, "active", "0888")
    assert row.last_meal.service_date == lunch.desk.clock.now().date()


def test_who_ate_on_one_record_has_eaten_on_both(lunch, twice) -> None:
    """The city pays one meal a period; the week's gift is 8.00 yuan, of which 2.00 went already."""
    fresh = selling.quote(lunch.desk, lunch.order("202", who=lunch.wang)).quote.by_fund_fen
    assert fresh == {"charity": 200, "city": 300, "operator": 50}
    lunch.sell(lunch.order("202", who=twice))
    assert merging.preview(lunch.desk, lunch.manager, lunch.wang.id, twice.id).doubled == ()
    merge(lunch, lunch.wang, twice)
    again = selling.quote(lunch.desk, lunch.order("202", who=lunch.wang)).quote
    assert "city" not in again.by_fund_fen
    assert [why.reason.code for why in again.refused if why.rule == "city"] == ["quota.used"]
    member = members.by_id(lunch.desk, lunch.wang.id)
    assert [use.quota for use in members.uses_today(lunch.desk, member)] == ["meal"]
    lunch.house.clock.advance(24 * 3600)
    order = lunch.order("202", who=lunch.wang)
    assert selling.quote(lunch.desk, order).quote.by_fund_fen["city"] == 300, "tomorrow is another day"


def test_a_benefit_taken_on_both_is_named(lunch, twice) -> None:
    lunch.sell(lunch.order("202", who=twice))
    lunch.sell(lunch.order("202", who=lunch.wang))
    told = merge(lunch, lunch.wang, twice)
    assert told.doubled == (("2026-11-23", "lunch"),)
    assert verifying.verify(lunch.desk).problems == ()


def test_an_old_sale_is_given_back_as_it_was_and_frees_its_meal(lunch, twice) -> None:
    sale = lunch.sell(lunch.order("202", who=twice)).documents[0]
    merge(lunch, lunch.wang, twice)
    refunding.refund(lunch.desk, lunch.manager, sale.document_id, {1: 1}, "退", "back")
    assert selling.quote(lunch.desk, lunch.order("202", who=lunch.wang)).quote.by_fund_fen["city"] == 300
    assert verifying.verify(lunch.desk).problems == ()


def test_a_meal_paid_from_the_purse_that_went_is_given_back_in_cash_after_a_question(lunch, twice) -> None:
    order = lunch.order("101", who=twice)
    due = selling.quote(lunch.desk, order).pays_fen
    sold = lunch.sell(order, payments=(Payment("wallet", due, account_id=twice.account_id),))
    merge(lunch, lunch.wang, twice)
    document_id = sold.documents[0].document_id
    asked = refusal(refunding.refund, lunch.desk, lunch.manager, document_id, None, "退单", "back-1")
    assert asked.code == "refund.purse_closed"
    before = money(lunch)
    refunding.refund(lunch.desk, lunch.manager, document_id, None, "退单", "back-2", closed_in_cash=True)
    assert money(lunch) == before, "the drawer paid, no purse moved"
    assert verifying.verify(lunch.desk).problems == ()


def test_who_ate_on_the_record_that_went_is_not_missed(lunch, twice) -> None:
    lunch.house.clock.advance(40 * 24 * 3600)
    lunch.sell(lunch.order("202", who=twice, service_date=lunch.desk.clock.now().date()))
    assert "王桂芳" in [row.name for row in people.page(lunch.desk, lunch.manager, "absent")]
    merge(lunch, lunch.wang, twice)
    assert "王桂芳" not in [row.name for row in people.page(lunch.desk, lunch.manager, "absent")]


def test_one_after_the_other_all_lead_to_the_last(lunch, twice) -> None:
    lunch.sell(lunch.order("202", who=twice))
    merge(lunch, lunch.wang, twice)
    third = members.enrol(lunch.desk, lunch.cashier, NewMember("王桂方", birth_date=date(1944, 3, 1)))
    merge(lunch, third, lunch.wang)
    for known in (twice, lunch.wang, third):
        assert members.by_id(lunch.desk, known.id).id == third.id
    assert people.story(lunch.desk, lunch.manager, third.id).merged_from == ("00001", "00004")
    assert people.story(lunch.desk, lunch.manager, third.id).balance_fen == 15_000
    assert "city" not in selling.quote(lunch.desk, lunch.order("202", who=third)).quote.by_fund_fen
    assert verifying.verify(lunch.desk).problems == ()


def test_a_family_purse_stays_with_the_family(lunch, twice) -> None:
    purses.join(lunch.desk, lunch.manager, lunch.zhao.account_id, twice.id, "join")
    told = merge(lunch, lunch.wang, twice)
    assert (told.shared_purse, told.moves_fen) == (True, 0)
    assert wallets.purse(lunch.desk, lunch.zhao.account_id).balance_fen == 10_000
    assert members.by_card(lunch.desk, "0888").account_id == lunch.wang.account_id
    assert verifying.verify(lunch.desk).problems == ()


def test_the_id_number_goes_along(lunch, twice) -> None:
    people.edit(lunch.desk, lunch.manager, twice.id, PersonEdit(id_number=NUMBER))
    merge(lunch, lunch.wang, twice)
    assert people.reveal_id_number(lunch.desk, lunch.manager, lunch.wang.id) == NUMBER
    refused = refusal(members.enrol, lunch.desk, lunch.cashier, NewMember("某人", id_number=NUMBER))
    assert refused.facts == {"name": "王桂芳", "member_no": "00001"}


def test_two_people_are_not_merged(lunch, twice) -> None:
    people.edit(lunch.desk, lunch.manager, twice.id, PersonEdit(id_number=NUMBER))
    people.edit(lunch.desk, lunch.manager, lunch.zhao.id, PersonEdit(id_number="110105195805050036"))
    before = people.story(lunch.desk, lunch.manager, twice.id)
    refused = refusal(merging.merge, lunch.desk, lunch.manager, lunch.zhao.id, twice.id)
    assert refused.code == "merge.two_id_numbers"
    assert refusal(merging.merge, lunch.desk, lunch.manager, twice.id, twice.id).code == "merge.itself"
    assert refusal(merging.merge, lunch.desk, lunch.manager, twice.id, 9999).code == "member.unknown"
    assert refusal(merging.merge, lunch.desk, lunch.cashier, lunch.wang.id, twice.id).code == "right.missing"
    merge(lunch, lunch.wang, lunch.li)
    assert (
        refusal(merging.merge, lunch.desk, lunch.manager, lunch.wang.id, lunch.li.id).code == "member.unknown"
    )
    assert people.story(lunch.desk, lunch.manager, twice.id) == before


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        ("update ledger_entries set fen = fen + 100 where account like 'wallet:%' and document_id = 'm' and fen > 0",
         "ledger entries are not what was signed"),
        ("update accounts set balance_fen = balance_fen + 100 where id = (select account_id from people where id = 1)",
         "documents say"),
        ("update documents set body = replace(body, 'merged', 'other') where id = 'm'",
         "its text is not the text that was signed"),
        ("delete from ledger_entries where document_id = 'm'", "ledger entries are not what was signed"),
        ("update people set points = points + 1 where id = 1", "movements say"),
    ],
)  # fmt: skip
def test_a_transfer_that_was_tampered_with_is_found(lunch, twice, tamper: str, says: str) -> None:
    merge(lunch, lunch.wang, twice, request_id="m")
    assert verifying.verify(lunch.desk).ok
    with lunch.desk.db.write() as conn:
        assert conn.execute(text(tamper)).rowcount
    assert any(says in problem.what for problem in verifying.verify(lunch.desk).problems)


def test_a_transfer_signed_anew_with_other_sides_is_found(lunch, twice) -> None:
    """Whoever could write the chain anew would still have to explain the entries: principal turned into bonus."""
    from canteen_pos.domain.proof import sums
    from canteen_pos.storage.columns import from_json

    merge(lunch, lunch.wang, twice, request_id="m")
    with lunch.desk.db.read() as conn:
        body = from_json(conn.execute(text("select body from documents where id = 'm'")).scalar_one())
    assert sums(body) == []
    for change in (
        lambda entry: [entry[0].replace("bonus:", "wallet:"), *entry[1:]],
        lambda entry: [*entry[:2], entry[2] * 2],
        lambda entry: [entry[0].replace("wallet:", "cash:"), *entry[1:]],
    ):
        forged = {**body, "entries": [change(entry) for entry in body["entries"]]}
        assert sums(forged) == ["ledger entries do not follow from the amounts"]


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_money_and_points_are_conserved_whatever_is_merged(lunch, data) -> None:
    known = [
        members.enrol(lunch.desk, lunch.cashier, NewMember(f"某{place}"))
        for place in range(data.draw(st.integers(2, 3)))
    ]
    total_points = 0
    for member in known:
        fen = data.draw(st.integers(0, 30_000))
        if fen:
            top_up(lunch, member, fen, f"top-up-{member.token}")
        earned = data.draw(st.integers(0, 50))
        if earned:
            points.grant(lunch.desk, lunch.manager, member.id, earned, "帮厨", f"points-{member.token}")
        total_points += earned
    before = money(lunch)
    wang = people.story(lunch.desk, lunch.manager, lunch.wang.id)
    left = list(known)
    while len(left) > 1:
        keep, drop = data.draw(st.permutations(left))[:2]
        merge(lunch, keep, drop)
        left.remove(drop)
    assert money(lunch) == before
    last = people.story(lunch.desk, lunch.manager, left[0].id)
    assert last.points == total_points
    assert last.balance_fen == before[0] - wang.balance_fen
    assert last.bonus_fen == before[1] - wang.bonus_fen
    assert verifying.verify(lunch.desk).problems == ()
    merge(lunch, lunch.wang, left[0])
    one = people.story(lunch.desk, lunch.manager, lunch.wang.id)
    assert (one.balance_fen, one.bonus_fen, one.points) == (*before, wang.points + total_points)
