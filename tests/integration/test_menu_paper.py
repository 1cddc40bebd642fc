"""The week's menu for the wall and the samples' log, as files."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from canteen_pos.domain.dishes import DishForm, DishPrice
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.planning import Change, Entry
from canteen_pos.services import dishes, menu_paper, planning, sample_papers, samples

TODAY = date(2026, 11, 23)
TUESDAY = TODAY + timedelta(days=1)


def words(pdf: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext reads the page back")
    return subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout


def unbalanced(page: str) -> list[str]:
    """Tags that are left open, or closed without having been opened."""
    opened: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z][a-z0-9]*)", page):
        if tag in ("meta", "img"):
            continue
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            return [*opened, f"/{tag}"]
    return opened


def plan(house, day: date, *entries: Entry) -> None:
    planning.change(house.desk, house.manager, [Change(day, "lunch", None, entries)])


def test_the_week_holds_each_days_dishes_at_that_days_price(house) -> None:
    pork, chicken = house.dish("201"), house.dish("202")
    for place in range(1, 4):
        plan(
            house,
            TODAY + timedelta(days=place),
            Entry(pork),
            *([Entry(chicken, None, 800)] if place == 2 else []),
        )
    dishes.set_price(house.desk, house.manager, pork, DishPrice(TODAY + timedelta(days=3), 1300))
    menu = menu_paper.weekly(house.desk, TODAY)
    lunch = next(meal for meal in menu.meals if meal.word == "午餐")
    assert [item.name for item in lunch.every_day] == ["红烧肉"]
    assert [[item.name for item in cell] for cell in lunch.cells[:4]] == [
        ["长者套餐A", "宫保鸡丁", "自选菜"],
        [],
        ["宫保鸡丁"],
        [],
    ]
    assert lunch.cells[2][0].price == "8.00 半5.00"
    assert lunch.cells[0][2].price == "1.80/50克"
    assert (menu.canteen, menu.week) == ("粮丰社区食堂", "2026 年 11 月 23 日 – 11 月 29 日")
    assert [item.price for item in lunch.every_day] == ["12.00 半6.00 周四起13.00"]
    both = menu_paper.weekly(house.desk, TODAY, "both")
    assert both.days[0].weekday == "星期一 Mon"
    assert both.meals[1].every_day[0].price.endswith("周四/Thu起13.00")


def test_a_price_of_one_meal_that_is_continued_ends_where_a_new_price_begins(house) -> None:
    """The poster says what the till will ask."""
    chicken = house.dish("202")
    plan(house, TUESDAY, Entry(chicken, None, 800))
    dishes.set_price(house.desk, house.manager, chicken, DishPrice(TODAY + timedelta(days=3), 1100))
    lunch = menu_paper.weekly(house.desk, TODAY).meals[1]
    (shown,) = (item.price for item in lunch.every_day if item.name == "宫保鸡丁")
    assert shown == "10.00 半5.00 周二起8.00 半5.00 周四起11.00"


def test_a_day_off_says_so_and_has_no_dishes(house) -> None:
    planning.set_closed(house.desk, house.manager, TUESDAY, True)
    menu = menu_paper.weekly(house.desk, TODAY)
    assert [bool(day.closed) for day in menu.days] == [False, True, *[False] * 5]
    assert all(meal.cells[1] == () for meal in menu.meals)


@pytest.mark.parametrize("size", ["A3", "A4"])
def test_the_poster_has_the_size_asked_for_and_all_dishes(house, tmp_path: Path, size) -> None:
    file = menu_paper.write_weekly(house.desk, TODAY, size, tmp_path)
    assert file.name == f"一周菜单-2026-11-23-{size}.pdf"
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", file.read_bytes())
    assert box is not None
    width = float(box[1])
    assert round(width / 72 * 25.4) == {"A3": 420, "A4": 297}[size]
    text = words(file)
    for name in ("长者套餐A", "红烧肉", "宫保鸡丁", "豆浆", "星期日", "12.00 半6.00"):
        assert name in text
    again = menu_paper.write_weekly(house.desk, TODAY, size, tmp_path / "again.pdf")
    assert again.read_bytes() == file.read_bytes()


def test_every_mark_of_a_dish_is_on_the_poster_and_the_page_says_what_is_inside(
    house, tmp_path: Path
) -> None:
    tags = ("low_salt", "low_sugar", "soft", "halal", "veg")
    form = DishForm("310", "豆腐", "素菜", tags=tags, allergens=("soy", "peanut"))
    made = dishes.create(house.desk, house.manager, form, 900, 500).id
    plan(house, TUESDAY, Entry(made))
    text = words(menu_paper.write_weekly(house.desk, TODAY, "A4", tmp_path, "both"))
    assert [mark for mark in ("低盐", "低糖", "软烂", "清真", "素") if text.count(mark) < 2] == [], (
        "and explained"
    )
    assert "meatless" in text
    page = menu_paper.write_weekly(house.desk, TODAY, "html", tmp_path).read_text("utf-8")
    assert "<small>含 大豆、花生</small>" in page


def test_a_week_with_nothing_planned_says_so(house, tmp_path: Path) -> None:
    last_week = TODAY - timedelta(days=7)
    assert "还没有排菜" in words(menu_paper.write_weekly(house.desk, last_week, "A3", tmp_path))
    assert "还没有排菜" in menu_paper.write_weekly(house.desk, last_week, "html", tmp_path).read_text("utf-8")


def test_a_day_with_very_many_dishes_loses_none(house, tmp_path: Path) -> None:
    made = [
        dishes.create(house.desk, house.manager, DishForm(str(code), f"菜{code}号", "素菜"), 500).id
        for code in range(300, 390)
    ]
    plan(house, TUESDAY, *(Entry(one) for one in made))
    plan(house, TODAY + timedelta(days=2), Entry(made[0]))
    text = words(menu_paper.write_weekly(house.desk, TODAY, "A4", tmp_path))
    assert [code for code in range(301, 390) if f"菜{code}号" not in text] == []


def test_a_rare_name_is_drawn_and_a_picture_embedded(house, tmp_path: Path) -> None:
    desk = house.desk
    photo = tmp_path / "fish.jpg"
    Image.new("RGB", (900, 600), "#c06030").save(photo)
    plain = menu_paper.write_weekly(desk, TODAY, "A3", tmp_path / "plain.pdf")
    dishes.create(
        desk, house.manager, DishForm("310", "蒸䲟<b>", "荤菜"), 900, picture=photo, periods=("lunch",)
    )
    pdf = menu_paper.write_weekly(desk, TODAY, "A3", tmp_path)
    assert b"/DCTDecode" in pdf.read_bytes()
    assert b"/DCTDecode" not in plain.read_bytes()
    assert "蒸䲟<b>" in words(pdf)
    page = menu_paper.write_weekly(desk, TODAY, "html", tmp_path, "both").read_text("utf-8")
    assert "蒸䲟&lt;b&gt;" in page
    assert "<b>蒸䲟<b>" not in page
    assert "data:image/jpeg;base64," in page
    assert not re.search(r'(?:src|href)="(?!data:|#m)', page), "it needs nothing else"
    assert unbalanced(page) == []


def test_where_nothing_can_be_written_the_file_is_named(house, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        menu_paper.write_weekly(house.desk, TODAY, "html", tmp_path / "none" / "menu.html")
    assert caught.value.code == "menu.not_written"
    assert "menu.html" in caught.value.facts["file"]
    assert list(tmp_path.glob("*.new")) == []


def test_the_samples_log_names_every_sample_and_who(house, tmp_path: Path) -> None:
    ids = [house.dish("201"), house.dish("202")]
    taken = samples.take(house.desk, house.cashier, TODAY, "lunch", ids, note="二号冰箱")
    house.clock.advance(48 * 3600)
    samples.dispose(house.desk, house.manager, [taken[0].id])
    file = sample_papers.write_log(house.desk, house.cashier, TODAY, TODAY, tmp_path)
    text = words(file)
    for word in ("红烧肉", "宫保鸡丁", "125", "李芳", "陈经理", "11-25 12:00", "在留", "二号冰箱", "午餐"):
        assert word in text
    empty = sample_papers.write_log(house.desk, house.cashier, TUESDAY, TUESDAY, tmp_path / "x.pdf")
    assert "没有留样" in words(empty)
    with pytest.raises(Refusal) as caught:
        sample_papers.write_log(house.desk, house.cashier, TUESDAY, TODAY, tmp_path)
    assert caught.value.code == "sample.days_backwards"
    dispatcher = replace(house.cashier, role="nobody")
    with pytest.raises(KeyError):
        sample_papers.write_log(house.desk, dispatcher, TODAY, TODAY, tmp_path)


def test_labels_say_what_is_in_the_box_and_until_when(house, tmp_path: Path) -> None:
    ids = [house.dish("201"), house.dish("202")]
    kept = samples.take(house.desk, house.cashier, TODAY, "lunch", ids)
    text = words(sample_papers.write_labels(house.desk, house.cashier, kept, tmp_path))
    for word in ("红烧肉", "宫保鸡丁", "125 g", "11月23日 午餐", "留样 11-23 12:00", "留到 11-25 12:00"):
        assert word in text
    many = sample_papers.write_labels(house.desk, house.cashier, kept * 13, tmp_path / "many.pdf")
    assert many.read_bytes().count(b"/Type /Page\n") == 2
