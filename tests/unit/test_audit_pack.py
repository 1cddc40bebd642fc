"""One pack that uses everything a notice may say, in one meal, reckoned by hand beside the numbers."""

import random
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from canteen_pos.domain.bill import Kind, Line, Meal, Serving, Site, Use
from canteen_pos.domain.diner import Diner
from canteen_pos.domain.place import Place
from canteen_pos.domain.policy import Pack
from canteen_pos.domain.pricing import quote
from canteen_pos.packs import PackError, check_together, parse_pack

HEAD = """
id = "{id}"
title = "审计"
source = "tests"
date = 2026-01-01
sample = true
names = {{ dibao = "低保", disabled = "残疾", senior_card = "老年证" }}
"""
TABLES = """
[[quota]]
name = "week"
per = "week"
amount_yuan = 5.00

[[quota]]
name = "ride"
per = "month"
meals = 10

[[quota]]
name = "once"
per = "day"
meals = 1

[[budget]]
name = "pot"
short = "part"
start_yuan = 100.00

[[group]]
id = "best"
order = 10
pick = "best"

[[bundle]]
id = "layers"
group = "best"
order = 1
cap_yuan = 9.00
when = { age = { at_least = 60 }, in_institution = false }

[[rule]]
id = "city"
title = "市级"
fund = "city"
bundle = "layers"
order = 1
quotas = ["once"]
effect = { percent = 10, base = "bundle", per = "bill" }

[[rule]]
id = "district"
title = "区级"
fund = "district"
bundle = "layers"
order = 2
quotas = ["once"]
lines = { kinds = ["set"] }
when = { hukou = "district" }
effect = { off_yuan = 2.00, per = "unit", units = 2 }

[[rule]]
id = "town"
title = "街道"
fund = "town"
bundle = "layers"
order = 3
when = { hukou = "town" }
effect = { off_yuan = 1.00, per = "bill" }

[[rule]]
id = "fixed"
title = "十二元套餐"
fund = "district"
group = "best"
order = 2
lines = { kinds = ["set"] }
effect = { pays_yuan = 12.00, per = "meal" }

[[rule]]
id = "gift"
title = "慈善"
fund = "charity"
order = 20
quotas = ["week"]
budgets = ["pot"]
lines = { kinds = ["dish", "weighed"] }
when = { spend = { more_than_yuan = 48.00, base = "left" } }
effect = { percent = 20, base = "list", cap_yuan = 6.00, per = "bill" }

[[rule]]
id = "lunch"
title = "工作日午餐"
fund = "operator"
order = 30
when = { workday = true, weekdays = [1], periods = ["lunch"] }
effect = { percent = 12.5, base = "left", per = "bill", rounding = { mode = "down", to_yuan = 0.10 } }

[[rule]]
id = "ride"
title = "免配送费"
fund = "district"
order = 40
when = { serving = ["delivery"], site = { own_kitchen = true }, any_of = [
  { care_level = { at_least = 5 } },
  { permits = ["senior_card"], residence = { city = "成都市", district = "锦江区", town = "书院街街道" } },
] }
effect = { waive = "delivery_fee" }

[[rule]]
id = "ride-grant"
title = "配送补助"
fund = "district"
order = 50
quotas = ["ride", "once"]
when = { care_level = { at_least = 3 }, paid = { rules = ["ride"] } }
effect = { claim = "delivery", amount_yuan = 5.00, per = "bill" }

[[rule]]
id = "grant"
title = "运营补助"
fund = "city"
order = 60
budgets = ["pot"]
when = { site = { own_kitchen = true } }
effect = { claim = "grant", percent = 2, base = "list", per = "bill" }

[[rule]]
id = "after-fixed"
title = "套餐之后"
fund = "city"
order = 70
when = { paid = { rules = ["fixed"] } }
effect = { off_yuan = 1.00, per = "bill" }

[[rule]]
id = "stranger"
title = "未登记"
fund = "operator"
order = 80
when = { identified = false }
effect = { off_yuan = 1.00, per = "bill" }

[[rule]]
id = "dated"
title = "新旧"
fund = "operator"
order = 90
effect = { off_yuan = 0.50, per = "meal" }

[[rule.versions]]
version = "old"
until = 2026-06-30
when = { categories = ["dibao"] }

[[rule.versions]]
version = "new"
from = 2026-07-01
when = { categories_all = ["dibao", "disabled"], not = { hukou = "town" } }
"""

