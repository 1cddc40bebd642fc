"""Letters for fingers: a name, initials, a reason, a canteen's address without a keyboard; nothing typed is covered."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from canteen_pos import i18n
from canteen_pos.services import members
from canteen_pos.services.context import Desk
from canteen_pos.ui import theme
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.screens.enrol.screen import EnrolPanel
from canteen_pos.ui.screens.till.screen import TillScreen
from canteen_pos.ui.screens.welcome.presenter import Step
from canteen_pos.ui.widgets.keys import KeyButton
from canteen_pos.ui.widgets.letter_pad import LetterPad
from canteen_pos.ui.widgets.pad_key import PadKey, has_digits
from tests.ui.driving import press
from tests.ui.keyboard import keys
from tests.ui.measuring import cut_off_texts

FINGER = 44


def touch(widget: QWidget) -> None:
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def ask_for_letters(field: QLineEdit) -> None:
    key = field.findChild(PadKey)
    assert key is not None
    assert min(key.width(), key.height()) >= FINGER
    touch(key)


def tap(pad: LetterPad, *pressed: str) -> None:
    """Letters one by one; a Chinese character is chosen from the strip; other words name a key."""
    for one in pressed:
        if one in pad.keys:
            touch(pad.keys[one])
        elif one.isascii():
            tap(pad, *one)
        else:
            touch(next(each for each in pad.strip.buttons if each.text() == one))


def area(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def letters_of(panel: QWidget) -> LetterPad:
    return next(pad for pad in panel.findChildren(LetterPad) if pad.isVisible())


def test_a_dish_by_its_initials(till: TillScreen) -> None:
    ask_for_letters(till.field)
    assert till.letters is not None
    tap(till.letters, "2", "*", "hsr")
    assert till.field.text() == "2*hsr"
    tap(till.letters, "x", "erase", "enter")
    assert [(line.quantity, line.portion) for line in till.presenter.draft.lines] == [(2, "full")]
    assert till.field.text() == ""
    assert till.field.hasFocus()


def test_the_till_keeps_field_sum_and_finds_in_sight(till: TillScreen) -> None:
    ask_for_letters(till.field)
    assert till.letters is not None
    tap(till.letters, "d")
    pad = area(till.letters, till)
    for seen in (till.field, till.sums, till.pay, till.order, till.tile_area):
        assert not pad.intersects(area(seen, till)), seen
    assert till.tile_area.height() > 2 * 100
    assert min(min(key.width(), key.height()) for key in till.letters.keys.values()) >= FINGER
    tap(till.letters, "close")
    assert not till.letters.isVisible()
    assert till.rest.isVisible()


def test_a_person_by_initials_and_the_pad_makes_way_for_amounts(till: TillScreen, demo_desk: Desk) -> None:
    ask_for_letters(till.field)
    assert till.letters is not None
    press(till, Qt.Key.Key_F5)
    tap(till.letters, "wxl", "enter")
    assert till.presenter.draft.member == members.find(demo_desk, "wxl")[0]
    press(till, Qt.Key.Key_Space, Qt.Key.Key_F2)
    assert not till.letters.isVisible(), "cash has a number pad of its own"
    press(till, Qt.Key.Key_Escape)
    assert till.letters.isVisible(), "it was not sent away"


def test_a_reason_in_chinese(till: TillScreen) -> None:
    press(till, (Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier))
    ask_for_letters(till.field)
    assert till.letters is not None
    tap(till.letters, "huan", "换", "ling", "零", "q", "i", "erase", "ian", "钱")
    assert till.field.text() == "换零钱"


def test_a_newcomer_without_a_keyboard(at_till: MainWindow, demo_desk: Desk) -> None:
    at_till.open_panel("enrol")
    panel = at_till.panel
    assert isinstance(panel, EnrolPanel)
    ask_for_letters(panel.name_field)
    pad = letters_of(panel)
    tap(pad, "zhao", "赵", "xin", "新", "lai")
    while "来" not in [each.text() for each in pad.strip.buttons]:
        touch(pad.strip.more)
    tap(pad, "来", "enter")
    assert panel.name_field.text() == "赵新来"
    assert panel.born_field.hasFocus()
    assert not pad.composing, "an ID number takes letters as they are"
    tap(pad, "1950", "enter", "enter")
    assert panel.phone_field.hasFocus()
    digits = panel.pads.digits
    assert digits is not None
    assert digits.isVisible()
    assert not pad.isVisible()
    touch(digits.keys.enter)
    assert at_till.panel is None
    assert [one.name for one in members.find(demo_desk, "赵新来")] == ["赵新来"]


def test_letters_that_wait_follow_the_habits_of_an_input_method(at_till: MainWindow) -> None:
    at_till.open_panel("enrol")
    panel = at_till.panel
    assert isinstance(panel, EnrolPanel)
    ask_for_letters(panel.name_field)
    pad = letters_of(panel)
    tap(pad, "wang", "space")
    assert panel.name_field.text() == "王"
    tap(pad, "li", "enter")
    assert panel.name_field.text() == "王li", "Enter means the letters themselves"
    assert panel.name_field.hasFocus()
    tap(pad, "erase", "erase", "chinese", "a", "n", "space", "b")
    assert panel.name_field.text() == "王an b"
    assert not pad.strip.isVisible()


def test_letters_that_waited_do_not_follow_to_another_field(at_till: MainWindow) -> None:
    at_till.open_panel("enrol")
    panel = at_till.panel
    assert isinstance(panel, EnrolPanel)
    ask_for_letters(panel.name_field)
    pad = letters_of(panel)
    tap(pad, "wan")
    touch(panel.card_field)
    tap(pad, "4")
    assert (panel.name_field.text(), panel.card_field.text()) == ("", "4")


def test_a_key_of_the_keyboard_puts_the_pad_away_and_the_key_brings_it_back(at_till: MainWindow) -> None:
    at_till.open_panel("enrol")
    panel = at_till.panel
    assert isinstance(panel, EnrolPanel)
    ask_for_letters(panel.name_field)
    pad = letters_of(panel)
    keys(at_till, "赵x")
    assert not pad.isVisible()
    ask_for_letters(panel.name_field)
    assert pad.isVisible()
    ask_for_letters(panel.name_field)
    assert not pad.isVisible(), "pressed again, it goes"


def test_a_finger_between_the_keys_leaves_the_focus(window: MainWindow) -> None:
    window.show_welcome()
    screen = window.welcome
    assert screen is not None
    screen.show_step()
    field = screen.page.first() if screen.page else None
    assert isinstance(field, QLineEdit)
    ask_for_letters(field)
    pad = letters_of(screen)
    QTest.mouseClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    tap(pad, "chinese", "a")
    assert field.text() == "a"


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_no_field_of_any_form_is_covered(
    window: MainWindow, at_till: MainWindow, dressed: QApplication, size: tuple[int, int]
) -> None:
    at_till.resize(*size)
    forms: list[QWidget] = []
    faults = []
    for name in ("enrol", "top_up", "shift", "refund", "recent", "printer_setup", "menu"):
        at_till.open_panel(name)
        dressed.processEvents()
        assert at_till.panel is not None
        faults += _covered(at_till.panel, name)
        forms.append(at_till.panel)
    at_till.show_welcome()
    screen = at_till.welcome
    assert screen is not None
    for step in (Step.PLACE, Step.PERIODS, Step.MANAGER):
        screen.presenter.step = step
        screen.show_step()
        dressed.processEvents()
        faults += _covered(screen, str(step))
    assert faults == []
    assert len(forms) == 7


def _covered(form: QWidget, name: str) -> list[str]:
    found = []
    for field in form.findChildren(QLineEdit):
        if not field.isVisible() or field.findChild(PadKey) is None or has_digits(field):
            continue
        field.setFocus()
        ask_for_letters(field)
        pad = letters_of(form)
        if area(pad, form).intersects(area(field, form)) or not form.rect().contains(area(pad, form)):
            found.append(f"{name}: {field.placeholderText()}")
        tap(pad, "close")
    return found


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_key_can_be_read(
    make_till: Callable[..., TillScreen], dressed: QApplication, lang: str, colours: theme.ThemeName
) -> None:
    i18n.set_language(lang)
    theme.apply(dressed, colours)
    for size in ((1366, 688), (1920, 1000)):
        till = make_till(size=size)
        press(till, (Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier))
        ask_for_letters(till.field)
        assert till.letters is not None
        tap(till.letters, "zhang")
        dressed.processEvents()
        assert (till.width(), till.height()) == size
        assert cut_off_texts(till) == []
        till.close()
    theme.apply(dressed, "light")


def test_where_nothing_shows_pads_a_field_has_no_key(qtbot: QtBot, dressed: QApplication) -> None:
    del dressed
    from canteen_pos.ui.forms import LineField

    field = LineField()
    qtbot.addWidget(field)
    field.show()
    key = field.findChild(PadKey)
    assert key is not None
    assert not key.isVisible()
    assert field.textMargins().right() == 0
    assert isinstance(key, PadKey)
    assert not isinstance(key, KeyButton)
