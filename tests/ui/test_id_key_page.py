"""The page of the ID numbers' key, by keys: the sheet is made, the key file is lost, the typed sheet brings it back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from canteen_pos import vault
from canteen_pos.domain.recovery_code import groups_of
from canteen_pos.services import id_key
from canteen_pos.services.context import Desk
from canteen_pos.ui.main_window import MainWindow
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.settings.pages.key import KeyPage
from canteen_pos.ui.screens.settings.screen import SettingsSection
from tests.ui.keyboard import keys

ENTER, END = Qt.Key.Key_Return, Qt.Key.Key_End
F5, F6, F7 = Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7


@pytest.fixture
def office(open_office: Callable[..., OfficeScreen]) -> OfficeScreen:
    return open_office("settings")


def entered(window: MainWindow) -> KeyPage:
    """The last page of the settings, read anew."""
    assert window.office is not None
    window.office.open("settings")
    section = window.office.section
    assert isinstance(section, SettingsSection)
    keys(window, END, ENTER)
    assert isinstance(section.page, KeyPage)
    section.page.load()
    return section.page


def typed_back(window: MainWindow, page: KeyPage, words: str) -> None:
    page.typed.setFocus()
    page.typed.selectAll()
    keys(window, words, F6)


def test_the_sheet_is_made_and_brings_a_lost_key_back(
    office: OfficeScreen, window: MainWindow, demo_desk: Desk, tmp_path: Path
) -> None:
    page = entered(window)
    keys(window, F5)
    assert page.problems(), "a sheet needs a file"
    sheet = tmp_path / "recovery.pdf"
    keys(window, str(sheet), F5)
    assert page.problems() == ()
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "recovery.pdf" in office.feedback.text()
    assert "2026-11-23" in page.state.text()
    file = id_key.status(demo_desk).file
    assert file is not None
    groups = groups_of(vault.read_key(file) or b"")
    kept = file.read_bytes()

    file.unlink()
    page = entered(window)
    assert page.state.text().startswith("⚠")
    assert page.first_focus() is page.typed, "what is wanted now"
    office.feedback.say("")
    keys(window, (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier))
    assert office.feedback.text() == "", "nothing was saved"
    wrong = "22222" if groups[3] != "22222" else "33333"
    typed_back(window, page, " ".join((*groups[:3], wrong, *groups[4:])))
    assert any("4" in problem for problem in page.problems()), "the wrong group is named"
    assert not file.exists()
    typed_back(window, page, " ".join(groups).lower())
    assert page.problems() == ()
    assert file.read_bytes() == kept
    assert not page.state.text().startswith("⚠")
    assert page.typed.text() == "", "the key does not stay on the screen"


def test_without_the_sheet_it_begins_anew_after_being_asked_twice(
    office: OfficeScreen, window: MainWindow, demo_desk: Desk
) -> None:
    page = entered(window)
    keys(window, F7)
    assert page.problems() == (), "nobody forgets a key that is there"
    status = id_key.status(demo_desk)
    assert status.sealed
    status.file.unlink()
    page = entered(window)
    keys(window, F7)
    assert id_key.status(demo_desk).sealed == status.sealed
    keys(window, F7)
    after = id_key.status(demo_desk)
    assert (after.state, after.sealed) == ("ready", 0)
    assert "恢复单" in office.feedback.text()
