"""Customers who pay later: limits, payments, the month on paper; the books of every purse document balance outside too."""

import io
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from beancount import loader
from sqlalchemy import text, update

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.printing.ticket import Pair
from canteen_pos.services import (
    books,
    documents,
    liability,
    on_account,
    points,
    print_slips,
    printer_setup,
    purse_papers,
    purse_refunds,
    purses,
    refunding,
    selling,
    settings_store,
    shifts,
    verifying,
    vouchers,
    wallets,
)
from canteen_pos.services.on_account import Customer
from canteen_pos.storage import print_jobs
from canteen_pos.storage import tables as t
from tests.integration.hands import balance, new, proven, refusal


@pytest.fixture
def school(lunch) -> int:
    return on_account.open_(
        lunch.desk, lunch.manager, Customer("锦江中学", credit_limit_fen=3000, contact="周老师", phone="028")
    )


def eat(lunch, account: int, *dishes: str, who=None) -> selling.Settled:
    order = lunch.order(*dishes, who=who)
    due = selling.quote(lunch.desk, order).pays_fen
    return lunch.sell(order, payments=(Payment("on_account", due, account_id=account),))


def owed(lunch, account: int) -> int:
    return -wallets.purse(lunch.desk, account).balance_fen


def first_pairs(lunch) -> dict[str, str]:
    """What the first paper that waits says."""
    with lunch.desk.db.read() as conn:
        (printer, *_) = print_jobs.station_printers(conn, lunch.desk.station)
        job = print_jobs.next_waiting(conn, printer.id)
        ticket = print_slips.ticket(conn, lunch.desk, job, printer)
    return {one.left: one.right for one in ticket.blocks if isinstance(one, Pair)}


def test_eaten_paid_and_closed(lunch, school) -> None:
    eat(lunch, school, "202")
    assert refusal(eat, lunch, school, "101", "201").code == "account.over_limit"
    assert refusal(on_account.close, lunch.desk, lunch.manager, school).facts["owed_fen"] == 1000
    drawer = shifts.x_report(lunch.desk).expected_fen
    done = on_account.receive(lunch.desk, lunch.cashier, school, 400, "cash", "p-1", given_fen=500)
    assert (done.fen, done.change_fen, done.owed_fen) == (400, 100, 600)
    assert on_account.receive(
        lunch.desk, lunch.cashier, school, 400, "cash", "p-1", given_fen=500
    ) == replace(done, again=True)
    assert shifts.x_report(lunch.desk).expected_fen == drawer + 400
    too_much = refusal(on_account.receive, lunch.desk, lunch.cashier, school, 601, "wechat", new())
    assert (too_much.code, too_much.facts) == ("account.pays_too_much", {"owed_fen": 600})
    on_account.receive(lunch.desk, lunch.cashier, school, 600, "bank_transfer", new(), reference="5566")
    on_account.close(lunch.desk, lunch.manager, school)
    assert refusal(eat, lunch, school, "202").code == "account.unknown"
    assert wallets.on_account(lunch.desk) == ()
    proven(lunch.desk)


def test_a_debt_is_set_off_against_the_principal_of_a_purse(lunch, school) -> None:
    desk, wang = lunch.desk, lunch.wang.account_id
    eat(lunch, school, "202")

    def receive(fen: int, purse_id: int | None, request: str) -> on_account.PaymentDone:
        return on_account.receive(
            desk, lunch.manager, school, fen, "wallet", request, reference="本人同意", purse_id=purse_id
        )

    assert refusal(receive, 400, None, new()).code == "wallet.unknown"
    assert refusal(receive, 400, school, new()).code == "wallet.unknown", "no debt is paid by a debt"
    purse_refunds.refund(desk, lunch.manager, wang, "bank_transfer", "留一点", new(), fen=4200)
    short = refusal(receive, 900, wang, new())
    assert (short.code, short.facts) == ("account.purse_short", {"balance_fen": 800})
    bonus = balance(lunch, lunch.wang)[1]
    assert bonus > 0
    printer_setup.ensure_printers(desk)
    done = receive(700, wang, "set-off")
    assert done.owed_fen == 300
    assert receive(700, wang, "set-off").again
    assert balance(lunch, lunch.wang) == (100, bonus)
    line = on_account.statement(desk, lunch.manager, school, "2026-11").lines[-1]
    assert (line.kind, line.tender, line.fen, line.what) == ("account_payment", "wallet", -700, "本人同意")
    last = purses.story(desk, lunch.manager, wang).movements[0]
    assert (last.kind, last.fen, last.bonus_fen) == ("account_payment", -700, 0)
    assert line.person == last.person == lunch.wang.name
    pairs = first_pairs(lunch)
    assert (pairs["账户"], pairs["从谁的储值扣"]) == ("锦江中学", f"{lunch.wang.name} {lunch.wang.member_no}")
    assert pairs["储值余额"] == f"{(100 + bonus) / 100:.2f}"
    proven(desk)


