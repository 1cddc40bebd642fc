"""Ringing up: what is written, what is refused, and that asking twice is one sale."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.order import Payment
from canteen_pos.services import members, menus, sales_book, selling, settings_store, shifts, wallets
from canteen_pos.services.context import Desk
from canteen_pos.storage import tables as t
from tests.integration.hands import balance, race, refused, second_till
from tests.integration.purse_hands import add_voucher, open_on_account


def count(desk: Desk, table: object) -> int:
    with desk.db.read() as conn:
        return conn.execute(select(func.count()).select_from(table)).scalar_one()


# -- the sale -----------------------------------------------------------------------------------------


def test_a_sale_is_split_by_who_pays(lunch) -> None:
    """15.00 + 12.00 = 27.00; city 3.00, charity 2.00, ten percent of 22.00 is 2.20: 19.80 to pay."""
    done = lunch.sell(lunch.order("101", "201", who=lunch.wang))
    detail = sales_book.load(lunch.desk, done.documents[0].document_id)
    assert (detail.list_fen, detail.subsidy_fen, detail.own_discount_fen, detail.pays_fen) == (
        2700,
        500,
        220,
        1980,
    )
    assert detail.by_fund_fen == {"charity": 200, "city": 300, "operator": 220}
    assert detail.number_text.startswith("T1-")
    assert detail.cashier == "李芳"
    assert detail.person_name == "王桂芳"
    assert [line.detail for line in detail.lines] == ["红烧肉 紫菜蛋花汤", ""]
    with lunch.desk.db.read() as conn:
        entries = {
            (row.account, row.fund): row.fen
            for row in conn.execute(
                select(t.ledger_entries).where(t.ledger_entries.c.document_id == detail.document_id)
            )
        }
    assert entries == {
        ("cash:T1", ""): 1980,
        ("own_discount", ""): 220,
        ("receivable", "charity"): 200,
        ("receivable", "city"): 300,
        ("receivable", "district"): 100,
        ("grants", "district"): -100,
        ("sales", ""): -2700,
    }


def test_the_quote_writes_nothing(lunch) -> None:
    before = count(lunch.desk, t.documents)
    shown = selling.quote(lunch.desk, lunch.order("201*3", who=lunch.zhao))
    assert (shown.list_fen, shown.pays_fen) == (3600, 2970)
    assert shown.lines[0].subsidy_fen == 300
    assert count(lunch.desk, t.documents) == before
    assert count(lunch.desk, t.quota_uses) == 0


def test_change_is_what_was_given_beyond_the_price(lunch) -> None:
    order = lunch.order("201")
    done = lunch.sell(order, payments=(Payment("cash", 1200, given_fen=2000),))
    assert done.change_fen == 800
    assert shifts.x_report(lunch.desk).expected_fen == 20_000 + 5000 + 1200


def test_half_portions_weighed_food_and_an_open_price(lunch) -> None:
    order = lunch.order("201/", "701")
    line = replace(order.lines[0], key="3", portion="full", open_price_fen=888, open_reason="菜品不足量")
    order = replace(order, lines=(*order.lines, line))
    assert [line.list_fen for line in selling.quote(lunch.desk, order).lines] == [600, 936, 888]
    refused("right.approval_needed", lambda: lunch.sell(order))
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    done = selling.ring_up(lunch.desk, approved, (order,), (Payment("cash", 2424),), 2424, "s")
    assert sales_book.load(lunch.desk, done.documents[0].document_id).approved_by == "陈经理"


def test_boxes_and_delivery_are_lines_of_their_own(lunch) -> None:
    away = selling.quote(lunch.desk, lunch.order("201*2", "101", serving=Serving.TAKEAWAY))
    assert [(line.kind, line.list_fen) for line in away.lines][-1] == ("box_fee", 300)
    home = selling.quote(lunch.desk, lunch.order("201", serving=Serving.DELIVERY))
    assert [(line.kind, line.list_fen) for line in home.lines][-1] == ("delivery_fee", 300)


def test_a_box_costs_by_the_unit_or_by_the_meal_or_nothing(lunch) -> None:
    order = lunch.order("201*2", "101", serving=Serving.TAKEAWAY)
    for changes, fee in (({"box_fee_per": "meal"}, [100]), ({"box_fee_fen": 0}, [])):
        settings_store.save(lunch.desk, lunch.manager, **changes)
        lines = selling.quote(lunch.desk, order).lines
        assert [line.list_fen for line in lines if line.kind == "box_fee"] == fee
    refused(
        "settings.unknown_choice",
        lambda: settings_store.save(lunch.desk, lunch.manager, box_fee_per="box"),
    )


def test_a_free_meal_needs_no_payment(lunch) -> None:
    order = replace(
        lunch.order("201"),
        lines=(replace(lunch.order("201").lines[0], open_price_fen=0, open_reason="试吃"),),
    )
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    done = selling.ring_up(lunch.desk, approved, (order,), (), 0, "s")
    assert done.documents[0].pays_fen == 0


# -- refused ------------------------------------------------------------------------------------------


def test_no_sale_without_an_open_shift(lunch) -> None:
    shifts.close(lunch.desk, lunch.cashier, {10_000: 2, 5000: 1})
    refused("shift.none_open", lambda: lunch.sell(lunch.order("201")))
    assert count(lunch.desk, t.document_lines) == 0


def test_a_price_that_changed_is_shown_and_not_charged(lunch) -> None:
    order = lunch.order("202")
    menus.set_price(lunch.desk, lunch.manager, order.service_date, "lunch", order.lines[0].dish_id, 1100)
    why = refused(
        "sale.amount_changed",
        lambda: selling.ring_up(lunch.desk, lunch.cashier, (order,), (Payment("cash", 1000),), 1000, "s"),
    )
    assert why.facts == {"was_fen": 1000, "now_fen": 1100}
    assert count(lunch.desk, t.document_lines) == 0


@pytest.mark.parametrize(
    ("payments", "code"),
    [
        ((Payment("cash", 1100),), "payment.not_the_sum"),
        ((Payment("cash", 1300),), "payment.not_the_sum"),
        ((Payment("cash", 1200, given_fen=1000),), "cash.short"),
        ((Payment("cash", -1200),), "payment.not_positive"),
        ((Payment("cash", 600), Payment("cash", 600)), "payment.cash_twice"),
        ((Payment("wallet", 1200),), "account.unknown"),
        ((Payment("voucher", 1200, voucher_serial="none"),), "voucher.unknown"),
        ((Payment("shells", 1200),), "tender.off"),
    ],
)
def test_money_that_does_not_fit_is_refused(lunch, payments, code) -> None:
    refused(code, lambda: lunch.sell(lunch.order("201"), payments=payments))
    assert count(lunch.desk, t.document_lines) == 0


def test_the_same_sale_twice_is_one_sale(lunch) -> None:
    order = lunch.order("201", who=lunch.wang)
    money = (Payment("wallet", 630, account_id=lunch.wang.account_id),)
    first = lunch.sell(order, payments=money, settlement_id="one")
    again = selling.ring_up(lunch.desk, lunch.cashier, (order,), money, 630, "one")
    assert again == replace(first, again=True)
    assert balance(lunch, lunch.wang) == (4370, 500)
    other = replace(order, lines=(replace(order.lines[0], quantity=2),))
    refused("sale.id_reused", lambda: selling.ring_up(lunch.desk, lunch.cashier, (other,), money, 630, "one"))


def test_two_purses_pay_and_the_answer_names_the_first_again(lunch) -> None:
    """Zhao's purse has the later number and pays first: both answers say what is left in it."""
    wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 1000, "cash", request_id="top-up-zhao")
    order = lunch.order("201", who=lunch.li)
    money = (
        Payment("wallet", 700, account_id=lunch.zhao.account_id),
        Payment("wallet", 500, account_id=lunch.wang.account_id),
    )
    first = lunch.sell(order, payments=money, settlement_id="two")
    assert first.balance_after_fen == 300
    again = selling.ring_up(lunch.desk, lunch.cashier, (order,), money, 1200, "two")
    assert again == replace(first, again=True)


