"""The views of the menu section: the week, the dishes, after service. Each is a section; tabs lead from one to another."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from canteen_pos.i18n import tr
from canteen_pos.ui.office.section import Section
from canteen_pos.ui.widgets.keys import KeyButton


class MenuTabs(QWidget):
    """`current` is the section it stands in; F2, F3 and F4 lead to the others."""

    def __init__(self, section: Section, current: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, word, cap in (
            ("menu", tr("一周"), "F2"),
            ("dishes", tr("菜品"), "F3"),
            ("after_service", tr("餐后"), "F4"),
        ):
            button = KeyButton(word, cap, look="tab")
            button.setChecked(key == current)
            go = _leads(section, key) if key != current else None
            if go is not None:
                button.clicked.connect(go)
                section.on(cap, go)
            row.addWidget(button)


def _leads(section: Section, key: str) -> Callable[[], None]:
    return lambda *_: section.wants.emit(key, None)
