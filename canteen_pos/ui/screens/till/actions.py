"""The till's rows of buttons: ways to pay, categories, several eaters, the rest; and the one line that says something."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.screens.till.view import ActionsView, EaterView, NoticeView, TilesView
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import let_go
from canteen_pos.ui.widgets.painted import LEFT, Painted, TextBox, draw_card

_MOODS = {  # ground, edge, ink, sign
    "quiet": ("", "", "quiet", ""),
    "good": ("wash", "wash", "river_ink", "✓"),
    "notice": ("notice", "notice_line", "on_notice", "!"),
    "bad": ("bad_wash", "bad", "bad", "×"),
}


def _row(widget: QWidget, spacing: int = 8) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return row


class PayKeys(QWidget):
    """The four ways to pay; the card is the screen's one main action."""

    def __init__(self) -> None:
        super().__init__()
        self.wallet = KeyButton(tr("刷卡扣款"), "Enter", look="primary", stacked=True, size_px=17)
        self.cash = KeyButton(tr("现金"), "F2", stacked=True, size_px=16)
        self.code = KeyButton(tr("扫码"), "F3", stacked=True, size_px=16)
        self.more = KeyButton(tr("餐券…"), "F4", stacked=True, size_px=16)
        row = _row(self)
        row.addWidget(self.wallet, 3)
        for key in (self.cash, self.code, self.more):
            row.addWidget(key, 2)

    def show_view(self, view: ActionsView) -> None:
        self.wallet.set_label(view.pay)


class Actions(QWidget):
    """Parking, removing, refunding, printing again, all keys."""

    def __init__(self) -> None:
        super().__init__()
        self.park = KeyButton(tr("挂单"), "F8")
        self.resume = KeyButton(tr("取单"), "F9")
        self.remove = KeyButton(tr("删行"), "Del")
        self.refund = KeyButton(tr("退款"), "F10")
        self.reprint = KeyButton(tr("重打"), "F11")
        self.keys = KeyButton(tr("全部按键"), "F1")
        row = _row(self)
        for key in (self.park, self.resume, self.remove, self.refund, self.reprint, self.keys):
            row.addWidget(key, 1)

    def show_view(self, view: ActionsView) -> None:
        self.resume.set_label(tr("取单 {count}").format(count=view.parked) if view.parked else tr("取单"))
        self.resume.set_look("notice" if view.parked else "plain")


class Categories(QWidget):
    """A tab for each category, and on the right how the meal is served."""

    chosen = Signal(int)
    serving_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._tabs: list[KeyButton] = []
        self._layout = _row(self)
        self._layout.addStretch(1)
        self.serving = KeyButton("", "F7", look="quiet")
        self.serving.clicked.connect(self.serving_pressed)
        self._layout.addWidget(self.serving)

    def show_view(self, view: TilesView, serving: str) -> None:
        if view.categories != self._names:
            self._build(view.categories)
        for place, tab in enumerate(self._tabs):
            tab.setChecked(place == view.category and not view.searching)
        self.serving.set_label(f"{serving} ▾")

    def _build(self, names: tuple[str, ...]) -> None:
        let_go(self._layout, self._tabs)
        self._names, self._tabs = names, []
        for place, name in enumerate(names):
            tab = KeyButton(name, look="tab", parent=self)
            tab.clicked.connect(lambda _checked, at=place: self.chosen.emit(at))
            self._layout.insertWidget(place, tab)
            self._tabs.append(tab)


class Eaters(QWidget):
    """Who sits at this payment; hidden while there is one eater."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._eaters: tuple[EaterView, ...] = ()
        self._tabs: list[KeyButton] = []
        self._layout = _row(self, 6)
        self._layout.addStretch(1)
        self.hide()

    def show_eaters(self, eaters: tuple[EaterView, ...]) -> None:
        if eaters == self._eaters:
            return
        self._eaters = eaters
        self.setVisible(bool(eaters))
        while len(self._tabs) < len(eaters):
            self._add_tab(len(self._tabs))
        for place, tab in enumerate(self._tabs):
            tab.setVisible(place < len(eaters))
            if place < len(eaters):
                tab.set_label(f"{eaters[place].name} {eaters[place].amount}")
                tab.setChecked(eaters[place].current)

    def _add_tab(self, place: int) -> None:
        tab = KeyButton("", look="tab", parent=self)
        tab.clicked.connect(lambda: self.pressed.emit(place))
        self._layout.insertWidget(place, tab)
        self._tabs.append(tab)


class NoticeLine(Painted):
    """One line above the actions; its room is always there, so that nothing moves. A sign stands before the words."""

    def __init__(self) -> None:
        super().__init__()
        self._view = NoticeView()
        self.setFixedHeight(38)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def view(self) -> NoticeView:
        return self._view

    def text(self) -> str:
        return self._view.text

    def show_view(self, view: NoticeView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 38)

    def text_boxes(self) -> list[TextBox]:
        if not self._view.text:
            return []
        _, _, ink, sign = _MOODS[self._view.mood]
        area = QRectF(self.rect()).adjusted(12, 0, -12, 0)
        boxes = []
        if sign:
            boxes.append(
                TextBox(sign, theme.font(16, bold=True), QRectF(12, 0, 18, area.height()), ink, LEFT)
            )
            area.setLeft(34)
        boxes.append(TextBox(self._view.text, theme.font(15), area, ink, LEFT))
        return boxes

    def paint_ground(self, painter: QPainter) -> None:
        ground, edge, *_ = _MOODS[self._view.mood]
        if ground and self._view.text:
            draw_card(painter, QRectF(self.rect()), ground, edge)
