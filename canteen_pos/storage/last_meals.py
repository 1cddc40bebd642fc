"""When somebody ate here last, on this record or on one that was merged into it.

Two columns, each answered by one step in an index; asked as one, SQLite reads every meal they ever had.
"""

from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, Select, select

from canteen_pos.domain.membership import LastMeal
from canteen_pos.storage.tables import documents, people

_d = documents.c


def own_and_merged(person_id: Any) -> tuple[ScalarSelect[str], ScalarSelect[str]]:
    """For `latest`: the last meal of the record itself, and of those that became it."""
    gone = people.alias("gone")
    own = _newest(select(_told).where(_d.person_id == person_id))
    merged = _newest(
        select(_told)
        .select_from(documents)
        .join(gone, gone.c.id == _d.person_id)
        .where(gone.c.merged_into == person_id)
    )
    return own, merged


_told = _d.at_utc + "|" + _d.service_date + "|" + _d.period


def latest(*told: str | None) -> LastMeal | None:
    """The newest of what `own_and_merged` found."""
    newest = max((one for one in told if one), default="")
    if not newest:
        return None
    _, day, period = newest.split("|")
    return LastMeal(date.fromisoformat(day), period)


def _newest(meals: Select[Any]) -> ScalarSelect[str]:
    return meals.where(_d.kind == "sale").order_by(_d.at_utc.desc()).limit(1).scalar_subquery()
