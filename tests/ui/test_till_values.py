"""The till's values without a window: what is typed, the order as it is edited, the dishes shown."""

from datetime import date, datetime

import pytest

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.menu import Choice, Tile
from canteen_pos.services.selling import OrderLine
from canteen_pos.ui.screens.till import query
from canteen_pos.ui.screens.till.asks.line import typed_grams
from canteen_pos.ui.screens.till.catalogue import Catalogue
from canteen_pos.ui.screens.till.draft import MOST, Draft, new_draft
from canteen_pos.ui.screens.till.query import Query

NOON = datetime.fromisoformat("2026-11-23T12:00:00+08:00")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Query()),
        ("hsr", Query("hsr")),
        ("3*", Query(count=3)),
        ("3*hsr", Query("hsr", 3)),
        ("12×hsr/", Query("hsr", 12, half=True)),
        ("hsr/", Query("hsr", half=True)),
        ("0*hsr", Query("hsr", 1)),
        ("101", Query("101")),
        ("3*4*5", Query("3*4*5")),
    ],
)
def test_what_typing_means(typed: str, meant: Query) -> None:
    assert query.read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("186", 186),
        ("0.186", 186),
        ("1.2", 1200),
        ("", None),
        ("0", None),
        ("-5", None),
        ("99999", None),
        ("x", None),
    ],
)
def test_grams_or_kilograms(typed: str, grams: int | None) -> None:
    assert typed_grams(typed) == grams


def draft() -> Draft:
    return new_draft(date(2026, 11, 23), "lunch", NOON)


def line(dish_id: int, **changes: object) -> OrderLine:
    return OrderLine(key="", dish_id=dish_id, **changes)  # type: ignore[arg-type]


def test_equal_food_joins_and_other_food_does_not() -> None:
    order = draft().adding(line(1)).adding(line(1, quantity=2)).adding(line(1, portion="half"))
    assert [(each.key, each.quantity, each.portion) for each in order.lines] == [
        ("1", 3, "full"),
        ("2", 1, "half"),
    ]
    assert order.chosen == "2"


def test_weighed_and_open_priced_lines_stay_apart() -> None:
    order = draft().adding(line(1, grams=100)).adding(line(1, grams=100))
    assert len(order.lines) == 2
    order = draft().adding(line(1)).adding(line(1, open_price_fen=500, open_reason="时价"))
    assert len(order.lines) == 2


def test_counting_stays_within_reason() -> None:
    order = draft().adding(line(1, quantity=98)).counting(1).counting(1).counting(1)
    assert order.lines[0].quantity == MOST
    assert draft().adding(line(1)).counting(-1).lines[0].quantity == 1
    assert draft().counting(1) == draft().counting(1).choosing("") or draft().lines == ()


def test_removing_chooses_the_line_above_and_keys_are_not_used_twice() -> None:
    order = draft().adding(line(1)).adding(line(2)).adding(line(3)).choosing("2").removing()
    assert ([each.dish_id for each in order.lines], order.chosen) == ([1, 3], "1")
    assert order.adding(line(4)).lines[-1].key == "4"
    assert draft().removing().lines == ()


def test_moving_stops_at_both_ends() -> None:
    order = draft().adding(line(1)).adding(line(2))
    assert order.moving(1).chosen == "2"
    assert order.moving(-1).moving(-1).chosen == "1"
    assert draft().moving(1).chosen == ""


def test_serving_goes_round() -> None:
    order = draft()
    served = []
    for _ in range(4):
        served.append(order.serving)
        order = order.next_serving()
    assert served == [Serving.DINE_IN, Serving.TAKEAWAY, Serving.DELIVERY, Serving.DINE_IN]


def dish(dish_id: int, name: str, initials: str, category: str = "荤菜", **changes: object) -> Tile:
    return Tile(dish_id, str(100 + dish_id), name, initials, category, "dish", 1000, **changes)  # type: ignore[arg-type]


@pytest.fixture
def catalogue() -> Catalogue:
    made = Catalogue()
    made.load(
        [
            dish(1, "红烧肉", "hsr"),
            dish(2, "红烧茄子", "hsqz", "素菜"),
            dish(3, "回锅肉", "hgr", sold_out_at=NOON),
            dish(4, "标准套餐", "bztc", "套餐", pinned=True),
        ]
    )
    return made


def test_searching_looks_into_every_category_and_goes_back(catalogue: Catalogue) -> None:
    catalogue.seek("hs")
    assert [tile.name for tile in catalogue.shown] == ["红烧肉", "红烧茄子"]
    assert catalogue.under_cursor is catalogue.dish(1)
    catalogue.seek("")
    assert [tile.name for tile in catalogue.shown] == ["红烧肉", "回锅肉"]
    assert catalogue.under_cursor is None


def test_the_cursor_prefers_what_is_left(catalogue: Catalogue) -> None:
    catalogue.seek("r")
    first = catalogue.under_cursor
    assert first is not None
    assert not first.sold_out


def test_the_cursor_moves_in_rows(catalogue: Catalogue) -> None:
    catalogue.columns = 2
    catalogue.load([dish(n, f"菜{n}", f"c{n}") for n in range(5)])
    catalogue.move(right=1)
    catalogue.move(down=1)
    assert catalogue.under_cursor is catalogue.dish(2)
    catalogue.move(down=1)
    assert catalogue.under_cursor is catalogue.dish(4)
    catalogue.move(right=1)
    assert catalogue.under_cursor is catalogue.dish(4)


def test_the_category_stays_when_the_menu_is_loaded_again(catalogue: Catalogue) -> None:
    catalogue.turn(1)
    catalogue.load([dish(2, "红烧茄子", "hsqz", "素菜"), dish(1, "红烧肉", "hsr")])
    assert [tile.name for tile in catalogue.shown] == ["红烧茄子"]


def test_a_diet_marks_tiles(catalogue: Catalogue) -> None:
    catalogue.load(
        [dish(1, "宫保鸡丁", "gbjd", allergens=("peanut",)), dish(2, "咸烧白", "xsb", tags=("salty",))]
    )
    marked = [tile.clash for tile in catalogue.view(("no_peanut", "low_salt")).tiles]
    assert marked == ["含花生", "偏咸"]
    assert [tile.clash for tile in catalogue.view(()).tiles] == ["", ""]


def test_choices_are_shown_in_words() -> None:
    made = Catalogue()
    made.load([dish(1, "套餐", "tc", choices=(Choice("荤菜", ("鱼",)), Choice("汤", ("汤",))))])
    assert made.view(()).tiles[0].detail == "荤菜 · 汤"
