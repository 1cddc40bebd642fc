"""What people type, as it is kept: one place for how long a line and how large a number may be."""

import re
from unicodedata import category

from canteen_pos.domain.errors import refuse

MOST_FEN = 1_000_000_000
"""No amount that somebody types is above ten million yuan."""
MOST_COUNT = 1_000_000
"""No number of things that somebody types is above a million."""
NAME, LINE, NOTE = 60, 200, 1000
"""How many characters a name, a line and a note of several lines may have."""
CODE, PHONE = 32, 20

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NUMBER = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_UNFIT_FOR_FILES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def line(text: str, most: int = LINE) -> str:
    """One line without control characters. Refusal 'typed.too_long' (most=, beginning=)."""
    return note(text.replace("\r\n", " ").replace("\n", " "), most)


def note(text: str, most: int = NOTE) -> str:
    """The same for a text that keeps its lines."""
    if not text.isprintable():
        letters = (" " if letter in "\t\xa0" else letter for letter in text if letter != "\u3000")
        text = "".join(letter for letter in letters if letter == "\n" or category(letter) not in _DROPPED)
    kept = text.strip()
    if len(kept) > most:
        raise refuse("typed.too_long", most=most, beginning=kept[:12])
    return kept


def phone(text: str) -> str:
    return line(text, PHONE)


def number(text: str) -> str:
    """A member number or a dish's code: letters and digits, dashes between them. Refusal 'typed.number'."""
    kept = line(text, CODE)
    if kept and not _NUMBER.fullmatch(kept):
        raise refuse("typed.number", found=kept)
    return kept


def amount(fen: int) -> int:
    """Refusal 'typed.amount' (most_fen=) for one beyond all reason, of either sign."""
    if abs(fen) > MOST_FEN:
        raise refuse("typed.amount", most_fen=MOST_FEN)
    return fen


def count(things: int) -> int:
    """Refusal 'typed.count' (most=)."""
    if abs(things) > MOST_COUNT:
        raise refuse("typed.count", most=MOST_COUNT)
    return things


def file_name(text: str) -> str:
    """Part of a file's name: never a way into another folder, never a name that a system forbids."""
    return _UNFIT_FOR_FILES.sub("-", text).strip(" .-") or "-"
