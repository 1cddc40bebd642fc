"""How much a rule gives, on what, in which order, and on which lines it lands."""

from itertools import permutations
from typing import Any

import pytest

from canteen_pos.domain.bill import Kind, Line
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.pricing import quote

TRAY = (
    Line("a", "鱼", Kind.DISH, 1801, 1),
    Line("b", "套餐", Kind.SET, 1500, 2),
    Line("c", "汤", Kind.DISH, 300, 3),
)
"""List price 1801 + 3000 + 900 = 5701."""


def gives(counter: Any, effect: str, more: str = "", lines: Any = TRAY, **facts: Any) -> int:
    answer = counter.quote(counter.rule("{}", effect, more), lines, **facts)
    assert answer.list_fen == answer.pays_fen + sum(answer.by_fund_fen.values())
    return int(answer.list_fen - answer.pays_fen)


@pytest.mark.parametrize(
    ("effect", "fen"),
    [
        ('{ off_yuan = 3.00, per = "bill" }', 300),
        ('{ off_yuan = 100.00, per = "bill" }', 5701),
        ('{ off_yuan = 4.00, per = "unit" }', 400 * 3 + 300 * 3),
        ('{ off_yuan = 4.00, per = "unit", units = 4 }', 400 * 3 + 300),
        ('{ off_yuan = 4.00, per = "meal" }', 400),
        ('{ percent = 25, base = "list", per = "bill" }', 1425),
        ('{ percent = 12.5, base = "list", per = "bill" }', 713),
        ('{ percent = 25, base = "list", cap_yuan = 3.00, per = "bill" }', 300),
        ('{ percent = 50, base = "list", per = "meal" }', 901),
        ('{ percent = 50, base = "list", per = "unit" }', 901 + 750 * 2 + 150 * 3),
        ('{ percent = 50, base = "list", cap_yuan = 8.00, per = "unit" }', 800 + 750 * 2 + 150 * 3),
        ('{ pays_yuan = 10.00, per = "meal" }', 801),
        ('{ pays_yuan = 10.00, per = "unit", units = 2 }', 801 + 500),
        ('{ pays_yuan = 10.00, per = "unit" }', 801 + 500 * 2),
        ('{ pays_yuan = 50.00, per = "bill" }', 701),
        ('{ pays_yuan = 10.00, cap_yuan = 3.00, per = "meal" }', 300),
        ('{ pays_yuan = 20.00, per = "bill", units = 2 }', 1801 + 1500 - 2000),
        ('{ percent = 10, base = "list", per = "bill", units = 2 }', 330),
        ('{ free = true, per = "meal" }', 1801),
        ('{ free = true, per = "bill" }', 5701),
        ('{ free = true, cap_yuan = 5.00, per = "bill" }', 500),
    ],
)
def test_shapes(counter: Any, effect: str, fen: int) -> None:
    assert gives(counter, effect) == fen


@pytest.mark.parametrize(
    ("rounding", "fen"),
    [
        ("", 188),  # 25 % of 7.50 is 1.875
        (', rounding = { mode = "down" }', 187),
        (', rounding = { mode = "up" }', 188),
        (', rounding = { mode = "half_up", to_yuan = 0.10 }', 190),
        (', rounding = { mode = "down", to_yuan = 0.10 }', 180),
        (', rounding = { mode = "up", to_yuan = 0.50 }', 200),
        (', rounding = { mode = "down", to_yuan = 1.00 }', 100),
    ],
)
def test_rounding_is_stated(counter: Any, rounding: str, fen: int) -> None:
    effect = f'{{ percent = 25, base = "list", per = "bill"{rounding} }}'
    assert gives(counter, effect, lines=counter.lines(750)) == fen


def test_once_per_effect_not_once_per_line(counter: Any) -> None:
    """Three lines of 0.03: a tenth of 0.09 is 0.01, while each line alone would round to nothing."""
    effect = '{ percent = 10, base = "list", per = "bill" }'
    assert gives(counter, effect, lines=counter.lines(3, 3, 3)) == 1
    assert gives(counter, effect.replace("bill", "unit"), lines=counter.lines(3, 3, 3)) == 0


def test_a_bill_share_spreads_by_what_is_left(counter: Any) -> None:
    answer = counter.quote(counter.rule("{}", '{ off_yuan = 10.00, per = "bill" }'), TRAY)
    # 1000 over 1801, 3000, 900 of 5701: 315.9, 526.2, 157.9; the fen left over goes to the largest remainder
    assert [line.list_fen - line.pays_fen for line in answer.lines] == [316, 526, 158]


