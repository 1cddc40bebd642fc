"""The week planner's steps: each is one list of changes, remembered so that it can be undone and done again. No Qt."""

from collections.abc import Sequence

from canteen_pos.domain.planning import Change
from canteen_pos.i18n import tr
from canteen_pos.services import planning
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import date_words, period_word
from canteen_pos.ui.screens.menu.state import WeekState
from canteen_pos.ui.screens.menu.view import Place
from canteen_pos.ui.trying import Tries


class WeekSteps(Tries, WeekState):
    """The steps made in this window, the last first."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        super().__init__(desk, actor)
        self._done: list[tuple[Change, ...]] = []
        self._taken_back: list[tuple[Change, ...]] = []

    def undo(self) -> bool:
        """Take the last step back; the cursor goes where it was."""
        if not self._done:
            self._say(problem=tr("没有可撤回的。"))
            return False
        changes = self._done.pop()
        back = [one.reverse() for one in reversed(changes)]
        if self._step_again(back, "menu_undone", tr("撤回了{where}的改动。Ctrl Y 重做。")):
            self._taken_back.append(changes)
        return not self.problem

    def redo(self) -> bool:
        """Take the step anew that was taken back last."""
        if not self._taken_back:
            self._say(problem=tr("没有可重做的。"))
            return False
        changes = self._taken_back.pop()
        if self._step_again(changes, "menu_planned", tr("重做了{where}的改动。")):
            self._done.append(changes)
        return not self.problem

    def _step_again(self, changes: Sequence[Change], kind: str, words: str) -> bool:
        first = min(changes, key=lambda one: (one.day, self.week.periods.index(one.period)))

        def work() -> None:
            planning.change(self.desk, self.actor, changes, kind=kind)
            where = f"{date_words(first.day)} {period_word(first.period)}"
            if len(changes) > 1:
                where = tr("{where}等 {count} 餐").format(where=where, count=len(changes))
            self.notice = words.format(where=where)
            self.day = first.day

        done = self._try(work)
        if done:
            self.go(Place(first.day.weekday() + 1, self.week.periods.index(first.period)))
        return done

    def _do(self, changes: Sequence[Change], kind: str = "menu_planned") -> bool:
        """One step: made, remembered for undoing, and the week read anew."""
        if not changes:
            return False

        def work() -> None:
            planning.change(self.desk, self.actor, changes, kind=kind)
            self._done.append(tuple(changes))
            self._taken_back.clear()

        return self._try(work)

    def _tried(self) -> None:
        self.reload()
