"""Texts kept by name."""

from sqlalchemy import bindparam, insert, select, update

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import settings

_TEXT = select(settings.c.value).where(settings.c.key == bindparam("wanted"))


def text(conn: Connection, key: str) -> str | None:
    """The stored text, or None."""
    found: str | None = conn.execute(_TEXT, {"wanted": key}).scalar()
    return found


def put(conn: Connection, key: str, value: str) -> None:
    """Write or overwrite."""
    changed = conn.execute(update(settings).where(settings.c.key == key).values(value=value))
    if changed.rowcount == 0:
        conn.execute(insert(settings).values(key=key, value=value))