def test_spreading_looks_at_what_earlier_rules_left(counter: Any) -> None:
    rules = (
        counter.rule("{}", '{ free = true, per = "bill" }', 'lines = { kinds = ["set"] }')
        + """
[[rule]]
id = "later"
title = "再减"
fund = "operator"
order = 2
when = {}
effect = { off_yuan = 9.00, per = "bill" }
"""
    )
    answer = counter.quote(rules, TRAY)
    fish, sets, soup = ([share.fen for share in line.shares] for line in answer.lines)
    assert (fish, sets, soup) == ([600], [3000], [300])  # 900 over 1801 and 900, nothing on the free sets


def test_the_dearest_unit_takes_a_price_once_a_meal(counter: Any) -> None:
    answer = counter.quote(counter.rule("{}", '{ pays_yuan = 1.00, per = "meal" }'), TRAY)
    assert [line.list_fen - line.pays_fen for line in answer.lines] == [1701, 0, 0]
    sets_only = counter.quote(
        counter.rule("{}", '{ pays_yuan = 1.00, per = "meal" }', 'lines = { kinds = ["set"] }'), TRAY
    )
    assert [line.list_fen - line.pays_fen for line in sets_only.lines] == [0, 1400, 0]


def test_units_keep_their_own_rest(counter: Any) -> None:
    """One of two sets is 14.00 cheaper; what takes 5.00 a unit finds 1.00 on that one and 5.00 on the other."""
    rules = (
        counter.rule("{}", '{ pays_yuan = 1.00, per = "meal" }')
        + """
[[rule]]
id = "each"
title = "每份减 5 元"
fund = "operator"
order = 2
effect = { off_yuan = 5.00, per = "unit" }
"""
    )
    answer = counter.quote(rules, [Line("a", "套餐", Kind.SET, 1500, 2)])
    assert answer.by_fund_fen == {"city": 1400, "operator": 100 + 500}


def test_a_fee_is_waived_at_a_funds_cost(counter: Any) -> None:
    lines = (*TRAY, Line("f", "送餐费", Kind.DELIVERY_FEE, 200), Line("g", "打包盒", Kind.BOX_FEE, 100, 2))
    assert gives(counter, '{ waive = "delivery_fee" }', lines=lines) == 200
    assert gives(counter, '{ waive = "box_fee" }', lines=lines) == 200
    assert gives(counter, '{ waive = "delivery_fee", cap_yuan = 1.50 }', lines=lines) == 150
    answer = counter.quote(counter.rule("{}", '{ waive = "delivery_fee" }'), TRAY)
    assert answer.refused[0].reason.code == "lines.none"


def test_fees_stay_outside_unless_named(counter: Any) -> None:
    lines = (Line("a", "套餐", Kind.SET, 1000), Line("f", "送餐费", Kind.DELIVERY_FEE, 200))
    assert gives(counter, '{ percent = 10, base = "list", per = "bill" }', lines=lines) == 100
    named = 'lines = { kinds = ["set", "delivery_fee"] }'
    assert gives(counter, '{ percent = 10, base = "list", per = "bill" }', named, lines=lines) == 120


def layers(base: str, cap: str = "") -> str:
    return f"""
[[bundle]]
id = "b"
order = 1
{cap}
[[rule]]
id = "district"
title = "区级"
fund = "district"
bundle = "b"
order = 2
when = {{ hukou = "district" }}
effect = {{ percent = 20, base = "{base}", per = "bill" }}
[[rule]]
id = "city"
title = "市级"
fund = "city"
bundle = "b"
order = 1
when = {{ hukou = "city" }}
effect = {{ off_yuan = 5.00, per = "bill" }}
[[rule]]
id = "town"
title = "街道"
fund = "town"
bundle = "b"
order = 3
when = {{ hukou = "town" }}
effect = {{ off_yuan = 3.00, per = "bill" }}
"""


@pytest.mark.parametrize(
    ("base", "funds"),
    [
        ("list", {"city": 500, "district": 200, "town": 300}),
        ("left", {"city": 500, "district": 100, "town": 300}),
        ("bundle", {"city": 500, "district": 200, "town": 300}),
    ],
)
def test_layers_add_in_their_order_on_their_base(counter: Any, base: str, funds: dict[str, int]) -> None:
    assert counter.quote(layers(base), counter.lines(1000)).by_fund_fen == funds


def test_bundle_base_is_what_was_left_when_the_bundle_began(counter: Any) -> None:
    before = """
[[rule]]
id = "first"
title = "先"
fund = "operator"
order = 0
effect = { off_yuan = 2.00, per = "bill" }
"""
    answer = counter.quote(layers("bundle") + before, counter.lines(1000))
    assert answer.by_fund_fen == {"operator": 200, "city": 500, "district": 160, "town": 140}


