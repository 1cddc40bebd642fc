"""Theme and language, changed while the window stands and kept for the next start."""

from PySide6.QtWidgets import QApplication

from canteen_pos import i18n
from canteen_pos.ui import qt_words, theme
from canteen_pos.ui.house import House


def toggle_theme(house: House | None) -> None:
    """Light and dark by turns."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    wanted: theme.ThemeName = "light" if theme.current().name == "dark" else "dark"
    theme.apply(application, wanted)
    if house is not None:
        house.remember(theme=wanted)


def toggle_language(house: House | None) -> None:
    """Chinese and English by turns; whoever shows words shows them anew."""
    i18n.set_language("zh" if i18n.language() == "en" else "en")
    qt_words.speak(i18n.language())
    if house is not None:
        house.remember(language=i18n.language())
