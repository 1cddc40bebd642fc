"""Vouchers that their issuer wants alone in a meal: at two tills at once, and of somebody who was enrolled twice."""

import threading
import uuid
from dataclasses import replace
from datetime import date

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.money import yuan
from canteen_pos.domain.order import Payment
from canteen_pos.printing.papers import Head
from canteen_pos.printing.receipts import ticket_of
from canteen_pos.printing.ticket import Pair
from canteen_pos.services import (
    documents,
    members,
    merging,
    print_slips,
    refunding,
    sales_book,
    selling,
    shifts,
    verifying,
    vouchers,
)
from canteen_pos.services.context import Desk
from canteen_pos.services.sales_book import SaleDetail
from canteen_pos.services.vouchers import NewBatch
from tests.integration.hands import refusal

ALONE = NewBatch(
    name="重阳节餐券",
    issuer="锦江区慈善会",
    fund="charity_federation",
    valid_from=date(2026, 11, 1),
    valid_to=date(2026, 12, 31),
    face_fen=500,
    alone=True,
    number=20,
)


@pytest.fixture
def serials(lunch) -> list[str]:
    batch = vouchers.issue(lunch.desk, lunch.manager, ALONE)
    return [one.serial for one in vouchers.listed(lunch.desk, lunch.manager, batch)]


def test_two_tills_take_one_of_them(lunch, serials) -> None:
    other = Desk(lunch.desk.db, lunch.desk.clock, "T2")
    with other.db.write() as conn:
        documents.open_series(conn, other)
    shifts.open(other, lunch.manager, 0)
    for place in range(0, 16, 2):
        eater = members.enrol(lunch.desk, lunch.manager, NewMember(f"人{place}", birth_date=date(1996, 1, 1)))
        start, answers = threading.Barrier(2), []

        def sell(desk: Desk, serial: str, eater=eater, start=start, answers=answers) -> None:
            order, paid = lunch.order("202/", who=eater), Payment("voucher", 500, voucher_serial=serial)
            start.wait()
            try:
                selling.ring_up(desk, lunch.cashier, (order,), (paid,), 500, uuid.uuid4().hex)
                answers.append("sold")
            except Refusal as refusal:
                answers.append(refusal.code)

        tills = [
            threading.Thread(target=sell, args=(desk, serials[place + number]))
            for number, desk in enumerate((lunch.desk, other))
        ]
        for till in tills:
            till.start()
        for till in tills:
            till.join()
        assert sorted(answers) == ["sold", "voucher.alone"]
    assert verifying.verify(lunch.desk).problems == ()


def test_a_merged_record_ate_the_same_meal(lunch, serials) -> None:
    twin = members.enrol(lunch.desk, lunch.manager, NewMember("李小明", birth_date=date(1996, 1, 1)))

    def pays(who, serial: str) -> None:
        lunch.sell(lunch.order("202/", who=who), payments=(Payment("voucher", 500, voucher_serial=serial),))

    pays(twin, serials[0])
    merging.merge(lunch.desk, lunch.manager, lunch.li.id, twin.id)
    with pytest.raises(Refusal, match=r"voucher\.alone"):
        pays(lunch.li, serials[1])


def test_each_at_a_table_uses_one_of_their_own(lunch) -> None:
    """In whatever order they are presented, each pays its own meal, and the books say who used it."""
    batch = vouchers.issue(
        lunch.desk, lunch.manager, replace(ALONE, medium="electronic", people=(lunch.li.id, lunch.zhao.id))
    )
    of_li, of_zhao = (one.serial for one in vouchers.listed(lunch.desk, lunch.manager, batch))
    orders = tuple(lunch.order("202", who=who) for who in (lunch.li, lunch.zhao))
    due = sum(selling.quote(lunch.desk, order).pays_fen for order in orders)
    money = (
        Payment("voucher", 500, voucher_serial=of_zhao, order_id=orders[1].id),
        Payment("voucher", 500, voucher_serial=of_li, order_id=orders[0].id),
        Payment("cash", due - 1000),
    )
    done = selling.ring_up(lunch.desk, lunch.cashier, orders, money, due, uuid.uuid4().hex)
    used = [
        [one.voucher for one in selling.load(lunch.desk, each.document_id).payments if one.voucher]
        for each in done.documents
    ]
    assert used == [[of_li], [of_zhao]]
    assert verifying.verify(lunch.desk).problems == ()


def test_a_batch_that_nobody_could_use_is_not_issued(lunch) -> None:
    """Last year's date is typed easily, and the list of what is in force would not show it."""
    over = replace(ALONE, valid_to=date(2026, 11, 22))
    assert refusal(vouchers.issue, lunch.desk, lunch.manager, over).code == "voucher.batch_over"
    assert vouchers.count(lunch.desk) == 0
    vouchers.issue(lunch.desk, lunch.manager, replace(ALONE, valid_to=date(2026, 11, 23)))


def paper(detail: SaleDetail) -> dict[str, str]:
    """What a receipt or refund slip says, word by word."""
    head = Head("食堂", "T1", detail.number_text, detail.at, detail.cashier, "zh")
    slip = print_slips.sale_slip if detail.kind == "sale" else print_slips.refund_slip
    blocks = ticket_of(slip(head, detail)).blocks
    return {block.left: block.right for block in blocks if isinstance(block, Pair)}


def test_papers_say_which_vouchers_were_used(lunch) -> None:
    """A percent voucher is no subsidy there, as it is none on the screen."""
    beside = replace(ALONE, alone=False)
    by_percent = replace(beside, face_fen=0, percent=20, cap_fen=400)
    face, percent = (
        vouchers.listed(lunch.desk, lunch.manager, vouchers.issue(lunch.desk, lunch.manager, batch))[0].serial
        for batch in (beside, by_percent)
    )
    order = lunch.order("202", vouchers=(percent,))
    rest = Payment("cash", selling.quote(lunch.desk, order).pays_fen - 500)
    done = lunch.sell(order, payments=(Payment("voucher", 500, voucher_serial=face), rest))
    sold = done.documents[0].document_id
    pairs = paper(selling.load(lunch.desk, sold))
    assert pairs[f"折扣券 {percent}"] == yuan(-200)
    assert pairs[f"餐券 {face}"] == "5.00"
    assert "补贴" not in pairs

    refunding.refund(lunch.desk, lunch.manager, sold, None, "退单", uuid.uuid4().hex)
    back = selling.load(lunch.desk, sales_book.recent(lunch.desk)[0].document_id)
    assert (back.kind, back.subsidy_fen, back.vouchers_off) == ("refund", 0, ((percent, -200),))
    pairs = paper(back)
    assert pairs[f"折扣券 {percent}"] == yuan(-200)
    assert "补贴" not in pairs
