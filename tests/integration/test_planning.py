"""The week planner's service: cells, changes and their undoing, copying, suggestions, counts after service."""

from dataclasses import replace
from datetime import date, timedelta

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.planning import Change, Entry, own_entries
from canteen_pos.services import after_service, audit, dishes, menus, planning, settings_store
from tests.integration.hands import refusal

TODAY = date(2026, 11, 23)
NEXT = TODAY + timedelta(days=7)


def codes(house, day: date, period: str = "lunch") -> list[str]:
    return [tile.code for tile in menus.tiles(house.desk, day, period)]


def plan(house, day: date, *entries: Entry, period: str = "lunch") -> Change:
    """Put these and nothing else into a cell."""
    cell = planning.week(house.desk, day).cell(day, period)
    change = Change(day, period, own_entries(cell), tuple(entries))
    planning.change(house.desk, house.manager, [change])
    return change


def test_a_week_shows_its_own_cells_and_what_the_others_continue(house) -> None:
    tuesday = TODAY + timedelta(days=1)
    week = planning.week(house.desk, TODAY)
    assert week.periods == ("breakfast", "lunch", "dinner")
    assert len(week.cells) == 21
    assert week.cell(TODAY, "lunch").own
    assert week.cell(tuesday, "lunch").since == TODAY
    assert week.cell(tuesday, "lunch").dish_ids == week.cell(TODAY, "lunch").dish_ids
    following = planning.week(house.desk, NEXT + timedelta(days=3))
    assert following.monday == NEXT
    assert following.cell(NEXT, "lunch").since == TODAY
    before = planning.week(house.desk, TODAY - timedelta(days=1))
    assert not before.cell(TODAY - timedelta(days=1), "lunch").entries


def test_what_is_planned_is_what_the_till_sells(house) -> None:
    pork, chicken = house.dish("201"), house.dish("202")
    tuesday = TODAY + timedelta(days=1)
    plan(house, tuesday, Entry(pork, 40), Entry(chicken, None, 900, 450))
    tiles = {tile.code: tile for tile in menus.tiles(house.desk, tuesday, "lunch")}
    assert list(tiles) == ["201", "202"]
    assert (tiles["201"].left_halves, tiles["202"].price_fen, tiles["202"].half_fen) == (40, 900, 450)
    assert codes(house, TODAY) == ["101", "201", "202", "701"]
    assert codes(house, tuesday + timedelta(days=1)) == ["201", "202"], "the next day continues it"


def test_a_step_is_undone_by_turning_it_round(house) -> None:
    tuesday = TODAY + timedelta(days=1)
    done = plan(house, tuesday, Entry(house.dish("201"), 40))
    planning.change(house.desk, house.manager, [done.reverse()], kind="menu_undone")
    cell = planning.week(house.desk, TODAY).cell(tuesday, "lunch")
    assert cell.since == TODAY, "it continues Monday again"
    assert len(cell.entries) == 4
    assert [event.kind for event in audit.recent(house.desk, "menu_planned", "menu_undone")] == [
        "menu_undone",
        "menu_planned",
    ]


def test_two_planners_never_overwrite_each_other_unseen(house) -> None:
    tuesday, pork = TODAY + timedelta(days=1), house.dish("201")
    seen = planning.week(house.desk, tuesday).cell(tuesday, "lunch")
    plan(house, tuesday, Entry(pork, 40))
    late = Change(tuesday, "lunch", own_entries(seen), (Entry(house.dish("202")),))
    assert refusal(planning.change, house.desk, house.manager, [late]).code == "plan.changed_elsewhere"
    assert codes(house, tuesday) == ["201"]


def test_what_was_sold_stays_on_the_menu(house) -> None:
    pork = house.dish("201")
    with house.desk.db.write() as conn:
        menus.take_portions(conn, TODAY, "lunch", {pork: 1})
    cell = planning.week(house.desk, TODAY).cell(TODAY, "lunch")
    assert cell.sold == {pork: 1}
    wipe = Change(TODAY, "lunch", cell.entries, None)
    assert refusal(planning.change, house.desk, house.manager, [wipe]).code == "plan.sold_already"
    assert codes(house, TODAY) == ["101", "201", "202", "701"], "and nothing else went"
    more = Change(TODAY, "lunch", cell.entries, cell.with_entry(Entry(pork, 20)))
    planning.change(house.desk, house.manager, [more])
    tile = next(tile for tile in menus.tiles(house.desk, TODAY, "lunch") if tile.code == "201")
    assert tile.left_halves == 19, "the sold one stays counted"


