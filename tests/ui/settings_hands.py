"""What the tests of the settings do with their pages."""

from PySide6.QtCore import Qt

from canteen_pos import settings
from canteen_pos.services.context import Desk
from canteen_pos.ui.screens.settings.page import Page
from canteen_pos.ui.screens.settings.screen import SettingsSection
from tests.ui.keyboard import keys


def page(section: SettingsSection, key: str) -> Page:
    section.show_page(key)
    section.page.first_focus().setFocus()
    return section.page


def into(form: Page, key: str, text: str) -> None:
    """Type into a field as if it were empty."""
    field = form.boxes[key].field
    field.setFocus()
    field.selectAll()
    keys(form, text or Qt.Key.Key_Delete)


def machine(desk: Desk) -> settings.MachineSettings:
    assert desk.db.path is not None
    return settings.load(desk.db.path.parent)
