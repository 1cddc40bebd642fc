"""Which of many copies to keep: the newest of each of the last days and months that have one."""

from collections.abc import Iterable
from datetime import datetime, timedelta


def kept(moments: Iterable[datetime], days: int, months: int) -> frozenset[datetime]:
    """The newest of each of the last `days` days and of the last `months` months; the very newest in any case.

    Days and months without a copy are not counted: a closed fortnight drops nothing.
    """
    newest_first = sorted(set(moments), reverse=True)
    return frozenset(
        newest_first[:1]
        + _newest_of_each(newest_first, "%Y-%m-%d", days)
        + _newest_of_each(newest_first, "%Y-%m", months)
    )


def _newest_of_each(newest_first: list[datetime], form: str, most: int) -> list[datetime]:
    found: dict[str, datetime] = {}
    for moment in newest_first:
        found.setdefault(moment.strftime(form), moment)
    return list(found.values())[: max(most, 0)]


def due_since(now: datetime, hour: int, minute: int) -> datetime:
    """The last moment at which a daily job should have begun: today's hour, or yesterday's while that is to come."""
    today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)
