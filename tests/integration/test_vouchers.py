"""Vouchers: batches, a percent voucher as a rule of the quote, one a meal, once for ever."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.services import refunding, selling, verifying, vouchers
from canteen_pos.services.vouchers import NewBatch
from canteen_pos.storage import tables as t
from tests.integration.hands import new, proven, refusal

FACE = NewBatch(
    name="重阳节餐券",
    issuer="锦江区慈善会",
    fund="charity_federation",
    valid_from=date(2026, 11, 1),
    valid_to=date(2026, 12, 31),
    face_fen=500,
    number=3,
)
PERCENT = replace(FACE, name="八折券", face_fen=0, percent=20, cap_fen=400)


def serials(lunch, batch: NewBatch) -> tuple[str, ...]:
    batch_id = vouchers.issue(lunch.desk, lunch.manager, batch)
    return tuple(one.serial for one in vouchers.listed(lunch.desk, lunch.manager, batch_id))


def states(lunch, batch_id: int) -> list[str]:
    return [one.state for one in vouchers.listed(lunch.desk, lunch.manager, batch_id)]


def pays(serial: str, fen: int) -> Payment:
    return Payment("voucher", fen, voucher_serial=serial)


def test_a_batch_on_paper_is_listed_by_state(lunch) -> None:
    batch_id = vouchers.issue(lunch.desk, lunch.manager, FACE)
    first, second, third = (one.serial for one in vouchers.listed(lunch.desk, lunch.manager, batch_id))
    assert len({first, second, third}) == 3
    lunch.sell(lunch.order("202"), payments=(pays(first, 500), Payment("cash", 500)))
    vouchers.void(lunch.desk, lunch.manager, second, "丢失")
    assert states(lunch, batch_id) == ["used", "void", "unused"]
    row = vouchers.batch_of(lunch.desk, lunch.manager, batch_id)
    assert (row.made, row.used, row.void, row.unused) == (3, 1, 1, 1)
    assert refusal(vouchers.void, lunch.desk, lunch.manager, first, "x").code == "voucher.void_used"
    gone = refusal(lunch.sell, lunch.order("202"), payments=(pays(second, 500), Payment("cash", 500)))
    assert gone.code == "voucher.voided"
    assert vouchers.void_unused(lunch.desk, lunch.manager, batch_id, "活动结束") == 1
    assert vouchers.count(lunch.desk, third) == 1
    proven(lunch.desk)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "voucher.batch_name"),
        ({"issuer": " "}, "voucher.batch_issuer"),
        ({"face_fen": 0}, "voucher.batch_face"),
        ({"face_fen": 100_001}, "voucher.batch_face"),
        ({"percent": 10}, "voucher.batch_percent"),
        ({"face_fen": 0, "percent": 101}, "voucher.batch_percent"),
        ({"face_fen": 0, "percent": 0}, "voucher.batch_percent"),
        ({"face_fen": 0, "percent": 10, "cap_fen": 0}, "voucher.batch_cap"),
        ({"valid_to": date(2026, 10, 1)}, "voucher.batch_dates"),
        ({"number": 0}, "voucher.batch_count"),
        ({"medium": "electronic"}, "voucher.batch_people"),
        ({"medium": "electronic", "people": (999,)}, "member.unknown"),
    ],
)
def test_a_batch_that_cannot_be(lunch, change, code) -> None:
    assert refusal(vouchers.issue, lunch.desk, lunch.manager, replace(FACE, **change)).code == code
    assert vouchers.count(lunch.desk) == 0


def test_a_percent_voucher_takes_its_share_of_what_is_left(lunch) -> None:
    """王桂芳, dibao: 10.00 - 3.00 city - 2.00 charity - 10 % = 4.50; 20 % of that is 0.90, her fund's share."""
    serial = serials(lunch, PERCENT)[0]
    order = lunch.order("202", who=lunch.wang, vouchers=(serial,))
    quoted = selling.quote(lunch.desk, order)
    assert quoted.pays_fen == 360
    assert quoted.quote.by_fund_fen["charity_federation"] == 90
    done = lunch.sell(order)
    again = refusal(selling.quote, lunch.desk, lunch.order("202", vouchers=(serial,)))
    assert again.code == "voucher.used"
    proven(lunch.desk)
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    back = refunding.refund(lunch.desk, approved, done.documents[0].document_id, None, "退", new())
    assert [(one.serial, one.fen, one.free) for one in back.vouchers] == [(serial, 90, True)]
    proven(lunch.desk)
    lunch.sell(lunch.order("202", who=lunch.zhao, vouchers=(serial,)))
    proven(lunch.desk)


def test_a_percent_voucher_is_capped_and_stays_used_after_a_part_refund(lunch) -> None:
    serial = serials(lunch, PERCENT)[0]
    order = lunch.order("202*3", vouchers=(serial,))
    assert selling.quote(lunch.desk, order).pays_fen == 2600
    done = lunch.sell(order)
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    back = refunding.refund(lunch.desk, approved, done.documents[0].document_id, {1: 1}, "退", new())
    assert [(one.serial, one.free) for one in back.vouchers] == [(serial, False)]
    proven(lunch.desk)
    assert refusal(selling.quote, lunch.desk, lunch.order("202", vouchers=(serial,))).code == "voucher.used"


