"""Texts kept by name."""

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy import text as sql

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import settings

_TEXT = select(settings.c.value).where(settings.c.key == bindparam("wanted"))


_HELD = _TEXT.with_for_update()
_FIRST = sql("insert into settings (key, value) values (:key, :value) on conflict do nothing")


def text(conn: Connection, key: str) -> str | None:
    """The stored text, or None."""
    found: str | None = conn.execute(_TEXT, {"wanted": key}).scalar()
    return found


def held(conn: Connection, key: str) -> str | None:
    """The same, nobody else's to change until the transaction ends."""
    found: str | None = conn.execute(_HELD, {"wanted": key}).scalar()
    return found


def put(conn: Connection, key: str, value: str) -> None:
    """Write or overwrite."""
    changed = conn.execute(update(settings).where(settings.c.key == key).values(value=value))
    if changed.rowcount == 0:
        conn.execute(insert(settings).values(key=key, value=value))


def put_first(conn: Connection, key: str, value: str) -> str:
    """Write unless another till was quicker; what stands there now."""
    conn.execute(_FIRST, {"key": key, "value": value})
    return text(conn, key) or ""


def drop(conn: Connection, key: str) -> None:
    conn.execute(delete(settings).where(settings.c.key == key))
