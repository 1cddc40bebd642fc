"""One card, many spellings: readers give its number in decimal or hexadecimal, with either byte order, padded or not."""

import re

_SEPARATORS = re.compile(r"[\s:.-]")
_UID_BYTES = (4, 7)
"""Lengths of the serial numbers of the cards canteens use (MIFARE Classic and the longer ones)."""
_PADDED = (4, 5, 6, 8, 10)
_LONGEST = 64
"""No card or code on paper says more; what is longer was not meant for us."""


def normal_code(text: str) -> str:
    """What is stored: upper case, without separators and without anything that is not a letter or digit. '' if none."""
    code = _SEPARATORS.sub("", text).upper()
    return code if code.isascii() and code.isalnum() and len(code) <= _LONGEST else ""


def candidate_codes(text: str) -> tuple[str, ...]:
    """Spellings under which the card read as `text` may be known, the likeliest first; () for an unreadable text.

    The text itself comes first, so an exact match wins over a reading in another base.
    """
    code = normal_code(text)
    if not code:
        return ()
    spellings = [code]
    if code.isdigit():
        spellings += _decimals(int(code))
    for value, size in _readings(code):
        for number in (value, _turned(value, size)):
            spellings += [f"{number:0{2 * size}X}", *_decimals(number)]
    return tuple(dict.fromkeys(spellings))


def _readings(code: str) -> list[tuple[int, int]]:
    """(value, bytes) of serial numbers that `code` can mean."""
    is_hex = all(letter in "0123456789ABCDEF" for letter in code)
    found = [(int(code, 16), size) for size in _UID_BYTES if is_hex and len(code) == 2 * size]
    if code.isdigit():
        value = int(code)
        size = next((size for size in _UID_BYTES if value < 256**size), 0)
        if size and value >= 256 ** (size - 1):  # a short number is a printed one, not a serial number
            found.append((value, size))
    return found


def _turned(value: int, size: int) -> int:
    return int.from_bytes(value.to_bytes(size, "big"), "little")


def _decimals(value: int) -> list[str]:
    plain = str(value)
    return [plain, *(plain.zfill(width) for width in _PADDED if width > len(plain))]
