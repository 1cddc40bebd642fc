"""Who a rule is for, and the reason when it is not."""

from datetime import date
from typing import Any

import pytest

from canteen_pos.domain.place import Place

ELSEWHERE = Place("成都市", "武侯区", "浆洗街街道")


@pytest.mark.parametrize(("age", "code"), [(59, "age.below"), (60, None), (79, None), (80, "age.above")])
def test_age_bounds_are_included(counter: Any, age: int, code: str | None) -> None:
    reason = counter.why("{ age = { at_least = 60, at_most = 79 } }", diner=counter.diner(age))
    assert (reason and reason.code) == code
    if code == "age.below":
        assert reason.facts == {"age": 59, "at_least": 60}


def test_age_turns_on_the_birthday(counter: Any) -> None:
    from dataclasses import replace

    rule = "{ age = { at_least = 60 } }"
    on_the_day = replace(counter.diner(), birth_date=date(1965, 3, 12))
    day_after = replace(counter.diner(), birth_date=date(1965, 3, 13))
    assert counter.why(rule, diner=on_the_day) is None
    assert counter.why(rule, diner=day_after).facts == {"age": 59, "at_least": 60}
    unknown = replace(counter.diner(), birth_date=None)
    assert counter.why(rule, diner=unknown).code == "age.unknown"


@pytest.mark.parametrize(
    ("level", "hukou", "code", "facts"),
    [
        ("city", ELSEWHERE, None, {}),
        ("district", ELSEWHERE, "hukou.elsewhere", {"level": "district", "is": "武侯区", "wanted": "锦江区"}),
        ("town", ELSEWHERE, "hukou.elsewhere", {"level": "district", "is": "武侯区", "wanted": "锦江区"}),
        (
            "town",
            Place("成都市", "锦江区", "东光街道"),
            "hukou.elsewhere",
            {"level": "town", "is": "东光街道", "wanted": "春熙路街道"},
        ),
        ("town", Place("成都市", "锦江区"), "hukou.unknown", {"level": "town", "wanted": "春熙路街道"}),
        ("city", Place(), "hukou.unknown", {"level": "city", "wanted": "成都市"}),
        (
            "district",
            Place("重庆市", "锦江区"),
            "hukou.elsewhere",
            {"level": "city", "is": "重庆市", "wanted": "成都市"},
        ),
    ],
)
def test_hukou_against_the_canteens_own_place(
    counter: Any, level: str, hukou: Place, code: str | None, facts: dict[str, str]
) -> None:
    reason = counter.why(f'{{ hukou = "{level}" }}', diner=counter.diner(hukou=hukou))
    assert (reason and reason.code) == code
    assert reason is None or reason.facts == facts


def test_residence_against_a_named_place(counter: Any) -> None:
    rule = '{ residence = { city = "成都市", district = "武侯区" } }'
    assert counter.why(rule, diner=counter.diner(residence=ELSEWHERE)) is None
    assert counter.why(rule).facts == {"level": "district", "is": "锦江区", "wanted": "武侯区"}
    wide = '{ residence = { level = "city", city = "成都市", district = "武侯区" } }'
    assert counter.why(wide) is None


def test_a_canteen_without_a_town_says_so(counter: Any) -> None:
    from canteen_pos.domain.bill import Site

    reason = counter.why('{ hukou = "town" }', site=Site(Place("成都市", "锦江区")))
    assert (reason.code, reason.facts) == ("site.place_unknown", {"level": "town"})


EITHER = '{ any_of = [{ categories_all = ["dibao", "shineng"] }, { categories = ["tekun"] }] }'
BOTH = '{ all_of = [{ any_of = [{ categories = ["dibao"] }, { age = { at_least = 90 } }] }, { categories = ["shineng"] }] }'


@pytest.mark.parametrize(
    ("when", "categories", "holds"),
    [
        ('{ categories = ["dibao", "tekun"] }', ["tekun"], True),
        ('{ categories = ["dibao", "tekun"] }', ["shineng"], False),
        ('{ categories_all = ["dibao", "shineng"] }', ["shineng", "dibao"], True),
        ('{ categories_all = ["dibao", "shineng"] }', ["dibao"], False),
        (EITHER, ["tekun"], True),
        (EITHER, ["dibao"], False),
        (BOTH, ["dibao", "shineng"], True),
        (BOTH, ["shineng"], False),
        ('{ not = { categories = ["dibao"] } }', ["tekun"], True),
        ('{ not = { categories = ["dibao"] } }', ["dibao"], False),
    ],
)
def test_categories_nested(counter: Any, when: str, categories: list[str], holds: bool) -> None:
    reason = counter.why(when, diner=counter.diner(categories=categories))
    assert (reason is None) is holds


