"""What a rule may ask before it gives: small frozen questions, nested with AllOf, AnyOf and Not.

Each question answers in two ways: `refusal(scene)` is None when it holds, else the first reason why not; `facts(scene)`
are the facts it looked at, asked only of questions that held. Codes are wording's; a diner's facts stand in
`facts` of the reason and are for staff only.
"""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from canteen_pos.domain.bill import Line, Meal, Serving
from canteen_pos.domain.lines import Lines
from canteen_pos.domain.place import LEVELS, Level, Place
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


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; the first that does not is the reason. Without parts it always holds."""

    parts: tuple[Condition, ...] = ()

    def refusal(self, scene: Scene) -> Reason | None:
        for part in self.parts:
            reason = part.refusal(scene)
            if reason is not None:
                return reason
        return None

    def facts(self, scene: Scene) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for part in self.parts:
            facts.update(part.facts(scene))
        return facts


ALWAYS = AllOf()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds. Refused, it gives the only part's reason, or 'any_of' with the reason of each."""

    parts: tuple[Condition, ...]

    def refusal(self, scene: Scene) -> Reason | None:
        reasons: list[Reason] = []
        for part in self.parts:
            reason = part.refusal(scene)
            if reason is None:
                return None
            if reason not in reasons:
                reasons.append(reason)
        if len(reasons) == 1:
            return reasons[0]
        return Reason(
            "any_of", {"reasons": [{"code": why.code, "facts": dict(why.facts)} for why in reasons]}
        )

    def facts(self, scene: Scene) -> dict[str, Any]:
        return next((part.facts(scene) for part in self.parts if part.refusal(scene) is None), {})


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold.

    What is unknown (nobody identified, birth date, place, calendar year) refuses here too: a rule that excludes
    a fact must not be opened by not knowing it.
    """

    part: Condition

    def refusal(self, scene: Scene) -> Reason | None:
        if self.part.refusal(scene) is None:
            return Reason("excluded", {"held": self.part.facts(scene)})
        return _unknown(self.part, scene)

    def facts(self, scene: Scene) -> dict[str, Any]:  # noqa: ARG002
        return {}


_UNKNOWN_CODES = frozenset(
    ("nobody", "age.unknown", "hukou.unknown", "residence.unknown", "site.place_unknown", CALENDAR_UNKNOWN)
)


def _unknown(part: Condition, scene: Scene) -> Reason | None:
    """Why it cannot be said whether a refused `part` holds; None when it certainly does not."""
    if isinstance(part, AllOf):
        refused = [inner for inner in part.parts if inner.refusal(scene) is not None]
        unknown = [_unknown(inner, scene) for inner in refused]
        return unknown[0] if all(why is not None for why in unknown) else None
    if isinstance(part, AnyOf):
        return next((why for inner in part.parts if (why := _unknown(inner, scene)) is not None), None)
    reason = part.refusal(scene)
    return reason if reason is not None and reason.code in _UNKNOWN_CODES else None


@dataclass(frozen=True, slots=True)
class Identified:
    """Somebody is identified, or (wanted=False) nobody is."""

    wanted: bool = True

    def refusal(self, scene: Scene) -> Reason | None:
        if (scene.meal.diner is not None) is self.wanted:
            return None
        return Reason("not_identified" if self.wanted else "identified", {})

    def facts(self, scene: Scene) -> dict[str, Any]:  # noqa: ARG002
        return {"identified": self.wanted}


@dataclass(frozen=True, slots=True)
class Age:
    """Full years on the service date, both bounds included; None is open."""

    at_least: int | None = None
    at_most: int | None = None

    def refusal(self, scene: Scene) -> Reason | None:
        age = scene.age
        if age is None:
            return NOBODY if scene.meal.diner is None else AGE_UNKNOWN
        if self.at_least is not None and age < self.at_least:
            return Reason("age.below", {"age": age, "at_least": self.at_least})
        if self.at_most is not None and age > self.at_most:
            return Reason("age.above", {"age": age, "at_most": self.at_most})
        return None

    def facts(self, scene: Scene) -> dict[str, Any]:
        return {"age": scene.age}


@dataclass(frozen=True, slots=True)
class From:
    """Hukou or residence is in `place` down to `level`; place None is the canteen's own."""

    home: Home
    level: Level
    place: Place | None = None

    def refusal(self, scene: Scene) -> Reason | None:
        diner = scene.meal.diner
        if diner is None:
            return NOBODY
        wanted = scene.meal.site.place if self.place is None else self.place
        actual = diner.hukou if self.home == "hukou" else diner.residence
        if actual.within(wanted, self.level):
            return None
        return self._reason(actual, wanted)

    def _reason(self, actual: Place, wanted: Place) -> Reason:
        for level in LEVELS[: LEVELS.index(self.level) + 1]:
            here, there = getattr(wanted, level), getattr(actual, level)
            if not here:
                return Reason("site.place_unknown", {"level": level})
            if not there:
                return Reason(f"{self.home}.unknown", {"level": level, "wanted": here})
            if here != there:
                return Reason(f"{self.home}.elsewhere", {"level": level, "is": there, "wanted": here})
        raise AssertionError("a place that is the same at every level is within")

    def facts(self, scene: Scene) -> dict[str, Any]:
        diner = scene.meal.diner
        if diner is None:
            return {}
        return {self.home: getattr(diner.hukou if self.home == "hukou" else diner.residence, self.level)}


