"""Backups by themselves: to a folder, to an address, on both databases; proved by reading them back."""

import json
import lzma
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import fsspec
import pytest

from canteen_pos import cli, settings, wording
from canteen_pos.clock import FixedClock
from canteen_pos.services import audit, backing_up, backups, shifts, users, verifying
from canteen_pos.services.backing_up import Plan
from canteen_pos.services.backup_worker import BackupWorker
from canteen_pos.services.context import Desk
from canteen_pos.storage.engine import open_database, sqlite_url
from tests.integration.hands import refusal

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def desk_here(house, tmp_path: Path) -> Desk:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "id.key").write_bytes(b"secret")
    return replace(house.desk, folder=folder)


@pytest.fixture
def plan(desk_here: Desk, tmp_path: Path) -> Plan:
    usb = tmp_path / "usb"
    usb.mkdir()
    assert desk_here.folder is not None
    return Plan(desk_here.folder, str(usb))


def _files(plan: Plan) -> list[str]:
    return sorted(file.name for file in Path(plan.to).iterdir())


def test_a_backup_holds_the_books_and_no_key(house, desk_here: Desk, plan: Plan) -> None:
    done = backing_up.run(desk_here, plan)
    (name,) = _files(plan)
    assert done.file == name
    assert done.refusal is None
    with zipfile.ZipFile(Path(plan.to) / name) as packed:
        held = set(packed.namelist())
        about = json.loads(packed.read("about.json"))
    assert held == {"canteen.db", "about.json"}
    assert about["station"] == "T1"
    assert backing_up.last(desk_here) == done


def test_old_copies_go_and_the_others_tills_stay(house, desk_here: Desk, plan: Plan) -> None:
    plan = replace(plan, daily=2, monthly=1)
    other = Path(plan.to) / "canteen-T2-20200101-120000.zip"
    other.write_bytes(b"another till's")
    for _ in range(4):
        backing_up.run(desk_here, plan)
        house.clock.advance(24 * 3600)
    found = backing_up.copies(desk_here, plan)
    assert [copy.at.day for copy in found] == [26, 25]
    assert other.exists()
    assert all(copy.size > 0 for copy in found)


