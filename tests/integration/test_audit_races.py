"""Two tills at the same thing at the same moment, on both databases: what the sale's own tests do not race."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from canteen_pos.domain.order import Payment
from canteen_pos.services import (
    parking,
    planning,
    policies,
    refunding,
    selling,
    settings_store,
    shifts,
    verifying,
    wallets,
)
from canteen_pos.services.context import Desk
from tests.integration.hands import race, second_till

POT = """
id = "pot-pack"
title = "审计"
source = "tests"
date = 2026-01-01
sample = true

[[budget]]
name = "pot"
short = "part"
start_yuan = 10.00

[[rule]]
id = "gift"
title = "慈善"
fund = "charity"
order = 1
budgets = ["pot"]
effect = { off_yuan = 3.00, per = "bill" }
"""


@pytest.fixture
def other(lunch) -> Desk:
    return second_till(lunch)


def scalar(lunch, statement: str) -> object:
    with lunch.desk.db.read() as conn:
        return conn.execute(text(statement)).scalar()


def test_one_line_is_given_back_once(lunch, other) -> None:
    paid = (Payment("wallet", 3000, account_id=lunch.wang.account_id),)
    sale = lunch.sell(lunch.order("202*3"), payments=paid).documents[0].document_id

    def give(desk: Desk) -> Callable[[], object]:
        return lambda: refunding.refund(desk, lunch.manager, sale, {1: 2}, "退", uuid.uuid4().hex)

    answers = race(give(lunch.desk), give(other))
    assert [answer for answer in answers if isinstance(answer, str)] == ["refund.too_many"]
    assert wallets.purse(lunch.desk, lunch.wang.account_id).balance_fen == 4000
    assert verifying.verify(lunch.desk).problems == ()


def test_a_refund_and_a_correction_of_one_sale(lunch, other) -> None:
    """Whichever comes first, the money is given back once and from where it then lay."""
    sale = lunch.sell(
        lunch.order("202"), payments=(Payment("wallet", 1000, account_id=lunch.wang.account_id),)
    )
    document = sale.documents[0].document_id
    answers = race(
        lambda: refunding.refund(lunch.desk, lunch.manager, document, None, "退", "refund"),
        lambda: selling.correct_tender(
            other, lunch.manager, document, (Payment("wechat", 1000),), "按错", "c"
        ),
    )
    assert {answer for answer in answers if isinstance(answer, str)} <= {"tender.refunded"}
    assert wallets.purse(lunch.desk, lunch.wang.account_id).balance_fen == 5000
    assert verifying.verify(lunch.desk).problems == ()


def test_many_draw_on_a_pot_that_nobody_has_opened(lunch, other) -> None:
    policies.add_pack(lunch.desk, lunch.manager, POT)
    policies.choose(lunch.desk, lunch.manager, ("pot-pack",))

    def sell(desk: Desk) -> Callable[[], object]:
        order = lunch.order("202")
        return lambda: selling.ring_up(desk, lunch.cashier, (order,), (Payment("cash", 700),), 700, order.id)

    for _ in range(2):
        answers = race(sell(lunch.desk), sell(other))
        assert not [
            a for a in answers if isinstance(a, str) and a not in ("sale.amount_changed", "budget.short")
        ]
    assert scalar(lunch, "select start_fen - drawn_fen from budgets where name = 'pot'") == (
        1000 - 300 * int(str(scalar(lunch, "select count(*) from document_shares")))
    )
    assert verifying.verify(lunch.desk).problems == ()


def test_a_parked_order_comes_back_once(lunch) -> None:
    kept = parking.park(lunch.desk, lunch.cashier, (lunch.order("202"),), "挂单").id
    answers = race(lambda: parking.resume(lunch.desk, kept), lambda: parking.resume(lunch.desk, kept))
    assert [answer for answer in answers if isinstance(answer, str)] == ["parked.gone"]


def test_a_sale_and_the_close_of_its_shift(lunch) -> None:
    """Either the sale is in the count or it finds no shift: none falls between."""
    order = lunch.order("202")
    answers = race(
        lambda: selling.ring_up(
            lunch.desk, lunch.cashier, (order,), (Payment("cash", 1000),), 1000, order.id
        ),
        lambda: shifts.close(lunch.desk, lunch.cashier, {10_000: 2, 5000: 1}, "找零"),
    )
    refusals = [answer for answer in answers if isinstance(answer, str)]
    assert refusals in ([], ["shift.none_open"])
    closed = shifts.recent(lunch.desk, 1)[0]
    assert closed.expected_fen == (25_000 if refusals else 26_000)
    assert verifying.verify(lunch.desk).problems == ()


def test_a_purse_refunded_and_spent_at_once(lunch, other) -> None:
    sale = lunch.sell(
        lunch.order("202*5"), payments=(Payment("wallet", 5000, account_id=lunch.wang.account_id),)
    ).documents[0]
    orders = [lunch.order("202") for _ in range(2)]
    money = (Payment("wallet", 500, account_id=lunch.wang.account_id), Payment("cash", 500))
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    answers = race(
        lambda: refunding.refund(lunch.desk, approved, sale.document_id, None, "退", uuid.uuid4().hex),
        *(
            lambda desk=desk, order=order: selling.ring_up(
                desk, lunch.cashier, (order,), money, 1000, order.id
            )
            for desk, order in zip((lunch.desk, other), orders, strict=True)
        ),
    )
    assert [answer for answer in answers if isinstance(answer, str)] in ([], ["wallet.short"])
    assert verifying.verify(lunch.desk).problems == ()


def test_settings_that_two_tills_save_at_once_are_both_kept(lunch, other) -> None:
    day = lunch.desk.clock.now().date()
    for number in range(1, 11):
        closed = day + timedelta(days=number)
        answers = race(
            lambda number=number: settings_store.save(lunch.desk, lunch.manager, low_balance_fen=number),
            lambda number=number: settings_store.save(other, lunch.manager, box_fee_fen=number),
            lambda closed=closed: planning.set_closed(other, lunch.manager, closed, True),
        )
        assert not [answer for answer in answers if isinstance(answer, str)]
        kept = settings_store.load(lunch.desk)
        assert (kept.low_balance_fen, kept.box_fee_fen) == (number, number)
        assert closed in kept.closed_days
