"""Quotas and budgets: how often, how much, and what is said when they are used up."""

from datetime import date
from typing import Any

import pytest

from canteen_pos.domain.policy import Window
from canteen_pos.domain.pricing import quote


def quota(per: str, measure: str = "meals = 1") -> str:
    return f'[[quota]]\nname = "q"\nper = "{per}"\n{measure}\n'


def limited(
    counter: Any, per: str, measure: str = "meals = 1", effect: str = '{ off_yuan = 3.00, per = "bill" }'
) -> str:
    return quota(per, measure) + str(counter.rule("{}", effect, 'quotas = ["q"]'))


@pytest.mark.parametrize(
    ("per", "day", "period", "free"),
    [
        ("period", date(2025, 3, 12), "lunch", False),
        ("period", date(2025, 3, 12), "dinner", True),
        ("period", date(2025, 3, 11), "lunch", True),
        ("day", date(2025, 3, 12), "breakfast", False),
        ("day", date(2025, 3, 11), "lunch", True),
        ("week", date(2025, 3, 10), "lunch", False),
        ("week", date(2025, 3, 16), "lunch", False),
        ("week", date(2025, 3, 9), "lunch", True),
        ("month", date(2025, 3, 1), "lunch", False),
        ("month", date(2025, 3, 31), "lunch", False),
        ("month", date(2025, 2, 28), "lunch", True),
        ("year", date(2025, 1, 1), "lunch", False),
        ("year", date(2024, 12, 31), "lunch", True),
    ],
)
def test_windows(counter: Any, per: str, day: date, period: str, free: bool) -> None:
    use = counter.use("q", day, period, document="T1-7")
    answer = counter.quote(limited(counter, per), uses=(use,))
    assert bool(answer.applied) is free
    if not free:
        reason = answer.refused[0].reason
        assert reason.code == "quota.used"
        assert reason.facts == {
            "quota": "q",
            "per": per,
            "limit": 1,
            "used": 1,
            "day": day.isoformat(),
            "period": period,
            "document": "T1-7",
        }
        assert not answer.quota_takes


@pytest.mark.parametrize(
    ("per", "window"),
    [
        ("period", "2025-03-12/lunch"),
        ("day", "2025-03-12"),
        ("week", "2025-W11"),
        ("month", "2025-03"),
        ("year", "2025"),
    ],
)
def test_what_a_sale_has_to_write(counter: Any, per: str, window: str) -> None:
    (take,) = counter.quote(limited(counter, per)).quota_takes
    assert (take.quota, take.unit, take.window, take.slot, take.fen) == ("q", per, window, 0, 300)
    assert (take.day, take.period) == (counter.day, "lunch")


def test_the_week_of_new_year_has_one_name() -> None:
    assert Window.WEEK.key(date(2024, 12, 30), "lunch") == "2025-W01"
    assert Window.WEEK.key(date(2025, 1, 5), "lunch") == "2025-W01"
    assert Window.MONTH.last_day(date(2024, 2, 3)) == date(2024, 2, 29)
    assert Window.MONTH.last_day(date(2024, 12, 31)) == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("slots", "free"),
    [((), 0), ((0,), 1), ((1,), 0), ((0, 2), 1), ((-1,), 1), ((-1, 0), 2), ((1, -1), 2)],
)
def test_the_lowest_free_slot(counter: Any, slots: tuple[int, ...], free: int) -> None:
    uses = tuple(counter.use("q", slot=slot) for slot in slots)
    (take,) = counter.quote(limited(counter, "day", "meals = 5"), uses=uses).quota_takes
    assert take.slot == free


def test_other_quotas_do_not_count(counter: Any) -> None:
    assert counter.quote(limited(counter, "day"), uses=(counter.use("other"),)).applied


SHARED = """
[[rule]]
id = "second"
title = "第二条"
fund = "district"
order = 2
quotas = ["q"]
effect = { off_yuan = 2.00, per = "bill" }
"""


def test_rules_that_share_a_count_take_it_once_a_meal(counter: Any) -> None:
    answer = counter.quote(limited(counter, "day") + SHARED)
    assert answer.by_fund_fen == {"city": 300, "district": 200}
    (take,) = answer.quota_takes
    assert (take.slot, take.fen) == (0, 500)


def test_several_quotas_at_once(counter: Any) -> None:
    rules = '[[quota]]\nname = "w"\nper = "week"\nmeals = 2\n' + limited(counter, "day").replace(
        '["q"]', '["q", "w"]'
    )
    earlier = tuple(counter.use("w", date(2025, 3, day)) for day in (10, 11))
    assert counter.quote(rules, uses=earlier[:1]).by_fund_fen == {"city": 300}
    refused = counter.quote(rules, uses=earlier).refused[0].reason
    assert (refused.facts["quota"], refused.facts["used"], refused.facts["day"]) == ("w", 2, "2025-03-11")
    assert [take.quota for take in counter.quote(rules).quota_takes] == ["q", "w"]


