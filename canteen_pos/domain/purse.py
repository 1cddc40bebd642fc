"""Stored value: what a top-up adds."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BonusRule:
    """Topping up at least `from_fen` at once gives `bonus_fen`; a bonus is spent like money and never paid out."""

    from_fen: int
    bonus_fen: int

    def __post_init__(self) -> None:
        if self.from_fen <= 0 or self.bonus_fen < 0:
            raise ValueError("a bonus wants a positive amount and is not negative")


def bonus_fen(rules: Iterable[BonusRule], fen: int, *, many: bool = False) -> int:
    """The best rule's bonus for topping up `fen`.

    With `many`, a rule counts as often as it fits: 200 at '100 gives 10' gives 20.
    """
    return max(
        (rule.bonus_fen * (fen // rule.from_fen if many else 1) for rule in rules if rule.from_fen <= fen),
        default=0,
    )


def split(fen: int, principal_fen: int, bonus_fen: int, *, bonus_first: bool = False) -> tuple[int, int]:
    """(from the principal, from the bonus) of `fen` that a purse pays. ValueError when it does not hold that much."""
    if fen < 0 or fen > principal_fen + bonus_fen:
        raise ValueError(f"{fen} of {principal_fen} + {bonus_fen}")
    if bonus_first:
        bonus = min(fen, bonus_fen)
        return fen - bonus, bonus
    principal = min(fen, principal_fen)
    return principal, fen - principal


def points_for(fen: int, point_fen: int) -> int:
    """How many points pay exactly `fen`. ValueError when no whole number does."""
    if point_fen <= 0 or fen % point_fen:
        raise ValueError(f"{fen} fen are no whole points of {point_fen}")
    return fen // point_fen


def points_back(points: int, fen: int, back_fen: int) -> int:
    """Points that return with `back_fen` of the `fen` that `points` still pay: all with all, whole ones before."""
    if not 0 <= back_fen <= fen:
        raise ValueError(f"{back_fen} of {fen} fen")
    return points if back_fen == fen else points * back_fen // fen
