"""The window that faces the diner: large type, read from two steps away, calm."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from canteen_pos.clock import Clock
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.screens.customer_display import presenter
from canteen_pos.ui.screens.customer_display.presenter import Facing, FacingLine, ShownLike, Thanks

_WIDTH, _HEIGHT = 1024, 600  # the drawing's size; everything scales from it
_SPLIT = 604
_OUTLINE_PX = 56
_PLAIN_ROW, _DETAILED_ROW = 57.0, 84.0
_LEFT = QColor("#12393B")
_RIGHT = QColor("#0C2B2D")
_INK = QColor("#F4F7F6")
_SOFT = QColor("#9CC7C5")
_HAIR = QColor("#2B5557")


class CustomerDisplay(QWidget):
    """Shows a `Facing` order, a `Thanks`, or the canteen's name while nobody is served. Same look in both themes."""

    def __init__(self, canteen: str, clock: Clock) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("customer_display")
        self.setWindowTitle(tr("顾客屏"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setMinimumSize(640, 375)
        self.resize(_WIDTH, _HEIGHT)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, _LEFT)
        self.setPalette(palette)
        self._canteen = canteen
        self._clock = clock
        self._shown: Facing | Thanks | None = None

    @property
    def shown(self) -> Facing | Thanks | None:
        return self._shown

    def show_order(self, facing: Facing) -> None:
        self._set(facing if facing.lines or facing.greeting else None)

    def show_shown(self, order: ShownLike) -> None:
        """What the till says about its order: being rung up, just paid, or nothing."""
        if order.done:
            self._set(Thanks(order.pays_fen, order.given_fen, order.change_fen, order.balance_after_fen))
            return
        hello = presenter.greeting(order.name, order.age, None, self._clock.now()) if order.name else ""
        lines = tuple(FacingLine(line.name, line.detail, line.list_fen) for line in order.lines)
        if lines and not hello:
            hello = presenter.day_greeting(self._clock.now())
        self.show_order(Facing(hello, lines, order.list_fen, order.pays_fen, order.balance_after_fen))

    def clear(self) -> None:
        self._set(None)

    def open_on_second_screen(self) -> bool:
        """Fill a second screen if there is one; otherwise a plain window. True when it went to a second screen."""
        other = second_screen()
        if other is None:
            self.show()
            return False
        self.setGeometry(other.geometry())
        self.showFullScreen()
        return True

    def texts(self) -> tuple[str, ...]:
        """Every text on the screen as it stands, for tests and for reading aloud."""
        if self._shown is None:
            return (self._canteen, tr("欢迎"))
        if isinstance(self._shown, Thanks):
            return (*(text for row in self._thanks_rows(self._shown) for text in row), tr("谢谢，请慢用"))
        facing = self._shown
        words = [facing.greeting]
        for line in facing.lines:
            words += [line.name, line.detail, yuan(line.list_fen)]
        words += [tr("原价"), yuan(facing.list_fen), tr("优惠和补贴"), presenter.less_word(facing.less_fen)]
        words += [tr("请付"), f"¥{yuan(facing.pays_fen)}"]
        if facing.balance_after_fen is not None:
            words += [tr("付后余额"), f"¥{yuan(facing.balance_after_fen)}"]
        return tuple(word for word in words if word)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / _WIDTH, self.height() / _HEIGHT)
        wide, high = self.width() / scale, self.height() / scale
        painter.scale(scale, scale)
        split = wide * _SPLIT / _WIDTH
        painter.fillRect(0, 0, round(wide) + 1, round(high) + 1, _LEFT)
        if self._shown is None:
            self._paint_welcome(painter, wide, high)
        elif isinstance(self._shown, Thanks):
            self._paint_thanks(painter, self._shown, wide, high)
        else:
            painter.fillRect(round(split), 0, round(wide - split) + 1, round(high) + 1, _RIGHT)
            self._paint_lines(painter, self._shown, split, high)
            self._paint_sum(painter, self._shown, split + 36, wide - 36, high)
        painter.end()

    def _set(self, shown: Facing | Thanks | None) -> None:
        if shown != self._shown:
            self._shown = shown
            self.update()

    def _paint_welcome(self, painter: QPainter, wide: float, high: float) -> None:
        _centred(painter, self._canteen, wide, high * 0.44, 64, _INK, bold=True)
        _centred(painter, tr("欢迎"), wide, high * 0.60, 40, _SOFT)

    def _paint_lines(self, painter: QPainter, facing: Facing, split: float, high: float) -> None:
        left, right = 36.0, split - 36
        _left(painter, facing.greeting, left, 72, right - left, 34, _INK)
        top = 134.0
        hidden = presenter.fitting(
            facing.lines, high - top + _PLAIN_ROW / 2, (_PLAIN_ROW, _DETAILED_ROW, _PLAIN_ROW)
        )
        if hidden:
            _left(painter, tr("前面还有 {n} 项").format(n=hidden), left, top, right - left, 26, _SOFT)
            top += _PLAIN_ROW
        for line in facing.lines[hidden:]:
            used = _right(painter, yuan(line.list_fen), right, top, 29, _INK)
            _left(painter, line.name, left, top, right - left - used - 24, 29, _INK)
            if line.detail:
                _left(painter, line.detail, left, top + 27, right - left, 19, _SOFT)
            row = _DETAILED_ROW if line.detail else _PLAIN_ROW
            painter.setPen(_HAIR)
            painter.drawLine(QPointF(left, top + row - 39), QPointF(right, top + row - 39))
            top += row

    def _paint_sum(self, painter: QPainter, facing: Facing, left: float, right: float, high: float) -> None:
        self._pair(painter, tr("原价"), yuan(facing.list_fen), left, right, 73, _INK)
        self._pair(painter, tr("优惠和补贴"), presenter.less_word(facing.less_fen), left, right, 127, _INK)
        _left(painter, tr("请付"), left, high * 0.476, right - left, 32, _INK)
        _left(
            painter,
            f"¥{yuan(facing.pays_fen)}",
            left - 4,
            high * 0.66,
            right - left + 8,
            104,
            _INK,
            bold=True,
        )
        if facing.balance_after_fen is not None:
            self._pair(
                painter, tr("付后余额"), f"¥{yuan(facing.balance_after_fen)}", left, right, high - 52, _SOFT
            )

    def _paint_thanks(self, painter: QPainter, thanks: Thanks, wide: float, high: float) -> None:
        _centred(painter, tr("谢谢，请慢用"), wide, high * 0.25, 52, _INK, bold=True)
        left, right = wide * 0.22, wide * 0.78
        baseline = high * 0.46
        for word, amount in self._thanks_rows(thanks):
            loud = word == tr("找您")
            used = _right(painter, amount, right, baseline, 64 if loud else 36, _INK, bold=loud)
            _left(painter, word, left, baseline, right - left - used - 24, 36, _INK if loud else _SOFT)
            baseline += 86

    @staticmethod
    def _thanks_rows(thanks: Thanks) -> tuple[tuple[str, str], ...]:
        rows = [(tr("已付"), f"¥{yuan(thanks.paid_fen)}")]
        if thanks.change_fen:
            rows.append((tr("收您"), f"¥{yuan(thanks.given_fen)}"))
            rows.append((tr("找您"), f"¥{yuan(thanks.change_fen)}"))
        if thanks.balance_fen is not None:
            rows.append((tr("余额"), f"¥{yuan(thanks.balance_fen)}"))
        return tuple(rows)

    @staticmethod
    def _pair(
        painter: QPainter, word: str, amount: str, left: float, right: float, baseline: float, ink: QColor
    ) -> None:
        used = _right(painter, amount, right, baseline, 29, ink)
        _left(painter, word, left, baseline, right - left - used - 16, 28, ink)


