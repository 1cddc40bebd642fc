"""The demo canteen: founded in a few seconds, the same for the same seed, with a day of trade behind it.

It stands in Jinjiang; its people, prices and subsidy rules are invented and marked so. Yesterday's sales go through the real
services, so that everything a real canteen's database holds is there and `verify` walks it.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

from canteen_pos import vault
from canteen_pos.clock import FixedClock
from canteen_pos.domain.menu import Choice, NewDish
from canteen_pos.domain.purse import BonusRule
from canteen_pos.paths import resources
from canteen_pos.services import demo_menus, demo_purses, demo_records, members, menus, setup, users, wallets
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.demo_people import HOME, people
from canteen_pos.services.demo_staff import STAFF, Staff
from canteen_pos.services.demo_trade import trade
from canteen_pos.services.settings_store import USUAL_TENDERS, CanteenSettings
from canteen_pos.storage import members as member_rows
from canteen_pos.storage.engine import Connection

SEED = 20261122
PEOPLE = 300
PACKS = ("chengdu-jinjiang-demo",)
PERIODS = ("breakfast", "lunch", "dinner")


@dataclass(frozen=True, slots=True)
class Demo:
    """What was founded. `sales` is how many of yesterday's went into the books."""

    manager: Actor
    cashier: Actor
    staff: tuple[Staff, ...]
    dishes: int
    people: int
    sales: int


def found_demo(desk: Desk, *, seed: int = SEED, sales: int = 90) -> Demo:
    """Found the demo canteen in an empty database and trade for yesterday. Refusal 'setup.founded_already'."""
    rng = Random(seed)
    yesterday = desk.clock.now().date() - timedelta(days=1)
    clock = FixedClock(_at(desk, yesterday, time(5, 50)))
    then = Desk(desk.db, clock, desk.station, desk.training, desk.folder)
    with desk.db.write() as conn:
        actors = _people_at_work(conn, then)
        manager = actors["陈经理"]
        dishes = menus.add_dishes(conn, _dishes(resources() / "demo" / "menu.toml"), yesterday, PERIODS)
        enrolled = _diners(conn, then, manager, rng, yesterday)
        demo_purses.accounts_and_vouchers(conn, manager, clock.now(), _tokens(rng))
    demo_menus.take_samples(then, clock, actors["李芳"], yesterday)
    made = trade(then, clock, actors, enrolled, rng, sales)
    demo_records.papers(then, actors, enrolled)
    demo_purses.volunteers(then, manager, enrolled[20:26], Random(seed))
    demo_menus.count_food(then, actors["张丽"], yesterday, Random(seed))
    demo_menus.plan_weeks(desk, manager, Random(seed))
    demo_menus.price_dishes(desk, manager)
    return Demo(manager, actors["李芳"], STAFF, dishes, len(enrolled), made)


def _at(desk: Desk, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, desk.clock.now().tzinfo)


def _people_at_work(conn: Connection, desk: Desk) -> dict[str, Actor]:
    settings = CanteenSettings(
        name="粮丰社区食堂",
        place=HOME,
        bonus_rules=(BonusRule(10_000, 1_000), BonusRule(20_000, 2_500)),
        site_facts=MappingProxyType({"own_kitchen": True}),
        packs=PACKS,
        tenders=(*USUAL_TENDERS, "points"),
        low_balance_fen=1_000,
        point_fen=50,
        points_per_hour=4,
        demo=True,
    )
    first, *others = STAFF
    actors = {
        first.name: setup.found(conn, desk, settings, first.name, vault.hash_pin(first.pin), "一号收银台")
    }
    for one in others:
        user = users.add(conn, one.name, one.role, vault.hash_pin(one.pin))
        actors[one.name] = Actor(user.id, user.name, user.role)
    return actors


def _diners(conn: Connection, desk: Desk, actor: Actor, rng: Random, day: date) -> list[int]:
    """Ids of the enrolled."""
    ids, openings = [], []
    numbers, token = members.Numbers(conn), _tokens(rng)
    described = people(resources() / "demo" / "people.toml", rng, day, PEOPLE)
    beside = Random(SEED)
    for place, (plain, fen) in enumerate(described):
        newcomer = demo_records.known_better(plain, place, beside)
        person_id = members.add(
            conn, desk, actor, newcomer, source="演示名单", make_token=token, numbers=numbers
        )
        ids.append(person_id)
        if fen:
            member = member_rows.by_id(conn, person_id, day)
            assert member is not None
            openings.append(wallets.Opening(member.account_id, fen, token() + token()))
    wallets.open_with(conn, desk, actor, openings)
    return ids


def _tokens(rng: Random) -> Callable[[], str]:
    return lambda: f"{rng.getrandbits(64):016x}"


def _dishes(file: Path) -> Iterator[NewDish]:
    described = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    for category, group in described["category"].items():
        for dish in group["dishes"]:
            yield _dish(category, tuple(group["periods"]), dish)


def _dish(category: str, periods: tuple[str, ...], dish: dict[str, Any]) -> NewDish:
    choices = tuple(Choice(name, tuple(options)) for name, options in dish.get("choices", {}).items())
    kind = "weighed" if "grams" in dish else "set" if choices else "dish"
    return NewDish(
        code=dish["code"],
        name=dish["name"],
        category=category,
        kind=kind,  # type: ignore[arg-type]
        price_fen=int(dish["yuan"] * 100),
        half_fen=int(dish["half"] * 100) if "half" in dish else None,
        per_grams=dish.get("grams"),
        open_price=dish.get("open_price", False),
        made_to_order=dish.get("made_to_order", False),
        tags=tuple(dish.get("tags", ())),
        allergens=tuple(dish.get("allergens", ())),
        choices=choices,
        pinned=dish.get("pinned", False),
        periods=periods,
        planned_portions=dish.get("left"),
    )
