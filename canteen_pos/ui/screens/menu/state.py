"""Where the week planner stands: the week, the cursor, the chosen dish, what can be said of them. No Qt."""

from datetime import date, timedelta

from canteen_pos.domain.dishes import Dish
from canteen_pos.domain.forecast import Suggestion
from canteen_pos.domain.menu import search
from canteen_pos.domain.planning import DAYS, Cell, Entry
from canteen_pos.i18n import tr
from canteen_pos.services import planning
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import date_words, period_word
from canteen_pos.ui.screens.menu.showing import show_week, warned_words
from canteen_pos.ui.screens.menu.view import EVERY_DAY, HEAD, Place, WeekView


class WeekState:
    """The week, the cursor, the chosen dish. `notice` and `problem` say what happened last."""

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
        self._suggested: dict[tuple[date, str], dict[int, Suggestion]] = {}

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
        return f"{date_words(first)} – {date_words(last)}"

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

    @property
    def day_shown(self) -> date:
        """The day whose prices are shown: the cursor's, or the week's first that is not past."""
        if self.place.column != EVERY_DAY:
            return self.week.days[self.place.column - 1]
        return max(self.week.monday, min(self.today, self.week.days[-1]))

    def suggestion(self) -> Suggestion | None:
        """What to plan of the chosen dish, from the same weekday's past."""
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

    def where_words(self) -> str:
        """The cursor's place in words."""
        period = tr("全天") if self.place.row == HEAD else period_word(self.week.periods[self.place.row])
        if self.place.column == EVERY_DAY:
            return tr("每天 {period}").format(period=period)
        return f"{date_words(self.week.days[self.place.column - 1])} {period}"

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

    def _say(self, *, notice: str = "", problem: str = "") -> None:
        self.notice, self.problem = notice, problem
