"""Errors by whose fault they are. A refusal is the canteen saying no, kindly; `wording` makes the sentence."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Refusal(Exception):
    """The request cannot be done as asked; nothing was written.

    `code` is a dotted name such as 'sale.amount_changed' that `wording` knows; `facts` fill its sentence (amounts in
    fen end in `_fen`). Facts hold no national ID numbers.
    """

    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


def refuse(code: str, **facts: Any) -> Refusal:
    """`raise refuse('shift.none_open', till='T1')`."""
    return Refusal(code, facts)
