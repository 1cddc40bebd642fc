"""A lunch at the demo canteen, played by driving the real window with keys."""

import os
from datetime import datetime
from pathlib import Path

from canteen_pos import logs, paths, settings
from canteen_pos.app.house import TillHouse
from canteen_pos.app.window import leave, start_qt
from canteen_pos.clock import FixedClock
from canteen_pos.domain.errors import refuse

DEMO_MOMENT = datetime.fromisoformat("2026-11-23T11:40:00+08:00")
"""The demo lunch: a Monday and a working day."""


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
