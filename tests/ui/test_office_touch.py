"""The back office without a keyboard: a touched field has a key for letters and digits; nothing is too small to press."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from canteen_pos.services import members
from canteen_pos.services.context import Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.chips import ChipButton
from canteen_pos.ui.office.form import Form
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.office.section_key import SectionKey
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.pad_key import PadKey
from tests.ui.keyboard import keys

FINGER = 44
ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier


def touch(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def pad_key(field: QLineEdit) -> PadKey:
    key = field.findChild(PadKey)
    assert key is not None
    return key


def pressed(office: OfficeScreen, *words: str) -> None:
    """Keys of the pad that is shown, by what stands on them."""
    pad = office.pads.digits if office.pads.digits and office.pads.digits.isVisible() else office.pads.letters
    assert pad is not None
    for word in words:
        touch(next(each for each in pad.findChildren(KeyButton) if each.text() == word and each.isVisible()))


def a_list(office: OfficeScreen) -> ListSection:
    section = office.section
    assert isinstance(section, ListSection)
    return section


def test_somebody_is_found_by_fingers(open_office: Callable[..., OfficeScreen]) -> None:
    office = open_office("people")
    section = a_list(office)
    key = pad_key(section.search)
    assert not key.isVisible(), "who works with a keyboard sees no key"
    touch(section.search)
    assert key.isVisible()
    assert not office.pad_shown(), "and no pad comes unasked"
    touch(key)
    assert office.pad_shown()
    pressed(office, "w", "x", "l")
    assert section.search.text() == "wxl"
    assert section.current.name == "王秀兰"
    touch(key)
    assert not office.pad_shown()


def test_a_limit_is_typed_and_saved_by_fingers(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk
) -> None:
    office = open_office("people")
    section = a_list(office)
    keys(office.window(), "wxl")
    section.settle()
    touch(next(each for each in section.story.findChildren(KeyButton) if each.text() == "改资料"))
    form = section.form
    assert isinstance(form, Form)
    field = form.boxes["day_limit"].field
    assert isinstance(field, QLineEdit)
    field.setFocus()
    touch(field)
    touch(pad_key(field))
    pressed(office, "3", "0")
    assert field.text().endswith("30")
    touch(form.save_button)
    assert section.form is None
    assert not office.pad_shown(), "it went with its form"
    assert members.find(demo_desk, "王秀兰")


def test_the_pad_goes_with_its_field(open_office: Callable[..., OfficeScreen], window: MainWindow) -> None:
    office = open_office("people")
    section = a_list(office)
    touch(section.search)
    touch(pad_key(section.search))
    keys(window, (Qt.Key.Key_1, CTRL))
    assert not office.pad_shown()
    keys(window, (Qt.Key.Key_3, CTRL))
    assert not pad_key(section.search).isVisible()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_to_press_is_smaller_than_a_finger(
    open_office: Callable[..., OfficeScreen], lang: str
) -> None:
    from canteen_pos import i18n

    i18n.set_language(lang)
    office = open_office()
    small: list[str] = []
    for key in office.every():
        office.open(key)
        QApplication.processEvents()
        for each in office.findChildren(QAbstractButton):
            if isinstance(each, KeyButton | ChipButton | SectionKey) and each.isVisible():
                high = each.height() < FINGER
                narrow = each.width() < FINGER and not isinstance(each, ChipButton)
                if high or narrow:
                    small.append(f"{key}: {each.text()} {each.width()}x{each.height()}")
    assert small == []
