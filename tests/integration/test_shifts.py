"""Shifts: one at a time by constraint, a blind count, a difference kept for ever."""

import threading
import uuid

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.order import Order, OrderLine, Payment
from canteen_pos.services import audit, members, selling, shifts, users, verifying, wallets
from canteen_pos.services.context import Desk
from canteen_pos.storage import shifts as rows
from canteen_pos.storage import tables as t
from tests.integration.hands import refusal


def sell(house, code: str, tender: str, fen: int, **payment) -> None:
    now = house.clock.now()
    lines = (OrderLine("1", house.dish(code)),)
    order = Order(uuid.uuid4().hex, now.date(), "lunch", Serving.DINE_IN, None, lines, now)
    selling.ring_up(house.desk, house.cashier, (order,), (Payment(tender, fen, **payment),), fen, order.id)


def move(house, fen: int, reason: str = "换零钱", request_id: str = ""):
    return shifts.cash_movement(house.desk, house.cashier, fen, reason, request_id or uuid.uuid4().hex)


def test_a_shift_has_a_cashier_a_float_and_a_beginning(house) -> None:
    assert shifts.current(house.desk) is None
    opened = shifts.open(house.desk, house.cashier, 30_000)
    assert shifts.current(house.desk) == opened
    assert (opened.cashier, opened.float_fen, opened.opened_at) == ("李芳", 30_000, house.clock.now())
    assert opened.closed_at is None


def test_a_second_shift_is_refused_by_name(house) -> None:
    shifts.open(house.desk, house.cashier, 0)
    refused = refusal(shifts.open, house.desk, house.manager, 0)
    assert (refused.code, refused.facts["cashier"]) == ("shift.already_open", "李芳")
    assert refusal(shifts.open, house.desk, house.cashier, -1).code == "shift.already_open"


def test_two_open_shifts_are_impossible_even_past_the_service(house) -> None:
    shifts.open(house.desk, house.cashier, 0)
    with pytest.raises(IntegrityError), house.desk.db.write() as conn:
        rows.add(conn, "T1", house.manager.user_id, house.clock.now(), 0)
    shifts.close(house.desk, house.cashier, {})
    closed = shifts.recent(house.desk)[0]
    shifts.open(house.desk, house.cashier, 0)
    values = {"closed_at_utc": None, "counted_fen": None, "difference_fen": None}
    with pytest.raises(IntegrityError), house.desk.db.write() as conn:
        conn.execute(update(t.shifts).where(t.shifts.c.id == closed.id).values(**values))


def test_two_tills_opening_at_once_make_one_shift(house) -> None:
    answers: list[str] = []

    def begin() -> None:
        try:
            shifts.open(Desk(house.desk.db, house.clock, "T1"), house.cashier, 0)
            answers.append("opened")
        except Refusal as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["opened", "shift.already_open"]


def test_expected_cash_is_float_and_all_that_moved(house) -> None:
    shifts.open(house.desk, house.cashier, 30_000)
    wang = members.enrol(house.desk, house.cashier, NewMember("王秀兰"))
    wallets.top_up(house.desk, house.cashier, wang.account_id, 5_000, "cash", request_id="t1")
    wallets.top_up(house.desk, house.cashier, wang.account_id, 7_000, "wechat", request_id="t2")
    sell(house, "101", "cash", 1_500, given_fen=2_000)
    sell(house, "202", "wechat", 1_000)
    move(house, 2_000)
    move(house, -4_800, "买菜")
    report = shifts.x_report(house.desk)
    assert report.expected_fen == 30_000 + 5_000 + 1_500 + 2_000 - 4_800
    assert (report.cash.paid_in_fen, report.cash.paid_out_fen) == (2_000, -4_800)
    assert (report.sales.sales, report.sales.list_fen, report.sales.pays_fen) == (2, 2_500, 2_500)
    assert (report.sales.top_ups, report.sales.top_ups_fen) == (2, 12_000)
    assert dict(report.by_tender) == {"cash": 1_500, "wechat": 1_000}
    assert shifts.x_report(house.desk) == report, "an X report changes nothing"


def test_a_count_that_fits_needs_no_reason(house) -> None:
    shifts.open(house.desk, house.cashier, 30_000)
    sell(house, "101", "cash", 1_500, given_fen=2_000)
    closed = shifts.close(house.desk, house.cashier, {10_000: 3, 1_000: 1, 500: 1})
    assert (closed.difference_fen, closed.shift.counted_fen, closed.shift.expected_fen) == (0, 31_500, 31_500)
    assert closed.shift.counts == {10_000: 3, 1_000: 1, 500: 1}
    assert shifts.current(house.desk) is None


def test_a_difference_wants_a_reason_says_no_amount_and_is_kept_for_ever(house) -> None:
    shifts.open(house.desk, house.cashier, 30_000)
    sell(house, "101", "cash", 1_500)
    refused = refusal(shifts.close, house.desk, house.cashier, {10_000: 3})
    assert (refused.code, refused.facts) == ("shift.reason_needed", {})
    assert shifts.current(house.desk) is not None, "a refused close leaves nothing behind"
    closed = shifts.close(house.desk, house.cashier, {10_000: 3}, "找错零")
    assert (closed.difference_fen, closed.shift.reason) == (-1_500, "找错零")
    later = shifts.report_of(house.desk, closed.shift.id)
    assert (later.expected_fen, later.shift.difference_fen) == (31_500, -1_500)
    with house.desk.db.read() as conn:
        over = select(t.ledger_entries.c.fen).where(t.ledger_entries.c.account == "cash_over_short")
        assert conn.execute(over).scalars().all() == [1_500], "a debit: the house bears it"
    assert verifying.verify(house.desk).problems == ()


