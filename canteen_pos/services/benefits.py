"""Which funds would pay for somebody's set meal today: the short words in the list of people. The one pricing function says
it; earlier meals of the day and empty pots are left aside, for this is about who somebody is."""

from dataclasses import replace

from canteen_pos.domain.bill import Kind, Line, Meal, Serving
from canteen_pos.domain.diner import Diner
from canteen_pos.domain.menu import Tile
from canteen_pos.domain.pricing import quote
from canteen_pos.domain.quote import OPERATOR
from canteen_pos.services import policies, quoting, settings_store
from canteen_pos.services.context import Desk
from canteen_pos.storage import menus
from canteen_pos.storage.columns import offset_min
from canteen_pos.storage.engine import Connection

WORDS: dict[str, tuple[str, str]] = {
    "city": ("市", "city"),
    "district": ("区", "district"),
    "town": ("街道", "town"),
    "street": ("街道", "street"),
    "charity": ("慈善", "charity"),
}
"""Funds as one or two characters; another fund is told by its own name."""
A_SET_FEN = 1500
"""What a set costs where today's menu has none."""


class Benefits:
    """Asked for many people at once: the packs, the day and the set are read once."""

    def __init__(self, conn: Connection, desk: Desk, lang: str) -> None:
        settings = settings_store.load(conn)
        now = desk.clock.now()
        day, period = quoting.meal_now(now, settings)
        self._packs = policies.active(conn, settings)
        self._place = ("zh", "en").index(lang)
        self._meal = Meal(
            day=day,
            period=period,
            serving=Serving.DINE_IN,
            site=settings.site,
            diner=None,
            lines=(_set(menus.tiles(conn, day, period, offset_min(now))),),
            workday=policies.workday(conn, day, settings),
        )

    def of(self, diner: Diner) -> tuple[str, ...]:
        """Words of the funds, in the order the rules stand in; the canteen's own discount is none."""
        if not self._packs:
            return ()
        applied = quote(self._packs, replace(self._meal, diner=diner)).applied
        funds = dict.fromkeys(rule.fund for rule in applied if rule.fen and rule.fund != OPERATOR)
        return tuple(dict.fromkeys(WORDS.get(fund, (fund, fund))[self._place] for fund in funds))


def _set(tiles: tuple[Tile, ...]) -> Line:
    """The day's set: the pinned one first."""
    sets = sorted((tile for tile in tiles if tile.kind == "set"), key=lambda tile: not tile.pinned)
    if not sets:
        return Line("1", "", Kind.SET, A_SET_FEN)
    return Line("1", sets[0].code, Kind.SET, sets[0].price_fen, category=sets[0].category)
