"""Qt's own words (file dialogs, the menu of a text field) in the window's language."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

_CATALOGUES = {"zh": "qtbase_zh_CN"}  # Qt itself speaks English
_standing: list[QTranslator] = []


def speak(lang: str) -> None:
    """From now on; where Qt came without that catalogue it goes on in English."""
    while _standing:
        QCoreApplication.removeTranslator(_standing.pop())
    words = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if lang in _CATALOGUES and words.load(_CATALOGUES[lang], folder):
        QCoreApplication.installTranslator(words)
        _standing.append(words)
