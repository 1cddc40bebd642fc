"""What is owed to the holders of purses on any day: whatever happens, it is what the signed documents say."""

import json
import uuid
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.services import (
    liability,
    members,
    on_account,
    purse_refunds,
    purses,
    refunding,
    selling,
    verifying,
    wallets,
)
from canteen_pos.storage import tables as t

DEEDS = (
    "top_up",
    "eat",
    "eat_on_account",
    "give_back",
    "pay_out",
    "close",
    "undo",
    "receive",
    "join",
    "sleep",
)


def said_by_documents(lunch, day: date) -> Counter[str]:
    """What each ledger account of a purse holds at the end of `day`, added up from the hashed texts alone."""
    held: Counter[str] = Counter()
    with lunch.desk.db.read() as conn:
        bodies = [json.loads(body) for body in conn.execute(select(t.documents.c.body)).scalars()]
    for body in bodies:
        if body["business_date"] <= day.isoformat():
            for account, _, fen in body["entries"]:
                held[account] -= fen
    return Counter({name: fen for name, fen in held.items() if fen})


def told(lunch, day: date) -> Counter[str]:
    found = liability.on(lunch.desk, lunch.manager, day)
    held = Counter({f"wallet:{one.token}": one.fen for one in found.purses if one.fen})
    held.update({f"bonus:{one.token}": one.bonus_fen for one in found.purses if one.bonus_fen})
    return held


class Days:
    """Something happens, and sometimes night comes."""

    def __init__(self, lunch) -> None:
        self.lunch = lunch
        self.people = (lunch.wang, lunch.zhao, lunch.li)
        self.unit = on_account.open_(
            lunch.desk, lunch.manager, on_account.Customer("单位", credit_limit_fen=90_000)
        )
        self.sales: list[str] = []
        self.top_ups: list[str] = []
        self.first = lunch.desk.clock.now().date()

    def do(self, deed: str, who: int, fen: int) -> None:
        try:
            self._do(deed, who, fen)
        except Refusal:
            return  # nothing in a purse, closed, spent: the books must fit all the same

    def _do(self, deed: str, who: int, fen: int) -> None:
        desk, manager = self.lunch.desk, self.lunch.manager
        person = members.by_id(desk, self.people[who].id)
        request, account = uuid.uuid4().hex, person.account_id
        match deed:
            case "top_up":
                done = wallets.top_up(desk, manager, account, fen, "wechat", request_id=request)
                self.top_ups.append(done.document_id)
            case "eat" | "eat_on_account":
                order = self.lunch.order("202", who=person)
                due = selling.quote(desk, order).pays_fen
                tender, account = ("wallet", account) if deed == "eat" else ("on_account", self.unit)
                done = self.lunch.sell(order, payments=(Payment(tender, due, account_id=account),))
                self.sales.append(done.documents[0].document_id)
            case "give_back" if self.sales:
                refunding.refund(desk, manager, self.sales.pop(), None, "退", request)
            case "pay_out" | "close":
                closes = deed == "close"
                purse_refunds.refund(desk, manager, account, "wechat", "退", request, fen=fen, close=closes)
            case "undo" if self.top_ups:
                purse_refunds.undo_top_up(desk, manager, self.top_ups.pop(), "错", request)
            case "receive":
                on_account.receive(desk, manager, self.unit, fen, "bank_transfer", request)
            case "join":
                purses.join(desk, manager, account, self.people[who - 1].id, request)
            case _:
                purses.reopen(desk, manager, account)
                self.lunch.house.clock.advance(24 * 3600)


deeds = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.sampled_from([1, 700, 5_000, 12_345, 200_000])),
    min_size=5,
    max_size=25,
)


@pytest.mark.slow
@given(what=deeds)
@settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_on_any_day_it_is_what_the_documents_say(lunch, what: list[tuple[str, int, int]]) -> None:
    """Runs go on in one canteen: each begins where the last one ended."""
    days = Days(lunch)
    for deed, who, fen in what:
        days.do(deed, who, fen)
    today = lunch.desk.clock.now().date()
    for back in range((today - days.first).days + 2):
        day = today - timedelta(days=back)
        documents = said_by_documents(lunch, day)
        wallets_then = {
            name: fen for name, fen in documents.items() if name.startswith(("wallet:", "bonus:"))
        }
        assert told(lunch, day) == wallets_then, day
        owing = -sum(fen for name, fen in documents.items() if name.startswith("on_account:"))
        assert liability.on(lunch.desk, lunch.manager, day).owing_fen == owing
    with lunch.desk.db.read() as conn:
        rows = conn.execute(select(t.accounts).where(t.accounts.c.kind == "wallet")).all()
    now = liability.on(lunch.desk, lunch.manager, today)
    assert (now.fen, now.bonus_fen) == (
        sum(one.balance_fen for one in rows),
        sum(one.bonus_fen for one in rows),
    )
    assert verifying.verify(lunch.desk).problems == ()


def test_before_the_first_document_and_far_ahead(lunch) -> None:
    before = liability.on(lunch.desk, lunch.manager, date(2020, 1, 1))
    assert (before.purses, before.fen, before.owing_fen) == ((), 0, 0)
    today = liability.on(lunch.desk, lunch.manager, lunch.desk.clock.now().date())
    assert liability.on(lunch.desk, lunch.manager, date(2099, 1, 1)).purses == today.purses
