"""Who is eating: photo or initial, name, age, card, balance, last meal, what they may still get, what they must not eat."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui import theme
from canteen_pos.ui.screens.till.view import ChipView, DinerView
from canteen_pos.ui.screens.till.words import DOT
from canteen_pos.ui.widgets.painted import LEFT, Painted, TextBox, draw_box, draw_card
from canteen_pos.ui.widgets.portrait import draw_framed, photo

HEIGHT = 98
_PHOTO = QRectF(12, 11, 64, 76)
_TEXT_X = 88.0
_CHIP_INK = {"plain": "ink", "good": "river_ink", "notice": "on_notice", "bad": "bad"}
_CHIP_GROUND = {"plain": "sunken", "good": "wash", "notice": "notice", "bad": "bad_wash"}


class DinerCard(Painted):
    """Pressing it asks for somebody else; pressing the photo of somebody known shows it large."""

    pressed = Signal()
    photo_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = DinerView("", "", "")
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_view(self, view: DinerView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(418, HEIGHT)

    def text_boxes(self) -> list[TextBox]:
        view = self._view
        key = tr("Esc 换人") if view.known else tr("F5 找人")
        cap_width = QFontMetricsF(theme.font(12)).horizontalAdvance(key) + 10
        cap = QRectF(self.width() - 12 - cap_width, 12, cap_width, 18)
        room = cap.left() - 8 - _TEXT_X
        facts, facts_width = self._facts(room)
        name_font = self._name_font(room - facts_width)
        name_width = min(QFontMetricsF(name_font).horizontalAdvance(view.name) + 1, room)
        boxes = [
            TextBox(key, theme.font(12), cap, "quiet", frame="line_strong"),
            TextBox(view.name, name_font, QRectF(_TEXT_X, 10, name_width, 28), align=LEFT),
        ]
        if facts:
            box = QRectF(_TEXT_X + name_width + 8, 12, facts_width - 8, 26)
            boxes.append(TextBox(facts, theme.font(14), box, "quiet", LEFT))
        money = QRectF(_TEXT_X, 38, self.width() - 12 - _TEXT_X, 22)
        boxes.append(TextBox(view.money, theme.font(14), money, align=LEFT))
        return boxes + self._chips()

    def _facts(self, room: float) -> tuple[str, float]:
        """Age and card beside the name, with their width; beside a very long name the age alone, or nothing."""
        least = QFontMetricsF(theme.font(14, bold=True)).horizontalAdvance(self._view.name) + 1
        for facts in (self._view.facts, self._view.facts.split(DOT)[0]):
            width = QFontMetricsF(theme.font(14)).horizontalAdvance(facts) + 9
            if facts and least + width <= room:
                return facts, width
        return "", 0.0

    def _name_font(self, room: float) -> QFont:
        """As large as leaves room for age and card; long names are smaller, never shorter."""
        fonts = [theme.font(size, bold=True) for size in range(20, 13, -1)]
        wide = (font for font in fonts if QFontMetricsF(font).horizontalAdvance(self._view.name) + 1 <= room)
        return next(wide, fonts[-1])

    def _chips(self) -> list[TextBox]:
        boxes: list[TextBox] = []
        font, x = theme.font(13), _TEXT_X
        for chip in self._fitting():
            width = QFontMetricsF(font).horizontalAdvance(chip.text) + 14
            box = QRectF(x, 64, min(width, self.width() - 12 - x), 22)
            boxes.append(TextBox(chip.text, font, box, _CHIP_INK[chip.kind], ground=_CHIP_GROUND[chip.kind]))
            x += width + 6
        return boxes

    def _fitting(self) -> list[ChipView]:
        """Warnings first when not everything has room."""
        chips = list(self._view.chips)
        metrics = QFontMetricsF(theme.font(13))
        room = self.width() - 12 - _TEXT_X
        while len(chips) > 1 and sum(metrics.horizontalAdvance(c.text) + 20 for c in chips) - 6 > room:
            plain = [chip for chip in chips if chip.kind in ("plain", "good")]
            chips.remove(plain[-1] if plain else chips[0])
        return chips

    def paint_ground(self, painter: QPainter) -> None:
        draw_card(painter, QRectF(self.rect()))
        self._paint_photo(painter)

    def _paint_photo(self, painter: QPainter) -> None:
        ratio = painter.device().devicePixelRatioF()
        picture = photo(self._view.photo, _PHOTO.size().toSize(), ratio) if self._view.photo else None
        if picture and not picture.isNull():
            draw_framed(painter, _PHOTO, picture)
            return
        shape = QPainterPath()
        shape.addRoundedRect(_PHOTO, 6, 6)
        wash = QLinearGradient(_PHOTO.topLeft(), _PHOTO.bottomLeft())
        known = self._view.known
        wash.setColorAt(0, theme.colour("photo_top" if known else "sunken"))
        wash.setColorAt(1, theme.colour("photo" if known else "sunken"))
        painter.fillPath(shape, wash)
        initial = self._view.initial or tr("客")
        box = _PHOTO.adjusted(0, 6, 0, 0)
        draw_box(painter, TextBox(initial, theme.font(30), box, "on_photo" if known else "faint"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._view.known and event.position().x() < _TEXT_X:
            self.photo_pressed.emit()
        else:
            self.pressed.emit()
