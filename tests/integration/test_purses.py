"""Purses: families on one, limits for each, what is spent first, paid out, owed on any day."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.services import (
    leaving,
    liability,
    members,
    points,
    print_slips,
    purse_refunds,
    purses,
    records,
    refunding,
    sales_book,
    selling,
    settings_store,
    shifts,
    wallets,
)
from canteen_pos.services.context import Actor
from canteen_pos.storage import tables as t
from canteen_pos.wording import codes
from tests.integration.conftest import TODAY
from tests.integration.hands import balance, new, proven, refusal
from tests.integration.purse_hands import open_on_account


@pytest.fixture
def approved(lunch) -> Actor:
    return replace(lunch.cashier, approved_by=lunch.manager.user_id)


def from_purse(lunch, who, *dishes: str, purse=None) -> selling.Settled:
    order = lunch.order(*dishes, who=who)
    due = selling.quote(lunch.desk, order).pays_fen
    account = (purse or who).account_id
    return lunch.sell(order, payments=(Payment("wallet", due, account_id=account),))


# -- paid out ---------------------------------------------------------------------------------------


def test_a_purse_is_paid_out_and_its_bonus_lapses(lunch, approved) -> None:
    drawer = shifts.x_report(lunch.desk).expected_fen
    done = purse_refunds.refund(lunch.desk, approved, lunch.wang.account_id, "cash", "不来了", "out-1")
    assert (done.fen, done.paid_fen, done.lapsed_fen, done.balance_after_fen) == (5000, 5000, 500, 0)
    assert balance(lunch, lunch.wang) == (0, 0)
    assert shifts.x_report(lunch.desk).expected_fen == drawer - 5000
    again = purse_refunds.refund(lunch.desk, approved, lunch.wang.account_id, "cash", "不来了", "out-1")
    assert again.again
    assert again.number_text == done.number_text
    assert shifts.x_report(lunch.desk).expected_fen == drawer - 5000
    proven(lunch.desk)


def test_the_bonus_stays_where_the_canteen_wants_it_so(lunch, approved) -> None:
    settings_store.save(lunch.desk, lunch.manager, bonus_lapses=False)
    done = purse_refunds.refund(lunch.desk, approved, lunch.wang.account_id, "bank_transfer", "搬家", new())
    assert (done.fen, done.lapsed_fen) == (5000, 0)
    assert balance(lunch, lunch.wang) == (0, 500)
    proven(lunch.desk)


def test_a_part_comes_out_and_no_more_than_the_principal(lunch, approved) -> None:
    account = lunch.wang.account_id
    code = refusal(purse_refunds.refund, lunch.desk, approved, account, "cash", "x", new(), fen=5001)
    assert (code.code, code.facts["balance_fen"]) == ("purse.too_much", 5000)
    purse_refunds.refund(lunch.desk, approved, account, "cash", "部分", new(), fen=1234)
    assert balance(lunch, lunch.wang) == (3766, 376), "the bonus lapses with the money it came for"
    empty = refusal(purse_refunds.refund, lunch.desk, approved, lunch.zhao.account_id, "cash", "x", new())
    assert empty.code == "purse.nothing_to_pay_out"
    proven(lunch.desk)


def test_topping_up_and_taking_out_again_earns_no_bonus(lunch, approved) -> None:
    """50.00 in with 5.00 on top, 49.99 out, and again: there were 10.00 of bonus on the till's own money."""
    account = lunch.wang.account_id
    before = balance(lunch, lunch.wang)
    for fen in (3, 4, 4000, 992):
        purse_refunds.refund(lunch.desk, approved, account, "bank_transfer", "x", new(), fen=fen)
        principal, bonus = balance(lunch, lunch.wang)
        assert bonus * before[0] <= before[1] * principal, "never more than the money that is left had earned"
    wallets.top_up(lunch.desk, lunch.cashier, account, 5000, "wechat", request_id=new())
    assert (principal, bonus, balance(lunch, lunch.wang)) == (1, 0, (5001, 500))
    proven(lunch.desk)


def test_cash_is_rounded_where_the_canteen_rounds(lunch, approved) -> None:
    settings_store.save(lunch.desk, lunch.manager, cash_rounding="jiao")
    done = purse_refunds.refund(lunch.desk, approved, lunch.wang.account_id, "cash", "部分", new(), fen=1234)
    assert (done.fen, done.paid_fen) == (1234, 1230)
    assert balance(lunch, lunch.wang) == (3766, 376)
    proven(lunch.desk)


