"""The week's menu for the wall: as a poster (PDF) and as a web page, written as files."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Literal

from canteen_pos.domain.calendar import week_start
from canteen_pos.domain.dishes import DIET_TAGS
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.money import yuan
from canteen_pos.domain.typed import file_name
from canteen_pos.i18n import translator
from canteen_pos.reports import weekly_menu_html, weekly_menu_pdf
from canteen_pos.reports.weekly_menu import Day, Item, Meal, WeeklyMenu, thumbnail
from canteen_pos.services import pictures, planning, settings_store
from canteen_pos.services.context import Desk
from canteen_pos.services.planning import Week
from canteen_pos.storage import menus as menu_rows
from canteen_pos.wording.codes import CODES

Words = Literal["zh", "both"]
"""Headings in Chinese, or in Chinese and English. Dishes keep their own names."""
Kind = Literal["A3", "A4", "html"]


def weekly(desk: Desk, day: date, words: Words = "zh", *, pictured: bool = True) -> WeeklyMenu:
    """The menu of the week that holds `day`, at the prices of each day."""
    week = planning.week(desk, day)
    settings = settings_store.load(desk)
    tr = _Words(words)
    items = _Items(desk, week, tr, pictured=pictured)
    meals = tuple(
        Meal(
            tr.lines(period.code),
            f"{period.start:%H:%M}–{period.end:%H:%M}",
            tuple(items.of_day(week.cell(on, period.code)) for on in week.days),
            items.of_every_day(period.code),
        )
        for period in sorted(settings.periods, key=lambda one: one.start)
    )
    return WeeklyMenu(
        canteen=settings.name,
        title=tr("一周菜单"),
        week=_span(week),
        days=tuple(_day(on, week, tr) for on in week.days),
        meals=meals,
        every_day_word=tr("每天都有"),
        nothing=tr("这一周还没有排菜。"),
        foot=tr("价格单位：元。以当天实际供应为准。对食物过敏的，请先问一声。") + _legend(meals, tr),
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
        return write_file(target, f"{name}.html", weekly_menu_html.render(menu).encode())
    return write_file(target, f"{name}-{kind}.pdf", weekly_menu_pdf.render(menu, kind))


def write_file(target: Path | str, name: str, content: bytes) -> Path:
    """A folder as `target` gets a file called `name`. Refusal 'menu.not_written' (file, why)."""
    file = Path(target).expanduser()
    if file.is_dir():
        file /= file_name(name)
    fresh = file.with_name(file.name + ".new")
    try:
        fresh.write_bytes(content)
        with suppress(OSError):  # it hangs on the wall or on a web page: nobody's secret
            fresh.chmod(0o644)
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
        return CODES.get(code, (code, code))[0]

    def pair(self, code: str) -> str:
        """A code as a word, its English behind it."""
        zh, en = CODES.get(code, (code, code))
        return f"{zh} {en}" if self.both and en != zh else zh

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


class _Items:
    """The dishes of a week as the poster shows them. What they cost is asked where the till asks."""

    def __init__(self, desk: Desk, week: Week, tr: _Words, *, pictured: bool) -> None:
        self._desk, self._week, self._tr, self._pictured = desk, week, tr, pictured
        self._hues = list(dict.fromkeys(dish.category for dish in week.dishes.values()))
        self._small: dict[int, bytes | None] = {}
        with desk.db.read() as conn:
            self._tiles = {
                (on, period): {tile.dish_id: tile for tile in menu_rows.tiles(conn, on, period)}
                for on in week.days
                for period in week.periods
            }

    def of_day(self, cell: planning.Cell) -> tuple[Item, ...]:
        """What is there on that day only."""
        if cell.day in self._week.closed:
            return ()
        return tuple(
            self._item(dish_id, self._price(dish_id, cell.day, cell.period))
            for dish_id in cell.dish_ids
            if dish_id not in self._week.staples[cell.period]
        )

    def of_every_day(self, period: str) -> tuple[Item, ...]:
        """What is there all week; a price that changes on the way says from which day."""
        week, staples = self._week, self._week.staples[period]
        days = [on for on in week.days if on not in week.closed and week.cell(on, period).entries]
        if not staples:
            return ()
        return tuple(
            self._item(dish_id, self._prices(dish_id, days, period))
            for dish_id in week.cell(days[0], period).dish_ids
            if dish_id in staples
        )

    def _prices(self, dish_id: int, days: Sequence[date], period: str) -> str:
        words = [self._price(dish_id, days[0], period)]
        last = words[0]
        for on in days[1:]:
            price = self._price(dish_id, on, period)
            if price != last:
                weekday = f"周{_LONG[on.weekday()][-1]}" + (
                    f"/{_SHORT[on.weekday()]}" if self._tr.both else ""
                )
                words.append(f"{weekday}起{price}")
                last = price
        return " ".join(words)

    def _price(self, dish_id: int, on: date, period: str) -> str:
        tile = self._tiles[on, period][dish_id]
        if tile.per_grams is not None:
            return f"{yuan(tile.price_fen)}/{tile.per_grams}{'g' if self._tr.both else '克'}"
        whole = yuan(tile.price_fen)
        return whole if tile.half_fen is None else f"{whole} 半{yuan(tile.half_fen)}"

    def _item(self, dish_id: int, price: str) -> Item:
        dish = self._week.dishes[dish_id]
        if self._pictured and dish_id not in self._small:
            self._small[dish_id] = thumbnail(pictures.read(self._desk, dish.picture))
        return Item(
            dish.name,
            price,
            tuple(self._tr.code(tag) for tag in DIET_TAGS if tag in dish.form.tags),
            self._hues.index(dish.category),
            self._small.get(dish_id),
            self._contains(dish.form.allergens),
        )

    def _contains(self, allergens: Sequence[str]) -> str:
        if not allergens:
            return ""
        tr = self._tr
        head = tr("含")
        words = (tr.pair(code) for code in allergens)
        return f"{head} {'、'.join(words)}"


def _legend(meals: Sequence[Meal], tr: _Words) -> str:
    """What the marks mean, for those who do not read them."""
    if not tr.both:
        return ""
    cells = (cell for meal in meals for cell in (*meal.cells, meal.every_day))
    used = {mark for cell in cells for item in cell for mark in item.marks}
    return "".join(f" ・ {tr.pair(tag)}" for tag in DIET_TAGS if tr.code(tag) in used)
