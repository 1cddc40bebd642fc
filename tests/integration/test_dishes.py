"""Dishes in the back office: what they are, what they cost from which day, and who may change them."""

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from canteen_pos.domain.dishes import DishForm, DishPrice
from canteen_pos.domain.menu import Choice
from canteen_pos.services import audit, dishes, menus, pictures, sales_book, verifying
from canteen_pos.services.context import Desk
from tests.integration.hands import refusal

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
EGGPLANT = DishForm("305", "鱼香茄子", "素菜", tags=("veg", "soft"), cost_fen=210)


def price(house, code: str, day: date, period: str = "lunch") -> tuple[int, int | None]:
    tile = next(tile for tile in menus.tiles(house.desk, day, period) if tile.code == code)
    return tile.price_fen, tile.half_fen


def test_a_new_dish_gets_initials_and_waits_for_the_planner(house) -> None:
    made = dishes.create(house.desk, house.manager, EGGPLANT, 600, 300)
    assert (made.initials, made.unit_fen, made.half_fen, made.margin_percent) == ("yxqz", 600, 300, 65)
    assert "305" not in {tile.code for tile in menus.tiles(house.desk, TODAY, "lunch")}
    assert dishes.find(house.desk, "yxq") == (made,)
    assert audit.recent(house.desk, "dish_added")[0].body["dish"] == "鱼香茄子"


def test_a_canteen_that_never_plans_puts_it_on_today_s_menu_at_once(house) -> None:
    dishes.create(house.desk, house.manager, EGGPLANT, 600, periods=("lunch",))
    assert [tile.code for tile in menus.tiles(house.desk, TODAY, "lunch")] == [
        "101",
        "201",
        "202",
        "701",
        "305",
    ]
    assert "305" not in {tile.code for tile in menus.tiles(house.desk, TODAY, "dinner")}
    wrong = replace(EGGPLANT, code="306")
    assert refusal(dishes.create, house.desk, house.manager, wrong, 1, periods=("tea",)).code == (
        "dish.unknown_period"
    )


def test_initials_are_corrected_by_hand(house) -> None:
    made = dishes.create(house.desk, house.manager, replace(EGGPLANT, initials=" CX "), 600)
    assert made.initials == "cx"
    bad = refusal(dishes.edit, house.desk, house.manager, made.id, replace(made.form, initials="c x"))
    assert bad.code == "dish.initials"


def test_what_is_typed_is_kept_without_what_nobody_sees(house) -> None:
    form = replace(EGGPLANT, name=" 鱼香\x00茄子\n😀 ", choices=(Choice(" 汤\t", ("紫菜\u200b汤 ",)),))
    made = dishes.create(house.desk, house.manager, form, 600)
    assert made.name == "鱼香茄子 😀"
    assert made.form.choices == (Choice("汤", ("紫菜汤",)),)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "dish.no_name"),
        ({"name": "红烧肉" * 700}, "typed.too_long"),
        ({"name": "\u200b\x07\n"}, "dish.no_name"),
        ({"code": ""}, "dish.no_code"),
        ({"code": "2 01/x"}, "typed.number"),
        ({"category": "素菜" * 40}, "typed.too_long"),
        ({"cost_fen": 10**12}, "typed.amount"),
        ({"kind": "weighed", "per_grams": 10**9}, "typed.count"),
        ({"category": ""}, "dish.no_category"),
        ({"code": "201"}, "dish.code_taken"),
        ({"kind": "weighed"}, "dish.weighed_grams"),
        ({"per_grams": 50}, "dish.weighed_grams"),
        ({"cost_fen": -1}, "dish.cost_negative"),
        ({"choices": (Choice("汤", ()),)}, "dish.choice_empty"),
        ({"choices": (Choice("", ("茶",)),)}, "dish.choice_empty"),
        ({"choices": (Choice("汤", ("茶", "茶")),)}, "dish.choice_twice"),
        ({"choices": (Choice("汤", ("茶",)), Choice("汤", ("水",)))}, "dish.choice_twice"),
    ],
)
def test_what_a_dish_cannot_be(house, change, code) -> None:
    before = dishes.every(house.desk)
    assert refusal(dishes.create, house.desk, house.manager, replace(EGGPLANT, **change), 600).code == code
    assert dishes.every(house.desk) == before


