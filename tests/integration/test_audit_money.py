"""An auditor's questions about money: funds, purses and rounding in odd company, undone in odd order."""

import random
import uuid
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.services import (
    policies,
    refunding,
    selling,
    settings_store,
    shifts,
    verifying,
    wallets,
)
from canteen_pos.services.context import Desk
from canteen_pos.storage import budgets
from tests.integration.hands import ledger
from tests.integration.purse_hands import add_voucher


def give_back(lunch, document_id: str, wanted=None):
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    return refunding.refund(lunch.desk, approved, document_id, wanted, "退", uuid.uuid4().hex)


def scalar(lunch, statement: str) -> object:
    with lunch.desk.db.read() as conn:
        return conn.execute(text(statement)).scalar()


def use(lunch, toml: str, *ids: str) -> None:
    policies.add_pack(lunch.desk, lunch.manager, toml)
    policies.choose(lunch.desk, lunch.manager, ids)


def head(pack: str) -> str:
    return f'id = "{pack}"\ntitle = "审计"\nsource = "tests"\ndate = 2026-01-01\nsample = true\n'


# -- rounding ---------------------------------------------------------------------------------------


def test_two_eaters_whose_cash_rounds_away_together(lunch) -> None:
    """2 fen each is 4 fen of cash, asked as nothing: no part of it may turn negative."""
    settings_store.save(lunch.desk, lunch.manager, cash_rounding="jiao")
    first, second = lunch.order("202"), lunch.order("202")
    money = (Payment("wechat", 998), Payment("alipay", 998))
    done = selling.ring_up(lunch.desk, lunch.cashier, (first, second), money, 2000, "s")
    assert done.rounding_fen == -4
    assert verifying.verify(lunch.desk).problems == ()
    for document in done.documents:
        give_back(lunch, document.document_id)
    assert ledger(lunch) == {}
    assert verifying.verify(lunch.desk).problems == ()


# -- vouchers ---------------------------------------------------------------------------------------


def test_a_voucher_that_paid_two_eaters_is_not_free_while_it_pays_one(lunch) -> None:
    add_voucher(lunch.desk, "V1", 1500)
    orders = (lunch.order("202"), lunch.order("202"))
    money = (Payment("voucher", 1500, voucher_serial="V1"), Payment("cash", 500))
    done = lunch.sell(*orders, payments=money)
    second = done.documents[1].document_id  # 5.00 by the voucher, 5.00 in cash
    selling.correct_tender(lunch.desk, lunch.cashier, second, (Payment("cash", 1000),), "按错")
    with pytest.raises(Refusal) as caught:
        lunch.sell(lunch.order("202"), payments=(Payment("voucher", 1000, voucher_serial="V1"),))
    assert caught.value.code == "voucher.used"
    assert verifying.verify(lunch.desk).problems == ()
    first = done.documents[0].document_id
    selling.correct_tender(lunch.desk, lunch.cashier, first, (Payment("cash", 1000),), "按错")
    lunch.sell(lunch.order("202"), payments=(Payment("voucher", 1000, voucher_serial="V1"),))
    assert verifying.verify(lunch.desk).problems == ()


def test_a_voucher_noted_wrongly_may_be_noted_again(lunch) -> None:
    add_voucher(lunch.desk, "V1", 1000)
    sale = lunch.sell(
        lunch.order("202"), payments=(Payment("voucher", 600, voucher_serial="V1"), Payment("cash", 400))
    ).documents[0]
    selling.correct_tender(
        lunch.desk, lunch.cashier, sale.document_id, (Payment("voucher", 1000, voucher_serial="V1"),), "按错"
    )
    assert scalar(lunch, "select used_document_id from vouchers") is not None
    assert verifying.verify(lunch.desk).problems == ()
    give_back(lunch, sale.document_id)
    assert scalar(lunch, "select used_document_id from vouchers") is None
    assert ledger(lunch) == {}


# -- budgets ----------------------------------------------------------------------------------------

POT = """
[[budget]]
name = "pot"
short = "part"
{start}

[[rule]]
id = "gift"
title = "慈善"
fund = "charity"
order = 1
budgets = ["pot"]
effect = {{ off_yuan = 3.00, per = "bill" }}
"""


def test_a_budget_without_a_stated_start_has_no_end(lunch) -> None:
    use(lunch, head("pot-pack") + POT.format(start=""), "pot-pack")
    sale = lunch.sell(lunch.order("202")).documents[0]
    assert sale.pays_fen == 700
    give_back(lunch, sale.document_id)
    assert ledger(lunch) == {}
    assert verifying.verify(lunch.desk).problems == ()