def test_layers_are_capped_in_order_by_what_is_left_and_by_their_cap(counter: Any) -> None:
    assert counter.quote(layers("list"), counter.lines(600)).by_fund_fen == {"city": 500, "district": 100}
    short = counter.quote(layers("list"), counter.lines(600))
    assert {one.rule: one.reason.code for one in short.refused} == {"town": "left.nothing"}
    capped = counter.quote(layers("list", "cap_yuan = 6.00"), counter.lines(1000))
    assert capped.by_fund_fen == {"city": 500, "district": 100}
    assert capped.refused[0].reason.code == "bundle.full"
    assert capped.applied[1].facts["before_limits_fen"] == 200


def test_each_layer_is_lost_outside_its_own_place(counter: Any) -> None:
    from canteen_pos.domain.place import Place

    diner = counter.diner(hukou=Place("成都市", "武侯区", "浆洗街街道"))
    answer = counter.quote(layers("list"), counter.lines(1000), diner=diner)
    assert answer.by_fund_fen == {"city": 500}
    assert [(one.rule, one.reason.facts["is"]) for one in answer.refused] == [
        ("district", "武侯区"),
        ("town", "武侯区"),
    ]


def test_order_of_operations_is_the_packs(counter: Any) -> None:
    """20.00 with two layers of 3.00 and 10 % off: 12.60 or 12.00, as the pack says."""
    rule = """
[[rule]]
id = "{id}"
title = "{id}"
fund = "{id}"
order = {order}
effect = {{ {effect}, per = "bill" }}
"""
    percent = 'percent = 10, base = "left"'
    amounts = [("a", "off_yuan = 3.00"), ("b", "off_yuan = 3.00"), ("c", percent)]
    after = "".join(
        rule.format(id=name, order=place, effect=effect) for place, (name, effect) in enumerate(amounts)
    )
    assert counter.quote(after).pays_fen == 1260
    before = "".join(
        rule.format(id=name, order=-place, effect=effect) for place, (name, effect) in enumerate(amounts)
    )
    assert counter.quote(before).pays_fen == 1200


def group(pick: str) -> str:
    return f"""
[[group]]
id = "g"
title = "三选一"
order = 1
pick = "{pick}"
[[rule]]
id = "small"
title = "小"
fund = "city"
group = "g"
order = 1
effect = {{ off_yuan = 3.00, per = "bill" }}
[[bundle]]
id = "pair"
title = "两层"
group = "g"
order = 2
[[rule]]
id = "pair-city"
title = "市级"
fund = "city"
bundle = "pair"
order = 1
effect = {{ off_yuan = 4.00, per = "bill" }}
[[rule]]
id = "pair-district"
title = "区级"
fund = "district"
bundle = "pair"
order = 2
when = {{ hukou = "district" }}
effect = {{ off_yuan = 4.00, per = "bill" }}
[[rule]]
id = "big"
title = "大"
fund = "charity"
group = "g"
order = 3
when = {{ categories = ["dibao"] }}
effect = {{ off_yuan = 7.00, per = "bill" }}
"""


def test_best_takes_the_bundle_that_is_best_after_capping(counter: Any) -> None:
    dibao = counter.diner(categories=["dibao"])
    assert counter.quote(group("best"), diner=dibao).by_fund_fen == {"city": 400, "district": 400}
    # at 5.00 the pair and the big one both come to 5.00: the earlier in the stated order wins
    assert counter.quote(group("best"), counter.lines(500), diner=dibao).by_fund_fen == {
        "city": 400,
        "district": 100,
    }
    answer = counter.quote(group("best"), diner=dibao)
    assert [(one.rule, one.reason.code) for one in answer.refused] == [
        ("small", "group.better"),
        ("big", "group.better"),
    ]
    assert answer.refused[0].reason.facts == {"taken": "两层", "fen": 800}


def test_best_when_the_bundle_lost_a_layer(counter: Any) -> None:
    from canteen_pos.domain.place import Place

    diner = counter.diner(categories=["dibao"], hukou=Place("成都市"))
    answer = counter.quote(group("best"), diner=diner)
    assert answer.by_fund_fen == {"charity": 700}
    assert [(one.rule, one.reason.code) for one in answer.refused] == [
        ("small", "group.better"),
        ("pair-city", "group.better"),
        ("pair-district", "hukou.unknown"),
    ]


