"""The built-in printer's window: tickets as they would lie in the tray, the newest on top."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Desk
from canteen_pos.ui.panel import Scroll, clear
from canteen_pos.ui.screens.virtual_printer.presenter import Sheet, VirtualPrinterPresenter
from canteen_pos.ui.widgets.labels import Text

_LOOK_MS = 500
_SHRINK = 0.66  # 203 dots to the inch on paper, about 134 here
_ONE_DOT_ONE_PIXEL = 700  # wider pictures have two pixels for a dot


class VirtualPrinter(QWidget):
    """Looks for new paper while it is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("screen")
        self.setWindowTitle(tr("虚拟小票机"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(480, 760)
        self.presenter = VirtualPrinterPresenter(desk)
        self._empty = Text(tr("还没有打印过"), "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QWidget()
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.addWidget(self._empty)
        whole.addLayout(self._column)
        whole.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inside))
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def look(self) -> None:
        """Show what came out since the last look."""
        if not self.presenter.look():
            return
        clear(self._column)
        self._empty.setVisible(not self.presenter.sheets)
        for sheet in self.presenter.sheets:
            self._column.addWidget(_paper(sheet), 0, Qt.AlignmentFlag.AlignHCenter)

    def titles(self) -> tuple[str, ...]:
        """Tickets shown, the newest first."""
        return tuple(sheet.title for sheet in self.presenter.sheets)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()


def _paper(sheet: Sheet) -> QLabel:
    image = QImage(
        sheet.pixels, sheet.width, sheet.height, sheet.width, QImage.Format.Format_Grayscale8
    ).copy()
    label = QLabel()
    label.setAccessibleName(sheet.title)
    dots = sheet.width if sheet.width < _ONE_DOT_ONE_PIXEL else sheet.width / 2
    width = round(dots * _SHRINK)
    label.setPixmap(QPixmap.fromImage(image).scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
    label.setStyleSheet("border: 1px solid #CFC9C0;")  # paper is white in the dark theme too
    return label
