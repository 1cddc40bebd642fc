"""The fonts, found inside the packages that bring them. None is committed.

WenQuanYi Micro Hei (TrueType) holds nearly all of GBK; some of its signs (℃) are there but empty, which counts as
missing. Noto Sans SC (CFF) has those, and the rare surnames of the standard table; Noto Emoji and Noto Sans Symbols
(TrueType, variable) have emoji and signs. No package known brings the 40,000 characters of Extension B and beyond: a
system that has a font for them (Windows does) lends it. What no font has is spelt out by its code point: odd, but nobody
loses a character and nobody sees a box.
"""

import os
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

PROPORTIONAL, MONO = 0, 1
"""Faces within the Micro Hei collection file."""


@cache
def _inside(package: str, *names: str) -> Path:
    """A file that ships in an installed package, without importing it. FileNotFoundError when it is not there."""
    spec = find_spec(package)
    for folder in spec.submodule_search_locations or () if spec else ():
        path = Path(folder).joinpath(*names)
        if path.is_file():
            return path
    raise FileNotFoundError(f"{package}: {'/'.join(names)}")


def main_font() -> Path:
    """WenQuanYi Micro Hei, a collection of two faces: PROPORTIONAL and MONO."""
    return _inside("paperang_p2_fonts_cjk", "fonts", "wqy-microhei.ttc")


def rare_font() -> Path:
    """Noto Sans SC: CFF outlines, which reportlab cannot embed (see pdf)."""
    return _inside("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")


_SYSTEMS_HAN = ("simsunb.ttf", "simsunextg.ttf", "hanaminb.ttf", "hanamina.ttf", "babelstonehan.ttf")
"""TrueType fonts of Extension B and beyond: Windows' own, and Debian's fonts-hanazono and fonts-babelstone-han."""


@cache
def system_fonts() -> tuple[Path, ...]:
    """Fonts for the rarest characters that this computer happens to have; looked for when one is needed first."""
    found: dict[str, Path] = {}
    for folder in _font_folders():
        for path in folder.rglob("*.[tT][tT][fF]") if folder.is_dir() else ():
            found.setdefault(path.name.lower(), path)
    return tuple(found[name] for name in _SYSTEMS_HAN if name in found)


def _font_folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/Library/Fonts"), home / "Library/Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts")


def _beside_the_main() -> Iterator[Path]:
    """Where to look for what Micro Hei lacks, in this order."""
    yield rare_font()
    for name in ("NotoEmoji[wght].ttf", "NotoSansSymbols[wght].ttf"):
        yield _inside("manimgx_fonts", name)
    yield from system_fonts()


@lru_cache(maxsize=4096)
def face_of(char: str) -> Path | None:
    """The file that draws `char` where Micro Hei does not; None when no font has it."""
    return next((path for path in _beside_the_main() if ord(char) in _codes(path)), None)


@cache
def _codes(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _main_codes() -> frozenset[int]:
    """Characters that Micro Hei really draws."""
    from fontTools.ttLib import TTFont

    with TTFont(main_font(), fontNumber=MONO, lazy=True) as font:
        places = font["loca"]
        drawn = (
            code
            for code, name in font.getBestCmap().items()
            if chr(code).isspace() or places[font.getGlyphID(name)] < places[font.getGlyphID(name) + 1]
        )
        return frozenset(drawn)


GBK_WITHOUT_GLYPH = frozenset("ɑɡǎǐǒǔǘǚǜˊˋ℃℉ⅤⅩ☉")
"""What GBK has and Micro Hei has not, or only as an empty glyph; a test compares it with the font."""


@lru_cache(maxsize=4096)
def is_rare(char: str) -> bool:
    """Whether `char` must be drawn with another font than Micro Hei. For GBK none is opened: the till is busy."""
    if char < "\x80":
        return False
    if _in_gbk(char):
        return char in GBK_WITHOUT_GLYPH
    return ord(char) not in _main_codes() and face_of(char) is not None


@lru_cache(maxsize=4096)
def can_draw(char: str) -> bool:
    """Whether any font of ours has `char`. GBK is answered without opening a font, as nearly all text is."""
    if char < "\x80":
        return char >= " "
    return _in_gbk(char) or ord(char) in _main_codes() or face_of(char) is not None


def _in_gbk(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def spell_out(text: str) -> str:
    """`text` with each character that no font holds written as its code point: '\U00020000' -> '[U+20000]'.

    Selectors of a variant (the second half of '❤️') are no characters of their own and go.
    """
    if text.isascii():
        return text
    shown = "".join(char for char in text if not "\ufe00" <= char <= "\ufe0f")
    if all(map(can_draw, shown)):
        return shown
    return "".join(char if can_draw(char) else f"[U+{ord(char):04X}]" for char in shown)
