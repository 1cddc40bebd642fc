"""The one way off the GUI thread: `run(work, done, failed)`. Tests run it inline.

`work` runs in one of two threads kept for this; `done(result)` or `failed(error)` is called back on the GUI
thread. Jobs given the same `lane` run one after another in the order they were asked.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

T = TypeVar("T")
_log = logging.getLogger(__name__)


class _Bridge(QObject):
    """Carries a call from a worker thread to the GUI thread."""

    back = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.back.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def _call(self, call: Callable[[], None]) -> None:
        call()


_bridge: _Bridge | None = None
_lanes: dict[str, ThreadPoolExecutor] = {}
_timers: dict[str, QTimer] = {}
_waiting: dict[str, Callable[[], Any]] = {}
_inline = False
_SWITCH_S = 0.0005
"""A key press waits this long at most for the interpreter while a job computes; Python's own 5 ms can be seen."""


def run(
    work: Callable[[], T],
    done: Callable[[T], Any] | None = None,
    failed: Callable[[Exception], Any] | None = None,
    *,
    lane: str = "",
) -> None:
    """Do `work` off the GUI thread; must be called on it. An error without `failed` is logged, never lost."""
    global _bridge  # noqa: PLW0603 - made on the GUI thread at the first use
    if _inline:
        _finish(_attempt(work), done, failed)
        return
    _bridge = _bridge or _Bridge()
    bridge = _bridge

    def finished(future: Future[T]) -> None:
        bridge.back.emit(lambda: _finish(future, done, failed))

    _executor(lane).submit(work).add_done_callback(finished)


def run_soon(work: Callable[[], Any], lane: str, after_ms: int = 60) -> None:
    """Do `work` off the GUI thread when no other was given to this lane for `after_ms`; only the last one is done.

    For what follows the keyboard and may not slow it down, such as keeping an unfinished order.
    """
    if _inline:
        run(work, lane=lane)
        return
    timer = _timers.get(lane)
    if timer is None:
        timer = _timers[lane] = QTimer()
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: _start_waiting(lane))
    _waiting[lane] = work
    timer.start(after_ms)


def _start_waiting(lane: str) -> None:
    work = _waiting.pop(lane, None)
    if work is not None:
        run(work, lane=lane)


def wait_all() -> None:
    """Let every job that was asked for finish; call before leaving. Callbacks are not called."""
    for lane in tuple(_waiting):
        _timers[lane].stop()
        _start_waiting(lane)
    for executor in _lanes.values():
        executor.shutdown(wait=True)
    _lanes.clear()


@contextmanager
def inline() -> Iterator[None]:
    """For tests: work is done, and answered, before `run` returns."""
    global _inline  # noqa: PLW0603
    before, _inline = _inline, True
    try:
        yield
    finally:
        _inline = before


def is_inline() -> bool:
    """Whether a test asked for everything at once: what would wait for a pause of the hand does not."""
    return _inline


def _executor(lane: str) -> ThreadPoolExecutor:
    if lane not in _lanes:
        sys.setswitchinterval(_SWITCH_S)
        _lanes[lane] = ThreadPoolExecutor(
            max_workers=1 if lane else 2, thread_name_prefix=f"job-{lane or 'any'}"
        )
    return _lanes[lane]


def _attempt(work: Callable[[], T]) -> Future[T]:
    future: Future[T] = Future()
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 - handed to `failed`, as from a thread
        future.set_exception(error)
    return future


def _finish(
    future: Future[T], done: Callable[[T], Any] | None, failed: Callable[[Exception], Any] | None
) -> None:
    error = future.exception()
    if error is None:
        if done:
            done(future.result())
    elif failed and isinstance(error, Exception):
        failed(error)
    else:
        _log.error("a job failed and nobody asked to be told", exc_info=error)
