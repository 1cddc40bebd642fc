"""Merged cells: only the first holds the value, and the rest read as empty."""

import re
from collections.abc import Iterable

_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


class Merges:
    """Ranges like 'D5:D9', asked cell by cell."""

    def __init__(self, ranges: Iterable[str]) -> None:
        self._by_row: dict[int, list[tuple[int, int, bool, str]]] = {}
        for text in ranges:
            left, top, right, bottom = _RANGE.fullmatch(text).groups()  # type: ignore[union-attr]
            for row in range(int(top), int(bottom) + 1):
                self._by_row.setdefault(row, []).append(
                    (place_of(left), place_of(right), row == int(top), text)
                )

    def covering(self, row: int, place: int) -> str:
        """The range that hides this cell's value; '' when it shows its own."""
        for left, right, top, text in self._by_row.get(row, ()):
            if left <= place <= right and not (top and place == left):
                return text
        return ""


def place_of(letters: str) -> int:
    """'A' -> 0, 'AA' -> 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def column_letters(place: int) -> str:
    """0 -> 'A', 26 -> 'AA'."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
