"""One rule's benefit: on which units, how much, within which limits, and the shares it leaves on the lines."""

from typing import Any, NamedTuple

from canteen_pos.domain.money import spread
from canteen_pos.domain.policy import Base, Effect, Give, Per, Rule, Version
from canteen_pos.domain.pricing import limits
from canteen_pos.domain.pricing.tally import Selection, Tally
from canteen_pos.domain.quote import Applied, Claimed, ClaimPart, Reason

NO_LINES = Reason("lines.none", {})
NOTHING_LEFT = Reason("left.nothing", {})


class _Benefit(NamedTuple):
    """`fen` reckoned on `base_fen`. Without `units` it is spread over whole lines; without `parts` over the units."""

    base_fen: int
    fen: int
    units: list[int] | None = None
    parts: list[int] | None = None


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
    selection = tally.selection(version.lines)
    if not selection.units:
        return NO_LINES
    benefit = _claim(tally, effect, selection) if effect.claim else _price(tally, effect, selection)
    if benefit is None:
        return NOTHING_LEFT
    if benefit.fen == 0:
        return Reason("effect.nothing", {"base_fen": benefit.base_fen})
    granted = limits.allowed(tally, version, benefit.fen)
    if isinstance(granted, Reason):
        return granted
    facts: dict[str, Any] = {}
    for owner, frame in tally.guards:
        facts.update(frame.when.facts(tally))
        if frame.name:
            facts[f"{owner}.version"] = frame.name
    facts.update(version.when.facts(tally))
    facts["base_fen"] = benefit.base_fen
    if granted < benefit.fen:
        facts["before_limits_fen"] = benefit.fen
    tally.paid[f"{pack_id}/{rule.id}"] = None
    limits.draw(tally, version, granted)
    if effect.claim:
        parts = _claim_parts(tally, effect, selection, benefit, granted)
        tally.claims.append(Claimed(effect.claim, rule.fund, rule.id, version.name, granted, pack_id, parts))
        applied = Applied(
            pack_id, rule.id, version.name, rule.fund, 0, rule.title, facts, effect.claim, granted
        )
    else:
        tally.paid_funds[rule.fund] = None
        tally.gifts.append((pack_id, rule, version, _taken(tally, selection, benefit, granted)))
        applied = Applied(pack_id, rule.id, version.name, rule.fund, granted, rule.title, facts)
    tally.applied.append(applied)
    return None


def _taken(tally: Tally, selection: Selection, benefit: _Benefit, granted: int) -> dict[int, int]:
    """Take `granted` off the bill; the part of each line."""
    units, parts = benefit.units, benefit.parts
    if units is None:
        return tally.take_from_lines(granted, selection.lines)
    if parts is None:
        parts = tally.spread_over_units(granted, units)
    elif granted < benefit.fen:
        parts = list(spread(granted, parts))
    return tally.take_from_units(parts, units)


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


def _price(tally: Tally, effect: Effect, selection: Selection) -> _Benefit | None:
    """What lowers the price; None when nothing is left to pay. Never more than is left."""
    wanted = effect.units or (1 if effect.per is Per.MEAL else 0)
    if effect.per is Per.BILL and not wanted:
        room = sum([tally.line_left[place] for place in selection.lines])
        if not room:
            return None
        if effect.base is Base.LEFT:
            base_fen = room
        elif effect.base is Base.LIST:
            # a list price counts whole, also of units that earlier rules have paid off
            base_fen = selection.list_fen
        else:
            bases = _bases(tally, effect)
            base_fen = sum([bases[unit] for unit in selection.units])
        return _Benefit(base_fen, min(effect.amount(base_fen), room))
    left, bases = tally.left, _bases(tally, effect)
    units = [unit for unit in selection.units if left[unit]]
    if not units:
        return None
    if wanted:
        units = _dearest(tally, units, wanted)
    base_fen = sum([bases[unit] for unit in units])
    if effect.per is Per.BILL:
        return _Benefit(base_fen, min(effect.amount(base_fen), sum([left[unit] for unit in units])), units)
    parts = [min(effect.amount(bases[unit]), left[unit]) for unit in units]
    return _Benefit(base_fen, sum(parts), units, parts)


def _claim(tally: Tally, effect: Effect, selection: Selection) -> _Benefit:
    """What the canteen may claim; what the diner still pays does not limit it."""
    wanted = effect.units or (1 if effect.per is Per.MEAL else 0)
    units = _dearest(tally, selection.units, wanted) if wanted else selection.units
    bases = _bases(tally, effect)
    base_fen = sum([bases[unit] for unit in units])
    if effect.per is Per.BILL:
        return _Benefit(base_fen, effect.amount(base_fen), units)
    parts = [effect.amount(bases[unit]) for unit in units]
    return _Benefit(base_fen, sum(parts), units, parts)


def _claim_parts(
    tally: Tally, effect: Effect, selection: Selection, benefit: _Benefit, granted: int
) -> tuple[ClaimPart, ...]:
    """On which lines a claim of `granted` fen rests, and how much of it was reckoned on each."""
    if effect.give is Give.OFF and effect.per is not Per.UNIT:
        lines = [tally.lines[place] for place in selection.lines]
        return tuple([ClaimPart(line.key, line.quantity, 0) for line in lines])
    units = benefit.units or []
    of_units = benefit.parts
    if of_units is None:
        bases = _bases(tally, effect)
        of_units = [bases[unit] for unit in units]
    counts: dict[int, int] = {}
    weights: dict[int, int] = {}
    for unit, fen in zip(units, of_units, strict=True):
        place = tally.line_of[unit]
        counts[place] = counts.get(place, 0) + 1
        weights[place] = weights.get(place, 0) + fen
    split = spread(granted, list(weights.values()))
    return tuple(
        [
            ClaimPart(tally.lines[place].key, counts[place], fen)
            for place, fen in zip(counts, split, strict=True)
        ]
    )
