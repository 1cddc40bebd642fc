"""One quote with 5 lines under 50 rules, against django-oscar's applicator on 5 lines and 50 offers."""

from datetime import date

from bench import oscar
from bench.timing import Row, show, timed
from canteen_pos.domain.bill import Kind, Line, Meal, Serving, Site
from canteen_pos.domain.diner import Diner
from canteen_pos.domain.place import Place
from canteen_pos.domain.pricing import quote
from canteen_pos.packs import parse_pack

RULES = 50
HERE = Place("成都市", "锦江区", "三圣街道")


def _rule(place: int) -> str:
    """Every rule applies and gives a percentage: nothing is cut short."""
    return f"""
[[rule]]
id = "rule-{place}"
title = "rule {place}"
fund = "fund-{place % 5}"
order = {place + 1}
when = {{ age = {{ at_least = 60 }}, hukou = "city", periods = ["lunch"], spend = {{ at_least_yuan = 5.00 }} }}
effect = {{ percent = 1, base = "left", per = "bill" }}
"""


def run(*, quick: bool) -> None:
    head = (
        'id = "bench"\ntitle = "bench"\nsource = "bench"\ndate = 2026-01-01\nsample = true\ninvented = true\n'
    )
    pack = parse_pack(head + "".join(_rule(place) for place in range(RULES)), "bench.toml")
    meal = Meal(
        day=date(2026, 11, 23),
        period="lunch",
        serving=Serving.DINE_IN,
        site=Site(HERE),
        diner=Diner("bench", birth_date=date(1943, 2, 11), hukou=HERE),
        lines=tuple(
            Line(str(place), f"dish-{place}", Kind.DISH, 1000 + 150 * place, 1) for place in range(5)
        ),
    )
    assert len(quote([pack], meal).applied) == RULES
    ours = timed(lambda: quote([pack], meal), 200 if quick else 1000).median
    rows = [Row(f"quote, 5 lines, {RULES} rules that all apply (median)", f"{ours:.3f} ms")]
    theirs = oscar.applicator_ms(RULES, 2 if quick else 5)
    if theirs is None:
        rows.append(Row("django-oscar", "not installed", "make bench brings it"))
    else:
        rows.append(
            Row(
                f"django-oscar's applicator, 5 lines, {RULES} offers that all apply (median)",
                f"{theirs:.1f} ms",
            )
        )
        rows.append(Row("times quicker", f"{theirs / ours:.0f} x", "> 200 x", theirs / ours > 200))
    show("Quote", rows)
