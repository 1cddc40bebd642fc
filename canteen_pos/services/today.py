"""A manager's morning and noon on one page: how the day goes, and what waits for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Literal

from canteen_pos.domain.calendar import MealPeriod, business_date
from canteen_pos.services import backing_up, dishes, erasing, people, print_queue, samples, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check, may
from canteen_pos.storage import day_figures
from canteen_pos.storage.day_figures import PeriodRow, ShortDish

__all__ = ["Board", "Meal", "ShortDish", "Task", "board"]

NEARLY_HALVES = 10
"""Five portions: time to say so to the kitchen."""

When = Literal["over", "now", "later"]
TaskKind = Literal[
    "no_dishes",
    "no_people",
    "samples_take",
    "samples_dispose",
    "expiring",
    "to_review",
    "absent",
    "printer",
    "backup",
    "erase_again",
]


@dataclass(frozen=True, slots=True)
class Meal:
    """A meal period of today; fen. `when` places it beside now."""

    period: str
    when: When
    meals: int = 0
    refunds: int = 0
    list_fen: int = 0
    pays_fen: int = 0

    @property
    def gain_fen(self) -> int:
        """What funds and the canteen pay."""
        return self.list_fen - self.pays_fen


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: `count` of them, 1 where there is nothing to count, and `names` of a few."""

    kind: TaskKind
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the page of `day`, the business day. Money in fen; `by_fund` is of its meals."""

    day: date
    meals: tuple[Meal, ...]
    by_fund: tuple[tuple[str, int], ...]
    by_tender: tuple[tuple[str, int], ...]
    open_tills: tuple[str, ...]
    short: tuple[ShortDish, ...]
    tasks: tuple[Task, ...]

    @property
    def served(self) -> int:
        return sum(meal.meals for meal in self.meals)

    @property
    def list_fen(self) -> int:
        return sum(meal.list_fen for meal in self.meals)

    @property
    def pays_fen(self) -> int:
        return sum(meal.pays_fen for meal in self.meals)


def board(desk: Desk, actor: Actor) -> Board:
    """Today as it stands. Needs 'read_reports'; work lists show only what this actor may work on."""
    check(actor, "read_reports")
    now = desk.clock.now()
    with desk.db.read() as conn:
        settings = settings_store.load(conn)
        on = business_date(now, settings.cut_off)
        day = on.isoformat()
        rows = {row.period: row for row in day_figures.periods(conn, day)}
        by_fund = tuple(day_figures.funds(conn, day).items())
        by_tender = tuple(day_figures.tenders(conn, day).items())
        open_tills = day_figures.open_shifts(conn)
        short = day_figures.short_dishes(conn, day, NEARLY_HALVES)
    known = sorted(settings.periods, key=lambda one: one.start)
    when = {one.code: _when(one, now.time()) if on == now.date() else "over" for one in known}
    gone: dict[str, When] = {code: "over" for code in rows if code not in when}  # sold in, and then renamed
    meals = tuple(_meal(code, state, rows.get(code)) for code, state in (when | gone).items())
    return Board(on, meals, by_fund, by_tender, open_tills, short, _tasks(desk, actor))


def _meal(code: str, when: When, row: PeriodRow | None) -> Meal:
    if row is None:
        return Meal(code, when)
    return Meal(code, when, row.meals, row.refunds, row.list_fen, row.pays_fen)


def waiting(desk: Desk, actor: Actor) -> int:
    """How many kinds of things wait, for the number beside the section."""
    return len(_tasks(desk, actor))


def _tasks(desk: Desk, actor: Actor) -> tuple[Task, ...]:
    """What waits for somebody who may do it."""
    tasks: list[Task] = []
    if may(actor, "manage_menu") and not dishes.every(desk):
        tasks.append(Task("no_dishes", 1))
    if may(actor, "keep_samples"):
        due = samples.due(desk)
        tasks += [
            Task("samples_take", len(due.to_take), _names(dish.name for dish in due.to_take)),
            Task("samples_dispose", len(due.to_dispose), _names(kept.dish_name for kept in due.to_dispose)),
        ]
    if may(actor, "read_people"):
        counts = people.counts(desk)
        if may(actor, "manage_people") and not counts["all"]:
            tasks.append(Task("no_people", 1))
        tasks += [Task(kind, counts[kind]) for kind in _PEOPLE]
    if may(actor, "reprint"):
        troubled = [one for one in print_queue.status(desk) if one.state == "fault" or one.asking]
        tasks.append(Task("printer", len(troubled), _names(printer.name for printer in troubled)))
    if may(actor, "manage_people"):
        names = erasing.to_do_again(desk)
        tasks.append(Task("erase_again", len(names), _names(names)))
    if may(actor, "manage_settings") and _no_backup_lately(desk):
        tasks.append(Task("backup", 1))
    return tuple(task for task in tasks if task.count)


_PEOPLE: tuple[Literal["to_review", "expiring", "absent"], ...] = ("to_review", "expiring", "absent")
_BACKUP_WITHIN_HOURS = 36


def _no_backup_lately(desk: Desk) -> bool:
    last = backing_up.last(desk)
    if last is None or last.refusal is not None:
        return True
    return desk.clock.now() - last.at > timedelta(hours=_BACKUP_WITHIN_HOURS)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    """The first few, each once."""
    return tuple(islice(dict.fromkeys(names), _SHOWN))


_SHOWN = 6


def _when(period: MealPeriod, now: time) -> When:
    if now < period.start:
        return "later"
    return "now" if now < period.end else "over"
