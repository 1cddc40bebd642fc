"""Giving back: stored amounts, each to its source, quotas released once the whole benefit is back."""

import uuid
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, text

from canteen_pos.domain.order import Payment
from canteen_pos.printing.papers import Head
from canteen_pos.printing.receipts import ticket_of
from canteen_pos.printing.ticket import Text
from canteen_pos.services import (
    erasing,
    menus,
    print_slips,
    refunding,
    sales_book,
    selling,
    settings_store,
    shifts,
    verifying,
)
from canteen_pos.services.refunding import RefundDone, VoucherBack
from canteen_pos.storage import tables as t
from tests.integration.hands import balance, ledger, refused
from tests.integration.purse_hands import add_voucher


def give_back(lunch, document_id: str, wanted=None, **more) -> RefundDone:
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    request = more.pop("request_id", uuid.uuid4().hex)
    return refunding.refund(lunch.desk, approved, document_id, wanted, "菜凉了", request, **more)


def test_a_whole_refund_undoes_exactly(lunch) -> None:
    order = lunch.order("101", "202*2", who=lunch.wang)
    before = balance(lunch, lunch.wang)
    paid = selling.quote(lunch.desk, order).pays_fen
    sale = lunch.sell(order, payments=(Payment("wallet", paid, account_id=lunch.wang.account_id),))
    done = give_back(lunch, sale.documents[0].document_id)
    assert done.back_fen == paid
    assert balance(lunch, lunch.wang) == before
    assert ledger(lunch) == {}
    with lunch.desk.db.read() as conn:
        assert (
            conn.execute(text("select start_fen - drawn_fen from budgets where name = 'charity'")).scalar()
            == 500
        )
    assert selling.quote(lunch.desk, lunch.order("101", "202*2", who=lunch.wang)).pays_fen == paid
    refused("refund.nothing", lambda: give_back(lunch, sale.documents[0].document_id))


def test_a_refund_needs_a_manager_and_a_reason(lunch) -> None:
    sale = lunch.sell(lunch.order("201")).documents[0].document_id
    refused(
        "right.approval_needed",
        lambda: refunding.refund(lunch.desk, lunch.cashier, sale, None, "菜凉了", "r"),
    )
    refused("refund.reason_needed", lambda: refunding.refund(lunch.desk, lunch.manager, sale, None, " ", "r"))
    done = give_back(lunch, sale)
    assert sales_book.load(lunch.desk, done.document_id).approved_by == "陈经理"
    refused("refund.not_a_sale", lambda: give_back(lunch, done.document_id))
    refused("document.unknown", lambda: give_back(lunch, "none"))


def test_parts_add_up_to_the_whole(lunch) -> None:
    """Three of one dish, one after another: 36.00 less 3.00 and ten percent is 29.70."""
    sale = lunch.sell(lunch.order("201*3", who=lunch.zhao)).documents[0]
    back = [give_back(lunch, sale.document_id, {1: 1}).back_fen for _ in range(3)]
    assert sum(back) == 2970
    assert max(back) - min(back) <= 1
    assert ledger(lunch) == {}
    refused("refund.too_many", lambda: give_back(lunch, sale.document_id, {1: 1}))


def test_what_is_left_to_refund(lunch) -> None:
    sale = lunch.sell(lunch.order("201*3", "202")).documents[0]
    give_back(lunch, sale.document_id, {1: 2})
    lines = refunding.refundable(lunch.desk, sale.document_id)
    assert [(line.quantity, line.refunded, line.left, line.pays_fen) for line in lines] == [
        (3, 2, 1, 1200),
        (1, 0, 1, 1000),
    ]
    refused("refund.too_many", lambda: give_back(lunch, sale.document_id, {1: 2}))
    refused("refund.too_many", lambda: give_back(lunch, sale.document_id, {9: 1}))


def test_a_quota_is_free_again_only_when_its_whole_benefit_is_back(lunch) -> None:
    sale = lunch.sell(lunch.order("201*2", who=lunch.zhao)).documents[0]
    give_back(lunch, sale.document_id, {1: 1})
    assert selling.quote(lunch.desk, lunch.order("202", who=lunch.zhao)).pays_fen == 900
    lunch.house.clock.set(datetime.fromisoformat("2026-11-24T09:00:00+08:00"))
    last = give_back(lunch, sale.document_id, {1: 1})
    detail = sales_book.load(lunch.desk, last.document_id)
    assert (detail.business_date.isoformat(), detail.service_date.isoformat()) == ("2026-11-24", "2026-11-23")
    with lunch.desk.db.read() as conn:
        uses = conn.execute(select(t.quota_uses.c.released_by)).scalars().all()
    assert uses == [last.document_id]


