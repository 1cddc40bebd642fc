"""What there is to eat: dishes as the till sees them in one meal period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from canteen_pos.domain.errors import refuse

DishKind = Literal["set", "dish", "weighed"]
Portion = Literal["full", "half"]
HALVES: dict[Portion, int] = {"full": 2, "half": 1}
"""Stock is counted in half portions."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision inside a set meal: exactly one of `options` goes on the tray."""

    name: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A dish on this day's menu. `price_fen` is for a full portion, or for each `per_grams` of a weighed dish.

    left_halves is None when portions are not counted; it may be negative after a sale that was allowed beyond them.
    """

    dish_id: int
    code: str
    name: str
    initials: str
    category: str
    kind: DishKind
    price_fen: int
    half_fen: int | None = None
    per_grams: int | None = None
    left_halves: int | None = None
    sold_out_at: datetime | None = None
    tags: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    pinned: bool = False
    made_to_order: bool = False
    open_price: bool = False

    @property
    def sold_out(self) -> bool:
        return self.sold_out_at is not None or (self.left_halves is not None and self.left_halves <= 0)

    def price_for(self, portion: Portion) -> int:
        """List price of one portion in fen. Refusal 'dish.no_half' when the dish is not sold by halves."""
        if portion == "full":
            return self.price_fen
        if self.half_fen is None:
            raise refuse("dish.no_half", name=self.name)
        return self.half_fen


@dataclass(frozen=True, slots=True)
class NewDish:
    """A dish as a person describes it: at setup, from a spreadsheet, in the back office. Prices in fen."""

    code: str
    name: str
    category: str
    kind: DishKind
    price_fen: int
    half_fen: int | None = None
    per_grams: int | None = None
    open_price: bool = False
    made_to_order: bool = False
    tags: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    pinned: bool = False
    periods: tuple[str, ...] = ()
    planned_portions: int | None = None

    def __post_init__(self) -> None:
        if not self.name or not self.code:
            raise ValueError("a dish has a code and a name")
        if self.price_fen < 0 or (self.half_fen is not None and not 0 <= self.half_fen <= self.price_fen):
            raise ValueError(
                f"{self.name}: half a portion costs no more than a whole one, and nothing costs less than 0"
            )
        if (self.kind == "weighed") != (self.per_grams is not None):
            raise ValueError(f"{self.name}: a weighed dish, and only that, has a price for so many grams")


class Named(Protocol):
    """What is found by code, initials or name."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def initials(self) -> str: ...


Found = TypeVar("Found", bound=Named)


def search(tiles: Iterable[Found], text: str) -> tuple[Found, ...]:
    """Dishes that `text` may mean, the likeliest first: code, initials from their start, then inside, then the name.

    Within equal likeliness the menu's own order stays. Empty text finds nothing.
    """
    wanted = text.strip().lower()
    if not wanted:
        return ()
    ranked = [(_likeness(tile, wanted), place, tile) for place, tile in enumerate(tiles)]
    return tuple(tile for rank, _, tile in sorted(ranked, key=lambda found: found[:2]) if rank < _NONE)


_NONE = 9


def _likeness(tile: Named, wanted: str) -> int:
    code, initials = tile.code.lower(), tile.initials.lower()
    tests = (
        wanted == code,
        wanted == initials,
        code.startswith(wanted),
        initials.startswith(wanted),
        tile.name.lower().startswith(wanted),
        wanted in initials,
        wanted in tile.name.lower(),
    )
    return next((rank for rank, fits in enumerate(tests) if fits), _NONE)