def test_paying_out_wants_a_manager_a_reason_and_the_cash(lunch, approved) -> None:
    account = lunch.wang.account_id
    assert refusal(purse_refunds.refund, lunch.desk, lunch.cashier, account, "cash", "x", new()).code == (
        "right.approval_needed"
    )
    assert refusal(purse_refunds.refund, lunch.desk, approved, account, "cash", " ", new()).code == (
        "refund.reason_needed"
    )
    in_drawer = shifts.x_report(lunch.desk).expected_fen
    shifts.cash_movement(lunch.desk, lunch.cashier, -in_drawer + 100, "存银行", new())
    assert refusal(purse_refunds.refund, lunch.desk, approved, account, "cash", "x", new()).code == (
        "cash.not_that_much"
    )
    assert balance(lunch, lunch.wang) == (5000, 500)


def test_a_canteen_that_closes_pays_everybody_out(lunch, approved) -> None:
    wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 3000, "cash", request_id="z")
    today = lunch.desk.clock.now().date()
    owed = liability.on(lunch.desk, lunch.manager, today)
    assert [(one.who, one.fen, one.bonus_fen) for one in owed.purses] == [
        ("王桂芳", 5000, 500),
        ("赵国强", 3000, 0),
    ]
    wanted = [(one.account_id, new()) for one in owed.purses] + [(lunch.li.account_id, new())]
    carried = purse_refunds.refund_all(lunch.desk, lunch.manager, wanted, "cash", "食堂停业")
    assert [one.done.fen if one.done else one.refusal.code for one in carried] == [
        5000,
        3000,
        "purse.nothing_to_pay_out",
    ]
    assert liability.on(lunch.desk, lunch.manager, today).purses == ()
    closed = wallets.purse(lunch.desk, lunch.wang.account_id)
    assert closed is not None
    back = refusal(
        wallets.top_up, lunch.desk, lunch.cashier, lunch.wang.account_id, 100, "cash", request_id="late"
    )
    assert back.code == "wallet.closed"
    purses.reopen(lunch.desk, lunch.manager, lunch.wang.account_id)
    wallets.top_up(lunch.desk, lunch.cashier, lunch.wang.account_id, 100, "cash", request_id="back")
    proven(lunch.desk)


def test_what_was_owed_on_a_day_does_not_change_afterwards(lunch, approved) -> None:
    first = lunch.desk.clock.now().date()
    lunch.house.clock.advance(24 * 3600)
    purse_refunds.refund(lunch.desk, approved, lunch.wang.account_id, "wechat", "退", new(), fen=2000)
    before, after = (
        liability.on(lunch.desk, lunch.manager, day) for day in (first, first + timedelta(days=1))
    )
    assert (before.fen, before.bonus_fen, after.fen, after.bonus_fen) == (5000, 500, 3000, 300)
    with lunch.desk.db.write() as conn:  # balances are not what it is made of
        conn.execute(update(t.accounts).values(balance_fen=1))
    assert liability.on(lunch.desk, lunch.manager, first).fen == 5000


def test_a_purse_nobody_eats_from_is_dormant_though_it_is_topped_up(lunch) -> None:
    def dormant() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        found = purses.page(lunch.desk, lunch.manager, purses.WALLETS, "dormant", "", 0, 9)
        return [(one.names, one.cards) for one in found]

    assert dormant() == []
    lunch.house.clock.advance(200 * 24 * 3600)
    wallets.top_up(lunch.desk, lunch.cashier, lunch.wang.account_id, 1000, "cash", request_id="again")
    wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 1000, "cash", request_id="first")
    assert dormant() == [(("王桂芳",), ("0011223344",))], "holder and card; a purse just opened sleeps not"
    assert purses.count(lunch.desk, purses.WALLETS, "dormant") == 1
    from_purse(lunch, lunch.wang, "202")
    assert dormant() == []


# -- a top-up that was a mistake ----------------------------------------------------------------------


def test_a_mistaken_top_up_goes_back_as_it_came(lunch, approved) -> None:
    drawer = shifts.x_report(lunch.desk).expected_fen
    done = wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 10_000, "cash", request_id="oops")
    assert balance(lunch, lunch.zhao) == (10_000, 500)
    code = refusal(purse_refunds.undo_top_up, lunch.desk, lunch.cashier, done.document_id, "按错", new()).code
    assert code == "right.approval_needed"
    undone = purse_refunds.undo_top_up(lunch.desk, approved, done.document_id, "按错", "undo")
    assert (undone.paid_fen, undone.lapsed_fen) == (10_000, 500)
    assert balance(lunch, lunch.zhao) == (0, 0)
    assert shifts.x_report(lunch.desk).expected_fen == drawer
    assert purse_refunds.undo_top_up(lunch.desk, approved, done.document_id, "按错", "undo").again
    for request, code in ((new(), "top_up.undone"), ("oops", "sale.id_reused")):
        assert (
            refusal(purse_refunds.undo_top_up, lunch.desk, approved, done.document_id, "x", request).code
            == code
        )
    proven(lunch.desk)


