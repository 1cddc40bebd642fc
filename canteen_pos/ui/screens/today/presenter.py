"""Today in words: meals, money, what waits. No Qt."""

from dataclasses import dataclass

from canteen_pos.domain.money import yuan
from canteen_pos.i18n import language, tr, tr_as
from canteen_pos.services import today
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.today import Meal, Task
from canteen_pos.ui.saying import day_words, period_word, titled
from canteen_pos.wording import codes

TARGETS: dict[str, tuple[str, object]] = {
    "no_dishes": ("dishes", None),
    "no_people": ("people", None),
    "samples_take": ("samples", None),
    "samples_dispose": ("samples", None),
    "to_review": ("people", "to_review"),
    "expiring": ("people", "expiring"),
    "absent": ("people", "absent"),
    "printer": ("settings", "printers"),
    "backup": ("settings", "backup"),
    "erase_again": ("people", "active"),
}
"""Where each kind of task is worked on: section and what to show there."""

_UNCOUNTED = frozenset({"no_dishes", "no_people", "backup"})


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A row of the work list."""

    title: str
    detail: str
    count: str
    target: tuple[str, object]


class TodayPresenter:
    """`board` as it was read last."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk, self._actor = desk, actor
        self.read()

    def read(self) -> None:
        self.board = today.board(self._desk, self._actor)

    def day(self) -> str:
        return day_words(self.board.day)

    def moment(self) -> str:
        return tr("截至 {time}").format(time=f"{self._desk.clock.now():%H:%M}")

    def meal_title(self, meal: Meal) -> str:
        return titled(period_word(meal.period))

    def meal_state(self, meal: Meal) -> str:
        return {"over": tr("已结束"), "now": tr("进行中"), "later": tr("还没开始")}[meal.when]

    def meal_lines(self, meal: Meal) -> tuple[tuple[str, str], ...]:
        lines = [
            (tr("原价"), yuan(meal.list_fen)),
            (tr("补贴和优惠"), yuan(meal.gain_fen)),
            (tr("就餐人付"), yuan(meal.pays_fen)),
        ]
        if meal.refunds:
            lines.append((tr("其中退单"), str(meal.refunds)))
        return tuple(lines)

    def funds(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (codes.label(fund, language(), codes.FUNDS), yuan(fen)) for fund, fen in self.board.by_fund
        )

    def tenders(self) -> tuple[tuple[str, str], ...]:
        return tuple((codes.label(tender, language()), yuan(fen)) for tender, fen in self.board.by_tender)

    def tills(self) -> str:
        if not self.board.open_tills:
            return tr("没有收银台开班。")
        return tr("开班的收银台：{tills}").format(tills=tr("、").join(self.board.open_tills))

    def short(self) -> tuple[tuple[str, str], ...]:
        """Dishes that are out or nearly: name with its meal, and what is left."""
        made = []
        for dish in self.board.short:
            left = (
                tr("售完") if dish.sold_out_at_utc or dish.left_halves <= 0 else _portions(dish.left_halves)
            )
            made.append((f"{dish.name}  {period_word(dish.period)}", left))
        return tuple(made)

    def tasks(self) -> tuple[TaskLine, ...]:
        return tuple(
            TaskLine(self._title(task), tr("、").join(task.names), _count(task), TARGETS[task.kind])
            for task in self.board.tasks
        )

    def _title(self, task: Task) -> str:
        return {
            "no_dishes": tr("菜单还空着：加菜品"),
            "no_people": tr("还没有就餐人：登记或导入旧名单"),
            "samples_take": tr("还没留样"),
            "samples_dispose": tr("留样到时，可以处理"),
            "expiring": tr_as("to do", "资格将到期"),
            "to_review": tr("资格待复核"),
            "absent": tr("长期未到，问候一声"),
            "printer": tr("打印机要看一下"),
            "backup": tr("最近没有备份成功"),
            "erase_again": tr("恢复备份后又回来的人，要再删一次"),
        }[task.kind]


def _count(task: Task) -> str:
    return "" if task.kind in _UNCOUNTED else str(task.count)


def _portions(halves: int) -> str:
    whole, half = divmod(halves, 2)
    return tr("剩 {count} 份").format(count=f"{whole}.5" if half else whole)
