"""One demo lunch, played in a process of its own, for all tests that look at what it leaves."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest


def canteen_pos(
    *words: str | Path, data: Path | None = None, timeout_s: float = 230
) -> subprocess.CompletedProcess[str]:
    """The program as a user without a screen starts it. Its own data folder never becomes the developer's."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    if data is not None:
        environment |= {"XDG_DATA_HOME": str(data), "HOME": str(data)}
    return subprocess.run(
        [sys.executable, "-m", "canteen_pos", *map(str, words)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=timeout_s,
    )


@dataclass(frozen=True)
class Played:
    """Exit code and words of the program, the folder it left, and the home it had."""

    out: Path
    home: Path
    code: int
    said: str
    complaints: str


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Played:
    """`canteen-pos run` where there is no screen: played once, whichever of xdist's workers comes first."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "lunch"
    end = folder / "end.json"
    try:
        folder.mkdir()
    except FileExistsError:
        while not end.exists():
            time.sleep(0.2)
    else:
        (folder / "home").mkdir()
        (folder / "out" / "screens").mkdir(parents=True)
        for name in ("screens/stuck.png", "screens/mine.txt", "canteen.db-wal"):
            (folder / "out" / name).write_text("of an earlier day")
        done = canteen_pos("run", "--out", folder / "out", data=folder / "home")
        written = folder / "end.new"
        written.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), encoding="utf-8")
        written.rename(end)
    return Played(folder / "out", folder / "home", *json.loads(end.read_text(encoding="utf-8")))
