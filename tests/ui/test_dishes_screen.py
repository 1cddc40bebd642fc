"""Dishes in the back office, by keys."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from canteen_pos.services import dishes, menus, pictures
from canteen_pos.services.context import Desk
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.dishes.dish_form import DishFormPane
from canteen_pos.ui.screens.dishes.presenter import choices_text, typed_choices
from canteen_pos.ui.screens.dishes.screen import DishesSection
from canteen_pos.ui.screens.menu.screen import WeekSection
from canteen_pos.ui.widgets.dish_picture import DishPicture
from tests.ui.keyboard import keys

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 23)


@pytest.fixture
def section(open_office: Callable[..., OfficeScreen]) -> DishesSection:
    office = open_office("menu")
    keys(office.window(), K.Key_F3)
    assert isinstance(office.section, DishesSection)
    return office.section


def form_of(section: DishesSection) -> DishFormPane:
    assert isinstance(section.form, DishFormPane)
    return section.form


def test_f_keys_lead_between_the_views(section: DishesSection) -> None:
    office = section.window().findChild(OfficeScreen)
    assert office is not None
    keys(section.window(), K.Key_F2)
    assert isinstance(office.section, WeekSection)
    keys(section.window(), K.Key_F4)
    assert office.section_key == "after_service"
    keys(section.window(), K.Key_F3)
    assert office.section is section


def test_a_dish_is_found_and_its_story_told(section: DishesSection) -> None:
    keys(section.window(), "hsr")
    assert section.current.code == "201"
    told = " ".join(section.story.texts())
    for words in ("红烧肉", "12.00 / 6.00", "毛利", "45 %", "大豆", "2026-11-30", "13.00 / 6.50"):
        assert words in told
    section.filters.press("素菜")
    keys(section.window(), *[K.Key_Backspace] * 3)
    assert {section.model.row(place).category for place in range(section.model.rowCount())} == {"素菜"}


def test_a_new_dish_by_keys_alone(section: DishesSection, demo_desk: Desk) -> None:
    window = section.window()
    keys(window, (K.Key_N, CTRL), "豆瓣鱼", K.Key_Return)
    form = form_of(section)
    assert form.initials.text() == "dby"
    assert form.code.hasFocus()
    keys(
        window, K.Key_Return, K.Key_Return, "荤菜", K.Key_Return, "16", K.Key_Return, "8", K.Key_Return, "7.5"
    )
    form.tags.press("fish")
    form.allergens.press("fish")
    form.periods.press("dinner")
    keys(window, (K.Key_S, CTRL))
    assert section.form is None
    made = dishes.find(demo_desk, "豆瓣鱼")[0]
    assert (made.unit_fen, made.half_fen, made.form.cost_fen) == (1600, 800, 750)
    assert (made.form.tags, made.form.allergens, made.initials) == (("fish",), ("fish",), "dby")
    assert "豆瓣鱼" in {tile.name for tile in menus.tiles(demo_desk, TODAY, "dinner")}
    assert "豆瓣鱼" not in {tile.name for tile in menus.tiles(demo_desk, TODAY, "lunch")}
    assert section.current.id == made.id, "and it is the current row"


def test_each_problem_stands_beside_its_field(section: DishesSection) -> None:
    keys(section.window(), (K.Key_N, CTRL), (K.Key_S, CTRL))
    form = form_of(section)
    assert form.boxes["price"].problem() == "请写价格。"
    form.name.setText("怪味鸡")
    form.price.setText("9")
    form.half.setText("10")
    form.category.setText("荤菜")
    keys(section.window(), (K.Key_S, CTRL))
    assert "半份" in form.boxes["half"].problem()
    form.half.clear()
    form.code.setText("201")
    keys(section.window(), (K.Key_S, CTRL))
    assert "红烧肉" in form.boxes["code"].problem()
    form.code.setText("999")
    form.kind.press("weighed")
    assert form.per_grams.isVisible()
    assert not form.half.isVisible()
    keys(section.window(), (K.Key_S, CTRL))
    assert "克" in form.boxes["per_grams"].problem()
    form.kind.press("set")
    form.choices.setPlainText("汤")
    keys(section.window(), (K.Key_S, CTRL))
    assert "汤" in form.boxes["choices"].problem()


def test_a_price_from_a_later_day(section: DishesSection, demo_desk: Desk) -> None:
    window = section.window()
    keys(window, "qjrs", K.Key_Return)
    form = form_of(section)
    form.price.setText("9.5")
    form.valid_from.setText("+3")
    keys(window, (K.Key_S, CTRL))
    pork = dishes.find(demo_desk, "qjrs")[0]
    assert pork.unit_fen == 900
    assert pork.next_price == dishes.DishPrice(date(2026, 11, 26), 950, 450)
    keys(window, (K.Key_Delete, CTRL))
    assert dishes.find(demo_desk, "qjrs")[0].next_price is None


def test_todays_price_may_come_back_after_another(section: DishesSection, demo_desk: Desk) -> None:
    """A week at a special price, then the old one again: the form shows the old one all the time."""
    window = section.window()
    for price, day in (("8", "+3"), ("9", "+10")):
        keys(window, "qjrs", K.Key_Return)
        form = form_of(section)
        form.price.setText(price)
        form.valid_from.setText(day)
        keys(window, (K.Key_S, CTRL), (K.Key_A, CTRL), K.Key_Backspace)
    pork = dishes.find(demo_desk, "qjrs")[0]
    known = [(one.valid_from, one.unit_fen) for one in dishes.prices(demo_desk, pork.id)]
    assert known == [(date(2026, 11, 26), 800), (date(2026, 12, 3), 900)]


def test_a_price_in_the_past_is_refused_beside_its_day(section: DishesSection) -> None:
    keys(section.window(), "qjrs", K.Key_Return)
    form = form_of(section)
    form.price.setText("9.5")
    form.valid_from.setText("2026-11-01")
    keys(section.window(), (K.Key_S, CTRL))
    assert "今天" in form.boxes["valid_from"].problem()


def test_a_picture_from_a_file_is_shown_and_taken_away(
    section: DishesSection, demo_desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "fish.png"
    Image.new("RGB", (800, 600), "#aa5522").save(file)
    window = section.window()
    keys(window, "qzly", K.Key_Return)
    form = form_of(section)
    form.picture.file.line.setFocus()
    keys(window, str(file), K.Key_Return)
    assert form.picture.shown.has_picture
    keys(window, (K.Key_S, CTRL))
    shown = section.story.findChild(DishPicture)
    assert shown is not None
    assert shown.pictured
    fish = dishes.find(demo_desk, "qzly")[0]
    assert pictures.read(demo_desk, fish.picture)
    keys(window, K.Key_Return)
    form = form_of(section)
    assert form.picture.shown.has_picture
    keys(window, (K.Key_S, CTRL))
    assert dishes.find(demo_desk, "qzly")[0].picture == fish.picture, "untouched it stays"
    keys(window, K.Key_Return)
    form = form_of(section)
    keys(window, K.Key_F8)
    assert not form.picture.shown.isVisible()
    keys(window, K.Key_Escape)
    assert section.form is not None, "it is not saved yet"
    keys(window, (K.Key_S, CTRL))
    assert dishes.find(demo_desk, "qzly")[0].picture == ""
    assert pictures.read(demo_desk, fish.picture) == b""
    keys(window, K.Key_Return)
    form = form_of(section)
    form.picture.file.line.setFocus()
    keys(window, str(tmp_path / "none.jpg"), (K.Key_S, CTRL))
    assert "none.jpg" in form.boxes["picture"].problem()


def test_retired_and_back(section: DishesSection, demo_desk: Desk) -> None:
    window = section.window()
    keys(window, "hsr", (K.Key_D, CTRL))
    assert dishes.find(demo_desk, "201") == ()
    section.filters.press("retired")
    assert section.current.code == "201"
    keys(window, (K.Key_D, CTRL))
    assert dishes.find(demo_desk, "201")[0].active


def test_choices_are_lines_and_come_back_the_same(demo_desk: Desk) -> None:
    one = dishes.find(demo_desk, "101")[0]
    assert typed_choices(choices_text(one.form.choices)) == one.form.choices
    assert typed_choices("汤: 紫菜蛋花汤, 冬瓜汤\n\n")[0].options == ("紫菜蛋花汤", "冬瓜汤")


def test_what_was_typed_is_not_lost_silently(section: DishesSection) -> None:
    keys(section.window(), "hsr", K.Key_Return, "好")
    keys(section.window(), K.Key_Escape)
    assert section.form is not None
    keys(section.window(), K.Key_Escape)
    assert section.form is None
    assert replace(section.current).name == "红烧肉"


def test_the_form_ends_with_its_last_field(section: DishesSection) -> None:
    """There was a page of nothing below it to scroll into."""
    section.edit()
    form = section.form
    assert isinstance(form, DishFormPane)
    window = section.window()
    window.resize(window.width(), window.height() - 60)
    QApplication.processEvents()
    last = form.boxes["picture"]
    inside = last.parentWidget()
    assert inside is not None
    assert inside.height() - last.geometry().bottom() < 40
