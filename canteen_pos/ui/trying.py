"""What a presenter asks of a service may be refused: the refusal becomes the sentence its screen shows. No Qt."""

from collections.abc import Callable

from canteen_pos.domain.errors import Refusal
from canteen_pos.ui.saying import said


def problem_with(work: Callable[[], object]) -> str:
    """Do `work`; why it was refused, '' when it was done."""
    try:
        work()
    except Refusal as refusal:
        return said(refusal)
    return ""


class Tries:
    """A presenter with a `problem` and a `notice`, of which `work` may write the second."""

    problem: str
    notice: str

    def _try(self, work: Callable[[], object]) -> bool:
        """Whether it was done; `problem` says why not."""
        self.problem = self.notice = ""
        self.problem = problem_with(work)
        if self.problem:
            self.notice = ""
        self._tried()
        return not self.problem

    def _tried(self) -> None:
        """After a try, done or not: look again."""
