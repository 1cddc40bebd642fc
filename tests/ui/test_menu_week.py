"""The week planner by keys and by drag, as a manager would."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from canteen_pos.clock import FixedClock
from canteen_pos.domain.dishes import DishPrice
from canteen_pos.domain.planning import Change, Entry, own_entries
from canteen_pos.services import dishes, menus, planning
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.office.frame import OfficeScreen
from canteen_pos.ui.screens.menu.forms import CopyForm, SuggestForm
from canteen_pos.ui.screens.menu.screen import WeekSection
from canteen_pos.ui.screens.menu.view import HEAD, Place
from canteen_pos.ui.widgets.labels import Text
from tests.ui.keyboard import keys

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 23)
NEXT = TODAY + timedelta(days=7)
LUNCH, DINNER = 1, 2


@pytest.fixture
def week(open_office: Callable[..., OfficeScreen]) -> WeekSection:
    """The planner at next week, the cursor on Monday's lunch, planned with three dishes of its own."""
    section = open_office("menu").section
    assert isinstance(section, WeekSection)
    desk, actor = section.presenter.desk, section.presenter.actor
    bare(desk, actor, NEXT, "lunch", "201", "202", "301")
    section.reload()
    keys(section.window(), K.Key_PageDown)
    return section


def ids(desk: Desk) -> dict[str, int]:
    return {dish.code: dish.id for dish in planning.week(desk, NEXT).dishes.values()}


def bare(desk: Desk, actor: Actor, day: date, period: str, *codes: str) -> None:
    """A cell with these dishes and no others."""
    cell = planning.week(desk, day).cell(day, period)
    known = ids(desk)
    after = tuple(Entry(known[code]) for code in codes)
    planning.change(desk, actor, [Change(day, period, own_entries(cell), after)])


def cell(week: WeekSection, day: date = NEXT, period: str = "lunch") -> planning.Cell:
    return planning.week(week.presenter.desk, day).cell(day, period)


def codes(week: WeekSection, day: date = NEXT, period: str = "lunch") -> set[str]:
    known = planning.week(week.presenter.desk, day).dishes
    return {known[one].code for one in cell(week, day, period).dish_ids}


def said(week: WeekSection) -> str:
    office = week.window().findChild(OfficeScreen)
    assert office is not None
    return office.feedback.text()


def drag(source: object, start: QPoint, target: object, end: QPoint) -> None:
    """A press, a way in steps, a release: what a finger does. The pressed widget keeps the pointer."""
    over = source.mapFromGlobal(target.mapToGlobal(end))
    QTest.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(source, start + (over - start) * step / 4)
    QTest.mouseRelease(source, Qt.MouseButton.LeftButton, pos=over)


def middle(week: WeekSection, place: Place) -> QPoint:
    return week.grid.cell_rect(place).center().toPoint()


def chip(week: WeekSection, place: Place, name: str) -> QPoint:
    return next(box for one, box in week.grid.chip_rects(place) if one.name == name).center().toPoint()


# -- keys --------------------------------------------------------------------------------------------


def test_letters_find_a_dish_and_enter_puts_it_there_with_its_portions(week: WeekSection) -> None:
    window = week.window()
    assert week.presenter.title == "11月30日 – 12月6日"
    keys(window, "mpdf", K.Key_Return)
    assert codes(week) == {"201", "202", "301", "207"}
    assert week.grid.hasFocus()
    keys(window, "45", K.Key_Return)
    entry = cell(week).entry(ids(week.presenter.desk)["207"])
    assert entry is not None
    assert entry.planned_halves == 90
    tile = next(t for t in menus.tiles(week.presenter.desk, NEXT, "lunch") if t.code == "207")
    assert tile.left_halves == 90, "and that is what the till sells"


def test_arrows_walk_and_stop_at_the_edges(week: WeekSection) -> None:
    window = week.window()
    assert week.presenter.place == Place(1, LUNCH)
    keys(window, K.Key_Right, K.Key_Down, K.Key_Down, K.Key_Down)
    assert week.presenter.place == Place(2, DINNER)
    keys(window, *[K.Key_Up] * 5)
    assert week.presenter.place == Place(2, HEAD)
    keys(window, *[K.Key_Left] * 9)
    assert week.presenter.place == Place(0, HEAD)


def test_del_takes_the_chosen_dish_off_and_ctrl_z_puts_it_back(week: WeekSection) -> None:
    window = week.window()
    keys(window, K.Key_Delete)
    assert codes(week) == {"201", "202", "301"}
    assert "先选一道菜" in said(week)
    keys(window, K.Key_Tab, K.Key_Tab, K.Key_Delete)
    assert codes(week) == {"201", "301"}
    keys(window, (K.Key_Z, CTRL))
    assert codes(week) == {"201", "202", "301"}
    keys(window, (K.Key_Z, CTRL))
    assert "没有可撤回的" in said(week)


