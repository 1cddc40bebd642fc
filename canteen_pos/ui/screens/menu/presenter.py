"""The week planner: where the cursor is, what a step changes, how it is undone. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from canteen_pos.domain.dishes import Dish
from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.menu import search
from canteen_pos.domain.planning import DAYS, Cell, Change, Entry, own_entries
from canteen_pos.i18n import tr
from canteen_pos.services import menu_paper, planning
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import period_word, said
from canteen_pos.ui.screens.menu.showing import show_week, warned_words
from canteen_pos.ui.screens.menu.view import EVERY_DAY, HEAD, Place, WeekView


class WeekPresenter:
    """State: the week, the cursor, the chosen dish, steps to undo, a clipboard. `notice` and `problem` say what happened."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self.desk, self.actor = desk, actor
        self.today = desk.clock.now().date()
        self.day = self.today
        self.week = planning.week(desk, self.day)
        self.place = Place(self.today.weekday() + 1, self._row_now())
        self.chosen: int | None = None
        self.show_all = False
        self.notice = self.problem = ""
        self._blank: set[tuple[date, str]] = set()
        self._done: list[tuple[Change, ...]] = []
        self._clipboard: tuple[tuple[Entry, ...], ...] = ()
        self._suggested: dict[tuple[date, str], dict[int, int]] = {}

    # -- looking -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        self.today = self.desk.clock.now().date()
        self.week = planning.week(self.desk, self.day)
        self._suggested.clear()
        if self.chosen is not None and self.chosen not in self.shown_ids(self.place):
            self.chosen = None

    def go_week(self, by: int) -> None:
        """Weeks forward or back; 0 is this week."""
        self.day = self.today if by == 0 else self.week.monday + timedelta(days=DAYS * by)
        self.chosen = None
        self.reload()

    def view(self) -> WeekView:
        return show_week(self.week, self.place, self.chosen, frozenset(self._blank), show_all=self.show_all)

    @property
    def title(self) -> str:
        first, last = self.week.days[0], self.week.days[-1]
        return tr("{month}月{day}日 – {to_month}月{to_day}日").format(
            month=first.month, day=first.day, to_month=last.month, to_day=last.day
        )

    @property
    def which(self) -> str:
        """'this week', 'next week' in words, '' further away."""
        weeks = (self.week.monday - (self.today - timedelta(days=self.today.weekday()))).days // DAYS
        return {0: tr("本周"), 1: tr("下周"), -1: tr("上周")}.get(weeks, "")

    def warnings(self) -> tuple[str, ...]:
        return tuple(warned_words(one, self.week) for one in self.week.warned if one.day >= self.today)

    def cells_at(self, place: Place) -> tuple[Cell, ...]:
        """The cells behind a place: one, all days of a period, or all meals of a day."""
        days = self.week.days if place.column == EVERY_DAY else (self.week.days[place.column - 1],)
        periods = self.week.periods if place.row == HEAD else (self.week.periods[place.row],)
        return tuple(self.week.cell(day, period) for period in periods for day in days)

    def shown_ids(self, place: Place) -> tuple[int, ...]:
        """Dishes that can be chosen there, in order."""
        return tuple(chip.dish_id for chip in self.view().cell(place).chips)

    @property
    def entry(self) -> Entry | None:
        """The chosen dish where the cursor stands; of 'every day', its next day's."""
        if self.chosen is None:
            return None
        cells = [cell for cell in self.cells_at(self.place) if cell.day >= self.today]
        found = (cell.entry(self.chosen) for cell in cells or self.cells_at(self.place))
        return next((entry for entry in found if entry is not None), None)

    def suggestion(self) -> int | None:
        """Half portions to plan of the chosen dish, from the same weekday's past."""
        if self.chosen is None or self.place.column == EVERY_DAY or self.place.row == HEAD:
            return None
        (cell,) = self.cells_at(self.place)
        key = (cell.day, cell.period)
        if key not in self._suggested:
            self._suggested[key] = planning.suggestions(self.desk, *key)
        return self._suggested[key].get(self.chosen)

    def find(self, text: str) -> tuple[Dish, ...]:
        """Dishes to add, the likeliest first; all of them for ''."""
        served = tuple(dish for dish in self.week.dishes.values() if dish.active)
        if not text.strip():
            return served
        found = search(served, text)
        return (*found, *(dish for dish in served if text.strip() in dish.category and dish not in found))

    # -- moving ------------------------------------------------------------------------------------------

    def go(self, place: Place, chosen: int | None = None) -> None:
        self.place = Place(
            min(max(place.column, 0), DAYS), min(max(place.row, HEAD), len(self.week.periods) - 1)
        )
        self.chosen = chosen

    def step(self, right: int, down: int) -> None:
        self.go(Place(self.place.column + right, self.place.row + down))

    def step_dish(self, by: int) -> None:
        """The next or previous dish of the cell; round at the end."""
        ids = self.shown_ids(self.place)
        if ids:
            place = ids.index(self.chosen) + by if self.chosen in ids else (0 if by > 0 else -1)
            self.chosen = ids[place % len(ids)]

    # -- changing ----------------------------------------------------------------------------------------

    def add(self, dish_id: int, place: Place | None = None) -> bool:
        """Put a dish into the place's cells (from today on)."""
        place = place or self.place
        name = self.week.dishes[dish_id].name
        cells = self._open_cells(place)
        missing = [cell for cell in cells if dish_id not in self._base_ids(cell)]
        if cells and not missing:
            self.go(place, dish_id)
            self._say(problem=tr("{name} 已经在这一餐。").format(name=name))
            return False
        continued = next((cell.since for cell in missing if cell.since and self._base(cell)), None)
        if not self._do([self._changed(cell, (*self._base(cell), Entry(dish_id))) for cell in missing]):
            return False
        self.go(place, dish_id if place.row != HEAD else None)
        if continued is not None and place.column != EVERY_DAY:
            self.notice = tr("沿用 {day} 的菜单，再加 {name}。Ctrl Del 可从空白排起。").format(
                day=f"{continued:%m-%d}", name=name
            )
        else:
            self.notice = tr("加了 {name}。").format(name=name)
        return True

    def remove(self, dish_id: int | None = None) -> bool:
        """Take the chosen dish off."""
        dish_id = self.chosen if dish_id is None else dish_id
        if dish_id is None:
            self._say(problem=tr("先选一道菜：Tab，或点它。"))
            return False
        ids = self.shown_ids(self.place)
        cells = [cell for cell in self._open_cells(self.place) if dish_id in cell.dish_ids]
        done = self._do([self._changed(cell, cell.without(dish_id)) for cell in cells])
        if done:
            after = [one for one in ids if one != dish_id]
            self.chosen = after[min(ids.index(dish_id), len(after) - 1)] if dish_id in ids and after else None
            self.notice = tr("撤了 {name}。Ctrl Z 撤回。").format(name=self.week.dishes[dish_id].name)
        return done

    def move(self, dish_id: int, source: Place, target: Place) -> bool:
        """A dish dragged from one cell into another keeps its portions and price."""
        if source == target:
            return False
        took = next((cell.entry(dish_id) for cell in self.cells_at(source)), None) or Entry(dish_id)
        leave = [cell for cell in self._open_cells(source) if dish_id in cell.dish_ids]
        enter = [cell for cell in self._open_cells(target) if dish_id not in self._base_ids(cell)]
        enter_at = {(cell.day, cell.period) for cell in enter}
        changes = [
            self._changed(cell, cell.without(dish_id))
            for cell in leave
            if (cell.day, cell.period) not in enter_at and cell not in self._open_cells(target)
        ]
        changes += [self._changed(cell, (*self._base(cell), took)) for cell in enter]
        if not enter:
            self._say(problem=tr("{name} 已经在这一餐。").format(name=self.week.dishes[dish_id].name))
            return False
        done = self._do(changes)
        if done:
            self.go(target, dish_id)
            self.notice = tr("移了 {name}。").format(name=self.week.dishes[dish_id].name)
        return done

    def set_planned(self, portions: int | None) -> bool:
        """Whole portions of the chosen dish; None is not counted."""
        return self._set(planned_halves=None if portions is None else 2 * portions)

    def take_suggestion(self) -> bool:
        found = self.suggestion()
        if found is None:
            self._say(problem=tr("这道菜还没有同一星期的往日。"))
            return False
        return self._set(planned_halves=found)

    def set_price(self, fen: int | None) -> bool:
        """A price for that meal alone; half a portion keeps its proportion. None is the dish's own price."""
        dish = self.week.dishes[self.chosen] if self.chosen is not None else None
        half = None
        if fen is not None and dish is not None and dish.half_fen is not None:
            half = min(fen, -(-fen * dish.half_fen // max(1, dish.unit_fen) // 10) * 10)
        return self._set(price_fen=fen, half_fen=half)

    def clear(self) -> bool:
        """Empty the place's cells, to plan them from nothing."""
        cells = self._open_cells(self.place)
        self._blank |= {(cell.day, cell.period) for cell in cells}
        done = self._do([self._changed(cell, ()) for cell in cells if cell.own])
        if done or not any(cell.own for cell in cells):
            self.chosen = None
            self._say(notice=tr("清空了。不加菜的话，仍沿用前一天的菜单。"))
        return done

    def copy(self) -> None:
        """Take the cell (or the whole day) into the clipboard."""
        if self.place.column == EVERY_DAY:
            self._say(problem=tr("请选一天或一餐再复制。"))
            return
        self._clipboard = tuple(
            tuple(replace(entry, price_fen=None, half_fen=None) for entry in cell.entries)
            for cell in self.cells_at(self.place)
        )
        dishes = sum(len(entries) for entries in self._clipboard)
        self._say(notice=tr("复制了 {count} 道菜，到另一格按 Ctrl V。").format(count=dishes))

    def paste(self) -> bool:
        """Put the clipboard in the place of what is here."""
        cells = self.cells_at(self.place)
        if not self._clipboard or self.place.column == EVERY_DAY:
            self._say(problem=tr("先按 Ctrl C 复制一餐或一天。"))
            return False
        if len(self._clipboard) != len(cells):
            self._say(problem=tr("复制的是一天，请贴到日期上；一餐贴到格子里。"))
            return False
        open_cells = self._open_cells(self.place)
        changes = [
            self._changed(cell, self._with_sold(cell, entries))
            for cell, entries in zip(cells, self._clipboard, strict=True)
            if cell in open_cells and entries
        ]
        done = self._do(changes)
        if done:
            self.notice = tr("贴好了。Ctrl Z 撤回。")
        return done

    def undo(self) -> bool:
        """Take the last step back."""
        if not self._done:
            self._say(problem=tr("没有可撤回的。"))
            return False
        changes = self._done.pop()

        def work() -> None:
            planning.change(
                self.desk, self.actor, [one.reverse() for one in reversed(changes)], kind="menu_undone"
            )
            self.notice = tr("撤回了上一步。")

        return self._try(work)

    def set_closed(self) -> bool:
        """The cursor's day is a day off, or is one no more."""
        if self.place.column == EVERY_DAY:
            self._say(problem=tr("请先选一天。"))
            return False
        day = self.week.days[self.place.column - 1]
        closed = day not in self.week.closed

        def work() -> None:
            planning.set_closed(self.desk, self.actor, day, closed)
            self.notice = tr("这天休息。") if closed else tr("这天照常。")

        return self._try(work)

    def copy_preview(self) -> planning.CopyPreview:
        return planning.copy_preview(self.desk, self.week.monday)

    def copy_last_week(self, preview: planning.CopyPreview, *, replace_planned: bool) -> bool:
        changes = [*preview.changes, *(preview.clashes if replace_planned else ())]
        if not changes:
            self._say(problem=tr("没有可复制的：上周没有菜单，或这周已经一样。"))
            return False
        done = self._do(changes, "menu_copied")
        if done:
            self.notice = tr("从上周复制了 {count} 餐。Ctrl Z 撤回。").format(count=len(changes))
        return done

    def take_suggestions(self) -> bool:
        """Every suggestion of the week as planned portions."""
        changes = planning.suggested_changes(self.desk, self.week.monday)
        if not changes:
            self._say(problem=tr("没有新的建议：要有同一星期往日的销售。"))
            return False
        done = self._do(changes)
        if done:
            self.notice = tr("{count} 餐按往日填了份数。Ctrl Z 撤回。").format(count=len(changes))
        return done

    def write(self, kind: menu_paper.Kind, words: menu_paper.Words, target: str, *, pictured: bool) -> bool:
        """The week's menu as a file."""

        def work() -> None:
            file = menu_paper.write_weekly(
                self.desk, self.week.monday, kind, target, words, pictured=pictured
            )
            self.notice = tr("已写到 {file}").format(file=file)

        return self._try(work)

    # -- inside ------------------------------------------------------------------------------------------

    def where_words(self) -> str:
        """The cursor's place in words."""
        period = tr("全天") if self.place.row == HEAD else period_word(self.week.periods[self.place.row])
        if self.place.column == EVERY_DAY:
            return tr("每天 {period}").format(period=period)
        day = self.week.days[self.place.column - 1]
        return tr("{month}月{day}日 {period}").format(month=day.month, day=day.day, period=period)

    def _row_now(self) -> int:
        periods = self.week.periods
        return periods.index("lunch") if "lunch" in periods else 0

    def _base(self, cell: Cell) -> tuple[Entry, ...]:
        """What a first change of the cell begins from: its own dishes, or those it continues."""
        return () if (cell.day, cell.period) in self._blank and not cell.own else cell.entries

    def _base_ids(self, cell: Cell) -> tuple[int, ...]:
        return tuple(entry.dish_id for entry in self._base(cell))

    def _open_cells(self, place: Place) -> list[Cell]:
        """The place's cells that may be changed; the reason is said when there are none."""
        cells = self.cells_at(place)
        found = [cell for cell in cells if cell.day >= self.today]
        if place.column == EVERY_DAY:
            found = [cell for cell in found if cell.day not in self.week.closed]
        if not found:
            self._say(problem=tr("这一天已经过去，只能看。"))
        return found

    def _changed(self, cell: Cell, after: tuple[Entry, ...]) -> Change:
        return Change(cell.day, cell.period, own_entries(cell), after or None)

    def _with_sold(self, cell: Cell, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """What was sold already stays."""
        known = {entry.dish_id for entry in entries}
        kept = (entry for entry in cell.entries if entry.dish_id in cell.sold and entry.dish_id not in known)
        return (*entries, *kept)

    def _set(self, **values: int | None) -> bool:
        if self.chosen is None:
            self._say(problem=tr("先选一道菜：Tab，或点它。"))
            return False
        chosen = self.chosen
        changes = []
        for cell in self._open_cells(self.place):
            entry = cell.entry(chosen)
            if entry is not None:
                changed = Entry(
                    chosen,
                    values.get("planned_halves", entry.planned_halves),
                    values.get("price_fen", entry.price_fen),
                    values.get("half_fen", entry.half_fen),
                )
                changes.append(self._changed(cell, cell.with_entry(changed)))
        changes = [one for one in changes if one.before != one.after]
        if not changes:
            return not self.problem
        done = self._do(changes)
        if done:
            self.chosen = chosen
        return done

    def _do(self, changes: Sequence[Change], kind: str = "menu_planned") -> bool:
        """One step: made, remembered for undoing, and the week read anew."""
        if not changes:
            return False

        def work() -> None:
            planning.change(self.desk, self.actor, changes, kind=kind)
            self._done.append(tuple(changes))

        return self._try(work)

    def _try(self, work: Callable[[], None]) -> bool:
        self.problem = self.notice = ""
        try:
            work()
        except Refusal as refusal:
            self.problem = said(refusal)
        self.reload()
        return not self.problem

    def _say(self, *, notice: str = "", problem: str = "") -> None:
        self.notice, self.problem = notice, problem
