"""Planning a week's menus. Every step is a list of changes that know what stood there before, so that a step can be
undone and two planners never overwrite each other unseen. Changing needs 'manage_menu'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from canteen_pos.domain import typed
from canteen_pos.domain.calendar import week_start
from canteen_pos.domain.dishes import Dish
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.forecast import WEEKS_BACK, Suggestion, suggest
from canteen_pos.domain.planning import (
    DAYS,
    Cell,
    Change,
    Entry,
    Warned,
    every_day,
    own_entries,
    warnings,
    week_days,
)
from canteen_pos.services import audit, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import dishes as dish_rows
from canteen_pos.storage import planning as rows
from canteen_pos.storage.engine import Conflict, Connection, guarded

__all__ = ["Cell", "Change", "CopyPreview", "Entry", "Week", "change", "copy_preview", "set_closed", "week"]


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday. `staples` (by period) are the dishes that are there every day."""

    monday: date
    today: date
    periods: tuple[str, ...]
    cells: tuple[Cell, ...]
    dishes: Mapping[int, Dish]
    closed: frozenset[date]
    staples: Mapping[str, frozenset[int]]
    warned: tuple[Warned, ...]

    @property
    def days(self) -> tuple[date, ...]:
        return week_days(self.monday)

    def cell(self, day: date, period: str) -> Cell:
        return next(cell for cell in self.cells if (cell.day, cell.period) == (day, period))


@dataclass(frozen=True, slots=True)
class CopyPreview:
    """What copying last week would do. `clashes` are the meals that are planned already; they are kept unless asked."""

    changes: tuple[Change, ...]
    clashes: tuple[Change, ...]
    closed: tuple[date, ...]


def week(desk: Desk, day: date) -> Week:
    """The week that holds `day`. Two statements, whatever the menu's size."""
    with desk.db.read() as conn:
        return _week(conn, desk, day)


def _week(conn: Connection, desk: Desk, day: date) -> Week:
    settings = settings_store.load(conn)
    monday = week_start(day)
    periods = tuple(period.code for period in sorted(settings.periods, key=lambda one: one.start))
    cells = rows.cells(conn, week_days(monday), periods)
    closed = frozenset(one for one in week_days(monday) if settings.is_closed(one))
    staples = {code: every_day((cell for cell in cells if cell.period == code), closed) for code in periods}
    return Week(
        monday=monday,
        today=desk.clock.now().date(),
        periods=periods,
        cells=cells,
        dishes={dish.id: dish for dish in dish_rows.every(conn, monday)},
        closed=closed,
        staples=staples,
        warned=warnings(cells, closed, staples),
    )


def change(desk: Desk, actor: Actor, changes: Sequence[Change], *, kind: str = "menu_planned") -> None:
    """Make all of these changes or none. Needs 'manage_menu'.

    Refusal 'plan.day_past' (day), 'plan.changed_elsewhere' (day, period), 'plan.sold_already' (name, day, period),
    'plan.dish_retired' (name), 'plan.negative', 'price.negative', 'price.half_over_whole'.
    """
    check(actor, "manage_menu")
    for one in changes:
        _check_entries(one.after or ())
    today = desk.clock.now().date()
    with desk.db.write() as conn:
        known = {dish.id: dish for dish in dish_rows.every(conn, today)}
        for one in changes:
            if one.day < today:
                raise refuse("plan.day_past", day=one.day)
            _put_cell(conn, one, known)
        if changes:
            audit.log(
                conn,
                desk,
                actor,
                kind,
                day=min(one.day for one in changes).isoformat(),
                count=len(changes),
                meals=[_logged(one, known) for one in changes],
            )


def copy_preview(desk: Desk, day: date) -> CopyPreview:
    """Last week's menus on the week that holds `day`: dishes and portions, without prices of a single meal.

    Days that are past and days off are left alone.
    """
    with desk.db.read() as conn:
        here = _week(conn, desk, day)
        there = rows.cells(conn, week_days(here.monday - timedelta(days=DAYS)), here.periods)
    changes: list[Change] = []
    clashes: list[Change] = []
    for source in there:
        target = here.cell(source.day + timedelta(days=DAYS), source.period)
        after = tuple(replace(entry, price_fen=None, half_fen=None) for entry in source.entries)
        untouched = target.day < here.today or target.day in here.closed or not after
        if untouched or own_entries(target) == after:
            continue
        kept = tuple(entry for entry in target.entries if entry.dish_id in target.sold)
        after += tuple(entry for entry in kept if entry.dish_id not in source.dish_ids)
        one = Change(target.day, target.period, own_entries(target), after)
        (clashes if target.own else changes).append(one)
    closed = tuple(sorted(one for one in here.closed if one >= here.today))
    return CopyPreview(tuple(changes), tuple(clashes), closed)