def test_money_goes_back_to_each_source(lunch) -> None:
    order = lunch.order("201", "202")
    money = (
        Payment("wechat", 500, reference="4200"),
        Payment("wallet", 700, account_id=lunch.wang.account_id),
        Payment("cash", 1000),
    )
    sale = lunch.sell(order, payments=money).documents[0]
    done = give_back(lunch, sale.document_id)
    assert dict(done.by_tender) == {"wechat": 500, "wallet": 700, "cash": 1000}
    assert balance(lunch, lunch.wang) == (5000, 500)
    payments = sales_book.load(lunch.desk, done.document_id).payments
    assert [payment.reference for payment in payments if payment.tender == "wechat"] == ["4200"]
    assert shifts.x_report(lunch.desk).expected_fen == 20_000 + 5000


def test_bonus_goes_back_as_bonus(lunch) -> None:
    lunch.sell(lunch.order("202*5"), payments=(Payment("wallet", 5000, account_id=lunch.wang.account_id),))
    sale = lunch.sell(
        lunch.order("202/"), payments=(Payment("wallet", 500, account_id=lunch.wang.account_id),)
    ).documents[0]
    assert balance(lunch, lunch.wang) == (0, 0)
    give_back(lunch, sale.document_id)
    assert balance(lunch, lunch.wang) == (0, 500)


def paper(lunch, done: RefundDone) -> list[str]:
    """Lines of text on the refund's slip."""
    detail = sales_book.load(lunch.desk, done.document_id)
    head = Head("食堂", "T1", done.number_text, detail.at, "李芳", "zh")
    blocks = ticket_of(print_slips.refund_slip(head, detail)).blocks
    return [block.text for block in blocks if isinstance(block, Text)]


def test_money_of_a_closed_purse_goes_back_in_cash(lunch) -> None:
    """Wang paid for Li and was forgotten on her wish: her purse takes nothing any more."""
    settings_store.save(lunch.desk, lunch.manager, cash_rounding="jiao")
    money = (Payment("wallet", 5000, account_id=lunch.wang.account_id), Payment("alipay", 936))
    sale = lunch.sell(lunch.order("202*5", "701", who=lunch.li), payments=money).documents[0].document_id
    erasing.erase(lunch.desk, lunch.manager, lunch.wang.id)
    closed = refused("refund.purse_closed", lambda: give_back(lunch, sale, {1: 2}, request_id="one"))
    assert closed.facts["back_fen"] == 1685
    done = give_back(lunch, sale, {1: 2}, request_id="one", closed_in_cash=True)
    assert done.by_tender == (("cash", 1690), ("alipay", 315))  # cash to the jiao, as the canteen rounds
    assert give_back(lunch, sale, {1: 2}, request_id="one", closed_in_cash=True).again
    refused("sale.id_reused", lambda: give_back(lunch, sale, {1: 2}, request_id="one"))
    rest = give_back(lunch, sale, closed_in_cash=True)
    assert rest.by_tender == (("cash", 3320), ("alipay", 621))
    refused("refund.nothing", lambda: give_back(lunch, sale, closed_in_cash=True))
    assert verifying.verify(lunch.desk).problems == ()
    left = ledger(lunch)
    assert [left["cash:T1"], left["rounding"]] == [-5010, 10]


def test_a_bonus_lapses_with_its_purse(lunch) -> None:
    """What was given and never paid out is not turned into cash by the back door."""
    money = (Payment("wallet", 5500, account_id=lunch.wang.account_id), Payment("cash", 500))
    sale = lunch.sell(lunch.order("202*6", who=lunch.li), payments=money).documents[0].document_id
    erasing.erase(lunch.desk, lunch.manager, lunch.wang.id)
    done = give_back(lunch, sale, closed_in_cash=True)
    assert done.by_tender == (("cash", 5000), ("wallet_bonus", 500), ("cash", 500))
    assert balance(lunch, lunch.wang) == (0, 500)
    assert verifying.verify(lunch.desk).problems == ()


def test_a_tender_of_a_closed_purse_is_not_corrected(lunch) -> None:
    money = (Payment("wallet", 5000, account_id=lunch.wang.account_id),)
    sale = lunch.sell(lunch.order("202*5", who=lunch.li), payments=money).documents[0].document_id
    erasing.erase(lunch.desk, lunch.manager, lunch.wang.id)
    cash = (Payment("cash", 5000),)
    refused(
        "purse.closed", lambda: selling.correct_tender(lunch.desk, lunch.cashier, sale, cash, "收的是现金")
    )


