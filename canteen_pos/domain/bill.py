"""What is priced: one bill of one eater in one meal period, and the facts around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from canteen_pos.domain.diner import Diner
from canteen_pos.domain.money import weighed_fen
from canteen_pos.domain.place import Place


class Kind(StrEnum):
    """What a line is. Fees stay outside minimums and discounts unless a rule includes them."""

    SET = "set"
    DISH = "dish"
    WEIGHED = "weighed"
    DELIVERY_FEE = "delivery_fee"
    BOX_FEE = "box_fee"

    @property
    def is_fee(self) -> bool:
        return self in (Kind.DELIVERY_FEE, Kind.BOX_FEE)


class Serving(StrEnum):
    DINE_IN = "dine_in"
    TAKEAWAY = "takeaway"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Line:
    """One line at list price. A weighed line costs half-up(unit_fen x grams / per_grams) for each of `quantity`.

    `key` names the line within its bill; `item` is the dish's code that rules may name, `category` its menu category.
    """

    key: str
    item: str
    kind: Kind
    unit_fen: int
    quantity: int = 1
    grams: int = 0
    per_grams: int = 0
    category: str = ""

    def __post_init__(self) -> None:
        if self.unit_fen < 0 or self.quantity < 1:
            raise ValueError(f"line {self.key}: price must not be negative and quantity at least 1")
        if self.kind is Kind.WEIGHED and (self.grams < 1 or self.per_grams < 1):
            raise ValueError(f"line {self.key}: a weighed line needs grams and per_grams")

    @property
    def each_fen(self) -> int:
        """List price of one unit."""
        if self.kind is Kind.WEIGHED:
            return weighed_fen(self.unit_fen, self.grams, self.per_grams)
        return self.unit_fen

    @property
    def list_fen(self) -> int:
        return self.each_fen * self.quantity


@dataclass(frozen=True, slots=True)
class Site:
    """The canteen's own place and facts about it that rules may ask for, e.g. {'own_kitchen': True}."""

    place: Place = Place()
    facts: Mapping[str, bool | int | str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Use:
    """An earlier use of a named quota by this person that was not given back: one meal, `fen` of benefit.

    `slot` is the place it holds in its window (QuotaTake.slot), -1 when that is not known.
    """

    quota: str
    day: date
    period: str
    fen: int
    document: str = ""
    slot: int = -1


@dataclass(frozen=True, slots=True)
class Meal:
    """Everything the one pricing function looks at besides the rules.

    `day` and `period` are the service date and meal period ('' outside any). `workday` is None when the national
    calendar does not know the year. `uses` are this diner's; `budgets_fen` is what is left in each named fund budget
    (a name that is missing has no limit).
    """

    day: date
    period: str
    serving: Serving
    site: Site
    diner: Diner | None
    lines: tuple[Line, ...]
    uses: tuple[Use, ...] = ()
    budgets_fen: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    workday: bool | None = None
