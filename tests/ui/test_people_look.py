"""Every text of the people section fits: at both sizes, in both languages, in both themes, in every form."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from canteen_pos import i18n
from canteen_pos.domain.person import PersonEdit
from canteen_pos.services import facts, members, people, proxies
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.facts import DatedFact
from canteen_pos.ui import theme
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.people.paper_forms import CardForm, FactForm, ProxyForm
from canteen_pos.ui.screens.people.screen import PeopleSection
from tests.ui.keyboard import Key, keys
from tests.ui.measuring import cut_off_texts

CTRL = Qt.KeyboardModifier.ControlModifier
SAVE: Key = (Qt.Key.Key_S, CTRL)
FORMS: dict[str, Qt.Key] = {
    "enrol": Qt.Key.Key_N,
    "edit": Qt.Key.Key_E,
    "card": Qt.Key.Key_K,
    "fact": Qt.Key.Key_G,
    "photo": Qt.Key.Key_I,
    "proxy": Qt.Key.Key_R,
    "leave": Qt.Key.Key_B,
    "merge": Qt.Key.Key_M,
    "export": Qt.Key.Key_W,
    "cards": Qt.Key.Key_P,
    "erase": Qt.Key.Key_Delete,
}


@pytest.fixture
def told(demo_desk: Desk, manager: Actor) -> int:
    """王秀兰 with everything a story can tell. Her id."""
    wang = members.find(demo_desk, "王秀兰")[0].id
    people.edit(
        demo_desk,
        manager,
        wang,
        PersonEdit(
            id_number="510104194302110029",
            address="书院街街道粮丰社区居民委员会 6 栋 2 单元 301 室（东门进）",
            contact_name="女儿 王晓燕",
            contact_phone="13900001111",
            note="听力不好，大声些；腿脚不便，放在门口的小凳子上",
            allergies=("peanut", "shrimp"),
            texture="minced",
            day_limit_fen=3000,
            month_limit_fen=60000,
        ),
    )
    for fact in (
        DatedFact("hukou", "成都市/锦江区/书院街街道", date(2025, 3, 20), None, "户口簿 2025-03-20"),
        DatedFact("category", "dibao", date(2024, 1, 1), date(2025, 3, 20), "低保证"),
        DatedFact("care_level", "3", date(2026, 1, 1), date(2026, 12, 5), "评估表 2025-12-20"),
        DatedFact("permit", "delivery", date(2026, 12, 1), None, "申请表"),
    ):
        facts.record(demo_desk, manager, wang, fact)
    facts.record(
        demo_desk,
        Actor(2, "李芳", "cashier"),
        wang,
        DatedFact("permit", "volunteer", date(2026, 11, 1), None, "志愿者证"),
    )
    proxies.add(demo_desk, manager, wang, proxies.NewProxy("李敏", "13900002222", "女儿"))
    return wang


@pytest.mark.parametrize(
    ("size", "lang", "colours"),
    [
        ((1366, 768), "zh", "light"),
        ((1366, 768), "en", "dark"),
        ((1920, 1080), "zh", "dark"),
        ((1920, 1080), "en", "light"),
    ],
)
def test_every_text_fits(
    open_office: Callable[..., OfficeScreen],
    dressed: QApplication,
    told: int,
    size: tuple[int, int],
    lang: str,
    colours: theme.ThemeName,
) -> None:
    i18n.set_language(lang)
    theme.apply(dressed, colours)
    office = open_office("people", size=size)
    section = office.section
    assert isinstance(section, PeopleSection)
    window = office.window()
    assert (window.width(), window.height()) == size, "the office asks for more than the screen"
    section.show_person(told)
    faults = {}

    def look(way: str) -> None:
        for _ in range(2):  # chips that need another line ask for it in the second round
            dressed.processEvents()
        cut = cut_off_texts(office)
        if cut:
            faults[way] = cut

    look("story")
    keys(window, Qt.Key.Key_F6)
    look("reasons")
    for way, key in FORMS.items():
        keys(window, (key, CTRL))
        assert section.form is not None, way
        look(way)
        _other_modes(section, look)
        keys(window, SAVE)
        look(f"{way} refused")
        section.close_form()
        section.show_person(told)
    assert faults == {}


def _other_modes(section: PeopleSection, look: Callable[[str], None]) -> None:
    form = section.form
    if isinstance(form, CardForm | FactForm | ProxyForm):
        for mode in form.what.codes():
            form.what.press(mode)
            look(mode)
        form.what.press(form.what.codes()[0])
    if isinstance(form, FactForm):
        for kind in form.kind.codes():
            form.kind.press(kind)
            look(kind)
