"""The answer of the one pricing function: who pays what for each line, which rules spoke, which did not and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

OPERATOR = "operator"
"""The fund that stands for the canteen's own discount; every other fund owes the canteen money."""


@dataclass(frozen=True, slots=True)
class Share:
    """`fen` of one line paid by `fund` because of `rule` at `version`."""

    fund: str
    rule: str
    version: str
    fen: int
    pack: str = ""


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """list_fen = pays_fen + the sum of its shares."""

    key: str
    list_fen: int
    pays_fen: int
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule did or did not apply: a code with facts for staff, and one that can be said aloud at the counter.

    `wording.reason_staff(reason, lang)` and `wording.reason_aloud(reason, lang)` make the sentences; the aloud one
    never names a category, a care level or any hardship.
    """

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule that gave `fen` (price) or `claim_fen` (grant that does not lower the price), with the facts it used."""

    pack: str
    rule: str
    version: str
    fund: str
    fen: int
    title: str
    facts: Mapping[str, Any]
    claim: str = ""
    claim_fen: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule that gave nothing, with the first reason."""

    pack: str
    rule: str
    version: str
    fund: str
    title: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """`fen` of a claim were reckoned on `units` of the line `key`: they fall when those units are given back."""

    key: str
    units: int
    fen: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """An amount the canteen may claim because of this meal; it does not lower what the diner pays.

    `parts` are the lines it rests on. Reckoned per unit or in percent, they sum to `fen`; of a fixed amount for the
    meal or the bill they hold nothing, and the amount stands while any of these lines does.
    """

    claim: str
    fund: str
    rule: str
    version: str
    fen: int
    pack: str = ""
    parts: tuple[ClaimPart, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaTake:
    """A quota use this sale must write: `quota` of this person, in the window starting `window` (see policy.Quota).

    `slot` is the free place 0..limit-1 for a counted quota; amounts carry `fen`.
    """

    quota: str
    unit: str
    window: str
    slot: int
    fen: int
    day: date
    period: str


@dataclass(frozen=True, slots=True)
class BudgetTake:
    budget: str
    fen: int


@dataclass(frozen=True, slots=True)
class Quote:
    """list_fen = pays_fen + the sum of all shares. Lines come in the order they were asked."""

    lines: tuple[QuotedLine, ...]
    applied: tuple[Applied, ...]
    refused: tuple[Refused, ...]
    claims: tuple[Claimed, ...]
    quota_takes: tuple[QuotaTake, ...]
    budget_takes: tuple[BudgetTake, ...]

    @property
    def list_fen(self) -> int:
        return sum(line.list_fen for line in self.lines)

    @property
    def pays_fen(self) -> int:
        return sum(line.pays_fen for line in self.lines)

    @property
    def own_discount_fen(self) -> int:
        return self.by_fund_fen.get(OPERATOR, 0)

    @property
    def subsidy_fen(self) -> int:
        """What public and charity funds pay."""
        return self.list_fen - self.pays_fen - self.own_discount_fen

    @property
    def by_fund_fen(self) -> dict[str, int]:
        """Fen by fund, zero shares left out, funds in name order."""
        total: dict[str, int] = {}
        for line in self.lines:
            for share in line.shares:
                total[share.fund] = total.get(share.fund, 0) + share.fen
        return {fund: fen for fund, fen in sorted(total.items()) if fen}

    @property
    def claimable_fen(self) -> dict[str, int]:
        total: dict[str, int] = {}
        for claim in self.claims:
            total[claim.claim] = total.get(claim.claim, 0) + claim.fen
        return {claim: fen for claim, fen in sorted(total.items()) if fen}