def test_refused_plans_change_nothing(house) -> None:
    pork, tuesday = house.dish("201"), TODAY + timedelta(days=1)
    good = Change(tuesday, "dinner", None, (Entry(pork),))

    def with_(change: Change) -> str:
        return refusal(planning.change, house.desk, house.manager, [good, change]).code

    assert with_(Change(TODAY - timedelta(days=1), "lunch", None, (Entry(pork),))) == "plan.day_past"
    assert with_(Change(tuesday, "lunch", None, (Entry(pork, -2),))) == "plan.negative"
    assert with_(Change(tuesday, "lunch", None, (Entry(pork, None, -1),))) == "price.negative"
    assert with_(Change(tuesday, "lunch", None, (Entry(pork, None, 5, 6),))) == "price.half_over_whole"
    dishes.retire(house.desk, house.manager, pork)
    late = [Change(tuesday, "lunch", None, (Entry(pork),))]
    assert refusal(planning.change, house.desk, house.manager, late).code == "plan.dish_retired"
    assert not planning.week(house.desk, tuesday).cell(tuesday, "dinner").own


def test_last_week_is_copied_with_its_clashes_shown_first(house) -> None:
    pork, chicken = house.dish("201"), house.dish("202")
    plan(house, TODAY, Entry(pork, 40, 1000), Entry(chicken))
    plan(house, NEXT + timedelta(days=1), Entry(chicken))
    planning.set_closed(house.desk, house.manager, NEXT + timedelta(days=6), True)
    preview = planning.copy_preview(house.desk, NEXT)
    assert [(one.day, one.period) for one in preview.clashes] == [(NEXT + timedelta(days=1), "lunch")]
    assert preview.closed == (NEXT + timedelta(days=6),)
    assert len(preview.changes) == 6 * 3 - 1
    planning.change(house.desk, house.manager, preview.changes, kind="menu_copied")
    monday = planning.week(house.desk, NEXT).cell(NEXT, "lunch")
    assert monday.entries == (Entry(pork, 40), Entry(chicken)), (
        "portions come along, a meal's own price does not"
    )
    assert planning.week(house.desk, NEXT).cell(NEXT + timedelta(days=1), "lunch").entries == (
        Entry(chicken),
    )
    planning.change(house.desk, house.manager, preview.clashes, kind="menu_copied")
    assert planning.week(house.desk, NEXT).cell(NEXT + timedelta(days=1), "lunch").entries == monday.entries
    again = planning.copy_preview(house.desk, NEXT)
    assert (again.changes, again.clashes) == ((), ())


def test_copying_leaves_past_days_and_what_was_sold(house) -> None:
    house.clock.advance(9 * 86400)  # Wednesday of the next week
    wednesday = TODAY + timedelta(days=9)
    soup = dishes.create(house.desk, house.manager, dishes.DishForm("501", "冬瓜汤", "汤"), 300)
    plan(house, wednesday, Entry(soup.id))
    with house.desk.db.write() as conn:
        menus.take_portions(conn, wednesday, "lunch", {soup.id: 2})
    preview = planning.copy_preview(house.desk, wednesday)
    assert min(one.day for one in preview.changes + preview.clashes) == wednesday
    planning.change(house.desk, house.manager, preview.clashes)
    assert codes(house, wednesday) == ["101", "201", "202", "701", "501"]


def test_days_off_and_repeats_are_pointed_out(house) -> None:
    pork, chicken = house.dish("201"), house.dish("202")
    for place in range(3):
        plan(house, NEXT + timedelta(days=place), Entry(chicken), *([Entry(pork)] if place < 2 else []))
    plan(house, NEXT, Entry(pork), Entry(chicken), period="dinner")
    plan(house, NEXT + timedelta(days=1), Entry(chicken), period="dinner")
    planning.set_closed(house.desk, house.manager, NEXT + timedelta(days=2), True)
    week = planning.week(house.desk, NEXT)
    found = {(one.kind, one.day, one.period, one.dish_id) for one in week.warned}
    assert ("closed", NEXT + timedelta(days=2), "lunch", 0) in found
    assert ("again", NEXT + timedelta(days=1), "lunch", pork) in found
    assert ("twice", NEXT, "lunch", pork) in found
    assert chicken in week.staples["lunch"]
    assert not [one for one in found if one[3] == chicken], "what is there every day is never too often"
    planning.set_closed(house.desk, house.manager, NEXT + timedelta(days=2), False)
    assert not planning.week(house.desk, NEXT).closed
    yesterday = TODAY - timedelta(days=1)
    assert refusal(planning.set_closed, house.desk, house.manager, yesterday, True).code == "plan.day_past"


def test_next_weeks_suggestion_comes_from_the_same_weekday(house) -> None:
    pork, chicken = house.dish("201"), house.dish("202")
    wanted = []
    for sold in (5, 9, 8):  # three Mondays; 6 half portions are planned each time
        day = house.clock.now().date()
        with house.desk.db.write() as conn:
            menus.take_portions(conn, day, "lunch", {pork: sold, chicken: 2}, oversell=True)
        wanted.append(sold)
        house.clock.advance(7 * 86400)
    day = house.clock.now().date()
    found = planning.suggestions(house.desk, day, "lunch")
    assert {dish_id: one.halves for dish_id, one in found.items()} == {pork: 8, chicken: 2}
    assert [one.sold_halves for one in found[pork].past] == [8, 9, 5]
    assert planning.suggestions(house.desk, day + timedelta(days=1), "lunch") == {}
    plan(house, day, Entry(pork, 6), Entry(chicken))
    (one,) = planning.suggested(house.desk, day)
    assert [entry.dish_id for entry, _ in one.differing(blank_only=True)] == [chicken]
    planning.change(house.desk, house.manager, [one.change()])
    assert planning.week(house.desk, day).cell(day, "lunch").entries == (Entry(pork, 8), Entry(chicken, 2))
    assert planning.suggested(house.desk, day) == ()