def test_ctrl_y_does_again_what_was_taken_back_and_the_cursor_goes_there(week: WeekSection) -> None:
    window = week.window()
    keys(window, K.Key_Tab, K.Key_Delete, K.Key_PageDown, (K.Key_Z, CTRL))
    assert codes(week) == {"201", "202", "301"}
    assert week.presenter.week.monday == NEXT
    assert week.presenter.place == Place(1, LUNCH)
    assert said(week) == "✓ 撤回了11月30日 午餐的改动。Ctrl Y 重做。"
    keys(window, (K.Key_Y, CTRL))
    assert codes(week) == {"202", "301"}
    keys(window, (K.Key_Z, CTRL), "mpdf", K.Key_Return, (K.Key_Y, CTRL))
    assert "没有可重做的" in said(week), "a new step forgets what was taken back"


def test_a_day_off_shows_no_dishes_of_other_days(week: WeekSection) -> None:
    far = NEXT + timedelta(days=7)
    keys(week.window(), K.Key_PageDown, K.Key_F6)
    shown = week.presenter.view().cell(Place(1, LUNCH))
    assert (shown.chips, shown.note, shown.state) == ((), "", "closed")
    assert far in planning.week(week.presenter.desk, far).closed


def test_a_price_that_changes_in_the_week_is_shown_on_its_days(week: WeekSection) -> None:
    desk, pork = week.presenter.desk, ids(week.presenter.desk)["201"]
    dishes.set_price(desk, week.presenter.actor, pork, DishPrice(NEXT + timedelta(days=2), 2000))
    week.reload()
    keys(week.window(), K.Key_Tab)
    before = week.side.price.placeholderText()
    bare(desk, week.presenter.actor, NEXT + timedelta(days=2), "lunch", "201")
    week.reload()
    keys(week.window(), K.Key_Right, K.Key_Right, K.Key_Tab)
    assert week.side.price.placeholderText() == "20.00" != before
    assert "20.00" in [box.text for box in week.side.dishes.text_boxes()]


def test_copying_onto_a_week_that_is_all_planned_says_so(week: WeekSection) -> None:
    keys(week.window(), K.Key_F5)
    assert isinstance(week.form, CopyForm)
    keys(week.window(), (K.Key_S, CTRL))
    assert week.form is not None
    assert any("都已经排过" in words for words in week.form.problems())


def test_a_cell_is_copied_and_pasted(week: WeekSection) -> None:
    window = week.window()
    keys(window, (K.Key_C, CTRL), K.Key_Right, K.Key_Right, (K.Key_V, CTRL))
    assert codes(week, NEXT + timedelta(days=2)) == {"201", "202", "301"}
    keys(window, K.Key_Up, K.Key_Up, (K.Key_V, CTRL))
    assert "复制的是一天" in said(week) or "一餐贴到格子里" in said(week)


def test_a_whole_day_is_copied_and_pasted(week: WeekSection) -> None:
    window, wednesday = week.window(), NEXT + timedelta(days=2)
    keys(window, K.Key_Up, K.Key_Up, (K.Key_C, CTRL), K.Key_Right, K.Key_Right, (K.Key_V, CTRL))
    assert week.presenter.place == Place(3, HEAD)
    for period in ("breakfast", "lunch", "dinner"):
        assert codes(week, wednesday, period) == codes(week, NEXT, period)
    keys(window, (K.Key_Z, CTRL))
    assert codes(week, wednesday) != codes(week)


def test_a_price_of_one_meal(week: WeekSection) -> None:
    window = week.window()
    keys(window, K.Key_Tab, K.Key_Return)
    assert week.side.planned.hasFocus()
    keys(window, K.Key_Tab)
    assert week.side.price.hasFocus()
    keys(window, "9.5", K.Key_Return)
    entry = cell(week).entry(ids(week.presenter.desk)["201"])
    assert entry is not None
    assert (entry.price_fen, entry.half_fen) == (950, 480)
    keys(window, K.Key_Return, K.Key_Tab, *[K.Key_Backspace] * 6, K.Key_Return)
    assert cell(week).entry(ids(week.presenter.desk)["201"]) == Entry(ids(week.presenter.desk)["201"])


