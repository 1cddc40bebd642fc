"""A dish as the back office keeps it: what it is called, made of and costs from which day on."""

from dataclasses import dataclass
from datetime import date

from canteen_pos.domain.menu import Choice, DishKind

DIET_TAGS = ("low_salt", "low_sugar", "soft", "halal", "veg")
"""What a diner looks for on the menu that hangs on the wall, in the order it is printed."""

DISH_TAGS = (
    *DIET_TAGS,
    "spicy",
    "salty",
    "sweet",
    "fatty",
    "hard",
    "pork",
    "beef",
    "chicken",
    "duck",
    "fish",
    "shrimp",
    "packaged",
)
"""All tags a dish can bear; diets of people are held against them (`membership.diet_clashes`)."""

ALLERGENS = ("peanut", "egg", "milk", "soy", "gluten", "sesame", "fish", "shrimp")

PACKAGED = "packaged"
"""Bought in and sealed: no sample is kept of it."""


@dataclass(frozen=True, slots=True)
class DishPrice:
    """What a dish costs from `valid_from` on, until the next such day."""

    valid_from: date
    unit_fen: int
    half_fen: int | None = None


@dataclass(frozen=True, slots=True)
class DishForm:
    """What a form holds of a dish, prices and picture apart."""

    code: str
    name: str
    category: str
    kind: DishKind = "dish"
    initials: str = ""
    per_grams: int | None = None
    open_price: bool = False
    made_to_order: bool = False
    pinned: bool = False
    tags: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    cost_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Dish:
    """A dish and what it costs on the day it was asked for. `next_price` is already decided for a later day."""

    id: int
    form: DishForm
    unit_fen: int
    half_fen: int | None
    sort: int
    active: bool
    picture: str
    next_price: DishPrice | None = None

    @property
    def code(self) -> str:
        return self.form.code

    @property
    def name(self) -> str:
        return self.form.name

    @property
    def initials(self) -> str:
        return self.form.initials

    @property
    def category(self) -> str:
        return self.form.category

    def price_on(self, day: date) -> int:
        """The price of a whole portion on a day from the asked one on, as far as the next price is known."""
        coming = self.next_price
        return coming.unit_fen if coming is not None and coming.valid_from <= day else self.unit_fen

    @property
    def margin_percent(self) -> int | None:
        """What is left of the price after the cost, in whole per cent; None where either is unknown."""
        if self.form.cost_fen is None or not self.unit_fen:
            return None
        return round(100 * (self.unit_fen - self.form.cost_fen) / self.unit_fen)
