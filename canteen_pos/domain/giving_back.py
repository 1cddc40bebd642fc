"""How a sale is undone, whole or in part: stored amounts cut up, money to where it came from. Nothing is priced anew."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from canteen_pos.domain.bill import Kind
from canteen_pos.domain.money import half_up, spread
from canteen_pos.domain.refund_split import refund_part
from canteen_pos.domain.sale import DocumentClaim, DocumentLine, DocumentShare
from canteen_pos.domain.settling import CashRounding, rounded_cash

Body = Mapping[str, Any]
"""The hashed text of a document, read back."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where money of a sale came from, with what is still to be given back to it."""

    tender: str
    purse: str
    voucher: str
    issuer: str
    reference: str
    fen: int = 0


def sources(bodies: Iterable[Body]) -> tuple[Source, ...]:
    """What a sale, its corrections and its refunds together still hold, by source, in the order first paid.

    Cash that a refund paid in place of a closed purse counts as given back to that purse.
    """
    found: dict[Source, int] = {}
    for body in bodies:
        instead = {seq: (tender, purse, fen) for seq, tender, purse, fen in body["extra"].get("instead", ())}
        for seq, payment in enumerate(body["payments"], start=1):
            if seq in instead:
                tender, purse, back_fen = instead[seq]
                source, fen = Source(tender, purse, "", "", ""), -back_fen
            else:
                names = ("tender", "purse", "voucher", "issuer", "reference")
                source, fen = Source(*(payment[name] for name in names)), payment["fen"]
            found[source] = found.get(source, 0) + fen
    return tuple(replace(source, fen=fen) for source, fen in found.items() if fen)


def refunded_units(refunds: Iterable[Body]) -> dict[int, int]:
    """How many units of each line went back already."""
    total: dict[int, int] = {}
    for body in refunds:
        for line in body["lines"]:
            total[line["no"]] = total.get(line["no"], 0) + line["quantity"]
    return total


@dataclass(frozen=True, slots=True)
class PartBack:
    """One line's part that goes back: amounts positive, as they were given."""

    line: DocumentLine
    shares: tuple[DocumentShare, ...]


def part_back(sale: Body, line: Mapping[str, Any], already: int, wanted: int) -> PartBack:
    """`wanted` units of a stored line, after `already` went back. ValueError when fewer are left."""
    stored = [share for share in sale["shares"] if share[0] == line["no"]]
    list_fen, pays_fen, shares_fen = refund_part(
        line["list_fen"],
        line["pays_fen"],
        tuple(share[-1] for share in stored),
        line["quantity"],
        already,
        wanted,
    )
    back = DocumentLine(
        line_no=line["no"],
        item=line["item"],
        name=line["name"],
        kind=line["kind"],
        portion=line["portion"],
        quantity=wanted,
        grams=line["grams"],
        list_fen=list_fen,
        pays_fen=pays_fen,
        choices=tuple(line["choices"]),
        reason=line["reason"],
    )
    shares = tuple(
        DocumentShare(no, fund, rule, version, pack, fen)
        for (no, fund, rule, version, pack, _), fen in zip(stored, shares_fen, strict=True)
        if fen
    )
    return PartBack(back, shares)


def money_back(
    pays_fen: int, left: Sequence[Source], *, everything: bool, rounding: CashRounding
) -> tuple[tuple[Source, ...], int]:
    """What each source gets back (fen > 0), and the rounding in it: money = pays_fen + rounding.

    When everything is back, each source gets all that is left of it. Before, pro rata, cash rounded where the
    canteen rounds, never beyond what is left.
    """
    whole = sum(source.fen for source in left)
    if everything:
        parts = [source.fen for source in left]
    else:
        parts = list(spread(min(pays_fen, whole), [source.fen for source in left]))
        for place, source in enumerate(left):
            if source.tender == "cash":
                parts[place] = min(source.fen, rounded_cash(parts[place], rounding))
    back = tuple(replace(source, fen=fen) for source, fen in zip(left, parts, strict=True) if fen)
    return back, sum(parts) - pays_fen


