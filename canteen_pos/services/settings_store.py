"""What this canteen has decided about itself, kept as one JSON text in the database.

The text is the cache key: reading costs one indexed row, parsing happens once for each text, and another till's change
is seen at the next read without any signal.
"""

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from canteen_pos.domain import typed
from canteen_pos.domain.bill import Site
from canteen_pos.domain.calendar import USUAL_PERIODS, MealPeriod
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.place import Place
from canteen_pos.domain.purse import BonusRule
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import settings as rows
from canteen_pos.storage.engine import Connection

__all__ = ["BonusRule", "CanteenSettings", "change", "founded", "held", "load", "put", "save"]

TENDERS = (
    "cash",
    "wallet",
    "voucher",
    "on_account",
    "wechat",
    "alipay",
    "bank_card",
    "points",
    "bank_transfer",
)
USUAL_TENDERS = TENDERS[:7]
SPENDABLE = ("principal", "bonus", "points", "on_account")
_KEY = "canteen"


@dataclass(frozen=True, slots=True)
class CanteenSettings:
    """Amounts in fen. `name` is '' until the canteen is founded."""

    name: str = ""
    place: Place = Place()
    periods: tuple[MealPeriod, ...] = USUAL_PERIODS
    cut_off: time = time(4)
    tenders: tuple[str, ...] = USUAL_TENDERS
    cash_rounding: Literal["none", "jiao"] = "none"
    box_fee_fen: int = 100
    box_fee_per: Literal["unit", "meal"] = "unit"
    """Whether each portion taken away has a box of its own, or all that one eater takes away costs one fee."""
    delivery_fee_fen: int = 300
    bonus_rules: tuple[BonusRule, ...] = ()
    bonus_many: bool = False
    """Whether a rule counts as often as it fits (200 at '100 gives 10' gives 20) or the best fitting rule counts once."""
    balance_cap_fen: int = 200_000
    spend_order: tuple[str, ...] = ("principal", "bonus")
    """What the one pay key draws on for somebody with a card, first to last: words of SPENDABLE."""
    bonus_lapses: bool = True
    """Whether paying a purse out ends its bonus; else the bonus stays in the purse."""
    low_balance_fen: int = 0
    """Below this a receipt asks to top up; a purse may have a mark of its own. 0 never asks."""
    point_fen: int = 0
    """What a point pays of a meal; 0: points buy no meals."""
    points_per_hour: int = 10
    """What an hour of volunteering earns."""
    language: str = "zh"
    site_facts: Mapping[str, bool | int | str] = field(default_factory=lambda: MappingProxyType({}))
    packs: tuple[str, ...] = ()
    """Ids of the packs in force."""
    own_packs: tuple[str, ...] = ()
    """Ids of packs whose text is in this database (see `policies.add_pack`)."""
    workdays: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))
    """Official days the built-in calendar does not know: True is worked, False is off."""
    closed_weekdays: frozenset[int] = frozenset()
    """Weekdays without service, Monday is 0. The planner warns on days off; the till still sells."""
    closed_days: frozenset[date] = frozenset()
    """Single days off."""
    open_days: frozenset[date] = frozenset()
    """Single days served though their weekday is one without service."""
    park_minutes: int = 30
    idle_lock_minutes: int = 15
    """A till that nobody touches for so long locks its screen; 0 never does."""
    demo: bool = False

    @property
    def site(self) -> Site:
        return Site(place=self.place, facts=self.site_facts)

    def is_closed(self, day: date) -> bool:
        return day in self.closed_days or (
            day.weekday() in self.closed_weekdays and day not in self.open_days
        )


def load(source: Desk | Connection) -> CanteenSettings:
    """Today's settings; defaults before the canteen is founded. Inside a transaction pass its connection."""
    if isinstance(source, Desk):
        with source.db.read() as conn:
            return load(conn)
    return _parse(rows.text(source, _KEY) or "{}")


def held(conn: Connection) -> CanteenSettings:
    """Today's settings, to change some of them: another till that wants to waits until this transaction ends."""
    return _parse(rows.held(conn, _KEY) or "{}")


def founded(desk: Desk) -> bool:
    """Whether somebody has set a canteen up in this database."""
    return bool(load(desk).name)


def save(desk: Desk, actor: Actor, seen: CanteenSettings | None = None, **changes: Any) -> CanteenSettings:
    """Change some settings by field name; logged with what was before. Needs 'manage_settings'.

    `seen` are the settings that were on the screen: what is as it was there is left alone, and what somebody else changed
    since is not overwritten unseen. Refusal 'settings.changed_meanwhile' (what=), 'setup.name_empty', 'settings.*' for a
    value that does not fit.
    """
    check(actor, "manage_settings")
    with desk.db.write() as conn:
        return change(conn, desk, actor, seen, **changes)


def change(
    conn: Connection, desk: Desk, actor: Actor, seen: CanteenSettings | None = None, **changes: Any
) -> CanteenSettings:
    """The same inside a transaction; the right was checked."""
    before = held(conn)
    if seen is not None:
        changes = {name: value for name, value in changes.items() if value != getattr(seen, name)}
        _check_meanwhile(before, seen, changes)
    after = replace(before, **changes)
    if before.name and not after.name.strip():
        raise refuse("setup.name_empty")
    put(conn, after)
    old, new = _as_json(before), _as_json(after)
    changed = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    if changed:
        audit.log(conn, desk, actor, "settings_changed", **changed)
    return after


def _check_meanwhile(now: CanteenSettings, seen: CanteenSettings, changes: Mapping[str, Any]) -> None:
    what = [name for name, value in changes.items() if getattr(now, name) not in (getattr(seen, name), value)]
    if what:
        raise refuse("settings.changed_meanwhile", what=what)


