"""One spreadsheet row by column key. Reading goes on after a bad cell, so that one look shows all that is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from canteen_pos.domain.errors import Refusal
from canteen_pos.reports.cells import BadCell, Cell

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in the cell of column `key`; `code` and `facts` make the sentence in `wording`."""

    key: str
    code: str
    facts: Mapping[str, Any]


class Row:
    """`troubles` holds what was found wrong so far; a row may be used only while it is empty."""

    def __init__(self, values: Mapping[str, Cell]) -> None:
        self._values = values
        self.troubles: list[Trouble] = []

    def cell(self, key: str) -> Cell:
        return self._values.get(key)

    def read(self, key: str, how: Callable[[Cell], Value], otherwise: Value) -> Value:
        """The cell of `key` as `how` understands it; `otherwise` after noting why it does not."""
        try:
            return how(self.cell(key))
        except BadCell as bad:
            self.bad(key, bad.code, **bad.facts)
        except Refusal as refusal:
            self.bad(key, refusal.code, **refusal.facts)
        return otherwise

    def bad(self, key: str, code: str, **facts: object) -> None:
        """Note something wrong; the first thing said of a cell stands."""
        if not any(trouble.key == key for trouble in self.troubles):
            self.troubles.append(Trouble(key, code, facts))
