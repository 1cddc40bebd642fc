"""Who works here. A PIN signs in; wrong ones lock the name for longer and longer, restarts included.

The attempt is charged before the slow hash is compared, in a transaction of its own, so guessing on two tills at once
gains nothing and no write lock is held while hashing. Wrong approvals are counted by till and by who asked for them: they
lock that cashier's asking, and no manager out.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from canteen_pos import vault
from canteen_pos.domain import typed
from canteen_pos.domain.errors import Refusal, refuse
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import ROLES, check
from canteen_pos.storage import settings as texts
from canteen_pos.storage import users as rows
from canteen_pos.storage.columns import local_moment, utc_text
from canteen_pos.storage.engine import Conflict, Connection, guarded
from canteen_pos.storage.users import UserRow

FREE_TRIES = 3
FIRST_LOCK_S = 30
LONGEST_LOCK_S = 3600


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    role: str
    active: bool


def all(desk: Desk) -> tuple[User, ...]:  # noqa: A001 - users.all reads well
    """Everybody, in the order they were made, those who left included."""
    with desk.db.read() as conn:
        return tuple(User(row.id, row.name, row.role, row.active) for row in rows.every(conn))


def sign_in(desk: Desk, name_or_id: str | int, pin: str) -> Actor:
    """The actor behind a PIN.

    Refusal 'sign_in.wrong' (also for a name that does not exist, after the same time), 'sign_in.locked' with
    seconds=, also for the wrong PIN that locks.
    """
    with desk.db.read() as conn:
        user = rows.by_id(conn, name_or_id) if isinstance(name_or_id, int) else rows.by_name(conn, name_or_id)
    if user is None or not user.active:
        vault.pin_fits(_nobody(), pin)
        raise refuse("sign_in.wrong")
    locks_s = _charge(desk, user)
    actor = Actor(user.id, user.name, user.role)
    fits = vault.pin_fits(user.pin_hash, pin)
    with desk.db.write() as conn:
        if fits:
            rows.forgive(conn, (user.id,))
        audit.log(conn, desk, actor, "signed_in" if fits else "sign_in_failed")
    if not fits:
        raise _wrong("sign_in.wrong", locks_s)
    return actor


def approve(desk: Desk, actor: Actor, pin: str) -> Actor:
    """`actor` with the approval of the manager whose PIN this is, for one action.

    Refusal 'approve.wrong', 'sign_in.locked' (seconds=), and 'approve.shared' when two managers have that PIN: the log
    could not say who it was.
    """
    locks_s = _charge_asking(desk, actor)
    with desk.db.read() as conn:
        approvers = _approvers(conn)
    found = [user for user in approvers if vault.pin_fits(user.pin_hash, pin)]
    with desk.db.write() as conn:
        if len(found) == 1:
            texts.drop(conn, _asking(desk, actor))
            audit.log(conn, desk, actor, "approved", manager=found[0].name)
        else:
            audit.log(conn, desk, actor, "approval_failed")
    if len(found) != 1:
        raise refuse("approve.shared") if found else _wrong("approve.wrong", locks_s)
    return replace(actor, approved_by=found[0].id)


def create(desk: Desk, actor: Actor, name: str, role: str, pin: str) -> User:
    """A new colleague. Needs 'manage_users'.

    Refusal 'user.name_empty', 'user.name_taken', 'user.role', 'pin.format', 'pin.easy', 'pin.taken'.
    """
    check(actor, "manage_users")
    named(name, role)
    check_new_pin(pin)
    if role == "manager":
        _check_own(desk, pin)
    pin_hash = vault.hash_pin(pin)
    with desk.db.write() as conn:
        user = add(conn, name, role, pin_hash)
        audit.log(conn, desk, actor, "user_created", name=user.name, role=role)
    return user


def add(conn: Connection, name: str, role: str, pin_hash: str) -> User:
    """Inside a transaction; right and PIN were checked. Used for the first manager too."""
    name = named(name, role)
    try:
        with guarded():
            return User(rows.add(conn, name, role, pin_hash), name, role, True)
    except Conflict:
        raise refuse("user.name_taken", name=name) from None


def named(name: str, role: str) -> str:
    """The name as it is kept. Refusal 'user.name_empty', 'user.role'."""
    name = typed.line(name, typed.NAME)
    if not name:
        raise refuse("user.name_empty")
    if role not in ROLES:
        raise refuse("user.role", role=role)
    return name


def change_pin(desk: Desk, actor: Actor, user_id: int, pin: str) -> None:
    """One's own, or anybody's with 'manage_users'; it also ends a lock. Refusal 'pin.*', 'user.unknown'."""
    if actor.user_id != user_id:
        check(actor, "manage_users")
    check_new_pin(pin)
    with desk.db.read() as conn:
        approves = the_user(conn, user_id).role == "manager"
    if approves:
        _check_own(desk, pin, user_id)
    pin_hash = vault.hash_pin(pin)
    with desk.db.write() as conn:
        the_user(conn, user_id)
        rows.change(conn, user_id, pin_hash=pin_hash, failed_count=0, locked_until_utc=None)
        audit.log(conn, desk, actor, "pin_changed", user_id=user_id)


def set_active(desk: Desk, actor: Actor, user_id: int, active: bool) -> None:
    """Somebody leaves or comes back. Needs 'manage_users'.

    Refusal 'user.unknown', 'user.last_manager' when nobody could manage any more.
    """
    check(actor, "manage_users")
    with desk.db.write() as conn:
        rows.hold_managers(conn)
        the_user(conn, user_id)
        audit.log(conn, desk, actor, "user_active", user_id=user_id, active=active)
        rows.change(conn, user_id, active=int(active))
        check_managers(conn)


def check_managers(conn: Connection) -> None:
    """After somebody was changed: is there still a manager? Refusal 'user.last_manager'."""
    if rows.active_managers(conn) == 0:
        raise refuse("user.last_manager")


def the_user(conn: Connection, user_id: int) -> UserRow:
    """Refusal 'user.unknown'."""
    found = rows.by_id(conn, user_id)
    if found is None:
        raise refuse("user.unknown")
    return found


def check_pin(pin: str) -> None:
    """Four to eight digits. Refusal 'pin.format'."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        raise refuse("pin.format")


