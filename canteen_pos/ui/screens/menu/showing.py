"""The week as the grid shows it: words, what is quiet, what is warned of. No Qt."""

from datetime import date

from canteen_pos.domain.forecast import Suggestion
from canteen_pos.domain.planning import Cell, Entry, Warned
from canteen_pos.i18n import tr
from canteen_pos.services.planning import Week
from canteen_pos.ui.saying import date_words, period_word, titled, weekday_words
from canteen_pos.ui.screens.menu.view import CellState, CellView, DayHead, DishChip, Place, WeekView


def show_week(
    week: Week, place: Place, chosen: int | None, blank: frozenset[tuple[date, str]], *, show_all: bool
) -> WeekView:
    """`show_all` shows in each day what is there every day, too."""
    heads = (DayHead(tr("每天都有")), *(_head(day, week) for day in week.days))
    cells = []
    for period in week.periods:
        staples = frozenset() if show_all else week.staples[period]
        row = [_every_day(week, period)]
        row += [_cell(week.cell(day, period), week, staples, blank) for day in week.days]
        cells.append(tuple(row))
    rows = tuple((titled(period_word(period)), "") for period in week.periods)
    return WeekView(heads, rows, tuple(cells), place, chosen)


def warned_words(one: Warned, week: Week) -> str:
    name = week.dishes[one.dish_id].name if one.dish_id in week.dishes else ""
    where = f"{date_words(one.day)} {period_word(one.period)}"
    if one.kind == "closed":
        return tr("{where} 排了菜，可这天休息。").format(where=where)
    if one.kind == "twice":
        return tr("{where}：{name} 同一天排了两餐。").format(where=where, name=name)
    return tr("{where}：{name} 前一天也有。").format(where=where, name=name)


def past_words(suggestion: Suggestion) -> str:
    """The days a suggestion comes from: '11月22日 39、11月15日 41 卖光'."""
    told = (
        f"{date_words(meal.day)} {portions(meal.wanted_halves)}" + (" " + tr("卖光") if meal.sold_out else "")
        for meal in suggestion.past
    )
    return tr("、").join(told)


def _state(day: date, week: Week) -> CellState:
    if day < week.today:
        return "past"
    return "closed" if day in week.closed else "open"


def _head(day: date, week: Week) -> DayHead:
    state = _state(day, week)
    word = tr("休息") if state == "closed" else tr("今天") if day == week.today else ""
    detail = " ・ ".join(part for part in (date_words(day), word) if part)
    return DayHead(weekday_words()[day.weekday()], detail, state, day == week.today)


def _every_day(week: Week, period: str) -> CellView:
    staples = week.staples[period]
    shown = next(
        (cell for cell in week.cells if cell.period == period and staples <= set(cell.dish_ids)), None
    )
    ids = [one for one in shown.dish_ids if one in staples] if shown is not None else []
    chips = []
    for dish_id in ids:
        planned = {
            entry.planned_halves
            for cell in week.cells
            if cell.period == period and cell.day >= week.today and (entry := cell.entry(dish_id))
        }
        note = portions(planned.pop()) if len(planned) == 1 else "…" if planned else ""
        chips.append(DishChip(dish_id, week.dishes[dish_id].name, note))
    return CellView(tuple(chips))


def _cell(cell: Cell, week: Week, staples: frozenset[int], blank: frozenset[tuple[date, str]]) -> CellView:
    state = _state(cell.day, week)
    if (cell.day, cell.period) in blank and not cell.own:
        return CellView((), tr("空"), True, state)
    if state == "closed" and not cell.own:
        return CellView((), "", True, state)
    here = (
        one for one in week.warned if (one.day, one.period) == (cell.day, cell.period) and state != "past"
    )
    warned = {one.dish_id: one for one in here}
    chips = tuple(
        DishChip(
            entry.dish_id,
            week.dishes[entry.dish_id].name,
            _note(entry),
            warned_words(warned[entry.dish_id], week) if entry.dish_id in warned else "",
        )
        for entry in cell.entries
        if entry.dish_id not in staples
    )
    note = tr("同 {day}").format(day=date_words(cell.since)) if cell.since else ""
    if cell.own and not chips:
        note = tr("与每天相同")
    return CellView(chips, note, cell.since is not None, state)


def _note(entry: Entry) -> str:
    """Planned portions, and whether the meal has a price of its own."""
    special = tr("特") if entry.price_fen is not None else ""
    return f"{portions(entry.planned_halves)}{special}"


def portions(halves: int | None) -> str:
    return "" if halves is None else f"{halves / 2:g}"
