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
    def leave_till(self) -> None: ...
    def switch_user(self) -> None: ...


class IdleWatch(QObject):
    """Sees every key, touch and move of the application; `now` is for tests."""

    def __init__(self, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now = now
        self._touched = now()
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def seconds(self) -> float:
        """Since somebody touched anything."""
        return self._now() - self._touched

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in _TOUCHES:
            self._touched = self._now()
        return False


def look(window: Watched, watch: IdleWatch) -> None:
    """Lock the window when it is time to."""
    from canteen_pos.services import settings_store, staff

    if window.desk is None or window.actor is None or not (window.at_till or window.in_office):
        return
    if not staff.still_works_here(window.desk, window.actor):
        window.leave_till()
        window.switch_user()
        return
    minutes = settings_store.load(window.desk).idle_lock_minutes
    if minutes and watch.seconds() >= minutes * 60:
        window.lock()
