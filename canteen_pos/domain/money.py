"""Money is whole fen, kept in plain `int` fields whose names end in `_fen`.

A wrapper type was weighed and dropped: arithmetic on `NewType` falls back to `int`, and a class costs more in the
pricing loop than the mistakes it prevents once every name carries its unit.
"""

import re
from collections.abc import Sequence

_YUAN = re.compile(r"^([-−]?)([0-9]{1,9})(?:\.([0-9]{1,2}))?$")


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` to the nearest whole, halves away from zero (rounding is on the absolute value)."""
    if denominator <= 0:
        raise ValueError(f"denominator must be positive, not {denominator}")
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def weighed_fen(unit_fen: int, grams: int, per_grams: int) -> int:
    """List price in fen of `grams` at `unit_fen` for each `per_grams`."""
    return half_up(unit_fen * grams, per_grams)


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split `total` (>= 0) over `weights` (>= 0), largest remainder first, ties to the earlier place.

    When `total` does not exceed the sum of weights, no part exceeds its weight. With all weights zero a zero total
    gives zeros; anything else cannot be placed and raises ValueError.
    """
    if total < 0 or min(weights, default=0) < 0:
        raise ValueError("spread takes no negative amounts")
    whole = sum(weights)
    if whole == total:
        return tuple(weights)
    if whole == 0:
        raise ValueError(f"{total} fen cannot be spread over nothing")
    parts: list[int] = []
    remainders: list[int] = []
    for weight in weights:
        part, remainder = divmod(total * weight, whole)
        parts.append(part)
        remainders.append(-remainder)
    missing = total - sum(parts)
    if missing:
        # sorting is stable, so of equal remainders the earlier place comes first
        for place in sorted(range(len(parts)), key=remainders.__getitem__)[:missing]:
            parts[place] += 1
    return tuple(parts)


def parse_yuan(text: str) -> int:
    """Fen of an amount in yuan as people type it ('12', '12.5', '12.50', with or without ¥). ValueError if it is none."""
    found = _YUAN.match(text.strip().lstrip("¥￥").strip())
    if not found:
        raise ValueError(f"not an amount in yuan: {text!r}")
    sign, yuan, cents = found.groups()
    fen = int(yuan) * 100 + int((cents or "0").ljust(2, "0"))
    return -fen if sign else fen


def yuan(fen: int) -> str:
    """'12.50'; a minus is '−' (U+2212), as the screens and the paper show it."""
    return f"{'−' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
