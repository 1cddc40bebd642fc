"""Every text of the back office fits: each section as it first stands and the forms about money.

In both languages and themes, at both sizes.
"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from canteen_pos import i18n
from canteen_pos.domain.person import PersonEdit
from canteen_pos.services import members, people
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui import theme
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.office.listing import ListSection
from canteen_pos.ui.panel import Scroll
from tests.ui.keyboard import Key, ctrl, keys
from tests.ui.measuring import cut_off_texts

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


FORMS: dict[str, tuple[Key, ...]] = {
    "purses": tuple(ctrl(key) for key in "RJUIM"),
    "customers": tuple(ctrl(key) for key in ("N", "R", "P", "E", "J", "Delete")),
    "vouchers": tuple(ctrl(key) for key in ("N", "P", "D", "Delete")),
    "points": tuple(ctrl(key) for key in "NERG"),
    "liability": tuple(ctrl(key) for key in "PGBR"),
}
"""The key of each form about money; other sections' forms are walked in the tests of their looks."""

LOOKS = [
    pytest.param("zh", "light", (1366, 768), id="zh-light-1366"),
    pytest.param("en", "dark", (1366, 768), id="en-dark-1366"),
    pytest.param("zh", "dark", (1920, 1080), id="zh-dark-1920"),
    pytest.param("en", "light", (1920, 1080), id="en-light-1920"),
]


def settle() -> None:
    """Let layouts find their sizes."""
    for _ in range(2):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


@pytest.mark.parametrize(("lang", "colours", "size"), LOOKS)
def test_every_text_fits(
    open_office: Callable[..., OfficeScreen],
    dressed: QApplication,
    lang: str,
    colours: theme.ThemeName,
    size: tuple[int, int],
) -> None:
    i18n.set_language(lang)
    theme.apply(dressed, colours)
    office = open_office(size=size)
    faults: dict[str, list[str]] = {}

    def look(name: str) -> None:
        settle()
        found = [one for one in cut_off_texts(office) if not _shortened(one)]
        if found:
            faults[name] = found

    for section in office.every():
        office.open(section)
        look(section)
        for place, pressed in enumerate(FORMS.get(section, ())):
            keys(office.window(), pressed)
            assert getattr(office.section, "form", None) is not None, (section, pressed)
            look(f"{section} {place}")
            keys(office.window(), K.Key_Escape)
    assert (office.window().width(), office.window().height()) == size, "the office asks for more room"
    assert faults == {}


def _shortened(fault: str) -> bool:
    """What is meant to end in an ellipsis: a path in its field, a long dish in the week's grid (it has a tip), the
    longest name of the list of people (the story beside it has all of it).
    """
    return (
        fault.startswith("WeekGrid: ")
        or (fault.startswith("LineField: ") and ".pdf' needs" in fault)
        or (fault.startswith("RowTable: ") and fault.endswith("in column 0"))
        or (fault.startswith("RowTable: ") and fault.endswith("in column 3"))  # chips are counted: "+1"
    )


def test_a_word_without_end_pushes_nothing_out_of_the_story(
    open_office: Callable[..., OfficeScreen], demo_desk: Desk, manager: Actor
) -> None:
    wang = members.find(demo_desk, "王秀兰")[0].id
    endless = "Wolfeschlegelsteinhausenbergerdorff" * 2
    people.edit(
        demo_desk,
        manager,
        wang,
        PersonEdit(
            name="阿卜杜热合曼・买买提吐尔逊江・阿布都克里木", note=endless, address=f"http://{endless}"
        ),
    )
    office = open_office("people")
    keys(office.window(), "00001")
    settle()
    section = office.section
    assert isinstance(section, ListSection)
    assert endless in " ".join(section.story.texts())
    inside = section.story.findChild(Scroll).widget()
    assert inside is not None
    assert inside.width() <= section.side.width()
    assert [one for one in cut_off_texts(section.story) if not _shortened(one)] == []
    keys(office.window(), (K.Key_K, CTRL))
    settle()
    form = section.form
    assert form is not None
    assert form.width() <= section.side.width()
    assert cut_off_texts(form) == []
