"""A week's menu as it hangs on the wall, in words already; drawn by `weekly_menu_pdf` and `weekly_menu_html`."""

import io
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """A dish. `hue` chooses the colour of its initial where there is no picture (a small JPEG); `contains` names allergens,
    where there is room for them."""

    name: str
    price: str
    marks: tuple[str, ...] = ()
    hue: int = 0
    picture: bytes | None = None
    contains: str = ""

    @property
    def initial(self) -> str:
        return self.name[:1]


@dataclass(frozen=True, slots=True)
class Day:
    """A column. `closed` says why nothing is served, '' on other days."""

    weekday: str
    date: str
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Meal:
    """A band of the page: for each day what is there on that day only, and what is there every day."""

    word: str
    hours: str
    cells: tuple[tuple[Item, ...], ...]
    every_day: tuple[Item, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.every_day and not any(self.cells)


@dataclass(frozen=True, slots=True)
class WeeklyMenu:
    """`every_day_word` heads the dishes that are there all week; `nothing` is said of a week without any; `foot` stands at
    the end of each page."""

    canteen: str
    title: str
    week: str
    days: tuple[Day, ...]
    meals: tuple[Meal, ...]
    every_day_word: str
    nothing: str
    foot: str
    lang: str = "zh"


HUES = ("#0B6B6B", "#B4532A", "#4E7A27", "#8A5A00", "#7A3E6B", "#2F5D8A", "#A0413C", "#5B5B9A")
"""Quiet, and dark enough for a white letter."""

_PX = 220


def thumbnail(picture: bytes) -> bytes | None:
    """The middle square of a picture as a small JPEG; None when there is none, or none that can be read."""
    if not picture:
        return None
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(picture)) as whole:
            small = ImageOps.fit(whole.convert("RGB"), (_PX, _PX))
    except (OSError, ValueError):
        return None
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82)
    return out.getvalue()