MEAL = Meal(
    day=date(2026, 11, 23),
    period="lunch",
    serving=Serving.DELIVERY,
    site=Site(Place("成都市", "锦江区", "书院街街道"), {"own_kitchen": True}),
    diner=Diner(
        person="p",
        birth_date=date(1944, 3, 1),
        hukou=Place("成都市", "锦江区", "牛市口街道"),
        residence=Place("成都市", "锦江区", "书院街街道"),
        categories=frozenset(("dibao", "disabled")),
        care_level=3,
        permits=frozenset(("senior_card",)),
    ),
    lines=(
        Line("a", "101", Kind.SET, 1800, 2),
        Line("b", "201", Kind.DISH, 1235),
        Line("c", "701", Kind.WEIGHED, 180, 1, 260, 50),
        Line("d", "delivery_fee", Kind.DELIVERY_FEE, 300),
    ),
    uses=(Use("week", date(2026, 11, 23), "breakfast", 200),),
    budgets_fen={"pot": 350},
    workday=True,
)


def pack(tables: str = TABLES, name: str = "audit") -> Pack:
    return parse_pack(HEAD.format(id=name) + tables)


def test_everything_at_once_is_what_the_hand_reckons() -> None:
    """Food 36.00 + 12.35 + 9.36 = 57.71, ride 3.00.

    Layers: 10 % = 5.77, two sets at 2.00 = 4.00 but only 3.23 is left of 9.00; together 9.00 beat 18.00 -> 12.00.
    48.71 is more than 48.00: 20 % of 21.71 = 4.34, but the week has 3.00 left. 45.71 less 12.5 % = 5.71, down to 5.70.
    The ride is waived. 0.50 on the dearest. 57.71 - 9.00 - 3.00 - 5.70 - 0.50 = 39.51.
    The pot had 3.50: 3.00 went to the gift, so of the grant of 2 % = 1.15 there is 0.50.
    """
    answer = quote([pack()], MEAL)
    assert answer.list_fen == 6071
    assert answer.pays_fen == 3951
    assert answer.by_fund_fen == {"charity": 300, "city": 577, "district": 323 + 300, "operator": 570 + 50}
    assert answer.claimable_fen == {"delivery": 500, "grant": 50}
    assert {refused.rule: refused.reason.code for refused in answer.refused} == {
        "town": "hukou.elsewhere",
        "fixed": "group.better",
        "after-fixed": "earlier.not_paid",
        "stranger": "identified",
    }
    assert {take.quota: take.fen for take in answer.quota_takes} == {
        "once": 577 + 323 + 500,
        "ride": 500,
        "week": 300,
    }
    assert {take.budget: take.fen for take in answer.budget_takes} == {"pot": 350}
    assert [rule.version for rule in answer.applied if rule.rule == "dated"] == ["new"]
    by_key = {line.key: line for line in answer.lines}
    assert by_key["d"].pays_fen == 0
    assert {
        key: sum(share.fen for share in line.shares if share.fund == "city") for key, line in by_key.items()
    } == {
        "a": 360,  # 359.94
        "b": 123,  # 123.48
        "c": 94,  # 93.58
        "d": 0,
    }


