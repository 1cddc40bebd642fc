"""Who takes the till: choosing a user and typing the PIN. Decides; imports no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

from canteen_pos.domain.errors import Refusal
from canteen_pos.i18n import tr
from canteen_pos.services import users
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import role_word, said

PIN_MAX = 8


@dataclass(frozen=True, slots=True)
class UserTile:
    """One user on the wall of tiles; `key` is the digit that chooses it, '' from the tenth on."""

    user_id: int
    name: str
    role: str
    key: str
    demo_pin: str = ""


class SignInPresenter:
    """State of the sign-in screen: the tiles, the chosen one, the digits typed, what to say.

    `demo_pins` (user name -> PIN) is given only for the demo canteen, which shows its PINs.
    """

    def __init__(self, desk: Desk, demo_pins: Mapping[str, str] | None = None) -> None:
        self.desk = desk
        self._demo_pins = demo_pins or {}
        self.tiles: tuple[UserTile, ...] = ()
        self.chosen: UserTile | None = None
        self.pin = ""
        self.message = ""
        self.reload()

    def reload(self) -> None:
        """Read the users again; the choice and the digits are dropped."""
        active = [user for user in users.all(self.desk) if user.active]
        self.tiles = tuple(
            UserTile(
                user.id,
                user.name,
                role_word(user.role),
                str(place + 1) if place < 9 else "",
                self._demo_pins.get(user.name, ""),
            )
            for place, user in enumerate(active)
        )
        self.back()

    def choose(self, user_id: int) -> None:
        self.chosen = next((tile for tile in self.tiles if tile.user_id == user_id), None)
        self.pin = ""
        self.message = ""

    def key(self, digit: str) -> None:
        """A digit chooses a tile while nobody is chosen, and belongs to the PIN after that."""
        if self.chosen is None:
            found = next((tile for tile in self.tiles if tile.key == digit), None)
            if found:
                self.choose(found.user_id)
        elif len(self.pin) < PIN_MAX:
            self.pin += digit
            self.message = ""

    def erase(self) -> None:
        self.pin = self.pin[:-1]

    def back(self) -> None:
        """To the tiles: another user."""
        self.chosen = None
        self.pin = ""
        self.message = ""

    def scanned(self) -> None:
        """A card before anybody signed in: its first digit may have got among the PIN's."""
        self.pin = ""
        self.message = tr("先登录，再刷卡")

    def submit(self) -> Actor | None:
        """Sign the chosen user in; None and a sentence in `message` when it cannot be."""
        if self.chosen is None:
            self.message = tr("请先选择是谁")
            return None
        if not self.pin:
            self.message = tr("请输入密码")
            return None
        pin, self.pin = self.pin, ""
        try:
            return users.sign_in(self.desk, self.chosen.user_id, pin)
        except Refusal as refusal:
            self.message = said(refusal)
            return None
