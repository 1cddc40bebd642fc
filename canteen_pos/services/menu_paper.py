"""Paper of menus: the week's menu for the wall (PDF, HTML), the log of samples for an inspector. Written as files."""

from datetime import date
from pathlib import Path
from typing import Literal, Protocol

from canteen_pos.domain.calendar import week_start
from canteen_pos.domain.dishes import DIET_TAGS, Dish
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.money import yuan
from canteen_pos.i18n import translator
from canteen_pos.reports import sample_log, weekly_menu_html, weekly_menu_pdf
from canteen_pos.reports.weekly_menu import Day, Item, Meal, WeeklyMenu, thumbnail
from canteen_pos.services import pictures, planning, samples, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.planning import Week
from canteen_pos.services.rights import check, may
from canteen_pos.storage import dishes as dish_rows
from canteen_pos.wording.codes import CODES

Words = Literal["zh", "both", "en"]
"""Headings in Chinese, or in Chinese and English; 'en' is for the log alone. Dishes keep their own names."""
Kind = Literal["A3", "A4", "html"]


def weekly(desk: Desk, day: date, words: Words = "zh", *, pictured: bool = True) -> WeeklyMenu:
    """The menu of the week that holds `day`, at the prices of each day."""
    week = planning.week(desk, day)
    settings = settings_store.load(desk)
    tr = _Words(words)
    with desk.db.read() as conn:
        priced = {one: {dish.id: dish for dish in dish_rows.every(conn, one)} for one in week.days}
    categories = list(dict.fromkeys(dish.category for dish in week.dishes.values()))
    small: dict[int, bytes | None] = {}

    def item(dish_id: int, on: date, cell: planning.Cell | None) -> Item:
        dish = priced[on][dish_id]
        if pictured and dish_id not in small:
            small[dish_id] = thumbnail(pictures.path(desk, dish.picture))
        return Item(
            dish.name,
            _price(dish, cell, tr),
            tuple(tr.code(tag) for tag in DIET_TAGS if tag in dish.form.tags),
            categories.index(dish.category),
            small.get(dish_id),
        )

    meals = []
    for period in sorted(settings.periods, key=lambda one: one.start):
        staples = week.staples[period.code]
        cells = [week.cell(on, period.code) for on in week.days]
        first = next((cell for cell in cells if staples and cell.day not in week.closed), None)
        every = [] if first is None else [one for one in first.dish_ids if one in staples]
        meals.append(
            Meal(
                tr.lines(period.code),
                f"{period.start:%H:%M}–{period.end:%H:%M}",
                tuple(_cell(cell, week, staples, item) for cell in cells),
                tuple(item(one, week.monday, None) for one in every),
            )
        )
    return WeeklyMenu(
        canteen=settings.name,
        title=tr("一周菜单"),
        week=_span(week),
        days=tuple(_day(on, week, tr) for on in week.days),
        meals=tuple(meals),
        every_day_word=tr("每天都有"),
        foot=tr("价格单位：元。以当天实际供应为准。对食物过敏的，请先问一声。"),
        lang="zh" if words == "zh" else "both",
    )


def write_weekly(
    desk: Desk, day: date, kind: Kind, target: Path | str, words: Words = "zh", *, pictured: bool = True
) -> Path:
    """The week's menu as a file; a folder as `target` gets one with a telling name. Where it was written.

    No right is needed for what hangs on the wall. Refusal 'menu.not_written' (file, why).
    """
    menu = weekly(desk, day, words, pictured=pictured)
    name = f"{menu.title.split(' ')[0]}-{week_start(day).isoformat()}"
    if kind == "html":
        return _write(target, f"{name}.html", weekly_menu_html.render(menu).encode())
    return _write(target, f"{name}-{kind}.pdf", weekly_menu_pdf.render(menu, kind))


def write_sample_log(
    desk: Desk, actor: Actor, first: date, last: date, target: Path | str, lang: str = "zh"
) -> Path:
    """The log of these service dates as a PDF. Needs 'read_reports' or 'keep_samples'.

    Refusal 'sample.days_backwards', 'menu.not_written' (file, why).
    """
    if not may(actor, "read_reports"):
        check(actor, "keep_samples")
    if last < first:
        raise refuse("sample.days_backwards")
    tr = translator(lang)
    say = _Words("en" if lang == "en" else "zh")
    now = desk.clock.now()
    span = first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"
    made = tr("{name} 打印于 {moment}").format(name=actor.name, moment=f"{now:%Y-%m-%d %H:%M}")
    found = samples.between(desk, first, last)
    pdf = sample_log.render(settings_store.load(desk).name, span, made, found, say.code, lang)
    word = tr("食品留样")
    return _write(target, f"{word}-{first.isoformat()}.pdf", pdf)


def _write(target: Path | str, name: str, content: bytes) -> Path:
    file = Path(target).expanduser()
    if file.is_dir():
        file /= name
    fresh = file.with_name(file.name + ".new")
    try:
        fresh.write_bytes(content)
        fresh.replace(file)
    except OSError as error:
        raise refuse("menu.not_written", file=str(file), why=error.strerror or str(error)) from error
    return file


class _Words:
    """Chinese, or Chinese with English behind it."""

    def __init__(self, words: Words) -> None:
        self._words = words

    @property
    def both(self) -> bool:
        return self._words == "both"

    def __call__(self, zh: str) -> str:
        en = translator("en")(zh)
        return f"{zh} {en}" if self.both and en != zh else zh

    def code(self, code: str) -> str:
        """A code as a word; on the poster diet marks stay Chinese."""
        zh, en = CODES.get(code, (code, code))
        return en if self._words == "en" else zh

    def lines(self, code: str) -> str:
        """A meal's name, its English below."""
        zh, en = CODES.get(code, (code, code))
        return f"{zh}\n{en.capitalize()}" if self.both and en != zh else zh


def _day(day: date, week: Week, tr: _Words) -> Day:
    weekday = _LONG[day.weekday()] + (f" {_SHORT[day.weekday()]}" if tr.both else "")
    return Day(weekday, f"{day.month}月{day.day}日", tr("休息") if day in week.closed else "")


_LONG = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _span(week: Week) -> str:
    first, last = week.days[0], week.days[-1]
    return f"{first.year} 年 {first.month} 月 {first.day} 日 – {last.month} 月 {last.day} 日"


class _MakeItem(Protocol):
    def __call__(self, dish_id: int, on: date, cell: planning.Cell | None) -> Item: ...


def _cell(cell: planning.Cell, week: Week, staples: frozenset[int], item: _MakeItem) -> tuple[Item, ...]:
    if cell.day in week.closed:
        return ()
    return tuple(item(one, cell.day, cell) for one in cell.dish_ids if one not in staples)


def _price(dish: Dish, cell: planning.Cell | None, tr: _Words) -> str:
    entry = None if cell is None else cell.entry(dish.id)
    unit = dish.unit_fen if entry is None or entry.price_fen is None else entry.price_fen
    half = dish.half_fen if entry is None or entry.half_fen is None else entry.half_fen
    if dish.form.kind == "weighed":
        return f"{yuan(unit)}/{dish.form.per_grams}{'g' if tr.both else '克'}"
    return yuan(unit) if half is None else f"{yuan(unit)} 半{yuan(half)}"