def test_a_price_holds_from_its_day_on_and_the_newest_wins(house) -> None:
    pork, set_price = house.dish("201"), dishes.set_price
    set_price(house.desk, house.manager, pork, DishPrice(TOMORROW, 1300, 650))
    set_price(house.desk, house.manager, pork, DishPrice(TODAY + timedelta(days=7), 1400))
    assert price(house, "201", TODAY) == (1200, 600)
    assert price(house, "201", TOMORROW) == (1300, 650)
    assert price(house, "201", TODAY + timedelta(days=6), "dinner") == (1300, 650)
    assert price(house, "201", TODAY + timedelta(days=30)) == (1400, None)
    known = dishes.load(house.desk, pork)
    assert (known.unit_fen, known.next_price) == (1200, DishPrice(TOMORROW, 1300, 650))
    assert len(dishes.prices(house.desk, pork)) == 2


def test_two_prices_from_one_day_are_one(house) -> None:
    pork = house.dish("201")
    for fen in (1300, 1350):
        dishes.set_price(house.desk, house.manager, pork, DishPrice(TOMORROW, fen))
    assert dishes.prices(house.desk, pork) == (DishPrice(TOMORROW, 1350),)
    assert audit.recent(house.desk, "dish_price_set")[0].body["now_fen"] == 1350


def test_the_price_of_one_meal_wins_until_a_later_dated_price_begins(house) -> None:
    pork = house.dish("201")
    menus.set_price(house.desk, house.manager, TODAY, "lunch", pork, 1100)
    dishes.set_price(house.desk, house.manager, pork, DishPrice(TODAY, 1250, 625))
    assert price(house, "201", TODAY)[0] == 1100, "today's lunch has a price of its own"
    assert price(house, "201", TOMORROW)[0] == 1100, "an unplanned day continues it"
    dishes.set_price(house.desk, house.manager, pork, DishPrice(TODAY + timedelta(days=2), 1500, 750))
    after = TODAY + timedelta(days=2)
    assert price(house, "201", after) == (1500, 750)
    with house.desk.db.write() as conn:
        menus.take_portions(conn, after, "lunch", {pork: 1})
    assert price(house, "201", after) == (1500, 750), "nor when the first sale makes that day's own rows"
    assert price(house, "201", TOMORROW)[0] == 1100


def test_a_sale_of_yesterday_keeps_its_price_and_todays_quote_takes_the_new_one(lunch) -> None:
    sold = lunch.sell(lunch.order("201")).documents[0]
    pork = lunch.house.dish("201")
    dishes.set_price(lunch.desk, lunch.manager, pork, DishPrice(TODAY, 1300, 650))
    assert sales_book.load(lunch.desk, sold.document_id).list_fen == 1200
    assert lunch.sell(lunch.order("201", "201/")).documents[0].list_fen == 1950
    assert verifying.verify(lunch.desk).ok


def test_the_past_has_no_new_prices(house) -> None:
    pork = house.dish("201")
    late = DishPrice(TODAY - timedelta(days=1), 100)
    assert refusal(dishes.set_price, house.desk, house.manager, pork, late).code == "price.backdated"
    assert refusal(dishes.drop_price, house.desk, house.manager, pork, TODAY).code == "price.in_force"
    assert refusal(dishes.drop_price, house.desk, house.manager, pork, TOMORROW).code == "price.unknown"
    dishes.set_price(house.desk, house.manager, pork, DishPrice(TOMORROW, 100))
    assert dishes.drop_price(house.desk, house.manager, pork, TOMORROW).next_price is None
    wrong = DishPrice(TOMORROW, 500, 600)
    assert refusal(dishes.set_price, house.desk, house.manager, pork, wrong).code == "price.half_over_whole"
    assert price(house, "201", TOMORROW) == (1200, 600)


