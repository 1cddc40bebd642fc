"""Pictures as rows. Their names are random and stand in `people.photo` and `dishes.picture`."""

from collections.abc import Collection, Iterator

from sqlalchemy import delete, insert, select

from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import dishes, people, pictures


def put(conn: Connection, name: str, jpeg: bytes, at_utc: str) -> None:
    conn.execute(insert(pictures).values(name=name, jpeg=jpeg, kept_at_utc=at_utc))


def read(conn: Connection, name: str) -> bytes:
    """b'' when there is none of that name."""
    found = conn.execute(select(pictures.c.jpeg).where(pictures.c.name == name)).scalar()
    return bytes(found or b"")


def drop(conn: Connection, *names: str) -> None:
    if names:
        conn.execute(delete(pictures).where(pictures.c.name.in_(names)))


def known(conn: Connection, names: Collection[str]) -> set[str]:
    """Those of these names that have a picture."""
    return set(conn.execute(select(pictures.c.name).where(pictures.c.name.in_(names))).scalars())


def named(conn: Connection, names: Collection[str]) -> Iterator[str]:
    """Those of these names that a person or a dish points at."""
    for column in (people.c.photo, dishes.c.picture):
        used = conn.execute(select(column).where(column != "")).scalars()
        yield from (name for name in used if name in names)