def test_a_top_up_that_is_partly_spent_is_not_undone(lunch, approved) -> None:
    done = wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 1000, "wechat", request_id="in")
    from_purse(lunch, lunch.zhao, "202/")
    spent = refusal(purse_refunds.undo_top_up, lunch.desk, approved, done.document_id, "x", new())
    assert (spent.code, spent.facts["balance_fen"]) == ("top_up.spent", balance(lunch, lunch.zhao)[0])
    sale = lunch.sell(lunch.order("202", who=lunch.li)).documents[0].document_id
    assert refusal(purse_refunds.undo_top_up, lunch.desk, approved, sale, "x", new()).code == "top_up.not_one"
    proven(lunch.desk)


def test_two_managers_undo_one_top_up_once(lunch) -> None:
    done = wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 1000, "wechat", request_id="in")
    wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 1000, "wechat", request_id="more")
    said: list[str] = []

    def undo() -> None:
        try:
            purse_refunds.undo_top_up(lunch.desk, lunch.manager, done.document_id, "按错", new())
            said.append("done")
        except Refusal as refusal:
            said.append(refusal.code)

    threads = [threading.Thread(target=undo) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["done", "top_up.undone", "top_up.undone"]
    assert balance(lunch, lunch.zhao)[0] == 1000
    proven(lunch.desk)


def test_who_takes_the_money_of_somebody_who_died_is_said_and_logged(lunch, approved) -> None:
    leaving.leave(lunch.desk, lunch.manager, lunch.wang.id, TODAY, "died")
    account = lunch.wang.account_id
    assert liability.on(lunch.desk, lunch.manager, TODAY).purses[0].died
    assert refusal(purse_refunds.refund, lunch.desk, approved, account, "cash", "停业", new()).code == (
        "purse.payee_needed"
    )
    (left,) = purse_refunds.refund_all(lunch.desk, lunch.manager, [(account, new())], "cash", "停业")
    assert left.refusal is not None, "all at once leaves the dead on the list: their heirs come by themselves"
    payee = "王强（子）"
    done = purse_refunds.refund(lunch.desk, approved, account, "cash", "停业", new(), payee=payee, close=True)
    logged = records.page(lunch.desk, lunch.manager, records.Wanted("王强"), 0, 9)
    assert [(one.kind, one.facts["document_number"]) for one in logged] == [
        ("purse_paid_to", done.number_text)
    ]
    with lunch.desk.db.read() as conn:
        body = conn.execute(
            select(t.documents.c.body).where(t.documents.c.id == done.document_id)
        ).scalar_one()
    assert "王" not in body, "a document names nobody"
    proven(lunch.desk)


# -- what is spent first ----------------------------------------------------------------------------


def test_bonus_first_if_the_canteen_says_so(lunch) -> None:
    settings_store.save(lunch.desk, lunch.manager, spend_order=("bonus", "principal"))
    sold = from_purse(lunch, lunch.li, "202", purse=lunch.wang)
    assert balance(lunch, lunch.wang) == (4500, 0)
    paid = sales_book.load(lunch.desk, sold.documents[0].document_id).payments
    assert [(codes.label(one.tender, "zh"), one.fen) for one in paid] == [("赠送", 500), ("储值", 500)]
    proven(lunch.desk)


def test_an_order_that_forgets_the_principal_is_refused(lunch) -> None:
    for order in (("bonus",), ("principal", "bonus", "bonus"), ("principal", "bonus", "gold")):
        code = refusal(settings_store.save, lunch.desk, lunch.manager, spend_order=order).code
        assert code == "settings.spend_order"


def test_the_pay_key_follows_the_order(lunch) -> None:
    company = open_on_account(lunch.desk, lunch.manager, "社区居委会", 10_000)
    purses.join(lunch.desk, lunch.manager, company.account_id, lunch.wang.id, new())
    wang = lunch.wang
    assert purses.plan(lunch.desk, wang.id, 6000) == (Payment("wallet", 5500, account_id=wang.account_id),)
    settings_store.save(lunch.desk, lunch.manager, spend_order=("principal", "bonus", "on_account"))
    assert purses.plan(lunch.desk, wang.id, 6000) == (
        Payment("wallet", 5500, account_id=wang.account_id),
        Payment("on_account", 500, account_id=company.account_id),
    )
    settings_store.save(lunch.desk, lunch.manager, spend_order=("on_account", "principal", "bonus"))
    assert purses.plan(lunch.desk, wang.id, 6000) == (
        Payment("on_account", 6000, account_id=company.account_id),
    )


def test_the_pay_key_leaves_out_what_is_not_used_here_or_lies_on_the_table(lunch) -> None:
    company = open_on_account(lunch.desk, lunch.manager, "社区居委会", 10_000)
    purses.join(lunch.desk, lunch.manager, company.account_id, lunch.wang.id, new())
    points.grant(lunch.desk, lunch.manager, lunch.wang.id, 30, "分餐", new())
    settings_store.save(
        lunch.desk,
        lunch.manager,
        spend_order=("points", "principal", "bonus", "on_account"),
        point_fen=100,
        tenders=("cash", "wallet", "points"),
    )
    by_points = Payment("points", 3000, person_id=lunch.wang.id)
    from_purse = Payment("wallet", 5500, account_id=lunch.wang.account_id)
    assert purses.plan(lunch.desk, lunch.wang.id, 20_000) == (by_points, from_purse), "nothing on account"
    assert purses.plan(lunch.desk, lunch.wang.id, 20_000, (by_points,)) == (from_purse,)
    part = Payment("wallet", 500, account_id=lunch.wang.account_id)
    assert purses.plan(lunch.desk, lunch.wang.id, 9000, (by_points, part)) == (replace(from_purse, fen=5000),)
    settings_store.save(lunch.desk, lunch.manager, tenders=("cash", "wallet"))
    assert purses.plan(lunch.desk, lunch.wang.id, 500) == (replace(from_purse, fen=500),), "no points"


# -- limits -----------------------------------------------------------------------------------------


def test_a_limit_a_day_says_how_much_is_left(lunch) -> None:
    purses.set_limits(lunch.desk, lunch.manager, lunch.li.id, day_fen=1500)
    from_purse(lunch, lunch.li, "202", purse=lunch.wang)
    order = lunch.order("202", who=lunch.li)
    money = (Payment("wallet", 1000, account_id=lunch.wang.account_id),)
    code = refusal(lunch.sell, order, payments=money)
    assert (code.code, code.facts) == (
        "limit.day",
        {"name": "李小明", "left_fen": 500, "needed_fen": 1000},
    )
    assert balance(lunch, lunch.wang) == (4000, 500), "nothing half done"
    lunch.sell(lunch.order("202", who=lunch.li))  # cash is his own affair
    lunch.house.clock.advance(24 * 3600)
    from_purse(lunch, lunch.li, "202", purse=lunch.wang)
    proven(lunch.desk)


def test_the_limit_that_leaves_least_is_told(lunch) -> None:
    purses.set_limits(lunch.desk, lunch.manager, lunch.li.id, meal_fen=900, day_fen=800, month_fen=300)
    money = (Payment("wallet", 1000, account_id=lunch.wang.account_id),)
    code = refusal(lunch.sell, lunch.order("202", who=lunch.li), payments=money)
    assert (code.code, code.facts["left_fen"]) == ("limit.month", 300)


def test_a_limit_a_meal_counts_every_sale_of_it(lunch, approved) -> None:
    purses.set_limits(lunch.desk, lunch.manager, lunch.li.id, meal_fen=1200, day_fen=5000)
    first = from_purse(lunch, lunch.li, "202", purse=lunch.wang)
    code = refusal(from_purse, lunch, lunch.li, "202/", purse=lunch.wang)
    assert (code.code, code.facts) == ("limit.meal", {"name": "李小明", "left_fen": 200, "needed_fen": 500})
    refunding.refund(lunch.desk, approved, first.documents[0].document_id, None, "退", new())
    from_purse(lunch, lunch.li, "202", purse=lunch.wang)
    story = purses.story(lunch.desk, lunch.manager, lunch.li.account_id)
    assert [(one.meal_limit_fen, one.day_limit_fen) for one in story.holders] == [(1200, 5000)]
    proven(lunch.desk)


def test_whoever_has_a_limit_pays_for_nobody_else(lunch) -> None:
    """A limit would be none if its holder's card paid for a guest without one."""

    def lets(who) -> tuple[Payment, ...]:
        return (Payment("wallet", 1000, account_id=lunch.wang.account_id, person_id=who.id),)

    purses.set_limits(lunch.desk, lunch.manager, lunch.wang.id, meal_fen=500)
    code = refusal(lunch.sell, lunch.order("202"), payments=lets(lunch.wang))
    assert (code.code, code.facts) == ("limit.own_meal", {"name": "王桂芳"})
    lunch.sell(lunch.order("202"), payments=lets(lunch.li))
    proven(lunch.desk)


def test_a_refund_makes_room_and_a_month_counts_whole(lunch, approved) -> None:
    purses.set_limits(lunch.desk, lunch.manager, lunch.li.id, month_fen=1000)
    done = from_purse(lunch, lunch.li, "202", purse=lunch.wang)
    lunch.house.clock.advance(24 * 3600)
    order = lunch.order("202/", who=lunch.li)
    money = (Payment("wallet", 500, account_id=lunch.wang.account_id),)
    assert refusal(lunch.sell, order, payments=money).code == "limit.month"
    refunding.refund(lunch.desk, approved, done.documents[0].document_id, None, "退", new())
    lunch.sell(order, payments=money)
    proven(lunch.desk)


def test_a_correction_keeps_to_the_limit_too(lunch) -> None:
    purses.set_limits(lunch.desk, lunch.manager, lunch.li.id, day_fen=500)
    done = lunch.sell(lunch.order("202", who=lunch.li))
    code = refusal(
        selling.correct_tender,
        lunch.desk,
        lunch.cashier,
        done.documents[0].document_id,
        (Payment("wallet", 1000, account_id=lunch.wang.account_id),),
        "按错",
    ).code
    assert code == "limit.day"
    proven(lunch.desk)


# -- several people on one purse --------------------------------------------------------------------


def test_a_family_eats_from_one_purse(lunch) -> None:
    wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 3000, "cash", request_id="z")
    request = new()
    purses.join(lunch.desk, lunch.manager, lunch.wang.account_id, lunch.zhao.id, request)
    purses.join(lunch.desk, lunch.manager, lunch.wang.account_id, lunch.zhao.id, request)
    zhao = members.by_card(lunch.desk, "0055667788")
    assert zhao.account_id == lunch.wang.account_id
    assert (zhao.balance_fen, zhao.bonus_fen) == (8000, 500)
    story = purses.story(lunch.desk, lunch.manager, lunch.wang.account_id)
    assert [one.name for one in story.holders] == ["王桂芳", "赵国强"]
    assert story.movements[0].kind == "transfer"
    assert story.movements[0].fen == 3000
    again = refusal(purses.join, lunch.desk, lunch.manager, lunch.wang.account_id, zhao.id, new())
    assert again.code == "purse.on_it_already"
    from_purse(lunch, zhao, "202")
    purses.leave(lunch.desk, lunch.manager, lunch.wang.account_id, zhao.id)
    alone = members.by_card(lunch.desk, "0055667788")
    assert (alone.spendable_fen, alone.account_id != lunch.wang.account_id) == (0, True)
    last = refusal(purses.leave, lunch.desk, lunch.manager, lunch.wang.account_id, lunch.wang.id)
    assert last.code == "purse.last_user"
    proven(lunch.desk)


