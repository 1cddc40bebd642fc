"""The day's menu: continued from the day before, changed at the till, sold in halves."""

from datetime import date, timedelta

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.menu import NewDish
from canteen_pos.services import audit, menus
from tests.integration.hands import refusal

TODAY = date(2026, 11, 23)


def tile(house, code: str, day: date = TODAY, period: str = "lunch"):
    return next(tile for tile in menus.tiles(house.desk, day, period) if tile.code == code)


def test_tiles_say_all_a_till_needs(house) -> None:
    tiles = menus.tiles(house.desk, TODAY, "lunch")
    assert [one.code for one in tiles] == ["101", "201", "202", "701"]
    pork = tile(house, "201")
    assert (pork.name, pork.initials, pork.price_fen, pork.half_fen, pork.left_halves) == (
        "红烧肉",
        "hsr",
        1200,
        600,
        6,
    )
    assert tile(house, "101").choices[0].options == ("红烧肉", "鱼香肉丝")
    assert tile(house, "701").per_grams == 50
    assert [one.code for one in menus.tiles(house.desk, TODAY, "breakfast")][-1] == "801"


def test_portions_go_down_by_halves_and_never_below_by_themselves(house) -> None:
    pork = house.dish("201")
    with house.desk.db.write() as conn:
        assert menus.take_portions(conn, TODAY, "lunch", {pork: 5}) == ()
    assert tile(house, "201").left_halves == 1
    with house.desk.db.write() as conn:
        short = refusal(menus.take_portions, conn, TODAY, "lunch", {pork: 2})
    assert (short.code, short.facts["left_halves"], short.facts["name"]) == ("portions.short", 1, "红烧肉")
    with house.desk.db.write() as conn:
        assert menus.take_portions(conn, TODAY, "lunch", {pork: 2}, oversell=True) == (pork,)
    assert tile(house, "201").left_halves == -1
    assert tile(house, "201").sold_out


def test_uncounted_dishes_sell_without_end(house) -> None:
    chicken = house.dish("202")
    with house.desk.db.write() as conn:
        assert menus.take_portions(conn, TODAY, "lunch", {chicken: 999}) == ()
    assert tile(house, "202").left_halves is None


def test_a_refusal_takes_no_portion_of_the_other_dishes(house) -> None:
    pork, chicken = house.dish("201"), house.dish("202")
    menus.set_portions(house.desk, house.manager, TODAY, "lunch", chicken, 8)
    with pytest.raises(Refusal), house.desk.db.write() as conn:
        menus.take_portions(conn, TODAY, "lunch", {chicken: 2, pork: 99})
    assert tile(house, "202").left_halves == 8


def test_an_unplanned_day_continues_the_last_planned_one(house) -> None:
    pork, tomorrow = house.dish("201"), TODAY + timedelta(days=1)
    with house.desk.db.write() as conn:
        menus.take_portions(conn, TODAY, "lunch", {pork: 4})
    menus.set_sold_out(house.desk, house.cashier, TODAY, "lunch", pork)
    assert tile(house, "201", tomorrow).left_halves == 6, "a new day begins with all its portions"
    assert tile(house, "201", tomorrow).sold_out_at is None
    with house.desk.db.write() as conn:
        menus.take_portions(conn, tomorrow, "lunch", {pork: 1})
    assert tile(house, "201", tomorrow).left_halves == 5
    assert tile(house, "201").left_halves == 2, "yesterday's count stays"
    assert len(menus.tiles(house.desk, tomorrow, "lunch")) == 4
    assert menus.tiles(house.desk, TODAY - timedelta(days=1), "lunch") == ()


def test_a_price_change_is_logged_and_keeps_the_halfs_proportion(house) -> None:
    pork = house.dish("201")
    changed = menus.set_price(house.desk, house.manager, TODAY, "lunch", pork, 1350)
    assert (changed.price_fen, changed.half_fen) == (1350, 680), "6.75 goes up to the next jiao"
    event = audit.recent(house.desk, "price_changed")[0]
    assert (event.body["was_fen"], event.body["now_fen"], event.actor) == (1200, 1350, "陈经理")
    assert tile(house, "201", TODAY, "dinner").price_fen == 1200, "another meal has its own price"
    assert tile(house, "201", TODAY + timedelta(days=1)).price_fen == 1350


def test_prices_that_make_no_sense(house) -> None:
    pork = house.dish("201")
    change = (house.desk, house.manager, TODAY, "lunch", pork)
    assert refusal(menus.set_price, *change, -1).code == "price.negative"
    assert refusal(menus.set_price, *change, 500, 600).code == "price.half_over_whole"
    assert refusal(menus.set_portions, *change, -1).code == "portions.negative"
    assert (
        refusal(menus.set_price, house.desk, house.manager, TODAY, "lunch", 999, 100).code
        == "dish.not_on_menu"
    )


def test_sold_out_says_since_when_and_can_be_taken_back(house) -> None:
    chicken = house.dish("202")
    out = menus.set_sold_out(house.desk, house.cashier, TODAY, "lunch", chicken)
    assert out.sold_out_at == house.clock.now()
    with house.desk.db.write() as conn:
        refused = refusal(menus.take_portions, conn, TODAY, "lunch", {chicken: 2})
    assert (refused.code, refused.facts["name"]) == ("dish.sold_out", "宫保鸡丁")
    back = menus.set_sold_out(house.desk, house.cashier, TODAY, "lunch", chicken, False)
    assert not back.sold_out
    assert [event.kind for event in audit.recent(house.desk, "sold_out", "back_on_sale")] == [
        "back_on_sale",
        "sold_out",
    ]


def test_a_cashier_needs_approval_for_prices_and_portions(house) -> None:
    change = (house.desk, house.cashier, TODAY, "lunch", house.dish("201"))
    assert refusal(menus.set_price, *change, 100).code == "right.approval_needed"
    assert refusal(menus.set_portions, *change, 1).code == "right.approval_needed"


def test_a_code_comes_once(house) -> None:
    again = NewDish("201", "另一道菜", "荤菜", "dish", 100)
    with pytest.raises(Refusal) as caught, house.desk.db.write() as conn:
        menus.add_dishes(conn, [again], TODAY, ("lunch",))
    assert (caught.value.code, caught.value.facts["dish_code"]) == ("dish.code_taken", "201")


def test_new_dishes_join_a_menu_that_continues_from_an_earlier_day(house) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with house.desk.db.write() as conn:
        menus.add_dishes(
            conn, [NewDish("301", "炒时蔬", "素菜", "dish", 500)], tomorrow, ("breakfast", "lunch", "dinner")
        )
    assert {one.code for one in menus.tiles(house.desk, tomorrow, "lunch")} == {
        "101",
        "201",
        "202",
        "701",
        "301",
    }
    assert "301" not in {one.code for one in menus.tiles(house.desk, TODAY, "lunch")}
