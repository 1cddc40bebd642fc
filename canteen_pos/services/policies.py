"""The rule packs in force here: those the settings name, from the shipped folder or written into this database.

A pack written into the database goes before a shipped one of the same id. Packs are parsed once for each text; the tuple of
packs stays the same object while nothing changes, so pricing may keep what it derives from it.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.policy import OfficialDays, Pack
from canteen_pos.packs import PackError, check_together, load_folder, parse_pack
from canteen_pos.packs.workdays import knows_year
from canteen_pos.packs.workdays import workday as official_workday
from canteen_pos.paths import resources
from canteen_pos.services import audit, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import settings as rows
from canteen_pos.storage.engine import Connection


def active(source: Desk | Connection, settings: CanteenSettings | None = None) -> tuple[Pack, ...]:
    """Packs in force, in the order the settings name them. Inside a transaction pass its connection, and the settings
    if they were read there already.

    Refusal 'pack.missing' (pack=) when the settings name a pack that is nowhere, 'pack.conflict' (problems=).
    """
    if isinstance(source, Desk):
        with source.db.read() as conn:
            return active(conn)
    settings = settings or settings_store.load(source)
    texts = tuple((name, rows.text(source, _key(name)) or "") for name in settings.own_packs)
    return _load(settings.packs, texts)


def shipped() -> Mapping[str, Pack]:
    """Every pack that comes with the program, by id: the published samples and the demo."""
    return _shipped()


def workday(source: Desk | Connection, day: date, settings: CanteenSettings | None = None) -> bool | None:
    """Whether `day` is worked, by settings, packs and the national calendar in this order; None: nobody knows."""
    if isinstance(source, Desk):
        with source.db.read() as conn:
            return workday(conn, day)
    settings = settings or settings_store.load(source)
    return _workday(day, _extra_days(settings, active(source, settings)))


def warn_of_year(desk: Desk) -> int | None:
    """Next year, from 1 December on, when its workdays are not known yet; else None."""
    today = desk.clock.now().date()
    year = today.year + 1
    if today.month < 12:
        return None
    with desk.db.read() as conn:
        extra = _extra_days(settings_store.load(conn), active(conn))
    return None if knows_year(year, extra) else year


def choose(desk: Desk, actor: Actor, packs: tuple[str, ...], **others: Any) -> tuple[Pack, ...]:
    """Put these packs in force, with `others` of the settings that belong to them. Needs 'manage_settings'.

    Refusal 'pack.missing', 'pack.conflict' (problems=).
    """
    check(actor, "manage_settings")
    chosen = named(desk, packs)
    settings_store.save(desk, actor, packs=packs, **others)
    return chosen


def named(desk: Desk, packs: tuple[str, ...]) -> tuple[Pack, ...]:
    """Packs by id, in force or not. Refusals as in `choose`."""
    with desk.db.read() as conn:
        own = settings_store.load(conn).own_packs
        texts = tuple((name, rows.text(conn, _key(name)) or "") for name in own)
    return _load(packs, texts)


def add_pack(desk: Desk, actor: Actor, toml: str, file: str = "pack.toml") -> Pack:
    """Write a pack of one's own into this database, not yet in force. Needs 'manage_settings'.

    Refusal 'pack.wrong' with problems=, the reader's exact faults.
    """
    check(actor, "manage_settings")
    try:
        pack = parse_pack(toml, file)
    except PackError as error:
        raise refuse("pack.wrong", problems=error.problems) from error
    with desk.db.write() as conn:
        settings = settings_store.held(conn)
        rows.put(conn, _key(pack.id), toml)
        own = (*(name for name in settings.own_packs if name != pack.id), pack.id)
        settings_store.change(conn, desk, actor, own_packs=own)
        audit.log(conn, desk, actor, "pack_added", pack=pack.id, dated=pack.dated.isoformat())
    return pack


def _key(pack: str) -> str:
    return f"pack:{pack}"


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Pack]:
    return MappingProxyType(load_folder(resources() / "policies"))


@lru_cache(maxsize=32)
def _load(wanted: tuple[str, ...], own_texts: tuple[tuple[str, str], ...]) -> tuple[Pack, ...]:
    own = dict(own_texts)
    packs = []
    for name in wanted:
        if name in own:
            packs.append(parse_pack(own[name], f"{name}.toml"))
        elif name in _shipped():
            packs.append(_shipped()[name])
        else:
            raise refuse("pack.missing", pack=name)
    try:
        check_together(packs)
    except PackError as error:
        raise refuse("pack.conflict", problems=error.problems) from error
    return tuple(packs)


def _extra_days(settings: CanteenSettings, packs: tuple[Pack, ...]) -> tuple[OfficialDays, ...]:
    own = tuple(sorted(settings.workdays.items()))
    return (_own_days(own), *(pack.official_days for pack in packs))


A_YEARS_DAYS = 7
"""From so many official days on, settings are taken to know the whole year; a single odd day does not make it known."""


@lru_cache(maxsize=8)
def _own_days(days: tuple[tuple[date, bool], ...]) -> OfficialDays:
    listed = Counter(day.year for day, _ in days)
    return OfficialDays(
        workdays=frozenset(day for day, works in days if works),
        days_off=frozenset(day for day, works in days if not works),
        years=frozenset(year for year, number in listed.items() if number >= A_YEARS_DAYS),
    )


@lru_cache(maxsize=64)
def _workday(day: date, extra: tuple[OfficialDays, ...]) -> bool | None:
    return official_workday(day, extra)
