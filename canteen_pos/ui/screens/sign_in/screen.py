"""Sign-in and lock screen: tiles of users on the left, the PIN on the right; fingers and keys alike."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.services.context import Desk
from canteen_pos.ui import theme
from canteen_pos.ui.panel import Message
from canteen_pos.ui.screens.sign_in.presenter import PIN_MAX, SignInPresenter, UserTile
from canteen_pos.ui.widgets.keys import KeyButton, NumPad
from canteen_pos.ui.widgets.labels import Card, Text, let_go
from canteen_pos.ui.widgets.painted import LEFT, TextBox, draw_box

_COLUMNS = 3
_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}
_DIGITS = frozenset("0123456789")


class UserButton(QAbstractButton):
    """A user's tile: name, role, the digit that chooses it; the demo canteen's tiles show the PIN as well."""

    def __init__(self, tile: UserTile) -> None:
        super().__init__()
        self.tile = tile
        self._chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tile.name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_chosen(self, chosen: bool) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(196, 108)

    def text_boxes(self) -> list[TextBox]:
        wide, high = self.width(), self.height()
        boxes = [
            TextBox(self.tile.name, theme.font(20, bold=True), QRectF(16, 12, wide - 56, 30), align=LEFT),
            TextBox(self.tile.role, theme.font(13), QRectF(16, 44, wide - 32, 20), "quiet", LEFT),
        ]
        if self.tile.key:
            cap = QRectF(wide - 36, 14, 22, 20)
            boxes.append(TextBox(self.tile.key, theme.font(12), cap, "quiet", frame="line_strong"))
        if self.tile.demo_pin:
            pin = tr("密码 {pin}").format(pin=self.tile.demo_pin)
            room = QRectF(16, high - 34, wide - 32, 22)
            boxes.append(TextBox(pin, theme.font(13), room, "on_notice", LEFT))
        return boxes

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("wash" if self._chosen or self.isDown() else "card"))
        painter.setPen(
            QPen(theme.colour("river" if self._chosen else "line_strong"), 2 if self._chosen else 1)
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        for box in self.text_boxes():
            draw_box(painter, box)
        painter.end()


class PinDots(QWidget):
    """One dot for each digit typed: how many, never which."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self.setFixedHeight(40)

    def set_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = max(4, self._count)
        gap = min(28.0, self.width() / (PIN_MAX + 1))
        left = self.width() / 2 - gap * (shown - 1) / 2
        for place in range(shown):
            painter.setBrush(theme.colour("ink") if place < self._count else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("ink" if place < self._count else "line_strong"), 2))
            painter.drawEllipse(QRectF(left + gap * place - 7, self.height() / 2 - 7, 14, 14))
        painter.end()


class SignInScreen(QWidget):
    """Emits `signed_in(Actor)`. `welcome` is asked for by the link below (another canteen, training)."""

    signed_in = Signal(object)
    welcome = Signal()

    def __init__(
        self, desk: Desk, demo_pins: Mapping[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.presenter = SignInPresenter(desk, demo_pins)
        self._buttons: list[UserButton] = []
        self._title = Text(tr("谁来收银"), "heading")
        self._hint = Text("", "quiet")
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._name = Text("", "name")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dots = PinDots()
        self._message = Message()
        self._pad = NumPad(enter_label=tr("登录"), kind="pin")
        self._pad.typed.connect(self._type)
        self._pad.erased.connect(self._erase)
        self._pad.entered.connect(self.submit)
        self._change = KeyButton(tr("换我的密码"), "F4", look="quiet")
        self._change.clicked.connect(self._change_pin)
        self._other = KeyButton(tr("其他食堂、训练"), "F12", look="quiet")
        self._other.clicked.connect(self.welcome)
        self._lay_out()
        self.reload()

    def reload(self) -> None:
        """Fresh tiles; nobody chosen."""
        self.presenter.reload()
        let_go(self._grid, self._buttons)
        self._buttons = [UserButton(tile) for tile in self.presenter.tiles]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, user_id=button.tile.user_id: self.choose(user_id))
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        self._render()

    def lock(self, user_id: int) -> None:
        """Locked by `user_id`: only the PIN is missing; Esc shows everybody."""
        self.reload()
        self.choose(user_id)

    def tell(self, text: str) -> None:
        """Why somebody stands here who did not want to."""
        self.presenter.message = text
        self._render()

    def choose(self, user_id: int) -> None:
        self.presenter.choose(user_id)
        self._render()

    def scan(self) -> None:
        """A card or code while nobody is signed in."""
        self.presenter.scanned()
        self._render()

    def submit(self) -> None:
        actor = self.presenter.submit()
        self._render()
        if actor is not None:
            self.signed_in.emit(actor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if text in _DIGITS and text:
            self._type(text)
        elif key == Qt.Key.Key_Backspace:
            self._erase()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif key == Qt.Key.Key_Escape:
            self.presenter.back()
            self._render()
        elif key == Qt.Key.Key_F4:
            self._change_pin()
        elif key == Qt.Key.Key_F12:
            self.welcome.emit()
        elif key in _STEPS:
            self._step(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        tiles = self.presenter.tiles
        if not tiles:
            return
        chosen = self.presenter.chosen
        place = tiles.index(chosen) + by if chosen in tiles else 0
        self.choose(tiles[min(max(place, 0), len(tiles) - 1)].user_id)

    def _type(self, text: str) -> None:
        for digit in text:
            if digit in _DIGITS:
                self.presenter.key(digit)
        self._render()

    def _change_pin(self) -> None:
        self.presenter.change_pin()
        self._render()

    def _erase(self) -> None:
        self.presenter.erase()
        self._render()

    def _render(self) -> None:
        chosen = self.presenter.chosen
        for button in self._buttons:
            button.set_chosen(chosen is not None and button.tile.user_id == chosen.user_id)
        self._name.setText(self.presenter.wanted())
        self._change.set_label(tr("不换密码了") if self.presenter.changing else tr("换我的密码"))
        self._hint.setText(
            tr("数字键或方向键选人；Esc 重新选") if not chosen else tr("输入密码，按 Enter；Esc 换人")
        )
        self._dots.set_count(len(self.presenter.pin))
        self._message.say(self.presenter.message)

    def _lay_out(self) -> None:
        tiles = QVBoxLayout()
        tiles.setSpacing(6)
        tiles.addWidget(self._title)
        tiles.addWidget(self._hint)
        tiles.addSpacing(8)
        tiles.addLayout(self._grid)
        tiles.addStretch(1)
        tiles.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        card = Card()
        card.setFixedWidth(400)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 24, 24, 24)
        inside.setSpacing(12)
        inside.addWidget(self._name)
        inside.addWidget(self._dots)
        inside.addWidget(self._pad)
        inside.addWidget(self._message)
        inside.addWidget(self._change, 0, Qt.AlignmentFlag.AlignHCenter)
        middle = QWidget()
        middle.setMaximumWidth(1140)
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(32)
        across.addLayout(tiles, 1)
        across.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(48, 48, 48, 48)
        whole.addStretch(1)
        whole.addWidget(middle, 20)
        whole.addStretch(1)
