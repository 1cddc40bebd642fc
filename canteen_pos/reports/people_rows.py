"""A row of a list of people as a newcomer and the stored value they bring."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, cast

from canteen_pos.domain.identity import read_id_number
from canteen_pos.domain.membership import NewMember
from canteen_pos.domain.place import LEVELS, Place
from canteen_pos.domain.typed import NAME, line, note, number
from canteen_pos.reports import cells
from canteen_pos.reports.cells import BadCell, Cell
from canteen_pos.reports.columns import CATEGORIES, DIETS, PERMITS, TAGS, TEXTURES
from canteen_pos.reports.rows import Row

HIGHEST_CARE_LEVEL = 6
_INITIALS = re.compile(r"[A-Za-z0-9 ]{1,20}")
_BARE_YEAR = re.compile(r"[0-9]{4}年?")
Texture = Literal["", "soft", "minced", "pureed"]


def person(row: Row, today: date, names: Mapping[str, str]) -> tuple[NewMember, int] | None:
    """The newcomer and their opening balance in fen; None, with the row's troubles noted, when any cell is wrong.

    `names` are words for categories and permits that the packs in force add (word -> code).
    """
    written = row.read("birth_date", lambda cell: _born(cell, today), None)
    year = written if isinstance(written, int) else None
    born = None if isinstance(written, int) else written
    id_number = row.read("id_number", lambda cell: _id_number(cell, today), "")
    if id_number:
        on_card = read_id_number(id_number, today).birth_date
        if born not in (None, on_card):
            row.bad("id_number", "import.birth_dates_differ", typed=str(born), on_card=str(on_card))
        born = on_card
    member = NewMember(
        name=row.read("name", cells.text, ""),
        initials=row.read("initials", _initials, ""),
        birth_date=born,
        birth_year=None if born else row.read("birth_year", lambda cell: _year(cell, today), None) or year,
        id_number=id_number,
        card=row.read("card", cells.text, ""),
        phone=row.read("phone", _phone, ""),
        member_no=row.read("member_no", cells.text, ""),
        hukou=_place(row, "hukou"),
        residence=_place(row, "residence"),
        categories=row.read("categories", lambda cell: _codes(cell, {**CATEGORIES, **names}), ()),
        permits=row.read("permits", lambda cell: _codes(cell, {**PERMITS, **names}), ()),
        care_level=row.read("care_level", _care_level, 0),
        in_institution=row.read("in_institution", cells.yes, False),
        diet=row.read("diet", lambda cell: cells.words(cell, DIETS), ()),
        texture=row.read("texture", _texture, ""),
        allergies=row.read("allergies", _allergies, ()),
        address=row.read("address", cells.text, ""),
        contact_name=row.read("contact_name", cells.text, ""),
        contact_phone=row.read("contact_phone", _phone, ""),
        note=row.read("note", cells.text, ""),
    )
    _note_too_long(row)
    opening_fen = row.read("balance", cells.fen, None) or 0
    return None if row.troubles else (member, opening_fen)


def _note_too_long(row: Row) -> None:
    """What enrolling would refuse is an error of its cell, before anybody goes in."""
    for key, kept in _KEPT.items():
        if row.cell(key) is not None:
            row.read(key, kept, "")


def _short(cell: Cell) -> str:
    return line(cells.text(cell), NAME)


def _each_short(cell: Cell) -> str:
    return "".join(line(item, NAME) for item in cells.items(cell))


_KEPT: Mapping[str, Callable[[Cell], str]] = {
    **dict.fromkeys(("name", "contact_name"), _short),
    **dict.fromkeys((f"{which}_{level}" for which in ("hukou", "residence") for level in LEVELS), _short),
    **dict.fromkeys(("categories", "permits", "diet", "allergies"), _each_short),
    "address": lambda cell: line(cells.text(cell)),
    "member_no": lambda cell: number(cells.text(cell)),
    "note": lambda cell: note(cells.text(cell)),
}


def _born(cell: Cell, today: date) -> date | int | None:
    """A day, or the year alone, which is all that many old lists know."""
    if _BARE_YEAR.fullmatch(cells.text(cell)):
        return _year(cell, today)
    born = cells.day(cell)
    if born is not None and born > today:
        raise BadCell("import.born_later", {"value": str(born)})
    return born


def _year(cell: Cell, today: date) -> int | None:
    """'1943' or '1943年'."""
    typed = cells.text(cell).removesuffix("年")
    if not typed:
        return None
    if not (
        len(typed) == 4
        and typed.isascii()
        and typed.isdigit()
        and today.year - 130 <= int(typed) <= today.year
    ):
        raise BadCell("import.not_year", {"value": typed})
    return int(typed)


def _id_number(cell: Cell, today: date) -> str:
    typed = cells.text(cell)
    if typed:
        read_id_number(typed, today)
    return typed


def _initials(cell: Cell) -> str:
    typed = cells.text(cell)
    if typed and not _INITIALS.fullmatch(typed):
        raise BadCell("import.not_initials", {"value": typed})
    return typed


def _place(row: Row, which: str) -> Place:
    return Place(*(row.read(f"{which}_{level}", cells.text, "") for level in ("city", "district", "town")))


def _care_level(cell: Cell) -> int:
    level = cells.whole(cell) or 0
    if level > HIGHEST_CARE_LEVEL:
        raise BadCell("import.care_level", {"value": level})
    return level


def _texture(cell: Cell) -> Texture:
    return cast("Texture", cells.word(cell, TEXTURES)) if cells.text(cell) else ""


def _allergies(cell: Cell) -> tuple[str, ...]:
    """The dishes' own codes where the word is known, so that a clash is seen; else the word as it stands."""
    return tuple(dict.fromkeys(TAGS.get(item, item) for item in cells.items(cell)))


def _codes(cell: Cell, known: Mapping[str, str]) -> tuple[str, ...]:
    """Known words as codes, other words as they are (a pack may name codes of its own), each once."""
    return tuple(dict.fromkeys(known.get(item, item) for item in cells.items(cell)))


def _phone(cell: Cell) -> str:
    typed = cells.text(cell)
    digits = typed.replace(" ", "").replace("-", "").removeprefix("+86")
    if digits and not (digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 13):
        raise BadCell("import.not_phone", {"value": typed})
    return digits