def test_the_next_shift_does_not_inherit_a_difference(house) -> None:
    shifts.open(house.desk, house.cashier, 1_000)
    shifts.close(house.desk, house.cashier, {500: 1}, "少了")
    shifts.open(house.desk, house.cashier, 500)
    assert shifts.x_report(house.desk).expected_fen == 500


def test_a_count_of_pieces_that_do_not_exist(house) -> None:
    shifts.open(house.desk, house.cashier, 0)
    assert refusal(shifts.close, house.desk, house.cashier, {300: 1}).code == "shift.bad_count"
    assert refusal(shifts.close, house.desk, house.cashier, {100: -1}).code == "shift.bad_count"


def test_a_second_person_may_verify(house) -> None:
    shifts.open(house.desk, house.cashier, 0)
    assert (
        refusal(shifts.close, house.desk, house.cashier, {}, "", house.cashier).code == "shift.verify_oneself"
    )
    closed = shifts.close(house.desk, house.cashier, {}, "", house.manager)
    assert closed.shift.verified_by == "陈经理"


def test_handing_over_is_one_step(house) -> None:
    other = users.create(house.desk, house.manager, "张丽", "cashier", "2580")
    heir = users.sign_in(house.desk, other.id, "2580")
    shifts.open(house.desk, house.cashier, 10_000)
    sell(house, "101", "cash", 1_500)
    ended = shifts.hand_over(house.desk, house.cashier, {10_000: 1, 1_000: 1, 500: 1}, heir)
    assert ended.next_shift == shifts.current(house.desk)
    assert (ended.next_shift.cashier, ended.next_shift.float_fen) == ("张丽", 11_500)
    assert ended.difference_fen == 0
    assert shifts.x_report(house.desk).sales.sales == 0


def test_cash_movements_want_a_reason_and_happen_once(house) -> None:
    shifts.open(house.desk, house.cashier, 10_000)
    assert refusal(move, house, 0).code == "cash.zero"
    assert refusal(move, house, -100, "  ").code == "cash.reason_needed"
    assert refusal(move, house, -10_001, "买菜").code == "cash.not_that_much"
    first = move(house, -5_000, "买菜", "m1")
    assert move(house, -5_000, "买菜", "m1") == first
    assert refusal(move, house, -6_000, "买菜", "m1").code == "sale.id_reused"
    assert shifts.x_report(house.desk).expected_fen == 5_000


def test_nothing_moves_without_a_shift(house) -> None:
    assert refusal(move, house, 100).code == "shift.none_open"
    assert refusal(shifts.x_report, house.desk).code == "shift.none_open"
    assert refusal(shifts.close, house.desk, house.cashier, {}).code == "shift.none_open"
    assert refusal(shifts.report_of, house.desk, 99).code == "shift.unknown"


def test_opening_the_drawer_without_a_sale_is_approved_logged_and_counted(house) -> None:
    shifts.open(house.desk, house.cashier, 0)
    assert refusal(shifts.no_sale, house.desk, house.cashier, "换零钱").code == "right.approval_needed"
    approved = users.approve(house.desk, house.cashier, "8888")
    assert refusal(shifts.no_sale, house.desk, approved, " ").code == "cash.reason_needed"
    shifts.no_sale(house.desk, approved, "换零钱")
    event = audit.recent(house.desk, "no_sale")[0]
    assert (event.actor, event.body["reason"]) == ("李芳", "换零钱")
    assert event.body["approved_by"] == house.manager.user_id
    assert shifts.x_report(house.desk).no_sales == 1


def test_an_auditor_sees_the_report_and_opens_nothing(house) -> None:
    users.create(house.desk, house.manager, "何会计", "auditor", "4680")
    auditor = users.sign_in(house.desk, "何会计", "4680")
    assert refusal(shifts.open, house.desk, auditor, 0).code == "right.missing"
    shifts.open(house.desk, house.cashier, 700)
    assert shifts.x_report(house.desk, auditor).expected_fen == 700
    assert refusal(shifts.close, house.desk, auditor, {}).code == "right.missing"


def test_a_further_till_begins_with_its_first_shift_and_knows_what_the_first_one_sold(house) -> None:
    second = Desk(house.desk.db, house.clock, "T2")
    zhang = users.create(house.desk, house.manager, "张丽", "cashier", "2580")
    at_t2 = users.sign_in(second, zhang.name, "2580")
    shifts.open(house.desk, house.cashier, 0)
    shifts.open(second, at_t2, 0)
    sell(house, "101", "cash", 1500)
    now = house.clock.now()
    line = (OrderLine("1", house.dish("101")),)
    order = Order(uuid.uuid4().hex, now.date(), "lunch", Serving.DINE_IN, None, line, now)
    sold = selling.ring_up(second, at_t2, (order,), (Payment("cash", 1500),), 1500, order.id)
    assert sold.documents[0].number_text == "T2-000001"
    assert [shifts.x_report(desk).cash.sales_fen for desk in (house.desk, second)] == [1500, 1500]
    shifts.close(second, at_t2, {1000: 1, 500: 1})
    shifts.open(second, at_t2, 0)
    assert shifts.current(second).cashier == "张丽"
    assert [event.kind for event in audit.recent(second, "series_opened")] == ["series_opened"]
    assert verifying.verify(second).ok
