"""Words of the poster as they are set: how wide they are, where a name breaks, how prices and marks follow each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reportlab.pdfbase import pdfmetrics

from canteen_pos import fonts
from canteen_pos.reports.drawing import runs

_UNBROKEN = re.compile(r"[!-~]+ ?|.", re.DOTALL)
"""What stays together while it fits a line: a Latin word or a figure; of Chinese each character."""

MOST_LINES = 3
"""Of a dish's name."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something written in one go. A mark stands in a box of its own."""

    text: str
    size: float
    kind: Literal["name", "price", "mark"]

    @property
    def wide(self) -> float:
        return width(self.text, self.size) + (0.5 * self.size if self.kind == "mark" else 0)


Line = tuple[tuple[float, Word], ...]
"""Words with their distances from the left."""


def width(text: str, points: float) -> float:
    """How wide `text` is in the house's font."""
    return points * _wide_at_one(text)


@lru_cache(maxsize=8192)
def _wide_at_one(text: str) -> float:
    """Measured once, whatever sizes are tried."""
    return sum(pdfmetrics.stringWidth(run, face, 1000) for face, run in runs(text)) / 1000


def fitted(text: str, most: float, room: float) -> float:
    """The size, `most` at most, at which `text` is no wider than `room`."""
    wide = width(text, most)
    return most if wide <= room else most * room / wide


def wrapped(text: str, room: float, points: float) -> list[str]:
    """Lines of a name: Chinese breaks anywhere, a Latin word only when it is longer than a line; cut after MOST_LINES."""
    lines = [""]
    for part in _UNBROKEN.findall(fonts.spell_out(text)):
        if width((lines[-1] + part).rstrip(), points) <= room:
            lines[-1] += part
        elif width(part.rstrip(), points) <= room:
            lines.append(part)
        else:
            for char in part:
                if lines[-1] and width(lines[-1] + char, points) > room:
                    lines.append("")
                lines[-1] += char
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) <= MOST_LINES:
        return lines
    last = lines[MOST_LINES - 1]
    while last and width(last + "…", points) > room:
        last = last[:-1]
    return [*lines[: MOST_LINES - 1], last + "…"]


def flow(groups: Sequence[Sequence[Word]], room: float, gap: float, start: float = 0.0) -> list[Line]:
    """Words beside each other, broken into lines between groups. The first line begins at `start`."""
    lines: list[list[tuple[float, Word]]] = [[]]
    x = start
    for group in groups:
        wide = sum(word.wide for word in group) + 0.4 * gap * (len(group) - 1)
        if x > 0 and x + wide > room:
            lines.append([])
            x = 0.0
        for word in group:
            lines[-1].append((x, word))
            x += word.wide + 0.4 * gap
        x += 0.6 * gap
    return [tuple(line) for line in lines]
