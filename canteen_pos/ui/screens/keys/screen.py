"""F1: every key on one page, in two columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.panel import Scroll, SidePanel
from canteen_pos.ui.screens.keys.presenter import Keys, columns
from canteen_pos.ui.widgets.labels import KeyCap, Text

_KEY_WIDTH = 120


class KeysPanel(SidePanel):
    """Nothing to press: reading, Esc, and back to work. `till` is the till's own list of (key, words)."""

    def __init__(self, till: object = ()) -> None:
        super().__init__(tr("全部按键"))
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(32)
        first, second, everywhere = columns(till)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(_block(*first))
        right.addWidget(_block(*everywhere))
        if second[1]:
            right.addSpacing(12)
            right.addWidget(_block(*second))
        for column in (left, right):
            column.addStretch(1)
            row.addLayout(column, 1)
        self.body.addWidget(Scroll(inside), 1)


def _block(heading: str, keys: Keys) -> QWidget:
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, _KEY_WIDTH)
    grid.setColumnStretch(1, 1)
    if heading:
        grid.addWidget(Text(heading, "name"), 0, 0, 1, 2)
    for place, (key, what) in enumerate(keys, start=1):
        grid.addWidget(KeyCap(key), place, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(what, "body").wrapped(), place, 1)
    return block