def test_the_same_dish_twice_in_a_meal_is_refused(week: WeekSection) -> None:
    keys(week.window(), "hsr", K.Key_Return)
    assert "红烧肉 已经在这一餐" in said(week)
    assert codes(week) == {"201", "202", "301"}


def test_letters_that_mean_no_dish_say_so(week: WeekSection) -> None:
    keys(week.window(), "zzzz", K.Key_Return)
    assert "没有这样的菜" in said(week)
    assert week.side.none.isVisible()
    assert "F3" in week.side.none.text()
    keys(week.window(), K.Key_Escape)
    assert not week.side.none.isVisible()
    assert week.grid.hasFocus()
    assert week.side.search.text() == ""


def test_past_days_are_only_read(week: WeekSection) -> None:
    window, before = week.window(), codes(week, TODAY - timedelta(days=1))
    keys(window, K.Key_PageUp, K.Key_PageUp, *[K.Key_Right] * 7)
    assert week.presenter.place == Place(7, LUNCH)
    keys(window, "hsr", K.Key_Return)
    assert "已经过去" in said(week)
    keys(window, K.Key_Tab, K.Key_Delete)
    assert "已经过去" in said(week)
    assert codes(week, TODAY - timedelta(days=1)) == before


def test_an_unplanned_day_continues_and_its_first_change_takes_all_over(week: WeekSection) -> None:
    window, far = week.window(), NEXT + timedelta(days=7)
    keys(window, K.Key_PageDown)
    view = week.presenter.view().cell(week.presenter.place)
    assert view.quiet
    assert view.note == "同 12月6日"
    before = codes(week, far)
    other = min(code for code in ids(week.presenter.desk) if code not in before)
    keys(window, other, K.Key_Return)  # with no dish chosen figures are a code
    assert codes(week, far) == before | {other}
    assert cell(week, far).own


def test_ctrl_del_begins_from_nothing(week: WeekSection) -> None:
    window = week.window()
    keys(window, (K.Key_Delete, CTRL))
    assert week.presenter.view().cell(week.presenter.place).note == "空"
    keys(window, "mpdf", K.Key_Return)
    assert codes(week) == {"207"}
    keys(window, (K.Key_Z, CTRL), (K.Key_Z, CTRL))
    assert codes(week) == {"201", "202", "301"}


def test_a_dish_for_every_day(week: WeekSection) -> None:
    window = week.window()
    keys(window, K.Key_Left, "lsz", K.Key_Escape)
    assert week.grid.hasFocus()
    desk, actor = week.presenter.desk, week.presenter.actor
    for place in range(7):
        bare(desk, actor, NEXT + timedelta(days=place), "lunch", "401", "201" if place == 2 else "202")
    week.reload()
    view = week.presenter.view()
    assert [one.name for one in view.cells[LUNCH][0].chips] == ["米饭"]
    assert [one.name for one in view.cells[LUNCH][3].chips] == ["红烧肉"], "not said again in each day"
    keys(window, "fqcd", K.Key_Return)
    assert all("206" in codes(week, NEXT + timedelta(days=place)) for place in range(7))
    keys(window, K.Key_Delete)
    assert not any("206" in codes(week, NEXT + timedelta(days=place)) for place in range(7))
    keys(window, K.Key_F8)
    assert [one.name for one in week.presenter.view().cells[LUNCH][3].chips] == ["红烧肉", "米饭"]


def test_a_day_off_is_marked_and_warned_of(week: WeekSection) -> None:
    window = week.window()
    keys(window, K.Key_F6)
    assert NEXT in planning.week(week.presenter.desk, NEXT).closed
    assert any("11月30日 午餐 排了菜，可这天休息" in words for words in week.presenter.warnings())
    assert week.warned.isVisible()
    keys(window, K.Key_F6)
    assert not planning.week(week.presenter.desk, NEXT).closed


def test_repeats_are_warned_of_and_marked(week: WeekSection) -> None:
    bare(week.presenter.desk, week.presenter.actor, NEXT + timedelta(days=1), "lunch", "201", "204")
    week.reload()
    assert any("红烧肉 前一天也有" in words for words in week.presenter.warnings())
    chips = week.presenter.view().cells[LUNCH][2].chips
    assert [(one.name, bool(one.warned)) for one in chips] == [("红烧肉", True), ("清蒸鲈鱼", False)]


