"""Ages, meal periods, weeks, business days and places: the plain facts that rules stand on."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen_pos.domain.calendar import (
    USUAL_PERIODS,
    MealPeriod,
    business_date,
    meal_at,
    period_at,
    week_start,
)
from canteen_pos.domain.diner import Diner
from canteen_pos.domain.place import LEVELS, Place

names = st.sampled_from(["", "甲", "乙"])
places = st.builds(Place, names, names, names)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        (at(6), "breakfast"),
        (at(9), ""),
        (at(10, 29), ""),
        (at(10, 30), "lunch"),
        (at(13, 29), "lunch"),
        (at(13, 30), ""),
        (at(19, 29), "dinner"),
        (at(19, 30), ""),
    ],
)
def test_a_period_holds_its_start_but_not_its_end(moment: datetime, period: str) -> None:
    assert period_at(moment) == period


def test_between_periods_the_till_shows_the_one_that_ended() -> None:
    assert [meal_at(at(hour)) for hour in (5, 9, 14, 23)] == [
        (date(2026, 11, 23), period) for period in ("breakfast", "breakfast", "lunch", "dinner")
    ]


def test_the_night_belongs_to_the_evening_before_until_the_cut_off() -> None:
    """An order that waited past midnight is still last night's dinner, not this morning's breakfast."""
    last_night, today = date(2026, 11, 22), date(2026, 11, 23)
    assert [meal_at(at(hour, minute)) for hour, minute in ((0, 0), (3, 59), (4, 0))] == [
        (last_night, "dinner"),
        (last_night, "dinner"),
        (today, "breakfast"),
    ]
    assert meal_at(at(0, 30), cut_off=time(0)) == (today, "breakfast")
    supper = MealPeriod("supper", time(0), time(2))
    assert [meal_at(at(hour), (*USUAL_PERIODS, supper)) for hour in (1, 3)] == [(today, "supper")] * 2


def test_the_business_day_turns_at_the_cut_off() -> None:
    assert business_date(at(1), time(3)) == date(2026, 11, 22)
    assert business_date(at(3), time(3)) == date(2026, 11, 23)


@given(st.dates(min_value=date(1900, 1, 8), max_value=date(2100, 1, 1)))
def test_a_week_starts_on_its_monday(day: date) -> None:
    monday = week_start(day)
    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(7)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1964, 8, 9), date(2024, 8, 8), 59),
        (date(1964, 8, 8), date(2024, 8, 8), 60),
        (date(1964, 2, 29), date(2023, 2, 28), 58),
        (date(1964, 2, 29), date(2023, 3, 1), 59),
        (None, date(2023, 3, 1), None),
    ],
)
def test_age_is_in_full_years_on_the_day(born: date | None, day: date, age: int | None) -> None:
    assert Diner("token", birth_date=born).age_on(day) == age


@given(places, places)
def test_a_level_includes_its_parents_and_the_unknown_never_matches(one: Place, other: Place) -> None:
    matches = [one.within(other, level) for level in LEVELS]
    assert matches == sorted(matches, reverse=True)
    assert matches[0] == (bool(one.city) and one.city == other.city)
    assert not Place().within(Place(), "city")
