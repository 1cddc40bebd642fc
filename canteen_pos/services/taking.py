"""What a sale takes besides money: from funds' budgets; and which rules stand behind a quota or a budget."""

from collections.abc import Sequence
from datetime import date

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.policy import Pack
from canteen_pos.domain.quote import BudgetTake
from canteen_pos.services.quoting import budgets_of
from canteen_pos.storage import budgets
from canteen_pos.storage.engine import Connection


def draw_budgets(conn: Connection, packs: Sequence[Pack], takes: Sequence[BudgetTake]) -> None:
    """Conditional updates, in one order for every till; a pot of which nobody said what it holds has no end.

    Refusal 'budget.short' when another till took it meanwhile.
    """
    if not takes:
        return
    known = budgets_of(packs)
    for take in sorted(takes, key=lambda one: one.budget):
        start_fen = known[take.budget].start_fen if take.budget in known else None
        if not budgets.draw(conn, take.budget, take.fen, start_fen):
            raise refuse("budget.short", budget=take.budget)


def rules_behind(packs: Sequence[Pack], day: date, *, quota: str = "", budget: str = "") -> tuple[str, ...]:
    """'pack/rule' of every rule in force that draws on this quota or budget: a refund asks whether all that
    they gave is back."""
    found = []
    for pack in packs:
        for rule in pack.rules():
            version = rule.on(day)
            if version is None:
                continue
            named = [one.name for one in (version.quotas if quota else version.budgets)]
            if (quota or budget) in named:
                found.append(f"{pack.id}/{rule.id}")
    return tuple(found)
