"""The page of today, by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from canteen_pos import i18n
from canteen_pos.ui import theme
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.today.screen import TodaySection
from tests.ui.keyboard import keys
from tests.ui.measuring import cut_off_texts


def test_the_first_page_lists_what_waits_and_enter_goes_there(
    open_office: Callable[..., OfficeScreen],
) -> None:
    office = open_office()
    section = office.section
    assert isinstance(section, TodaySection)
    targets = [task.target[0] for task in section.presenter.tasks()]
    assert "samples" in targets
    keys(office.window(), *[Qt.Key.Key_Down] * targets.index("samples"), Qt.Key.Key_Return)
    assert office.section_key == "samples"


def test_sums_follow_the_till(open_office: Callable[..., OfficeScreen]) -> None:
    office = open_office("today")
    section = office.section
    assert isinstance(section, TodaySection)
    assert section.presenter.board.served == 0
    section.reload()
    assert section.presenter.tills().endswith("T1")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_off(
    open_office: Callable[..., OfficeScreen],
    dressed: QApplication,
    lang: str,
    mode: theme.ThemeName,
    size: tuple[int, int],
) -> None:
    i18n.set_language(lang)
    theme.apply(dressed, mode)
    office = open_office("today", size=size)
    QApplication.processEvents()
    assert cut_off_texts(office) == []
