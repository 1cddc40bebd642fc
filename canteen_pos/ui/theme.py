"""Tokens (colours, sizes) from resources/themes, one style sheet made from them, and the fonts.

Custom-painted widgets ask `colour("river")` and `font(16, bold=True)` while painting, so that a change of
theme needs no more than a repaint. Figures are tabular in both fonts; secondary text is never below 12 px.
"""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from canteen_pos import paths

ThemeName = Literal["light", "dark"]
FAMILY = "Noto Sans SC"  # holds the rare surnames; CFF, which Qt draws well
FALLBACK = "WenQuanYi Micro Hei"
EMOJI = "Noto Emoji"
_FONT_FILES = (
    ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
    ("paperang_p2_fonts_cjk", "fonts/wqy-microhei.ttc"),
    ("manimgx_fonts", "NotoEmoji[wght].ttf"),
)
_TOKEN = re.compile(r"@([a-z_]+?)(px)?(?![a-z_])")


@dataclass(frozen=True, slots=True)
class Theme:
    """`colours` by token name as '#RRGGBB', `sizes` in px."""

    name: ThemeName
    colours: Mapping[str, str]
    sizes: Mapping[str, int]

    def style_sheet(self) -> str:
        """The sheet with every token filled in. KeyError names a token that no theme file has."""
        sheet = (_folder() / "sheet.qss").read_text(encoding="utf-8")
        return _TOKEN.sub(self._value, sheet)

    def _value(self, found: re.Match[str]) -> str:
        name, unit = found.groups()
        return f"{self.sizes[name]}px" if unit else self.colours[name]


_current: Theme | None = None


def load(name: ThemeName) -> Theme:
    """The theme of that name. FileNotFoundError if the installation is damaged."""
    tokens = tomllib.loads((_folder() / f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(name, MappingProxyType(tokens["colour"]), MappingProxyType(tokens["size"]))


def apply(app: QApplication, name: ThemeName = "light") -> Theme:
    """Dress the whole application: fonts, palette, style sheet. Again changes the theme at once."""
    global _current  # noqa: PLW0603 - there is one application and it wears one theme
    _load_fonts()
    _current = load(name)
    _colour.cache_clear()
    app.setStyle("Fusion")
    app.setFont(font(14))
    app.setPalette(_palette(_current))
    app.setStyleSheet(_current.style_sheet())
    for widget in app.allWidgets():
        widget.update()
    return _current


def current() -> Theme:
    """The theme in use; light before `apply`."""
    return _current or load("light")


def colour(token: str) -> QColor:
    """The colour of a token in the theme in use. KeyError if there is none."""
    return _colour(token)


def font(size_px: float, *, bold: bool = False, struck: bool = False) -> QFont:
    """The house's font at `size_px`, shared: do not change what is returned."""
    return _font(size_px, bold, struck)


@functools.lru_cache(maxsize=64)
def _colour(token: str) -> QColor:
    return QColor(current().colours[token])


@functools.lru_cache(maxsize=64)
def _font(size_px: float, bold: bool, struck: bool) -> QFont:
    made = QFont([FAMILY, FALLBACK, EMOJI])
    made.setPixelSize(round(size_px))
    made.setBold(bold)
    made.setStrikeOut(struck)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@functools.lru_cache(maxsize=1)
def _load_fonts() -> None:
    """Register the packaged fonts once. A missing package leaves the system's own fonts, never an error."""
    for package, name in _FONT_FILES:
        try:
            file = Path(str(resources.files(package) / name))
        except ModuleNotFoundError:
            continue
        if file.is_file():
            QFontDatabase.addApplicationFont(str(file))


def _folder() -> Path:
    return paths.resources() / "themes"


def _palette(theme: Theme) -> QPalette:
    """For the few things the style sheet does not reach: placeholder text, disabled text, the text cursor."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "card",
        QPalette.ColorRole.AlternateBase: "ground",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.Button: "card",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.Highlight: "river",
        QPalette.ColorRole.HighlightedText: "on_river",
        QPalette.ColorRole.PlaceholderText: "quiet",
    }
    for role, token in roles.items():
        palette.setColor(role, QColor(theme.colours[token]))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, QColor(theme.colours["faint"]))
    return palette
