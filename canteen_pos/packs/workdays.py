"""Workdays by the national calendar with its make-up days. A year nobody knows is said, not guessed."""

from collections.abc import Sequence
from datetime import date

import chinese_calendar

from canteen_pos.domain.policy import OfficialDays


def workday(day: date, extra: Sequence[OfficialDays] = ()) -> bool | None:
    """Whether `day` is an official workday; None when its year is unknown to the package and to `extra`.

    `extra` (from packs or settings) goes before the package; where two of them differ, the earlier one speaks.
    """
    for days in extra:
        if day in days.workdays:
            return True
        if day in days.days_off:
            return False
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        pass
    if any(day.year in days.years for days in extra):
        return day.isoweekday() <= 5
    return None


def knows_year(year: int, extra: Sequence[OfficialDays] = ()) -> bool:
    """Whether workdays of `year` are known: the till warns from 1 December when the next one is not."""
    return workday(date(year, 1, 1), extra) is not None and workday(date(year, 12, 30), extra) is not None
