"""Food samples (留样): 125 g of each dish, kept for 48 hours, by whom, and when it was thrown away.

Taking and throwing away need 'keep_samples'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from canteen_pos.domain import typed
from canteen_pos.domain.calendar import business_date
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.samples import KEPT, LEAST_GRAMS, MOST_GRAMS, Sample, to_sample
from canteen_pos.services import audit, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import menus as menu_rows
from canteen_pos.storage import samples as rows
from canteen_pos.storage.engine import Conflict, Connection, guarded

__all__ = ["LEAST_GRAMS", "Due", "Sample", "ToTake", "between", "dispose", "due", "take"]


@dataclass(frozen=True, slots=True)
class ToTake:
    """A dish of today's or yesterday's menu without its sample, though its meal has begun."""

    service_date: date
    period: str
    dish_id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Due:
    """The work list: samples to take, and those that have been kept for long enough."""

    to_take: tuple[ToTake, ...]
    to_dispose: tuple[Sample, ...]


def due(desk: Desk) -> Due:
    """What is to be done now, today's first; what was missed is told for a day. Nothing is cooked on a day off, so nothing
    is to be taken."""
    now = desk.clock.now()
    with desk.db.read() as conn:
        wanted: list[ToTake] = []
        settings = settings_store.load(conn)
        for day in _days(now, settings):
            for period in sorted(settings.periods, key=lambda one: one.start):
                begun = day < now.date() or period.start <= now.time()
                if begun and not settings.is_closed(day):
                    wanted += _missing(conn, day, period.code)
        return Due(tuple(wanted), tuple(sample for sample in rows.kept(conn) if sample.may_go(now)))


def missing(desk: Desk, day: date, period: str) -> tuple[ToTake, ...]:
    """Dishes of that meal that have no sample yet."""
    with desk.db.read() as conn:
        return tuple(_missing(conn, day, period))


def between(desk: Desk, first: date, last: date) -> tuple[Sample, ...]:
    """The log of these service dates, last included."""
    with desk.db.read() as conn:
        return rows.between(conn, first, last)


def kept(desk: Desk) -> tuple[Sample, ...]:
    """What stands in the fridge now, oldest first."""
    with desk.db.read() as conn:
        return rows.kept(conn)


def take(
    desk: Desk,
    actor: Actor,
    service_date: date,
    period: str,
    dish_ids: Sequence[int],
    grams: int = LEAST_GRAMS,
    note: str = "",
) -> tuple[Sample, ...]:
    """Write down that samples of these dishes were taken now; all or none. Needs 'keep_samples'.

    Refusal 'sample.too_little' (least), 'sample.too_much' (most), 'sample.other_day' (day),
    'sample.taken_already' (name), 'dish.not_on_menu'.
    """
    check(actor, "keep_samples")
    now, note = desk.clock.now(), typed.line(note)
    if grams < LEAST_GRAMS:
        raise refuse("sample.too_little", least=LEAST_GRAMS)
    if grams > MOST_GRAMS:
        raise refuse("sample.too_much", most=MOST_GRAMS)
    with desk.db.write() as conn:
        if service_date not in _days(now, settings_store.load(conn)):
            raise refuse("sample.other_day", day=service_date)
        menu = {tile.dish_id: tile.name for tile in menu_rows.tiles(conn, service_date, period)}
        made = []
        for dish_id in dish_ids:
            if dish_id not in menu:
                raise refuse("dish.not_on_menu")
            name, until = menu[dish_id], now + KEPT
            one = (service_date, period, dish_id, name, grams, now, actor.user_id, until, note)
            try:
                with guarded():
                    made.append(rows.add(conn, *one))
            except Conflict:
                raise refuse("sample.taken_already", name=name) from None
        if made:
            facts = {"day": service_date.isoformat(), "period": period, "grams": grams}
            dishes = [menu[dish_id] for dish_id in dish_ids]
            audit.log(conn, desk, actor, "sample_taken", **facts, dishes=dishes)
        return rows.by_ids(conn, made)


def dispose(desk: Desk, actor: Actor, sample_ids: Sequence[int]) -> tuple[Sample, ...]:
    """Write down that these samples were thrown away now; all or none. Needs 'keep_samples'.

    Refusal 'sample.too_early' (name, until), 'sample.gone' (name), 'sample.unknown'.
    """
    check(actor, "keep_samples")
    now = desk.clock.now()
    with desk.db.write() as conn:
        found = {sample.id: sample for sample in rows.by_ids(conn, sample_ids)}
        for sample_id in sample_ids:
            sample = found.get(sample_id)
            if sample is None:
                raise refuse("sample.unknown")
            if now < sample.keep_until:
                raise refuse("sample.too_early", name=sample.dish_name, until=sample.keep_until)
            if not rows.dispose(conn, sample_id, now, actor.user_id):
                raise refuse("sample.gone", name=sample.dish_name)
        if found:
            audit.log(
                conn,
                desk,
                actor,
                "sample_disposed",
                count=len(found),
                samples=[[one.service_date.isoformat(), one.period, one.dish_name] for one in found.values()],
            )
        return rows.by_ids(conn, sample_ids)


def _days(now: datetime, settings: CanteenSettings) -> tuple[date, date]:
    """The days whose samples may be written down: the business day, and the one before for a jar that nobody noted."""
    today = business_date(now, settings.cut_off)
    return today, today - timedelta(days=1)


def _missing(conn: Connection, day: date, period: str) -> list[ToTake]:
    has = rows.taken(conn, day, period)
    return [
        ToTake(day, period, tile.dish_id, tile.code, tile.name)
        for tile in to_sample(menu_rows.tiles(conn, day, period))
        if tile.dish_id not in has
    ]
