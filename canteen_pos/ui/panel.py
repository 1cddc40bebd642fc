"""Side panels: they lie over the right part of the till, never over the order and the sum. No dialogs."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from canteen_pos.i18n import tr
from canteen_pos.ui.pads import Pads
from canteen_pos.ui.widgets.finger import scroll_by_finger
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text, restyle

FORM_WIDTH = 560
"""Forms stay this narrow on a wide screen: the eye should not travel."""


class Message(Card):
    """One sentence in place: what went wrong, or what was done. Hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__("notice")
        self._text = Text("", "body").wrapped()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self._text)
        self.hide()

    def text(self) -> str:
        """The sentence shown, '' when hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, problem: str, notice: str = "") -> None:
        """A problem wins over a notice; both empty hide the message."""
        said = problem or notice
        if said:
            self._text.setText(f"⚠ {said}" if problem else f"✓ {said}")
            restyle(self, role="notice" if problem else "done")
        self.setVisible(bool(said))


class SidePanel(Card):
    """Title, body, message. Subclasses fill `self.body`; `wants(name, payload)` asks for another panel.

    Esc goes one step back inside the panel (`step_back`) and closes it when there is none.
    """

    closed = Signal()
    done = Signal(object)
    wants = Signal(str, object)
    pad_when_touched = False

    def __init__(self, title: str) -> None:
        super().__init__("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press on a button leaves the focus in its field
        self.setAutoFillBackground(True)
        self.pads = Pads(self)
        self._title = Text(title, "heading").wrapped()
        self._close = KeyButton(tr("关闭"), "Esc", look="quiet")
        self._close.clicked.connect(self.escape)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self.message = Message()
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 16)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self.message)
        whole.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def title(self) -> str:
        return self._title.text()

    def first_focus(self) -> QWidget:
        """Where typing should go when the panel opens."""
        return self

    def scan(self, code: str) -> bool:
        """A card or code was scanned while this panel is open; True when the panel took it."""
        del code
        return False

    def step_back(self) -> bool:
        """Undo one step inside the panel; False when Esc should close it."""
        return False

    def show_pad(self, field: QLineEdit) -> None:
        """Digits or letters for fingers, where they do not cover `field`."""
        self.pads.show(field)

    def hide_pad(self) -> None:
        self.pads.hide()

    def pad_shown(self) -> bool:
        return self.pads.shown

    def escape(self) -> None:
        if not self.step_back():
            self.closed.emit()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab goes round inside the panel: what is typed must never reach the till behind it."""
        tab_inside(self, forward=next)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
            return
        super().keyPressEvent(event)
        event.accept()  # keys meant for a panel never reach the till behind it


def tab_inside(whole: QWidget, *, forward: bool) -> None:
    """The next field of `whole` that takes Tab; after the last one the first."""
    focused = QApplication.focusWidget()
    start: QWidget = focused if focused is not None and whole.isAncestorOf(focused) else whole
    one = _beside(start, forward=forward)
    while one is not None and one is not start:
        if whole.isAncestorOf(one) and _takes_tab(one):
            one.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
            break
        one = _beside(one, forward=forward)


def _beside(widget: QWidget, *, forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if forward else widget.previousInFocusChain()


def _takes_tab(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisible()


class Scroll(QScrollArea):
    """A column that scrolls when it must."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        scroll_by_finger(self)

    def sizeHint(self) -> QSize:
        return QSize(240, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._take_height()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._take_height()
        return super().eventFilter(watched, event)

    def _take_height(self) -> None:
        """What the column needs at this width. Left alone, Qt takes what it would need at its narrowest, where every chip
        and every sentence breaks, and shows a scroll bar with nothing to scroll."""
        inside = self.widget()
        if inside is not None and inside.hasHeightForWidth():
            inside.setMinimumHeight(inside.heightForWidth(self.viewport().width()))


def narrow(widget: QWidget) -> QWidget:
    """Keep a form from growing over the whole of a wide screen."""
    widget.setMaximumWidth(FORM_WIDTH)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return widget


def clear(layout: QBoxLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        inside = item.widget() if item else None
        if inside is not None:
            inside.hide()
            inside.setParent(None)
            inside.deleteLater()
