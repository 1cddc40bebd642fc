"""Every text on the till fits: at both sizes, in both languages, in both themes, in every state a cashier sees."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from canteen_pos import i18n
from canteen_pos.services import members
from canteen_pos.services.context import Desk
from canteen_pos.ui import theme
from canteen_pos.ui.screens.till.diner_card import DinerCard
from canteen_pos.ui.screens.till.screen import TillScreen
from canteen_pos.ui.screens.till.tile_grid import TileGrid
from canteen_pos.ui.screens.till.view import DinerView, TilesView, TileView
from canteen_pos.ui.widgets.keys import KeyButton
from tests.ui.driving import Key, press
from tests.ui.measuring import cut_off_texts

ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
CTRL = Qt.KeyboardModifier.ControlModifier
BAR = 48 + 32
"""The window's bar and the banner of the demo and of training."""

WAYS: dict[str, tuple[Key, ...]] = {
    "nothing": (),
    "set": (SPACE, "="),
    "order": ("2*hsr/", ENTER, "qjrs", ENTER, SPACE),
    "search": ("d",),
    "who": (Qt.Key.Key_F5, "w"),
    "why": (SPACE, Qt.Key.Key_F6),
    "cash": ("hsr", ENTER, Qt.Key.Key_F2, "100"),
    "code": ("hsr", ENTER, Qt.Key.Key_F3, "1"),
    "more": ("hsr", ENTER, Qt.Key.Key_F4),
    "voucher": ("hsr", ENTER, Qt.Key.Key_F4, "1"),
    "account": ("hsr", ENTER, Qt.Key.Key_F4, "2"),
    "split": ("hsr", ENTER, Qt.Key.Key_F4, "4", "5", Qt.Key.Key_F2),
    "short": ("9*hsr", ENTER, "9*hsr", ENTER, "9*hsr", ENTER, ENTER),
    "dish": ("hsr", Qt.Key.Key_F12),
    "dish price": ("hsr", Qt.Key.Key_F12, "2", "13.5"),
    "price": (SPACE, (Qt.Key.Key_P, CTRL), "9.5", ENTER),
    "pin": (SPACE, (Qt.Key.Key_P, CTRL), "9.5", ENTER, "1"),
    "drawer": ((Qt.Key.Key_O, CTRL),),
    "eaters": (SPACE, (ENTER, CTRL), "hsr", ENTER),
    "takeaway": (SPACE, Qt.Key.Key_F7),
    "paid": (SPACE, Qt.Key.Key_F2, "100", ENTER),
    "parked": (SPACE, Qt.Key.Key_F8, "hsr", ENTER, Qt.Key.Key_F8, Qt.Key.Key_F9),
}


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_every_text_fits(
    make_till: Callable[..., TillScreen],
    dressed: QApplication,
    demo_desk: Desk,
    size: tuple[int, int],
    lang: str,
    colours: theme.ThemeName,
) -> None:
    i18n.set_language(lang)
    theme.apply(dressed, colours)
    wang = members.find(demo_desk, "王秀兰")[0]
    faults = {}
    for way, keys in WAYS.items():
        till = make_till(size=(size[0], size[1] - BAR))
        assert (till.width(), till.height()) == (size[0], size[1] - BAR), (
            "the till asks for more than the screen"
        )
        if way != "who":
            till.use_member(wang.id)
        press(till, *keys)
        dressed.processEvents()
        cut = cut_off_texts(till)
        if cut:
            faults[way] = cut
        till.presenter.clear()
        till.close()
    assert faults == {}


def test_every_category_fits(make_till: Callable[..., TillScreen], dressed: QApplication) -> None:
    till = make_till()
    for place in range(len(till.tiles.view.categories)):
        till.presenter.category(to=place)
        dressed.processEvents()
        assert cut_off_texts(till) == []


