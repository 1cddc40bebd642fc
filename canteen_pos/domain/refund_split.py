"""How much of a stored line goes back when only some of its units are refunded.

A refund never computes prices again: it cuts up the stored amounts. The line is cut unit by unit, each unit
taking its part of what the units before it left over, so any sequence of part refunds adds up to the stored line
to the fen, no part is negative, and what was given back does not depend on how units were grouped into refunds.
"""

from canteen_pos.domain.money import half_up, spread


def refund_part(
    line_list_fen: int,
    pays_fen: int,
    shares_fen: tuple[int, ...],
    quantity: int,
    already_refunded: int,
    wanted: int,
) -> tuple[int, int, tuple[int, ...]]:
    """(list_fen, pays_fen, shares_fen) of `wanted` units, after `already_refunded` of `quantity` went back.

    Amounts are the stored ones, not negative, with line_list_fen = pays_fen + sum(shares_fen); the answer keeps
    that equation. Raises ValueError when the line does not add up or fewer than `wanted` units are left.
    """
    if min(line_list_fen, pays_fen, *shares_fen, 0) < 0 or line_list_fen != pays_fen + sum(shares_fen):
        raise ValueError("the stored line does not add up")
    if wanted < 1 or already_refunded < 0 or already_refunded + wanted > quantity:
        raise ValueError(f"cannot refund {wanted} of {quantity} units, {already_refunded} are already back")
    left = [pays_fen, *shares_fen]
    taken = [0] * len(left)
    for unit in range(already_refunded + wanted):
        of_unit = half_up(line_list_fen * (unit + 1), quantity) - half_up(line_list_fen * unit, quantity)
        parts = spread(of_unit, left)
        left = [before - part for before, part in zip(left, parts, strict=True)]
        if unit >= already_refunded:
            taken = [before + part for before, part in zip(taken, parts, strict=True)]
    return sum(taken), taken[0], tuple(taken[1:])
