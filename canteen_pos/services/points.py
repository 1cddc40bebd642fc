"""Points for volunteering: earned by the hour or by hand, spent on goods here, on meals at the till."""

import secrets

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.money import half_up
from canteen_pos.services import audit, belonging, settings_store
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import points as rows
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.points import Holder, PointRow

__all__ = ["Holder", "PointRow"]

HISTORY = 100


def for_minutes(minutes: int, points_per_hour: int) -> int:
    """Points for so many minutes of volunteering, half up."""
    return half_up(minutes * points_per_hour, 60)


def earn(desk: Desk, actor: Actor, person_id: int, minutes: int, what: str, request_id: str) -> int:
    """Points for volunteering, at the canteen's rate; how many. Needs 'manage_purses'.

    The same request id again changes nothing. Refusal 'points.nothing', 'points.too_little' (per_hour=),
    'points.reason_needed', 'member.unknown', 'member.left'; a record that was merged means the one that stayed.
    """
    check(actor, "manage_purses")
    with desk.db.write() as conn:
        per_hour = settings_store.load(conn).points_per_hour
        points = for_minutes(typed.count(minutes), per_hour)
        if minutes > 0 and not points:
            raise refuse("points.too_little", per_hour=per_hour)
        return _move(conn, desk, actor, person_id, "earned", points, what, request_id, minutes)


def grant(desk: Desk, actor: Actor, person_id: int, points: int, why: str, request_id: str) -> int:
    """Points by hand (below zero takes a mistake back): kind 'corrected'. Needs 'manage_purses'. As `earn`,
    and 'points.short' (points=, needed=)."""
    check(actor, "manage_purses")
    with desk.db.write() as conn:
        return _move(conn, desk, actor, person_id, "corrected", points, why, request_id)


def redeem(desk: Desk, actor: Actor, person_id: int, points: int, goods: str, request_id: str) -> int:
    """Goods for points: no sale, no money. What is left. Needs 'manage_purses'. Refusals as `grant`."""
    check(actor, "manage_purses")
    if points <= 0:
        raise refuse("points.nothing")
    with desk.db.write() as conn:
        _move(conn, desk, actor, person_id, "goods", -points, goods, request_id)
        return int(belonging.known(conn, person_id)["points"])


def undo(desk: Desk, actor: Actor, entry_id: int) -> int:
    """Take back hours, goods or a correction that was a mistake, the minutes too; the points that moved. Needs
    'manage_purses'. Refusal 'points.not_undone' for any other movement, 'points.undone', 'points.short'."""
    check(actor, "manage_purses")
    with desk.db.write() as conn:
        found = rows.one(conn, entry_id)
        if found is None or not may_undo(found[1]):
            raise refuse("points.not_undone")
        whose, was = found
        person = belonging.known(conn, whose)  # held, so that a second manager waits
        if rows.requested(conn, rows.undoing(entry_id)) is not None:
            raise refuse("points.undone")
        if not rows.move(conn, person["id"], -was.points):
            raise refuse("points.short", points=person["points"], needed=was.points)
        rows.add(
            conn,
            person_id=person["id"],
            kind=was.kind,
            points=-was.points,
            at=desk.clock.now(),
            actor_id=actor.user_id,
            request_id=rows.undoing(entry_id),
            minutes=-was.minutes,
            reason=was.reason,
        )
        facts = {"person_id": person["id"], "points": -was.points, "reason": was.reason}
        audit.log(conn, desk, actor, "points_undone", **facts)
    return -was.points


def may_undo(one: PointRow) -> bool:
    """Whether a movement was somebody's own entry here. What a meal took comes back with its refund."""
    return one.kind in ("earned", "goods", "corrected") and not one.undoes


def balance(desk: Desk, person_id: int) -> int:
    """0 for nobody."""
    with desk.db.read() as conn:
        held = rows.held(conn, person_id)
    return held[1] if held else 0


def history(desk: Desk, actor: Actor, person_id: int) -> tuple[PointRow, ...]:
    """The newest first. Needs 'read_purses'."""
    check(actor, "read_purses")
    with desk.db.read() as conn:
        return rows.history(conn, person_id, HISTORY)


def count(desk: Desk, text: str = "") -> int:
    """How many `page` would find."""
    with desk.db.read() as conn:
        return rows.count_holders(conn, text.strip())


def page(desk: Desk, actor: Actor, text: str, offset: int, limit: int) -> tuple[Holder, ...]:
    """Who has points, or had, the richest first. Needs 'read_purses'."""
    check(actor, "read_purses")
    with desk.db.read() as conn:
        return rows.holders(conn, text.strip(), offset, limit)


def lapse(conn: Connection, desk: Desk, actor: Actor, person_id: int) -> int:
    """All that somebody has ends, inside a transaction; the right was checked. How many there were."""
    held = rows.held(conn, person_id)
    if held is None or not held[1]:
        return 0
    if not rows.move(conn, person_id, -held[1]):
        raise refuse("database.busy")
    rows.add(
        conn,
        person_id=person_id,
        kind="corrected",
        points=-held[1],
        at=desk.clock.now(),
        actor_id=actor.user_id,
        request_id=secrets.token_hex(16),
    )
    return held[1]


def _move(
    conn: Connection,
    desk: Desk,
    actor: Actor,
    person_id: int,
    kind: str,
    points: int,
    reason: str,
    request_id: str,
    minutes: int = 0,
) -> int:
    reason, points = typed.line(reason), typed.count(points)
    if not points or (kind == "earned" and (points < 0 or minutes <= 0)):
        raise refuse("points.nothing")
    if not reason:
        raise refuse("points.reason_needed")
    before = rows.requested(conn, request_id)
    if before is not None:
        if before not in {(person_id, points), (belonging.known(conn, person_id)["id"], points)}:
            raise refuse("points.request_reused")
        return points
    found = belonging.here(conn, desk, person_id) if points > 0 else belonging.known(conn, person_id)
    person_id = found["id"]
    if not rows.move(conn, person_id, points):
        raise refuse("points.short", points=found["points"], needed=-points)
    rows.add(
        conn,
        person_id=person_id,
        kind=kind,
        points=points,
        at=desk.clock.now(),
        actor_id=actor.user_id,
        request_id=request_id,
        minutes=minutes,
        reason=reason,
    )
    audit.log(conn, desk, actor, f"points_{kind}", person_id=person_id, points=points, reason=reason)
    return points
