"""What tests of many services do: ask for a refusal, race two tills, look whether the books hold."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import Member
from canteen_pos.services import shifts, verifying, wallets
from canteen_pos.services.context import Desk
from canteen_pos.storage import tables as t
from tests.integration.conftest import Lunch


def new() -> str:
    """The id of a request that nobody made before."""
    return uuid.uuid4().hex


def refusal(call: Callable[..., object], *args: Any, **named: Any) -> Refusal:
    """What `call` is refused with; it fails when nothing is."""
    with pytest.raises(Refusal) as caught:
        call(*args, **named)
    return caught.value


def refused(code: str, work: Callable[[], object]) -> Refusal:
    """The same for work that must be refused with this code."""
    found = refusal(work)
    assert found.code == code, found
    return found


def second_till(lunch: Lunch) -> Desk:
    """Another till of the same canteen, its shift open."""
    desk = replace(lunch.desk, station="T2")
    shifts.open(desk, lunch.manager, 0)
    return desk


def race(*work: Callable[[], object]) -> list[object]:
    """Run all at the same moment; each answer, the refusal's code, or what else went wrong."""
    start = threading.Barrier(len(work))
    answers: list[object] = [None] * len(work)

    def run(place: int) -> None:
        start.wait()
        try:
            answers[place] = work[place]()
        except Refusal as refusal:
            answers[place] = refusal.code
        except Exception as error:
            answers[place] = repr(error)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def proven(desk: Desk) -> None:
    """The chain holds and every row is what its document says."""
    assert verifying.verify(desk).problems == ()


def balance(lunch: Lunch, member: Member) -> tuple[int, int]:
    """Principal and bonus of somebody's purse, in fen."""
    purse = wallets.purse(lunch.desk, member.account_id)
    return purse.balance_fen, purse.bonus_fen


def ledger(lunch: Lunch) -> dict[str, int]:
    """Every ledger account that is not at zero, with its fund, all documents together but the top-up of the fixture."""
    entry = t.ledger_entries.c
    with lunch.desk.db.read() as conn:
        rows = conn.execute(
            select(entry.account, entry.fund, func.sum(entry.fen))
            .where(entry.document_id != "top-up-wang")
            .group_by(entry.account, entry.fund)
        ).all()
    return {f"{account} {fund}".strip(): int(fen) for account, fund, fen in rows if fen}
