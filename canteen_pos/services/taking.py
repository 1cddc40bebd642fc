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
    if not takes:
        return
    known = budgets_of(packs)
    for take in sorted(takes, key=lambda one: one.budget):
        start_fen = known[take.budget].start_fen if take.budget in known else None
        if start_fen is not None:
            diners.open_budgets(conn, {take.budget: start_fen})
            diners.restart_budget(conn, take.budget, start_fen)
        if diners.draw_budget(conn, take.budget, take.fen):
            continue
        if start_fen is not None or diners.budgets(conn, {take.budget: None}):
            raise refuse("budget.short", budget=take.budget)
        # else nobody said what it holds: it has no end, as pricing takes it


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