def test_a_pot_gives_what_it_holds_and_no_more(lunch) -> None:
    """First draw, second, and what an unlimited pot, a filled and a shortened one answer."""
    with lunch.desk.db.write() as conn:
        assert not budgets.draw(conn, "pot", 501, 500)
        assert budgets.draw(conn, "pot", 300, 500)
        assert not budgets.draw(conn, "pot", 201, 500)
        assert budgets.left(conn, {"pot": 500, "other": 7}) == {"pot": 200, "other": 7}
        assert budgets.draw(conn, "pot", 300, 600)
        assert budgets.draw(conn, "pot", 1, None)
        assert not budgets.draw(conn, "pot", 1, 601)
        assert budgets.left(conn, {"pot": 500}) == {"pot": 0}
        budgets.give_back(conn, "pot", 301)
        assert budgets.left(conn, {"pot": 500}) == {"pot": 200}


def test_two_eaters_share_what_is_left_in_a_budget(lunch) -> None:
    """4.00 in the pot: the first gets 3.00, the second 1.00; the quote of the table says so before the money."""
    use(lunch, head("pot-pack") + POT.format(start="start_yuan = 4.00"), "pot-pack")
    orders = (lunch.order("202"), lunch.order("202"))
    with pytest.raises(Refusal) as caught:
        lunch.sell(*orders)
    assert caught.value.code == "sale.amount_changed"
    due = caught.value.facts["now_fen"]
    assert due == 700 + 900
    done = selling.ring_up(lunch.desk, lunch.cashier, orders, (Payment("cash", due),), due, "s")
    assert [one.pays_fen for one in done.documents] == [700, 900]
    assert scalar(lunch, "select start_fen - drawn_fen from budgets where name = 'pot'") == 0
    assert verifying.verify(lunch.desk).problems == ()


def test_a_fund_that_gets_more_money_goes_on_giving(lunch) -> None:
    use(lunch, head("pot-pack") + POT.format(start="start_yuan = 3.00"), "pot-pack")
    assert lunch.sell(lunch.order("202")).documents[0].pays_fen == 700
    assert lunch.sell(lunch.order("202")).documents[0].pays_fen == 1000
    policies.add_pack(lunch.desk, lunch.manager, head("pot-pack") + POT.format(start="start_yuan = 5.00"))
    assert verifying.verify(lunch.desk).problems == ()
    assert lunch.sell(lunch.order("202")).documents[0].pays_fen == 800
    assert verifying.verify(lunch.desk).problems == ()


def test_a_pot_whose_beginning_is_said_late_has_given_already(lunch) -> None:
    """First no end, then 8.00 in all: two meals came out of the same pot, and a refund puts one back."""
    use(lunch, head("pot-pack") + POT.format(start=""), "pot-pack")
    sales = [lunch.sell(lunch.order("202")).documents[0] for _ in range(3)]
    policies.add_pack(lunch.desk, lunch.manager, head("pot-pack") + POT.format(start="start_yuan = 8.00"))
    assert verifying.verify(lunch.desk).problems == ()
    assert lunch.sell(lunch.order("202")).documents[0].pays_fen == 1000  # 9.00 were drawn
    give_back(lunch, sales[0].document_id)
    assert lunch.sell(lunch.order("202")).documents[0].pays_fen == 800  # 2.00 are left of 8.00
    assert verifying.verify(lunch.desk).problems == ()
    policies.add_pack(lunch.desk, lunch.manager, head("pot-pack") + POT.format(start=""))
    assert lunch.sell(lunch.order("202")).documents[0].pays_fen == 700
    give_back(lunch, sales[1].document_id)
    assert verifying.verify(lunch.desk).problems == ()
    with lunch.desk.db.write() as conn:
        conn.execute(text("update budgets set drawn_fen = drawn_fen - 1"))
    assert [problem.document for problem in verifying.verify(lunch.desk).problems] == ["budget pot"]


# -- claims -----------------------------------------------------------------------------------------

CLAIM = """
[[rule]]
id = "grant"
title = "补助"
fund = "district"
order = 1
effect = { claim = "grant", amount_yuan = 1.00, per = "bill" }
"""


def test_a_claim_does_not_outlive_its_food(lunch) -> None:
    """Only the box is left of a meal: there is nothing the district could be asked to pay for."""
    order = lunch.order("202", who=lunch.zhao, serving=Serving.TAKEAWAY)
    sale = lunch.sell(order).documents[0]
    give_back(lunch, sale.document_id, {1: 1})
    assert {name: fen for name, fen in ledger(lunch).items() if "district" in name} == {}
    assert scalar(lunch, "select count(*) from quota_uses where released_by is null") == 0
    give_back(lunch, sale.document_id)
    assert ledger(lunch) == {}
    assert verifying.verify(lunch.desk).problems == ()


def test_two_packs_may_call_a_claim_the_same(lunch) -> None:
    policies.add_pack(lunch.desk, lunch.manager, head("one") + CLAIM)
    use(lunch, head("two") + CLAIM, "one", "two")
    sale = lunch.sell(lunch.order("202")).documents[0]
    assert ledger(lunch)["grants district"] == -200
    give_back(lunch, sale.document_id)
    assert ledger(lunch) == {}
    assert verifying.verify(lunch.desk).problems == ()


