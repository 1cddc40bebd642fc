"""Questions about the day, the canteen, the bill, and what earlier rules did."""

from dataclasses import dataclass
from typing import Any

from canteen_pos.domain.bill import Line, Serving
from canteen_pos.domain.conditions.scene import CALENDAR_UNKNOWN, Scene, SpendBase
from canteen_pos.domain.lines import Lines
from canteen_pos.domain.quote import Reason


@dataclass(frozen=True, slots=True)
class ServedAs:
    """The meal is served in one of these ways."""

    servings: tuple[Serving, ...]

    def refusal(self, scene: Scene) -> Reason | None:
        serving = scene.meal.serving
        if serving in self.servings:
            return None
        return Reason("serving.other", {"is": serving.value, "wanted": [one.value for one in self.servings]})

    def facts(self, scene: Scene) -> dict[str, Any]:
        return {"serving": scene.meal.serving.value}


@dataclass(frozen=True, slots=True)
class Periods:
    """The meal period is one of these; between periods no period fits."""

    codes: tuple[str, ...]

    def refusal(self, scene: Scene) -> Reason | None:
        if scene.meal.period in self.codes:
            return None
        return Reason("period.other", {"is": scene.meal.period, "wanted": list(self.codes)})

    def facts(self, scene: Scene) -> dict[str, Any]:
        return {"period": scene.meal.period}


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Monday is 1, Sunday 7."""

    days: tuple[int, ...]

    def refusal(self, scene: Scene) -> Reason | None:
        weekday = scene.meal.day.isoweekday()
        return (
            None
            if weekday in self.days
            else Reason("weekday.other", {"is": weekday, "wanted": list(self.days)})
        )

    def facts(self, scene: Scene) -> dict[str, Any]:
        return {"weekday": scene.meal.day.isoweekday()}


@dataclass(frozen=True, slots=True)
class Workday:
    """A workday by the national calendar with its make-up days, or (wanted=False) a day off."""

    wanted: bool = True

    def refusal(self, scene: Scene) -> Reason | None:
        workday = scene.meal.workday
        if workday is None:
            return Reason(CALENDAR_UNKNOWN, {"year": scene.meal.day.year})
        if workday is self.wanted:
            return None
        return Reason("workday.not" if self.wanted else "workday.is", {"day": scene.meal.day.isoformat()})

    def facts(self, scene: Scene) -> dict[str, Any]:  # noqa: ARG002
        return {"workday": self.wanted}


@dataclass(frozen=True, slots=True)
class SiteFact:
    """A fact of the canteen equals `value`; a fact that is not stated equals nothing but False."""

    name: str
    value: bool | int | str

    def refusal(self, scene: Scene) -> Reason | None:
        actual = scene.meal.site.facts.get(self.name, False)
        # True == 1 in Python; here a yes is not a number
        if type(actual) is type(self.value) and actual == self.value:
            return None
        return Reason("site.fact", {"fact": self.name, "is": actual, "wanted": self.value})

    def facts(self, scene: Scene) -> dict[str, Any]:  # noqa: ARG002
        return {f"site.{self.name}": self.value}


@dataclass(frozen=True, slots=True)
class Spend:
    """The bill comes to at least (or, with `above`, to more than) `fen`, on list price or on what is left to pay.

    `lines` says what counts: food alone, or with fees, or certain dishes.
    """

    fen: int
    lines: Lines
    above: bool = False
    base: SpendBase = "list"

    def refusal(self, scene: Scene) -> Reason | None:
        spent = scene.spend_fen(self.base, self.lines)
        if spent > self.fen or (spent == self.fen and not self.above):
            return None
        code = "spend.not_above" if self.above else "spend.below"
        return Reason(code, {"is_fen": spent, "wanted_fen": self.fen, "base": self.base})

    def facts(self, scene: Scene) -> dict[str, Any]:
        return {"spend_fen": scene.spend_fen(self.base, self.lines)}


@dataclass(frozen=True, slots=True)
class Has:
    """The bill holds at least `units` units of such lines."""

    lines: Lines
    units: int = 1

    def _count(self, lines: tuple[Line, ...]) -> int:
        return sum(line.quantity for line in lines if self.lines.take(line))

    def refusal(self, scene: Scene) -> Reason | None:
        count = self._count(scene.meal.lines)
        return None if count >= self.units else Reason("lines.too_few", {"is": count, "wanted": self.units})

    def facts(self, scene: Scene) -> dict[str, Any]:
        return {"units": self._count(scene.meal.lines)}


@dataclass(frozen=True, slots=True)
class Paid:
    """A rule that came before in the stated order paid: one of `rules` ('pack/rule'), or any from one of `funds`."""

    rules: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()

    def refusal(self, scene: Scene) -> Reason | None:
        if scene.has_paid(self.rules, self.funds):
            return None
        return Reason("earlier.not_paid", {"rules": list(self.rules), "funds": list(self.funds)})

    def facts(self, scene: Scene) -> dict[str, Any]:
        return {"after": scene.has_paid(self.rules, self.funds)}