@dataclass(frozen=True, slots=True)
class Instead:
    """Cash in place of a closed purse: what it stands for. `seq` is its place among the payments, from 1."""

    seq: int
    tender: str
    purse: str
    fen: int


def in_cash(
    money: Sequence[Source], closed: Collection[str], rounding: CashRounding
) -> tuple[tuple[Source, ...], tuple[Instead, ...], int]:
    """`money` with cash where a source is a closed purse; what that cash stands for; and what rounding it adds.

    A bonus is never paid out: it stays with its purse and lapses there.
    """
    given, instead, rounded = [], [], 0
    for seq, source in enumerate(money, start=1):
        if source.purse not in closed or source.tender == "wallet_bonus":
            given.append(source)
            continue
        fen = rounded_cash(source.fen, rounding)
        given.append(Source("cash", "", "", "", "", fen))
        instead.append(Instead(seq, source.tender, source.purse, source.fen))
        rounded += fen - source.fen
    return tuple(given), tuple(instead), rounded


def benefit_is_back(sale: Body, refunds: Sequence[Body], rules: Sequence[str], *, everything: bool) -> bool:
    """Whether all that these rules ('pack/rule') gave on this sale has gone back."""
    if everything:
        return True
    gave = given_by(sale, rules)
    return gave > 0 and gave + sum(given_by(refund, rules) for refund in refunds) == 0


def given_by(body: Body, rules: Sequence[str]) -> int:
    """Fen that these rules gave or let claim in one document; below zero in a refund."""
    gave = [(pack, rule, fen) for _, _, rule, _, pack, fen in body["shares"]]
    gave += [(pack, rule, fen) for _, _, rule, _, pack, fen, *_ in body["claims"]]
    return sum(fen for pack, rule, fen in gave if f"{pack}/{rule}" in rules)


def claims_back(sale: Body, refunds: Sequence[Body], units: Mapping[int, int]) -> tuple[DocumentClaim, ...]:
    """What falls of each claim with a refund of `units` by line, below zero.

    Reckoned as what had fallen after the refund less what had fallen before, so any steps add up to the claim.
    """
    before = refunded_units(refunds)
    after = {no: before.get(no, 0) + units.get(no, 0) for no in {*before, *units}}
    return tuple(
        replace(claim, fen=-fallen, parts=())
        for claim in [DocumentClaim(*text) for text in sale["claims"]]
        if (fallen := _fallen(sale, claim, after) - _fallen(sale, claim, before))
    )


def _fallen(sale: Body, claim: DocumentClaim, back: Mapping[int, int]) -> int:
    """How much of a claim may no longer be claimed once `back` units by line are back.

    What was reckoned on a line falls with its units; a fixed amount with the last unit of its lines; all of it with
    the last food: a box or a ride that was paid for is nothing the canteen could claim a meal for.
    """
    sold = {line["no"]: line["quantity"] for line in sale["lines"]}
    eaten = {no: quantity - back.get(no, 0) for no, quantity in sold.items()}
    food = [line["no"] for line in sale["lines"] if not Kind(line["kind"]).is_fee] or list(sold)
    rests_on = [no for no, _, _ in claim.parts] or food
    if not any(eaten[no] for no in food) or not any(eaten[no] for no in rests_on):
        return claim.fen
    # a claim on some units of a line only (the rule had a limit) rests on those that are left, as long as they reach
    return sum(half_up(of_line * max(0, units - eaten[no]), units) for no, units, of_line in claim.parts)


def budget_back(sale: Body, refunds: Sequence[Body], budget: Sequence[Any], *, everything: bool) -> int:
    """What goes back into a budget now: in step with the shares that drew on it, to the fen when all are back."""
    name, fen, rules = budget
    returned = -sum(one[1] for refund in refunds for one in refund["budgets"] if one[0] == name)
    if everything:
        return int(fen - returned)
    gave = given_by(sale, rules)
    if not gave:
        return 0
    back = -sum(given_by(refund, rules) for refund in refunds)
    return int(fen * back // gave - returned)