def test_a_voucher_is_good_again_when_all_it_paid_is_back(lunch) -> None:
    add_voucher(lunch.desk, "V1")
    money = (Payment("voucher", 1000, voucher_serial="V1"), Payment("cash", 1400))
    sale = lunch.sell(lunch.order("201*2"), payments=money).documents[0]
    used = select(t.vouchers.c.used_document_id)
    half = give_back(lunch, sale.document_id, {1: 1}, request_id="half")
    assert half.vouchers == (VoucherBack("V1", 500, free=False),)
    assert give_back(lunch, sale.document_id, {1: 1}, request_id="half").vouchers == half.vouchers
    assert "餐券 V1 只退回一部分，不能再用。" in paper(lunch, half)
    with lunch.desk.db.read() as conn:
        assert conn.execute(used).scalar() == sale.document_id
    assert verifying.verify(lunch.desk).problems == ()
    rest = give_back(lunch, sale.document_id)
    assert rest.vouchers == (VoucherBack("V1", 500, free=True),)
    assert "餐券 V1 已全部退回，可以再用。" in paper(lunch, rest)
    with lunch.desk.db.read() as conn:
        assert conn.execute(used).scalar() is None
    assert ledger(lunch) == {}
    assert verifying.verify(lunch.desk).problems == ()


def test_rounded_cash_comes_back_rounded_and_whole(lunch) -> None:
    settings_store.save(lunch.desk, lunch.manager, cash_rounding="jiao")
    order = lunch.order("701", "202", who=lunch.zhao)  # 19.36 - 3.00 - 1.64 = 14.72 -> 14.70
    assert selling.quote(lunch.desk, order).pays_fen == 1472
    sale = lunch.sell(order, payments=(Payment("cash", 1470),)).documents[0]
    first = give_back(lunch, sale.document_id, {1: 1})
    assert first.back_fen % 10 == 0
    assert first.back_fen + give_back(lunch, sale.document_id).back_fen == 1470
    assert ledger(lunch) == {}


def test_the_same_request_gives_back_once(lunch) -> None:
    sale = lunch.sell(lunch.order("201*2")).documents[0].document_id
    first = give_back(lunch, sale, {1: 1}, request_id="once")
    again = give_back(lunch, sale, {1: 1}, request_id="once")
    assert again == replace(first, again=True)
    refused("sale.id_reused", lambda: give_back(lunch, sale, {1: 2}, request_id="once"))
    assert shifts.x_report(lunch.desk).expected_fen == 20_000 + 5000 + 1200


def test_food_stays_off_the_menu_unless_said(lunch) -> None:
    def left() -> int | None:
        found = menus.tiles(lunch.desk, lunch.desk.clock.now().date(), "lunch")
        return next(tile.left_halves for tile in found if tile.code == "201")

    sale = lunch.sell(lunch.order("201*2", "201/")).documents[0].document_id
    give_back(lunch, sale, {1: 1})
    assert left() == 1
    give_back(lunch, sale, return_portions=True)
    assert left() == 4


def test_a_claim_is_taken_back_only_with_the_whole_meal(lunch) -> None:
    sale = lunch.sell(lunch.order("201*2", who=lunch.zhao)).documents[0].document_id
    give_back(lunch, sale, {1: 1})
    assert ledger(lunch)["grants district"] == -100
    give_back(lunch, sale)
    assert ledger(lunch) == {}


# -- tenders and marks ----------------------------------------------------------------------------


def test_a_wrong_tender_is_corrected_without_a_refund(lunch) -> None:
    sale = lunch.sell(lunch.order("201", who=lunch.zhao)).documents[0]  # 8.10
    selling.correct_tender(
        lunch.desk,
        lunch.cashier,
        sale.document_id,
        (Payment("wallet", 810, account_id=lunch.wang.account_id),),
        "按错了",
    )
    assert balance(lunch, lunch.wang) == (4190, 500)
    assert shifts.x_report(lunch.desk).expected_fen == 20_000 + 5000
    done = give_back(lunch, sale.document_id)
    assert dict(done.by_tender) == {"wallet": 810}
    assert balance(lunch, lunch.wang) == (5000, 500)
    assert ledger(lunch) == {}
    refused(
        "tender.refunded",
        lambda: selling.correct_tender(
            lunch.desk, lunch.cashier, sale.document_id, (Payment("cash", 810),), "又错了"
        ),
    )


def test_a_tender_correction_pays_the_same_amount(lunch) -> None:
    sale = lunch.sell(lunch.order("201")).documents[0].document_id
    refused(
        "payment.not_the_sum",
        lambda: selling.correct_tender(lunch.desk, lunch.cashier, sale, (Payment("alipay", 1000),), ""),
    )
    request = {"request_id": "fix"}
    first = selling.correct_tender(lunch.desk, lunch.cashier, sale, (Payment("alipay", 1200),), "", **request)
    again = selling.correct_tender(lunch.desk, lunch.cashier, sale, (Payment("alipay", 1200),), "", **request)
    assert first.number_text == again.number_text
    assert ledger(lunch) == {"clearing:alipay": 1200, "sales": -1200}


