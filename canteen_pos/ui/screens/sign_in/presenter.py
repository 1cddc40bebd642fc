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

    `demo_pins` (user name -> PIN) is given only for the demo canteen, which shows its PINs. Another PIN of one's own is
    chosen here, where each role passes: the old one signs in, the new one is typed twice.
    """

    def __init__(self, desk: Desk, demo_pins: Mapping[str, str] | None = None) -> None:
        self.desk = desk
        self._demo_pins = demo_pins or {}
        self.tiles: tuple[UserTile, ...] = ()
        self.chosen: UserTile | None = None
        self.pin = ""
        self.message = ""
        self.changing = False
        self._signed: Actor | None = None
        self._new = ""
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
        self._drop()
        self.chosen = next((tile for tile in self.tiles if tile.user_id == user_id), None)

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
        self._drop()

    def _drop(self) -> None:
        self.pin = self._new = self.message = ""
        self.changing, self._signed = False, None

    def wanted(self) -> str:
        """What is to be typed now, beside the name."""
        if self.chosen is None:
            return tr("请先选择是谁")
        if not self.changing:
            return self.chosen.name
        if self._signed is None:
            return tr("{name}：现在的密码").format(name=self.chosen.name)
        return tr("再输一次新密码") if self._new else tr("新密码，4 到 8 位数字")

    def change_pin(self) -> None:
        """Another PIN for who is chosen; asked for again, not after all."""
        if self.chosen is None:
            self.message = tr("请先选择是谁")
            return
        changing = not self.changing
        self._drop()
        self.changing = changing

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
            return self._another(pin) if self._signed else self._signed_in(self.chosen.user_id, pin)
        except Refusal as refusal:
            self.message, self._new = said(refusal), ""
            return None

    def _signed_in(self, user_id: int, pin: str) -> Actor | None:
        actor = users.sign_in(self.desk, user_id, pin)
        self._signed = actor if self.changing else None
        return None if self.changing else actor

    def _another(self, pin: str) -> Actor | None:
        assert self._signed is not None
        if not self._new:
            users.check_new_pin(pin)
            self._new = pin
            return None
        if pin != self._new:
            self._new, self.message = "", tr("两次输入的密码不一样。")
            return None
        users.change_pin(self.desk, self._signed, self._signed.user_id, pin)
        return self._signed
