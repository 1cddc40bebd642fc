"""A key as letters a person can copy from paper: eight groups of five, the fifth of each proves the four before it.

The letters are Crockford's: no I, L, O, U, and who types them anyway is understood. The proving letter is a weighted sum
in the field of 32 elements: one wrong letter, two letters that changed places and groups that changed places are found, and
the group is named.
"""

import re
import unicodedata
from collections.abc import Sequence

from canteen_pos.domain.errors import refuse

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, DATA = 8, 4
KEY_BYTES = GROUPS * DATA * 5 // 8
_ALIKE = str.maketrans("ILOU", "110V")
_BETWEEN = re.compile(r"[\s\-–—_.,:;，。；：、/|]+")


def groups_of(key: bytes) -> tuple[str, ...]:
    """The key as it is printed: 'K7Q2M', ... ValueError for a key of another length."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    whole = int.from_bytes(key, "big")
    values = [whole >> 5 * place & 31 for place in reversed(range(GROUPS * DATA))]
    groups = []
    for number in range(GROUPS):
        data = values[number * DATA : (number + 1) * DATA]
        groups.append("".join(LETTERS[value] for value in (*data, _proof(number, data))))
    return tuple(groups)


def read(typed: str | Sequence[str]) -> bytes:
    """The key back from what was typed or scanned: one text, or the groups one by one.

    Refusal 'id_key.groups' (found=, wanted=) when it is not eight groups, 'id_key.mistyped' (groups=) naming those that
    do not prove themselves.
    """
    groups = _split(typed)
    if len(groups) != GROUPS:
        raise refuse("id_key.groups", found=len(groups), wanted=GROUPS)
    values = [_values(group) for group in groups]
    wrong = [number + 1 for number, group in enumerate(values) if not _proves(number, group)]
    if wrong:
        raise refuse("id_key.mistyped", groups=wrong)
    whole = 0
    for group in values:
        for value in group[:DATA]:
            whole = whole << 5 | value
    return whole.to_bytes(KEY_BYTES, "big")


def _split(typed: str | Sequence[str]) -> list[str]:
    if not isinstance(typed, str):
        return ["".join(_parts(one)) for one in typed]
    parts = _parts(typed)
    if len(parts) == GROUPS:
        return parts
    whole = "".join(parts)
    size = DATA + 1
    return [whole[place : place + size] for place in range(0, len(whole), size)]


def _parts(text: str) -> list[str]:
    """Full-width letters are letters; small ones are capitals."""
    return [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", text).upper()) if part]


def _values(group: str) -> list[int]:
    """-1 for what is no letter of ours."""
    return [LETTERS.find(letter) for letter in group.translate(_ALIKE)]


def _proves(number: int, group: Sequence[int]) -> bool:
    fits = len(group) == DATA + 1 and min(group) >= 0
    return fits and _proof(number, group[:DATA]) == group[DATA]


def _proof(number: int, data: Sequence[int]) -> int:
    """Weights differ from place to place and from 1, and each group adds a number of its own."""
    total, weight = number + 1, 1
    for value in data:
        weight = _times(weight, 2)
        total ^= _times(weight, value)
    return total


def _times(left: int, right: int) -> int:
    """Product in GF(32), modulo x^5 + x^2 + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 32:
            left ^= 0b100101
        right >>= 1
    return product
