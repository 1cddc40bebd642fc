"""A bar that moves while something long is done off the GUI thread."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar

from canteen_pos.i18n import tr
from canteen_pos.ui import jobs

_TICK_MS = 120
Result = TypeVar("Result")


class WorkBar(QProgressBar):
    """Hidden while idle. `progress` answers (done, of); (0, 0) moves without saying how far. `told` says it in words."""

    told = Signal(str)

    def __init__(self, progress: Callable[[], tuple[int, int]]) -> None:
        super().__init__()
        self.busy = False
        self._progress = progress
        self.setTextVisible(False)
        self.setFixedHeight(6)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._show)

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """`done` or `failed` when the bar is idle again."""
        self.busy = True
        self._show()
        self.show()
        self._timer.start()

        def finished(result: Result) -> None:
            self._idle()
            done(result)

        def broken(error: Exception) -> None:
            self._idle()
            failed(error)

        jobs.run(work, finished, broken)

    def _idle(self) -> None:
        self.busy = False
        self._timer.stop()
        self.hide()
        self.told.emit("")

    def _show(self) -> None:
        done, of = self._progress()
        self.setRange(0, of)
        self.setValue(done)
        if of:
            self.told.emit(tr("{done} / {of}，按 Esc 停下").format(done=f"{done:,}", of=f"{of:,}"))
