"""A row of the menu sheet as a dish."""

from collections.abc import Callable, Mapping
from typing import Any

from canteen_pos.domain import typed
from canteen_pos.domain.menu import Choice, NewDish
from canteen_pos.reports import cells
from canteen_pos.reports.cells import BadCell, Cell
from canteen_pos.reports.columns import KINDS, PERIODS, TAGS
from canteen_pos.reports.rows import Row


def dish(row: Row) -> NewDish | None:
    """None, with the row's troubles noted, when any cell is wrong."""
    kind: Any = row.read("kind", lambda cell: cells.word(cell, KINDS), "")
    price = row.read("price", cells.fen, None) or 0
    half = row.read("half", cells.fen, None)
    if half is not None and half > price:
        row.bad("half", "import.half_over_whole")
    per_grams = row.read("per_grams", cells.whole, None)
    if kind and (kind == "weighed") != bool(per_grams):
        row.bad("per_grams", "import.grams_for_weighed")
    code, name, category = (row.read(key, cells.text, "") for key in ("code", "name", "category"))
    open_price, made_to_order, pinned = (
        row.read(key, cells.yes, False) for key in ("open_price", "made_to_order", "pinned")
    )
    tags: tuple[str, ...] = row.read("tags", _tags, ())
    allergens: tuple[str, ...] = row.read("allergens", _tags, ())
    choices: tuple[Choice, ...] = row.read("choices", _choices, ())
    periods: tuple[str, ...] = row.read("periods", lambda cell: cells.words(cell, PERIODS), ())
    portions = row.read("portions", cells.whole, None)
    for key, kept in _KEPT.items():
        row.read(key, kept, "")
    if row.troubles:
        return None
    return NewDish(
        code=code,
        name=name,
        category=category,
        kind=kind,
        price_fen=price,
        half_fen=half,
        per_grams=per_grams,
        open_price=open_price,
        made_to_order=made_to_order,
        tags=tags,
        allergens=allergens,
        choices=choices,
        pinned=pinned,
        periods=periods,
        planned_portions=portions,
    )


_KEPT: Mapping[str, Callable[[Cell], str]] = {
    "code": lambda cell: typed.number(cells.text(cell)),
    "name": lambda cell: typed.line(cells.text(cell), typed.NAME),
    "category": lambda cell: typed.line(cells.text(cell), typed.CODE),
    "choices": lambda cell: typed.note(cells.text(cell)),
}
"""What the house would not keep is an error of its cell."""


def _tags(cell: Cell) -> tuple[str, ...]:
    return cells.words(cell, TAGS)


def _choices(cell: Cell) -> tuple[Choice, ...]:
    """'荤菜：红烧肉/鱼香肉丝；汤：紫菜汤' -> two choices."""
    choices = []
    for part in cells.text(cell).replace(";", "；").replace("\n", "；").split("；"):
        if not part.strip():
            continue
        name, colon, options = part.replace(":", "：").partition("：")
        if not colon or not cells.items(options):
            raise BadCell("import.bad_choice", {"value": part.strip()})
        choices.append(Choice(name.strip(), cells.items(options)))
    return tuple(choices)
