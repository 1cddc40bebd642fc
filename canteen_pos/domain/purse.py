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