def put(conn: Connection, settings: CanteenSettings) -> None:
    """Write all settings. Refusal 'settings.*' when they contradict themselves."""
    _check(settings)
    rows.put(conn, _KEY, json.dumps(_as_json(settings), ensure_ascii=False, sort_keys=True))


def check_periods(periods: tuple[MealPeriod, ...]) -> None:
    """Refusal 'settings.no_period', 'settings.period_backwards', 'settings.periods_overlap' (period=, other=)."""
    if not periods:
        raise refuse("settings.no_period")
    for period in periods:
        if period.end <= period.start:
            raise refuse("settings.period_backwards", period=period.code)
    ordered = sorted(periods, key=lambda period: period.start)
    for earlier, later in itertools.pairwise(ordered):
        if later.start < earlier.end:
            raise refuse("settings.periods_overlap", period=earlier.code, other=later.code)


def _check_cut_off(settings: CanteenSettings) -> None:
    """A meal stands on one business day. Refusal 'settings.cut_off_late' (period=, start=)."""
    first = min(settings.periods, key=lambda period: period.start)
    if settings.cut_off > first.start:
        raise refuse("settings.cut_off_late", period=first.code, start=f"{first.start:%H:%M}")


def _check(settings: CanteenSettings) -> None:
    check_periods(settings.periods)
    _check_cut_off(settings)
    unknown = [tender for tender in settings.tenders if tender not in TENDERS]
    if unknown:
        raise refuse("settings.unknown_tender", tender=unknown[0])
    for found, known in (
        (settings.cash_rounding, ("none", "jiao")),
        (settings.language, ("zh", "en")),
        (settings.box_fee_per, ("unit", "meal")),
    ):
        if found not in known:
            raise refuse("settings.unknown_choice", found=found)
    typed.line(settings.name, typed.NAME)
    for place in (settings.place.city, settings.place.district, settings.place.town):
        typed.line(place, typed.NAME)
    amounts = (
        settings.box_fee_fen,
        settings.delivery_fee_fen,
        settings.balance_cap_fen,
        settings.low_balance_fen,
        settings.point_fen,
        settings.points_per_hour,
        settings.park_minutes,
        *(amount for rule in settings.bonus_rules for amount in (rule.from_fen, rule.bonus_fen)),
    )
    if min(amounts) < 0:
        raise refuse("settings.negative_amount")
    typed.amount(max(amounts))
    typed.count(settings.points_per_hour)
    order = settings.spend_order
    if len(set(order)) < len(order) or not {"principal", "bonus"} <= set(order) <= set(SPENDABLE):
        raise refuse("settings.spend_order")
    if not 0 <= settings.idle_lock_minutes <= 240:
        raise refuse("settings.idle_lock")


def _as_json(settings: CanteenSettings) -> dict[str, Any]:
    place = settings.place
    return {
        "name": settings.name,
        "place": [place.city, place.district, place.town],
        "periods": [[p.code, p.start.isoformat(), p.end.isoformat()] for p in settings.periods],
        "cut_off": settings.cut_off.isoformat(),
        "tenders": list(settings.tenders),
        "cash_rounding": settings.cash_rounding,
        "box_fee_fen": settings.box_fee_fen,
        "box_fee_per": settings.box_fee_per,
        "delivery_fee_fen": settings.delivery_fee_fen,
        "bonus_rules": [[rule.from_fen, rule.bonus_fen] for rule in settings.bonus_rules],
        "bonus_many": settings.bonus_many,
        "balance_cap_fen": settings.balance_cap_fen,
        "spend_order": list(settings.spend_order),
        "bonus_lapses": settings.bonus_lapses,
        "low_balance_fen": settings.low_balance_fen,
        "point_fen": settings.point_fen,
        "points_per_hour": settings.points_per_hour,
        "language": settings.language,
        "site_facts": dict(settings.site_facts),
        "packs": list(settings.packs),
        "own_packs": list(settings.own_packs),
        "workdays": {day.isoformat(): works for day, works in settings.workdays.items()},
        "closed_weekdays": sorted(settings.closed_weekdays),
        "closed_days": sorted(day.isoformat() for day in settings.closed_days),
        "open_days": sorted(day.isoformat() for day in settings.open_days),
        "park_minutes": settings.park_minutes,
        "idle_lock_minutes": settings.idle_lock_minutes,
        "demo": settings.demo,
    }


@lru_cache(maxsize=16)
def _parse(text: str) -> CanteenSettings:
    stored: dict[str, Any] = json.loads(text)
    read: dict[str, Any] = {
        "place": lambda names: Place(*names),
        "periods": lambda periods: tuple(
            MealPeriod(code, time.fromisoformat(start), time.fromisoformat(end))
            for code, start, end in periods
        ),
        "cut_off": time.fromisoformat,
        "tenders": tuple,
        "spend_order": tuple,
        "bonus_rules": lambda rules: tuple(BonusRule(*rule) for rule in rules),
        "site_facts": MappingProxyType,
        "packs": tuple,
        "own_packs": tuple,
        "workdays": lambda days: MappingProxyType(
            {date.fromisoformat(day): works for day, works in days.items()}
        ),
    }
    read["closed_weekdays"] = frozenset
    read["closed_days"] = read["open_days"] = lambda days: frozenset(map(date.fromisoformat, days))
    known = CanteenSettings.__dataclass_fields__
    return CanteenSettings(
        **{name: read.get(name, _as_is)(value) for name, value in stored.items() if name in known}
    )


def _as_is(value: Any) -> Any:
    return value