def check_new_pin(pin: str) -> None:
    """What somebody chooses to sign in with. Refusal 'pin.format', 'pin.easy' for what is guessed first."""
    check_pin(pin)
    steps = {int(right) - int(left) for left, right in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        raise refuse("pin.easy")


def lock_seconds(failed: int) -> int:
    """How long the name is locked after so many wrong PINs in a row: 0, 0, 30, 60, 120 ... at most an hour."""
    if failed < FREE_TRIES:
        return 0
    return int(min(FIRST_LOCK_S * 2 ** (failed - FREE_TRIES), LONGEST_LOCK_S))


def _wrong(code: str, locks_s: int) -> Refusal:
    """A wrong PIN; the one that locks says so at once, and not only the next."""
    return refuse("sign_in.locked", seconds=locks_s) if locks_s else refuse(code)


def _charge(desk: Desk, user: UserRow) -> int:
    """Count one attempt before the PIN is looked at; how long the name is locked should it be wrong."""
    now = desk.clock.now()
    seconds = lock_seconds(user.failed_count + 1)
    until = utc_text(now + timedelta(seconds=seconds)) if seconds else None
    with desk.db.write() as conn:
        if rows.charge_attempt(conn, user.id, utc_text(now), until):
            return seconds
        seconds = _seconds_left(conn, user.id, now)
    raise refuse("sign_in.locked", seconds=seconds)


def _approvers(conn: Connection) -> list[UserRow]:
    return [user for user in rows.every(conn) if user.role == "manager" and user.active]


def _check_own(desk: Desk, pin: str, user_id: int | None = None) -> None:
    """The log says who approved, so no two managers have one PIN. Refusal 'pin.taken', without telling whose."""
    with desk.db.read() as conn:
        others = [user for user in _approvers(conn) if user.id != user_id]
    if any(vault.pin_fits(user.pin_hash, pin) for user in others):
        raise refuse("pin.taken")


def _asking(desk: Desk, actor: Actor) -> str:
    return f"approvals:{desk.station}:{actor.user_id}"


def _charge_asking(desk: Desk, actor: Actor) -> int:
    """The same for a manager's PIN that this cashier asks for at this till. Refusal 'sign_in.locked' (seconds=)."""
    now, key = desk.clock.now(), _asking(desk, actor)
    with desk.db.write() as conn:
        texts.put_first(conn, key, "[0, null]")
        failed, until = json.loads(texts.held(conn, key) or "[0, null]")
        left = (local_moment(until) - now).total_seconds() if until else 0
        if left <= 0:
            seconds = lock_seconds(failed + 1)
            locked = utc_text(now + timedelta(seconds=seconds)) if seconds else None
            texts.put(conn, key, json.dumps([failed + 1, locked]))
            return seconds
        if left > lock_seconds(failed):  # a clock that was wrong: see `_seconds_left`
            left = lock_seconds(failed)
            texts.put(conn, key, json.dumps([failed, utc_text(now + timedelta(seconds=left))]))
    raise refuse("sign_in.locked", seconds=max(1, round(left)))


def _seconds_left(conn: Connection, user_id: int, now: datetime) -> int:
    """How long the name stays locked. A machine whose clock was wrong and was put back must not lock for years: no lock
    lasts longer than its wrong PINs earned, counted anew from now; putting the clock back gains nothing."""
    locked = the_user(conn, user_id)
    until = local_moment(locked.locked_until_utc) if locked.locked_until_utc else now
    longest = lock_seconds(locked.failed_count)
    if (until - now).total_seconds() > longest:
        until = now + timedelta(seconds=longest)
        rows.change(conn, user_id, locked_until_utc=utc_text(until))
    return max(1, round((until - now).total_seconds()))


@lru_cache(maxsize=1)
def _nobody() -> str:
    return vault.hash_pin("00000000")