def test_a_voucher_that_gave_nothing_is_not_used_up(lunch) -> None:
    """A half portion is free for 王桂芳 already."""
    serial = serials(lunch, PERCENT)[0]
    lunch.sell(lunch.order("202/", who=lunch.wang, vouchers=(serial,)))
    assert vouchers.look(lunch.desk, serial, lunch.desk.clock.now().date()).percent == 20
    proven(lunch.desk)


def test_a_percent_voucher_is_no_tender_and_a_face_voucher_no_rule(lunch) -> None:
    percent, face = serials(lunch, PERCENT)[0], serials(lunch, FACE)[0]
    assert refusal(lunch.sell, lunch.order("202"), payments=(pays(percent, 1000),)).code == "voucher.percent"
    assert refusal(selling.quote, lunch.desk, lunch.order("202", vouchers=(face,))).code == (
        "voucher.not_percent"
    )


def test_the_issuer_wants_it_alone(lunch) -> None:
    alone = serials(lunch, replace(FACE, alone=True))
    face, percent = serials(lunch, FACE), serials(lunch, PERCENT)
    order = lunch.order("202")
    both = (pays(alone[0], 500), pays(face[0], 500))
    assert refusal(lunch.sell, order, payments=both).code == "voucher.alone"
    with_rule = lunch.order("202", vouchers=(percent[0],))
    mixed = (pays(alone[0], 500), Payment("cash", 300))
    assert refusal(lunch.sell, with_rule, payments=mixed).code == "voucher.alone"
    lunch.sell(order, payments=(pays(face[0], 500), pays(face[1], 500)))
    lunch.sell(lunch.order("202", who=lunch.li), payments=(pays(alone[0], 500), Payment("cash", 500)))
    later = refusal(
        lunch.sell,
        lunch.order("202", who=lunch.li),
        payments=(pays(face[2], 500), Payment("cash", 500)),
    )
    assert later.code == "voucher.alone", "the same meal, rung up apart"
    lunch.sell(lunch.order("202", who=lunch.zhao), payments=None)
    proven(lunch.desk)


def test_an_electronic_voucher_is_for_one_person(lunch) -> None:
    batch_id = vouchers.issue(
        lunch.desk, lunch.manager, replace(FACE, medium="electronic", people=(lunch.li.id, lunch.wang.id))
    )
    of_li, of_wang = vouchers.listed(lunch.desk, lunch.manager, batch_id)
    assert [one.serial for one in vouchers.of_person(lunch.desk, lunch.li.id)] == [of_li.serial]
    money = (pays(of_li.serial, 500), Payment("cash", 500))
    assert refusal(lunch.sell, lunch.order("202"), payments=money).code == "voucher.not_yours"
    lunch.sell(lunch.order("202", who=lunch.li), payments=money)
    assert vouchers.of_person(lunch.desk, lunch.li.id) == ()
    percent = vouchers.issue(
        lunch.desk, lunch.manager, replace(PERCENT, medium="electronic", people=(lunch.li.id,))
    )
    (rule,) = vouchers.listed(lunch.desk, lunch.manager, percent)
    stranger = lunch.order("202", who=lunch.zhao, vouchers=(rule.serial,))
    assert refusal(selling.quote, lunch.desk, stranger).code == "voucher.not_yours"
    assert of_wang.person == "王桂芳"
    proven(lunch.desk)


def test_two_tills_cannot_use_one_percent_voucher(lunch) -> None:
    serial = serials(lunch, PERCENT)[0]
    outcomes: list[str] = []
    ready = threading.Barrier(2)
    orders = [lunch.order("202", vouchers=(serial,)) for _ in range(2)]
    due = selling.quote(lunch.desk, orders[0]).pays_fen

    def sell(order) -> None:
        ready.wait()
        try:
            selling.ring_up(lunch.desk, lunch.cashier, (order,), (Payment("cash", due),), due, order.id)
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)

    both = [threading.Thread(target=sell, args=(order,)) for order in orders]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["done", "voucher.used"]
    proven(lunch.desk)


def test_verify_finds_a_voucher_made_good_again_by_hand(lunch) -> None:
    percent, face = serials(lunch, PERCENT)[0], serials(lunch, FACE)[0]
    lunch.sell(lunch.order("202", vouchers=(percent,)))
    lunch.sell(lunch.order("202"), payments=(pays(face, 500), Payment("cash", 500)))
    with lunch.desk.db.write() as conn:
        conn.execute(update(t.vouchers).values(used_document_id=None))
    found = {problem.document: problem.what for problem in verifying.verify(lunch.desk).problems}
    assert found == {
        f"voucher {percent}": "marked unused, pays 200 fen",
        f"voucher {face}": "marked unused, pays 500 fen",
    }