def test_what_arrives_damaged_does_not_count(desk_here: Desk, plan: Plan, monkeypatch) -> None:
    from canteen_pos.storage.places import Place

    put = Place.put

    def bad_disk(self: Place, file: Path, name: str) -> None:
        put(self, file, name)
        target = Path(plan.to) / name
        data = bytearray(target.read_bytes())
        data[len(data) // 2] ^= 0xFF
        target.write_bytes(data)

    monkeypatch.setattr(Place, "put", bad_disk)
    assert refusal(backing_up.run, desk_here, plan).code == "backup.unlike"
    (event,) = audit.recent(desk_here, backing_up.FAILED)
    assert event.body["code"] == "backup.unlike"
    assert audit.recent(desk_here, backing_up.DONE) == ()


@ON_SQLITE
def test_books_with_a_broken_chain_are_not_called_a_backup(lunch, tmp_path: Path) -> None:
    lunch.sell(lunch.order("202"))
    assert lunch.desk.db.path is not None
    with closing(sqlite3.connect(lunch.desk.db.path)) as conn:
        conn.execute("update documents set body = replace(body, '10', '11') where kind = 'sale'")
        conn.commit()
    usb = tmp_path / "usb"
    usb.mkdir()
    desk = replace(lunch.desk, folder=tmp_path)
    assert refusal(backing_up.run, desk, Plan(tmp_path / "x", str(usb))).code == "backup.damaged"


@pytest.mark.parametrize(
    ("to", "code"),
    [("", "backup.nowhere"), ("/nowhere/usb", "backup.no_place"), ("zzz://host/x", "backup.place")],
)
def test_a_place_that_is_none(desk_here: Desk, plan: Plan, to: str, code: str) -> None:
    assert refusal(backing_up.run, desk_here, replace(plan, to=to)).code == code


def test_a_backup_beside_the_books_is_none(house, desk_here: Desk, plan: Plan) -> None:
    assert desk_here.folder is not None
    inside = replace(plan, to=str(desk_here.folder / "copies"))
    assert refusal(backing_up.try_place, house.manager, inside).code == "backup.inside"


def test_an_address_works_like_a_folder(house, desk_here: Desk, plan: Plan, tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.makedirs("/canteen-backups", exist_ok=True)
    away = replace(plan, to="memory://canteen-backups")
    assert backing_up.try_place(house.manager, away) == "memory://canteen-backups"
    done = backing_up.run(desk_here, away)
    (copy,) = backing_up.copies(desk_here, away)
    assert copy.name == done.file
    assert backing_up.fetch(away, copy.name, tmp_path).stat().st_size == copy.size
    memory.rm("/canteen-backups", recursive=True)


def test_a_password_is_never_written_down(desk_here: Desk, plan: Plan) -> None:
    away = replace(plan, to="zzz://pos:geheim@backup.example/till", password="geheim2")
    refusal(backing_up.run, desk_here, away)
    told = str(audit.recent(desk_here, backing_up.FAILED))
    assert "geheim" not in told
    assert "pos@backup.example" in told


def test_when_a_backup_is_due(house, desk_here: Desk, plan: Plan) -> None:
    def due() -> bool:
        return backing_up.is_due(desk_here, plan)

    assert not backing_up.is_due(desk_here, replace(plan, to=""))
    assert due(), "there never was one"
    backing_up.run(desk_here, plan)
    assert not due()
    house.clock.advance(9 * 3600)  # 21:00
    assert not due()
    house.clock.advance(1800)
    assert due(), "the hour came"
    backing_up.run(desk_here, plan)
    house.clock.advance(60)
    assert not due()
    shifts.open(desk_here, house.cashier, 0)
    shifts.close(desk_here, house.cashier, {}, "")
    assert due(), "a shift was closed"
    refusal(backing_up.run, desk_here, replace(plan, to="/nowhere"))
    assert not due(), "not again at once"
    house.clock.advance(15 * 60)
    assert due()


def test_the_worker_backs_up_when_leaving_what_was_sold(lunch, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    data = tmp_path / "data"
    data.mkdir()
    settings.change(data, backup_to=str(usb))
    desk = replace(lunch.desk, folder=data)
    worker = BackupWorker(desk)
    assert worker.turn()
    assert not worker.turn(leaving=True), "nothing was sold since"
    lunch.house.clock.advance(60)
    lunch.sell(lunch.order("202"))
    assert not worker.turn()
    worker.start()
    worker.stop()
    assert [file.name for file in usb.glob("*.zip")] == ["canteen-T1-20261123-120100.zip"], "the day's newest"


def test_a_failing_worker_says_so_and_goes_on(desk_here: Desk, caplog: pytest.LogCaptureFixture) -> None:
    assert desk_here.folder is not None
    settings.change(desk_here.folder, backup_to="/nowhere/usb")
    assert not BackupWorker(desk_here).turn()
    found = backing_up.last(desk_here)
    assert found is not None
    assert found.refusal is not None
    assert "/nowhere/usb" in wording.sentence(found.refusal, "zh")
    assert "backup.no_place" in caplog.text
    caplog.clear()


@ON_SQLITE
def test_a_zip_restores_the_books(lunch, tmp_path: Path) -> None:
    usb, data = tmp_path / "usb", tmp_path / "data"
    usb.mkdir()
    data.mkdir()
    desk = replace(lunch.desk, folder=data)
    done = backing_up.run(desk, Plan(data, str(usb)))
    lunch.house.clock.advance(60)
    lunch.sell(lunch.order("202"))
    assert desk.db.path is not None
    seen = backups.preview(desk.db.url, usb / done.file)
    assert (seen.lost, seen.backup.documents) == (1, done.documents)
    assert seen.gone is not None
    assert seen.gone.by_kind == (("sale", 1, 1000),)
    assert seen.gone.people == 0
    empty = tmp_path / "new machine"
    empty.mkdir()
    backups.restore(sqlite_url(empty / "canteen.db"), usb / done.file, lunch.house.clock)
    restored = Desk(open_database(sqlite_url(empty / "canteen.db")), lunch.house.clock, "T1")
    assert verifying.verify(restored).ok
    assert users.sign_in(restored, "李芳", "1111")
    restored.db.close()


def test_a_zip_of_an_earlier_release_brings_its_pictures(tmp_path: Path) -> None:
    schemas = Path(__file__).parents[1] / "data" / "schemas"
    beside = [file for name in ("photos", "pictures") for file in (schemas / "0002" / name).iterdir()]
    backup, target = tmp_path / "monday.zip", tmp_path / "new machine" / "canteen.db"
    target.parent.mkdir()
    with zipfile.ZipFile(backup, "w") as packed:
        packed.writestr("canteen.db", lzma.decompress((schemas / "0002.db.xz").read_bytes()))
        packed.writestr("about.json", json.dumps({"documents": 1, "pictures": len(beside)}))
        for file in beside:
            packed.write(file, f"{file.parent.name}/{file.name}")
    backups.restore(sqlite_url(target), backup, FixedClock(datetime.fromisoformat("2026-11-23T11:40+08:00")))
    database = open_database(sqlite_url(target))
    with database.read() as conn:
        found = conn.exec_driver_sql("select name, jpeg from pictures").all()
    database.close()
    assert len(beside) >= 2
    assert dict(tuple(row) for row in found) == {file.name: file.read_bytes() for file in beside}
    assert [one.name for one in target.parent.iterdir()] == ["canteen.db"]


def test_a_zip_that_reaches_outside_stays_in_its_folders(tmp_path: Path) -> None:
    from canteen_pos.storage import bundle

    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(evil, "w") as packed:
        for name in ("photos/../../evil.jpg", "../evil.jpg", "photos/a/b.jpg", "id.key", "photos/good.jpg"):
            packed.writestr(name, b"x")
    data = tmp_path / "data"
    data.mkdir()
    bundle.unpack_pictures(evil, data)
    assert [str(file.relative_to(data)) for file in data.rglob("*") if file.is_file()] == ["photos/good.jpg"]


def test_a_backup_of_an_earlier_version_is_previewed_and_restored(tmp_path: Path) -> None:
    """A canteen on today's schema gets the books back that an earlier program backed up."""
    from canteen_pos.app import TillHouse
    from canteen_pos.services import demo
    from canteen_pos.storage import migrating

    clock = FixedClock(datetime.fromisoformat("2026-11-23T11:40+08:00"))
    for packed in sorted((Path(__file__).parents[1] / "data" / "schemas").glob("*.db.xz")):
        backup = tmp_path / packed.stem
        backup.write_bytes(lzma.decompress(packed.read_bytes()))
        folder = tmp_path / packed.stem.replace(".", "-")
        folder.mkdir()
        house = TillHouse(folder, settings.load(folder), clock)
        demo.found_demo(house.desk("canteen"), sales=12)
        house.entered("canteen")
        manager = users.sign_in(house.desk("canteen"), "陈经理", "8888")
        shifts.open(house.desk("canteen"), manager, 0)
        shifts.cash_movement(house.desk("canteen"), manager, 500, "零钱", request_id="m" * 32)
        seen = backups.preview(sqlite_url(folder / "canteen.db"), backup)
        assert seen.gone is not None
        assert "cash_movement" in {kind for kind, _, _ in seen.gone.by_kind}
        labels = house.restore(backup)
        assert all(label.startswith("T") for label in labels)
        desk = house.desk("canteen")
        with desk.db.read() as conn:
            assert migrating.current_revision(conn) == migrating.HEAD
        assert verifying.verify(desk).ok
        assert users.sign_in(desk, "陈经理", "8888").role == "manager"
        house.close()
        assert list(folder.glob("canteen-replaced-*.db")), "what was replaced is kept"


def test_the_command_line_backs_up_by_plan_and_restores_a_zip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from canteen_pos.app import TillHouse
    from canteen_pos.services import demo

    data, usb = tmp_path / "data", tmp_path / "usb"
    for folder in (data, usb):
        folder.mkdir()
    assert cli.call(["backup", "--data", str(data)]) == cli.CANNOT
    house = TillHouse(data, settings.load(data), FixedClock(datetime.fromisoformat("2026-11-23T11:40+08:00")))
    demo.found_demo(house.desk("canteen"), sales=12)
    house.close()
    assert cli.call(["backup", "--data", str(data)]) == cli.CANNOT
    capsys.readouterr()
    settings.change(data, backup_to=str(usb))
    assert cli.call(["backup", "--data", str(data)]) == 0
    assert "read back and whole" in capsys.readouterr().out
    (made,) = usb.glob("canteen-T1-*.zip")
    assert cli.call(["restore", "--data", str(data), str(made)]) == cli.CANNOT
    assert "loses 0 documents" in capsys.readouterr().out
    assert cli.call(["restore", "--data", str(data), str(made), "--yes"]) == 0
    assert cli.call(["backup", "--data", str(data), str(tmp_path / "by-hand.zip")]) == 0
    assert cli.call(["verify", "--data", str(data)]) == 0
