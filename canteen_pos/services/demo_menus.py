"""The demo's planned weeks, its counts after yesterday's meals and its food samples, through the real services.

Today's menu continues yesterday's; from tomorrow on each day has its own hot dishes beside what is there every day.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from canteen_pos.clock import FixedClock
from canteen_pos.domain.dishes import DishPrice
from canteen_pos.domain.planning import Change, Entry
from canteen_pos.services import after_service, dishes, menus, planning, samples
from canteen_pos.services.context import Actor, Desk

_ROTATING = {"荤菜": (4, 3), "素菜": (3, 2), "汤羹": (1, 1)}
"""Category -> how many of its dishes a lunch and a dinner have."""
_PORTIONS = (30, 40, 40, 50, 60)


def plan_weeks(desk: Desk, actor: Actor, rng: Random) -> int:
    """Plan from tomorrow to the end of next week; how many meals."""
    today = desk.clock.now().date()
    last = planning.week(desk, today + timedelta(days=7)).days[-1]
    known = planning.week(desk, today).dishes
    codes = {
        category: [dish.id for dish in known.values() if dish.category == category] for category in _ROTATING
    }
    staples = {
        period: [tile.dish_id for tile in menus.tiles(desk, today, period) if tile.category not in _ROTATING]
        for period in ("breakfast", "lunch", "dinner")
    }
    changes: list[Change] = []
    earlier: dict[str, set[int]] = {}  # what each meal had the day before
    day = today + timedelta(days=1)
    while day <= last:
        eaten: set[int] = set()
        for place, period in enumerate(("lunch", "dinner")):
            chosen: list[int] = []
            for category, many in _ROTATING.items():
                chosen += _fresh(codes[category], earlier.get(period, set()) | eaten, rng)[: many[place]]
            eaten |= set(chosen)
            earlier[period] = set(chosen)
            entries = [Entry(dish_id, 2 * rng.choice(_PORTIONS)) for dish_id in chosen]
            entries += [Entry(dish_id) for dish_id in staples[period]]
            changes.append(Change(day, period, None, tuple(entries)))
        changes.append(Change(day, "breakfast", None, tuple(Entry(one) for one in staples["breakfast"])))
        day += timedelta(days=1)
    planning.change(desk, actor, changes)
    return len(changes)


def _fresh(ids: list[int], stale: set[int], rng: Random) -> list[int]:
    """In any order, those not eaten lately first."""
    return sorted(ids, key=lambda one: (one in stale, rng.random()))


def price_dishes(desk: Desk, actor: Actor) -> None:
    """What the hot dishes cost to make, and two prices that begin next Monday."""
    monday = planning.week(desk, desk.clock.now().date() + timedelta(days=7)).monday
    coming = {"201": DishPrice(monday, 1300, 650), "301": DishPrice(monday, 550, 300)}
    for dish in dishes.every(desk):
        if dish.category in _ROTATING:
            form = replace(dish.form, cost_fen=dish.unit_fen * 11 // 20)
            dishes.edit(desk, actor, dish.id, form, price=coming.get(dish.code))


def take_samples(desk: Desk, clock: FixedClock, actor: Actor, day: date) -> int:
    """One of each dish, a quarter of an hour into each meal of a day; how many. The clock is left at the last."""
    taken = 0
    for period, hour in (("breakfast", time(6, 15)), ("lunch", time(10, 45)), ("dinner", time(16, 45))):
        clock.set(datetime.combine(day, hour, clock.now().tzinfo))
        wanted = [one.dish_id for one in samples.missing(desk, day, period)]
        taken += len(samples.take(desk, actor, day, period, wanted, note="2 号留样冰箱"))
    return taken


def count_food(desk: Desk, actor: Actor, day: date, rng: Random) -> int:
    """What was served, left and thrown away of each planned dish of that day; how many dishes."""
    counted = 0
    for period in ("breakfast", "lunch", "dinner"):
        counts = []
        for row in after_service.load(desk, day, period):
            if row.planned_halves is None:
                continue
            most = max(row.planned_halves, row.sold_halves)
            served = min(most, max(row.sold_halves, round(most * rng.uniform(0.7, 1) / 2) * 2))
            rest = most - served
            wasted = min(rest, rng.choice((0, 0, 2, 4)))
            counts.append(after_service.Count(row.dish_id, served, rest - wasted, wasted))
        after_service.record(desk, actor, day, period, counts)
        counted += len(counts)
    return counted
