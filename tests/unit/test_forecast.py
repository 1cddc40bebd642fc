"""Next week's suggestion: the rule a cook can check with a pencil."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.forecast import LAST, PastMeal
from canteen_pos.domain.forecast import suggest as suggestion

MONDAY = date(2026, 11, 2)

meals = st.builds(
    PastMeal,
    day=st.integers(0, 7).map(lambda week: MONDAY - timedelta(weeks=week)),
    sold_halves=st.integers(0, 400),
    planned_halves=st.none() | st.integers(0, 400),
    served_halves=st.none() | st.integers(0, 400),
    sold_out=st.booleans(),
)
pasts = st.lists(meals, min_size=1, max_size=8, unique_by=lambda meal: meal.day)


def meal(week: int, sold: int, **more) -> PastMeal:
    return PastMeal(MONDAY - timedelta(weeks=week), sold, **more)


def suggest(past: list[PastMeal]) -> int | None:
    found = suggestion(past)
    return None if found is None else found.halves


def test_by_pencil() -> None:
    assert suggest([]) is None
    assert suggest([meal(0, 41)]) == 42, "whole portions"
    assert suggest([meal(0, 40), meal(1, 50), meal(2, 200)]) == 50, "one feast changes nothing"
    assert suggest([meal(0, 40), meal(1, 50)]) == 46, "22.5 portions are 23"
    assert suggest([meal(week, 10) for week in range(4)] + [meal(5, 900)]) == 10, "the last four count"
    assert suggest([meal(0, 30, planned_halves=60, sold_out=True)]) == 60, "more might have been wanted"
    assert suggest([meal(0, 30, planned_halves=60)]) == 30
    assert suggest([meal(0, 30, served_halves=44)]) == 44, "what was served, not only what was sold"


def test_it_says_from_which_days() -> None:
    found = suggestion([meal(week, 10 + week) for week in range(6)])
    assert found is not None
    assert [one.sold_halves for one in found.past] == [10, 11, 12, 13]


@given(pasts)
def test_it_lies_between_what_was_wanted_and_is_whole(past: list[PastMeal]) -> None:
    wanted = [one.wanted_halves for one in sorted(past, key=lambda one: one.day)[-LAST:]]
    found = suggest(past)
    assert found is not None
    assert found % 2 == 0
    assert min(wanted) <= found <= max(wanted) + 1


@given(pasts, st.randoms())
def test_the_order_of_days_does_not_matter(past: list[PastMeal], rng) -> None:
    shuffled = list(past)
    rng.shuffle(shuffled)
    assert suggest(shuffled) == suggest(past)


@given(pasts, st.integers(0, 7), st.integers(1, 50))
def test_more_wanted_on_a_day_never_means_less_to_cook(past: list[PastMeal], place: int, more: int) -> None:
    place %= len(past)
    one = past[place]
    fuller = PastMeal(one.day, one.sold_halves + more, one.planned_halves, one.served_halves, one.sold_out)
    assert (suggest([*past[:place], fuller, *past[place + 1 :]]) or 0) >= (suggest(past) or 0)


@given(pasts)
def test_a_day_that_sold_out_never_lowers_it(past: list[PastMeal]) -> None:
    def with_(sold_out: bool) -> int:
        each = [PastMeal(m.day, m.sold_halves, m.planned_halves, m.served_halves, sold_out) for m in past]
        return suggest(each) or 0

    assert with_(True) >= with_(False)
