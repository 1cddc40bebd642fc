"""Points: earned by the hour, paying meals and goods, never below zero, coming back with a refund."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import delete, update

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.order import Payment
from canteen_pos.services import points, purses, refunding, selling, settings_store, verifying
from canteen_pos.storage import tables as t
from tests.integration.hands import new, proven, refusal


@pytest.fixture
def volunteer(lunch):
    """Xiao Li has 20 points of 0.50 each."""
    settings_store.save(
        lunch.desk, lunch.manager, point_fen=50, tenders=(*settings_store.USUAL_TENDERS, "points")
    )
    assert points.earn(lunch.desk, lunch.manager, lunch.li.id, 120, "分餐两小时", "earned-1") == 20
    return lunch.li


def with_points(fen: int, who) -> Payment:
    return Payment("points", fen, person_id=who.id)


def held(lunch, who) -> int:
    return points.balance(lunch.desk, who.id)


def test_an_hour_earns_the_canteens_rate_once(lunch, volunteer) -> None:
    points.earn(lunch.desk, lunch.manager, volunteer.id, 120, "分餐两小时", "earned-1")
    assert held(lunch, volunteer) == 20
    assert points.earn(lunch.desk, lunch.manager, volunteer.id, 33, "洗碗", new()) == 6, "5.5 is half up"
    other = refusal(points.earn, lunch.desk, lunch.manager, volunteer.id, 60, "x", "earned-1")
    assert other.code == "points.request_reused"
    assert refusal(points.earn, lunch.desk, lunch.cashier, volunteer.id, 60, "x", new()).code == (
        "right.missing"
    )
    proven(lunch.desk)


def test_goods_cost_points_and_never_more_than_there_are(lunch, volunteer) -> None:
    assert points.redeem(lunch.desk, lunch.manager, volunteer.id, 15, "毛巾一条", new()) == 5
    short = refusal(points.redeem, lunch.desk, lunch.manager, volunteer.id, 6, "水杯", new())
    assert (short.code, short.facts) == ("points.short", {"points": 5, "needed": 6})
    points.grant(lunch.desk, lunch.manager, volunteer.id, -5, "多记了", new())
    found = points.history(lunch.desk, lunch.manager, volunteer.id)
    assert [(one.kind, one.points, one.minutes) for one in found] == [
        ("corrected", -5, 0),
        ("goods", -15, 0),
        ("earned", 20, 120),
    ]
    (row,) = points.page(lunch.desk, lunch.manager, "lxm", 0, 10)
    assert (row.points, row.earned, row.minutes) == (0, 20, 120)
    proven(lunch.desk)


def test_a_mistake_is_undone_once_with_its_hours(lunch, volunteer) -> None:
    desk, manager = lunch.desk, lunch.manager
    points.redeem(desk, manager, volunteer.id, 15, "毛巾一条", new())
    towel, hours = points.history(desk, manager, volunteer.id)
    assert refusal(points.undo, desk, manager, hours.id).facts == {"points": 5, "needed": 20}
    assert points.undo(desk, manager, towel.id) == 15
    assert refusal(points.undo, desk, manager, towel.id).code == "points.undone"
    assert points.undo(desk, manager, hours.id) == -20
    (row,) = points.page(desk, manager, "lxm", 0, 10)
    assert (row.points, row.earned, row.minutes) == (0, 0, 0)
    undone = points.history(desk, manager, volunteer.id)[0]
    assert undone.undoes == hours.id
    assert refusal(points.undo, desk, manager, undone.id).code == "points.not_undone"
    assert refusal(points.undo, desk, lunch.cashier, hours.id).code == "right.missing"
    proven(desk)


def test_only_what_was_entered_by_hand_is_undone(lunch, volunteer) -> None:
    lunch.sell(lunch.order("202/", who=volunteer), payments=(with_points(500, volunteer),))
    meal = points.history(lunch.desk, lunch.manager, volunteer.id)[0]
    assert refusal(points.undo, lunch.desk, lunch.manager, meal.id).code == "points.not_undone"
    assert refusal(points.undo, lunch.desk, lunch.manager, 999_999).code == "points.not_undone"


def test_too_little_for_a_point_says_the_rate(lunch, volunteer) -> None:
    settings_store.save(lunch.desk, lunch.manager, points_per_hour=0)
    little = refusal(points.earn, lunch.desk, lunch.manager, volunteer.id, 60, "洗碗", new())
    assert (little.code, little.facts) == ("points.too_little", {"per_hour": 0})


def test_a_meal_paid_with_points_comes_back_as_points(lunch, volunteer) -> None:
    order = lunch.order("202", "201", who=volunteer)
    due = selling.quote(lunch.desk, order).pays_fen
    done = lunch.sell(order, payments=(with_points(700, volunteer), Payment("cash", due - 700)))
    assert held(lunch, volunteer) == 6
    proven(lunch.desk)
    document = done.documents[0].document_id
    approved = replace(lunch.cashier, approved_by=lunch.manager.user_id)
    refunding.refund(lunch.desk, approved, document, {2: 1}, "退一半", new())
    part = held(lunch, volunteer)
    assert 6 < part < 20
    proven(lunch.desk)
    refunding.refund(lunch.desk, approved, document, None, "全退", new())
    assert held(lunch, volunteer) == 20
    kinds = [one.kind for one in points.history(lunch.desk, lunch.manager, volunteer.id)]
    assert kinds == ["returned", "returned", "meal", "earned"]
    proven(lunch.desk)


def test_what_cannot_be_paid_with_points(lunch, volunteer) -> None:
    order = lunch.order("202", who=volunteer)

    def paying(*payments: Payment) -> str:
        return refusal(lunch.sell, order, payments=payments).code

    assert paying(with_points(720, volunteer), Payment("cash", 280)) == "points.whole"
    assert paying(Payment("points", 1000)) == "points.nobody"
    assert paying(with_points(1000, lunch.wang)) == "points.short"
    settings_store.save(lunch.desk, lunch.manager, point_fen=0)
    assert paying(with_points(1000, volunteer)) == "points.off"
    assert held(lunch, volunteer) == 20


def test_a_correction_gives_points_back(lunch, volunteer) -> None:
    done = lunch.sell(lunch.order("202", who=volunteer), payments=(with_points(1000, volunteer),))
    assert held(lunch, volunteer) == 0
    document = done.documents[0].document_id
    selling.correct_tender(lunch.desk, lunch.cashier, document, (Payment("wechat", 1000),), "按错")
    assert held(lunch, volunteer) == 20
    proven(lunch.desk)


def test_several_meals_share_the_points_of_one(lunch, volunteer) -> None:
    both = (lunch.order("202/", who=volunteer), lunch.order("202/"))
    lunch.sell(*both, payments=(with_points(1000, volunteer),))
    assert held(lunch, volunteer) == 0
    proven(lunch.desk)


def test_the_pay_key_takes_whole_points(lunch, volunteer) -> None:
    settings_store.save(lunch.desk, lunch.manager, spend_order=("points", "principal", "bonus"))
    assert purses.plan(lunch.desk, volunteer.id, 735) == (with_points(700, volunteer),)
    assert purses.plan(lunch.desk, volunteer.id, 5000) == (with_points(1000, volunteer),)


def test_two_tills_cannot_spend_the_same_points(lunch, volunteer) -> None:
    """Fifteen points each, of twenty: whatever the order, once."""
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def spend(what: str) -> None:
        ready.wait()
        try:
            points.redeem(lunch.desk, lunch.manager, volunteer.id, 15, what, new())
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)

    both = [threading.Thread(target=spend, args=(what,)) for what in ("毛巾", "水杯")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["done", "points.short"]
    assert held(lunch, volunteer) == 5
    proven(lunch.desk)


def test_verify_finds_points_out_of_thin_air(lunch, volunteer) -> None:
    done = lunch.sell(lunch.order("202", who=volunteer), payments=(with_points(1000, volunteer),))
    with lunch.desk.db.write() as conn:
        conn.execute(update(t.people).where(t.people.c.id == volunteer.id).values(points=99))
    (problem,) = verifying.verify(lunch.desk).problems
    assert problem.document.startswith("points of person")
    assert problem.what == "holds 99, movements say 0"
    with lunch.desk.db.write() as conn:
        conn.execute(
            delete(t.point_entries).where(t.point_entries.c.document_id == done.documents[0].document_id)
        )
        conn.execute(update(t.people).where(t.people.c.id == volunteer.id).values(points=20))
    (problem,) = verifying.verify(lunch.desk).problems
    assert problem.what == "says 20 points, movements say 0"
