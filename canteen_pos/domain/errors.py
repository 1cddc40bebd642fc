"""Errors by whose fault they are. A refusal is the canteen saying no, kindly; `wording` makes the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as filled
from typing import Any


@dataclass(eq=False)
class Refusal(Exception):
    """The request cannot be done as asked; nothing was written.

    `code` is a dotted name such as 'sale.amount_changed' that `wording` knows; `facts` fill its sentence (amounts in
    fen end in `_fen`). Facts hold no national ID numbers.
    """

    code: str
    facts: dict[str, Any] = filled(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


def refuse(code: str, **facts: Any) -> Refusal:
    """`raise refuse('shift.none_open', till='T1')`."""
    return Refusal(code, facts)


Place = tuple[tuple[str, str | int], ...]
"""Where in a file: (('rule', 'city'), ('version', 2)), by names, or by numbers from 1 where there is no name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a file that somebody wrote. `place` is () for the file itself, `field` '' for the whole place.

    `code` and `facts` make the sentence in `wording.faults`.
    """

    file: str
    place: Place
    field: str
    code: str
    facts: Mapping[str, Any] = filled(default_factory=dict)
