"""The composition root: settings -> databases -> desks -> window, and the print worker. Nothing else knows every part.

Nothing heavy is imported before the window's first frame stands.
"""

import gc
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from canteen_pos import i18n, logs, paths, settings
from canteen_pos.clock import Clock, FixedClock, SystemClock
from canteen_pos.domain.errors import Refusal, refuse

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from canteen_pos.services.backups import Preview
    from canteen_pos.services.context import Desk
    from canteen_pos.services.print_worker import Workers
    from canteen_pos.services.verifying import Report
    from canteen_pos.storage.backup import Content
    from canteen_pos.storage.engine import Database
    from canteen_pos.ui.house import Health, HouseKind
    from canteen_pos.ui.main_window import MainWindow
    from canteen_pos.ui.scanner_filter import ScannerFilter

HOUSES: tuple["HouseKind", ...] = ("canteen", "demo", "training")
DEMO_MOMENT = datetime.fromisoformat("2026-11-23T11:40:00+08:00")
"""The demo lunch: a Monday and a working day."""
START_MS = 1500
"""What can wait leaves the machine to the window for so long."""
_log = logging.getLogger(__name__)


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

    def desk(self, kind: "HouseKind") -> "Desk":
        if kind not in self._desks:
            from canteen_pos.services.context import Desk

            database = _open(self.folder, kind, self._machine)
            self._desks[kind] = Desk(database, self._clock, self._machine.station, kind == "training")
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

    def open_drawer(self, desk: "Desk") -> None:
        from canteen_pos.services import print_worker
        from canteen_pos.ui import jobs

        jobs.run(lambda: print_worker.open_drawer(desk), lane="drawer")

    def paper_wanted(self) -> None:
        for workers in self._paper.values():
            workers.wake()

    def close(self) -> None:
        """Stop the workers, give the databases back."""
        for workers in self._paper.values():
            workers.stop()
        self._paper.clear()
        for desk in self._desks.values():
            desk.db.close()
        self._desks.clear()


def _open(folder: Path, kind: "HouseKind", machine: settings.MachineSettings) -> "Database":
    from canteen_pos.storage.engine import open_database, sqlite_url

    if kind == "canteen" and machine.database:
        return open_database(machine.database_url)
    return open_database(sqlite_url(paths.database_file(folder, kind)))


# -- the window ------------------------------------------------------------------------------------------


def run(folder: Path, **wishes: str) -> int:
    """Open the till on a data folder and work until the window is closed; the exit code.

    `wishes` are settings of this machine to change first (`language`, `theme`).
    """
    logs.start(folder)
    machine = settings.change(folder, **wishes) if wishes else settings.load(folder)
    gc.disable()  # there is nothing to collect while libraries are imported
    application = start_qt(machine)
    house = TillHouse(folder, machine, paper_after_ms=START_MS)
    window, scanner = open_window(application, house, machine)
    del scanner  # lives in the application
    _when_started(window)
    try:
        code = application.exec()
        settings.change(folder, theme=_theme(), language=i18n.language())
    finally:
        leave(house)
    del window
    return code


def _when_started(window: "MainWindow") -> None:
    """After the first keys: collect garbage again, and show how the printer is."""
    from PySide6.QtCore import QTimer

    def started() -> None:
        gc.freeze()
        gc.enable()
        window.refresh_bar()

    QTimer.singleShot(2 * START_MS, started)


