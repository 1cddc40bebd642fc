"""Pictures that somebody chose, of people and of dishes: made small and kept in the database, where every till sees them.

A picture is kept and dropped in the transaction of the row that names it.
"""

import secrets
from pathlib import Path

from canteen_pos.services.context import Desk
from canteen_pos.storage import picture_files
from canteen_pos.storage import pictures as rows
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Connection


def look(source: Path | str) -> bytes:
    """The file's picture as it would be kept, a JPEG; nothing is stored. '' is no picture: b''.

    Takes a blink: before the transaction that keeps it. Refusal 'photo.missing', 'photo.not_picture',
    'photo.too_large' (file=).
    """
    return picture_files.read(Path(source)) if source else b""


def read(desk: Desk, name: str) -> bytes:
    """The JPEG kept under `name`; b'' for '' and for one that is lost."""
    if not name:
        return b""
    with desk.db.read() as conn:
        return rows.read(conn, name)


def keep(conn: Connection, desk: Desk, jpeg: bytes) -> str:
    """The name of what `look` answered, for the row it belongs to; b'' keeps nothing: ''."""
    if not jpeg:
        return ""
    name = secrets.token_hex(8)
    rows.put(conn, name, jpeg, utc_text(desk.clock.now()))
    return name


def drop(conn: Connection, *names: str) -> None:
    """Take pictures away; '' is none."""
    rows.drop(conn, *(name for name in names if name))
