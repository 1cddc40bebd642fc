"""Merged cells: only the first holds the value, and the rest read as empty."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
MOST_COLUMNS = 200
"""As far to the right as anybody looks. True ranges do not overlap, so no more than so many cross a row."""


@dataclass(frozen=True, slots=True)
class _Range:
    left: int
    top: int
    right: int
    bottom: int
    text: str


class Merges:
    """Ranges like 'D5:D9', asked cell by cell; quickest when the rows are asked from top to bottom."""

    def __init__(self, ranges: Iterable[str]) -> None:
        read = (one for one in map(_read, ranges) if one.left < MOST_COLUMNS)
        self._ranges = sorted(read, key=lambda one: one.top)
        self._start()

    def covering(self, row: int, place: int) -> str:
        """The range that hides this cell's value; '' when it shows its own."""
        if row != self._row:
            self._go_to(row)
        for one in self._here:
            if one.left <= place <= one.right and (row, place) != (one.top, one.left):
                return one.text
        return ""

    def _start(self) -> None:
        self._row, self._next = 0, 0
        self._here: list[_Range] = []

    def _go_to(self, row: int) -> None:
        if row < self._row:
            self._start()
        self._row = row
        while self._next < len(self._ranges) and self._ranges[self._next].top <= row:
            self._here.append(self._ranges[self._next])
            self._next += 1
        self._here = [one for one in self._here if one.bottom >= row][:MOST_COLUMNS]


def _read(text: str) -> _Range:
    left, top, right, bottom = _RANGE.fullmatch(text).groups()  # type: ignore[union-attr]
    return _Range(place_of(left), int(top), place_of(right), int(bottom), text)


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
