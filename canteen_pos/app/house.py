"""A data folder as the window sees it: one database for each kind of house, and the workers beside it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from canteen_pos import i18n, paths, settings
from canteen_pos.clock import Clock, SystemClock

if TYPE_CHECKING:
    from canteen_pos.services.backup_worker import BackupWorker
    from canteen_pos.services.context import Desk
    from canteen_pos.services.print_worker import Workers
    from canteen_pos.storage.engine import Database
    from canteen_pos.ui.house import Health, HouseKind, Kicked

HOUSES: tuple["HouseKind", ...] = ("canteen", "demo", "training")


class TillHouse:
    """`ui.house.House` over a data folder: one database for each kind of house, opened when it is first entered."""

    def __init__(
        self,
        folder: Path,
        machine: settings.MachineSettings,
        clock: Clock | None = None,
        paper_after_ms: int = 0,
    ) -> None:
        """`paper_after_ms`: how long the print worker leaves the machine to the window."""
        self.folder = folder
        self._paper_after_ms = paper_after_ms
        self._machine = machine
        self._clock = clock or SystemClock()
        self._desks: dict[HouseKind, Desk] = {}
        self._paper: dict[HouseKind, Workers] = {}
        self._backup: BackupWorker | None = None

    def desk(self, kind: "HouseKind") -> "Desk":
        if kind not in self._desks:
            from canteen_pos.services.context import Desk

            database = open_books(self.folder, kind, self._machine)
            self._desks[kind] = Desk(
                database, self._clock, self._machine.station, kind == "training", self.folder
            )
        return self._desks[kind]

    def founded(self, kind: "HouseKind") -> bool:
        elsewhere = kind == "canteen" and self._machine.database
        if not elsewhere and not paths.database_file(self.folder, kind).exists():
            return False
        from canteen_pos.services import settings_store

        return settings_store.founded(self.desk(kind))

    def entered(self, kind: "HouseKind") -> None:
        self._machine = settings.change(self.folder, house=kind)
        if kind in self._paper:
            self._paper[kind].start()
        elif self._paper_after_ms:
            from PySide6.QtCore import QTimer

            QTimer.singleShot(self._paper_after_ms, lambda: self._start_paper(kind))
        else:
            self._start_paper(kind)

    def _start_paper(self, kind: "HouseKind") -> None:
        from canteen_pos.services.print_worker import Workers

        if kind in self._desks and kind not in self._paper:
            self._paper[kind] = Workers(self._desks[kind])
            self._paper[kind].start()
        if kind == "canteen" and self._backup is None and kind in self._desks:
            from canteen_pos.services.backup_worker import BackupWorker

            self._backup = BackupWorker(self._desks[kind])
            self._backup.start()

    def restore(self, backup: Path, by: str = "") -> "Sequence[str]":
        """Put a backup in place of the canteen's books; the labels that numbers begin with from now on.

        Everything is given back first; `desk` opens the books anew afterwards, whether it went well or not.
        Refusal 'backup.*'.
        """
        from canteen_pos.services import backups

        if self._backup is not None:
            self._backup.stop(last=False)
            self._backup = None
        self.close()
        return backups.restore(canteen_url(self.folder, self._machine), backup, self._clock, by)

    def last(self) -> "HouseKind | None":
        """Where to start: the house of last time, else the canteen if it stands, else the choice (None)."""
        wanted: tuple[HouseKind, ...] = tuple(kind for kind in HOUSES if kind == self._machine.house)
        return next((kind for kind in (*wanted, "canteen") if self.founded(kind)), None)

    def printer_health(self, desk: "Desk") -> "tuple[Health, str] | None":
        if not self._paper:
            return None
        from canteen_pos.services import print_queue
        from canteen_pos.wording.printers import trouble

        receipt = next((one for one in print_queue.status(desk) if one.role == "receipt"), None)
        if receipt is None:
            return None
        lang = i18n.language()
        if receipt.asking:
            return "fault", trouble("asking", lang, count=len(receipt.asking))
        return receipt.state, trouble(receipt.reason, lang)

    def open_drawer(self, desk: "Desk", answered: "Callable[[Kicked], None]") -> None:
        from canteen_pos.services import print_worker
        from canteen_pos.ui import jobs

        jobs.run(lambda: print_worker.open_drawer(desk), answered, lane="drawer")

    def remember(self, **changes: str) -> None:
        self._machine = settings.change(self.folder, **changes)

    def paper_wanted(self) -> None:
        for workers in self._paper.values():
            workers.wake()

    def close(self) -> None:
        """Stop the workers, make a last backup, give the databases back."""
        if self._backup is not None:
            self._backup.stop()
            self._backup = None
        for workers in self._paper.values():
            workers.stop()
        self._paper.clear()
        for desk in self._desks.values():
            desk.db.close()
        self._desks.clear()


def open_books(folder: Path, kind: "HouseKind", machine: settings.MachineSettings) -> "Database":
    """The database of one kind of house."""
    from canteen_pos.storage.engine import open_database, sqlite_file, sqlite_url

    url = canteen_url(folder, machine) if kind == "canteen" else sqlite_url(paths.database_file(folder, kind))
    file = sqlite_file(url)
    if file is not None and file.exists():
        with suppress(OSError):  # one that an earlier release made is everybody's to read, and so is its -wal
            file.chmod(0o600)
    database = open_database(url)
    if any((folder / name).is_dir() for name in ("photos", "pictures")):  # an earlier release kept them there
        from canteen_pos.storage.picture_folders import take_in

        take_in(database, folder)
    return database


def canteen_url(folder: Path, machine: settings.MachineSettings) -> str:
    """Where the canteen's own books stand: a file in the folder, or PostgreSQL elsewhere."""
    from canteen_pos.storage.engine import sqlite_url

    return machine.database_url if machine.database else sqlite_url(paths.database_file(folder))