def suggestions(desk: Desk, day: date, period: str) -> dict[int, Suggestion]:
    """Dish id -> what to plan, from the same weekday's past (see `domain.forecast`)."""
    with desk.db.read() as conn:
        return _suggestions(conn, desk, day, period)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A planned meal and what its past suggests (by dish)."""

    cell: Cell
    wanted: Mapping[int, Suggestion]

    def differing(self, *, blank_only: bool = False) -> tuple[tuple[Entry, Suggestion], ...]:
        """The dishes that would be planned otherwise; `blank_only` leaves those alone that are planned."""
        return tuple(
            (entry, found)
            for entry in self.cell.entries
            if (found := self.wanted.get(entry.dish_id)) is not None
            and found.halves != entry.planned_halves
            and not (blank_only and entry.planned_halves is not None)
        )

    def change(self, *, blank_only: bool = False) -> Change | None:
        """To what is suggested; None where nothing would differ."""
        other = {entry.dish_id: found.halves for entry, found in self.differing(blank_only=blank_only)}
        after = tuple(
            replace(entry, planned_halves=other.get(entry.dish_id, entry.planned_halves))
            for entry in self.cell.entries
        )
        return Change(self.cell.day, self.cell.period, self.cell.entries, after) if other else None


def suggested(desk: Desk, day: date) -> tuple[Suggested, ...]:
    """The week's planned meals from today on of which the past suggests something else."""
    with desk.db.read() as conn:
        here = _week(conn, desk, day)
        found = (
            Suggested(cell, _suggestions(conn, desk, cell.day, cell.period))
            for cell in here.cells
            if cell.own and cell.day >= here.today
        )
        return tuple(one for one in found if one.differing())


def set_closed(desk: Desk, actor: Actor, day: date, closed: bool) -> None:
    """Say that the canteen serves nothing on a day, or that it does after all, on a weekly day off too. Selling is not
    stopped by it. Needs 'manage_menu'.

    Refusal 'plan.day_past' (day).
    """
    check(actor, "manage_menu")
    if day < desk.clock.now().date():
        raise refuse("plan.day_past", day=day)
    with desk.db.write() as conn:
        settings = settings_store.held(conn)
        if closed != settings.is_closed(day):
            off = day.weekday() in settings.closed_weekdays
            days = settings.closed_days - {day} | ({day} if closed and not off else set())
            opened = settings.open_days - {day} | ({day} if off and not closed else set())
            settings_store.put(conn, replace(settings, closed_days=days, open_days=opened))
            audit.log(conn, desk, actor, "closed_day_set", day=day.isoformat(), closed=closed)


# -- inside ----------------------------------------------------------------------------------------


def _suggestions(conn: Connection, desk: Desk, day: date, period: str) -> dict[int, Suggestion]:
    today, settings = desk.clock.now().date(), settings_store.load(conn)
    earlier = [day - timedelta(weeks=back) for back in range(1, WEEKS_BACK + 1)]
    past = rows.past(conn, [one for one in earlier if one < today and not settings.is_closed(one)], period)
    found = {dish_id: suggest(meals) for dish_id, meals in past.items()}
    return {dish_id: one for dish_id, one in found.items() if one is not None and one.halves}


def _put_cell(conn: Connection, wanted: Change, known: Mapping[int, Dish]) -> None:
    now = rows.own(conn, wanted.day, wanted.period)
    shown = {dish_id: entry for dish_id, (entry, _) in now.items() if known[dish_id].active}
    before = {entry.dish_id: entry for entry in wanted.before or ()}
    if shown != before:
        raise refuse("plan.changed_elsewhere", day=wanted.day, period=wanted.period)
    after = {entry.dish_id: entry for entry in wanted.after or ()}
    for dish_id in shown.keys() - after.keys():
        if now[dish_id][1]:
            raise refuse("plan.sold_already", name=known[dish_id].name, day=wanted.day, period=wanted.period)
        rows.drop(conn, wanted.day, wanted.period, dish_id)
    for dish_id, entry in after.items():
        if dish_id not in known or not known[dish_id].active:
            raise refuse("plan.dish_retired", name=known[dish_id].name if dish_id in known else "")
        if shown.get(dish_id) != entry:
            try:
                with guarded():  # a first sale may make the day's rows at the same moment
                    rows.put(conn, wanted.day, wanted.period, entry, new=dish_id not in now)
            except Conflict:
                raise refuse("plan.changed_elsewhere", day=wanted.day, period=wanted.period) from None


def _check_entries(entries: Sequence[Entry]) -> None:
    for entry in entries:
        if typed.count(entry.planned_halves or 0) < 0:
            raise refuse("plan.negative")
        if typed.amount(entry.price_fen or 0) < 0 or (entry.half_fen or 0) < 0:
            raise refuse("price.negative")
        if entry.price_fen is not None and entry.half_fen is not None and entry.half_fen > entry.price_fen:
            raise refuse("price.half_over_whole")


def _logged(one: Change, known: Mapping[int, Dish]) -> dict[str, object]:
    """A meal's change in few words: what came, what went, and what became of the others."""
    before = {entry.dish_id: entry for entry in one.before or ()}
    after = {entry.dish_id: entry for entry in one.after or ()}
    told: dict[str, object] = {"day": one.day.isoformat(), "period": one.period}
    came = [known[dish_id].name for dish_id in after if dish_id not in before]
    went = [known[dish_id].name for dish_id in before if dish_id not in after]
    if one.before is not None and came:
        told["came"] = came
    elif one.before is None:
        told["came"] = len(after)
    if went:
        told["went"] = went
    other = {
        known[dish_id].name: [entry.planned_halves, entry.price_fen]
        for dish_id, entry in after.items()
        if dish_id in before and before[dish_id] != entry
    }
    if other:
        told["portions_and_price"] = other
    return told