@dataclass(frozen=True, slots=True)
class Categories:
    """The diner is recorded in any (or every) one of these categories."""

    codes: tuple[str, ...]
    every: bool = False

    def refusal(self, scene: Scene) -> Reason | None:
        diner = scene.meal.diner
        if diner is None:
            return NOBODY
        test = all if self.every else any
        if test(code in diner.categories for code in self.codes):
            return None
        missing = [code for code in self.codes if code not in diner.categories]
        return Reason("categories.missing", {"missing": missing, "every": self.every})

    def facts(self, scene: Scene) -> dict[str, Any]:
        diner = scene.meal.diner
        return {"categories": [code for code in self.codes if diner and code in diner.categories]}


@dataclass(frozen=True, slots=True)
class Permits:
    """The diner holds any of these cards or permits."""

    codes: tuple[str, ...]

    def refusal(self, scene: Scene) -> Reason | None:
        diner = scene.meal.diner
        if diner is None:
            return NOBODY
        if any(code in diner.permits for code in self.codes):
            return None
        return Reason("permits.missing", {"missing": list(self.codes)})

    def facts(self, scene: Scene) -> dict[str, Any]:
        diner = scene.meal.diner
        return {"permits": [code for code in self.codes if diner and code in diner.permits]}


@dataclass(frozen=True, slots=True)
class CareLevel:
    """Assessed care level, both bounds included."""

    at_least: int = 0
    at_most: int | None = None

    def refusal(self, scene: Scene) -> Reason | None:
        diner = scene.meal.diner
        if diner is None:
            return NOBODY
        level = diner.care_level
        if level >= self.at_least and (self.at_most is None or level <= self.at_most):
            return None
        return Reason("care_level.outside", {"is": level, "at_least": self.at_least, "at_most": self.at_most})

    def facts(self, scene: Scene) -> dict[str, Any]:
        return {"care_level": scene.meal.diner.care_level} if scene.meal.diner else {}


@dataclass(frozen=True, slots=True)
class InInstitution:
    """Lives in a care institution, or (wanted=False) does not."""

    wanted: bool

    def refusal(self, scene: Scene) -> Reason | None:
        diner = scene.meal.diner
        if diner is None:
            return NOBODY
        if diner.in_institution is self.wanted:
            return None
        return Reason("institution.not_inside" if self.wanted else "institution.inside", {})

    def facts(self, scene: Scene) -> dict[str, Any]:  # noqa: ARG002
        return {"in_institution": self.wanted}


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
