"""The drawer: what should be in it, what was counted, and the difference that is stored for ever."""

from collections.abc import Mapping
from dataclasses import dataclass

from canteen_pos.domain.errors import refuse

DENOMINATIONS_FEN = (10000, 5000, 2000, 1000, 500, 100, 50, 10, 1)
"""Notes and coins of the renminbi in use, largest first; the last one takes odd fen, where they still come in."""


def counted_fen(counts: Mapping[int, int]) -> int:
    """Value of a drawer counted by denomination (fen of one piece -> how many).

    Refusal 'shift.bad_count' when a denomination does not exist or a number is negative.
    """
    for piece_fen, pieces in counts.items():
        if piece_fen not in DENOMINATIONS_FEN or pieces < 0:
            raise refuse("shift.bad_count", piece_fen=piece_fen, pieces=pieces)
    return sum(piece_fen * pieces for piece_fen, pieces in counts.items())


def smallest_pieces(fen: int) -> dict[int, int]:
    """`fen` in the fewest notes and coins: quick amounts, and a count in tests."""
    pieces: dict[int, int] = {}
    for piece_fen in DENOMINATIONS_FEN:
        pieces[piece_fen], fen = divmod(fen, piece_fen)
    return {piece_fen: number for piece_fen, number in pieces.items() if number}


@dataclass(frozen=True, slots=True)
class CashFlow:
    """What moved cash in one shift, each amount as its sign says: money paid back and taken out is negative."""

    float_fen: int = 0
    sales_fen: int = 0
    top_ups_fen: int = 0
    refunds_fen: int = 0
    paid_in_fen: int = 0
    paid_out_fen: int = 0
    other_fen: int = 0

    def __post_init__(self) -> None:
        if self.float_fen < 0 or self.paid_in_fen < 0:
            raise ValueError("the float and cash paid in are not negative")
        if self.refunds_fen > 0 or self.paid_out_fen > 0:
            raise ValueError("refunds and cash taken out are not positive")

    @property
    def expected_fen(self) -> int:
        """Cash that should be in the drawer."""
        return (
            self.float_fen
            + self.sales_fen
            + self.top_ups_fen
            + self.refunds_fen
            + self.paid_in_fen
            + self.paid_out_fen
            + self.other_fen
        )


@dataclass(frozen=True, slots=True)
class Drawer:
    """A finished count. difference_fen is positive when there is more cash than expected."""

    expected_fen: int
    counted_fen: int

    @property
    def difference_fen(self) -> int:
        return self.counted_fen - self.expected_fen


def check_close(drawer: Drawer, reason: str) -> None:
    """A difference never forbids closing; it wants a reason. Refusal 'shift.reason_needed' without naming the amount.

    The count is blind: the sentence must not tell the cashier by how much to change the count.
    """
    if drawer.difference_fen and not reason.strip():
        raise refuse("shift.reason_needed")
