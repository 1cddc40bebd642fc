"""A voucher from issue to the bill its issuer gets: everything that became of it, and what the payer owes."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.domain.quote import OPERATOR
from canteen_pos.services import purse_papers, refunding, selling, verifying, voucher_life, vouchers
from canteen_pos.services.context import Actor
from canteen_pos.services.vouchers import NewBatch
from canteen_pos.storage import tables as t

MONTH = (date(2026, 11, 1), date(2026, 11, 30))
FACE = NewBatch("爱心券", "区慈善会", "区慈善会", *MONTH, face_fen=500, number=3)
PERCENT = replace(FACE, name="八折券", fund="street", face_fen=0, percent=20)


@pytest.fixture
def approved(lunch) -> Actor:
    return replace(lunch.cashier, approved_by=lunch.manager.user_id)


def issued(lunch, batch: NewBatch) -> tuple[int, tuple[str, ...]]:
    batch_id = vouchers.issue(lunch.desk, lunch.manager, batch)
    return batch_id, tuple(one.serial for one in vouchers.listed(lunch.desk, lunch.manager, batch_id))


def eat(lunch, serial: str, **more) -> str:
    """The id of a sale of one dish that this voucher helps to pay."""
    by_percent = vouchers.look(lunch.desk, serial, date(2026, 11, 23)).percent
    order = lunch.order("202", vouchers=(serial,) if by_percent else (), **more)
    due = selling.quote(lunch.desk, order).pays_fen
    money = (
        (Payment("cash", due),)
        if by_percent
        else (
            Payment("voucher", 500, voucher_serial=serial),
            Payment("cash", due - 500),
        )
    )
    return lunch.sell(order, payments=money).documents[0].document_id


def life(lunch, serial: str) -> list[tuple[str, str, int]]:
    found = voucher_life.of(lunch.desk, lunch.manager, serial)
    return [(one.what, one.by, one.fen) for one in found.moments]


def tick(lunch) -> None:
    lunch.house.clock.advance(60)


@pytest.mark.parametrize(("batch", "fen"), [(FACE, 500), (PERCENT, 200)])
def test_everything_that_became_of_a_voucher_is_told(
    lunch, approved, tmp_path: Path, batch, fen: int
) -> None:
    batch_id, (one, other, third) = issued(lunch, batch)
    tick(lunch)
    sale = eat(lunch, one)
    tick(lunch)
    purse_papers.voucher_sheets(lunch.desk, lunch.manager, batch_id, tmp_path / "v.pdf")
    tick(lunch)
    refunding.refund(lunch.desk, approved, sale, None, "退", uuid.uuid4().hex)
    tick(lunch)
    eat(lunch, one, who=lunch.li)
    tick(lunch)
    vouchers.void(lunch.desk, lunch.manager, other, "丢失")
    tick(lunch)
    vouchers.void_unused(lunch.desk, lunch.manager, batch_id, "活动结束")
    cashier, manager = lunch.cashier.name, lunch.manager.name
    assert life(lunch, one) == [
        ("issued", manager, 0),
        ("used", cashier, fen),
        ("given_back", cashier, -fen),
        ("used", cashier, fen),
    ], "it was used when the batch was printed, and when the rest was voided"
    assert [what for what, *_ in life(lunch, other)] == ["issued", "printed", "voided"]
    assert [what for what, *_ in life(lunch, third)] == ["issued", "printed", "voided"]
    told = voucher_life.of(lunch.desk, lunch.manager, other)
    assert told.moments[-1].reason == "丢失"
    assert voucher_life.of(lunch.desk, lunch.manager, one).moments[-1].person == "李小明"
    assert voucher_life.of(lunch.desk, lunch.manager, "NONE") is None
    assert verifying.verify(lunch.desk).problems == ()


def ledger(lunch, account: str, fund: str) -> int:
    entries = t.ledger_entries.c
    with lunch.desk.db.read() as conn:
        wanted = select(entries.fen).where(entries.account == account, entries.fund == fund)
        return sum(conn.execute(wanted).scalars())


@pytest.mark.parametrize(
    ("batch", "account", "payer"),
    [
        (FACE, "voucher", "区慈善会"),
        (replace(FACE, fund=OPERATOR), "voucher", OPERATOR),
        (PERCENT, "receivable", "street"),
        (replace(PERCENT, fund=OPERATOR), "own_discount", ""),
    ],
)
def test_the_bill_is_what_the_ledger_says_the_payer_owes(lunch, approved, batch, account, payer) -> None:
    batch_id, (one, other, _) = issued(lunch, batch)
    first = eat(lunch, one)
    eat(lunch, other)
    before = voucher_life.claim(lunch.desk, lunch.manager, batch_id, *MONTH)
    assert (before.vouchers, before.fen) == (2, ledger(lunch, account, payer))
    assert voucher_life.who_pays(before.batch) == (payer or OPERATOR)
    lunch.house.clock.advance(24 * 3600)
    refunding.refund(lunch.desk, approved, first, None, "退", uuid.uuid4().hex)
    after = voucher_life.claim(lunch.desk, lunch.manager, batch_id, *MONTH)
    assert (after.vouchers, after.fen) == (1, ledger(lunch, account, payer))
    day = lunch.desk.clock.now().date()
    (back,) = voucher_life.claim(lunch.desk, lunch.manager, batch_id, day, day).lines
    assert back.fen < 0, "what came back stands on the bill of the day it came back"
    with pytest.raises(Refusal, match="claim_days"):
        voucher_life.claim(lunch.desk, lunch.manager, batch_id, day, day - timedelta(days=1))


def test_the_bill_on_paper_and_for_a_spreadsheet(lunch, tmp_path: Path) -> None:
    batch_id, (one, *_) = issued(lunch, FACE)
    eat(lunch, one, who=lunch.li)
    for name in ("zh.pdf", "bill.xlsx", "bill.csv"):
        made = purse_papers.voucher_claim(lunch.desk, lunch.manager, batch_id, *MONTH, tmp_path / name)
        assert made.fen == 500
    assert (tmp_path / "zh.pdf").read_bytes().startswith(b"%PDF")
    sheet = openpyxl.load_workbook(tmp_path / "bill.xlsx").active
    assert [row[2:] for row in sheet.iter_rows(min_row=2, values_only=True)] == [(one, "李小明", 5)]


def test_printing_is_for_whoever_may_issue_and_is_logged(lunch, tmp_path: Path) -> None:
    batch_id, serials = issued(lunch, FACE)
    auditor = Actor(lunch.manager.user_id, "何会计", "auditor")
    with pytest.raises(Refusal, match="right"):
        purse_papers.voucher_sheets(lunch.desk, auditor, batch_id, tmp_path / "v.pdf")
    assert not (tmp_path / "v.pdf").exists()
    assert purse_papers.voucher_sheets(lunch.desk, lunch.manager, batch_id, tmp_path / "v.pdf") == 3
    tick(lunch)
    eat(lunch, serials[0], who=lunch.li)
    assert purse_papers.voucher_sheets(lunch.desk, lunch.manager, batch_id, tmp_path / "v.pdf") == 2
    counts = [sum(what == "printed" for what, *_ in life(lunch, serial)) for serial in serials]
    assert counts == [1, 2, 2]
