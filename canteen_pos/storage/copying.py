"""A canteen's rows carried from one database into another, SQLite or PostgreSQL alike: for backups, restoring, moving."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from sqlalchemy import Connection, Table, func, insert, inspect, select, text
from sqlalchemy.exc import ProgrammingError

from canteen_pos.domain.errors import refuse
from canteen_pos.storage import backup
from canteen_pos.storage.engine import Database, open_database, sqlite_url
from canteen_pos.storage.indexes import metadata
from canteen_pos.storage.migrating import current_revision, migrate

ROWS, REST_S = 100, 0.001
"""So many rows at a time, then a rest: Python's lock goes back to the window before a hand notices (p99 of fifty Qt calls
20 ms instead of 200, and no slower)."""


def to_file(database: Database, target: Path) -> None:
    """One moment of an open canteen as a SQLite file, while tills sell; `target` appears whole or not at all."""
    if database.path is not None:
        backup.back_up(database.path, target)
        return
    half_made = target.with_name(target.name + ".part")
    half_made.unlink(missing_ok=True)
    file = open_database(sqlite_url(half_made))
    try:
        with database.read() as here, file.reshape() as there:
            _copy_rows(here, there)
    finally:
        file.close()
    half_made.replace(target)


def into_server(file: Path, url: str, aside: str) -> None:
    """The canteen in `file` takes the place of the one on a PostgreSQL server, in one transaction.

    What was there stays in the schema `aside` until somebody drops it. Refusals: 'backup.others_connected' (count=)
    while a till is open, 'backup.not_owner' (why=) when the server does not let this user make a schema.
    """
    source, server = Database(sqlite_url(file)), Database(url)
    try:
        with source.read() as here, _allowed(), server.write() as there:
            _nobody_else(there)
            if current_revision(there) is not None:
                _move_aside(there, aside)
            migrate(there)
            with _in_any_order(there):
                _copy_rows(here, there)
            _number_on(there)
    finally:
        source.close()
        server.close()


def _copy_rows(here: Connection, there: Connection) -> None:
    for table in metadata.sorted_tables:
        found = here.execute(select(table).execution_options(yield_per=ROWS)).mappings()
        for part in found.partitions():
            there.execute(insert(table), [dict(row) for row in part])
            sleep(REST_S)


@contextmanager
def _allowed() -> Iterator[None]:
    try:
        yield
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != "42501":  # insufficient_privilege
            raise
        raise refuse("backup.not_owner", why=str(error.orig).splitlines()[0]) from error


def _nobody_else(conn: Connection) -> None:
    """Somebody's connections; the server's own helpers (its vacuum) run for no user."""
    others = conn.execute(
        text(
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and usesysid is not null and pid <> pg_backend_pid()"
        )
    ).scalar_one()
    if others:
        raise refuse("backup.others_connected", count=int(others))


def _move_aside(conn: Connection, aside: str) -> None:
    """Tables take their indexes, keys and counters along; the schema itself stays, with what others may do in it."""
    conn.execute(text(f"create schema {aside}"))
    for table in inspect(conn).get_table_names():
        conn.execute(text(f'alter table "{table}" set schema {aside}'))


@contextmanager
def _in_any_order(conn: Connection) -> Iterator[None]:
    """Rows of one table point at each other (a refund at its sale): those keys are checked at the end."""
    keys = [(table.name, name) for table in metadata.sorted_tables for name in _keys_into(table)]
    for table, key in keys:
        conn.execute(text(f"alter table {table} alter constraint {key} deferrable initially deferred"))
    yield
    conn.execute(text("set constraints all immediate"))
    for table, key in keys:
        conn.execute(text(f"alter table {table} alter constraint {key} not deferrable"))


def _keys_into(table: Table) -> Iterator[str]:
    return (str(key.name) for key in table.foreign_key_constraints if key.referred_table is table)


def _number_on(conn: Connection) -> None:
    """The rows brought their ids: the next ones follow the highest."""
    for table in metadata.sorted_tables:
        for column in table.primary_key.columns:
            sequence = conn.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar_one()
            highest = conn.execute(select(func.max(column))).scalar_one() if sequence else None
            if highest:
                conn.execute(select(func.setval(sequence, highest)))
