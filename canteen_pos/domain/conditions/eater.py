"""Questions about the eater. All but Identified need somebody."""

from dataclasses import dataclass
from typing import Any

from canteen_pos.domain.conditions.scene import AGE_UNKNOWN, NOBODY, Home, Scene
from canteen_pos.domain.place import LEVELS, Level, Place
from canteen_pos.domain.quote import Reason


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
