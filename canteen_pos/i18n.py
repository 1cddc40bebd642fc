"""Words in the reader's language, by gettext. The Chinese text in the code is the message itself; English translates it.

Receipts and reports take a language with them (`translator`), the window has one of its own (`tr`).
"""

import gettext
from collections.abc import Callable
from functools import lru_cache

from canteen_pos import paths

LANGUAGES = ("zh", "en")
Words = Callable[[str], str]
"""Chinese to the language of a reader."""

_language = "zh"


def language() -> str:
    """Language of the window: 'zh' or 'en'."""
    return _language


def set_language(lang: str) -> None:
    """Choose the window's language. ValueError for one we do not speak."""
    if lang not in LANGUAGES:
        raise ValueError(f"no such language: {lang}")
    global _language  # noqa: PLW0603 - one window, one language
    _language = lang


def tr(text: str) -> str:
    """`text` (Chinese) in the language of the window."""
    return translator(_language)(text)


def tr_as(sense: str, text: str) -> str:
    """`text` where English has more than one word for it: `sense` (English, never shown) tells which is meant."""
    return text if _language == "zh" else _catalogue(_language).pgettext(sense, text)


@lru_cache(maxsize=len(LANGUAGES))
def translator(lang: str) -> Words:
    """What turns a Chinese text into `lang`. A text without a translation stays Chinese."""
    if lang == "zh":
        return str
    return _catalogue(lang).gettext


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(lang: str) -> gettext.NullTranslations:
    return gettext.translation("canteen_pos", paths.resources() / "locale", [lang])
