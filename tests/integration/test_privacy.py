"""What docs/privacy.md promises: who is told what, and what outlives a person."""

from datetime import date

import pytest
from sqlalchemy import text

from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.order import Payment
from canteen_pos.services import (
    audit,
    card_printing,
    cards,
    correcting,
    erasing,
    liability,
    members,
    merging,
    on_account,
    people,
    points,
    proxies,
    purse_refunds,
    purses,
    records,
    refunding,
    sales_book,
    selling,
    settings_store,
    users,
    verifying,
    vouchers,
    wallets,
)
from canteen_pos.services.context import Actor
from tests.integration.hands import refusal
from tests.integration.stored import everything_stored

TODAY = date(2026, 11, 23)


# -- who is told what -------------------------------------------------------------------------------


def test_a_dispatcher_is_told_a_price_and_no_hardship(lunch) -> None:
    made = users.create(lunch.desk, lunch.manager, "周强", "dispatcher", "3579")
    dispatcher = Actor(made.id, made.name, made.role)
    whole = people.what_if(lunch.desk, lunch.manager, lunch.wang.id)
    told = people.what_if(lunch.desk, dispatcher, lunch.wang.id)
    assert "慈善餐" in [title for title, _ in whole.rows], "a title tells who is poor"
    assert told.rows == (("补贴", sum(fen for _, fen in whole.rows)),)
    assert told.pays_fen == whole.pays_fen
    assert people.what_if(lunch.desk, dispatcher, lunch.wang.id, "en").rows[0][0] == "Subsidy"
    assert people.what_if(lunch.desk, dispatcher, lunch.li.id).rows == ()


# -- who may be given something ---------------------------------------------------------------------


def everything_given(lunch, person, tmp_path):
    """Each way to give somebody something, by what it is."""
    desk, manager, account = lunch.desk, lunch.manager, person.account_id
    batch = vouchers.NewBatch(
        "冬至券",
        "街道",
        "街道",
        date(2026, 11, 1),
        date(2026, 12, 31),
        face_fen=500,
        medium="electronic",
        people=(person.id,),
    )
    return {
        "card": lambda: cards.issue(desk, lunch.cashier, person.id, "0777"),
        "printed card": lambda: card_printing.print_sheet(
            desk, lunch.cashier, [person.id], tmp_path / "cards.pdf", issue=True
        ),
        "money": lambda: wallets.top_up(desk, lunch.cashier, account, 1000, "cash", request_id="late"),
        "voucher": lambda: vouchers.issue(desk, manager, batch),
        "hours": lambda: points.earn(desk, manager, person.id, 60, "择菜", "late hours"),
        "points": lambda: points.grant(desk, manager, person.id, 5, "补记", "late points"),
        "proxy": lambda: proxies.add(desk, lunch.cashier, person.id, proxies.NewProxy("孙大妈")),
    }


@pytest.mark.parametrize("why", ["died", "moved"])
def test_who_left_is_given_nothing_more(lunch, tmp_path, why: str) -> None:
    people.leave(lunch.desk, lunch.manager, lunch.zhao.id, TODAY, why)
    for what, give in everything_given(lunch, lunch.zhao, tmp_path).items():
        refused = refusal(give)
        assert (refused.code, refused.facts["name"]) == ("member.left", "赵国强"), what
    assert not (tmp_path / "cards.pdf").exists()
    done = card_printing.print_sheet(
        lunch.desk, lunch.cashier, [lunch.wang.id, lunch.zhao.id], tmp_path / "cards.pdf", issue=True
    )
    assert (done.cards, done.issued, done.without) == (1, 0, ("赵国强",))
    people.return_(lunch.desk, lunch.manager, lunch.zhao.id)
    for give in everything_given(lunch, lunch.zhao, tmp_path).values():
        give()
    assert verifying.verify(lunch.desk).problems == ()


def test_a_family_purse_is_topped_up_while_somebody_is_here(lunch) -> None:
    purses.join(lunch.desk, lunch.manager, lunch.wang.account_id, lunch.zhao.id, "join")
    people.leave(lunch.desk, lunch.manager, lunch.wang.id, TODAY, "died")
    wallets.top_up(lunch.desk, lunch.cashier, lunch.wang.account_id, 1000, "cash", request_id="one")
    people.leave(lunch.desk, lunch.manager, lunch.zhao.id, TODAY, "moved")
    refused = refusal(
        wallets.top_up, lunch.desk, lunch.cashier, lunch.wang.account_id, 1000, "cash", request_id="two"
    )
    assert refused.code == "member.left"


