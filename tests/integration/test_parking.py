"""Orders that wait, and the one that survives a power cut."""

from dataclasses import replace
from datetime import datetime

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.services import audit, parking, sales_book
from canteen_pos.storage.engine import Database


def test_several_orders_wait_and_come_back_in_any_order(lunch) -> None:
    one, two = lunch.order("201", who=lunch.wang), lunch.order("101", "202*3")
    first = parking.park(lunch.desk, lunch.cashier, (one,), "王桂芳 1 样")
    lunch.house.clock.advance(60)
    parking.park(lunch.desk, lunch.cashier, (two,), "靠窗")
    assert [(each.label, f"{each.parked_at:%H:%M}") for each in parking.parked(lunch.desk)] == [
        ("王桂芳 1 样", "12:00"),
        ("靠窗", "12:01"),
    ]
    second = parking.parked(lunch.desk)[1]
    assert parking.resume(lunch.desk, second.id) == (two,)
    assert parking.resume(lunch.desk, first.id) == (one,)
    assert parking.parked(lunch.desk) == ()
    with pytest.raises(Refusal) as refused:
        parking.resume(lunch.desk, first.id)
    assert refused.value.code == "parked.gone"


def test_an_empty_order_is_not_parked(lunch) -> None:
    with pytest.raises(Refusal) as refused:
        parking.park(lunch.desk, lunch.cashier, (replace(lunch.order("201"), lines=()),), "")
    assert refused.value.code == "order.empty"


def test_a_parked_order_moves_to_the_meal_being_served(lunch) -> None:
    """It keeps its meal for thirty minutes past the period, and while nothing else is served."""
    order = lunch.order("201")
    kept = parking.park(lunch.desk, lunch.cashier, (order,), "a")
    lunch.house.clock.set(datetime.fromisoformat("2026-11-23T13:55:00+08:00"))
    assert parking.resume(lunch.desk, kept.id)[0].period == "lunch"
    late = parking.park(lunch.desk, lunch.cashier, (order,), "b")
    lunch.house.clock.set(datetime.fromisoformat("2026-11-23T16:45:00+08:00"))
    fresh = parking.resume(lunch.desk, late.id)[0]
    assert (fresh.period, fresh.lines, fresh.id) == ("dinner", order.lines, order.id)


def test_a_dinner_that_waits_past_midnight_is_not_tomorrows_breakfast(lunch) -> None:
    """Until the cut-off hour it is still yesterday's dinner, and goes into yesterday's books."""
    lunch.house.clock.set(datetime.fromisoformat("2026-11-23T19:20:00+08:00"))
    order = lunch.order("201", period="dinner", who=lunch.zhao)
    kept = parking.park(lunch.desk, lunch.cashier, (order,), "夜宵")
    lunch.house.clock.set(datetime.fromisoformat("2026-11-24T00:40:00+08:00"))
    assert parking.resume(lunch.desk, kept.id) == (order,)
    sold = lunch.sell(order).documents[0]
    detail = sales_book.load(lunch.desk, sold.document_id)
    assert (detail.service_date, detail.period, detail.business_date) == (
        order.service_date,
        "dinner",
        order.service_date,
    )
    late = lunch.order("202", period="dinner", service_date=order.service_date)
    lunch.house.clock.set(datetime.fromisoformat("2026-11-24T04:00:00+08:00"))
    fresh = parking.renew(lunch.desk, (late,))[0]
    assert (fresh.service_date.isoformat(), fresh.period) == ("2026-11-24", "breakfast")


def test_the_unfinished_order_survives_a_power_cut(lunch) -> None:
    orders = (lunch.order("201", "701", who=lunch.wang), lunch.order("202/"))
    assert parking.load_draft(lunch.desk) == ()
    parking.save_draft(lunch.desk, orders[:1])
    parking.save_draft(lunch.desk, orders)
    again = Database(lunch.desk.db.url)  # another process opens the same database
    assert parking.load_draft(replace(lunch.desk, db=again)) == orders
    again.close()
    parking.clear_draft(lunch.desk)
    assert parking.load_draft(lunch.desk) == ()


def test_a_draft_that_was_paid_does_not_come_back(lunch) -> None:
    """The power went after the commit and before the till could forget the order."""
    order = lunch.order("202")
    parking.save_draft(lunch.desk, (order,))
    lunch.sell(order)
    assert parking.load_draft(lunch.desk) == ()


def test_a_removed_line_is_logged(lunch) -> None:
    order = lunch.order("201*2", "202", who=lunch.wang)
    parking.removed_line(lunch.desk, lunch.cashier, order, "1")
    event = audit.recent(lunch.desk, "line_removed")[0]
    assert (event.actor, event.body["dish"], event.body["quantity"]) == ("李芳", "红烧肉", 2)
    assert event.body["person"] == lunch.wang.token