def test_last_week_is_copied_after_its_clashes_were_seen(week: WeekSection) -> None:
    window, far = week.window(), NEXT + timedelta(days=7)
    bare(week.presenter.desk, week.presenter.actor, far, "lunch", "204")
    keys(window, K.Key_PageDown, K.Key_F5)
    form = week.form
    assert isinstance(form, CopyForm)
    assert [(one.day, one.period) for one in form.preview.clashes] == [(far, "lunch")]
    keys(window, (K.Key_S, CTRL))
    assert codes(week, far) == {"204"}, "what was planned is kept"
    assert codes(week, far + timedelta(days=1), "dinner") == codes(week, NEXT + timedelta(days=1), "dinner")
    assert cell(week, far + timedelta(days=1), "dinner").own
    keys(window, K.Key_F5)
    form = week.form
    assert isinstance(form, CopyForm)
    form.planned.press("replace")
    keys(window, (K.Key_S, CTRL))
    assert codes(week, far) == {"201", "202", "301"}
    keys(window, (K.Key_Z, CTRL))
    assert codes(week, far) == {"204"}


def test_what_sold_on_that_weekday_is_offered_and_taken(week: WeekSection) -> None:
    desk, pork = week.presenter.desk, ids(week.presenter.desk)["201"]
    with desk.db.write() as conn:
        menus.take_portions(conn, TODAY, "lunch", {pork: 26})
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(86400)
    week.reload()
    keys(week.window(), K.Key_Tab)
    assert week.side.suggest.text() == "按往日建议 13 份"
    keys(week.window(), K.Key_F9)
    assert cell(week).entry(pork) == Entry(pork, 26)
    assert week.side.past.text() == "11月23日 13"
    keys(week.window(), (K.Key_Z, CTRL))
    assert cell(week).entry(pork) == Entry(pork)
    keys(week.window(), K.Key_F7)
    form = week.form
    assert isinstance(form, SuggestForm)
    shown = [text.text() for text in form.findChildren(Text)]
    assert "11月30日 午餐" in shown
    assert "红烧肉 — → 13（13）" in shown
    assert any("同一星期最近 4 次" in words for words in shown)
    keys(week.window(), (K.Key_S, CTRL))
    assert cell(week).entry(pork) == Entry(pork, 26)
    assert week.form is None
    keys(week.window(), K.Key_F7)
    assert week.form is None
    assert "没有新的建议" in said(week)


def test_a_suggestion_leaves_alone_what_was_planned_when_asked(week: WeekSection) -> None:
    desk, known = week.presenter.desk, ids(week.presenter.desk)
    with desk.db.write() as conn:
        menus.take_portions(conn, TODAY, "lunch", {known["201"]: 26, known["202"]: 8})
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(86400)
    week.reload()
    keys(week.window(), K.Key_Tab, "50", K.Key_Return, K.Key_F7)
    form = week.form
    assert isinstance(form, SuggestForm)
    form.which.set_value("blank")
    keys(week.window(), (K.Key_S, CTRL))
    assert cell(week).entry(known["201"]) == Entry(known["201"], 100)
    assert cell(week).entry(known["202"]) == Entry(known["202"], 8)


def test_two_planners(week: WeekSection) -> None:
    bare(week.presenter.desk, week.presenter.actor, NEXT, "lunch", "204")
    keys(week.window(), "mpdf", K.Key_Return)
    assert "刚在别处改过" in said(week)
    assert codes(week) == {"204"}
    keys(week.window(), "mpdf", K.Key_Return)
    assert codes(week) == {"204", "207"}


def test_the_menu_on_paper(week: WeekSection, tmp_path: Path) -> None:
    window = week.window()
    keys(window, (K.Key_P, CTRL))
    form = week.form
    assert form is not None
    form.target.set_path(str(tmp_path / "none" / "x.pdf"))
    keys(window, (K.Key_S, CTRL))
    assert any("写不进" in words for words in form.problems())
    form.target.set_path(str(tmp_path))
    keys(window, (K.Key_S, CTRL))
    assert week.form is None
    file = tmp_path / "一周菜单-2026-11-30-A3.pdf"
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in said(week)


# -- by hand -----------------------------------------------------------------------------------------


def test_a_dish_is_dragged_from_the_list_into_a_cell(week: WeekSection) -> None:
    week.side.search.setText("mpdf")
    tuesday = Place(2, DINNER)
    bare(week.presenter.desk, week.presenter.actor, NEXT + timedelta(days=1), "dinner", "204")
    week.reload()
    row = week.side.dishes.row_rect(0).center().toPoint()
    drag(week.side.dishes, row, week.grid, middle(week, tuesday))
    assert codes(week, NEXT + timedelta(days=1), "dinner") == {"204", "207"}
    assert week.presenter.place == tuesday
    assert week.carrying.ghost.isHidden()


