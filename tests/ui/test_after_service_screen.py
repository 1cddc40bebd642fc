"""Counting after service and food samples, by keys."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from canteen_pos.clock import FixedClock
from canteen_pos.i18n import tr
from canteen_pos.services import after_service, samples
from canteen_pos.services.context import Desk
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.office.section_key import SectionKey
from canteen_pos.ui.screens.after_service.screen import AfterServiceSection
from canteen_pos.ui.screens.samples.forms import LabelForm, LogForm, TakeForm
from canteen_pos.ui.screens.samples.screen import SamplesSection
from canteen_pos.ui.widgets.labels import Text
from tests.ui.keyboard import keys

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY, YESTERDAY = date(2026, 11, 23), date(2026, 11, 22)


@pytest.fixture
def counting(open_office: Callable[..., OfficeScreen]) -> AfterServiceSection:
    """Yesterday's breakfast, nothing counted yet in its first two dishes."""
    office = open_office("menu")
    keys(office.window(), K.Key_F4)
    section = office.section
    assert isinstance(section, AfterServiceSection)
    desk, actor = section.presenter.desk, section.presenter.actor
    first = after_service.load(desk, YESTERDAY, "breakfast")[:2]
    after_service.record(
        desk,
        actor,
        YESTERDAY,
        "breakfast",
        [after_service.Count(row.dish_id, None, None, None) for row in first],
    )
    keys(office.window(), K.Key_PageUp, (K.Key_Left, CTRL))
    assert (section.presenter.day, section.presenter.period) == (YESTERDAY, "breakfast")
    return section


def test_counts_are_typed_down_and_across_and_saved_together(counting: AfterServiceSection) -> None:
    window, desk = counting.window(), counting.presenter.desk
    assert counting.table.hasFocus()
    keys(
        window,
        "70",
        K.Key_Tab,
        "6.5",
        K.Key_Tab,
        "3",
        K.Key_Tab,
        "110",
        K.Key_Backspace,
        K.Key_Backspace,
        "00",
    )
    rows = counting.presenter.rows
    assert (rows[0].served, rows[0].left, rows[0].wasted, rows[0].missing) == ("70", "6.5", "3", "0.5")
    assert rows[1].served == "100"
    assert after_service.load(desk, YESTERDAY, "breakfast")[0].served_halves is None
    keys(window, (K.Key_S, CTRL))
    saved = after_service.load(desk, YESTERDAY, "breakfast")
    assert (saved[0].served_halves, saved[0].left_halves, saved[0].wasted_halves) == (140, 13, 6)
    assert saved[1].served_halves == 200
    assert not counting.unsaved


def test_what_the_tills_sold_fills_the_empty_ones(counting: AfterServiceSection) -> None:
    before = [row.served for row in counting.presenter.rows]
    keys(counting.window(), K.Key_F5)
    for row, was in zip(counting.presenter.rows, before, strict=True):
        assert row.served == (was or (f"{row.dish.sold_halves / 2:g}" if row.dish.sold_halves else ""))


def test_fewer_than_sold_is_refused_and_nothing_saved(counting: AfterServiceSection) -> None:
    window, desk = counting.window(), counting.presenter.desk
    place = next(n for n, row in enumerate(counting.presenter.rows) if row.dish.sold_halves > 1)
    keys(window, *[K.Key_Down] * place, "0", (K.Key_S, CTRL))
    office = window.findChild(OfficeScreen)
    assert office is not None
    assert "收银已卖出" in office.feedback.text()
    assert counting.unsaved
    name = counting.presenter.rows[place].dish.name
    row = next(row for row in after_service.load(desk, YESTERDAY, "breakfast") if row.name == name)
    assert row.served_halves != 0


def test_a_figure_far_from_the_plan_is_asked_about_once(
    counting: AfterServiceSection, demo_desk: Desk
) -> None:
    office = counting.window().findChild(OfficeScreen)
    assert office is not None
    keys(counting.window(), "9999", (K.Key_S, CTRL))
    assert "比计划多出许多" in office.feedback.text()
    assert after_service.load(demo_desk, YESTERDAY, "breakfast")[0].served_halves is None
    keys(counting.window(), (K.Key_S, CTRL))
    assert after_service.load(demo_desk, YESTERDAY, "breakfast")[0].served_halves == 19998


def test_a_quarter_of_a_portion_is_not_taken_for_a_half(counting: AfterServiceSection) -> None:
    office = counting.window().findChild(OfficeScreen)
    assert office is not None
    keys(counting.window(), "0.2")
    assert "整份或半份" in office.feedback.text()
    assert counting.presenter.rows[0].served == "0."


def test_what_is_weighed_is_counted_in_times(counting: AfterServiceSection) -> None:
    keys(counting.window(), (K.Key_Right, CTRL))
    named = [box.text for box in counting.table.text_boxes()]
    assert any("（称重，记次数）" in words for words in named)