def test_a_merged_record_means_the_one_that_stayed(lunch, tmp_path) -> None:
    double = members.enrol(lunch.desk, lunch.cashier, NewMember("赵国强"))
    merging.merge(lunch.desk, lunch.manager, lunch.zhao.id, double.id)
    gives = everything_given(lunch, double, tmp_path)
    for what in ("card", "voucher", "hours", "points", "proxy"):
        gives[what]()
        if what in ("hours", "points"):
            gives[what]()  # a second click is the same request
    assert members.by_card(lunch.desk, "0777").id == lunch.zhao.id
    assert points.balance(lunch.desk, lunch.zhao.id) == 15
    assert points.redeem(lunch.desk, lunch.manager, double.id, 6, "毛巾", "towel") == 9
    assert [one.name for one in proxies.of(lunch.desk, lunch.zhao.id)] == ["孙大妈"]
    assert len(vouchers.of_person(lunch.desk, lunch.zhao.id)) == 1
    assert verifying.verify(lunch.desk).problems == ()


def test_who_was_erased_is_given_nothing(lunch, tmp_path) -> None:
    erasing.erase(lunch.desk, lunch.manager, lunch.zhao.id)
    gives = everything_given(lunch, lunch.zhao, tmp_path)
    codes = {what: refusal(give).code for what, give in gives.items()}
    assert codes == {
        **dict.fromkeys(gives, "member.unknown"),
        "printed card": "card_sheet.nobody",
        "money": "wallet.closed",
    }


def test_a_receipt_printed_again_says_no_number_of_who_was_erased(lunch) -> None:
    sold = lunch.sell(lunch.order("202", who=lunch.zhao)).documents[0].document_id
    before = selling.load(lunch.desk, sold)
    assert (before.person_name, before.member_no) == (lunch.zhao.name, lunch.zhao.member_no)
    erasing.erase(lunch.desk, lunch.manager, lunch.zhao.id)
    after = selling.load(lunch.desk, sold)
    assert (after.person_id, after.person_name, after.member_no) == (lunch.zhao.id, "", "")
    assert [one.person_name for one in selling.recent(lunch.desk, 1)] == [""]


# -- what outlives a person -------------------------------------------------------------------------


SECRETS = (
    "王桂芳",
    "wgf",
    "13800001111",
    "0011223344",
    "1944-03-01",
    "搬到女儿家",
    "孙大妈",
    "打错",
)


@pytest.fixture
def rich(lunch):
    """Wang with all that moves money: meals by every purse, points, vouchers, a refund, a payout, a double."""
    desk, manager, cashier, wang = lunch.desk, lunch.manager, lunch.cashier, lunch.wang
    tenders = (*settings_store.load(desk).tenders, "points", "voucher")
    settings_store.save(
        desk,
        manager,
        tenders=tuple(dict.fromkeys(tenders)),
        point_fen=10,
        points_per_hour=100,
        bonus_lapses=False,
    )
    double = members.enrol(
        desk, cashier, NewMember("王桂芳", birth_date=date(1944, 3, 1), phone="13800001111")
    )
    wallets.top_up(desk, cashier, double.account_id, 1000, "cash", request_id="double")
    merging.merge(desk, manager, wang.id, double.id)
    points.earn(desk, manager, wang.id, 120, "替孙大妈择菜", "hours")
    points.grant(desk, manager, wang.id, 3, "王桂芳的旧账", "old")
    points.redeem(desk, manager, wang.id, 2, "毛巾给王桂芳", "towel")
    for name in ("one", "two"):
        batch = vouchers.NewBatch(
            name,
            "街道",
            "街道",
            date(2026, 11, 1),
            date(2026, 12, 31),
            face_fen=100,
            medium="electronic",
            people=(wang.id,),
        )
        vouchers.issue(desk, manager, batch)
    (first, _) = vouchers.of_person(desk, wang.id)
    meals = []
    for dish in ("202", "201"):
        order = lunch.order(dish, who=wang)
        due = selling.quote(desk, order).pays_fen
        by_points, by_voucher = (
            Payment("points", 50, person_id=wang.id),
            Payment("voucher", 100, voucher_serial=first.serial),
        )
        others = (by_points, by_voucher) if dish == "202" else ()
        rest = due - sum(one.fen for one in others)
        paid = (*others, Payment("wallet", rest, account_id=wang.account_id))
        meals.append(lunch.sell(order, payments=paid).documents[0])
    refunding.refund(desk, manager, meals[1].document_id, {1: 1}, "王桂芳说打错了", "back")
    third = lunch.sell(lunch.order("202", who=wang)).documents[0]
    owed = sum(payment.fen for payment in sales_book.load(desk, third.document_id).payments)
    correcting.correct_tender(
        desk,
        cashier,
        third.document_id,
        (Payment("wallet", owed, account_id=wang.account_id),),
        "王桂芳刷卡",
        "fix",
    )
    purse_refunds.refund(
        desk, manager, wang.account_id, "cash", "王桂芳搬到女儿家", "out", payee="王桂芳的女儿"
    )
    return wang


