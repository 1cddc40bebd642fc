"""Every text of staff, records and settings fits: in both languages and themes, on every page, in every form."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from canteen_pos import i18n
from canteen_pos.services import printer_setup
from canteen_pos.services.context import Desk
from canteen_pos.ui import theme
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.settings.screen import SettingsSection
from tests.ui.keyboard import keys
from tests.ui.measuring import cut_off_texts

CTRL = Qt.KeyboardModifier.ControlModifier
DRESSES = [("zh", "light", (1366, 768)), ("en", "dark", (1366, 768)), ("en", "light", (1920, 1080))]


@pytest.fixture(params=DRESSES, ids=lambda dress: f"{dress[0]}-{dress[1]}-{dress[2][0]}")
def office(
    request: pytest.FixtureRequest,
    open_office: Callable[..., OfficeScreen],
    qapp: QApplication,
    demo_desk: Desk,
) -> OfficeScreen:
    language, look, size = request.param
    printer_setup.ensure_printers(demo_desk)
    i18n.set_language(language)
    theme.apply(qapp, look)
    return open_office("staff", size=size)


def test_every_page_and_form_fits(office: OfficeScreen, qapp: QApplication) -> None:
    cut: dict[str, list[str]] = {}

    def look(name: str) -> None:
        qapp.processEvents()
        found = cut_off_texts(office)
        if found:
            cut[name] = found

    look("staff")
    for name, key in (("new", (Qt.Key.Key_N, CTRL)), ("pin", Qt.Key.Key_F4)):
        keys(office, key)
        look(f"staff {name}")
        keys(office, Qt.Key.Key_Escape)
    office.open("records")
    look("records")
    for name, key in (("sift", Qt.Key.Key_F3), ("export", Qt.Key.Key_F9)):
        keys(office, key)
        look(f"records {name}")
        keys(office, Qt.Key.Key_Escape)
    office.open("settings")
    section = office.section
    assert isinstance(section, SettingsSection)
    for page in section.page_keys():
        section.show_page(page)
        look(f"settings {page}")
    assert cut == {}
