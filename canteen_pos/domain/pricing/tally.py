"""How far one quote has come: what is left of each unit, who gave what, which quotas and budgets were drawn on.

A unit is one portion of one line. Units stand in canonical order (by what the lines are, then by their key), so that
nothing depends on the order in which lines were entered.
"""

from dataclasses import dataclass

from canteen_pos.domain.bill import Line, Meal, Use
from canteen_pos.domain.conditions import SpendBase
from canteen_pos.domain.lines import Lines
from canteen_pos.domain.money import spread
from canteen_pos.domain.policy import Frame, Quota, Rule, Version
from canteen_pos.domain.quote import Applied, Claimed, Refused, Share


def _canonical(line: Line) -> tuple[str, str, str, int, int, int, int, str]:
    return (
        line.kind.value,
        line.item,
        line.category,
        line.unit_fen,
        line.grams,
        line.per_grams,
        line.quantity,
        line.key,
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """The lines and units that a rule looks at, by their places, and what they cost at list price."""

    lines: list[int]
    units: list[int]
    list_fen: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What to go back to when an alternative was only tried."""

    left: list[int]
    line_left: list[int]
    gifts: int
    applied: int
    refused: int
    claims: int
    quotas: dict[str, tuple[Quota, int]]
    budgets: dict[str, int]
    paid: dict[str, None]
    paid_funds: dict[str, None]


class Tally:
    """Working state of one quote; also the scene that conditions look at.

    `left` is what is left to pay of each unit, `line_left` of each line: always its sum.
    """

    __slots__ = (
        "_selections",
        "_units_of",
        "_uses",
        "age",
        "applied",
        "budgets",
        "bundle_left",
        "bundle_room",
        "claims",
        "each",
        "gifts",
        "guards",
        "left",
        "line_left",
        "line_of",
        "lines",
        "meal",
        "paid",
        "paid_funds",
        "quotas",
        "refused",
    )

    def __init__(self, meal: Meal) -> None:
        self.meal = meal
        self.age = meal.diner.age_on(meal.day) if meal.diner is not None else None
        self.lines = sorted(meal.lines, key=_canonical)
        self.each: list[int] = []
        self.line_of: list[int] = []
        self.line_left: list[int] = []
        self._units_of: list[list[int]] = []
        for place, line in enumerate(self.lines):
            each, quantity, first = line.each_fen, line.quantity, len(self.each)
            self.each.extend([each] * quantity)
            self.line_of.extend([place] * quantity)
            self.line_left.append(each * quantity)
            self._units_of.append(list(range(first, first + quantity)))
        self.left = list(self.each)
        self.gifts: list[tuple[str, Rule, Version, dict[int, int]]] = []
        self.applied: list[Applied] = []
        self.refused: list[Refused] = []
        self.claims: list[Claimed] = []
        self.quotas: dict[str, tuple[Quota, int]] = {}
        self.budgets: dict[str, int] = {}
        self.paid: dict[str, None] = {}
        self.paid_funds: dict[str, None] = {}
        self.guards: list[tuple[str, Frame]] = []
        self.bundle_left: list[int] | None = None
        self.bundle_room: int | None = None
        self._selections: dict[int, Selection] = {}
        self._uses: dict[str, list[Use]] | None = None

    def spend_fen(self, base: SpendBase, lines: Lines) -> int:
        selection = self.selection(lines)
        if base == "list":
            return selection.list_fen
        return sum([self.line_left[place] for place in selection.lines])

    def has_paid(self, rules: tuple[str, ...], funds: tuple[str, ...]) -> list[str]:
        by_rule = [rule for rule in rules if rule in self.paid]
        return by_rule + [fund for fund in funds if fund in self.paid_funds]

    def selection(self, lines: Lines) -> Selection:
        """What `lines` takes of this bill."""
        # by identity: the packs keep their values alive, and hashing five sets costs more than the rest
        found = self._selections.get(id(lines))
        if found is None:
            places = [place for place, line in enumerate(self.lines) if lines.take(line)]
            units = [unit for place in places for unit in self._units_of[place]]
            found = Selection(places, units, sum([self.each[unit] for unit in units]))
            self._selections[id(lines)] = found
        return found

    def uses(self, quota: Quota) -> list[Use]:
        """Earlier uses of `quota` in the window of this meal."""
        if self._uses is None:
            self._uses = {}
            for use in self.meal.uses:
                self._uses.setdefault(use.quota, []).append(use)
        of_name = self._uses.get(quota.name)
        return quota.in_window(of_name, self.meal.day, self.meal.period) if of_name else []

    def take_from_lines(self, fen: int, places: list[int]) -> dict[int, int]:
        """Lower lines by `fen` in all: pro rata by what is left on each line, then on each of its units.

        Returns the part of each line that gave any.
        """
        left, line_left = self.left, self.line_left
        parts = spread(fen, [line_left[place] for place in places])
        by_line: dict[int, int] = {}
        for place, part in zip(places, parts, strict=True):
            if not part:
                continue
            by_line[place] = part
            line_left[place] -= part
            units = self._units_of[place]
            if len(units) == 1:
                left[units[0]] -= part
            else:
                for unit, of_unit in zip(units, spread(part, [left[unit] for unit in units]), strict=True):
                    left[unit] -= of_unit
        return by_line

    def spread_over_units(self, fen: int, units: list[int]) -> list[int]:
        """Parts of `fen` for some `units`, which stand line by line: over their lines first, then within each."""
        by_line: dict[int, list[int]] = {}
        for unit in units:
            by_line.setdefault(self.line_of[unit], []).append(self.left[unit])
        on_lines = list(by_line.values())
        parts: list[int] = []
        for part, on_units in zip(spread(fen, [sum(each) for each in on_lines]), on_lines, strict=True):
            parts.extend(spread(part, on_units))
        return parts

    def take_from_units(self, parts: list[int], units: list[int]) -> dict[int, int]:
        """Lower `units` by `parts`; returns the part of each line that gave any."""
        by_line: dict[int, int] = {}
        for unit, part in zip(units, parts, strict=True):
            if part:
                place = self.line_of[unit]
                self.left[unit] -= part
                self.line_left[place] -= part
                by_line[place] = by_line.get(place, 0) + part
        return by_line

    def shares_by_line(self) -> list[list[Share]]:
        """Shares of each line, lines in canonical order, shares in the order they were given."""
        shares: list[list[Share]] = [[] for _ in self.lines]
        for pack_id, rule, version, by_line in self.gifts:
            for place, fen in by_line.items():
                shares[place].append(Share(rule.fund, rule.id, version.name, fen, pack_id))
        return shares

    def mark(self) -> Mark:
        return Mark(
            left=list(self.left),
            line_left=list(self.line_left),
            gifts=len(self.gifts),
            applied=len(self.applied),
            refused=len(self.refused),
            claims=len(self.claims),
            quotas=dict(self.quotas),
            budgets=dict(self.budgets),
            paid=dict(self.paid),
            paid_funds=dict(self.paid_funds),
        )

    def gain_since(self, mark: Mark) -> tuple[int, int]:
        """(fen the price fell by, fen more to claim) since `mark`."""
        return sum(mark.left) - sum(self.left), sum(claim.fen for claim in self.claims[mark.claims :])

    def rewind(self, mark: Mark) -> None:
        self.left = list(mark.left)
        self.line_left = list(mark.line_left)
        del self.gifts[mark.gifts :]
        del self.applied[mark.applied :]
        del self.refused[mark.refused :]
        del self.claims[mark.claims :]
        self.quotas = dict(mark.quotas)
        self.budgets = dict(mark.budgets)
        self.paid = dict(mark.paid)
        self.paid_funds = dict(mark.paid_funds)