def test_reasons_of_nested_conditions(counter: Any) -> None:
    assert counter.why(
        '{ categories_all = ["dibao", "shineng"] }', diner=counter.diner(categories=["dibao"])
    ).facts == {
        "missing": ["shineng"],
        "every": True,
    }
    reason = counter.why('{ any_of = [{ age = { at_least = 80 } }, { categories = ["dibao"] }] }')
    assert reason.code == "any_of"
    assert [one["code"] for one in reason.facts["reasons"]] == ["age.below", "categories.missing"]
    excluded = counter.why('{ not = { categories = ["dibao"] } }', diner=counter.diner(categories=["dibao"]))
    assert (excluded.code, excluded.facts) == ("excluded", {"held": {"categories": ["dibao"]}})


def test_an_any_of_with_one_reason_gives_that_reason(counter: Any) -> None:
    alone = counter.why("{ any_of = [{ age = { at_least = 80 } }] }")
    assert (alone.code, alone.facts) == ("age.below", {"age": 70, "at_least": 80})
    nobody = counter.why('{ any_of = [{ age = { at_least = 80 } }, { categories = ["dibao"] }] }', diner=None)
    assert nobody.code == "nobody", "the same reason twice is one"


def test_not_knowing_does_not_open_an_exclusion(counter: Any) -> None:
    when = '{ not = { hukou = "city", age = { at_least = 60 } } }'
    assert counter.why(when, diner=None).code == "nobody"
    assert counter.why(when, diner=counter.diner(70, hukou=Place())).code == "hukou.unknown"
    # under 60 the exclusion cannot hold, whatever the hukou
    assert counter.why(when, diner=counter.diner(30, hukou=Place())) is None
    either = '{ not = { any_of = [{ hukou = "city" }, { age = { at_least = 60 } }] } }'
    assert counter.why(either, diner=counter.diner(30, hukou=Place())).code == "hukou.unknown"
    assert counter.why(either, diner=counter.diner(30, hukou=Place("重庆市"))) is None


@pytest.mark.parametrize(("level", "holds"), [(0, False), (1, True), (3, True), (4, False)])
def test_care_level(counter: Any, level: int, holds: bool) -> None:
    reason = counter.why(
        "{ care_level = { at_least = 1, at_most = 3 } }", diner=counter.diner(care_level=level)
    )
    assert (reason is None) is holds
    assert holds or reason.facts == {"is": level, "at_least": 1, "at_most": 3}


def test_institution_permits_and_nobody(counter: Any) -> None:
    inside = counter.diner(in_institution=True)
    assert counter.why("{ in_institution = false }", diner=inside).code == "institution.inside"
    assert counter.why("{ in_institution = false }") is None
    assert counter.why("{ in_institution = true }").code == "institution.not_inside"
    assert counter.why('{ permits = ["volunteer"] }').code == "permits.missing"
    assert counter.why('{ permits = ["volunteer"] }', diner=counter.diner(permits=["volunteer"])) is None
    assert counter.why("{ identified = false }", diner=None) is None
    assert counter.why("{ identified = false }").code == "identified"
    assert counter.why("{ identified = true }", diner=None).code == "not_identified"


@pytest.mark.parametrize(
    "when",
    [
        "{ age = { at_least = 60 } }",
        '{ hukou = "city" }',
        '{ categories = ["dibao"] }',
        '{ permits = ["volunteer"] }',
        "{ care_level = { at_least = 1 } }",
        "{ in_institution = false }",
    ],
)
def test_a_question_about_somebody_needs_somebody(counter: Any, when: str) -> None:
    assert counter.why(when, diner=None).code == "nobody"


def test_an_earlier_rule_paid(counter: Any) -> None:
    rules = (
        counter.rule("{ age = { at_least = 80 } }")
        + """
[[rule]]
id = "after"
title = "之后"
fund = "operator"
order = 2
when = { paid = { rules = ["r"] } }
effect = { off_yuan = 1.00, per = "bill" }
[[rule]]
id = "by-fund"
title = "看资金"
fund = "operator"
order = 3
when = { paid = { funds = ["city"] } }
effect = { off_yuan = 1.00, per = "bill" }
[[rule]]
id = "otherwise"
title = "否则"
fund = "charity"
order = 4
when = { not = { paid = { funds = ["city"] } } }
effect = { off_yuan = 0.50, per = "bill" }
"""
    )
    assert counter.quote(rules, diner=counter.diner(85)).by_fund_fen == {"city": 300, "operator": 200}
    younger = counter.quote(rules)
    assert younger.by_fund_fen == {"charity": 50}
    assert {one.rule: one.reason.code for one in younger.refused} == {
        "r": "age.below",
        "after": "earlier.not_paid",
        "by-fund": "earlier.not_paid",
    }