def test_first_takes_the_first_that_gives(counter: Any) -> None:
    answer = counter.quote(group("first"), diner=counter.diner(categories=["dibao"]))
    assert answer.by_fund_fen == {"city": 300}
    assert [(one.rule, one.reason.code) for one in answer.refused] == [
        ("pair-city", "group.earlier"),
        ("pair-district", "group.earlier"),
        ("big", "group.earlier"),
    ]
    without = counter.quote(group("first"))
    assert without.refused[-1].reason.code == "categories.missing", "its own reason goes before"


def test_a_group_nobody_fits(counter: Any) -> None:
    rules = group("best").replace('pick = "best"', 'pick = "best"\nwhen = { age = { at_least = 90 } }')
    answer = counter.quote(rules)
    assert not answer.applied
    assert {one.reason.code for one in answer.refused} == {"age.below"}
    assert [one.rule for one in answer.refused] == ["small", "pair-city", "pair-district", "big"]


CLAIMS = """
[[rule]]
id = "meal"
title = "补贴"
fund = "city"
order = 1
when = { age = { at_least = 60 } }
effect = { free = true, per = "bill" }
[[rule]]
id = "grant"
title = "运营补贴"
fund = "district"
order = 2
when = { paid = { rules = ["meal"] } }
effect = { claim = "operating_grant", amount_yuan = 3.00, per = "bill" }
[[rule]]
id = "each"
title = "每份"
fund = "district"
order = 3
when = { site = { own_kitchen = true } }
lines = { kinds = ["set"] }
effect = { claim = "per_set", amount_yuan = 0.50, per = "unit" }
[[rule]]
id = "share"
title = "比例"
fund = "city"
order = 4
when = { care_level = { at_least = 1 } }
effect = { claim = "share", percent = 10, base = "list", cap_yuan = 4.00, per = "bill" }
"""


def test_claims_leave_the_price_alone(counter: Any) -> None:
    from canteen_pos.domain.bill import Site

    answer = counter.quote(
        CLAIMS, TRAY, site=Site(counter.home, {"own_kitchen": True}), diner=counter.diner(care_level=2)
    )
    assert answer.pays_fen == 0
    assert answer.claimable_fen == {"operating_grant": 300, "per_set": 100, "share": 400}
    assert [(one.claim, one.fund, one.fen, one.pack) for one in answer.claims] == [
        ("operating_grant", "district", 300, "test"),
        ("per_set", "district", 100, "test"),
        ("share", "city", 400, "test"),
    ]
    nobody = counter.quote(CLAIMS, TRAY, diner=None)
    assert nobody.claimable_fen == {}
    assert nobody.pays_fen == nobody.list_fen


def parts_of(
    counter: Any, effect: str, lines: Any, before: str = "", more: str = "", **facts: Any
) -> list[tuple[str, int, int]]:
    answer = counter.quote(
        f'{before}[[rule]]\nid = "c"\ntitle = "补贴"\nfund = "city"\norder = 1\nlines = {{ kinds = ["set"] }}\n'
        f'{more}\neffect = {{ claim = "grant", {effect} }}\n',
        lines,
        **facts,
    )
    (claim,) = answer.claims
    return sorted((part.key, part.units, part.fen) for part in claim.parts)


def test_a_claim_knows_the_lines_it_was_reckoned_on(counter: Any) -> None:
    lines = (
        Line("a", "s1", Kind.SET, 1005, quantity=2),
        Line("b", "s2", Kind.SET, 1500),
        Line("c", "d1", Kind.DISH, 400),
    )
    fixed = [("a", 2, 0), ("b", 1, 0)]
    assert parts_of(counter, 'amount_yuan = 3.00, per = "bill"', lines) == fixed
    assert parts_of(counter, 'amount_yuan = 3.00, per = "meal"', lines) == fixed
    assert parts_of(counter, 'amount_yuan = 0.50, per = "unit"', lines) == [("a", 2, 100), ("b", 1, 50)]
    assert parts_of(counter, 'amount_yuan = 0.50, per = "unit", units = 2', lines) == [
        ("a", 1, 50),
        ("b", 1, 50),
    ]
    assert parts_of(counter, 'percent = 10, base = "list", per = "meal"', lines) == [("b", 1, 150)]
    assert parts_of(counter, 'percent = 10, base = "list", per = "unit"', lines) == [
        ("a", 2, 202),  # 1.005 is 1.01 for each
        ("b", 1, 150),
    ]
    # 10 % of 35.10 is 3.51, of which 2.01 and 1.50
    assert parts_of(counter, 'percent = 10, base = "list", per = "bill"', lines) == [
        ("a", 2, 201),
        ("b", 1, 150),
    ]