def test_a_receipt_says_who_pays_later(lunch, school) -> None:
    printer_setup.ensure_printers(lunch.desk)
    eat(lunch, school, "202", who=lunch.li)
    pairs = first_pairs(lunch)
    assert (pairs["挂账单位"], pairs["挂账"]) == ("锦江中学", "10.00")


def test_a_limit_never_falls_below_what_is_owed(lunch, school) -> None:
    eat(lunch, school, "202")
    lower = Customer("锦江中学", credit_limit_fen=999)
    assert refusal(on_account.edit, lunch.desk, lunch.manager, school, lower).code == (
        "account.limit_under_owed"
    )
    on_account.edit(
        lunch.desk, lunch.manager, school, replace(lower, credit_limit_fen=1000, contact="吴老师")
    )
    assert purses.story(lunch.desk, lunch.manager, school).purse.contact == "吴老师"
    assert refusal(on_account.open_, lunch.desk, lunch.manager, Customer(" ")).code == "account.name_empty"
    assert refusal(on_account.open_, lunch.desk, lunch.cashier, Customer("x")).code == "right.missing"


def test_a_payment_by_bank_needs_no_shift(lunch, school) -> None:
    eat(lunch, school, "202")
    expected = shifts.x_report(lunch.desk).expected_fen
    shifts.close(lunch.desk, lunch.cashier, {1: expected})
    assert refusal(on_account.receive, lunch.desk, lunch.manager, school, 100, "cash", new()).code == (
        "shift.none_open"
    )
    on_account.receive(lunch.desk, lunch.manager, school, 1000, "bank_transfer", new())
    assert owed(lunch, school) == 0
    proven(lunch.desk)


def test_the_month_as_a_statement(lunch, school) -> None:
    november = lunch.house.clock.now()
    eat(lunch, school, "202", who=lunch.li)
    lunch.house.clock.set(datetime.fromisoformat("2026-12-01T12:00:00+08:00"))
    done = eat(lunch, school, "202/", who=lunch.zhao)
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    refunding.refund(lunch.desk, approved, done.documents[0].document_id, None, "退", new())
    on_account.receive(lunch.desk, lunch.cashier, school, 700, "bank_transfer", new(), reference="流水 88")
    month = on_account.statement(lunch.desk, lunch.manager, school, "2026-12")
    paid = done.documents[0].pays_fen
    assert month.opening_fen == 1000
    assert [(line.kind, line.fen, line.owed_after_fen) for line in month.lines] == [
        ("sale", paid, 1000 + paid),
        ("refund", -paid, 1000),
        ("account_payment", -700, 300),
    ]
    assert (month.meals_fen, month.paid_fen, month.closing_fen) == (0, 700, 300)
    assert month.lines[0].person == "赵国强"
    assert month.lines[0].what == "宫保鸡丁"
    before = on_account.statement(lunch.desk, lunch.manager, school, "2026-11")
    assert (before.opening_fen, before.closing_fen) == (0, 1000)
    assert refusal(on_account.statement, lunch.desk, lunch.manager, school, "11/2026").code == "account.month"
    assert november.month == 11
    assert (month.lines[-1].tender, month.lines[-1].what) == ("bank_transfer", "流水 88")
    assert (before.up_to.isoformat(), before.running) == ("2026-11-30", False)
    assert (month.up_to.isoformat(), month.running) == ("2026-12-01", True), "a month that runs ends today"
    ahead = refusal(on_account.statement, lunch.desk, lunch.manager, school, "2027-01").code
    assert ahead == "account.month_ahead"
    empty = on_account.statement(lunch.desk, lunch.manager, school, "2026-10")
    assert (empty.lines, empty.closing_fen) == ((), 0)


