"""The views of the menu section: the week, the dishes, after service."""

from canteen_pos.i18n import tr
from canteen_pos.ui.office.section import Section
from canteen_pos.ui.office.view_tabs import ViewTabs


def menu_tabs(section: Section, current: str) -> ViewTabs:
    """F2, F3 and F4 lead from one to another."""
    views = (
        ("menu", tr("一周"), "F2"),
        ("dishes", tr("菜品"), "F3"),
        ("after_service", tr("餐后"), "F4"),
    )
    return ViewTabs(section, current, views)
