"""Founding a canteen, and bringing its menu and people in from a spreadsheet, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from canteen_pos import vault
from canteen_pos.domain import typed
from canteen_pos.domain.calendar import USUAL_PERIODS, MealPeriod
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.place import Place
from canteen_pos.reports.columns import MENU, PEOPLE
from canteen_pos.reports.spreadsheets import DishRow, House, PersonRow, Problem, read_house, write_template
from canteen_pos.services import audit, documents, id_numbers, menus, policies, settings_store, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.newcomers import Against, bring_in
from canteen_pos.services.rights import check
from canteen_pos.services.settings_store import CanteenSettings
from canteen_pos.storage import menus as menu_rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.known_people import known_people

__all__ = [
    "House",
    "Imported",
    "Problem",
    "SetupRequest",
    "found_canteen",
    "import_spreadsheet",
    "preview",
    "template",
]


@dataclass(frozen=True, slots=True)
class SetupRequest:
    """What the first start asks. `till` is the name people call it by; its code is the desk's station."""

    name: str
    manager: str
    pin: str
    place: Place = field(default_factory=Place)
    periods: tuple[MealPeriod, ...] = USUAL_PERIODS
    till: str = ""
    packs: tuple[str, ...] = ()
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Imported:
    dishes: int
    people: int
    opening_fen: int


def found_canteen(desk: Desk, request: SetupRequest) -> Actor:
    """Make an empty database a canteen: settings, till, series, first manager; answers that manager, signed in.

    Refusal 'setup.founded_already', 'setup.name_empty', 'settings.*', 'user.*', 'pin.*', 'pack.missing'.
    """
    users.check_new_pin(request.pin)
    settings = CanteenSettings(
        name=typed.line(request.name, typed.NAME),
        place=request.place,
        periods=request.periods,
        cut_off=min((CanteenSettings().cut_off, *(one.start for one in request.periods))),
        packs=request.packs,
        language=request.language,
    )
    pin_hash = vault.hash_pin(request.pin)
    with desk.db.write() as conn:
        return found(conn, desk, settings, request.manager, pin_hash, request.till)


def found(
    conn: Connection, desk: Desk, settings: CanteenSettings, manager: str, pin_hash: str, till: str = ""
) -> Actor:
    """The same inside a transaction, with all settings given. A pack that is nowhere refuses the whole founding."""
    if not settings.name:
        raise refuse("setup.name_empty")
    if settings_store.load(conn).name:
        raise refuse("setup.founded_already")
    settings_store.put(conn, settings)
    policies.active(conn)
    documents.open_series(conn, desk, till)
    user = users.add(conn, manager, "manager", pin_hash)
    actor = Actor(user.id, user.name, user.role)
    id_numbers.make_key(conn, desk)
    audit.log(conn, desk, actor, "canteen_founded", name=settings.name)
    return actor


def template(path: Path, lang: str = "zh") -> None:
    """Write the workbook to fill in."""
    write_template(path, lang)


def preview(desk: Desk, path: Path) -> House:
    """What a workbook holds and everything that is wrong with it, against this canteen too. Nothing is written."""
    with desk.db.read() as conn:
        house = read_house(path, desk.clock.now().date(), _words(conn))
        return _checked(conn, desk, house, settings_store.load(conn))


def import_spreadsheet(desk: Desk, actor: Actor, path: Path) -> Imported:
    """Bring a workbook in, all of it or nothing. Needs 'manage_menu' and 'manage_people'.

    Refusal 'import.not_a_workbook', 'import.problems' (count=, problems= each with sheet, cell, heading and code).
    """
    check(actor, "manage_menu")
    check(actor, "manage_people")
    today = desk.clock.now().date()
    with desk.db.read() as conn:
        house = read_house(path, today, _words(conn))
    with desk.db.write() as conn:
        settings = settings_store.load(conn)
        house = _checked(conn, desk, house, settings)
        if house.problems:
            raise refuse("import.problems", count=len(house.problems), problems=house.problems)
        periods = tuple(period.code for period in settings.periods)
        dishes = menus.add_dishes(conn, [row.dish for row in house.dishes], today, periods)
        opening = bring_in(conn, desk, actor, house.people, path.name)
        audit.log(conn, desk, actor, "imported", file=path.name, dishes=dishes, people=len(house.people))
    return Imported(dishes, len(house.people), opening)


def _words(conn: Connection) -> dict[str, str]:
    """What the packs in force call their categories and permits: word -> code."""
    return {word: code for pack in policies.active(conn) for code, word in pack.names}


def _checked(conn: Connection, desk: Desk, house: House, settings: CanteenSettings) -> House:
    problems = [
        *house.problems,
        *_against_menu(conn, house.dishes, {period.code for period in settings.periods}),
        *_against_people(conn, desk, house.people, settings.balance_cap_fen),
    ]
    return House(house.dishes, house.people, tuple(problems))


def _against_menu(conn: Connection, dishes: Sequence[DishRow], periods: set[str]) -> list[Problem]:
    known = menu_rows.dish_codes(conn)
    problems = []
    for row in dishes:
        if row.dish.code in known:
            problems.append(_at(MENU.zh, row.row, "编号", "import.known_already", value=row.dish.code))
        problems += [
            _at(MENU.zh, row.row, "餐段", "import.no_such_period", value=period)
            for period in row.dish.periods
            if period not in periods
        ]
    return problems


def _against_people(conn: Connection, desk: Desk, people: Sequence[PersonRow], cap_fen: int) -> list[Problem]:
    against = Against(conn, desk, known_people(conn), cap_fen)
    headings = {column.key: column.zh for column in PEOPLE.columns}
    return [
        Problem(PEOPLE.zh, str(row.row), headings[trouble.key], trouble.code, trouble.facts)
        for row in people
        for trouble in against.troubles(row.row, row.member, row.opening_fen)
    ]


def _at(sheet: str, row: int, heading: str, code: str, **facts: object) -> Problem:
    return Problem(sheet, str(row), heading, code, facts)
