"""Days, weeks and meal periods as rules see them. The clock and the national calendar are handed in as values."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class MealPeriod:
    """A named stretch of the day, start included, end not. `code` is 'breakfast', 'lunch', 'dinner' or the canteen's own."""

    code: str
    start: time
    end: time


USUAL_PERIODS = (
    MealPeriod("breakfast", time(6), time(9)),
    MealPeriod("lunch", time(10, 30), time(13, 30)),
    MealPeriod("dinner", time(16, 30), time(19, 30)),
)


def period_at(moment: datetime, periods: tuple[MealPeriod, ...] = USUAL_PERIODS) -> str:
    """Code of the meal period that holds the local `moment`, or '' between periods."""
    now = moment.time()
    return next((period.code for period in periods if period.start <= now < period.end), "")


def meal_at(
    moment: datetime, periods: tuple[MealPeriod, ...] = USUAL_PERIODS, cut_off: time = time(4)
) -> tuple[date, str]:
    """Day and period of the meal a till sells at the local `moment`: the one being served, else the last that ended.

    Until the cut-off hour the night belongs to the evening before: its last meal, not today's first, which only waits.
    """
    now, today = moment.time(), moment.date()
    ended = [period for period in periods if period.end <= now]
    if code := period_at(moment, periods):
        return today, code
    if ended:
        return today, max(ended, key=lambda period: period.end).code
    if now < cut_off:
        return business_date(moment, cut_off), max(periods, key=lambda period: period.end).code
    return today, min(periods, key=lambda period: period.start).code


def week_start(day: date) -> date:
    """The Monday of the natural week (Monday to Sunday) that holds `day`."""
    return day - timedelta(days=day.weekday())


def business_date(moment: datetime, cut_off: time) -> date:
    """The calendar day of the local `moment`, or the day before while it is earlier than `cut_off`."""
    return moment.date() - timedelta(days=1) if moment.time() < cut_off else moment.date()
