"""A canteen's file from every schema version still opens, with nothing lost and every amount provable.

`tests/data/schemas/<revision>.db.xz` is a small demo canteen written by the program of that time.
"""

import lzma
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from canteen_pos.clock import FixedClock
from canteen_pos.services import members, users, verifying
from canteen_pos.services.context import Desk
from canteen_pos.storage import migrating
from canteen_pos.storage.engine import Database, open_database, sqlite_url

LUNCH = datetime.fromisoformat("2026-11-23T11:40+08:00")
OLD = sorted((Path(__file__).parents[1] / "data" / "schemas").glob("*.db.xz"))


def _unpacked(packed: Path, folder: Path) -> Path:
    path = folder / "canteen.db"
    path.write_bytes(lzma.decompress(packed.read_bytes()))
    return path


def _counts(path: Path, tables: list[str]) -> dict[str, int]:
    database = Database(sqlite_url(path))
    with database.read() as conn:
        found = {
            name: int(conn.execute(text(f'select count(*) from "{name}"')).scalar() or 0) for name in tables
        }
    database.close()
    return found


def _tables(path: Path) -> list[str]:
    database = Database(sqlite_url(path))
    with database.read() as conn:
        names = conn.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
    database.close()
    return [name for name in names if name not in ("alembic_version", "sqlite_sequence")]


def test_every_earlier_version_has_a_file() -> None:
    assert [packed.name.split(".")[0] for packed in OLD] == list(migrating.KNOWN[:-1])


@pytest.mark.parametrize("packed", OLD, ids=lambda packed: packed.name)
def test_an_old_file_opens_whole(packed: Path, tmp_path: Path) -> None:
    path = _unpacked(packed, tmp_path)
    before = _counts(path, _tables(path))
    assert before["documents"] > 0
    assert before["people"] > 0
    database = open_database(sqlite_url(path))
    desk = Desk(database, FixedClock(LUNCH), "T1")
    with database.read() as conn:
        assert migrating.current_revision(conn) == migrating.HEAD
    assert _counts(path, list(before)) == before
    assert verifying.verify(desk).ok
    assert members.find(desk, "wxl")
    assert users.sign_in(desk, "陈经理", "8888").role == "manager"
    database.close()
    assert path.with_name(f"canteen-before-{migrating.HEAD}.db").exists()


@pytest.mark.parametrize("packed", OLD, ids=lambda packed: packed.name)
def test_foreign_keys_are_checked_again_after_migrating(packed: Path, tmp_path: Path) -> None:
    database = open_database(sqlite_url(_unpacked(packed, tmp_path)))
    with database.write() as conn:
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert conn.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    database.close()
