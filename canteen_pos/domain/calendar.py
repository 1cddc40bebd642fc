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


def nearest_period(moment: datetime, periods: tuple[MealPeriod, ...] = USUAL_PERIODS) -> str:
    """The period at `moment`, else the last one that ended today, else the first: what the till shows between periods."""
    now = moment.time()
    ended = [period for period in periods if period.end <= now]
    return period_at(moment, periods) or (ended[-1].code if ended else periods[0].code)


def week_start(day: date) -> date:
    """The Monday of the natural week (Monday to Sunday) that holds `day`."""
    return day - timedelta(days=day.weekday())


def business_date(moment: datetime, cut_off: time) -> date:
    """The calendar day of the local `moment`, or the day before while it is earlier than `cut_off`."""
    return moment.date() - timedelta(days=1) if moment.time() < cut_off else moment.date()
