"""The process is killed while it sells, again and again: what is in the books is whole, the rest is not there."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import select

from canteen_pos.services import verifying
from canteen_pos.storage import tables as t
from canteen_pos.storage.engine import Database

SELL_FOR_EVER = """
import sys, uuid
from datetime import datetime
from canteen_pos.clock import FixedClock
from canteen_pos.domain.bill import Serving
from canteen_pos.domain.order import Order, OrderLine, Payment
from canteen_pos.services import selling
from canteen_pos.services.context import Actor, Desk
from canteen_pos.storage.engine import Database

url, dish, actor = sys.argv[1], int(sys.argv[2]), Actor(int(sys.argv[3]), "李芳", "cashier")
now = datetime.fromisoformat("2026-11-23T12:00:00+08:00")
desk = Desk(Database(url), FixedClock(now), "T1")
while True:
    order = Order(uuid.uuid4().hex, now.date(), "lunch", Serving.DINE_IN, None, (OrderLine("1", dish),), now)
    selling.ring_up(desk, actor, (order,), (Payment("cash", 1000),), 1000, order.id)
    print("sold", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_killed_processes_leave_whole_books(lunch) -> None:
    url, dish = lunch.desk.db.url, str(lunch.house.dish("202"))
    for sales in (1, 3, 6):
        child = subprocess.Popen(
            [sys.executable, "-c", SELL_FOR_EVER, url, dish, str(lunch.cashier.user_id)],
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        for _ in range(sales):
            assert child.stdout.readline() == b"sold\n"
        time.sleep(0.001 * sales)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
    after = Database(url)
    with after.read() as conn:
        numbers = list(conn.execute(select(t.documents.c.number).order_by(t.documents.c.number)).scalars())
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 1 + 1 + 3 + 6
    after.close()
    assert verifying.verify(lunch.desk).problems == ()
    assert lunch.sell(lunch.order("202")).documents[0].number_text == f"T1-{len(numbers) + 1:06d}"