def test_measuring_sees_what_is_cut_off(qtbot: QtBot, dressed: QApplication) -> None:
    """The measure itself: a label, a painted button and a clipped one are found; the same with room are not."""
    del dressed
    window = QWidget()
    qtbot.addWidget(window)
    narrow, button, outside = (
        QLabel("红烧肉半份六元整", window),
        KeyButton("刷卡扣款", "Enter", parent=window),
        QLabel("外", window),
    )
    narrow.setGeometry(0, 0, 60, 30)
    button.setGeometry(0, 40, 70, 44)
    outside.setGeometry(395, 100, 60, 30)
    window.resize(400, 200)
    window.show()
    assert len(cut_off_texts(window)) == 3, cut_off_texts(window)
    roomy = QWidget()
    qtbot.addWidget(roomy)
    column = QVBoxLayout(roomy)
    column.addWidget(QLabel("红烧肉半份六元整"))
    column.addWidget(KeyButton("刷卡扣款", "Enter"))
    roomy.show()
    assert cut_off_texts(roomy) == []


@pytest.mark.parametrize("width", [912, 1384])
def test_long_names_fit(qtbot: QtBot, dressed: QApplication, width: int) -> None:
    """A dish of twelve characters beside a warning, a diner of twelve with age and card."""
    del dressed
    grid = TileGrid()
    qtbot.addWidget(grid)
    grid.resize(width, 400)
    name = "秘制砂锅野山菌炖土鸡块"
    grid.show_view(
        TilesView((TileView(1, name, "整 38.00 · 半 19.00", "¥38.00", "余 3", few=True, clash="含花生"),))
    )
    grid.show()
    assert cut_off_texts(grid) == []
    card = DinerCard()
    qtbot.addWidget(card)
    card.resize(418, 98)
    card.show_view(
        DinerView(
            "阿卜杜热西提·麦麦提敏", "104 岁 · 卡 000412", "余额 ¥1,286.40 · 上次 11月18日早餐", known=True
        )
    )
    card.show()
    assert cut_off_texts(card) == []
    assert any("104 岁" in box.text for box in card.text_boxes()), "the age stays"


def test_rare_names_have_glyphs(dressed: QApplication) -> None:
    del dressed
    metrics = QFontMetricsF(theme.font(16))
    assert [name for name in "㳃䶮王¥−" if not metrics.inFontUcs4(ord(name))] == []


def test_emoji_are_drawn_each_in_its_own_shape(dressed: QApplication) -> None:
    """A dish with a bowl in its name is no box, also on a computer without any emoji font."""
    del dressed

    def drawn(char: str) -> bytes:
        label = QLabel(char)
        label.setFont(theme.font(24))
        label.resize(48, 48)
        return bytes(label.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8).constBits())

    assert len({drawn(char) for char in ("🍜", "🥚", "🍲", "\U000e0fff")}) == 4


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read_on_its_ground(name: theme.ThemeName) -> None:
    """WCAG AA: 4.5 to 1 for text; what is switched off or sold out is larger than 3 to 1."""
    colours = theme.load(name).colours
    pairs = {
        ("ink", "ground"): 4.5, ("ink", "card"): 4.5, ("ink", "wash"): 4.5, ("ink", "sunken"): 4.5,
        ("quiet", "ground"): 4.5, ("quiet", "card"): 4.5, ("quiet", "wash"): 4.5, ("river_ink", "card"): 4.5,
        ("river_ink", "wash"): 4.5, ("on_river", "river"): 4.5, ("on_bar", "river_dark"): 4.5, ("on_bar", "tab"): 4.5,
        ("on_notice", "notice"): 4.5, ("bad", "card"): 4.5, ("bad", "bad_wash"): 4.5, ("clash", "card"): 4.5,
        ("faint", "card"): 3.0, ("faint", "sunken"): 2.5,
    }  # fmt: skip
    weak = {}
    for (ink, ground), least in pairs.items():
        light, dark = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)
        ratio = (light + 0.05) / (dark + 0.05)
        if ratio < least:
            weak[f"{ink} on {ground}"] = round(ratio, 2)
    assert weak == {}