def test_a_dish_is_dragged_from_cell_to_cell_with_its_portions(week: WeekSection) -> None:
    desk, actor = week.presenter.desk, week.presenter.actor
    pork, tuesday = ids(desk)["201"], NEXT + timedelta(days=1)
    bare(desk, actor, tuesday, "lunch", "204")
    week.reload()
    keys(week.window(), K.Key_Tab, "30", K.Key_Return)
    drag(week.grid, chip(week, Place(1, LUNCH), "红烧肉"), week.grid, middle(week, Place(2, LUNCH)))
    assert codes(week) == {"202", "301"}
    assert cell(week, tuesday).entry(pork) == Entry(pork, 60)
    keys(week.window(), (K.Key_Z, CTRL))
    assert codes(week) == {"201", "202", "301"}
    assert codes(week, tuesday) == {"204"}


def test_a_dish_let_go_beside_the_grid_stays(week: WeekSection) -> None:
    start = chip(week, Place(1, LUNCH), "红烧肉")
    drag(week.grid, start, week.head, QPoint(300, 10))
    assert codes(week) == {"201", "202", "301"}
    QTest.mousePress(week.grid, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(week.grid, middle(week, Place(3, DINNER)))
    assert not week.carrying.ghost.isHidden()
    keys(week.window(), K.Key_Escape)
    QTest.mouseRelease(week.grid, Qt.MouseButton.LeftButton, pos=middle(week, Place(3, DINNER)))
    assert codes(week) == {"201", "202", "301"}, "Esc calls the carrying off"


def test_a_dish_carried_back_to_the_others_is_taken_off(week: WeekSection) -> None:
    drag(week.grid, chip(week, Place(1, LUNCH), "红烧肉"), week.side.dishes, QPoint(30, 90))
    assert codes(week) == {"202", "301"}
    keys(week.window(), (K.Key_Z, CTRL))
    assert codes(week) == {"201", "202", "301"}


def test_a_dish_let_go_on_a_days_heading_falls_into_the_same_meal(week: WeekSection) -> None:
    bare(week.presenter.desk, week.presenter.actor, NEXT + timedelta(days=1), "lunch", "204")
    week.reload()
    breakfast = codes(week, NEXT + timedelta(days=1), "breakfast")
    drag(week.grid, chip(week, Place(1, LUNCH), "红烧肉"), week.grid, middle(week, Place(2, HEAD)))
    assert codes(week, NEXT + timedelta(days=1)) == {"201", "204"}
    assert codes(week, NEXT + timedelta(days=1), "breakfast") == breakfast


def test_with_ctrl_a_carried_dish_stays_where_it_was_too(week: WeekSection, monkeypatch) -> None:
    bare(week.presenter.desk, week.presenter.actor, NEXT + timedelta(days=1), "lunch", "204")
    week.reload()
    monkeypatch.setattr(QApplication, "keyboardModifiers", lambda: CTRL)
    drag(week.grid, chip(week, Place(1, LUNCH), "红烧肉"), week.grid, middle(week, Place(2, LUNCH)))
    assert codes(week) == {"201", "202", "301"}
    assert codes(week, NEXT + timedelta(days=1)) == {"201", "204"}
    assert said(week) == "✓ 加了 红烧肉。"


def test_a_dish_cannot_be_carried_into_the_past(week: WeekSection) -> None:
    """The demo's own day is a Monday: the Sunday before is past."""
    keys(week.window(), K.Key_PageUp, K.Key_PageUp)
    sunday = Place(7, LUNCH)
    drag(
        week.grid,
        week.grid.chip_rects(sunday)[0][1].center().toPoint(),
        week.grid,
        middle(week, Place(3, LUNCH)),
    )
    assert "已经过去" in said(week)


def test_dishes_beyond_a_cells_foot_are_shown_by_a_click_there(week: WeekSection) -> None:
    desk, known = week.presenter.desk, ids(week.presenter.desk)
    bare(desk, week.presenter.actor, NEXT, "lunch", *sorted(known)[-20:])
    week.reload()
    monday = Place(1, LUNCH)
    first = [one.name for one, _ in week.grid.chip_rects(monday)]
    foot = week.grid.geometry_now().note(monday).center().toPoint()
    seen = set(first)
    for _ in range(8):
        seen |= {one.name for one, _ in week.grid.chip_rects(monday)}
        QTest.mouseClick(week.grid, Qt.MouseButton.LeftButton, pos=foot)
    assert seen == {one.name for one in week.grid.view.cell(monday).chips}


def test_nothing_written_on_the_grid_is_cut_but_long_names(week: WeekSection) -> None:
    cut = [box.text for box in week.grid.text_boxes() if box.is_cut_off() and len(box.text) < 6]
    assert cut == []
