"""Three hundred people who do not exist: all ages, hukou and categories, the same ones for the same seed."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.place import Place

HOME = Place("成都市", "锦江区", "书院街街道")
TOWNS = (
    "书院街街道",
    "锦官驿街道",
    "春熙路街道",
    "牛市口街道",
    "沙河街道",
    "东湖街道",
    "锦华路街道",
    "柳江街道",
    "成龙路街道",
    "三圣街道",
)
OTHER_DISTRICTS = ("武侯区", "青羊区", "金牛区", "成华区", "龙泉驿区")
OTHER_CITIES = ("德阳市", "绵阳市", "南充市", "重庆市")
AGES = ((4, 15, 10), (18, 34, 10), (35, 59, 15), (60, 69, 20), (70, 79, 25), (80, 89, 15), (90, 101, 5))
"""(from, to, share in a hundred): a community canteen's queue."""
ELDER_DIETS = ("low_salt", "low_sugar", "soft_food", "low_fat", "no_spicy", "no_peanut")
GROWN_DIETS = ("no_spicy", "vegetarian", "no_peanut", "no_shrimp", "no_milk", "no_egg")

Described = tuple[NewMember, int]
"""Somebody, and what they bring in their purse, in fen."""


def people(file: Path, rng: Random, today: date, number: int) -> Iterator[Described]:
    """`number` people, those the file names first."""
    described: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    first = [_named(one) for one in described["first"]]
    yield from first
    used = {member.name for member, _ in first}
    cards = iter(rng.sample(range(1200, 9999), number))
    for place in range(number - len(first)):
        yield _anybody(described, rng, today, used, next(cards), place)


def _named(one: dict[str, Any]) -> Described:
    city, district = one.get("hukou_city", HOME.city), one.get("hukou_district", HOME.district)
    away = "hukou_city" in one or "hukou_district" in one
    hukou = Place(city, "" if "hukou_city" in one else district, "" if away else one.get("town", HOME.town))
    member = NewMember(
        name=one["name"],
        birth_date=date.fromisoformat(one["born"]),
        card=one["card"],
        phone=one.get("phone", ""),
        hukou=hukou,
        residence=HOME,
        categories=tuple(one.get("categories", ())),
        permits=tuple(one.get("permits", ())),
        care_level=one.get("care_level", 0),
        diet=tuple(one.get("diet", ())),
    )
    return member, round(one.get("yuan", 0) * 100)


def _anybody(
    described: dict[str, Any], rng: Random, today: date, used: set[str], card: int, place: int
) -> Described:
    low, high, _ = rng.choices(AGES, weights=[share for _, _, share in AGES])[0]
    age = rng.randint(low, high)
    elder = age >= 60
    member = NewMember(
        name=_name(described, rng, age, used),
        birth_date=_birthday(rng, today, age),
        card=_card(rng, card, place),
        phone=f"138{rng.randrange(10**8):08d}" if age >= 15 and rng.random() < 0.9 else "",
        hukou=_hukou(rng),
        residence=Place(HOME.city, HOME.district, rng.choice(TOWNS)),
        categories=_categories(rng, age),
        permits=_permits(rng, age),
        care_level=rng.choice((1, 2, 2, 3, 4)) if age >= 75 and rng.random() < 0.2 else 0,
        in_institution=age >= 80 and rng.random() < 0.04,
        diet=_diet(rng, elder),
    )
    fen = rng.choice((0, 500, 1250, 2000, 3500, 4200, 5000, 6600, 8800, 10000, 15000, 20000))
    return member, fen if member.card else 0


def _name(described: dict[str, Any], rng: Random, age: int, used: set[str]) -> str:
    given = described["given_grown"]
    if age >= 60:
        given = described[rng.choice(("given_elder_women", "given_elder_men"))]
    elif age < 20:
        given = described["given_young"]
    while True:
        name = rng.choice(described["surnames"]) + rng.choice(given)
        if name not in used:
            used.add(name)
            return str(name)


def _birthday(rng: Random, today: date, age: int) -> date:
    """A day that makes them `age` full years old on `today`."""
    latest = today.replace(year=today.year - age, day=min(today.day, 28))
    return latest - timedelta(days=rng.randrange(364))


def _card(rng: Random, printed: int, place: int) -> str:
    """Most have a card with four printed digits, some one that only its serial number names, a few none."""
    if place % 12 == 11:
        return ""
    if place % 6 == 5:
        return f"{rng.randrange(2**28, 2**32):010d}"
    return f"{printed:04d}"


def _hukou(rng: Random) -> Place:
    where = rng.random()
    if where < 0.62:
        return Place(HOME.city, HOME.district, rng.choice(TOWNS))
    if where < 0.85:
        return Place(HOME.city, rng.choice(OTHER_DISTRICTS))
    return Place(rng.choice(OTHER_CITIES)) if where < 0.97 else Place()


def _categories(rng: Random, age: int) -> tuple[str, ...]:
    chances: tuple[tuple[str, float], ...] = ()
    if age >= 60:
        chances = (("dibao", 0.08), ("dibao_edge", 0.04), ("tekun", 0.03), ("shidu", 0.03), ("dujv", 0.08))
    if age >= 75:
        chances = (*chances, ("shineng", 0.08))
    return tuple(code for code, chance in chances if rng.random() < chance)


def _permits(rng: Random, age: int) -> tuple[str, ...]:
    if age >= 65:
        return ("elder_card",) if rng.random() < 0.8 else ()
    if age >= 18:
        chances = (("sanitation", 0.15), ("volunteer", 0.2))
        return tuple(code for code, chance in chances if rng.random() < chance)
    return ()


def _diet(rng: Random, elder: bool) -> tuple[str, ...]:
    if rng.random() > (0.35 if elder else 0.12):
        return ()
    choices = ELDER_DIETS if elder else GROWN_DIETS
    return tuple(sorted(rng.sample(choices, rng.choice((1, 1, 2)))))
