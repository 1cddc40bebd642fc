"""The page of today adds up with the documents, and lists what waits for somebody."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from canteen_pos import vault
from canteen_pos.domain.calendar import USUAL_PERIODS
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.menu import NewDish
from canteen_pos.domain.place import Place
from canteen_pos.services import members, menus, refunding, settings_store, setup, today


def test_a_day_adds_up(lunch) -> None:
    sold = lunch.sell(lunch.order("101", who=lunch.wang))
    lunch.sell(lunch.order("201", who=lunch.zhao))
    lunch.sell(lunch.order("202"))
    before = today.board(lunch.desk, lunch.manager)
    meal = next(meal for meal in before.meals if meal.period == "lunch")
    assert (meal.meals, meal.refunds, meal.list_fen, meal.when) == (3, 0, 3_700, "now")
    assert meal.gain_fen == sum(fen for _, fen in before.by_fund) > 0
    assert (before.served, before.list_fen, before.pays_fen) == (3, 3_700, meal.pays_fen)
    assert dict(before.by_tender)["cash"] == 5_000 + meal.pays_fen, "the top-up came in too"
    refunding.refund(lunch.desk, lunch.manager, sold.documents[0].document_id, None, "退单", uuid.uuid4().hex)
    after = today.board(lunch.desk, lunch.manager)
    meal = next(meal for meal in after.meals if meal.period == "lunch")
    assert (meal.meals, meal.refunds, meal.list_fen) == (3, 1, 2_200)
    assert meal.gain_fen == sum(fen for _, fen in after.by_fund)


def test_before_the_cut_off_it_is_still_yesterday(lunch) -> None:
    lunch.sell(lunch.order("101", who=lunch.wang))
    lunch.house.clock.advance(timedelta(hours=15).total_seconds())
    assert lunch.desk.clock.now().hour < 4
    board = today.board(lunch.desk, lunch.manager)
    assert board.served == 1
    assert board.day < lunch.desk.clock.now().date(), "the page is headed by the day whose sums it shows"
    assert {meal.when for meal in board.meals} == {"over"}, "and none of them is still to come"
    lunch.house.clock.advance(timedelta(hours=3).total_seconds())
    assert today.board(lunch.desk, lunch.manager).served == 0


def test_a_meal_that_was_renamed_keeps_its_sales_on_the_page(lunch) -> None:
    lunch.sell(lunch.order("101", who=lunch.wang))
    other = tuple(replace(one, code="正餐") if one.code == "lunch" else one for one in USUAL_PERIODS)
    settings_store.save(lunch.desk, lunch.manager, periods=other)
    board = today.board(lunch.desk, lunch.manager)
    assert [meal.period for meal in board.meals] == ["breakfast", "正餐", "dinner", "lunch"]
    assert board.served == 1


def test_what_waits_is_listed_for_those_who_may_do_it(lunch) -> None:
    members.enrol(lunch.desk, lunch.cashier, NewMember("孙大山", categories=("dibao",)))
    kinds = {task.kind: task for task in today.board(lunch.desk, lunch.manager).tasks}
    assert kinds["to_review"].count >= 1
    assert kinds["samples_take"].names
    assert "backup" in kinds, "none was ever made"
    assert today.waiting(lunch.desk, lunch.manager) == len(kinds)
    for role in ("dispatcher", "auditor"):
        somebody = replace(lunch.manager, role=role)
        theirs = {task.kind for task in today.board(lunch.desk, somebody).tasks}
        assert "to_review" in theirs
        assert not theirs & {"samples_take", "backup"}, "what they may not do does not wait for them"


def test_a_new_canteen_is_told_what_it_lacks(desk) -> None:
    settings = settings_store.CanteenSettings(name="幸福里食堂", place=Place("成都市", "武侯区", "玉林街道"))
    with desk.db.write() as conn:
        manager = setup.found(conn, desk, settings, "赵店长", vault.hash_pin("5937"))

    def lacking() -> set[str]:
        return {task.kind for task in today.board(desk, manager).tasks} & {"no_dishes", "no_people"}

    assert lacking() == {"no_dishes", "no_people"}
    with desk.db.write() as conn:
        menus.add_dishes(
            conn, [NewDish("201", "红烧肉", "荤菜", "dish", 1_200)], desk.clock.now().date(), ("lunch",)
        )
    members.enrol(desk, manager, NewMember("王秀兰"))
    assert lacking() == set()


def test_dishes_nearly_gone(lunch) -> None:
    def left() -> dict[str, int]:
        return {dish.period: dish.left_halves for dish in today.board(lunch.desk, lunch.manager).short}

    assert left() == {"breakfast": 6, "lunch": 6, "dinner": 6}
    lunch.sell(lunch.order("201*2"))
    assert left() == {"breakfast": 6, "lunch": 2, "dinner": 6}
    assert today.board(lunch.desk, lunch.manager).open_tills == ("T1",)


def test_a_cashier_does_not_see_it(lunch) -> None:
    with pytest.raises(Refusal) as refused:
        today.board(lunch.desk, lunch.cashier)
    assert refused.value.code == "right.missing"
