"""Quotas and budgets: whether there is still room, and how much."""

from typing import Any

from canteen_pos.domain.bill import Use
from canteen_pos.domain.conditions import NOBODY
from canteen_pos.domain.policy import Quota, Version
from canteen_pos.domain.pricing.tally import Tally
from canteen_pos.domain.quote import Reason

_PERIOD_RANK = {"breakfast": 0, "lunch": 1, "dinner": 2}


def closed(tally: Tally, quota: Quota) -> Reason | None:
    """Why `quota` lets this person have nothing more now; None when there is room. Nobody has no quota."""
    if tally.meal.diner is None:
        return NOBODY
    already = tally.quotas.get(quota.name)
    if quota.limit is not None:
        if already is not None:
            return None  # this meal's use is taken, and one meal is one use
        uses = tally.uses(quota)
        return (
            None if len(uses) < quota.limit else _used(quota, uses, {"limit": quota.limit, "used": len(uses)})
        )
    if _room(tally, quota) > 0:
        return None
    uses = tally.uses(quota)
    return _used(quota, uses, {"limit_fen": quota.limit_fen, "used_fen": sum(use.fen for use in uses)})


def _room(tally: Tally, quota: Quota) -> int:
    """Fen left in a quota by amount, before and in this meal."""
    already = tally.quotas.get(quota.name)
    used = sum(use.fen for use in tally.uses(quota)) + (already[1] if already is not None else 0)
    return (quota.limit_fen or 0) - used


def _used(quota: Quota, uses: list[Use], numbers: dict[str, Any]) -> Reason:
    """Quota used up, with when and on which document it was last used."""
    facts: dict[str, Any] = {"quota": quota.name, "per": quota.per.value, **numbers}
    if uses:
        last = max(uses, key=lambda use: (use.day, _PERIOD_RANK.get(use.period, 1), use.document))
        facts |= {"day": last.day.isoformat(), "period": last.period, "document": last.document}
    return Reason("quota.used", facts)


def allowed(tally: Tally, version: Version, wanted_fen: int) -> int | Reason:
    """How much of `wanted_fen` its bundle, quotas by amount and budgets leave, or why nothing."""
    granted = wanted_fen
    if tally.bundle_room is not None and not version.effect.claim:
        if tally.bundle_room == 0:
            return Reason("bundle.full", {})
        granted = min(granted, tally.bundle_room)
    for quota in version.quotas:
        if quota.limit_fen is not None:
            room = _room(tally, quota)
            if room < granted and quota.short == "nothing":
                return Reason("quota.short", {"quota": quota.name, "left_fen": room, "needed_fen": granted})
            granted = min(granted, room)
    for budget in version.budgets:
        pot = tally.meal.budgets_fen.get(budget.name)
        if pot is None:
            continue
        room = max(0, pot - tally.budgets.get(budget.name, 0))
        if room == 0:
            return Reason("budget.empty", {"budget": budget.name})
        if room < granted and budget.short == "nothing":
            return Reason("budget.short", {"budget": budget.name, "left_fen": room, "needed_fen": granted})
        granted = min(granted, room)
    return granted


def draw(tally: Tally, version: Version, fen: int) -> None:
    """Note `fen` against the bundle, quotas and budgets of `version`."""
    if tally.bundle_room is not None and not version.effect.claim:
        tally.bundle_room -= fen
    for quota in version.quotas:
        already = tally.quotas.get(quota.name)
        tally.quotas[quota.name] = (quota, fen + (already[1] if already is not None else 0))
    for budget in version.budgets:
        tally.budgets[budget.name] = tally.budgets.get(budget.name, 0) + fen


def free_slot(uses: list[Use]) -> int:
    """The lowest place in the window that no earlier use holds; uses of unknown place hold the lowest ones."""
    held = {use.slot for use in uses if use.slot >= 0}
    skip = sum(1 for use in uses if use.slot < 0)
    slot = 0
    while slot in held or skip > 0:
        if slot not in held:
            skip -= 1
        slot += 1
    return slot