def test_a_day_off_on_which_somebody_ate_says_nothing_about_other_weeks(house) -> None:
    pork = house.dish("201")
    with house.desk.db.write() as conn:
        menus.take_portions(conn, TODAY, "lunch", {pork: 2})
    assert planning.suggestions(house.desk, NEXT, "lunch") == {}, "today is not over"
    house.clock.advance(86400)
    assert planning.suggestions(house.desk, NEXT, "lunch")[pork].halves == 2
    with house.desk.db.write() as conn:
        settings_store.put(conn, replace(settings_store.load(conn), closed_days=frozenset({TODAY})))
    assert planning.suggestions(house.desk, NEXT, "lunch") == {}


def test_one_day_is_opened_against_the_weekly_days_off(house) -> None:
    with house.desk.db.write() as conn:
        settings_store.put(conn, replace(settings_store.load(conn), closed_weekdays=frozenset({6})))
    sunday = NEXT + timedelta(days=6)
    assert sunday in planning.week(house.desk, NEXT).closed
    planning.set_closed(house.desk, house.manager, sunday, False)
    assert sunday not in planning.week(house.desk, NEXT).closed
    assert sunday + timedelta(days=7) in planning.week(house.desk, sunday + timedelta(days=7)).closed
    planning.set_closed(house.desk, house.manager, sunday, True)
    assert sunday in planning.week(house.desk, NEXT).closed
    settings = settings_store.load(house.desk)
    assert (settings.open_days, settings.closed_days) == (frozenset(), frozenset()), "nothing is left behind"
    assert [event.body["closed"] for event in audit.recent(house.desk, "closed_day_set")] == [True, False]


def test_counts_after_service_stand_beside_plan_and_sales(house) -> None:
    pork, chicken = house.dish("201"), house.dish("202")
    with house.desk.db.write() as conn:
        menus.take_portions(conn, TODAY, "lunch", {pork: 4})
    count = after_service.Count
    after_service.record(
        house.desk, house.cashier, TODAY, "lunch", [count(pork, 5, 1, 0), count(chicken, 8, None, 2)]
    )
    rows = {row.code: row for row in after_service.load(house.desk, TODAY, "lunch")}
    assert (rows["201"].sold_halves, rows["201"].served_halves) == (4, 5)
    assert audit.recent(house.desk, "food_counted")[0].body["halves"][0] == ["红烧肉", 5, 1, 0]
    before = len(audit.recent(house.desk, "food_counted"))
    after_service.record(house.desk, house.cashier, TODAY, "lunch", [count(pork, 5, 1, 0)])
    assert len(audit.recent(house.desk, "food_counted")) == before, "the same again is no news"
    after_service.record(house.desk, house.cashier, TODAY, "lunch", [count(pork, None, None, None)])
    assert after_service.load(house.desk, TODAY, "lunch")[1].served_halves is None


def test_counts_that_cannot_be(house) -> None:
    pork = house.dish("201")
    with house.desk.db.write() as conn:
        menus.take_portions(conn, TODAY, "lunch", {pork: 4})
    count = after_service.Count
    good = count(house.dish("202"), 8, 0, 0)

    def with_(one: after_service.Count, day: date = TODAY) -> Refusal:
        return refusal(after_service.record, house.desk, house.cashier, day, "lunch", [good, one])

    assert with_(count(pork, 3, 0, 0)).code == "count.served_under_sold"
    assert with_(count(pork, 3, 0, 0)).facts["sold"] == "2"
    assert with_(count(pork, 4, -1, 0)).code == "count.negative"
    assert with_(count(999, 4, 1, 0)).code == "dish.not_on_menu"
    assert with_(count(pork, 4, 1, 0), TODAY + timedelta(days=1)).code == "count.not_yet"
    assert {row.served_halves for row in after_service.load(house.desk, TODAY, "lunch")} == {None}
    auditor = replace(house.cashier, role="auditor")
    assert refusal(after_service.record, house.desk, auditor, TODAY, "lunch", []).code == "right.missing"


def test_a_cashier_plans_nothing_without_a_manager(house) -> None:
    tuesday = TODAY + timedelta(days=1)
    change = Change(tuesday, "lunch", None, (Entry(house.dish("201")),))
    assert refusal(planning.change, house.desk, house.cashier, [change]).code == "right.approval_needed"
    assert (
        refusal(planning.set_closed, house.desk, house.cashier, tuesday, True).code == "right.approval_needed"
    )
    planning.change(house.desk, replace(house.cashier, approved_by=house.manager.user_id), [change])
    assert codes(house, tuesday) == ["201"]
