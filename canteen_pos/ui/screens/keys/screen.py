"""F1: every key on one page, in two columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.panel import Scroll, SidePanel
from canteen_pos.ui.screens.keys.presenter import Group, groups
from canteen_pos.ui.widgets.labels import KeyCap, Text

_KEY_WIDTH = 148


class KeysPanel(SidePanel):
    """Nothing to press: reading, Esc, and back to work."""

    def __init__(self) -> None:
        super().__init__(tr("全部按键"))
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(40)
        left, right = QVBoxLayout(), QVBoxLayout()
        everything = groups()
        for place, group in enumerate(everything):
            (left if place in (0, 1) else right).addWidget(_block(group))
        for column in (left, right):
            column.setSpacing(16)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.body.addWidget(Scroll(inside), 1)


def _block(group: Group) -> QWidget:
    heading, keys = group
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, _KEY_WIDTH)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Text(heading, "name"), 0, 0, 1, 2)
    for place, (key, what) in enumerate(keys, start=1):
        grid.addWidget(KeyCap(key), place, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(what, "body").wrapped(), place, 1)
    return block
