"""What the first screen offers: the demo canteen, one's own, training; and the other language."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos import i18n
from canteen_pos.i18n import tr
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.labels import Card, Text


class Offers(QWidget):
    """`chosen(kind)` when one is taken; `keys` are for the screen's keyboard. `founded`: their own stands already."""

    chosen = Signal(str)
    language = Signal()

    def __init__(self, *, founded: bool) -> None:
        super().__init__()
        self.keys: dict[int, Callable[[], None]] = {Qt.Key.Key_F2: self.language.emit}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addStretch(2)
        column.addWidget(Text(tr("欢迎。先选一样，按数字键或点一下。"), "heading"))
        row = QHBoxLayout()
        row.setSpacing(16)
        for offer in _offers(founded=founded):
            row.addWidget(self._card(*offer), 1)
        column.addLayout(row)
        column.addStretch(3)
        other = KeyButton("中文" if i18n.language() == "en" else "English", "F2", look="quiet")
        other.clicked.connect(self.language)
        column.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)

    def _card(self, kind: str, key: str, title: str, words: str, action: str) -> Card:
        card = Card()
        card.setMinimumHeight(240)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 20, 20, 20)
        inside.setSpacing(10)
        inside.addWidget(Text(title, "name"))
        inside.addWidget(Text(words, "body").wrapped())
        inside.addStretch(1)
        button = KeyButton(action, key, look="primary" if kind == "demo" else "plain")
        button.clicked.connect(lambda _: self.chosen.emit(kind))
        self.keys[ord(key)] = lambda: self.chosen.emit(kind)
        inside.addWidget(button)
        return card


def _offers(*, founded: bool) -> tuple[tuple[str, str, str, str, str], ...]:
    """Kind of house, key, title, what it is, what its button says."""
    return (
        (
            "demo",
            "1",
            tr("看看演示食堂"),
            tr("编出来的食堂：60 道菜、300 位就餐人、昨天的账。随便试，密码在屏幕上。"),
            tr("试一试"),
        ),
        (
            "canteen",
            "2",
            tr("建自己的食堂"),
            tr("名称、地点、餐次、收银台、经理和密码，五步；菜单和就餐人可以从表格导入。"),
            tr("进入食堂") if founded else tr("开始建"),
        ),
        (
            "training",
            "3",
            tr("训练模式"),
            tr("新同事练手：和真的一样收款，但记在另一个库里，不进账。"),
            tr("去训练"),
        ),
    )
