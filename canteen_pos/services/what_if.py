"""What would this person pay here, today, and why: the one pricing function asked for the day's set, nothing written."""

from datetime import date

from canteen_pos.domain.bill import Serving
from canteen_pos.domain.calendar import MealPeriod
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.order import Order, OrderLine
from canteen_pos.domain.person import WhatIf
from canteen_pos.i18n import translator
from canteen_pos.services import menus, policies, quoting, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import people
from canteen_pos.wording import reason_staff


def what_if(
    desk: Desk,
    actor: Actor,
    person_id: int,
    lang: str = "zh",
    dish_id: int | None = None,
    serving: Serving = Serving.DINE_IN,
) -> WhatIf | None:
    """The meal being served now, or the day's next with anything on its menu; None when today has no menu.

    `dish_id` asks for another dish than the pinned set. A meal they have had counts as it does at the till. Titles of rules
    tell categories: who may not see those is told one sum.
    Needs 'read_people'. Refusals 'member.unknown', 'member.left' (name=, left_on=).
    """
    check(actor, "read_people")
    now = desk.clock.now()
    _check_here(desk, person_id, now.date())
    day, period, tiles = _meal(desk)
    found = _dish(tiles, dish_id)
    if found is None:
        return None
    line = OrderLine("1", found.dish_id, grams=found.per_grams or 0)
    quoted = quoting.quote(desk, Order("what-if", day, period, serving, person_id, (line,), now))
    gave = tuple((rule.title, rule.fen) for rule in quoted.quote.applied if rule.fen)
    private = actor.role == "dispatcher"
    if private and gave:
        tr = translator(lang)
        gave = ((tr("补贴"), sum(fen for _, fen in gave)),)
    words = {code: word for pack in policies.active(desk) for code, word in pack.words().items()}
    return WhatIf(
        item=found.name,
        service_date=day,
        period=period,
        list_fen=quoted.list_fen,
        rows=gave,
        refused=()
        if private
        else tuple((one.title, reason_staff(one.reason, lang, words)) for one in quoted.quote.refused),
        pays_fen=quoted.pays_fen,
    )


def dishes(desk: Desk, actor: Actor) -> tuple[Tile, ...]:
    """What may be asked about: the menu of that meal. Needs 'read_people'."""
    check(actor, "read_people")
    return _meal(desk)[2]


def _meal(desk: Desk) -> tuple[date, str, tuple[Tile, ...]]:
    """The meal being served now, or the day's next that has something with a price on its menu."""
    settings = settings_store.load(desk)
    day, period = quoting.meal_now(desk.clock.now(), settings)
    for code in _from(period, settings.periods):
        tiles = tuple(tile for tile in menus.tiles(desk, day, code) if tile.price_fen)
        if tiles:
            return day, code, tiles
    return day, period, ()


def _check_here(desk: Desk, person_id: int, today: date) -> None:
    """Whoever left is somebody, and no price is the answer."""
    with desk.db.read() as conn:
        found = people.record(conn, person_id)
    if found is not None and found["left_on"] and found["left_on"] <= today.isoformat():
        raise refuse("member.left", name=found["name"], left_on=found["left_on"])


def _from(code: str, periods: tuple[MealPeriod, ...]) -> list[str]:
    """The periods of the day beginning with this one."""
    codes = [period.code for period in periods]
    start = codes.index(code) if code in codes else 0
    return codes[start:] + codes[:start]


def _dish(tiles: tuple[Tile, ...], dish_id: int | None) -> Tile | None:
    """The asked one, else the pinned set, else a set, else the first dish."""
    if dish_id is not None:
        return next((tile for tile in tiles if tile.dish_id == dish_id), None)
    ranked = sorted(
        tiles,
        key=lambda tile: (not (tile.pinned and tile.kind == "set"), tile.kind != "set", not tile.pinned),
    )
    return ranked[0] if ranked else None