def test_papers_are_whole_files_or_none(lunch, school, tmp_path: Path) -> None:
    eat(lunch, school, "202", who=lunch.li)
    today = lunch.desk.clock.now().date()
    for lang in ("zh", "en"):
        file = tmp_path / f"{lang}.pdf"
        purse_papers.statement(lunch.desk, lunch.manager, school, "2026-11", file, lang)
        assert file.read_bytes().startswith(b"%PDF")
    purse_papers.prepaid(lunch.desk, lunch.manager, today, tmp_path / "l.pdf")
    purse_papers.prepaid(lunch.desk, lunch.manager, today, tmp_path / "l.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "l.xlsx").read_bytes())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:2] == ("王桂芳", "00001")
    assert rows[1][2] == "0011223344"
    assert rows[1][4:6] == (50.0, 5.0), "amounts are numbers"
    assert purse_papers.list_to_sign(lunch.desk, lunch.manager, tmp_path / "s.pdf") == 1
    nowhere = refusal(purse_papers.list_to_sign, lunch.desk, lunch.manager, tmp_path / "none" / "s.pdf")
    assert nowhere.code == "export.not_written"
    assert refusal(purse_papers.list_to_sign, lunch.desk, lunch.manager, tmp_path / "s.doc").code == (
        "export.suffix"
    )


def test_two_tills_share_one_persons_limit(lunch) -> None:
    """Two purses, one eater with 15.00 a day, 10.00 at each till: one of them waits and is refused."""
    wallets.top_up(lunch.desk, lunch.cashier, lunch.zhao.account_id, 3000, "cash", request_id="z")
    with lunch.desk.db.write() as conn:
        second = replace(lunch.desk, station="T2")
        documents.begin_till(conn, second)
    shifts.open(second, lunch.manager, 0)
    purses.set_limits(lunch.desk, lunch.manager, lunch.li.id, day_fen=1500)
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def sell(desk, actor, account: int) -> None:
        order = lunch.order("202", who=lunch.li)
        ready.wait()
        try:
            selling.ring_up(
                desk, actor, (order,), (Payment("wallet", 1000, account_id=account),), 1000, order.id
            )
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)

    both = [
        threading.Thread(target=sell, args=(lunch.desk, lunch.cashier, lunch.wang.account_id)),
        threading.Thread(target=sell, args=(second, lunch.manager, lunch.zhao.account_id)),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["done", "limit.day"]
    proven(lunch.desk)


def everything(lunch, school: int) -> None:
    """One document of every kind that moves a purse, a voucher or points."""
    settings_store.save(
        lunch.desk, lunch.manager, point_fen=50, tenders=(*settings_store.USUAL_TENDERS, "points")
    )
    points.earn(lunch.desk, lunch.manager, lunch.li.id, 60, "分餐", new())
    batch = vouchers.NewBatch(
        "八折券",
        "街道办",
        "street_vouchers",
        lunch.desk.clock.now().date(),
        lunch.desk.clock.now().date(),
        percent=20,
        number=1,
    )
    (voucher,) = vouchers.listed(lunch.desk, lunch.manager, vouchers.issue(lunch.desk, lunch.manager, batch))
    lunch.sell(
        lunch.order("202", who=lunch.li, vouchers=(voucher.serial,)),
        payments=(Payment("points", 500, person_id=lunch.li.id), Payment("cash", 300)),
    )
    eat(lunch, school, "202", who=lunch.li)
    on_account.receive(lunch.desk, lunch.cashier, school, 500, "bank_transfer", new())
    purses.join(lunch.desk, lunch.manager, lunch.zhao.account_id, lunch.wang.id, new())
    purse_refunds.refund(lunch.desk, lunch.manager, lunch.zhao.account_id, "wechat", "退", new(), close=True)


def test_beancount_balances_every_kind(lunch, school) -> None:
    everything(lunch, school)
    proven(lunch.desk)
    entries, errors, _ = loader.load_string(books.plain_accounts(lunch.desk), dedent=False)
    assert errors == []
    narrations = {entry.narration for entry in entries if hasattr(entry, "narration")}
    assert {"transfer", "purse_refund", "account_payment", "sale"} <= narrations


def test_verify_finds_a_purse_document_that_was_touched(lunch, school) -> None:
    everything(lunch, school)
    with lunch.desk.db.write() as conn:
        conn.execute(
            text(
                "update ledger_entries set fen = fen + 1 where document_id ="
                " (select id from documents where kind = 'purse_refund') and seq = 1"
            )
        )
    (problem, *_) = verifying.verify(lunch.desk).problems
    assert "ledger entries" in problem.what
    with lunch.desk.db.write() as conn:
        conn.execute(
            text(
                "update ledger_entries set fen = fen - 1 where document_id ="
                " (select id from documents where kind = 'purse_refund') and seq = 1"
            )
        )
        conn.execute(update(t.accounts).where(t.accounts.c.id == school).values(credit_limit_fen=9_999_999))
        conn.execute(update(t.accounts).where(t.accounts.c.id == school).values(balance_fen=-9_000))
    (problem,) = verifying.verify(lunch.desk).problems
    assert "documents say -500" in problem.what


def test_the_liability_leaves_on_account_customers_apart(lunch, school) -> None:
    eat(lunch, school, "202")
    found = liability.on(lunch.desk, lunch.manager, lunch.desk.clock.now().date())
    assert (found.fen, found.bonus_fen, found.owing_fen) == (5000, 500, 1000)
