"""The till on a screen: Qt started and dressed, the light frame first, everything given back at the end."""

import gc
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from canteen_pos import i18n, logs, settings
from canteen_pos.app.house import TillHouse

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from canteen_pos.ui.main_window import MainWindow
    from canteen_pos.ui.scanner_filter import ScannerFilter

START_MS = 1500
"""What can wait leaves the machine to the window for so long."""


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

    from canteen_pos.ui import qt_words, theme

    i18n.set_language(machine.language)
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("canteen_pos")
    qt_words.speak(machine.language)
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
    timing = ScannerTiming(
        gap_ms=float(machine.scanner_gap_ms), prefix=machine.scanner_prefix, suffix=machine.scanner_suffix
    )
    scanner = ScannerFilter(timing, parent=application)
    application.installEventFilter(scanner)
    scanner.went_through.connect(window.not_typed)
    scanner.scanned.connect(window.scanned)
    QTimer.singleShot(0, lambda: _enter(window, house))
    return window, scanner


def _enter(window: "MainWindow", house: TillHouse) -> None:
    """What cannot be opened (a newer or damaged database, a fault of ours) is said in the window, not in a log alone."""
    from canteen_pos.ui import opening

    with opening.telling(window):
        window.open_house(house, house.last())


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


def _qt_says(kind: object, _context: object, message: str) -> None:
    if "propagateSizeHints" in message:
        return  # the offscreen plugin says so of every window
    name = getattr(kind, "name", "")
    level = {"QtDebugMsg": logging.DEBUG, "QtInfoMsg": logging.INFO, "QtWarningMsg": logging.WARNING}
    logging.getLogger("qt").log(level.get(name, logging.ERROR), "%s", message)