def is_used(lunch, serial: str) -> bool:
    with lunch.desk.db.read() as conn:
        used = select(t.vouchers.c.used_document_id).where(t.vouchers.c.serial == serial)
        return conn.execute(used).scalar_one() is not None


def test_a_corrected_tender_may_keep_its_voucher(lunch) -> None:
    add_voucher(lunch.desk, "V1")
    voucher = Payment("voucher", 1000, voucher_serial="V1")
    sale = lunch.sell(lunch.order("201"), payments=(voucher, Payment("cash", 200))).documents[0].document_id
    selling.correct_tender(lunch.desk, lunch.cashier, sale, (voucher, Payment("alipay", 200)), "按错")
    assert is_used(lunch, "V1")
    selling.correct_tender(lunch.desk, lunch.cashier, sale, (Payment("cash", 1200),), "券没收到")
    assert not is_used(lunch, "V1")
    assert verifying.verify(lunch.desk).problems == ()


def test_a_voucher_that_pays_for_two_stays_used_while_one_of_them_holds_it(lunch) -> None:
    add_voucher(lunch.desk, "V1")
    orders = (lunch.order("202/", who=lunch.li), lunch.order("202/"))
    done = lunch.sell(*orders, payments=(Payment("voucher", 1000, voucher_serial="V1"),))
    first, second = (one.document_id for one in done.documents)
    selling.correct_tender(lunch.desk, lunch.cashier, first, (Payment("cash", 500),), "按错")
    assert is_used(lunch, "V1")
    give_back(lunch, second)
    assert not is_used(lunch, "V1")
    assert verifying.verify(lunch.desk).problems == ()


def test_one_of_two_eaters_is_corrected_while_their_voucher_pays_for_both(lunch) -> None:
    """A voucher over 20.00 paid 10.00 and 5.00: it may pay up to 15.00 of the first, and no more."""
    add_voucher(lunch.desk, "V1", 2000)
    orders = (lunch.order("202"), lunch.order("202"))
    voucher = Payment("voucher", 1500, voucher_serial="V1")
    done = lunch.sell(*orders, payments=(voucher, Payment("cash", 500)))
    first, second = (one.document_id for one in done.documents)
    selling.correct_tender(
        lunch.desk, lunch.cashier, second, (replace(voucher, fen=500), Payment("alipay", 500)), "按错"
    )
    selling.correct_tender(lunch.desk, lunch.cashier, second, (replace(voucher, fen=1000),), "按错")
    assert verifying.verify(lunch.desk).problems == ()
    third = lunch.sell(lunch.order("201")).documents[0].document_id
    for_another_table = (replace(voucher, fen=500), Payment("cash", 700))
    refused(
        "voucher.used",
        lambda: selling.correct_tender(lunch.desk, lunch.cashier, third, for_another_table, "按错"),
    )
    assert give_back(lunch, first).vouchers == (VoucherBack("V1", 1000, free=False),)
    assert is_used(lunch, "V1")
    assert give_back(lunch, second).vouchers == (VoucherBack("V1", 1000, free=True),)
    assert not is_used(lunch, "V1")
    assert verifying.verify(lunch.desk).problems == ()


def test_a_voucher_shared_at_a_table_is_worth_its_face_once(lunch) -> None:
    add_voucher(lunch.desk, "V1", 1500)
    orders = (lunch.order("202"), lunch.order("202"))
    voucher = Payment("voucher", 1500, voucher_serial="V1")
    second = lunch.sell(*orders, payments=(voucher, Payment("cash", 500))).documents[1].document_id
    whole = (replace(voucher, fen=1000),)
    wrong = refused(
        "voucher.face", lambda: selling.correct_tender(lunch.desk, lunch.cashier, second, whole, "按错")
    )
    assert wrong.facts["face_fen"] == 500


def test_the_invoice_mark_is_set_once(lunch) -> None:
    sale = lunch.sell(lunch.order("201")).documents[0].document_id
    assert not sales_book.load(lunch.desk, sale).invoice_issued
    selling.mark_invoice(lunch.desk, lunch.cashier, sale)
    selling.mark_invoice(lunch.desk, lunch.cashier, sale)
    assert sales_book.load(lunch.desk, sale).invoice_issued
    with lunch.desk.db.read() as conn:
        assert conn.execute(select(func.count()).select_from(t.marks)).scalar() == 1
