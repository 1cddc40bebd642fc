"""The weekly menu as one HTML page that needs nothing else: it is put on a website, sent in a chat, shown on a screen."""

import base64
from collections.abc import Iterator, Sequence
from html import escape

from canteen_pos.reports.weekly_menu import HUES, Item, Meal, WeeklyMenu

_STYLE = """
*{box-sizing:border-box}
body{margin:0;background:#F4F2EE;color:#1D2327;font:20px/1.45 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:1500px;margin:0 auto;padding:28px 20px}
h1{margin:0;font-size:38px;color:#12393B}
h1 span{color:#0B6B6B;font-weight:400;display:inline-block}
p.week{margin:2px 0 22px;font-size:22px;color:#5F6774}
h2{margin:32px 0 10px;font-size:28px;color:#12393B;border-bottom:3px solid #0B6B6B;padding-bottom:4px}
nav{margin:0 0 -8px}
nav a{display:inline-block;padding:8px 16px;margin:0 8px 8px 0;border-radius:8px;background:#E9F4F3;color:#0B6B6B;
text-decoration:none}
h2 small{font-size:18px;font-weight:400;color:#5F6774;margin-left:10px}
.days{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:14px}
.day{background:#fff;border:1px solid #E3DFD8;border-radius:10px;padding:12px 14px}
.day h3{margin:0 0 8px;font-size:22px}
.day h3 small{font-weight:400;font-size:17px;color:#5F6774;margin-left:8px}
.day.all{grid-column:1/-1;background:#E9F4F3}
.day.all ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(270px,1fr));gap:0 18px}
body{overflow-wrap:anywhere}
ul{list-style:none;margin:0;padding:0}
li{display:flex;gap:10px;align-items:center;padding:6px 0}
li img,li i{width:52px;height:52px;border-radius:9px;flex:none;object-fit:cover}
li i{display:flex;align-items:center;justify-content:center;color:#fff;font-size:28px;font-style:normal}
li b{font-weight:600;font-size:22px;display:block;line-height:1.25}
li span{color:#0B6B6B}
li em{font-style:normal;font-size:15px;color:#3C6120;border:1px solid #4E7A27;border-radius:4px;
padding:0 4px;margin-left:6px}
li small{display:block;font-size:15px;color:#5F6774}
footer{margin-top:26px;color:#5F6774;font-size:17px}
@page{size:A4 landscape;margin:8mm}
@media print{
body{background:#fff;font-size:11px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{padding:0;max-width:none}
nav{display:none}
h1{font-size:22px}
p.week{font-size:13px;margin:0 0 6px}
section{break-inside:avoid}
h2{font-size:15px;margin:8px 0 4px;border-bottom-width:2px;break-after:avoid}
h2 small,.day h3 small{font-size:10px}
.days{grid-template-columns:repeat(7,1fr);gap:4px}
.day{padding:4px 6px;border-radius:5px;break-inside:avoid}
.day h3{font-size:12px;margin:0 0 2px}
.day.all ul{grid-template-columns:repeat(7,1fr);gap:0 4px}
li{padding:1px 0;gap:5px}
li img,li i{width:22px;height:22px;border-radius:4px;font-size:13px}
li b{font-size:11px}
li em{font-size:8px;margin-left:3px;padding:0 2px}
li small{font-size:8px}
footer{font-size:9px;margin-top:8px}
}
"""


def render(menu: WeeklyMenu) -> str:
    """The whole page. Every name is data and is escaped."""
    return "\n".join(_lines(menu)) + "\n"


def _lines(menu: WeeklyMenu) -> Iterator[str]:
    title = f"{menu.canteen} {menu.title}"
    yield f'<!doctype html>\n<html lang="{"zh-CN" if menu.lang == "zh" else "zh"}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{escape(menu.canteen)} <span>{escape(menu.title)}</span></h1>"
    yield f'<p class="week">{escape(menu.week)}</p>'
    meals = tuple(enumerate(meal for meal in menu.meals if not meal.empty))
    if len(meals) > 1:  # on a phone the week is long
        links = "".join(f'<a href="#m{number}">{_word(meal)}</a>' for number, meal in meals)
        yield f"<nav>{links}</nav>"
    for number, meal in meals:
        yield from _meal(menu, meal, number)
    if not meals:
        yield f"<p>{escape(menu.nothing)}</p>"
    yield f"<footer>{escape(menu.foot)}</footer>\n</main>\n</body>\n</html>"


def _word(meal: Meal) -> str:
    return escape(meal.word.replace("\n", " "))


def _meal(menu: WeeklyMenu, meal: Meal, number: int) -> Iterator[str]:
    yield f'<section id="m{number}">\n<h2>{_word(meal)}<small>{escape(meal.hours)}</small></h2>\n<div class="days">'
    for day, cell in zip(menu.days, meal.cells, strict=True):
        if not cell and not day.closed:
            continue
        yield f'<div class="day"><h3>{escape(day.weekday)}<small>{escape(day.date)}</small></h3>'
        yield f"<p>{escape(day.closed)}</p>" if day.closed else _list(cell)
        yield "</div>"
    if meal.every_day:
        yield f'<div class="day all"><h3>{escape(menu.every_day_word)}</h3>{_list(meal.every_day)}</div>'
    yield "</div>\n</section>"


def _list(items: Sequence[Item]) -> str:
    return "<ul>" + "".join(_item(item) for item in items) + "</ul>"


def _item(item: Item) -> str:
    if item.picture is None:
        shown = f'<i style="background:{HUES[item.hue % len(HUES)]}">{escape(item.initial)}</i>'
    else:
        shown = f'<img alt="" src="data:image/jpeg;base64,{base64.b64encode(item.picture).decode("ascii")}">'
    marks = "".join(f"<em>{escape(mark)}</em>" for mark in item.marks)
    inside = f"<small>{escape(item.contains)}</small>" if item.contains else ""
    return f"<li>{shown}<div><b>{escape(item.name)}</b><span>{escape(item.price)}</span>{marks}{inside}</div></li>"
