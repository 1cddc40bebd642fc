"""Typing at the till: what 'hsr' and '20' mean; what a half costs; what goes against a diet."""

import pytest

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import diet_clashes
from canteen_pos.domain.menu import NewDish, Tile, search


def tile(code: str, name: str, initials: str, **more) -> Tile:
    return Tile(int(code), code, name, initials, "荤菜", "dish", 1200, **more)


PORK = tile("201", "红烧肉", "hsr", half_fen=600)
FISH = tile("202", "红烧肉末茄子", "hsrmqz")
EGG = tile("20", "蒸蛋", "zd")
TILES = (EGG, FISH, PORK)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hsr", (PORK, FISH)),
        ("HSR ", (PORK, FISH)),
        ("20", (EGG, FISH, PORK)),
        ("201", (PORK,)),
        ("红烧", (FISH, PORK)),
        ("蛋", (EGG,)),
        ("mq", (FISH,)),
        ("", ()),
        ("xyz", ()),
    ],
)
def test_the_likeliest_comes_first(text: str, found: tuple[Tile, ...]) -> None:
    assert search(TILES, text) == found


def test_a_half_costs_its_own_price_or_is_not_sold() -> None:
    assert (PORK.price_for("full"), PORK.price_for("half")) == (1200, 600)
    with pytest.raises(Refusal) as caught:
        EGG.price_for("half")
    assert (caught.value.code, caught.value.facts) == ("dish.no_half", {"name": "蒸蛋"})


def test_sold_out_by_count() -> None:
    assert tile("1", "甲", "j", left_halves=0).sold_out
    assert not tile("1", "甲", "j", left_halves=1).sold_out
    assert not tile("1", "甲", "j").sold_out


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"price_fen": -1},
        {"half_fen": 1201},
        {"kind": "weighed"},
        {"per_grams": 50},
    ],
)
def test_dishes_that_make_no_sense(wrong: dict) -> None:
    described = {"code": "1", "name": "甲", "category": "荤菜", "kind": "dish", "price_fen": 1200}
    with pytest.raises(ValueError, match=r".+"):
        NewDish(**{**described, **wrong})


@pytest.mark.parametrize(
    ("diet", "dish", "clashes"),
    [
        (("no_peanut",), ("spicy", "peanut"), ("no_peanut",)),
        (("low_salt", "no_egg"), ("salty", "egg"), ("low_salt", "no_egg")),
        (("halal",), ("pork",), ("halal",)),
        (("vegetarian",), ("beef",), ("vegetarian",)),
        (("low_salt",), ("low_salt",), ()),
        ((), ("pork",), ()),
    ],
)
def test_what_goes_against_a_diet(diet: tuple, dish: tuple, clashes: tuple) -> None:
    assert diet_clashes(diet, dish) == clashes
