"""The thread that makes backups when they are due; it never holds up the window."""

import logging
import threading

from canteen_pos.domain.errors import Refusal
from canteen_pos.services import backing_up
from canteen_pos.services.context import Desk

LOOK_S = 30.0
LEAVE_S = 60.0
"""How long leaving waits for a last backup; the window is gone by then."""
_log = logging.getLogger(__name__)


class BackupWorker:
    """`start` once, `stop` when leaving."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last = True
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="backup", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, wait_s: float = LEAVE_S, *, last: bool = True) -> None:
        """`last` makes a backup of what was sold since the one before."""
        self._last = last
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(wait_s)

    def turn(self, *, leaving: bool = False) -> bool:
        """Look once, and make a backup if one is due; whether one was made. A failure is logged and shown, not raised."""
        try:
            assert self._desk.folder is not None
            plan = backing_up.plan(self._desk.folder)  # read anew: the settings may have changed
            due = backing_up.is_behind if leaving else backing_up.is_due
            if not due(self._desk, plan):
                return False
            backing_up.run(self._desk, plan)
        except Refusal as refusal:
            _log.warning("backup: %s", refusal)
            return False
        except Exception:  # noqa: BLE001 - a backup that fails must not end the backups after it
            _log.exception("backup")
            return False
        return True

    def _work(self) -> None:
        while not self._stopping.wait(LOOK_S):
            self.turn()
        if self._last:
            self.turn(leaving=True)
