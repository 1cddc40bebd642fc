"""Every text of the menu's views and of food samples fits, in both languages."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from canteen_pos import i18n
from canteen_pos.services import planning
from canteen_pos.services.context import Desk
from canteen_pos.ui.office.frame import OfficeScreen
from tests.ui.keyboard import Key, keys
from tests.ui.measuring import cut_off_texts

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
VIEWS: dict[str, tuple[str, tuple[Key, ...]]] = {
    "this week": ("menu", ()),
    "next week, a dish chosen": ("menu", (K.Key_PageDown, K.Key_Tab)),
    "every dish shown": ("menu", (K.Key_F8, K.Key_F6)),
    "copying": ("menu", (K.Key_PageDown, K.Key_F5)),
    "suggesting": ("menu", (K.Key_PageDown, K.Key_F7)),
    "paper": ("menu", ((K.Key_P, CTRL), (K.Key_S, CTRL))),
    "dishes": ("menu", (K.Key_F3, "hsr")),
    "a new dish": ("menu", (K.Key_F3, (K.Key_N, CTRL), (K.Key_S, CTRL))),
    "a set": ("menu", (K.Key_F3, "101", K.Key_Return)),
    "counts": ("menu", (K.Key_F4, K.Key_PageUp)),
    "samples to take": ("samples", ()),
    "a sample refused": ("samples", (K.Key_Return, K.Key_Backspace, (K.Key_S, CTRL))),
    "samples kept": ("samples", ((K.Key_Right, CTRL), (K.Key_Right, CTRL))),
    "labels": ("samples", (K.Key_F5, (K.Key_S, CTRL), K.Key_F8)),
    "the log": ("samples", ((K.Key_P, CTRL),)),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_cut_off(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk, view: str, lang: str
) -> None:
    i18n.set_language(lang)
    section, pressed = VIEWS[view]
    office = open_office(section)
    keys(office.window(), *pressed)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QApplication.processEvents()
    assert office.width() == 1366, "the window did not have to grow"
    names = {dish.name for dish in planning.week(demo_desk, demo_desk.clock.now().date()).dishes.values()}
    long = {name for name in names if len(name) > 4}  # in the grid these end in an ellipsis and have a tip
    own = {
        *long,
        str(demo_desk.db.path.parent) if demo_desk.db.path else "",
    }  # and a long path scrolls in its field
    faults = [one for one in cut_off_texts(office) if not any(f"'{name}'" in one for name in own)]
    assert faults == []
