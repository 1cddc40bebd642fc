"""Menus of several days at once: the week planner, what was counted after service, and the past that a plan looks at."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update

from canteen_pos.domain.forecast import PastMeal
from canteen_pos.domain.planning import Cell, Entry
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import dishes, menu_entries

_IN_ORDER = (dishes.c.sort, dishes.c.code)


def cells(conn: Connection, days: Sequence[date], periods: Sequence[str]) -> tuple[Cell, ...]:
    """Each meal of these consecutive days: its own rows, or those it continues. Retired dishes are left out."""
    first, last = days[0].isoformat(), days[-1].isoformat()
    before = (
        select(menu_entries.c.period, func.max(menu_entries.c.service_date).label("day"))
        .where(menu_entries.c.service_date < first)
        .group_by(menu_entries.c.period)
        .subquery()
    )
    wanted = (
        select(menu_entries)
        .join(dishes, dishes.c.id == menu_entries.c.dish_id)
        .outerjoin(before, before.c.period == menu_entries.c.period)
        .where(dishes.c.active == 1)
        .where(menu_entries.c.service_date <= last)
        .where((menu_entries.c.service_date >= first) | (menu_entries.c.service_date == before.c.day))
        .order_by(*_IN_ORDER)
    )
    rows: dict[tuple[str, str], list[Any]] = {}
    for row in conn.execute(wanted):
        rows.setdefault((row.service_date, row.period), []).append(row)
    return tuple(cell for period in periods for cell in _of_period(rows, days, period))


def _of_period(
    rows: Mapping[tuple[str, str], list[Any]], days: Sequence[date], period: str
) -> Iterable[Cell]:
    known = [date.fromisoformat(day) for day, code in rows if code == period]
    for day in days:
        earlier = [one for one in known if one <= day]
        if not earlier:
            yield Cell(day, period)
            continue
        source = max(earlier)
        found = rows[source.isoformat(), period]
        own = source == day
        sold = {row.dish_id: row.sold_halves for row in found if own and row.sold_halves}
        yield Cell(day, period, tuple(_entry(row) for row in found), None if own else source, sold)


def own(conn: Connection, day: date, period: str) -> dict[int, tuple[Entry, bool]]:
    """Dish id -> its entry, and whether it may not go any more (sold or counted). Retired dishes too."""
    wanted = (
        select(menu_entries)
        .where(menu_entries.c.service_date == day.isoformat())
        .where(menu_entries.c.period == period)
    )
    return {
        row.dish_id: (_entry(row), row.sold_halves > 0 or row.served_halves is not None)
        for row in conn.execute(wanted)
    }


def put(conn: Connection, day: date, period: str, entry: Entry, *, new: bool) -> None:
    values = {
        "planned_halves": entry.planned_halves,
        "price_fen": entry.price_fen,
        "half_fen": entry.half_fen,
    }
    if new:
        conn.execute(
            insert(menu_entries).values(
                service_date=day.isoformat(), period=period, dish_id=entry.dish_id, **values
            )
        )
    else:
        conn.execute(update(menu_entries).where(_at(day, period, entry.dish_id)).values(**values))


def drop(conn: Connection, day: date, period: str, dish_id: int) -> None:
    conn.execute(delete(menu_entries).where(_at(day, period, dish_id)))


# -- after service ---------------------------------------------------------------------------------


def counted(conn: Connection, day: date, period: str) -> list[Any]:
    """Rows of that meal with dish names, in menu order, retired dishes too."""
    wanted = (
        select(menu_entries, dishes.c.code, dishes.c.name, dishes.c.category, dishes.c.kind)
        .join(dishes, dishes.c.id == menu_entries.c.dish_id)
        .where(menu_entries.c.service_date == day.isoformat())
        .where(menu_entries.c.period == period)
        .order_by(*_IN_ORDER)
    )
    return list(conn.execute(wanted))


def put_counts(
    conn: Connection,
    day: date,
    period: str,
    dish_id: int,
    served: int | None,
    left: int | None,
    wasted: int | None,
) -> None:
    values = {"served_halves": served, "left_halves": left, "wasted_halves": wasted}
    conn.execute(update(menu_entries).where(_at(day, period, dish_id)).values(**values))


def past(conn: Connection, days: Sequence[date], period: str) -> dict[int, list[PastMeal]]:
    """Dish id -> how it went on those days."""
    wanted = (
        select(menu_entries)
        .where(menu_entries.c.service_date.in_([day.isoformat() for day in days]))
        .where(menu_entries.c.period == period)
    )
    rows = list(conn.execute(wanted))
    traded = {row.service_date for row in rows if row.sold_halves or row.served_halves is not None}
    found: dict[int, list[PastMeal]] = {}
    for row in rows:
        if row.service_date in traded:  # on other days nobody ate: that says nothing about a dish
            found.setdefault(row.dish_id, []).append(_past(row))
    return found


def _past(row: Any) -> PastMeal:
    none_left = row.planned_halves is not None and row.sold_halves >= row.planned_halves
    return PastMeal(
        date.fromisoformat(row.service_date),
        row.sold_halves,
        row.planned_halves,
        row.served_halves,
        row.sold_out_at_utc is not None or none_left,
    )


def _entry(row: Any) -> Entry:
    return Entry(row.dish_id, row.planned_halves, row.price_fen, row.half_fen)


def _at(day: date, period: str, dish_id: int) -> Any:
    return and_(
        menu_entries.c.service_date == day.isoformat(),
        menu_entries.c.period == period,
        menu_entries.c.dish_id == dish_id,
    )