def test_leaving_a_meal_unsaved_is_said_once(counting: AfterServiceSection) -> None:
    window = counting.window()
    keys(window, "70", (K.Key_Right, CTRL))
    assert counting.presenter.period == "breakfast"
    keys(window, (K.Key_Right, CTRL))
    assert counting.presenter.period == "lunch"
    assert not counting.unsaved
    keys(window, K.Key_PageDown, K.Key_PageDown)
    assert counting.presenter.day == TODAY, "tomorrow cannot be counted"


@pytest.fixture
def fridge(open_office: Callable[..., OfficeScreen]) -> SamplesSection:
    section = open_office("samples").section
    assert isinstance(section, SamplesSection)
    return section


def test_the_work_list_says_what_waits(fridge: SamplesSection, demo_desk: Desk) -> None:
    due = samples.due(demo_desk)
    assert fridge.filter == "take"
    assert fridge.model.rowCount() == len(due.to_take) > 20
    assert {one.period for one in due.to_take} == {"breakfast", "lunch"}
    assert "这一餐已经开始，还没有留样。" in fridge.story.texts()


def test_one_sample_then_the_whole_meal(fridge: SamplesSection, demo_desk: Desk) -> None:
    window = fridge.window()
    keys(window, K.Key_Return)
    form = fridge.form
    assert isinstance(form, TakeForm)
    assert form.grams.hasFocus()
    assert form.grams.text() == "125"
    form.grams.setText("100")
    keys(window, (K.Key_S, CTRL))
    assert "至少 125 克" in form.boxes["grams"].problem()
    form.grams.setText("130")
    keys(window, K.Key_Return, "二号冰箱", K.Key_Return)
    assert fridge.form is None
    today = samples.between(demo_desk, TODAY, TODAY)
    assert [(one.grams, one.note, one.taken_by) for one in today] == [(130, "二号冰箱", "陈经理")]
    keys(window, K.Key_F5, (K.Key_S, CTRL))
    assert not [one for one in samples.due(demo_desk).to_take if one.period == "breakfast"]
    assert [one for one in samples.due(demo_desk).to_take if one.period == "lunch"]


def test_nothing_goes_early_and_all_that_may_goes_at_once(fridge: SamplesSection, demo_desk: Desk) -> None:
    window = fridge.window()
    office = window.findChild(OfficeScreen)
    assert office is not None
    fridge.filters.press("kept")
    keys(window, K.Key_Return)
    assert "11月24日 06:15" in office.feedback.text()
    keys(window, K.Key_F6)
    assert "没有留满 48 小时" in office.feedback.text()
    clock = demo_desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(86400)
    fridge.reload()
    many = len(samples.due(demo_desk).to_dispose)
    assert many > 20
    keys(window, K.Key_F6)
    assert f"{many} 份已经倒掉？再按一次 F6" in office.feedback.text()
    assert len(samples.due(demo_desk).to_dispose) == many, "asked first: it cannot be taken back"
    keys(window, K.Key_F6)
    assert f"处理了 {many} 份" in office.feedback.text()
    assert samples.due(demo_desk).to_dispose == ()
    assert {one.disposed_by for one in samples.between(demo_desk, YESTERDAY, YESTERDAY)} == {"陈经理", ""}


def test_the_number_of_samples_to_take_at_the_left_goes_down_at_once(
    fridge: SamplesSection, demo_desk: Desk
) -> None:
    office = fridge.window().findChild(OfficeScreen)
    assert office is not None
    keys(fridge.window(), K.Key_F5, (K.Key_S, CTRL))
    left = len(samples.due(demo_desk).to_take)
    assert [box.text for key in office.findChildren(SectionKey) for box in key.text_boxes()].count(
        str(left)
    ) == 1


def test_labels_of_a_meal_for_the_boxes(fridge: SamplesSection, demo_desk: Desk, tmp_path: Path) -> None:
    window = fridge.window()
    keys(window, K.Key_F5, (K.Key_S, CTRL), K.Key_F8)
    form = fridge.form
    assert isinstance(form, LabelForm)
    taken = [one.dish_name for one in samples.between(demo_desk, TODAY, TODAY)]
    assert tr("、").join(taken) in [text.text() for text in form.findChildren(Text)], "those just taken"
    form.target.set_path(str(tmp_path))
    keys(window, (K.Key_S, CTRL))
    (file,) = tmp_path.glob("留样标签-*.pdf")
    assert file.read_bytes().startswith(b"%PDF")


def test_the_log_for_an_inspector(fridge: SamplesSection, tmp_path: Path) -> None:
    window = fridge.window()
    keys(window, (K.Key_P, CTRL))
    form = fridge.form
    assert isinstance(form, LogForm)
    form.first.setText("2026-11-24")
    form.target.set_path(str(tmp_path))
    keys(window, (K.Key_S, CTRL))
    assert form.problems()
    form.first.setText("2026-11-22")
    keys(window, (K.Key_S, CTRL))
    assert fridge.form is None
    assert next(tmp_path.glob("*.pdf")).read_bytes().startswith(b"%PDF")
