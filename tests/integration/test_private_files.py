"""Files about people are readable by nobody else on the machine, whatever it gives other files."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from canteen_pos import settings
from canteen_pos.app import TillHouse
from canteen_pos.services import exporting, id_key, menu_paper, setup

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folder to the user")


@pytest.fixture
def open_handed() -> Iterator[None]:
    """A machine where new files are everybody's to read."""
    was = os.umask(0o022)
    yield
    os.umask(was)


def everybodys(folder: Path) -> list[str]:
    return [
        file.name
        for file in folder.rglob("*")
        if file.is_file() and stat.S_IMODE(file.stat().st_mode) & 0o077
    ]


def test_what_a_command_writes_is_for_this_user(tmp_path: Path, open_handed: None) -> None:
    house = TillHouse(tmp_path / "data", settings.load(tmp_path))
    (tmp_path / "data").mkdir()
    setup.found_canteen(
        house.desk("canteen"), setup.SetupRequest(name="粮丰社区食堂", manager="陈经理", pin="8642")
    )
    house.close()
    out = tmp_path / "out"
    out.mkdir()
    for words in (
        ("backup", str(out / "a.zip")),
        ("backup", str(out / "a.db")),
        ("ledger", "--out", str(out / "a.txt")),
    ):
        command = [sys.executable, "-m", "canteen_pos", *words, "--data", str(tmp_path / "data")]
        done = subprocess.run(command, check=False, capture_output=True, text=True, umask=0o022, timeout=60)
        assert done.returncode == 0, done.stderr
    assert {"a.db", "a.txt", "a.zip"} <= {file.name for file in out.iterdir()}
    assert everybodys(out) == []


def test_books_of_an_earlier_release_are_closed_to_others(tmp_path: Path, open_handed: None) -> None:
    sqlite3.connect(tmp_path / "canteen.db").execute("pragma journal_mode = wal").connection.close()
    assert everybodys(tmp_path) == ["canteen.db"]
    house = TillHouse(tmp_path, settings.load(tmp_path))
    setup.found_canteen(
        house.desk("canteen"), setup.SetupRequest(name="粮丰社区食堂", manager="陈经理", pin="8642")
    )
    assert (tmp_path / "canteen.db-wal").exists()
    assert [name for name in everybodys(tmp_path) if name.startswith("canteen.db")] == []
    house.close()


def test_a_menu_is_for_everybody(lunch, tmp_path: Path) -> None:
    was = os.umask(0o077)
    file = menu_paper.write_weekly(lunch.desk, lunch.desk.clock.now().date(), "html", tmp_path)
    os.umask(was)
    assert stat.S_IMODE(file.stat().st_mode) == 0o644, "a web server shows it"


def test_the_sheet_and_what_is_handed_over_are_for_this_user(
    lunch, tmp_path: Path, open_handed: None
) -> None:
    (tmp_path / "sheet.pdf").write_bytes(b"of an earlier day")
    id_key.print_sheet(lunch.desk, lunch.manager, tmp_path / "sheet.pdf")
    exporting.export_person(lunch.desk, lunch.manager, lunch.wang.id, tmp_path / "out")
    assert [name for name in everybodys(tmp_path) if name.endswith((".pdf", ".json"))] == []
