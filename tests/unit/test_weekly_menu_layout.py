"""The poster's layout: whatever a canteen plans, nothing is left out, nothing stands beyond its column or its page."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canteen_pos.reports.weekly_menu import Day, Item, Meal, WeeklyMenu
from canteen_pos.reports.weekly_menu_layout import SHEETS, Look, laid_pages
from canteen_pos.reports.weekly_menu_words import fitted, flow, width, wrapped

A3 = SHEETS["A3"]
SLACK = 0.01
names = st.text("红烧肉粥𠮷龘Abc (1)😀", min_size=1, max_size=40).filter(lambda name: bool(name.strip()))
items = st.builds(
    Item,
    names,
    st.sampled_from(["1.00", "12.00 半6.00", "1288.00 半644.00", "2.00 周四起2.50", "4.60/50克"]),
    st.lists(st.sampled_from(["软烂", "低盐", "低糖", "清真", "素"]), unique=True).map(tuple),
)


def many(count: int, word: str = "菜") -> tuple[Item, ...]:
    return tuple(Item(f"{word}{number}", "12.00 半6.00", ("软烂",)) for number in range(count))


def week(*meals: Meal) -> WeeklyMenu:
    return WeeklyMenu(
        "食堂", "一周菜单", "", tuple(Day("", "") for _ in range(7)), meals, "每天都有", "没有", ""
    )


def days(*counts: int) -> tuple[tuple[Item, ...], ...]:
    return tuple(many(count, f"{place}号菜") for place, count in enumerate(counts))


@given(items, st.sampled_from(["A3", "A4"]), st.booleans())
def test_no_line_of_a_dish_leaves_its_column(item: Item, size: str, pictured: bool) -> None:
    sheet = SHEETS[size]
    look = Look(sheet, sheet.most, pictured)
    laid = look.laid(item, sheet.column)
    room = sheet.column - look.indent
    assert all(width(line, look.points) <= room + SLACK for line in laid.names)
    for line in filter(None, laid.details):
        assert line[-1][0] + line[-1][1].wide <= room + SLACK
    shown = [word.text for line in laid.details for _, word in line]
    assert shown == [*item.price.split(), *item.marks]


@settings(max_examples=20)
@given(
    st.lists(st.integers(0, 60), min_size=7, max_size=7),
    st.integers(0, 80),
    st.sampled_from(["A3", "A4"]),
)
def test_every_dish_stands_once_and_within_its_page(counts: list[int], every_day: int, size: str) -> None:
    lunch = Meal("午餐", "", days(*counts), many(every_day, "每天"))
    dinner = Meal("晚餐", "", days(8, 8, 8, 8, 8, 0, 8), many(5, "每天"))
    menu = week(lunch, dinner)
    shown: dict[str, list[Item]] = {"午餐": [], "晚餐": []}
    for meals, look in laid_pages(menu, SHEETS[size]):
        assert sum(look.meal_height(meal, "每天都有") for meal in meals) <= look.sheet.room + SLACK
        for meal in meals:
            shown[meal.word] += [item for cell in meal.cells for item in cell] + list(meal.every_day)
    for meal in menu.meals:
        wanted = [item for cell in meal.cells for item in cell] + list(meal.every_day)
        assert sorted(one.name for one in shown[meal.word]) == sorted(one.name for one in wanted)


def test_an_ordinary_week_is_one_page_with_pictures() -> None:
    meals = [Meal(word, "", days(*([5] * 7)), many(4)) for word in ("午餐", "晚餐")]
    ((shown, look),) = laid_pages(week(*meals), A3)
    assert len(shown) == 2
    assert look.pictured
    assert look.points >= A3.together


def test_one_day_with_the_whole_menu_gives_up_pictures_rather_than_pages() -> None:
    long = Meal("午餐", "", days(28, 8, 8, 8, 8, 8, 8), many(20))
    ((_, look),) = laid_pages(week(long), A3)
    assert not look.pictured


def test_a_week_without_dishes_is_one_page() -> None:
    empty = Meal("午餐", "", days(0, 0, 0, 0, 0, 0, 0))
    assert [meals for meals, _ in laid_pages(week(empty, replace(empty, word="晚餐")), A3)] == [()]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("红烧肉", ["红烧肉"]),
        ("Kung Pao Chicken", ["Kung Pao", "Chicken"]),
        ("番茄炒蛋盖浇饭加大", ["番茄炒蛋盖浇", "饭加大"]),
    ],
)
def test_latin_words_stay_whole_where_chinese_breaks_anywhere(name: str, lines: list[str]) -> None:
    assert wrapped(name, width("番茄炒蛋盖浇", 12), 12) == lines


def test_what_is_too_long_ends_in_dots_within_its_room() -> None:
    room = width("番茄炒蛋", 12)
    shown = wrapped("无" * 2000, room, 12)
    assert len(shown) == 3
    assert shown[-1].endswith("…")
    assert all(width(line, 12) <= room for line in shown)


def test_a_long_name_is_set_smaller_a_short_one_stays() -> None:
    assert fitted("食堂", 20, 500) == 20
    small = fitted("很长的食堂名" * 10, 20, 500)
    assert width("很长的食堂名" * 10, small) == pytest.approx(500)


def test_nothing_flows_into_no_line_worth_drawing() -> None:
    assert flow([], 100, 5) == [()]