def test_an_old_order_is_not_sold_at_yesterdays_terms(lunch) -> None:
    order = lunch.order("201")
    lunch.house.clock.set(datetime.fromisoformat("2026-11-23T13:59:00+08:00"))
    assert selling.renewed(lunch.desk, order) == order
    lunch.house.clock.set(datetime.fromisoformat("2026-11-23T17:00:00+08:00"))
    refused("order.period_passed", lambda: lunch.sell(order))
    fresh = selling.renewed(lunch.desk, order)
    assert (fresh.period, fresh.id) == ("dinner", order.id)
    assert lunch.sell(fresh).documents[0].pays_fen == 1200


# -- portions -----------------------------------------------------------------------------------------


def left(lunch, code: str) -> int | None:
    found = menus.tiles(lunch.desk, lunch.desk.clock.now().date(), "lunch")
    return next(tile.left_halves for tile in found if tile.code == code)


def test_portions_go_down_and_beyond_only_with_a_log(lunch) -> None:
    lunch.sell(lunch.order("201*2", "201/"))
    assert left(lunch, "201") == 1
    refused("portions.short", lambda: lunch.sell(lunch.order("201")))
    lunch.sell(lunch.order("201"), oversell=True)
    assert left(lunch, "201") == -1
    with lunch.desk.db.read() as conn:
        assert "oversold" in conn.execute(select(t.events.c.kind)).scalars().all()


