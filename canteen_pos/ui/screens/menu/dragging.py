"""A dish under a finger or the mouse: pressed, carried, let go. The widget that was pressed keeps the pointer until then."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from canteen_pos.ui.widgets.finger import is_scrolling
from canteen_pos.ui.widgets.labels import Chip


class Drags(QWidget):
    """A widget whose dishes can be carried away: call `begin` in mousePressEvent. Positions are global."""

    carried = Signal(int, QPoint)
    dropped = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dish: int | None = None
        self._from = QPoint()
        self._carrying = False

    def begin(self, event: QMouseEvent, dish_id: int) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dish = dish_id
            self._from = event.globalPosition().toPoint()
            self._carrying = False

    def let_go(self) -> bool:
        """Esc: the dish stays where it was; True when one was carried."""
        was, self._dish, self._carrying = self._carrying, None, False
        return was

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dish is None:
            return
        here = event.globalPosition().toPoint()
        if not self._carrying and is_scrolling(self):
            self.let_go()  # the finger moves the list
            return
        if not self._carrying:
            far = (here - self._from).manhattanLength() >= QApplication.startDragDistance()
            self._carrying = far
        if self._carrying:
            self.carried.emit(self._dish, here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dish, carrying = self._dish, self._carrying
        self.let_go()
        if dish is not None and carrying:
            self.dropped.emit(dish, event.globalPosition().toPoint())


class Ghost(Chip):
    """The carried dish beside the pointer."""

    def __init__(self, over: QWidget) -> None:
        super().__init__("", "notice", over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def follow(self, name: str, point: QPoint) -> None:
        """`point` is global."""
        over = self.parentWidget()
        if over is None:
            return
        QLabel.setText(self, name)
        self.adjustSize()
        self.move(over.mapFromGlobal(point) + QPoint(10, 8))
        self.show()
        self.raise_()
