"""Workdays by the national calendar; a year nobody knows is said."""

from datetime import date

import pytest

from canteen_pos.domain.policy import OfficialDays
from canteen_pos.packs import parse_pack
from canteen_pos.packs.workdays import knows_year, workday


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 3, 12), True),
        (date(2025, 3, 15), False),
        (date(2025, 1, 26), True),  # a Sunday made up
        (date(2025, 5, 5), False),  # a Monday off
        (date(2026, 12, 31), True),
        (date(2027, 1, 4), None),
    ],
)
def test_the_national_calendar(day: date, works: bool | None) -> None:
    assert workday(day) is works


def test_days_added_by_a_pack() -> None:
    calendar = "[calendar]\nyears = [2027]\nworkdays = [2027-02-14]\ndays_off = [2027-01-01, 2025-03-12]\n"
    pack = parse_pack(
        'id = "p"\ntitle = "p"\nsource = "s"\ndate = 2027-01-01\nsample = true\n'
        + calendar
        + '[[rule]]\nid = "r"\ntitle = "r"\nfund = "city"\norder = 1\neffect = { free = true, per = "bill" }\n'
    )
    extra = [pack.official_days]
    assert workday(date(2027, 2, 14), extra) is True, "a Sunday made up"
    assert workday(date(2027, 1, 1), extra) is False
    assert workday(date(2027, 1, 4), extra) is True, "an ordinary Monday of a year that is stated whole"
    assert workday(date(2027, 1, 9), extra) is False
    assert workday(date(2025, 3, 12), extra) is False, "what the pack states goes before the package"
    assert workday(date(2028, 1, 3), extra) is None
    # without years the list is not the whole notice: other days stay unknown
    some = [OfficialDays(workdays=frozenset((date(2027, 2, 14),)))]
    assert workday(date(2027, 2, 14), some) is True
    assert workday(date(2027, 2, 15), some) is None


def test_which_years_are_known() -> None:
    assert knows_year(2026)
    assert not knows_year(2027)
    assert knows_year(2027, [OfficialDays(years=frozenset((2027,)))])