def test_lists_find_a_purse_by_anybody_on_it(lunch) -> None:
    settings_store.save(lunch.desk, lunch.manager, low_balance_fen=1000)
    assert purses.count(lunch.desk, purses.WALLETS, "low") == 2
    for text in ("王桂", "wgf", "00001"):
        (row,) = purses.page(lunch.desk, lunch.manager, purses.WALLETS, "in_use", text, 0, 10)
        assert row.names == ("王桂芳",)
    assert (
        refusal(purses.page, lunch.desk, lunch.cashier, purses.WALLETS, "in_use", "", 0, 10).code
        == "right.missing"
    )


# -- the mark for low balances ----------------------------------------------------------------------


def test_a_receipt_says_when_to_top_up(lunch) -> None:
    slip = low_slip(lunch)
    assert not slip.low_balance
    settings_store.save(lunch.desk, lunch.manager, low_balance_fen=5000)
    assert low_slip(lunch).low_balance
    purses.set_low_mark(lunch.desk, lunch.manager, lunch.wang.account_id, 0)
    assert not low_slip(lunch).low_balance


def low_slip(lunch):
    done = from_purse(lunch, lunch.li, "202", purse=lunch.wang)
    with lunch.desk.db.read() as conn:
        detail = sales_book.load_in(conn, done.documents[0].document_id)
        canteen = settings_store.load(conn)
        return replace(
            print_slips.sale_slip(print_slips.Head("x", "T1", "1", detail.at, "x"), detail),
            low_balance=print_slips._is_low(conn, canteen, detail),
        )
