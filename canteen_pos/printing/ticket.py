"""A ticket and its layout: blocks in, rows out, measured in cells. Pure: no font, no printer, no language.

A cell is the width of one ASCII character; every other character takes two, as printers with a Chinese font have it.
Every output (bytes, picture, PDF) draws the same rows, so the preview shows what the paper will show.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "centre", "right"]

_STAND_INS = {
    ord("¥"): "￥",  # half-width yen eats the next digit on many printers
    ord("−"): "-",  # money.yuan's minus is in no Chinese code page
    ord("\u00a0"): " ",
}
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_BREAKS = "\t\n\v\f\r\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; it wraps. `width` and `height` are 1 or 2 (times the usual size)."""

    text: str
    align: Align = "left"
    width: int = 1
    height: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left edge and a value at the right one. A long label wraps before the value's column."""

    left: str
    right: str
    width: int = 1
    height: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Name, quantity and amount in three columns; `detail` follows on lines of its own, set in by two cells."""

    name: str
    quantity: str
    amount: str
    detail: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper, drawn with '-', which every code page has."""


@dataclass(frozen=True, slots=True)
class Space:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code in the middle."""

    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of one paper. Opening the drawer is never part of a ticket."""


Block = Text | Pair | Item | Rule | Space | Qr | Cut


@dataclass(frozen=True, slots=True)
class Ticket:
    """What comes out of the printer, top to bottom. `title` names it in lists and windows."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line as printed; alignment is already spaces. `width` and `height` multiply the size of a cell."""

    text: str
    width: int = 1
    height: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class QrRow:
    text: str


@dataclass(frozen=True, slots=True)
class CutRow:
    pass


Row = TextRow | QrRow | CutRow
Spell = Callable[[str], str]
"""Replaces characters that cannot be drawn at all by readable ones; see fonts.spell_out."""


def clean(text: str) -> str:
    """What people typed, made fit for paper: no control or invisible characters, breaks as spaces, a yen that prints."""
    for mark in _BREAKS:
        text = text.replace(mark, " ")
    text = text.translate(_STAND_INS)
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for char in text if not _is_invisible(char))


def _is_invisible(char: str) -> bool:
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return selector or unicodedata.category(char) in _INVISIBLE


def cells(text: str) -> int:
    """Width of `text` in cells: 1 for ASCII, 2 for anything else."""
    return sum(1 if char < "\x80" else 2 for char in text)


def wrap(text: str, room: int) -> list[str]:
    """`text` in lines of at most `room` cells (>= 2). Breaks at spaces where it can, inside words where it must.

    Only spaces at a break are dropped; there is always at least one line.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and cells(line) + cells(word.rstrip(" ")) > room:
            lines.append(line.rstrip(" "))
            line = ""
        line += word
        while cells(line.rstrip(" ")) > room:
            head = _fitting(line, room)
            lines.append(head)
            line = line[len(head) :]
    if line.strip(" ") or not lines:
        lines.append(line.rstrip(" "))
    return lines


_OPENING, _CLOSING = "（〔《“‘【", "）〕》”’】，。、：；！？"
"""No line ends with the first or begins with the second, where there is room to avoid it."""


def _words(text: str) -> Iterator[str]:
    """Pieces that stay together: an ASCII word with the spaces after it, or one wide character with its brackets."""
    word = ""
    for char in text:
        if word and _may_break(word[-1], char):
            yield word
            word = ""
        word += char
    if word:
        yield word


def _may_break(before: str, after: str) -> bool:
    if before in _OPENING or after in _CLOSING or after == " ":
        return False
    return before == " " or before >= "\x80" or after >= "\x80"


def _fitting(text: str, room: int) -> str:
    """The longest head of `text` within `room` cells."""
    used = 0
    for place, char in enumerate(text):
        used += 1 if char < "\x80" else 2
        if used > room:
            return text[:place]
    return text


def layout(ticket: Ticket, columns: int, spell: Spell = str) -> tuple[Row, ...]:
    """The rows of `ticket` on paper `columns` cells wide."""
    rows: list[Row] = []
    for block in ticket.blocks:
        rows.extend(_rows(block, columns, lambda text: spell(clean(text))))
    return tuple(rows)


def _rows(block: Block, columns: int, fit: Spell) -> Iterator[Row]:
    match block:
        case Text():
            return _text(block, columns // block.width, fit)
        case Pair():
            return _pair(block, columns // block.width, fit)
        case Item():
            return _item(block, columns, fit)
        case Rule():
            return iter((TextRow("-" * columns),))
        case Space():
            return iter((TextRow(""),))
        case Qr():
            return iter((QrRow(block.text),))
        case Cut():
            return iter((CutRow(),))


def _text(block: Text, room: int, fit: Spell) -> Iterator[Row]:
    for line in wrap(fit(block.text), room):
        free = room - cells(line)
        indent = {"left": 0, "centre": free // 2, "right": free}[block.align]
        yield TextRow(" " * indent + line, block.width, block.height, block.bold)


def _pair(block: Pair, room: int, fit: Spell) -> Iterator[Row]:
    for line in _beside(fit(block.left), fit(block.right), room):
        yield TextRow(line, block.width, block.height, block.bold)


def _item(block: Item, columns: int, fit: Spell) -> Iterator[Row]:
    quantity, amount = fit(block.quantity), fit(block.amount)
    right = _to_right(quantity, 6) + _to_right(amount, 9)
    for line in _beside(fit(block.name), right, columns):
        yield TextRow(line, bold=block.bold)
    if block.detail:
        for line in wrap(fit(block.detail), columns - 2):
            yield TextRow("  " + line, bold=block.bold)


def _to_right(text: str, room: int) -> str:
    """`text` ending at `room` cells, or with one space before it where it is wider."""
    return " " * max(room - cells(text), 1) + text


def _beside(left: str, right: str, room: int) -> Iterator[str]:
    """`right` at the right edge of the first line of `left`; on lines of its own where they do not fit together."""
    left_room = room - cells(right) - (0 if right.startswith(" ") else 1)
    if left_room < min(8, cells(left)):
        yield from wrap(left, room)
        for line in wrap(right.strip(" "), room):
            yield " " * (room - cells(line)) + line
        return
    first, *others = wrap(left, max(left_room, 2))
    yield (first + " " * (room - cells(first) - cells(right)) + right).rstrip(" ")
    yield from others
