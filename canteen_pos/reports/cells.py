"""Reading one spreadsheet cell as what it means, or saying exactly what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from canteen_pos.domain import typed as most
from canteen_pos.domain.money import half_up, parse_yuan

Cell = str | int | float | bool | date | datetime | None

_YES = frozenset({"是", "y", "yes", "true", "1", "有", "√"})
_NO = frozenset({"", "否", "n", "no", "false", "0", "无", "×"})
_LIST = re.compile(r"[、,，;；/\n]+")
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
_EXACT_DIGITS = 15
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


@dataclass(eq=False)
class BadCell(Exception):
    """`code` is one that `wording` knows; `facts` fill its sentence."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


def text(cell: Cell) -> str:
    """Text as people see it: a whole number without '.0', a date as ISO. Long numbers have lost digits: BadCell."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool) and len(str(abs(cell))) > _EXACT_DIGITS:
        raise BadCell("import.number_lost_digits")
    return "".join(letter for letter in str(cell) if letter.isprintable() or letter == "\n").strip()


def fen(cell: Cell) -> int | None:
    """Fen of an amount in yuan; None when empty."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not abs(cell) <= most.MOST_FEN / 100:  # a spreadsheet knows 1E+308
            raise BadCell("import.not_yuan", {"value": f"{cell:.6g}"})
        amount = half_up(round(cell * 10000), 100)
        if abs(amount - cell * 100) > 1e-6:
            raise BadCell("import.not_yuan", {"value": str(cell)})
    else:
        typed = text(cell)
        if not typed:
            return None
        try:
            amount = parse_yuan(typed.replace(",", "") if _THOUSANDS.fullmatch(typed) else typed)
        except ValueError:
            raise BadCell("import.not_yuan", {"value": typed}) from None
    if amount < 0:
        raise BadCell("import.negative")
    if amount > most.MOST_FEN:
        raise BadCell("typed.amount", {"most_fen": most.MOST_FEN})
    return amount


def whole(cell: Cell) -> int | None:
    typed = text(cell)
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > _EXACT_DIGITS:
        raise BadCell("import.not_whole", {"value": typed[:_EXACT_DIGITS]})
    number = int(typed)
    if number > most.MOST_COUNT:
        raise BadCell("typed.count", {"most": most.MOST_COUNT})
    return number


def yes(cell: Cell) -> bool:
    typed = text(cell).lower()
    if typed in _YES or typed in _NO:
        return typed in _YES
    raise BadCell("import.not_yes_no", {"value": typed})


def day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    typed = text(cell)
    if not typed:
        return None
    for pattern in _DATES:
        try:
            return datetime.strptime(typed, pattern).date()  # noqa: DTZ007 - a birth date has no zone
        except ValueError:
            continue
    raise BadCell("import.not_date", {"value": typed})


def items(cell: Cell) -> tuple[str, ...]:
    """Parts between 、 , ; or /."""
    return tuple(part.strip() for part in _LIST.split(text(cell)) if part.strip())


def words(cell: Cell, known: Mapping[str, str]) -> tuple[str, ...]:
    """Each part as its code; every part must be a known word or code."""
    return tuple(word(part, known) for part in items(cell))


def word(cell: Cell, known: Mapping[str, str]) -> str:
    typed = text(cell)
    if typed in known:
        return known[typed]
    if typed.lower() in known.values():
        return typed.lower()
    raise BadCell("import.unknown_word", {"value": typed, "known": "、".join(known)})
