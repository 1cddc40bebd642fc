"""One rule's benefit: on which units, how much, within which limits, and the shares it leaves on the lines."""

from typing import NamedTuple

from canteen_pos.domain.money import spread
from canteen_pos.domain.policy import Base, Effect, Per, Rule, Version
from canteen_pos.domain.pricing import limits
from canteen_pos.domain.pricing.tally import Tally
from canteen_pos.domain.quote import Applied, Claimed, Reason

NO_LINES = Reason("lines.none", {})
NOTHING_LEFT = Reason("left.nothing", {})


class _Benefit(NamedTuple):
    """`fen` reckoned on `base_fen`; parts for each of `units`, or None when it is to be spread over the lines."""

    units: list[int]
    base_fen: int
    fen: int
    parts: list[int] | None


def blocked(tally: Tally, version: Version) -> Reason | None:
    """The first condition or used-up quota that forbids `version`."""
    reason = version.when.refusal(tally)
    if reason is not None:
        return reason
    for quota in version.quotas:
        reason = limits.closed(tally, quota)
        if reason is not None:
            return reason
    return None


def give(tally: Tally, pack_id: str, rule: Rule, version: Version) -> Reason | None:
    """Let `version`, whose conditions hold, give; or why it gives nothing."""
    effect = version.effect
    units = tally.eligible(version.lines)
    if not units:
        return NO_LINES
    benefit = _claim(tally, effect, units) if effect.claim else _price(tally, effect, units)
    if benefit is None:
        return NOTHING_LEFT
    if benefit.fen == 0:
        return Reason("effect.nothing", {"base_fen": benefit.base_fen})
    granted = limits.allowed(tally, version, benefit.fen)
    if isinstance(granted, Reason):
        return granted
    facts = {
        name: fact for guard in (*tally.guards, version.when) for name, fact in guard.facts(tally).items()
    }
    facts["base_fen"] = benefit.base_fen
    if granted < benefit.fen:
        facts["before_limits_fen"] = benefit.fen
    _write_down(tally, pack_id, rule, version, benefit, granted)
    limits.draw(tally, version, granted)
    price_fen, claim_fen = (0, granted) if effect.claim else (granted, 0)
    tally.applied.append(
        Applied(
            pack_id, rule.id, version.name, rule.fund, price_fen, rule.title, facts, effect.claim, claim_fen
        )
    )
    return None


def _write_down(
    tally: Tally, pack_id: str, rule: Rule, version: Version, benefit: _Benefit, granted: int
) -> None:
    tally.paid[f"{pack_id}/{rule.id}"] = None
    if version.effect.claim:
        tally.claims.append(Claimed(version.effect.claim, rule.fund, rule.id, version.name, granted, pack_id))
        return
    tally.paid_funds[rule.fund] = None
    parts = benefit.parts
    if parts is None:
        parts = tally.spread_over_lines(granted, benefit.units)
    elif granted < benefit.fen:
        parts = list(spread(granted, parts))
    tally.give(pack_id, rule, version, benefit.units, parts)


def _bases(tally: Tally, effect: Effect) -> list[int]:
    """What each unit is reckoned on."""
    if effect.base is Base.LIST:
        return tally.each
    if effect.base is Base.BUNDLE and tally.bundle_left is not None:
        return tally.bundle_left
    return tally.left


def _dearest(tally: Tally, units: list[int], count: int) -> list[int]:
    """The `count` dearest of `units` by list price, then by what is left, then in canonical order."""
    if count >= len(units):
        return units
    return sorted(sorted(units, key=lambda unit: (-tally.each[unit], -tally.left[unit], unit))[:count])


def _price(tally: Tally, effect: Effect, eligible: list[int]) -> _Benefit | None:
    """What lowers the price; None when nothing is left to pay. Never more than is left."""
    left = tally.left
    units = [unit for unit in eligible if left[unit]]
    if not units:
        return None
    wanted = effect.units or (1 if effect.per is Per.MEAL else 0)
    if wanted:
        units = _dearest(tally, units, wanted)
    bases = _bases(tally, effect)
    if effect.per is Per.BILL:
        # a list price counts whole, also of units that earlier rules have paid off
        base_fen = sum(bases[unit] for unit in (units if wanted else eligible))
        return _Benefit(
            units, base_fen, min(effect.amount(base_fen), sum(left[unit] for unit in units)), None
        )
    parts = [min(effect.amount(bases[unit]), left[unit]) for unit in units]
    return _Benefit(units, sum(bases[unit] for unit in units), sum(parts), parts)


def _claim(tally: Tally, effect: Effect, eligible: list[int]) -> _Benefit:
    """What the canteen may claim; what the diner still pays does not limit it."""
    wanted = effect.units or (1 if effect.per is Per.MEAL else 0)
    units = _dearest(tally, eligible, wanted) if wanted else eligible
    bases = _bases(tally, effect)
    base_fen = sum(bases[unit] for unit in units)
    if effect.per is Per.BILL:
        return _Benefit(units, base_fen, effect.amount(base_fen), None)
    return _Benefit(units, base_fen, sum(effect.amount(bases[unit]) for unit in units), None)
