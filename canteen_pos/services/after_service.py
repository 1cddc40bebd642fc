"""After service: what was served, left over and thrown away of each dish, beside what was planned and sold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import planning as rows


@dataclass(frozen=True, slots=True)
class Counted:
    """One dish of one meal in half portions; None where nobody planned or counted."""

    dish_id: int
    code: str
    name: str
    kind: str
    planned_halves: int | None
    sold_halves: int
    served_halves: int | None
    left_halves: int | None
    wasted_halves: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """What somebody counted of one dish, in half portions; None takes a count back."""

    dish_id: int
    served_halves: int | None
    left_halves: int | None
    wasted_halves: int | None

    @property
    def halves(self) -> tuple[int | None, ...]:
        return self.served_halves, self.left_halves, self.wasted_halves


def load(desk: Desk, day: date, period: str) -> tuple[Counted, ...]:
    """The meal's dishes in menu order; empty for a meal that nobody planned and nobody bought from."""
    with desk.db.read() as conn:
        return tuple(
            Counted(
                dish_id=row.dish_id,
                code=row.code,
                name=row.name,
                kind=row.kind,
                planned_halves=row.planned_halves,
                sold_halves=row.sold_halves,
                served_halves=row.served_halves,
                left_halves=row.left_halves,
                wasted_halves=row.wasted_halves,
            )
            for row in rows.counted(conn, day, period)
        )


def record(desk: Desk, actor: Actor, day: date, period: str, counts: Sequence[Count]) -> None:
    """Write counts down, all or none; again corrects them. Needs 'count_food'.

    Refusal 'count.negative' (name), 'count.served_under_sold' (name, sold), 'count.not_yet' (day), 'dish.not_on_menu'.
    """
    check(actor, "count_food")
    if day > desk.clock.now().date():
        raise refuse("count.not_yet", day=day)
    with desk.db.write() as conn:
        meal = {row.dish_id: row for row in rows.counted(conn, day, period)}
        told = []
        for one in counts:
            row = meal.get(one.dish_id)
            if row is None:
                raise refuse("dish.not_on_menu")
            if min(typed.count(halves or 0) for halves in one.halves) < 0:
                raise refuse("count.negative", name=row.name)
            if one.served_halves is not None and one.served_halves < row.sold_halves:
                raise refuse("count.served_under_sold", name=row.name, sold=_portions(row.sold_halves))
            before = (row.served_halves, row.left_halves, row.wasted_halves)
            if before == one.halves:
                continue
            rows.put_counts(conn, day, period, one.dish_id, *one.halves)
            told.append([row.name, *one.halves])
        if told:
            audit.log(conn, desk, actor, "food_counted", day=day.isoformat(), period=period, halves=told)


def _portions(halves: int) -> str:
    return f"{halves / 2:g}"