def start_qt(machine: settings.MachineSettings) -> "QApplication":
    """One application, dressed, in the machine's language."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from canteen_pos.ui import theme

    i18n.set_language(machine.language)
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("canteen_pos")
    qInstallMessageHandler(_qt_says)
    theme.apply(application, "dark" if machine.theme == "dark" else "light")
    return application


def open_window(
    application: "QApplication", house: TillHouse, machine: settings.MachineSettings
) -> "tuple[MainWindow, ScannerFilter]":
    """The light frame first; the house behind it, as soon as the event loop turns."""
    from PySide6.QtCore import QTimer

    from canteen_pos.ui.main_window import MainWindow
    from canteen_pos.ui.scanner_filter import ScannerFilter, ScannerTiming

    window = MainWindow()
    if application.platformName() == "offscreen":
        window.show()
    else:  # a till fills its screen; the geometry as well, for a kiosk without a window manager
        window.setGeometry(application.primaryScreen().availableGeometry())
        window.showMaximized()
    window.activateWindow()  # a kiosk may have no window manager to do it; shortcuts need an active window
    application.processEvents()
    timing = ScannerTiming(prefix=machine.scanner_prefix, suffix=machine.scanner_suffix)
    scanner = ScannerFilter(timing, parent=application)
    application.installEventFilter(scanner)
    scanner.went_through.connect(window.not_typed)
    scanner.scanned.connect(window.scanned)
    QTimer.singleShot(0, lambda: _enter(window, house))
    return window, scanner


def _enter(window: "MainWindow", house: TillHouse) -> None:
    """A database that cannot be opened (newer, damaged) is said in the window, not in a log alone."""
    try:
        window.open_house(house, house.last())
    except Refusal as refusal:
        window.cannot_open(refusal)


def leave(house: TillHouse) -> None:
    """Let running jobs finish, then give everything back: windows while Qt still stands, or leaving ends in a crash."""
    from PySide6.QtCore import QCoreApplication, QEvent, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from canteen_pos.ui import jobs

    jobs.wait_all()
    house.close()
    for window in QApplication.topLevelWidgets():
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qInstallMessageHandler(None)


def _theme() -> str:
    from canteen_pos.ui import theme

    return theme.current().name


def _qt_says(kind: object, _context: object, message: str) -> None:
    if "propagateSizeHints" in message:
        return  # the offscreen plugin says so of every window
    name = getattr(kind, "name", "")
    level = {"QtDebugMsg": logging.DEBUG, "QtInfoMsg": logging.INFO, "QtWarningMsg": logging.WARNING}
    logging.getLogger("qt").log(level.get(name, logging.ERROR), "%s", message)


# -- the command line's part -----------------------------------------------------------------------------


def verify(folder: Path) -> "Mapping[str, Report]":
    """A report for each database of the folder, by file name; empty when there is none."""
    from canteen_pos.services import verifying
    from canteen_pos.services.context import Desk

    machine = settings.load(folder)
    reports = {}
    for kind in HOUSES:
        named = (
            "PostgreSQL" if kind == "canteen" and machine.database else paths.database_file(folder, kind).name
        )
        if named != "PostgreSQL" and not (folder / named).exists():
            continue
        database = _open(folder, kind, machine)
        try:
            reports[named] = verifying.verify(Desk(database, SystemClock(), machine.station))
        finally:
            database.close()
    return reports


def ledger(folder: Path) -> str:
    """The canteen's ledger as plain-text accounting. Refusal 'machine.no_canteen' when none is founded here."""
    from canteen_pos.services import books

    house = TillHouse(folder, settings.load(folder))
    try:
        for kind in HOUSES:
            if house.founded(kind):
                return books.plain_accounts(house.desk(kind))
    finally:
        house.close()
    raise refuse("machine.no_canteen", folder=str(folder))


def back_up(folder: Path, target: Path) -> "Content":
    """Copy the canteen of a data folder. Refusal 'backup.*'."""
    from canteen_pos.services import backups

    return backups.back_up(_canteen_file(folder), target)


def look_into(folder: Path, backup: Path) -> "Preview":
    """What restoring `backup` there would lose. Refusal 'backup.*'."""
    from canteen_pos.services import backups

    return backups.preview(_canteen_file(folder), backup)


def restore(folder: Path, backup: Path) -> "Sequence[str]":
    """Restore the canteen of a data folder; the labels its tills number under from now on. Refusal 'backup.*'."""
    from canteen_pos.services import backups

    return backups.restore(_canteen_file(folder), backup, SystemClock())


def _canteen_file(folder: Path) -> Path:
    if settings.load(folder).database:
        raise refuse("backup.postgres")
    return paths.database_file(folder)


def play_demo(out: Path, *, offscreen: bool) -> list[str]:
    """Drive the real window through a lunch; what went wrong, empty when all is well."""
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out.mkdir(parents=True, exist_ok=True)
    _clear_earlier(out)
    import shutil
    import tempfile

    from canteen_pos.ui.demo_play import play

    with tempfile.TemporaryDirectory(prefix="canteen-demo-") as place:
        folder = Path(place)
        machine = settings.change(folder, language="zh", theme="light")
        logs.start(out)
        application = start_qt(machine)
        clock = FixedClock(DEMO_MOMENT)
        house = TillHouse(folder, machine, clock)
        try:
            troubles = play(application, house, clock, out)
        finally:
            leave(house)
        shutil.copyfile(paths.database_file(folder, "demo"), paths.database_file(out))
        return troubles


def _clear_earlier(out: Path) -> None:
    """What an earlier lunch left in `out`, so that nothing old passes for new; any other file stays.

    Refusal 'machine.out_is_data' for a till's own folder: its books are not to be played with.
    """
    if (out / settings.FILE).exists():
        raise refuse("machine.out_is_data", folder=str(out))
    left = ("screens/*.png", "receipts/*.png", "receipts/*.bin", "canteen.db*", "summary.json")
    for file in (file for pattern in left for file in out.glob(pattern)):
        file.unlink()
