"""What, when and where a rule is for."""

from datetime import date
from typing import Any

import pytest

from canteen_pos.domain.bill import Kind, Line, Site
from canteen_pos.packs import dump, parse_pack


def test_serving_period_weekday(counter: Any) -> None:
    assert counter.why('{ serving = ["takeaway", "delivery"] }').facts == {
        "is": "dine_in",
        "wanted": ["takeaway", "delivery"],
    }
    assert counter.why('{ serving = ["dine_in"] }') is None
    assert counter.why('{ periods = ["dinner"] }').facts == {"is": "lunch", "wanted": ["dinner"]}
    assert counter.why('{ periods = ["lunch"] }', period="").code == "period.other"
    assert counter.why("{ weekdays = [3] }") is None
    assert counter.why("{ weekdays = [6, 7] }").facts == {"is": 3, "wanted": [6, 7]}


@pytest.mark.parametrize(
    ("wanted", "workday", "code"),
    [
        ("true", True, None),
        ("true", False, "workday.not"),
        ("true", None, "calendar.unknown_year"),
        ("false", False, None),
        ("false", True, "workday.is"),
        ("false", None, "calendar.unknown_year"),
    ],
)
def test_workday(counter: Any, wanted: str, workday: bool | None, code: str | None) -> None:
    reason = counter.why(f"{{ workday = {wanted} }}", workday=workday)
    assert (reason and reason.code) == code


def test_an_unknown_year_refuses_only_workday_rules(counter: Any) -> None:
    assert counter.why("{ age = { at_least = 60 } }", workday=None) is None
    reason = counter.why("{ not = { workday = true } }", workday=None)
    assert (reason.code, reason.facts) == ("calendar.unknown_year", {"year": 2025})


def test_site_facts(counter: Any) -> None:
    own = Site(counter.home, {"own_kitchen": True, "star": 3, "kind": "community"})
    assert counter.why("{ site = { own_kitchen = true, star = 3 } }", site=own) is None
    assert counter.why("{ site = { own_kitchen = false } }", site=own).facts == {
        "fact": "own_kitchen",
        "is": True,
        "wanted": False,
    }
    assert counter.why("{ site = { own_kitchen = false } }") is None, "not stated is no"
    assert counter.why("{ site = { star = 1 } }", site=Site(counter.home, {"star": True})).code == "site.fact"


LUNCH = (
    Line("a", "红烧肉", Kind.DISH, 1200, category="荤菜"),
    Line("b", "白灼菜心", Kind.DISH, 600, category="素菜"),
    Line("c", "套餐", Kind.SET, 1500),
    Line("d", "水果", Kind.WEIGHED, 300, grams=250, per_grams=100),
    Line("e", "送餐费", Kind.DELIVERY_FEE, 200),
    Line("f", "打包盒", Kind.BOX_FEE, 100),
)


@pytest.mark.parametrize(
    ("lines", "base_fen"),
    [
        ("", 1200 + 600 + 1500 + 750),
        ('lines = { kinds = ["set"] }', 1500),
        ('lines = { kinds = ["weighed", "dish"] }', 1200 + 600 + 750),
        ('lines = { kinds = ["delivery_fee"] }', 200),
        ('lines = { kinds = ["set", "delivery_fee", "box_fee"] }', 1500 + 200 + 100),
        ('lines = { items = ["红烧肉"] }', 1200),
        ('lines = { categories = ["素菜"] }', 600),
        ('lines = { items = ["红烧肉"], categories = ["素菜"] }', 1800),
        ('lines = { except_items = ["套餐"] }', 1200 + 600 + 750),
        ('lines = { except_categories = ["荤菜", "素菜"] }', 1500 + 750),
        ('lines = { categories = ["荤菜"], except_items = ["红烧肉"] }', None),
    ],
)
def test_which_lines(counter: Any, lines: str, base_fen: int | None) -> None:
    answer = counter.quote(counter.rule("{}", '{ percent = 10, base = "list", per = "bill" }', lines), LUNCH)
    if base_fen is None:
        assert answer.refused[0].reason.code == "lines.none"
    else:
        assert answer.applied[0].facts["base_fen"] == base_fen
        assert answer.applied[0].fen == base_fen // 10


@pytest.mark.parametrize(
    ("spend", "code"),
    [
        ("{ at_least_yuan = 40.50 }", None),
        ("{ at_least_yuan = 40.51 }", "spend.below"),
        ("{ more_than_yuan = 40.49 }", None),
        ("{ more_than_yuan = 40.50 }", "spend.not_above"),
        ("{ at_least_yuan = 43.50, fees = true }", None),
        ("{ at_least_yuan = 43.51, fees = true }", "spend.below"),
        ('{ at_least_yuan = 12.00, lines = { categories = ["荤菜"] } }', None),
        ('{ at_least_yuan = 12.01, lines = { categories = ["荤菜"] } }', "spend.below"),
    ],
)
def test_minimum_spend(counter: Any, spend: str, code: str | None) -> None:
    reason = counter.why(f"{{ spend = {spend} }}", lines=LUNCH)
    assert (reason and reason.code) == code


@pytest.mark.parametrize(("base", "gives"), [("list", True), ("left", False)])
def test_minimum_spend_on_list_or_left(counter: Any, base: str, gives: bool) -> None:
    rules = (
        counter.rule("{}")
        + f"""
[[rule]]
id = "min"
title = "满减"
fund = "operator"
order = 2
when = {{ spend = {{ at_least_yuan = 20.00, base = "{base}" }} }}
effect = {{ off_yuan = 1.00, per = "bill" }}
"""
    )
    answer = counter.quote(rules)
    assert ("operator" in answer.by_fund_fen) is gives
    if not gives:
        assert answer.refused[0].reason.facts == {"is_fen": 1700, "wanted_fen": 2000, "base": "left"}


