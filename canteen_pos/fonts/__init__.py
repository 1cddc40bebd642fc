"""The fonts, found inside the packages that bring them. None is committed and none is asked of the system.

WenQuanYi Micro Hei (TrueType) holds nearly all of GBK; some of its signs (℃) are there but empty, which counts as
missing. Noto Sans SC (CFF) has those and the rare surnames. What neither has (emoji) is spelt out by its code point:
odd, but nobody loses a character and nobody sees a box.
"""

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


def ui_font_files() -> tuple[Path, ...]:
    """The files a window should register, first choice first."""
    return (main_font(), rare_font())


@cache
def _glyphs(rare: bool) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    if rare:
        with TTFont(rare_font(), lazy=True) as font:
            return frozenset(font.getBestCmap())
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
    """Whether `char` must be drawn with the rare font. For GBK no font is opened: the till is busy."""
    if char < "\x80":
        return False
    if _in_gbk(char):
        return char in GBK_WITHOUT_GLYPH
    return ord(char) not in _glyphs(False) and ord(char) in _glyphs(True)


@lru_cache(maxsize=4096)
def can_draw(char: str) -> bool:
    """Whether any font of ours has `char`. GBK is answered without opening a font, as nearly all text is."""
    if char < "\x80":
        return char >= " "
    return _in_gbk(char) or ord(char) in _glyphs(False) or ord(char) in _glyphs(True)


def _in_gbk(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def spell_out(text: str) -> str:
    """`text` with each character that no font holds written as its code point: '😀' -> '[U+1F600]'."""
    if text.isascii() or all(map(can_draw, text)):
        return text
    return "".join(char if can_draw(char) else f"[U+{ord(char):04X}]" for char in text)
