"""Tabs over the views of one subject: each view is a section, and its tab or its key leads there."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from canteen_pos.ui.office.section import Section
from canteen_pos.ui.widgets.keys import KeyButton


class ViewTabs(QWidget):
    """`views` are section, word and key; `current` is the one that `section` is."""

    def __init__(self, section: Section, current: str, views: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, word, cap in views:
            button = KeyButton(word, cap, look="tab")
            button.setChecked(key == current)
            if key != current:
                go = _leads(section, key)
                button.clicked.connect(go)
                section.on(cap, go)
            row.addWidget(button)


def _leads(section: Section, key: str) -> Callable[..., None]:
    return lambda *_: section.wants.emit(key, None)
