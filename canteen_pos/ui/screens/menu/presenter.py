"""What a manager does to the week, each as one step. No Qt."""

from collections.abc import Sequence
from dataclasses import replace

from canteen_pos.domain.planning import Cell, Change, Entry, own_entries
from canteen_pos.i18n import tr
from canteen_pos.services import menu_paper, planning
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import date_words
from canteen_pos.ui.screens.menu.steps import WeekSteps
from canteen_pos.ui.screens.menu.view import EVERY_DAY, HEAD, Place


class WeekPresenter(WeekSteps):
    """What a manager does to the week. Each step says whether it was done; `notice` or `problem` says what came of it."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__(desk, actor)
        self._clipboard: tuple[tuple[Entry, ...], ...] = ()

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
                day=date_words(continued), name=name
            )
        elif len(missing) > 1:
            self.notice = tr("加了 {name}，{count} 餐。").format(name=name, count=len(missing))
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

    def move(self, dish_id: int, source: Place, target: Place, *, copied: bool = False) -> bool:
        """A dish dragged from one cell into another keeps its portions and price; `copied` stays where it was, too.

        On a day's heading it falls into the same meal.
        """
        if target.row == HEAD:
            target = Place(target.column, source.row)
        if source == target:
            return False
        name = self.week.dishes[dish_id].name
        took = next((cell.entry(dish_id) for cell in self.cells_at(source)), None) or Entry(dish_id)
        targets = self._open_cells(target)
        enter = [cell for cell in targets if dish_id not in self._base_ids(cell)]
        if not enter:
            if targets:
                self._say(problem=tr("{name} 已经在这一餐。").format(name=name))
            return False
        stays = copied or all(cell.day < self.today for cell in self.cells_at(source))
        leave = [] if stays else [cell for cell in self._open_cells(source) if dish_id in cell.dish_ids]
        changes = [self._changed(cell, cell.without(dish_id)) for cell in leave if cell not in targets]
        changes += [self._changed(cell, (*self._base(cell), took)) for cell in enter]
        done = self._do(changes)
        if done:
            self.go(target, dish_id)
            self.notice = (tr("加了 {name}。") if stays else tr("移了 {name}。")).format(name=name)
        return done

    def set_planned(self, portions: int | None) -> bool:
        """Whole portions of the chosen dish; None is not counted."""
        return self._set(planned_halves=None if portions is None else 2 * portions)

    def take_suggestion(self) -> bool:
        found = self.suggestion()
        if found is None:
            self._say(problem=tr("这道菜还没有同一星期的往日。"))
            return False
        return self._set(planned_halves=found.halves)

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

    def set_closed(self) -> bool:
        """The cursor's day is a day off, or is one no more."""
        if self.place.column == EVERY_DAY:
            self._say(problem=tr("请先选一天。"))
            return False
        day = self.week.days[self.place.column - 1]
        closed = day not in self.week.closed

        def work() -> None:
            planning.set_closed(self.desk, self.actor, day, closed)
            self.notice = tr("这天休息。再按 F6 恢复。") if closed else tr("这天照常。")

        return self._try(work)

    def copy_preview(self) -> planning.CopyPreview:
        return planning.copy_preview(self.desk, self.week.monday)

    def copy_last_week(self, preview: planning.CopyPreview, *, replace_planned: bool) -> bool:
        changes = [*preview.changes, *(preview.clashes if replace_planned else ())]
        if not changes and preview.clashes:
            self._say(problem=tr("这周每一餐都已经排过。要照上周换掉，请选“全部换成上周的”。"))
        elif not changes:
            self._say(problem=tr("没有可复制的：上周没有菜单，或这周已经一样。"))
        if not changes:
            return False
        done = self._do(changes, "menu_copied")
        if done:
            self.notice = tr("从上周复制了 {count} 餐。Ctrl Z 撤回。").format(count=len(changes))
        return done

    def suggested(self) -> tuple[planning.Suggested, ...]:
        """The week's meals of which the past suggests something else; the reason is said when there are none."""
        found = planning.suggested(self.desk, self.week.monday)
        if not found:
            self._say(problem=tr("没有新的建议：要有同一星期往日的销售，且这周的餐已经排了。"))
        return found

    def take_suggestions(self, found: Sequence[planning.Suggested], *, blank_only: bool) -> bool:
        """Suggestions of the week as planned portions; `blank_only` leaves alone what is planned."""
        changes = [one for meal in found if (one := meal.change(blank_only=blank_only)) is not None]
        if not changes:
            self._say(problem=tr("没有空着的份数。要照建议改，请选“全部照建议”。"))
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