@pytest.mark.parametrize(
    ("used_fen", "short", "gives", "code"),
    [
        (0, "part", 300, None),
        (800, "part", 200, None),
        (1000, "part", 0, "quota.used"),
        (800, "nothing", 0, "quota.short"),
        (700, "nothing", 300, None),
    ],
)
def test_quota_by_amount(counter: Any, used_fen: int, short: str, gives: int, code: str | None) -> None:
    rules = limited(counter, "month", f'amount_yuan = 10.00\nshort = "{short}"')
    answer = counter.quote(
        rules, uses=(counter.use("q", date(2025, 3, 1), fen=used_fen),) if used_fen else ()
    )
    assert sum(answer.by_fund_fen.values()) == gives
    assert [one.reason.code for one in answer.refused] == ([code] if code else [])
    if code == "quota.used":
        assert answer.refused[0].reason.facts["used_fen"] == 1000
    if gives == 200:
        assert answer.applied[0].facts["before_limits_fen"] == 300


def test_rules_share_an_amount_within_one_meal(counter: Any) -> None:
    answer = counter.quote(limited(counter, "day", "amount_yuan = 4.00") + SHARED)
    assert answer.by_fund_fen == {"city": 300, "district": 100}
    assert answer.quota_takes[0].fen == 400


def test_nobody_has_no_quota(counter: Any) -> None:
    answer = counter.quote(limited(counter, "day"), diner=None)
    assert answer.refused[0].reason.code == "nobody"


def test_lunch_or_dinner_once_a_day_and_nothing_carries_over(counter: Any) -> None:
    rules = quota("day") + counter.rule('{ periods = ["lunch", "dinner"] }', more='quotas = ["q"]')
    lunch = counter.use("q", period="lunch")
    assert not counter.quote(rules, period="dinner", uses=(lunch,)).applied
    assert counter.quote(rules, period="dinner").applied
    # a day without a meal leaves tomorrow at one
    assert counter.quote(rules, uses=(counter.use("q", date(2025, 3, 9)),)).quota_takes[0].slot == 0


def test_the_last_use_of_the_day_is_named(counter: Any) -> None:
    uses = tuple(
        counter.use("q", period=period, document=period) for period in ("dinner", "breakfast", "lunch")
    )
    assert counter.quote(limited(counter, "day"), uses=uses).refused[0].reason.facts["document"] == "dinner"


def budgeted(counter: Any, short: str, effect: str = '{ off_yuan = 3.00, per = "bill" }') -> str:
    return f'[[budget]]\nname = "pot"\nshort = "{short}"\n' + str(
        counter.rule("{}", effect, 'budgets = ["pot"]')
    )


@pytest.mark.parametrize(
    ("pot", "short", "gives", "code"),
    [
        (None, "part", 300, None),
        (1000, "part", 300, None),
        (120, "part", 120, None),
        (0, "part", 0, "budget.empty"),
        (120, "nothing", 0, "budget.short"),
        (300, "nothing", 300, None),
    ],
)
def test_budget(counter: Any, pot: int | None, short: str, gives: int, code: str | None) -> None:
    answer = counter.quote(budgeted(counter, short), budgets_fen={} if pot is None else {"pot": pot})
    assert sum(answer.by_fund_fen.values()) == gives
    assert [one.reason.code for one in answer.refused] == ([code] if code else [])
    assert [(take.budget, take.fen) for take in answer.budget_takes] == ([("pot", gives)] if gives else [])
    if code == "budget.short":
        assert answer.refused[0].reason.facts == {"budget": "pot", "left_fen": 120, "needed_fen": 300}


def test_a_budget_is_shared_and_claims_draw_on_it(counter: Any) -> None:
    rules = (
        budgeted(counter, "part")
        + """
[[rule]]
id = "grant"
title = "运营补贴"
fund = "city"
order = 2
budgets = ["pot"]
effect = { claim = "grant", amount_yuan = 3.00, per = "bill" }
"""
    )
    answer = counter.quote(rules, budgets_fen={"pot": 450})
    assert (answer.by_fund_fen, answer.claimable_fen) == ({"city": 300}, {"grant": 150})
    assert answer.budget_takes[0].fen == 450


def test_best_is_judged_after_quotas_and_budgets(counter: Any) -> None:
    rules = """
[[budget]]
name = "pot"
short = "part"
[[group]]
id = "g"
order = 1
pick = "best"
[[rule]]
id = "poor"
title = "大而空"
fund = "charity"
group = "g"
order = 1
budgets = ["pot"]
effect = { off_yuan = 9.00, per = "bill" }
[[rule]]
id = "sure"
title = "小而实"
fund = "city"
group = "g"
order = 2
effect = { off_yuan = 2.00, per = "bill" }
"""
    answer = counter.quote(rules, budgets_fen={"pot": 100})
    assert answer.by_fund_fen == {"city": 200}
    assert answer.budget_takes == (), "what was only tried draws on nothing"
    assert counter.quote(rules, budgets_fen={"pot": 300}).by_fund_fen == {"charity": 300}


def test_a_shortened_benefit_per_unit_is_cut_pro_rata(counter: Any) -> None:
    rules = budgeted(counter, "part", '{ off_yuan = 3.00, per = "unit" }')
    answer = counter.quote(rules, counter.lines(1000, 1000, 100), budgets_fen={"pot": 350})
    assert [line.list_fen - line.pays_fen for line in answer.lines] == [150, 150, 50]


def test_an_empty_group_history_is_the_same_as_none(counter: Any) -> None:
    pack = counter.pack(limited(counter, "day"))
    assert quote([pack], counter.meal()) == quote([pack], counter.meal(uses=(counter.use("z"),)))