def test_the_bill_has(counter: Any) -> None:
    when = '{ has = { kinds = ["set"], units = 2 } }'
    one, two = (Line("a", "套餐", Kind.SET, 1500, count) for count in (1, 2))
    assert counter.why(when, lines=[one]).facts == {"is": 1, "wanted": 2}
    assert counter.why(when, lines=[two]) is None


VERSIONS = """
[[rule]]
id = "r"
title = "规则"
fund = "city"
order = 1
[[rule.versions]]
version = "new"
from = 2025-03-01
when = { periods = ["lunch", "dinner"] }
effect = { off_yuan = 4.00, per = "bill" }
[[rule.versions]]
version = "old"
from = 2025-01-01
until = 2025-02-28
when = { periods = ["lunch"] }
effect = { off_yuan = 3.00, per = "bill" }
"""


@pytest.mark.parametrize(
    ("day", "period", "fen", "version", "code"),
    [
        (date(2025, 2, 28), "lunch", 300, "old", None),
        (date(2025, 2, 28), "dinner", 0, "old", "period.other"),
        (date(2025, 3, 1), "dinner", 400, "new", None),
        (date(2024, 12, 31), "lunch", 0, "", "rule.not_in_force"),
    ],
)
def test_versions(counter: Any, day: date, period: str, fen: int, version: str, code: str | None) -> None:
    answer = counter.quote(VERSIONS, day=day, period=period)
    assert answer.list_fen - answer.pays_fen == fen
    (spoke,) = answer.applied or answer.refused
    assert spoke.version == version
    if code:
        assert answer.refused[0].reason.code == code
    if code == "rule.not_in_force":
        assert answer.refused[0].reason.facts == {"since": "2025-01-01", "until": None}


LAYERS = """
[[bundle]]
id = "layers"
title = "两级叠加"
order = 1
{dates}
[[rule]]
id = "city-layer"
title = "市级"
fund = "city"
bundle = "layers"
order = 1
effect = {{ off_yuan = 3.00, per = "bill" }}
[[rule]]
id = "district-layer"
title = "区级"
fund = "district"
bundle = "layers"
order = 2
effect = {{ off_yuan = 2.00, per = "bill" }}
"""
CHANGED = """
[[bundle.versions]]
version = "2024"
until = 2025-03-11
cap_yuan = 4.00
when = { age = { at_least = 60 } }
[[bundle.versions]]
version = "2025"
from = 2025-03-12
until = 2025-12-31
when = { age = { at_least = 65 } }
"""


@pytest.mark.parametrize(
    ("day", "age", "pays", "why"),
    [
        (date(2025, 3, 11), 62, 1600, None),  # the old version: from 60, 4.00 together
        (date(2025, 3, 12), 62, 2000, "age.below"),  # the new one: from 65
        (date(2025, 3, 12), 70, 1500, None),  # and without a cap
        (date(2026, 1, 1), 70, 2000, "rule.not_in_force"),
    ],
)
def test_a_bundle_has_versions_whose_conditions_and_cap_differ(counter, day, age, pays, why) -> None:
    pack = counter.pack(LAYERS.format(dates=CHANGED))
    answer = counter.quote(pack, day=day, diner=counter.diner(age))
    assert answer.pays_fen == pays
    assert {refused.reason.code for refused in answer.refused} == ({why} if why else set())
    for applied in answer.applied:
        assert applied.facts["layers.version"] == ("2024" if day < date(2025, 3, 12) else "2025")
    assert parse_pack(dump(pack)) == pack


def test_a_bundle_that_is_over_tells_its_dates(counter) -> None:
    over = counter.quote(LAYERS.format(dates="from = 2024-01-01\nuntil = 2025-03-11"))
    assert [refused.reason.facts for refused in over.refused] == [
        {"since": "2024-01-01", "until": "2025-03-11"}
    ] * 2
    still = counter.quote(LAYERS.format(dates="from = 2024-01-01\nuntil = 2025-03-12"))
    assert still.pays_fen == 1500


GROUPED = """
[[group]]
id = "meal"
title = "就高"
order = 1
pick = "best"
[[group.versions]]
version = "lunch-only"
until = 2025-03-12
when = { periods = ["lunch"] }
[[group.versions]]
version = "both"
from = 2025-03-13
when = { periods = ["lunch", "dinner"] }

[[bundle]]
id = "layers"
order = 1
group = "meal"
from = 2025-03-13

[[rule]]
id = "one"
title = "减一"
fund = "city"
group = "meal"
order = 2
effect = { off_yuan = 1.00, per = "bill" }
[[rule]]
id = "two"
title = "减二"
fund = "city"
bundle = "layers"
order = 1
effect = { off_yuan = 2.00, per = "bill" }
"""


@pytest.mark.parametrize(
    ("day", "period", "pays"),
    [
        (date(2025, 3, 12), "lunch", 1900),  # the bundle is not in force yet: the best of the others
        (date(2025, 3, 12), "dinner", 2000),
        (date(2025, 3, 13), "dinner", 1800),
    ],
)
def test_a_group_has_versions_too_and_its_bundles_have_dates(counter, day, period, pays) -> None:
    pack = counter.pack(GROUPED)
    assert counter.quote(pack, day=day, period=period).pays_fen == pays
    first = counter.quote(
        counter.pack(GROUPED.replace('pick = "best"', 'pick = "first"')), day=day, period=period
    )
    assert first.pays_fen == pays
    assert parse_pack(dump(pack)) == pack
