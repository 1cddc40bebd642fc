"""A founded canteen with two people at work: what nearly every service test begins with."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from canteen_pos import vault
from canteen_pos.clock import FixedClock
from canteen_pos.domain.bill import Serving
from canteen_pos.domain.membership import Member, NewMember
from canteen_pos.domain.menu import Choice, NewDish
from canteen_pos.domain.order import Order, OrderLine, Payment
from canteen_pos.domain.place import Place
from canteen_pos.services import (
    members,
    menus,
    policies,
    selling,
    settings_store,
    setup,
    shifts,
    users,
    wallets,
)
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.settings_store import BonusRule

TODAY = date(2026, 11, 23)
DISHES = (
    NewDish(
        "101",
        "长者套餐A",
        "套餐",
        "set",
        1500,
        pinned=True,
        choices=(Choice("荤菜", ("红烧肉", "鱼香肉丝")), Choice("汤", ("紫菜蛋花汤",))),
    ),
    NewDish("201", "红烧肉", "荤菜", "dish", 1200, half_fen=600, tags=("pork",), planned_portions=3),
    NewDish("202", "宫保鸡丁", "荤菜", "dish", 1000, half_fen=500, allergens=("peanut",)),
    NewDish("701", "自选菜", "称重", "weighed", 180, per_grams=50),
    NewDish("801", "豆浆", "早餐", "dish", 200, periods=("breakfast",)),
)


@pytest.fixture(scope="session", autouse=True)
def _quick_pins() -> Iterator[None]:
    """The slow hash is slow on purpose; one test of its own looks at the real one."""
    from argon2 import PasswordHasher

    real = vault._hasher
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    vault._hasher = lambda: cheap  # type: ignore[assignment]
    yield
    vault._hasher = real


@dataclass(frozen=True)
class House:
    """Manager's PIN is 8888, cashier's 1111."""

    desk: Desk
    manager: Actor
    cashier: Actor
    clock: FixedClock

    def dish(self, code: str, period: str = "lunch") -> int:
        return next(tile.dish_id for tile in menus.tiles(self.desk, TODAY, period) if tile.code == code)


@pytest.fixture
def house(desk: Desk, clock: FixedClock) -> House:
    """A canteen in Jinjiang with five dishes, a manager and a cashier; no rule packs, no shift."""
    settings = settings_store.CanteenSettings(
        name="粮丰社区食堂", place=Place("成都市", "锦江区", "书院街街道")
    )
    with desk.db.write() as conn:  # PINs that a canteen of one's own may not have, and that are quick to read
        manager = setup.found(conn, desk, settings, "陈经理", vault.hash_pin("8888"))
        cashier = users.add(conn, "李芳", "cashier", vault.hash_pin("1111"))
        menus.add_dishes(conn, DISHES, TODAY, ("breakfast", "lunch", "dinner"))
    return House(desk, manager, Actor(cashier.id, cashier.name, cashier.role), clock)


# -- a lunch under way: rules in force, a shift open, people with cards -------------------------------

LUNCH_PACK = """
id = "lunch-test"
title = "测试规则"
source = "tests"
date = 2026-01-01
sample = true
place = { city = "成都市", district = "锦江区" }
names = { dibao = "低保" }

[[quota]]
name = "meal"
per = "period"
meals = 1

[[quota]]
name = "week"
per = "week"
amount_yuan = 8.00

[[budget]]
name = "charity"
short = "nothing"
start_yuan = 5.00

[[rule]]
id = "city"
title = "市级补贴"
fund = "city"
order = 10
quotas = ["meal"]
when = { age = { at_least = 60 } }
effect = { off_yuan = 3.00, per = "bill" }

[[rule]]
id = "gift"
title = "慈善餐"
fund = "charity"
order = 20
quotas = ["week"]
budgets = ["charity"]
when = { categories = ["dibao"] }
effect = { off_yuan = 2.00, per = "bill" }

[[rule]]
id = "senior"
title = "长者九折"
fund = "operator"
order = 30
when = { age = { at_least = 60 } }
effect = { percent = 10, base = "left", per = "bill" }

[[rule]]
id = "grant"
title = "运营补助"
fund = "district"
order = 40
when = { age = { at_least = 60 } }
effect = { claim = "operating_grant", amount_yuan = 1.00, per = "bill" }
"""


@dataclass(frozen=True)
class Lunch:
    """A shift with 200.00 is open. Wang (82, dibao) has 50.00 + 5.00 bonus, Zhao (68) nothing, Xiao Li is 30."""

    house: House
    wang: Member
    zhao: Member
    li: Member

    @property
    def desk(self) -> Desk:
        return self.house.desk

    @property
    def cashier(self) -> Actor:
        return self.house.cashier

    @property
    def manager(self) -> Actor:
        return self.house.manager

    def order(self, *dishes: str, who: Member | None = None, **fields: Any) -> Order:
        """One of each dish, by code ('201*2' is two, '201/' half a portion)."""
        lines = []
        for place, text in enumerate(dishes, start=1):
            half, (code, _, count) = text.endswith("/"), text.rstrip("/").partition("*")
            lines.append(
                OrderLine(
                    key=str(place),
                    dish_id=self.house.dish(code),
                    portion="half" if half else "full",
                    quantity=int(count or 1),
                    grams=260 if code == "701" else 0,
                    choices=("红烧肉", "紫菜蛋花汤") if code == "101" else (),
                )
            )
        known = {
            "id": uuid.uuid4().hex,
            "service_date": self.desk.clock.now().date(),
            "period": "lunch",
            "serving": Serving.DINE_IN,
            "opened_at": self.desk.clock.now(),
        }
        return Order(person_id=who.id if who else None, lines=tuple(lines), **{**known, **fields})

    def sell(
        self, *orders: Order, payments: tuple[Payment, ...] | None = None, **more: Any
    ) -> selling.Settled:
        """Ring up at today's price, in cash unless said otherwise."""
        due = sum(selling.quote(self.desk, order).pays_fen for order in orders)
        money = (Payment("cash", due),) if payments is None and due else payments or ()
        return selling.ring_up(
            self.desk, self.cashier, orders, money, due, more.pop("settlement_id", uuid.uuid4().hex), **more
        )


@pytest.fixture
def lunch(house: House) -> Lunch:
    policies.add_pack(house.desk, house.manager, LUNCH_PACK)
    policies.choose(house.desk, house.manager, ("lunch-test",))
    settings_store.save(house.desk, house.manager, bonus_rules=(BonusRule(5000, 500),))
    shifts.open(house.desk, house.cashier, 20_000)
    wang, zhao, li = (
        members.enrol(house.desk, house.cashier, newcomer)
        for newcomer in (
            NewMember("王桂芳", birth_date=date(1944, 3, 1), card="0011223344", categories=("dibao",)),
            NewMember("赵国强", birth_date=date(1958, 5, 5), card="0055667788"),
            NewMember("李小明", birth_date=date(1996, 7, 7), card="0099001122"),
        )
    )
    wallets.top_up(house.desk, house.cashier, wang.account_id, 5000, "cash", request_id="top-up-wang")
    return Lunch(house, members.by_id(house.desk, wang.id) or wang, zhao, li)
