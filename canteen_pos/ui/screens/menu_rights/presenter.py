"""Price, portions and sold-out of the dishes of this meal. No Qt."""

from datetime import date

from canteen_pos.domain.menu import HALVES, Tile, search
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.services import menus, rights, users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import typed_fen
from canteen_pos.ui.trying import Tries


class MenuRightsPresenter(Tries):
    """State: the dishes of the meal, the ones that fit the search, the chosen one."""

    def __init__(self, desk: Desk, actor: Actor, service_date: date, period: str) -> None:
        self.desk = desk
        self.actor = actor
        self.service_date = service_date
        self.period = period
        self.text = ""
        self.tiles: tuple[Tile, ...] = ()
        self.shown: tuple[Tile, ...] = ()
        self.chosen: Tile | None = None
        self.problem = ""
        self.notice = ""
        self.reload()

    @property
    def needs_pin(self) -> bool:
        """Whether price and portions want a manager's PIN typed in place."""
        return rights.grant(self.actor.role, "manage_menu") == "approved"

    @property
    def may_strike(self) -> bool:
        return rights.may(self.actor, "sold_out")

    def reload(self) -> None:
        self.tiles = menus.tiles(self.desk, self.service_date, self.period)
        self.look(self.text)

    def look(self, text: str) -> None:
        """Show what fits `text`; everything when it is empty. The choice stays if it is still shown."""
        self.text = text
        self.shown = search(self.tiles, text) if text.strip() else self.tiles
        kept = self.chosen.dish_id if self.chosen else None
        self.chosen = next((tile for tile in self.shown if tile.dish_id == kept), None)
        if self.chosen is None and self.shown:
            self.chosen = self.shown[0]

    def choose(self, dish_id: int) -> None:
        self.chosen = next((tile for tile in self.tiles if tile.dish_id == dish_id), None)
        self.problem = self.notice = ""

    def step(self, by: int) -> None:
        """The next or previous dish shown."""
        if not self.shown:
            return
        place = self.shown.index(self.chosen) + by if self.chosen in self.shown else 0
        self.choose(self.shown[min(max(place, 0), len(self.shown) - 1)].dish_id)

    def toggle_sold_out(self) -> bool:
        tile = self.chosen
        if tile is None:
            return False
        strike = tile.sold_out_at is None
        done = self._try(
            lambda: menus.set_sold_out(
                self.desk, self.actor, self.service_date, self.period, tile.dish_id, strike
            )
        )
        if done:
            words = tr("{name} 已标售罄") if strike else tr("{name} 恢复供应")
            self.notice = words.format(name=tile.name)
        return done

    def save(self, price: str, half: str, portions: str, pin: str) -> bool:
        """Store what differs from now. Portions are typed in whole portions, halves as '12.5'; '' is not counted."""
        tile = self.chosen
        if tile is None:
            self.problem = tr("请先选一道菜")
            return False
        price_fen, half_fen = typed_fen(price), typed_fen(half)
        if price_fen is None or (half.strip() and half_fen is None):
            self.problem = tr("价格写成 12 或 12.50")
            return False
        try:
            left = halves(portions)
        except ValueError:
            self.problem = tr("份数写整数或半份，如 12 或 12.5；不计数就空着")
            return False
        new_price = (price_fen, half_fen) != (tile.price_fen, tile.half_fen)
        if not new_price and left == tile.left_halves:
            self.notice, self.problem = tr("没有改动"), ""
            return False
        return self._try(lambda: self._save(tile, price_fen, half_fen, left, new_price, pin))

    def _save(
        self, tile: Tile, price_fen: int, half_fen: int | None, left: int | None, new_price: bool, pin: str
    ) -> None:
        actor = users.approve(self.desk, self.actor, pin) if self.needs_pin else self.actor
        where = (self.service_date, self.period, tile.dish_id)
        if new_price:
            menus.set_price(self.desk, actor, *where, price_fen, half_fen)
        if left != tile.left_halves:
            menus.set_portions(self.desk, actor, *where, left)
        self.notice = tr("{name} 已更新").format(name=tile.name)

    def _tried(self) -> None:
        self.reload()


def halves(portions: str) -> int | None:
    """Half portions of '12' or '12.5'; None for ''. ValueError for anything else."""
    typed = portions.strip()
    if not typed:
        return None
    whole, _, part = typed.partition(".")
    if not whole.isdigit() or part not in ("", "0", "5"):
        raise ValueError(portions)
    return int(whole) * HALVES["full"] + (1 if part == "5" else 0)


def portions_word(left_halves: int | None) -> str:
    """'12', '12.5', '' when not counted."""
    if left_halves is None:
        return ""
    return f"{left_halves // 2}.5" if left_halves % 2 else str(left_halves // 2)


def price_word(fen: int | None) -> str:
    return "" if fen is None else yuan(fen)


def row_detail(tile: Tile) -> str:
    """The quiet line below a dish's name."""
    if tile.sold_out_at is not None:
        return tr("售罄 {clock}").format(clock=f"{tile.sold_out_at:%H:%M}")
    if tile.left_halves is None:
        return tr("不计份数")
    return tr("余 {n}").format(n=portions_word(tile.left_halves))