def second_screen() -> QScreen | None:
    """The first screen that is not the cashier's."""
    primary = QGuiApplication.primaryScreen()
    return next((screen for screen in QGuiApplication.screens() if screen is not primary), None)


def _fitted(text: str, size: float, bold: bool, room: float) -> QFont:
    """The house's font at `size`, smaller if the text would not fit: a cut-off amount is a wrong amount."""
    made = theme.font(size, bold=bold)
    width = QFontMetricsF(made).horizontalAdvance(text)
    return made if width <= room else theme.font(max(14.0, size * room / width), bold=bold)


def _draw(painter: QPainter, text: str, x: float, baseline: float, font: QFont, ink: QColor) -> None:
    """Qt leaves the made-up bold away on very large letters, which it draws as outlines: give those a pen."""
    painter.setPen(ink)
    painter.setFont(font)
    if not font.bold() or font.pixelSize() < _OUTLINE_PX:
        painter.drawText(QPointF(x, baseline), text)
        return
    outline = QPainterPath()
    outline.addText(QPointF(x, baseline), theme.font(font.pixelSize()), text)
    painter.setPen(QPen(ink, font.pixelSize() * 0.035, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(ink)
    painter.drawPath(outline)


def _left(
    painter: QPainter,
    text: str,
    x: float,
    baseline: float,
    room: float,
    size: float,
    ink: QColor,
    bold: bool = False,
) -> None:
    _draw(painter, text, x, baseline, _fitted(text, size, bold, room), ink)


def _right(
    painter: QPainter, text: str, x: float, baseline: float, size: float, ink: QColor, bold: bool = False
) -> float:
    """Draw right-aligned at `x`; the width used comes back."""
    made = theme.font(size, bold=bold)
    width = QFontMetricsF(made).horizontalAdvance(text)
    _draw(painter, text, x - width, baseline, made, ink)
    return width


def _centred(
    painter: QPainter, text: str, wide: float, baseline: float, size: float, ink: QColor, bold: bool = False
) -> None:
    made = _fitted(text, size, bold, wide - 96)
    width = QFontMetricsF(made).horizontalAdvance(text)
    _draw(painter, text, (wide - width) / 2, baseline, made, ink)