def test_a_claim_cut_by_an_empty_pot_is_cut_on_every_line(counter: Any) -> None:
    lines = (Line("a", "s1", Kind.SET, 1000, quantity=2), Line("b", "s2", Kind.SET, 1000))
    pot = '[[budget]]\nname = "pot"\nshort = "part"\n'
    found = parts_of(
        counter,
        'amount_yuan = 0.50, per = "unit"',
        lines,
        pot,
        'budgets = ["pot"]',
        budgets_fen={"pot": 100},
    )
    assert found == [("a", 2, 67), ("b", 1, 33)]


def test_order_of_lines_rules_and_packs_does_not_matter(counter: Any) -> None:
    city = counter.pack(counter.rule("{}", '{ off_yuan = 10.01, per = "bill" }'), "b-city")
    own = counter.pack(
        counter.rule("{}", '{ percent = 7, base = "left", per = "bill" }').replace(
            'fund = "city"', 'fund = "operator"'
        ),
        "a-own",
    )
    lines = (
        Line("1", "甲", Kind.DISH, 333),
        Line("2", "乙", Kind.DISH, 333),
        Line("3", "丙", Kind.DISH, 1001, 2),
    )
    first = quote([city, own], counter.meal(lines))
    for order in permutations(lines):
        again = quote([own, city], counter.meal(order))
        assert {line.key: line for line in again.lines} == {line.key: line for line in first.lines}
        assert (again.applied, again.refused) == (first.applied, first.refused)
    # both stand at order 1: the pack id decides
    assert [one.pack for one in first.applied] == ["a-own", "b-city"]


def test_what_cannot_be_priced(counter: Any) -> None:
    pack = counter.pack(counter.rule("{}"))
    with pytest.raises(Refusal) as twice:
        quote([pack, pack], counter.meal())
    assert (twice.value.code, twice.value.facts) == ("pack.twice", {"pack": "test"})
    line = Line("a", "套餐", Kind.SET, 1000)
    with pytest.raises(Refusal) as same:
        quote([pack], counter.meal([line, line]))
    assert same.value.code == "bill.key_twice"


def test_a_bill_benefit_on_some_units_stays_on_them(counter: Any) -> None:
    answer = counter.quote(counter.rule("{}", '{ off_yuan = 10.00, per = "bill", units = 2 }'), TRAY)
    # 10.00 over the fish at 18.01 and one of the sets at 15.00
    assert [line.list_fen - line.pays_fen for line in answer.lines] == [546, 454, 0]


def test_facts_that_an_applied_rule_used(counter: Any) -> None:
    when = """{ serving = ["dine_in"], periods = ["lunch"], weekdays = [3], workday = true, site = { own_kitchen = false },
        identified = true, in_institution = false, hukou = "district", residence = "city", age = { at_least = 60 },
        care_level = { at_least = 2 }, any_of = [{ categories = ["tekun"] }, { permits = ["volunteer"] }],
        not = { categories = ["dibao"] }, has = { units = 1 }, spend = { at_least_yuan = 5.00 } }""".replace(
        "\n", ""
    )
    diner = counter.diner(72, care_level=3, permits=["volunteer"])
    (applied,) = counter.quote(counter.rule(when), diner=diner).applied
    assert applied.facts == {
        "serving": "dine_in",
        "period": "lunch",
        "weekday": 3,
        "workday": True,
        "site.own_kitchen": False,
        "identified": True,
        "in_institution": False,
        "hukou": "锦江区",
        "residence": "成都市",
        "age": 72,
        "care_level": 3,
        "permits": ["volunteer"],
        "units": 1,
        "spend_fen": 2000,
        "base_fen": 2000,
    }


def test_facts_of_bundle_and_group_are_among_them(counter: Any) -> None:
    rules = group("best").replace('title = "两层"', 'title = "两层"\nwhen = { periods = ["lunch"] }')
    rules = rules.replace('pick = "best"', 'pick = "best"\nwhen = { age = { at_least = 60 } }')
    applied = counter.quote(rules).applied
    assert [one.facts for one in applied] == [
        {"age": 70, "period": "lunch", "base_fen": 2000},
        {"age": 70, "period": "lunch", "hukou": "锦江区", "base_fen": 1600},
    ]


def test_no_packs_and_no_lines(counter: Any) -> None:
    assert quote([], counter.meal()).pays_fen == 2000
    empty = counter.quote(counter.rule("{}"), [])
    assert (empty.list_fen, empty.pays_fen, empty.refused[0].reason.code) == (0, 0, "lines.none")
