"""Topping up: money, bonus, cap, asking twice, and the ledger behind it."""

import threading

import pytest
from sqlalchemy import func, select

from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.purse import BonusRule
from canteen_pos.services import (
    members,
    printer_setup,
    sales_book,
    settings_store,
    shifts,
    users,
    verifying,
    wallets,
)
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage import tables as t
from tests.integration.hands import refusal
from tests.integration.purse_hands import open_on_account


@pytest.fixture
def wang(house) -> members.Member:
    settings_store.save(
        house.desk, house.manager, bonus_rules=(BonusRule(10_000, 1_000), BonusRule(30_000, 4_000))
    )
    shifts.open(house.desk, house.cashier, 30_000)
    return members.enrol(house.desk, house.cashier, NewMember("王秀兰"))


def top_up(house, member, fen: int = 10_000, tender: str = "cash", request_id: str = "a1", **more):
    return wallets.top_up(
        house.desk, house.cashier, member.account_id, fen, tender, request_id=request_id, **more
    )


def test_a_top_up_adds_money_and_bonus(house, wang) -> None:
    done = top_up(house, wang, given_fen=12_000)
    assert (done.paid_fen, done.bonus_fen, done.change_fen) == (10_000, 1_000, 2_000)
    assert (done.balance_after_fen, done.bonus_after_fen) == (10_000, 1_000)
    assert done.number_text == "T1-000001"
    after = members.by_id(house.desk, wang.id)
    assert (after.balance_fen, after.bonus_fen) == (10_000, 1_000)
    assert shifts.x_report(house.desk).expected_fen == 40_000


def test_a_top_up_queues_its_slip(house, wang) -> None:
    printer_setup.ensure_printers(house.desk)
    top_up(house, wang)
    with house.desk.db.read() as conn:
        jobs = conn.execute(select(t.print_jobs.c.kind, t.print_jobs.c.document_id)).all()
    assert jobs == [("top_up", "a1")]
    slip = sales_book.load(house.desk, "a1")
    assert (slip.person_name, slip.member_no, slip.pays_fen) == ("王秀兰", wang.member_no, 10_000)
    top_up(house, wang)
    with house.desk.db.read() as conn:
        assert conn.execute(select(func.count()).select_from(t.print_jobs)).scalar_one() == 1


def test_the_ledger_knows_both_sides(house, wang) -> None:
    top_up(house, wang)
    with house.desk.db.read() as conn:
        token = conn.execute(
            select(t.accounts.c.token).where(t.accounts.c.id == wang.account_id)
        ).scalar_one()
        entries = {
            row.account: row.fen
            for row in conn.execute(select(t.ledger_entries.c.account, t.ledger_entries.c.fen))
        }
    assert entries == {
        "cash:T1": 10_000,
        f"wallet:{token}": -10_000,
        "bonus_given": 1_000,
        f"bonus:{token}": -1_000,
    }
    assert verifying.verify(house.desk).problems == ()


def test_asking_twice_is_one_top_up(house, wang) -> None:
    first = top_up(house, wang, given_fen=12_000)
    assert top_up(house, wang, given_fen=12_000) == first
    assert members.by_id(house.desk, wang.id).balance_fen == 10_000
    assert refusal(top_up, house, wang, 20_000).code == "sale.id_reused"
    with house.desk.db.read() as conn:
        assert conn.execute(select(func.count()).select_from(t.documents)).scalar_one() == 1


@pytest.mark.parametrize(
    ("fen", "tender", "more", "code"),
    [
        (0, "cash", {}, "top_up.amount"),
        (-100, "cash", {}, "top_up.amount"),
        (100, "wallet", {}, "top_up.tender"),
        (100, "voucher", {}, "top_up.tender"),
        (100, "cash", {"request_id": ""}, "top_up.request_id"),
        (1_000, "cash", {"given_fen": 900}, "top_up.given_short"),
        (200_001, "cash", {}, "wallet.cap"),
    ],
)
def test_what_is_no_top_up(house, wang, fen: int, tender: str, more: dict, code: str) -> None:
    assert refusal(top_up, house, wang, fen, tender, **more).code == code
    assert members.by_id(house.desk, wang.id).balance_fen == 0


def test_a_tender_that_is_off_is_refused(house, wang) -> None:
    settings_store.save(house.desk, house.manager, tenders=("cash", "wallet"))
    assert refusal(top_up, house, wang, 1_000, "wechat").code == "top_up.tender"


def test_no_top_up_without_a_shift_or_for_nobody(house, wang) -> None:
    assert (
        refusal(wallets.top_up, house.desk, house.cashier, 999, 100, "cash", "", "x").code == "wallet.unknown"
    )
    shifts.close(house.desk, house.cashier, {10_000: 3})
    assert refusal(top_up, house, wang).code == "shift.none_open"
    assert members.by_id(house.desk, wang.id).balance_fen == 0


def test_the_best_bonus_rule_counts_once_or_as_often_as_it_fits(house, wang) -> None:
    assert [wallets.bonus_for(house.desk, fen) for fen in (9_999, 10_000, 29_999, 30_000)] == [
        0,
        1_000,
        1_000,
        4_000,
    ]
    settings_store.save(house.desk, house.manager, bonus_many=True)
    assert [wallets.bonus_for(house.desk, fen) for fen in (20_000, 60_000)] == [2_000, 8_000]


def test_accounts_that_pay_later_are_opened_by_a_manager(house) -> None:
    opened = open_on_account(house.desk, house.manager, "居委会", 50_000)
    assert wallets.on_account(house.desk) == (opened,)
    assert (opened.kind, opened.balance_fen, opened.credit_limit_fen) == ("on_account", 0, 50_000)
    assert refusal(open_on_account, house.desk, house.cashier, "我", 1).code == "right.missing"
    assert refusal(open_on_account, house.desk, house.manager, " ", 1).code == "account.name_empty"
    assert refusal(open_on_account, house.desk, house.manager, "谁", -1).code == "account.limit"


def test_money_cannot_be_put_on_an_account_that_pays_later(house, wang) -> None:
    opened = open_on_account(house.desk, house.manager, "居委会", 50_000)
    refused = refusal(wallets.top_up, house.desk, house.cashier, opened.account_id, 100, "cash", "", "x")
    assert refused.code == "wallet.unknown"


def test_two_tills_topping_up_one_purse_lose_nothing(house, wang) -> None:
    other = Desk(house.desk.db, house.clock, "T2")
    shifts.open(other, house.manager, 0)
    seen: list[int] = []

    def many(desk: Desk, actor: Actor) -> None:
        for number in range(4):
            key = f"{desk.station}-{number}"
            done = wallets.top_up(desk, actor, wang.account_id, 100, "cash", request_id=key)
            seen.append(done.balance_after_fen)

    tills = [(house.desk, house.cashier), (other, house.manager)]
    threads = [threading.Thread(target=many, args=till) for till in tills]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [100 * number for number in range(1, 9)], "each slip says what was there after it"
    assert members.by_id(house.desk, wang.id).balance_fen == 800
    assert verifying.verify(house.desk).problems == ()


def test_an_auditor_tops_nobody_up(house, wang) -> None:
    users.create(house.desk, house.manager, "何会计", "auditor", "4680")
    actor = users.sign_in(house.desk, "何会计", "4680")
    refused = refusal(wallets.top_up, house.desk, actor, wang.account_id, 100, "cash", "", "x")
    assert refused.code == "right.missing"
