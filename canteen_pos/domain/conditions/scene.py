"""What a condition is, and what it sees."""

from typing import Any, Literal, Protocol

from canteen_pos.domain.bill import Meal
from canteen_pos.domain.lines import Lines
from canteen_pos.domain.quote import Reason

Home = Literal["hukou", "residence"]
SpendBase = Literal["list", "left"]

NOBODY = Reason("nobody", {})
AGE_UNKNOWN = Reason("age.unknown", {})
CALENDAR_UNKNOWN = "calendar.unknown_year"


class Scene(Protocol):
    """What conditions see: the meal, and how far pricing has come."""

    @property
    def meal(self) -> Meal: ...
    @property
    def age(self) -> int | None: ...
    def spend_fen(self, base: SpendBase, lines: Lines) -> int: ...
    def has_paid(self, rules: tuple[str, ...], funds: tuple[str, ...]) -> list[str]: ...


class Condition(Protocol):
    """A question about a scene."""

    def refusal(self, scene: Scene) -> Reason | None: ...
    def facts(self, scene: Scene) -> dict[str, Any]: ...
