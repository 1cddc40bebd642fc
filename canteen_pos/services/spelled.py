"""Names found by their whole pinyin: 'wangxiul' -> initials 'wxl' and, for each character, those that are read so.

The last syllable may be unfinished, so that somebody is found while the hand still types.
"""

from functools import lru_cache

from canteen_pos.services.hanzi import readings
from canteen_pos.storage.people_lists import Spelled

_MOST = 12
"""So many ways to cut a run of letters are tried: 'xian' is one syllable or two."""
_LONGEST = 40
_VOWELS = frozenset("aeiouv")


def get_ready() -> None:
    """Load the readings, which takes longer than a key may."""
    _beginnings()


def spelled(letters: str, *, alone: bool = True) -> tuple[Spelled, ...]:
    """What names these letters may spell; nothing for letters that are no syllables, such as initials. One syllable
    `alone` begins a name; several, or one beside other words, may stand behind the surname."""
    letters = letters.lower()
    if not 2 <= len(letters) <= _LONGEST or not _VOWELS & set(letters):
        return ()
    return tuple(
        Spelled(
            "".join(piece[0] for piece in (*whole, last)),
            (*(_signs(piece, whole=True) for piece in whole), _signs(last, whole=False)),
            within=bool(whole) or not alone,
        )
        for whole, last in _cuts(letters)
    )


def _cuts(letters: str) -> list[tuple[tuple[str, ...], str]]:
    """Whole syllables, and the beginning of a last one."""
    found: list[tuple[tuple[str, ...], str]] = []
    begun: list[tuple[tuple[str, ...], str]] = [((), letters)]
    while begun and len(found) < _MOST:
        whole, rest = begun.pop()
        if rest in _beginnings():
            found.append((whole, rest))
        sizes = range(1, min(len(rest), 7))
        begun += [((*whole, rest[:size]), rest[size:]) for size in sizes if rest[:size] in _syllables()]
    return found


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return frozenset(reading for reading in readings() if _VOWELS & set(reading))  # 'n' and 'hm' are sighs


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(one[:size] for one in _syllables() for size in range(1, len(one) + 1))


@lru_cache(maxsize=512)
def _signs(beginning: str, *, whole: bool) -> str:
    """Characters read so, or whose reading begins so, the frequent ones first; '' for any, where a beginning says no more
    than the initial does."""
    if not whole and not _VOWELS & set(beginning):
        return ""
    read = (beginning,) if whole else (one for one in _syllables() if one.startswith(beginning))
    return "".join(
        dict.fromkeys(sign for _, sign in sorted(pair for one in read for pair in readings()[one]))
    )
