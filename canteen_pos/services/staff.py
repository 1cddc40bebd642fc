"""The people who work here, as a manager sees them: roles, locks, who was here last."""

from dataclasses import dataclass
from datetime import datetime

from canteen_pos.domain.errors import refuse
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.services.users import check_managers, named, the_user
from canteen_pos.storage import users as rows
from canteen_pos.storage.columns import local_moment
from canteen_pos.storage.engine import Conflict, guarded
from canteen_pos.storage.users import UserRow


@dataclass(frozen=True, slots=True)
class Colleague:
    """`locked_until` while wrong PINs keep the name locked; `last_sign_in` on any till, None for never."""

    id: int
    name: str
    role: str
    active: bool
    failed_count: int
    locked_until: datetime | None
    last_sign_in: datetime | None


def everybody(desk: Desk, actor: Actor) -> tuple[Colleague, ...]:
    """All who work or worked here, those who work here first. Needs 'manage_users'."""
    check(actor, "manage_users")
    with desk.db.read() as conn:
        seen = rows.last_sign_ins(conn)
        found = [_colleague(desk, row, seen.get(row.id)) for row in rows.every(conn)]
    return tuple(sorted(found, key=lambda one: (not one.active, one.id)))


def change(desk: Desk, actor: Actor, user_id: int, *, name: str, role: str) -> None:
    """Another name or role. Needs 'manage_users'.

    Refusal 'user.unknown', 'user.name_empty', 'user.name_taken', 'user.role', 'user.last_manager'.
    """
    check(actor, "manage_users")
    name = named(name, role)
    with desk.db.write() as conn:
        rows.hold_managers(conn)
        before = the_user(conn, user_id)
        if before.name != name:
            audit.log(conn, desk, actor, "user_renamed", user_id=user_id, old=before.name, name=name)
        if before.role != role:
            audit.log(conn, desk, actor, "role_changed", user_id=user_id, old=before.role, role=role)
        try:
            with guarded():
                rows.change(conn, user_id, name=name, role=role)
        except Conflict:
            raise refuse("user.name_taken", name=name) from None
        check_managers(conn)


def unlock(desk: Desk, actor: Actor, user_id: int) -> None:
    """End the lock that wrong PINs brought; the PIN stays. Needs 'manage_users'. Refusal 'user.unknown'."""
    check(actor, "manage_users")
    with desk.db.write() as conn:
        the_user(conn, user_id)
        rows.forgive(conn, (user_id,))
        audit.log(conn, desk, actor, "user_unlocked", user_id=user_id)


def still_works_here(desk: Desk, actor: Actor) -> bool:
    """Whether whom the till knows as `actor` still has that name's role: a manager may have changed it elsewhere."""
    with desk.db.read() as conn:
        row = rows.by_id(conn, actor.user_id)
    return row is not None and row.active and row.role == actor.role


def _colleague(desk: Desk, row: UserRow, seen: datetime | None) -> Colleague:
    until = local_moment(row.locked_until_utc) if row.locked_until_utc else None
    if until is not None and until <= desk.clock.now():
        until = None
    if until is not None:
        until = until.astimezone(desk.clock.now().tzinfo)
    return Colleague(row.id, row.name, row.role, row.active, row.failed_count, until, seen)
