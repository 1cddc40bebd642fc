"""The composition root: which house, which file, which till; papers and drawer behind the window."""

import threading
from pathlib import Path

import pytest

from canteen_pos import app, paths, settings
from canteen_pos.clock import FixedClock
from canteen_pos.domain.errors import Refusal
from canteen_pos.printing import virtual
from canteen_pos.services import print_queue, setup
from canteen_pos.services.setup import SetupRequest
from canteen_pos.settings import MachineSettings
from canteen_pos.storage.engine import Database


@pytest.fixture
def house(tmp_path: Path):
    made = app.TillHouse(tmp_path, MachineSettings(station="T3"), FixedClock(app.DEMO_MOMENT))
    yield made
    made.close()


def test_every_kind_of_house_has_a_file_of_its_own(house: app.TillHouse, tmp_path: Path) -> None:
    assert not any(house.founded(kind) for kind in app.HOUSES)
    assert list(tmp_path.iterdir()) == [], "asking makes nothing"
    setup.found_canteen(house.desk("training"), SetupRequest(name="练手", manager="陈", pin="8642"))
    assert [kind for kind in app.HOUSES if house.founded(kind)] == ["training"]
    assert paths.database_file(tmp_path, "training").exists()
    assert not paths.database_file(tmp_path).exists()
    assert (house.desk("training").training, house.desk("canteen").training) == (True, False)
    assert house.desk("canteen").station == "T3"


def test_the_next_start_goes_where_the_last_one_was(house: app.TillHouse, tmp_path: Path) -> None:
    assert house.last() is None
    setup.found_canteen(house.desk("canteen"), SetupRequest(name="我们", manager="陈", pin="8642"))
    assert house.last() == "canteen"
    setup.found_canteen(house.desk("training"), SetupRequest(name="练手", manager="陈", pin="8642"))
    house.entered("training")
    again = app.TillHouse(tmp_path, settings.load(tmp_path))
    assert again.last() == "training"
    again.close()
    paths.database_file(tmp_path, "training").unlink()
    gone = app.TillHouse(tmp_path, settings.load(tmp_path))
    assert gone.last() == "canteen", "a house that is gone is not entered"
    gone.close()


def test_papers_come_out_behind_the_window(house: app.TillHouse) -> None:
    desk = house.desk("demo")
    setup.found_canteen(desk, SetupRequest(name="示范", manager="陈", pin="8642"))
    assert house.printer_health(desk) is None
    house.entered("demo")
    printer = print_queue.status(desk)[0]
    came_out = threading.Event()
    virtual.tray("T3 receipt").subscribe(lambda _ticket: came_out.set())
    print_queue.enqueue_test_page(desk, printer.printer_id)
    house.paper_wanted()
    assert came_out.wait(20)
    house._paper["demo"].stop()  # waits until what was sent is also written down
    assert not print_queue.status(desk)[0].waiting
    assert house.printer_health(desk) == ("ok", "")


def test_verify_looks_at_every_database_of_the_folder(house: app.TillHouse, tmp_path: Path) -> None:
    for kind in ("canteen", "training"):
        setup.found_canteen(house.desk(kind), SetupRequest(name="我们", manager="陈", pin="8642"))
    assert {name: report.ok for name, report in app.verify(tmp_path).items()} == {
        "canteen.db": True,
        "training.db": True,
    }


def test_a_ledger_needs_a_canteen(house: app.TillHouse, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        app.ledger(tmp_path)
    assert caught.value.code == "machine.no_canteen"
    setup.found_canteen(house.desk("canteen"), SetupRequest(name="我们的食堂", manager="陈", pin="8642"))
    assert "我们的食堂" in app.ledger(tmp_path)


@pytest.mark.postgres
def test_several_tills_share_a_canteen_on_postgresql(tmp_path: Path, postgres_database: Database) -> None:
    """The URL stands in till.toml; the folder holds no canteen of its own, and verify looks at the shared one."""
    folders = [tmp_path / station for station in ("T1", "T2")]
    for folder in folders:
        folder.mkdir()
        settings.change(folder, station=folder.name, database=postgres_database.url)
    first, second = (app.TillHouse(folder, settings.load(folder)) for folder in folders)
    try:
        assert not first.founded("canteen")
        setup.found_canteen(first.desk("canteen"), SetupRequest(name="两台一家", manager="陈", pin="8642"))
        assert second.founded("canteen")
        assert second.desk("canteen").station == "T2"
    finally:
        first.close()
        second.close()
    assert [name for name, report in app.verify(folders[1]).items() if report.ok] == ["PostgreSQL"]
    assert not paths.database_file(folders[0]).exists()