def test_a_reason_is_read_where_it_is_shown(lunch, rich) -> None:
    listed = sales_book.recent(lunch.desk)
    told = {one.kind: sales_book.load(lunch.desk, one.document_id).reason for one in listed}
    assert told["refund"] == "王桂芳说打错了"
    assert told["tender_correction"] == "王桂芳刷卡"
    assert told["purse_refund"] == "王桂芳搬到女儿家"
    moved = purses.story(lunch.desk, lunch.manager, rich.account_id).movements
    assert "王桂芳搬到女儿家" in [one.reason for one in moved]
    (found,) = [
        one
        for one in records.page(lunch.desk, lunch.manager, records.Wanted(text="女儿家"), 0, 10)
        if one.kind == "purse_refund"
    ]
    assert found.facts["reason"] == "王桂芳搬到女儿家"


def test_the_books_say_nothing_of_a_person_they_moved_money_for(lunch, rich) -> None:
    with lunch.desk.db.read() as conn:
        signed = "".join(conn.execute(text("select body from documents")).scalars())
    assert [secret for secret in SECRETS if secret in signed] == []


def test_all_of_a_rich_person_is_forgotten_and_what_was_theirs_lapses(lunch, rich) -> None:
    held = everything_stored(lunch.desk)
    assert [secret for secret in SECRETS if secret not in held] == []
    bonus = purses.story(lunch.desk, lunch.manager, rich.account_id).purse.bonus_fen
    had = points.balance(lunch.desk, rich.id)
    assert bonus
    assert had
    erasing.erase(lunch.desk, lunch.manager, rich.id)
    left = everything_stored(lunch.desk)
    assert [secret for secret in SECRETS if secret in left] == []
    assert verifying.verify(lunch.desk).problems == ()
    assert points.balance(lunch.desk, rich.id) == 0
    assert audit.recent(lunch.desk, "member_erased")[0].body == {
        "person_id": rich.id,
        "why": "asked",
        "bonus_fen": bonus,
        "points": had,
    }
    assert liability.on(lunch.desk, lunch.manager, TODAY).bonus_fen == 0
    with lunch.desk.db.read() as conn:
        unused = conn.execute(
            text("select count(*) from vouchers where used_document_id is null and voided_at_utc is null")
        )
        assert unused.scalar() == 0, "nobody else may eat by their vouchers"


def test_a_customer_who_ate_on_account_is_forgotten_once_they_owe_nothing(lunch) -> None:
    desk, manager = lunch.desk, lunch.manager
    made = on_account.open_(
        desk,
        manager,
        on_account.Customer("孙某某家", credit_limit_fen=10_000, contact="孙某某", phone="13911112222"),
    )
    on_account.edit(desk, manager, made, on_account.Customer("孙某某一家", credit_limit_fen=9_000))
    lunch.sell(lunch.order("202"), payments=(Payment("on_account", 1000, account_id=made),))
    refused = refusal(erasing.erase_customer, desk, manager, made)
    assert (refused.code, refused.facts) == ("account.owes", {"owed_fen": 1000})
    on_account.receive(desk, lunch.cashier, made, 1000, "cash", "paid")
    on_account.close(desk, manager, made)
    assert refusal(erasing.erase_customer, desk, lunch.cashier, made).code == "right.missing"
    assert refusal(erasing.erase_customer, desk, manager, lunch.wang.account_id).code == "account.unknown"
    listed = records.page(desk, manager, records.Wanted(), 0, 50)
    told = {one.facts["purse"] for one in listed if one.kind.startswith("account_") and "purse" in one.facts}
    assert told == {"孙某某一家"}, "the records call it by its name of today"
    erasing.erase_customer(desk, manager, made)
    left = everything_stored(desk)
    assert [secret for secret in ("孙某某", "13911112222") if secret in left] == []
    assert verifying.verify(desk).problems == ()