# -- all of it together -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_any_sale_undone_in_any_parts_leaves_nothing(lunch, seed: int) -> None:
    """Three funds, budget, quotas, claim, voucher, principal and bonus, codes, rounded cash, several eaters."""
    dice = random.Random(seed)
    settings_store.save(lunch.desk, lunch.manager, cash_rounding="jiao")
    add_voucher(lunch.desk, "V1", 700)
    before = wallets.purse(lunch.desk, lunch.wang.account_id)
    orders = tuple(
        lunch.order(
            *(
                f"{code}*{dice.randint(1, 3)}"
                for code in dice.sample(("101", "202", "701"), dice.randint(1, 3))
            ),
            who=who,
            serving=dice.choice((Serving.DINE_IN, Serving.TAKEAWAY)),
        )
        for who in dice.sample((lunch.wang, lunch.zhao, lunch.li, None), 2)
    )
    due = sum(selling.quote(lunch.desk, order).pays_fen for order in orders)
    parts = [
        Payment("voucher", 333, voucher_serial="V1"),
        Payment("wallet", min(5111, due // 3), account_id=lunch.wang.account_id),
        Payment("wechat", 101),
    ]
    cash = due - sum(part.fen for part in parts)
    asked = (cash + 5) // 10 * 10
    money = (*parts, Payment("cash", asked, given_fen=asked + 300))
    done = selling.ring_up(lunch.desk, lunch.cashier, orders, money, due, "s")
    assert verifying.verify(lunch.desk).problems == ()
    if dice.random() < 0.5:  # the second eater's part was paid by bank card after all
        one = done.documents[1]
        selling.correct_tender(
            lunch.desk, lunch.cashier, one.document_id, (Payment("bank_card", one.pays_fen),), "按错"
        )
    left = [
        (sale.document_id, line.line_no)
        for sale in done.documents
        for line in refunding.refundable(lunch.desk, sale.document_id)
        for _ in range(line.left)
    ]
    dice.shuffle(left)
    lunch.house.clock.set(datetime.fromisoformat("2026-11-24T12:00:00+08:00"))
    for document_id, line_no in left:
        give_back(lunch, document_id, {line_no: 1})
        assert verifying.verify(lunch.desk).problems == ()
    assert ledger(lunch) == {}
    assert wallets.purse(lunch.desk, lunch.wang.account_id) == before
    assert scalar(lunch, "select count(*) from quota_uses where released_by is null") == 0
    assert scalar(lunch, "select used_document_id from vouchers") is None
    assert scalar(lunch, "select coalesce(sum(start_fen - drawn_fen), 500) from budgets") == 500
    assert shifts.x_report(lunch.desk).expected_fen == 25_000


def test_a_meal_paid_whole_by_funds_can_be_taken_back(lunch) -> None:
    free = (
        head("free-pack")
        + """
[[quota]]
name = "free.day"
per = "day"
meals = 1

[[rule]]
id = "free"
title = "免费餐"
fund = "charity"
order = 1
quotas = ["free.day"]
effect = { free = true, per = "bill" }
"""
    )
    use(lunch, free, "free-pack")
    order = lunch.order("101", "202*2", who=lunch.li)
    sale = lunch.sell(order).documents[0]
    assert sale.pays_fen == 0
    assert selling.quote(lunch.desk, lunch.order("202", who=lunch.li)).pays_fen == 1000
    give_back(lunch, sale.document_id, {2: 1})
    with pytest.raises(Refusal) as caught:
        selling.correct_tender(lunch.desk, lunch.cashier, sale.document_id, (Payment("cash", 0),), "x")
    assert caught.value.code in ("tender.refunded", "payment.not_positive")
    give_back(lunch, sale.document_id)
    assert ledger(lunch) == {}
    assert selling.quote(lunch.desk, lunch.order("202", who=lunch.li)).pays_fen == 0
    assert verifying.verify(lunch.desk).problems == ()


def test_the_same_id_for_another_request_is_refused_whatever_differs(lunch) -> None:
    order = lunch.order("202", who=lunch.zhao)
    desk: Desk = lunch.desk
    selling.ring_up(desk, lunch.cashier, (order,), (Payment("cash", 630),), 630, "s")
    others = (
        ((order,), (Payment("wechat", 630),), "s"),
        ((order,), (Payment("cash", 630, given_fen=1000),), "s"),
        ((replace(order, person_id=lunch.wang.id),), (Payment("cash", 630),), "s"),
        ((replace(order, lines=order.lines * 1, serving=Serving.TAKEAWAY),), (Payment("cash", 630),), "s"),
        ((order, lunch.order("201")), (Payment("cash", 630),), "s"),
        ((order,), (Payment("cash", 630),), "another settlement"),
    )
    for orders, money, settlement in others:
        with pytest.raises(Refusal) as caught:
            selling.ring_up(desk, lunch.cashier, orders, money, 630, settlement)
        assert caught.value.code == "sale.id_reused"
    with pytest.raises(Refusal) as caught:
        wallets.top_up(desk, lunch.cashier, lunch.wang.account_id, 100, "cash", request_id=order.id)
    assert caught.value.code == "sale.id_reused"
