"""Rules one after another in their stated order, each on what the ones before left to pay."""

from collections.abc import Sequence

from canteen_pos.domain.bill import Meal
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.policy import Bundle, Frame, Group, Item, Pack, Rule, Version, rules_of
from canteen_pos.domain.pricing.giving import blocked, give
from canteen_pos.domain.pricing.limits import free_slot
from canteen_pos.domain.pricing.tally import Tally
from canteen_pos.domain.quote import BudgetTake, QuotaTake, Quote, QuotedLine, Reason, Refused


def quote(packs: Sequence[Pack], meal: Meal) -> Quote:
    """Who pays what for each line of `meal` under `packs`.

    The same answer whatever order packs, rules and lines come in. Refusals: 'pack.twice' when a pack comes twice,
    'bill.key_twice' when two lines share a key.
    """
    if len({line.key for line in meal.lines}) < len(meal.lines):
        raise refuse("bill.key_twice", keys=[line.key for line in meal.lines])
    tally = Tally(meal)
    for pack_id, item in _in_order(packs):
        _item(tally, pack_id, item)
    return _finished(tally)


def _in_order(packs: Sequence[Pack]) -> list[tuple[str, Item]]:
    if len(packs) == 1:
        return [(packs[0].id, item) for item in packs[0].items]
    ids = [pack.id for pack in packs]
    if len(set(ids)) < len(ids):
        raise refuse("pack.twice", pack=next(one for one in ids if ids.count(one) > 1))
    ordered = sorted((item.order, pack.id, place) for pack in packs for place, item in enumerate(pack.items))
    items = {pack.id: pack.items for pack in packs}
    return [(pack_id, items[pack_id][place]) for _, pack_id, place in ordered]


def _item(tally: Tally, pack_id: str, item: Item) -> bool:
    """Let `item` give what it can; whether it gave anything."""
    if isinstance(item, Rule):
        return _rule(tally, pack_id, item)
    frame = item.on(tally.meal.day)
    reason = _shut(tally, item, frame)
    if frame is None or reason is not None:
        for rule in rules_of(item):
            _note(tally, pack_id, rule, rule.on(tally.meal.day), reason or _not_in_force(item.frames))
        return False
    tally.guards.append((item.id, frame))
    try:
        if isinstance(item, Bundle):
            return _bundle(tally, pack_id, item, frame)
        return _first(tally, pack_id, item) if item.pick == "first" else _best(tally, pack_id, item)
    finally:
        tally.guards.pop()


def _shut(tally: Tally, item: Bundle | Group, frame: Frame | None) -> Reason | None:
    """Why a bundle or group as a whole gives nothing today; None when it may."""
    return _not_in_force(item.frames) if frame is None else frame.when.refusal(tally)


def _rule(tally: Tally, pack_id: str, rule: Rule) -> bool:
    version = rule.on(tally.meal.day)
    if version is None:
        _note(tally, pack_id, rule, None, _not_in_force(rule.versions))
        return False
    reason = blocked(tally, version) or give(tally, pack_id, rule, version)
    if reason is None:
        return True
    _note(tally, pack_id, rule, version, reason)
    return False


def _bundle(tally: Tally, pack_id: str, bundle: Bundle, frame: Frame) -> bool:
    tally.bundle_left, tally.bundle_room = list(tally.left), frame.cap_fen
    gave = False
    for rule in bundle.rules:
        gave = _rule(tally, pack_id, rule) or gave
    tally.bundle_left, tally.bundle_room = None, None
    return gave


def _first(tally: Tally, pack_id: str, group: Group) -> bool:
    taken: Reason | None = None
    for option in group.options:
        if taken is not None:
            _pass_over(tally, pack_id, option, taken)
        elif _item(tally, pack_id, option):
            taken = Reason("group.earlier", {"taken": option.title or option.id})
    return taken is not None


def _pass_over(tally: Tally, pack_id: str, option: Rule | Bundle, taken: Reason) -> None:
    """Refuse the rules of `option`: for a reason of their own if they have one, else because another was taken."""
    outer = _shut(tally, option, option.on(tally.meal.day)) if isinstance(option, Bundle) else None
    for rule in rules_of(option):
        version = rule.on(tally.meal.day)
        own = outer or (_not_in_force(rule.versions) if version is None else blocked(tally, version))
        _note(tally, pack_id, rule, version, own or taken)


def _best(tally: Tally, pack_id: str, group: Group) -> bool:
    """Try every option on the same state, then let the best one give."""
    before = tally.mark()
    gains: list[tuple[int, int]] = []
    own_reasons: list[dict[str, Refused]] = []
    for option in group.options:
        _item(tally, pack_id, option)
        gains.append(tally.gain_since(before))
        own_reasons.append({refused.rule: refused for refused in tally.refused[before.refused :]})
        tally.rewind(before)
    winner = gains.index(max(gains))  # the first of equals: options stand in their stated order
    best = group.options[winner]
    better = Reason("group.better", {"taken": best.title or best.id, "fen": gains[winner][0]})
    for place, option in enumerate(group.options):
        if place == winner:
            _item(tally, pack_id, option)
            continue
        for rule in rules_of(option):
            if rule.id in own_reasons[place]:
                tally.refused.append(own_reasons[place][rule.id])
            else:
                _note(tally, pack_id, rule, rule.on(tally.meal.day), better)
    return gains[winner] > (0, 0)


def _not_in_force(dated: Sequence[Version] | Sequence[Frame]) -> Reason:
    first, last = dated[0], dated[-1]
    return Reason(
        "rule.not_in_force",
        {
            "since": first.since.isoformat() if first.since else None,
            "until": last.until.isoformat() if last.until else None,
        },
    )


def _note(tally: Tally, pack_id: str, rule: Rule, version: Version | None, reason: Reason) -> None:
    name = version.name if version is not None else ""
    tally.refused.append(Refused(pack_id, rule.id, name, rule.fund, rule.title, reason))


def _finished(tally: Tally) -> Quote:
    meal = tally.meal
    shares = {line.key: tuple(given) for line, given in zip(tally.lines, tally.shares_by_line(), strict=True)}
    lines = []
    for line in meal.lines:
        given, list_fen = shares[line.key], line.list_fen
        lines.append(QuotedLine(line.key, list_fen, list_fen - sum([share.fen for share in given]), given))
    takes = tuple(
        QuotaTake(
            quota=name,
            unit=quota.per.value,
            window=quota.per.key(meal.day, meal.period),
            slot=free_slot(tally.uses(quota)),
            fen=fen,
            day=meal.day,
            period=meal.period,
        )
        for name, (quota, fen) in sorted(tally.quotas.items())
    )
    return Quote(
        lines=tuple(lines),
        applied=tuple(tally.applied),
        refused=tuple(tally.refused),
        claims=tuple(tally.claims),
        quota_takes=takes,
        budget_takes=tuple(BudgetTake(name, fen) for name, fen in sorted(tally.budgets.items()) if fen),
    )