@pytest.mark.parametrize("seed", range(5))
def test_whatever_order_it_was_written_in(seed: int) -> None:
    dice = random.Random(seed)
    tables = [table for table in re.split(r"\n(?=\[\[(?!rule\.versions))", TABLES) if table.strip()]
    dice.shuffle(tables)
    lines = list(MEAL.lines)
    dice.shuffle(lines)
    answer = quote([pack("\n".join(tables))], replace(MEAL, lines=tuple(lines)))
    expected = quote([pack()], MEAL)
    assert {line.key: line for line in answer.lines} == {line.key: line for line in expected.lines}
    assert replace(answer, lines=()) == replace(expected, lines=())


def test_two_packs_in_either_order() -> None:
    """The rules at the top, split in two packs that share quotas and pot: the same shares, whichever is named first."""
    tables = [table for table in re.split(r"\n(?=\[\[(?!rule\.versions))", TABLES) if table.strip()]
    shared = [table for table in tables if table.startswith(("[[quota", "[[budget", "\n[[quota"))]
    rest = [table for table in tables if table not in shared and 'rules = ["fixed"]' not in table]
    late = [table for table in rest if re.search(r"order = (20|60|80|90)\n", table)]
    first = pack("\n".join((*shared, *(table for table in rest if table not in late))), "first")
    second = pack("\n".join((*shared, *late)), "second")
    check_together([first, second])
    one, other = quote([first, second], MEAL), quote([second, first], MEAL)
    assert one == other
    assert (one.pays_fen, one.claimable_fen) == (3951, {"delivery": 500, "grant": 50})


@pytest.mark.parametrize(
    ("change", "pays_fen", "funds"),
    [
        # nobody: no layers and no gift; the fixed price gives 6.00, lunch 6.40, the city and the stranger 1.00 each
        ({"diner": None, "uses": ()}, 4631, {"city": 100, "district": 600, "operator": 740}),
        # a day off: no lunch discount; 45.71 - 0.50
        ({"workday": False}, 4521, {"charity": 300, "city": 577, "district": 623, "operator": 50}),
        # an unknown year is no workday and no day off, and says so
        ({"workday": None}, 4521, {"charity": 300, "city": 577, "district": 623, "operator": 50}),
        # the pot is empty: no gift; 48.71 less 6.08 -> 6.00, less 0.50
        ({"budgets_fen": {"pot": 0}}, 4221, {"city": 577, "district": 623, "operator": 650}),
        # once a day was at breakfast: both layers are lost, fixed wins with 6.00; 51.71 - 3.00 - 6.00 - 1.00 - 0.50
        (
            {"uses": (*MEAL.uses, Use("once", date(2026, 11, 23), "breakfast", 300))},
            4121,
            {"charity": 300, "district": 900, "operator": 650, "city": 100},
        ),
    ],
)
def test_what_changes_when_one_fact_does(
    change: dict[str, Any], pays_fen: int, funds: dict[str, int]
) -> None:
    answer = quote([pack()], replace(MEAL, **change))
    assert answer.by_fund_fen == funds
    assert answer.pays_fen == pays_fen


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ('quotas = ["once"]', 'quotas = ["onec"]', '"onec" is not defined'),
        ('rules = ["ride"]', 'rules = ["dated"]', '"dated" comes later, so it can never have paid before'),
        ("off_yuan = 0.50", "off_yuan = 0.505", "at most two decimals"),
        ('base = "bundle", per', 'base = "bundel", per', "base"),
        ("from = 2026-07-01", "from = 2026-06-30", "overlap"),
        ('permits = ["senior_card"]', 'permits = ["senior"]', '"senior" is not explained'),
        ('group = "best"\norder = 2', 'group = "best"\norder = 1', "neighbours differ"),
    ],
)
def test_what_is_wrong_is_said_with_file_rule_and_field(was: str, becomes: str, message: str) -> None:
    broken = TABLES.replace(was, becomes, 1)
    assert broken != TABLES
    with pytest.raises(PackError) as caught:
        pack(broken)
    said = str(caught.value)
    assert message in said
    assert said.startswith("pack.toml: ")
