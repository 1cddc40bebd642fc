"""What holds for every pack, diner, basket and history that hypothesis can think of."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canteen_pos.domain.bill import Kind, Line, Meal, Serving, Site, Use
from canteen_pos.domain.conditions import (
    ALWAYS,
    Age,
    AllOf,
    AnyOf,
    CareLevel,
    Categories,
    From,
    Has,
    Identified,
    InInstitution,
    Not,
    Paid,
    Periods,
    Permits,
    ServedAs,
    SiteFact,
    Spend,
    Weekdays,
    Workday,
)
from canteen_pos.domain.diner import Diner
from canteen_pos.domain.lines import FOOD, FOOD_AND_FEES, Lines
from canteen_pos.domain.place import Place
from canteen_pos.domain.policy import (
    Base,
    Budget,
    Bundle,
    Effect,
    Frame,
    Give,
    Group,
    Pack,
    Per,
    Quota,
    Rounding,
    Rule,
    Version,
    Window,
    rules_of,
)
from canteen_pos.domain.pricing import quote
from canteen_pos.domain.refund_split import refund_part
from canteen_pos.packs import dump, parse_pack

# a busy machine is no failure: these are about sums, not about time
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAY = date(2025, 3, 12)
HOME = Place("成都市", "锦江区", "春熙路街道")
PLACES = st.sampled_from(
    [Place(), HOME, Place("成都市", "武侯区"), Place("重庆市", "锦江区"), Place("成都市", "锦江区")]
)
CODES = st.sampled_from(["dibao", "tekun", "volunteer"])
ITEMS = st.sampled_from(["鱼", "肉", "菜", "饭"])
FUNDS = st.sampled_from(["city", "district", "town", "operator", "charity"])

quotas = st.lists(
    st.builds(
        lambda name, per, count, fen, short: Quota(
            name, per, None if fen else count, fen, short if fen else "part"
        ),
        st.sampled_from(["q1", "q2", "q3"]),
        st.sampled_from(Window),
        st.integers(1, 3),
        st.none() | st.integers(1, 2000),
        st.sampled_from(["part", "nothing"]),
    ),
    max_size=3,
    unique_by=lambda quota: quota.name,
)
budgets = st.lists(
    st.builds(Budget, st.sampled_from(["b1", "b2"]), st.sampled_from(["part", "nothing"])),
    max_size=2,
    unique_by=lambda budget: budget.name,
)
lines_chosen = st.just(FOOD) | st.just(FOOD_AND_FEES) | st.builds(
    Lines,
    kinds=st.frozensets(st.sampled_from(Kind), min_size=1),
    items=st.frozensets(ITEMS, max_size=2),
    categories=st.frozensets(st.sampled_from(["荤", "素"]), max_size=1),
    except_items=st.frozensets(ITEMS, max_size=1),
)  # fmt: skip


def _ages(cls: Any, top: int) -> st.SearchStrategy[Any]:
    bounds = st.tuples(st.integers(0, top), st.integers(0, top)).map(sorted)
    return bounds.map(lambda both: cls(both[0], both[1])) | st.builds(cls, st.integers(0, top))


some_codes = st.lists(CODES, min_size=1, max_size=2, unique=True).map(tuple)
leaves = st.one_of(
    _ages(Age, 110),
    _ages(CareLevel, 6),
    st.builds(From, st.sampled_from(["hukou", "residence"]), st.sampled_from(["city", "district", "town"])),
    st.builds(
        From, st.sampled_from(["hukou", "residence"]), st.just("district"), st.just(Place("成都市", "武侯区"))
    ),
    st.builds(Categories, some_codes, st.booleans()),
    st.builds(Permits, some_codes),
    st.builds(Identified, st.booleans()),
    st.builds(InInstitution, st.booleans()),
    st.builds(Workday, st.booleans()),
    st.builds(SiteFact, st.just("own_kitchen"), st.booleans()),
    st.builds(ServedAs, st.lists(st.sampled_from(Serving), min_size=1, unique=True).map(tuple)),
    st.builds(Periods, st.lists(st.sampled_from(["lunch", "dinner"]), min_size=1, unique=True).map(tuple)),
    st.builds(Weekdays, st.lists(st.integers(1, 7), min_size=1, unique=True).map(tuple)),
    st.builds(
        Spend,
        st.integers(0, 3000),
        st.sampled_from([FOOD, FOOD_AND_FEES, Lines(items=frozenset(("鱼",)))]),
        st.booleans(),
        st.sampled_from(["list", "left"]),
    ),
    st.builds(Has, lines_chosen, st.integers(1, 3)),
    st.builds(Paid, funds=st.lists(FUNDS, min_size=1, max_size=2, unique=True).map(tuple)),
)
conditions = st.just(ALWAYS) | st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)


@st.composite
def effects(draw: st.DrawFn, *, in_bundle: bool) -> Effect:
    give = draw(st.sampled_from(Give))
    claim = (
        draw(st.sampled_from(["", "", "", "grant", "subsidy"])) if give in (Give.OFF, Give.PERCENT) else ""
    )
    bases = [Base.LIST, Base.LEFT, *([Base.BUNDLE] if in_bundle else [])]
    per = draw(st.sampled_from(Per))
    return Effect(
        give=give,
        fen=draw(st.integers(0, 2500)) if give in (Give.OFF, Give.PAYS) else 0,
        rate=draw(st.integers(1, 10_000)) if give is Give.PERCENT else 0,
        per=per,
        base=Base.LEFT if give is Give.OFF else draw(st.sampled_from(bases)),
        units=draw(st.sampled_from([0, 2, 3])),
        cap_fen=None if give is Give.OFF else draw(st.none() | st.integers(0, 1500)),
        rounding=draw(
            st.builds(Rounding, st.sampled_from(["half_up", "down", "up"]), st.sampled_from([1, 10, 50, 100]))
        )
        if give is Give.PERCENT
        else Rounding(),
        claim=claim,
    )


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    known_quotas, known_budgets = draw(quotas), draw(budgets)
    numbers = iter(range(100))

    def some(known: list[Any]) -> tuple[Any, ...]:
        return tuple(draw(st.lists(st.sampled_from(known), max_size=2, unique=True))) if known else ()

    def version(name: str, *, in_bundle: bool, since: date | None, until: date | None) -> Version:
        return Version(
            name=name,
            effect=draw(effects(in_bundle=in_bundle)),
            when=draw(conditions),
            lines=draw(lines_chosen),
            quotas=some(known_quotas),
            budgets=some(known_budgets),
            since=since,
            until=until,
        )

    def rule(order: int, *, in_bundle: bool = False) -> Rule:
        change = draw(st.none() | st.dates(DAY - timedelta(3), DAY + timedelta(3)))
        if change is None:
            versions = [version("only", in_bundle=in_bundle, since=None, until=None)]
        else:
            versions = [
                version("old", in_bundle=in_bundle, since=None, until=change - timedelta(1)),
                version("new", in_bundle=in_bundle, since=change, until=None),
            ]
        return Rule(f"r{next(numbers)}", "规则", draw(FUNDS), order, tuple(versions))

    def frames(*, capped: bool) -> tuple[Frame, ...]:
        def frame(name: str, since: date | None, until: date | None) -> Frame:
            cap = draw(st.none() | st.integers(0, 1500)) if capped else None
            return Frame(draw(conditions), cap, since, until, name)

        change = draw(st.none() | st.dates(DAY - timedelta(3), DAY + timedelta(3)))
        if change is None:
            return (frame(draw(st.sampled_from(["", "only"])), draw(st.sampled_from([None, DAY])), None),)
        return (frame("old", None, change - timedelta(1)), frame("new", change, None))

    def bundle(order: int) -> Bundle:
        rules = tuple(rule(place, in_bundle=True) for place in range(draw(st.integers(1, 3))))
        return Bundle(f"r{next(numbers)}", order, rules, "叠加", frames(capped=True))

    def group(order: int) -> Group:
        options = tuple(
            draw(st.sampled_from([rule, bundle]))(place) for place in range(draw(st.integers(1, 3)))
        )
        return Group(
            f"r{next(numbers)}",
            order,
            draw(st.sampled_from(["best", "first"])),
            options,
            "选",
            frames(capped=False),
        )

    items = tuple(
        draw(st.sampled_from([rule, rule, bundle, group]))(place) for place in range(draw(st.integers(1, 4)))
    )
    return Pack(
        id="generated",
        title="生成",
        source="hypothesis",
        dated=DAY,
        items=items,
        place=draw(PLACES),
        names=(("dibao", "低保"), ("tekun", "特困"), ("volunteer", "志愿者")),
        quotas=tuple(sorted(known_quotas, key=lambda one: one.name)),
        budgets=tuple(sorted(known_budgets, key=lambda one: one.name)),
    )


@st.composite
def lines(draw: st.DrawFn, key: str) -> Line:
    kind = draw(st.sampled_from(Kind))
    weighed = kind is Kind.WEIGHED
    return Line(
        key=key,
        item=draw(ITEMS),
        kind=kind,
        unit_fen=draw(st.integers(0, 3000)),
        quantity=draw(st.integers(1, 4)),
        grams=draw(st.integers(1, 900)) if weighed else 0,
        per_grams=draw(st.sampled_from([1, 50, 100, 500])) if weighed else 0,
        category=draw(st.sampled_from(["", "荤", "素"])),
    )


diners = st.builds(
    Diner,
    person=st.just("p"),
    birth_date=st.none() | st.dates(date(1915, 1, 1), DAY),
    hukou=PLACES,
    residence=PLACES,
    categories=st.frozensets(CODES),
    care_level=st.integers(0, 6),
    in_institution=st.booleans(),
    permits=st.frozensets(CODES),
)
uses = st.builds(
    Use,
    quota=st.sampled_from(["q1", "q2", "q3"]),
    day=st.dates(DAY - timedelta(40), DAY),
    period=st.sampled_from(["lunch", "dinner"]),
    fen=st.integers(0, 900),
)


@st.composite
def meals(draw: st.DrawFn) -> Meal:
    count = draw(st.integers(1, 4))
    return Meal(
        day=DAY,
        period=draw(st.sampled_from(["lunch", "dinner", ""])),
        serving=draw(st.sampled_from(Serving)),
        site=Site(draw(PLACES), {"own_kitchen": draw(st.booleans())}),
        diner=draw(st.none() | diners),
        lines=tuple(draw(lines(key=str(number))) for number in range(count)),
        uses=tuple(draw(st.lists(uses, max_size=4))),
        budgets_fen=draw(st.dictionaries(st.sampled_from(["b1", "b2"]), st.integers(0, 1500))),
        workday=draw(st.sampled_from([True, False, None])),
    )


@unhurried
@given(pack=packs(), meal=meals())
def test_parts_sum_and_limits_hold(pack: Pack, meal: Meal) -> None:
    answer = quote([pack], meal)
    assert answer.list_fen == sum(line.list_fen for line in meal.lines)
    for line in answer.lines:
        assert line.list_fen == line.pays_fen + sum(share.fen for share in line.shares)
        assert 0 <= line.pays_fen <= line.list_fen
        assert all(share.fen > 0 for share in line.shares)
    given_by_rule: dict[str, int] = {}
    for line in answer.lines:
        for share in line.shares:
            given_by_rule[share.rule] = given_by_rule.get(share.rule, 0) + share.fen
    assert given_by_rule == {one.rule: one.fen for one in answer.applied if not one.claim}
    assert sum(answer.claimable_fen.values()) == sum(one.claim_fen for one in answer.applied)
    _check_claim_parts(pack, meal, answer)
    _check_quotas(pack, meal, answer)
    _check_budgets(pack, meal, answer)
    spoke = sorted([one.rule for one in answer.applied] + [one.rule for one in answer.refused])
    assert spoke == sorted(rule.id for rule in pack.rules()), "every rule speaks once"


def _check_claim_parts(pack: Pack, meal: Meal, answer: Any) -> None:
    """What a claim was reckoned on makes the claim; a fixed amount for the meal or the bill was reckoned on nothing."""
    quantities = {line.key: line.quantity for line in meal.lines}
    rules = {rule.id: rule for rule in pack.rules()}
    for claim in answer.claims:
        effect = next(one.effect for one in rules[claim.rule].versions if one.name == claim.version)
        fixed = effect.give is Give.OFF and effect.per is not Per.UNIT
        assert sum(part.fen for part in claim.parts) == (0 if fixed else claim.fen)
        assert claim.parts
        assert len({part.key for part in claim.parts}) == len(claim.parts)
        for part in claim.parts:
            assert part.fen >= 0
            assert 1 <= part.units <= quantities[part.key]
        if effect.units and not fixed:
            assert sum(part.units for part in claim.parts) <= effect.units


def _drawn(pack: Pack, answer: Any, limit: str) -> dict[str, int]:
    """Fen that the applied rules drew on each quota or budget, added up from the rules themselves."""
    by_id = {rule.id: rule for rule in pack.rules()}
    drawn: dict[str, int] = {}
    for one in answer.applied:
        version = next(version for version in by_id[one.rule].versions if version.name == one.version)
        for name in {each.name for each in getattr(version, limit)}:
            drawn[name] = drawn.get(name, 0) + one.fen + one.claim_fen
    return drawn


def _check_quotas(pack: Pack, meal: Meal, answer: Any) -> None:
    assert {take.quota: take.fen for take in answer.quota_takes} == _drawn(pack, answer, "quotas")
    known = {quota.name: quota for quota in pack.quotas}
    for take in answer.quota_takes:
        assert meal.diner is not None
        quota = known[take.quota]
        before = [
            use
            for use in meal.uses
            if use.quota == take.quota
            and quota.per.key(use.day, use.period) == quota.per.key(meal.day, meal.period) == take.window
        ]
        if quota.limit is not None:
            assert len(before) + 1 <= quota.limit
            assert take.slot < quota.limit
        else:
            assert sum(use.fen for use in before) + take.fen <= (quota.limit_fen or 0)


def _check_budgets(pack: Pack, meal: Meal, answer: Any) -> None:
    assert {take.budget: take.fen for take in answer.budget_takes} == _drawn(pack, answer, "budgets")
    for take in answer.budget_takes:
        if take.budget in meal.budgets_fen:
            assert take.fen <= meal.budgets_fen[take.budget]


@unhurried
@given(pack=packs(), meal=meals(), data=st.data())
def test_the_order_of_entry_does_not_matter(pack: Pack, meal: Meal, data: st.DataObject) -> None:
    # versions move with what they are versions of
    head, *tables = re.split(r"\n\[\[(?!\w+\.versions)", dump(pack))
    shuffled = parse_pack("\n[[".join([head, *data.draw(st.permutations(tables))]))
    assert shuffled == pack
    turned = replace(meal, lines=tuple(data.draw(st.permutations(meal.lines))))
    first, again = quote([pack], meal), quote([shuffled], turned)
    assert {line.key: line for line in again.lines} == {line.key: line for line in first.lines}
    for part in ("applied", "refused", "claims", "quota_takes", "budget_takes"):
        assert getattr(again, part) == getattr(first, part)


@unhurried
@given(one=packs(), other=packs(), meal=meals())
def test_the_order_of_packs_does_not_matter(one: Pack, other: Pack, meal: Meal) -> None:
    # quotas and budgets of the same name must mean the same, so the second pack does without
    second = parse_pack(dump(_without_limits(other)).replace('id = "generated"', 'id = "other"', 1))
    assert quote([one, second], meal) == quote([second, one], meal)


def _without_limits(pack: Pack) -> Pack:
    def bare(item: Any) -> Any:
        if isinstance(item, Rule):
            return replace(item, versions=tuple(replace(one, quotas=(), budgets=()) for one in item.versions))
        if isinstance(item, Bundle):
            return replace(item, rules=tuple(bare(rule) for rule in item.rules))
        return replace(item, options=tuple(bare(option) for option in item.options))

    return replace(pack, items=tuple(bare(item) for item in pack.items), quotas=(), budgets=())


@unhurried
@given(pack=packs(), meal=meals())
def test_best_is_no_worse_than_any_option_alone(pack: Pack, meal: Meal) -> None:
    """The first item alone, when it is a 'best' group: no option by itself would lower the price more."""
    group = pack.items[0]
    if not isinstance(group, Group) or group.pick != "best":
        return
    whole = quote([replace(pack, items=(group,))], meal)
    for option in group.options:
        alone = quote([replace(pack, items=(replace(group, options=(option,)),))], meal)
        assert whole.pays_fen <= alone.pays_fen
    paid = {applied.rule for applied in whole.applied}
    assert sum(1 for option in group.options if paid & {rule.id for rule in rules_of(option)}) <= 1


@unhurried
@given(pack=packs(), meal=meals(), data=st.data())
def test_refunds_undo_a_quote_exactly(pack: Pack, meal: Meal, data: st.DataObject) -> None:
    quoted = quote([pack], meal)
    for line, answer in zip(meal.lines, quoted.lines, strict=True):
        shares = tuple(share.fen for share in answer.shares)
        back, done = [0, 0, *(0 for _ in shares)], 0
        while done < line.quantity:
            wanted = data.draw(st.integers(1, line.quantity - done))
            list_fen, pays_fen, parts = refund_part(
                answer.list_fen, answer.pays_fen, shares, line.quantity, done, wanted
            )
            assert list_fen == line.each_fen * wanted
            back = [before + now for before, now in zip(back, [list_fen, pays_fen, *parts], strict=True)]
            done += wanted
        assert back == [answer.list_fen, answer.pays_fen, *shares]
