"""Bringing a database to this version: look, back up, migrate. Alembic is imported only if needed."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, inspect, text

from canteen_pos.domain.errors import refuse
from canteen_pos.storage.backup import back_up


class Opened(Protocol):
    """What migrating needs of an open database."""

    @property
    def path(self) -> Path | None: ...
    def read(self) -> AbstractContextManager[Connection]: ...
    def write(self) -> AbstractContextManager[Connection]: ...
    def reshape(self) -> AbstractContextManager[Connection]: ...


HEAD = "0003"
"""The revision this program speaks; a test holds it to the newest file in migrations/versions."""

KNOWN = ("0001", "0002", "0003")
"""Every revision this program can start from, oldest first."""


def bring_up_to_date(database: Opened) -> None:
    """Create or migrate the tables. Refusal('database.newer') when a later version wrote them."""
    with database.read() as conn:
        found = current_revision(conn)
    if found == HEAD:
        return
    if found is not None and found not in KNOWN:
        raise refuse("database.newer", found=found, known=HEAD)
    if found is not None and database.path is not None:
        back_up(database.path, database.path.with_name(f"{database.path.stem}-before-{HEAD}.db"))
    with database.reshape() as conn:
        migrate(conn)


def current_revision(conn: Connection) -> str | None:
    """The revision written in the database, None when it has none."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("select version_num from alembic_version")).scalar()


_ONE_MIGRATES = 20261122
"""Names the lock that tills which start together on one PostgreSQL queue for; SQLite's write lock does the same."""


def migrate(conn: Connection) -> None:
    """Make the tables of this version, or bring them up to it, in the transaction of `conn`."""
    from alembic import command
    from alembic.config import Config

    if conn.dialect.name == "postgresql":
        conn.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _ONE_MIGRATES})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