def test_a_retired_dish_leaves_every_menu_and_comes_back_to_its_place(house) -> None:
    pork = house.dish("201")
    dishes.retire(house.desk, house.manager, pork)
    assert "201" not in {tile.code for tile in menus.tiles(house.desk, TODAY, "lunch")}
    assert [dish.code for dish in dishes.find(house.desk, active=False)] == ["201"]
    dishes.retire(house.desk, house.manager, pork, back=True)
    assert [tile.code for tile in menus.tiles(house.desk, TODAY, "lunch")] == ["101", "201", "202", "701"]
    assert [event.kind for event in audit.recent(house.desk, "dish_retired", "dish_back")] == [
        "dish_back",
        "dish_retired",
    ]


def test_what_was_sold_as_a_dish_is_not_weighed_tomorrow(lunch) -> None:
    lunch.sell(lunch.order("201"))
    pork = dishes.load(lunch.desk, lunch.house.dish("201"))
    weighed = replace(pork.form, kind="weighed", per_grams=50)
    assert refusal(dishes.edit, lunch.desk, lunch.manager, pork.id, weighed).code == "dish.kind_fixed"
    other = dishes.load(lunch.desk, lunch.house.dish("202"))
    changed = replace(other.form, kind="weighed", per_grams=50)
    assert dishes.edit(lunch.desk, lunch.manager, other.id, changed).form.per_grams == 50


def kept(desk: Desk) -> int:
    with desk.db.read() as conn:
        return conn.execute(text("select count(*) from pictures")).scalar_one()


def test_form_price_and_picture_change_together_or_not_at_all(house, tmp_path: Path) -> None:
    pork = dishes.load(house.desk, house.dish("201"))
    file = tmp_path / "hsr.png"
    Image.new("RGB", (1200, 900), "brown").save(file)
    new = replace(pork.form, name="毛氏红烧肉", allergens=("soy",))
    refused = refusal(dishes.edit, house.desk, house.manager, pork.id, replace(new, code="202"), picture=file)
    assert refused.facts["name"] == "宫保鸡丁"
    desk = house.desk
    assert kept(desk) == 0, "no picture stays behind"
    after = dishes.edit(desk, house.manager, pork.id, new, price=DishPrice(TOMORROW, 1300), picture=file)
    with Image.open(io.BytesIO(pictures.read(desk, after.picture))) as picture:
        assert max(picture.size) == 640
    assert (after.name, after.next_price) == ("毛氏红烧肉", DishPrice(TOMORROW, 1300))
    assert audit.recent(desk, "dish_changed")[0].body["changed_name"] == ["红烧肉", "毛氏红烧肉"]
    without = dishes.edit(desk, house.manager, pork.id, after.form, picture="")
    assert without.picture == ""
    assert kept(desk) == 0
    bad = tmp_path / "menu.txt"
    bad.write_text("红烧肉")
    assert refusal(dishes.edit, desk, house.manager, pork.id, new, picture=bad).code == "photo.not_picture"


def test_a_cashier_changes_no_dish_without_a_manager(house) -> None:
    pork = dishes.load(house.desk, house.dish("201"))
    alone, asked = house.cashier, replace(house.cashier, approved_by=house.manager.user_id)
    for call in (
        lambda who: dishes.create(house.desk, who, EGGPLANT, 600),
        lambda who: dishes.edit(house.desk, who, pork.id, replace(pork.form, cost_fen=500)),
        lambda who: dishes.set_price(house.desk, who, pork.id, DishPrice(TOMORROW, 1)),
        lambda who: dishes.drop_price(house.desk, who, pork.id, TOMORROW),
        lambda who: dishes.retire(house.desk, who, pork.id),
    ):
        assert refusal(call, alone).code == "right.approval_needed"
        call(asked)
    assert audit.recent(house.desk, "dish_retired")[0].body["approved_by"] == house.manager.user_id