# -- tenders ------------------------------------------------------------------------------------------


def test_a_purse_pays_principal_first_then_bonus(lunch) -> None:
    order = lunch.order("201*3", "101", who=lunch.zhao)  # 51.00 - 3.00 - 10 % of 48.00
    done = lunch.sell(order, payments=(Payment("wallet", 4320, account_id=lunch.wang.account_id),))
    assert done.balance_after_fen == 1180
    assert balance(lunch, lunch.wang) == (680, 500)
    lunch.sell(lunch.order("202"), payments=(Payment("wallet", 1000, account_id=lunch.wang.account_id),))
    assert balance(lunch, lunch.wang) == (0, 180)
    short = refused(
        "wallet.short",
        lambda: lunch.sell(
            lunch.order("202"), payments=(Payment("wallet", 1000, account_id=lunch.wang.account_id),)
        ),
    )
    assert short.facts["balance_fen"] == 180
    assert balance(lunch, lunch.wang) == (0, 180)


def test_on_account_up_to_its_limit(lunch) -> None:
    staff = open_on_account(lunch.desk, lunch.manager, "员工餐", 1500, "staff")
    lunch.sell(lunch.order("201"), payments=(Payment("on_account", 1200, account_id=staff.account_id),))
    assert wallets.purse(lunch.desk, staff.account_id).balance_fen == -1200
    why = refused(
        "account.over_limit",
        lambda: lunch.sell(
            lunch.order("202"), payments=(Payment("on_account", 1000, account_id=staff.account_id),)
        ),
    )
    assert why.facts["left_fen"] == 300


def test_a_voucher_pays_once_at_face_value_without_change(lunch) -> None:
    add_voucher(lunch.desk, "V1", 1000)
    add_voucher(lunch.desk, "V2", 1000, valid_to="2026-11-22")
    refused(
        "voucher.face",
        lambda: lunch.sell(lunch.order("201"), payments=(Payment("voucher", 1200, voucher_serial="V1"),)),
    )
    refused(
        "voucher.not_valid",
        lambda: lunch.sell(lunch.order("202"), payments=(Payment("voucher", 1000, voucher_serial="V2"),)),
    )
    split = (Payment("voucher", 1000, voucher_serial="V1"), Payment("wechat", 200, reference="420000"))
    lunch.sell(lunch.order("201"), payments=split)
    refused(
        "voucher.used",
        lambda: lunch.sell(lunch.order("202"), payments=(Payment("voucher", 1000, voucher_serial="V1"),)),
    )


def test_several_eaters_one_payment(lunch) -> None:
    orders = (lunch.order("201", who=lunch.wang), lunch.order("202", who=lunch.li))  # 6.30 and 10.00
    money = (Payment("wechat", 700), Payment("cash", 930, given_fen=1000))
    done = lunch.sell(*orders, payments=money, settlement_id="table")
    assert [one.pays_fen for one in done.documents] == [630, 1000]
    assert done.change_fen == 70
    parts = [
        [
            (row.tender, row.fen, row.change_fen)
            for row in sales_book.load(lunch.desk, one.document_id).payments
        ]
        for one in done.documents
    ]
    assert parts == [[("wechat", 630, 0)], [("wechat", 70, 0), ("cash", 930, 70)]]
    refused(
        "order.same_eater",
        lambda: lunch.sell(lunch.order("202", who=lunch.li), lunch.order("202", who=lunch.li)),
    )


