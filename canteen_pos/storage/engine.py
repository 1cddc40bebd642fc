"""One database, SQLite at the till or PostgreSQL for a district, behind two blocks: `read` and `write`."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from canteen_pos.domain.errors import refuse

__all__ = ["Conflict", "Connection", "Database", "guarded", "open_database", "sqlite_file", "sqlite_url"]

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another till's commit before it gives up."""

_SHORTLY_MS = 300
_WRITES = "canteen_writes"
_RESHAPES = "canteen_reshapes"


class Conflict(Exception):
    """A constraint said no. `where` is what the database reported: its name or 'table.column, ...'."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@contextmanager
def guarded() -> Iterator[None]:
    """Turn the driver's integrity error into `Conflict`, so that services need to know no driver.

    On PostgreSQL the transaction is spent afterwards: leave the `write` block with a refusal.
    """
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.orig, "diag", None)
        named = getattr(diagnosis, "constraint_name", None) or str(error.orig)
        raise Conflict(named) from error


class Database:
    """An open database. `read()` sees one consistent moment; `write()` commits when left without an error."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = _engine(url)
        self.is_sqlite: bool = self._engine.dialect.name == "sqlite"
        self._readers = self._engine
        if not self.is_sqlite:
            self._readers = self._engine.execution_options(isolation_level="REPEATABLE READ")
        self._writers = self._engine.execution_options(**{_WRITES: True})

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection on a snapshot; nothing written here lasts."""
        with self._readers.connect() as conn:
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in one durable transaction; any exception rolls all of it back.

        Raises Refusal('database.busy') when another writer held what this one needs for too long, and
        Refusal('database.disk') when the disk is full, read-only or failing: nothing was sold then.
        """
        try:
            with self._writers.begin() as conn:
                yield conn
        except OperationalError as error:
            why = str(error.orig)
            if any(word in why for word in ("locked", "busy", "deadlock")):
                raise refuse("database.busy") from error
            if any(word in why for word in ("full", "disk", "readonly", "No space")):
                raise refuse("database.disk", why=why) from error
            raise

    def empty_journal(self) -> None:
        """SQLite's journal still holds what was overwritten: write it through and cut it. While somebody reads, it stays
        until the next time, or until the last till closes."""
        if not self.is_sqlite:
            return
        connection = self._engine.raw_connection()  # SQLAlchemy would begin first
        try:
            with closing(connection.cursor()) as cursor:
                cursor.execute(f"PRAGMA busy_timeout={_SHORTLY_MS}")
                try:
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:  # the next who borrows this connection waits as long as ever
                    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        finally:
            connection.close()

    @contextmanager
    def reshape(self) -> Iterator[Connection]:
        """Like `write`, for migrations: SQLite makes changed tables again, which foreign keys must not see half way.

        They are checked before the commit; AssertionError names the table in which one points at nothing.
        """
        with self._writers.execution_options(**{_RESHAPES: True}).connect() as conn:
            with conn.begin():
                yield conn
                if self.is_sqlite:
                    lost = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
                    assert lost is None, f"a row of {lost[0] if lost else ''} points at nothing"
            if self.is_sqlite:
                conn.connection.cursor().execute(
                    "PRAGMA foreign_keys=ON"
                )  # past SQLAlchemy, which would begin first

    @property
    def path(self) -> Path | None:
        """The SQLite file, or None on PostgreSQL."""
        name = self._engine.url.database
        return Path(name) if self.is_sqlite and name else None

    def close(self) -> None:
        """Give all connections back; the object is not used afterwards."""
        self._engine.dispose()


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def sqlite_file(url: str) -> Path | None:
    """The file an address names; None for a server."""
    _, found, path = url.partition("sqlite:///")
    return Path(path) if found else None


def open_database(url: str) -> Database:
    """Open `url`, creating or migrating its tables (a SQLite file is backed up first).

    Raises Refusal('database.newer') when a later canteen_pos wrote it, Refusal('database.unreadable') when it
    is not a database of this program.
    """
    from canteen_pos.storage.migrating import bring_up_to_date

    database = Database(url)
    try:
        bring_up_to_date(database)
    except DBAPIError as error:
        database.close()
        raise refuse("database.unreadable", why=str(error.orig)) from error
    except BaseException:
        database.close()
        raise
    return database


def _engine(url: str) -> Engine:
    """Errors tell their statement and never its values, which are people's."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """The driver must not begin by itself: its deferred BEGIN lets two writers lose an update."""
    connection.isolation_level = None
    cursor = connection.cursor()
    _write_ahead(cursor)
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # who is forgotten leaves no bytes behind, a face least of all
        "cache_size=-65536",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Asked again and again: SQLite does not wait when tills that start together all change the journal of a new file."""
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin_sqlite(conn: Connection) -> None:
    options = conn.get_execution_options()
    if options.get(_RESHAPES):
        conn.exec_driver_sql("PRAGMA foreign_keys=OFF")  # without effect once a transaction has begun
    writes = options.get(_WRITES)
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
