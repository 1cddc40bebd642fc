"""A till that nobody touches locks itself, and so does one whose person was sent away or given another role."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject

if TYPE_CHECKING:
    from canteen_pos.services.context import Actor, Desk

_TOUCHES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
)


class Watched(Protocol):
    """The window, as far as it is watched."""

    desk: "Desk | None"
    actor: "Actor | None"

    @property
    def at_till(self) -> bool: ...
    @property
    def in_office(self) -> bool: ...
    def lock(self) -> None: ...
    def send_away(self) -> None: ...


def asleep_too() -> float:
    """Seconds that no change of the clock touches, those in which the machine slept included."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; elsewhere the usual one counts sleep as well
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


class IdleWatch(QObject):
    """Sees every key, touch and move of the application; `now` is for tests.

    A machine that slept wakes with a key, before anything else could look: `when_late` is asked first, and when it
    locks, that key was for nobody.
    """

    def __init__(self, parent: QObject, now: Callable[[], float] = asleep_too) -> None:
        super().__init__(parent)
        self._now = now
        self._touched = now()
        self.limit_s = 0.0
        """So long may nobody touch anything; 0 for as long as they like."""
        self.when_late: Callable[[], bool] = lambda: False
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def seconds(self) -> float:
        """Since somebody touched anything."""
        return self._now() - self._touched

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        late = bool(self.limit_s) and self.seconds() >= self.limit_s
        if event.type() == QEvent.Type.ShortcutOverride and late:
            event.accept()  # comes back as a key press, and not as somebody's shortcut
            return True
        if event.type() not in _TOUCHES:
            return False
        locked = late and self.when_late()
        self._touched = self._now()
        return locked


def look(window: Watched, watch: IdleWatch) -> bool:
    """Lock the window when it is time to; whether it was."""
    from canteen_pos.services import settings_store, staff

    if window.desk is None or window.actor is None or not (window.at_till or window.in_office):
        return False
    if not staff.still_works_here(window.desk, window.actor):
        window.send_away()
        return True
    watch.limit_s = settings_store.load(window.desk).idle_lock_minutes * 60
    if not watch.limit_s or watch.seconds() < watch.limit_s:
        return False
    window.lock()
    return True