def test_cash_rounding_is_a_row_of_its_own(lunch) -> None:
    settings_store.save(lunch.desk, lunch.manager, cash_rounding="jiao")
    order = lunch.order("701")  # 9.36
    refused("payment.not_the_sum", lambda: lunch.sell(order, payments=(Payment("cash", 936),)))
    done = lunch.sell(order, payments=(Payment("cash", 940),))
    assert done.rounding_fen == 4
    detail = sales_book.load(lunch.desk, done.documents[0].document_id)
    assert (detail.pays_fen, detail.rounding_fen) == (936, 4)
    exact = lunch.sell(lunch.order("701"), payments=(Payment("alipay", 936),))
    assert exact.rounding_fen == 0


# -- quotas and budgets -------------------------------------------------------------------------------


def test_once_a_meal_is_once_a_meal(lunch) -> None:
    first = lunch.sell(lunch.order("202", who=lunch.zhao))
    assert first.documents[0].pays_fen == 630
    second = selling.quote(lunch.desk, lunch.order("202", who=lunch.zhao))
    assert second.pays_fen == 900
    reason = next(refusal.reason for refusal in second.quote.refused if refusal.rule == "city")
    assert reason.code == "quota.used"
    assert reason.facts["document"] == first.documents[0].number_text
    lunch.house.clock.advance(24 * 3600)
    assert selling.quote(lunch.desk, lunch.order("202", who=lunch.zhao)).pays_fen == 630


def test_a_budget_runs_out_for_everybody(lunch) -> None:
    """Charity has 5.00; the third gift of 2.00 finds 1.00 and its pack says: then nothing."""
    paid = []
    for day in range(3):
        lunch.house.clock.set(datetime.fromisoformat("2026-11-23T12:00:00+08:00") + timedelta(days=7 * day))
        paid.append(lunch.sell(lunch.order("202", who=lunch.wang)).documents[0].pays_fen)
    assert paid == [450, 450, 630]
    with lunch.desk.db.read() as conn:
        assert (
            conn.execute(text("select start_fen - drawn_fen from budgets where name = 'charity'")).scalar()
            == 100
        )


def test_two_tills_never_give_one_quota_twice(lunch) -> None:
    other = second_till(lunch)
    orders = [lunch.order("202", who=lunch.zhao) for _ in range(2)]
    answers = race(
        *(
            lambda desk=desk, order=order: selling.ring_up(
                desk, lunch.cashier, (order,), (Payment("cash", 630),), 630, order.id
            )
            for desk, order in zip((lunch.desk, other), orders, strict=True)
        )
    )
    refusals = [answer for answer in answers if isinstance(answer, str)]
    assert len(refusals) == 1
    assert refusals[0] in ("quota.used", "sale.amount_changed")
    assert count(lunch.desk, t.quota_uses) == 1


def test_the_same_sale_from_two_threads_is_one_sale(lunch) -> None:
    order = lunch.order("202")

    def ring() -> selling.Settled:
        return selling.ring_up(lunch.desk, lunch.cashier, (order,), (Payment("cash", 1000),), 1000, "s")

    answers = race(ring, ring, ring)
    assert len({answer.documents for answer in answers}) == 1
    assert sorted(answer.again for answer in answers) == [False, True, True]
    assert count(lunch.desk, t.document_lines) == 1


def test_two_tills_never_take_one_voucher_twice(lunch) -> None:
    add_voucher(lunch.desk, "V1", 1000)
    other = second_till(lunch)
    orders = [lunch.order("202") for _ in range(2)]
    money = (Payment("voucher", 1000, voucher_serial="V1"),)
    answers = race(
        *(
            lambda desk=desk, order=order: selling.ring_up(
                desk, lunch.cashier, (order,), money, 1000, order.id
            )
            for desk, order in zip((lunch.desk, other), orders, strict=True)
        )
    )
    assert [answer for answer in answers if isinstance(answer, str)] == ["voucher.used"]
    assert count(lunch.desk, t.document_lines) == 1


