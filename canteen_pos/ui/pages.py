"""What fills the window below the bar, one page at a time; before the first and after the last stands one sentence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.widgets.labels import Text, restyle


class Pages(QStackedWidget):
    """Pages come when they are first shown and go when they are dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pages")
        self._sentence = Text(tr("正在打开…"), "quiet").wrapped()
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self._sentence)

    def show_page(self, page: QWidget) -> None:
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        page.setFocus()

    def drop(self, page: QWidget | None) -> None:
        """Take a page away for good."""
        if page is not None:
            self.removeWidget(page)
            page.hide()
            page.deleteLater()

    def say_wait(self, sentence: str) -> None:
        """In place of every page: what the program is doing."""
        self._sentence.setText(sentence)
        restyle(self._sentence, role="item")
        self.setCurrentWidget(self._sentence)

    def say_trouble(self, sentence: str) -> None:
        """In place of every page: there is nothing to work on."""
        self._sentence.setText(f"⚠ {sentence}")
        restyle(self._sentence, role="item")
        self.setCurrentWidget(self._sentence)
