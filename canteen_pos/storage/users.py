"""Staff and their PIN hashes. Wrong attempts are charged before the PIN is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, or_, select, update

from canteen_pos.storage.columns import local_moment
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.tables import events, users


@dataclass(frozen=True, slots=True)
class UserRow:
    id: int
    name: str
    role: str
    pin_hash: str
    active: bool
    failed_count: int
    locked_until_utc: str | None


_MANAGES = select(users.c.role, users.c.active).where(users.c.id == bindparam("user"))


def _row(row: object) -> UserRow:
    values = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001 - the public name of a row's mapping
    return UserRow(**{**values, "active": bool(values["active"])})


def every(conn: Connection) -> tuple[UserRow, ...]:
    return tuple(_row(row) for row in conn.execute(select(users).order_by(users.c.id)))


def by_id(conn: Connection, user_id: int) -> UserRow | None:
    row = conn.execute(select(users).where(users.c.id == user_id)).first()
    return _row(row) if row else None


def by_name(conn: Connection, name: str) -> UserRow | None:
    row = conn.execute(select(users).where(users.c.name == name)).first()
    return _row(row) if row else None


def add(conn: Connection, name: str, role: str, pin_hash: str) -> int:
    """Conflict (inside `guarded`) when the name is taken."""
    made = conn.execute(insert(users).values(name=name, role=role, pin_hash=pin_hash).returning(users.c.id))
    return int(made.scalar_one())


def charge_attempt(conn: Connection, user_id: int, now_utc: str, lock_until_utc: str | None) -> bool:
    """Count one attempt and lock until then; False when the user is locked now and nothing was counted."""
    charged = conn.execute(
        update(users)
        .where(users.c.id == user_id)
        .where(or_(users.c.locked_until_utc.is_(None), users.c.locked_until_utc <= now_utc))
        .values(failed_count=users.c.failed_count + 1, locked_until_utc=lock_until_utc)
    )
    return charged.rowcount == 1


def forgive(conn: Connection, user_ids: tuple[int, ...]) -> None:
    conn.execute(update(users).where(users.c.id.in_(user_ids)).values(failed_count=0, locked_until_utc=None))


def change(conn: Connection, user_id: int, **values: object) -> None:
    conn.execute(update(users).where(users.c.id == user_id).values(**values))


def hold_managers(conn: Connection) -> None:
    """Until the transaction ends nobody else changes who manages, so that two cannot take each other's place away."""
    conn.execute(
        select(users.c.id).where(users.c.role == "manager").order_by(users.c.id).with_for_update()
    ).all()


def active_managers(conn: Connection) -> int:
    wanted = select(func.count()).where(users.c.role == "manager", users.c.active == 1)
    return int(conn.execute(wanted).scalar_one())


def is_manager(conn: Connection, user_id: int) -> bool:
    """Whether they manage here now, in this transaction."""
    row = conn.execute(_MANAGES, {"user": user_id}).first()
    return row is not None and row.role == "manager" and bool(row.active)


def last_sign_ins(conn: Connection) -> Mapping[int, datetime]:
    """When each signed in last, on any till; who never did is not in it."""
    newest = (
        select(func.max(events.c.id))
        .where(events.c.kind == "signed_in")
        .group_by(events.c.actor_id)
        .scalar_subquery()
    )
    wanted = select(events.c.actor_id, events.c.at_utc, events.c.offset_min).where(events.c.id.in_(newest))
    return {row.actor_id: local_moment(row.at_utc, row.offset_min) for row in conn.execute(wanted)}
