"""Process start to the first frame and to the first accepted key, against an empty PySide6 window.

Each start is a process of its own, timed from before it is made. Ours runs `canteen-pos run` whole: command line, settings,
theme, window, then the database and the sign-in screen. The clock is the system's monotonic one, which processes share.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.timing import Row, below, show
from canteen_pos import settings
from canteen_pos.clock import SystemClock

EMPTY = """
import time
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.resize(1366, 768)
window.show()
application.processEvents()
print("frame", time.monotonic_ns())
"""


def run(*, quick: bool) -> None:
    times = 5 if quick else 15
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _found_demo(folder)
        empty, ours = [], []
        for _ in range(
            times + 1
        ):  # in turn, so that both meet the same machine; the first pair warms the disk
            empty.append(_started([sys.executable, "-c", EMPTY], ("frame",)))
            ours.append(_started([sys.executable, "-m", "bench.start_child", str(folder)], ("frame", "key")))
    empty_ms = statistics.median(one["frame"] for one in empty[1:])
    frame_ms = statistics.median(one["frame"] for one in ours[1:])
    key_ms = statistics.median(one["key"] for one in ours[1:])
    show(
        f"Start: median of {times} processes",
        [
            Row("empty PySide6 window, first frame", f"{empty_ms:.0f} ms"),
            Row("the till, first frame", f"{frame_ms:.0f} ms"),
            Row("the till, first accepted key (choosing who signs in)", f"{key_ms:.0f} ms"),
            below("first frame / empty window", frame_ms / empty_ms, 2, "x"),
            below("first accepted key / empty window", key_ms / empty_ms, 4, "x"),
        ],
    )


def _found_demo(folder: Path) -> None:
    from canteen_pos.app import TillHouse
    from canteen_pos.services import demo

    house = TillHouse(folder, settings.change(folder, house="demo"), SystemClock())
    demo.found_demo(house.desk("demo"))
    house.close()


def _started(command: list[str], wanted: tuple[str, ...]) -> dict[str, float]:
    """Milliseconds from before the process was made to each moment it tells of. RuntimeError when it tells nothing."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": os.environ.get("DISPLAY", ":0")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed till has its byte code
    began = time.monotonic_ns()
    told = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=60, cwd=Path.cwd()
    )
    moments = dict(line.split() for line in told.stdout.splitlines() if line.startswith(("frame", "key")))
    if set(moments) != set(wanted):
        raise RuntimeError(f"a start told {told.stdout!r} and {told.stderr[-2000:]!r}")
    return {name: (int(at) - began) / 1e6 for name, at in moments.items()}
