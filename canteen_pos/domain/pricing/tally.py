"""How far one quote has come: what is left of each unit, who gave what, which quotas and budgets were drawn on.

A unit is one portion of one line. Units stand in canonical order (by what the lines are, then by their key), so that
nothing depends on the order in which lines were entered.
"""

from dataclasses import dataclass

from canteen_pos.domain.bill import Line, Meal, Use
from canteen_pos.domain.conditions import Condition, SpendBase
from canteen_pos.domain.lines import Lines
from canteen_pos.domain.money import spread
from canteen_pos.domain.policy import Quota, Rule, Version
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
class Mark:
    """What to go back to when an alternative was only tried."""

    left: list[int]
    gifts: int
    applied: int
    refused: int
    claims: int
    quotas: dict[str, tuple[Quota, int]]
    budgets: dict[str, int]
    paid: dict[str, None]
    paid_funds: dict[str, None]


class Tally:
    """Working state of one quote; also the scene that conditions look at."""

    __slots__ = (
        "_age",
        "_eligible",
        "_meal",
        "_uses",
        "applied",
        "budgets",
        "bundle_left",
        "bundle_room",
        "claims",
        "each",
        "gifts",
        "guards",
        "left",
        "line_of",
        "lines",
        "paid",
        "paid_funds",
        "quotas",
        "refused",
    )

    def __init__(self, meal: Meal) -> None:
        self._meal = meal
        self._age = meal.diner.age_on(meal.day) if meal.diner is not None else None
        self.lines = sorted(meal.lines, key=_canonical)
        self.line_of = [place for place, line in enumerate(self.lines) for _ in range(line.quantity)]
        self.each = [line.each_fen for line in self.lines for _ in range(line.quantity)]
        self.left = list(self.each)
        self.gifts: list[tuple[str, Rule, Version, dict[int, int]]] = []
        self.applied: list[Applied] = []
        self.refused: list[Refused] = []
        self.claims: list[Claimed] = []
        self.quotas: dict[str, tuple[Quota, int]] = {}
        self.budgets: dict[str, int] = {}
        self.paid: dict[str, None] = {}
        self.paid_funds: dict[str, None] = {}
        self.guards: list[Condition] = []
        self.bundle_left: list[int] | None = None
        self.bundle_room: int | None = None
        self._eligible: dict[Lines, list[int]] = {}
        self._uses: dict[str, list[Use]] | None = None

    @property
    def meal(self) -> Meal:
        return self._meal

    @property
    def age(self) -> int | None:
        return self._age

    def spend_fen(self, base: SpendBase, lines: Lines) -> int:
        amounts = self.each if base == "list" else self.left
        return sum(amounts[unit] for unit in self.eligible(lines))

    def has_paid(self, rules: tuple[str, ...], funds: tuple[str, ...]) -> list[str]:
        return [rule for rule in rules if rule in self.paid] + [
            fund for fund in funds if fund in self.paid_funds
        ]

    def eligible(self, lines: Lines) -> list[int]:
        """Places of the units that `lines` takes."""
        found = self._eligible.get(lines)
        if found is None:
            taken = [lines.take(line) for line in self.lines]
            found = [unit for unit, place in enumerate(self.line_of) if taken[place]]
            self._eligible[lines] = found
        return found

    def uses(self, quota: Quota) -> list[Use]:
        """Earlier uses of `quota` in the window of this meal."""
        if self._uses is None:
            self._uses = {}
            for use in self._meal.uses:
                self._uses.setdefault(use.quota, []).append(use)
        of_name = self._uses.get(quota.name)
        return quota.in_window(of_name, self._meal.day, self._meal.period) if of_name else []

    def spread_over_lines(self, amount_fen: int, units: list[int]) -> list[int]:
        """Parts of `amount_fen` for `units`: pro rata by what is left on each line, then on each unit of it."""
        left, line_of = self.left, self.line_of
        by_line: dict[int, list[int]] = {}
        for unit in units:
            place = line_of[unit]
            if place in by_line:
                by_line[place].append(left[unit])
            else:
                by_line[place] = [left[unit]]
        on_lines = list(by_line.values())  # units stand line by line, so these parts join in the units' order
        parts: list[int] = []
        for part, on_units in zip(
            spread(amount_fen, [sum(each) for each in on_lines]), on_lines, strict=True
        ):
            if len(on_units) == 1:
                parts.append(part)
            else:
                parts.extend(spread(part, on_units))
        return parts

    def give(self, pack_id: str, rule: Rule, version: Version, units: list[int], parts: list[int]) -> None:
        """Lower what is left of `units` by `parts` and note the rule's share on each line."""
        left, line_of = self.left, self.line_of
        by_line: dict[int, int] = {}
        for unit, part in zip(units, parts, strict=True):
            if part:
                left[unit] -= part
                place = line_of[unit]
                by_line[place] = by_line.get(place, 0) + part
        self.gifts.append((pack_id, rule, version, by_line))

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
        del self.gifts[mark.gifts :]
        del self.applied[mark.applied :]
        del self.refused[mark.refused :]
        del self.claims[mark.claims :]
        self.quotas = dict(mark.quotas)
        self.budgets = dict(mark.budgets)
        self.paid = dict(mark.paid)
        self.paid_funds = dict(mark.paid_funds)
