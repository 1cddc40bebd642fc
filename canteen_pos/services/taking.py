"""What a sale takes besides money: from funds' budgets; and which rules stand behind a quota or a budget."""

from collections.abc import Sequence
from datetime import date

from canteen_pos.domain.errors import refuse
from canteen_pos.domain.policy import Pack
from canteen_pos.domain.quote import BudgetTake
from canteen_pos.services.quoting import budgets_of
from canteen_pos.storage import diners
from canteen_pos.storage.engine import Connection


def draw_budgets(conn: Connection, packs: Sequence[Pack], takes: Sequence[BudgetTake]) -> None:
    """Conditional updates; a budget drawn on for the first time begins with what its pack says.

    Refusal 'budget.short' when another till took it meanwhile.
    """
    for take in sorted(takes, key=lambda one: one.budget):
        if diners.draw_budget(conn, take.budget, take.fen):
            continue
        known = budgets_of(packs).get(take.budget)
        if diners.budgets(conn, (take.budget,)) or known is None or known.start_fen is None:
            raise refuse("budget.short", budget=take.budget)
        diners.open_budgets(conn, {take.budget: known.start_fen})
        if not diners.draw_budget(conn, take.budget, take.fen):
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
