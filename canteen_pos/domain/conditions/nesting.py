"""Conditions made of conditions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from canteen_pos.domain.conditions.scene import CALENDAR_UNKNOWN, Condition, Scene
from canteen_pos.domain.quote import Reason


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


def questions(condition: Condition) -> Iterator[Condition]:
    """The plain questions inside a nested one."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from questions(part)
        case Not(part):
            yield from questions(part)
        case plain:
            yield plain
