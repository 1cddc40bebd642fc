"""Pinyin initials of names and dishes: 红烧肉 -> 'hsr'."""

from functools import lru_cache

_SURNAMES = {
    "单": "s",
    "仇": "q",
    "曾": "z",
    "解": "x",
    "查": "z",
    "区": "o",
    "朴": "p",
    "盖": "g",
    "任": "r",
    "尉": "w",
    "尉迟": "yc",
    "乐": "y",
    "覃": "q",
    "缪": "m",
    "翟": "z",
    "种": "c",
    "秘": "b",
    "冼": "x",
    "阚": "k",
    "折": "s",
    "繁": "p",
    "召": "s",
    "乜": "n",
    "隗": "w",
    "郇": "x",
    "镡": "t",
    "㳅": "l",
}
"""Surnames that read otherwise than the character usually does, or that the dictionary lacks."""


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """Lower-case first letters; Latin letters and digits stay whole, what has no reading is left out."""
    from pypinyin import Style, lazy_pinyin

    letters = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=_others)
    return "".join(letters).lower()


def initials_of_name(name: str) -> str:
    """The same for a person: the first character is read as a surname."""
    name = name.strip()
    surname = next((name[:size] for size in (2, 1) if name[:size] in _SURNAMES), "")
    return _SURNAMES.get(surname, "") + initials(name[len(surname) :])


def _others(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())