def test_two_tills_never_spend_one_fen_twice(lunch) -> None:
    other = second_till(lunch)
    money = (Payment("wallet", 3600, account_id=lunch.wang.account_id),)
    orders = [lunch.order("201*3") for _ in range(2)]
    answers = race(
        *(
            lambda desk=desk, order=order: selling.ring_up(
                desk, lunch.cashier, (order,), money, 3600, order.id, oversell=True
            )
            for desk, order in zip((lunch.desk, other), orders, strict=True)
        )
    )
    assert sorted(answer for answer in answers if isinstance(answer, str)) == ["wallet.short"]
    assert balance(lunch, lunch.wang) == (1400, 500)


def test_one_till_hands_out_every_number_once(lunch) -> None:
    def ten() -> None:
        for _ in range(5):
            lunch.sell(lunch.order("202"))

    race(ten, ten, ten)
    with lunch.desk.db.read() as conn:
        numbers = conn.execute(select(t.documents.c.number).order_by(t.documents.c.number)).scalars().all()
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 16


def test_a_crash_in_the_middle_leaves_nothing(lunch, monkeypatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("power cut")

    before = count(lunch.desk, t.documents)
    monkeypatch.setattr(selling.print_queue, "enqueue", crash)
    order = lunch.order("201", who=lunch.wang)
    money = (Payment("wallet", 630, account_id=lunch.wang.account_id),)
    with pytest.raises(RuntimeError):
        lunch.sell(order, payments=money)
    assert count(lunch.desk, t.documents) == before
    assert count(lunch.desk, t.quota_uses) == 0
    assert balance(lunch, lunch.wang) == (5000, 500)
    assert left(lunch, "201") == 6
    monkeypatch.undo()
    assert lunch.sell(order, payments=money).documents[0].number_text == "T1-000002"


# -- the book -----------------------------------------------------------------------------------------


def test_finding_a_sale_again(lunch) -> None:
    done = lunch.sell(lunch.order("201", who=lunch.wang)).documents[0]
    lunch.house.clock.advance(1)
    last = lunch.sell(lunch.order("202")).documents[0]
    assert [row.number_text for row in sales_book.recent(lunch.desk, 2)] == [
        last.number_text,
        done.number_text,
    ]
    for words in (
        done.number_text,
        done.number_text[-3:],
        done.short_hash,
        "王桂",
        "wgf",
        lunch.wang.member_no,
    ):
        assert done.document_id in {row.document_id for row in sales_book.find(lunch.desk, words)}, words
    assert sales_book.find(lunch.desk, "ghost") == ()
    refused("document.unknown", lambda: sales_book.load(lunch.desk, "none"))


def test_a_person_is_a_token_and_a_digest_in_the_hashed_text(lunch) -> None:
    done = lunch.sell(lunch.order("201", who=lunch.wang)).documents[0]
    with lunch.desk.db.read() as conn:
        body = conn.execute(
            select(t.documents.c.body).where(t.documents.c.id == done.document_id)
        ).scalar_one()
    for secret in ("王桂芳", "1944", "dibao", lunch.wang.member_no):
        assert secret not in body, secret
    assert lunch.wang.token in body


def test_the_member_remembers_the_last_meal(lunch) -> None:
    lunch.sell(lunch.order("201", who=lunch.wang))
    found = members.by_id(lunch.desk, lunch.wang.id)
    assert found.last_meal.period == "lunch"


@pytest.mark.parametrize("chosen", [("红烧肉",), ("佛跳墙", "紫菜蛋花汤"), ("红烧肉", "紫菜蛋花汤", "米饭")])
def test_a_set_is_sold_with_what_it_offers(lunch, chosen) -> None:
    order = lunch.order("101")
    odd = replace(order, lines=(replace(order.lines[0], choices=chosen),))
    refused("line.choices", lambda: selling.quote(lunch.desk, odd))


def test_tomorrows_entitlement_is_not_used_today(lunch) -> None:
    tomorrow = lunch.desk.clock.now().date() + timedelta(days=1)
    order = lunch.order("202", who=lunch.wang, service_date=tomorrow)
    refused("order.not_yet", lambda: lunch.sell(order))
