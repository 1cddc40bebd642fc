"""Batches of vouchers: made, given out on paper or to people, listed by state, voided while unused."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from canteen_pos.domain import typed
from canteen_pos.domain.errors import refuse
from canteen_pos.services import audit, belonging, voucher_rules
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.rights import check
from canteen_pos.storage import purses
from canteen_pos.storage import voucher_lists as rows
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Conflict, Connection, guarded
from canteen_pos.storage.voucher_lists import BatchRow, VoucherLine, VoucherState

__all__ = ["BatchRow", "VoucherLine", "VoucherState", "printed"]

MOST = 5_000
"""Vouchers in one batch: more are another batch."""
MOST_FACE_FEN = 100_000
"""A meal voucher of more than a thousand yuan is a slip of the hand."""
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_TRIES = 5


@dataclass(frozen=True, slots=True)
class NewBatch:
    """What to issue. A face-value voucher has `face_fen`, a percent voucher `percent` (and takes off `cap_fen` at most).

    `fund` is who pays it back: a fund, the issuer's own name, OPERATOR for the canteen itself. Paper: `number` vouchers
    with serials; electronic: one each for `people`. `alone`: the issuer refuses a second voucher in the same meal.
    """

    name: str
    issuer: str
    fund: str
    valid_from: date
    valid_to: date
    face_fen: int = 0
    percent: int | None = None
    cap_fen: int | None = None
    medium: Literal["paper", "electronic"] = "paper"
    alone: bool = False
    number: int = 0
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Presented:
    """A voucher as it is put on the table: money (`face_fen`) or a rule (`percent`). `person_id` is who alone may use it."""

    serial: str
    face_fen: int
    percent: int
    cap_fen: int | None
    alone: bool
    person_id: int | None


printed = voucher_rules.printed


def look(desk: Desk, serial: str, day: date) -> Presented | None:
    """What this code is, if it is a voucher at all; None when it is none.

    Refusals for one that may not be used for a meal of `day`: 'voucher.used', 'voucher.voided', 'voucher.not_valid'.
    """
    serial = voucher_rules.printed(serial)
    with desk.db.read() as conn:
        found = purses.vouchers(conn, {serial})
    if serial not in found:
        return None
    one = voucher_rules.usable(found, serial, day)
    return Presented(one.serial, one.face_fen, one.percent, one.cap_fen, bool(one.alone), one.person_id)


def check_beside(
    desk: Desk, serial: str, others: Collection[str], person_id: int | None, day: date, period: str
) -> None:
    """Whether this voucher may lie beside the others of one meal: said when it is presented, not when money is taken.

    Refusal 'voucher.alone' (serial=, other=).
    """
    serial = voucher_rules.printed(serial)
    with desk.db.read() as conn:
        found = purses.vouchers(conn, {serial, *others})
        used = {one.serial: bool(one.alone) for one in found.values()}
        if person_id is not None:
            used |= purses.vouchers_of_meal(conn, person_id, day.isoformat(), period, ())
    voucher_rules.check_together(used)


def exists(desk: Desk, serial: str) -> bool:
    """Whether this code is the serial of a voucher, good or not."""
    serial = voucher_rules.printed(serial)
    with desk.db.read() as conn:
        return serial in purses.vouchers(conn, {serial})


def usable_by(desk: Desk, serials: Sequence[str], person_id: int | None) -> tuple[str, ...]:
    """Those of them that were not given to somebody else."""
    if not serials:
        return ()
    with desk.db.read() as conn:
        found = purses.vouchers(conn, serials)
    return tuple(one for one in serials if one in found and found[one].person_id in (None, person_id))


def issue(desk: Desk, actor: Actor, batch: NewBatch) -> int:
    """Make a batch; its id. Needs 'manage_purses'. Refusals 'voucher.batch_*', 'member.unknown', 'member.left'."""
    check(actor, "manage_purses")
    name, issuer, fund = (typed.line(text, typed.NAME) for text in (batch.name, batch.issuer, batch.fund))
    batch = replace(batch, name=name, issuer=issuer, fund=fund)
    _check(batch, desk.clock.now().date())
    for _ in range(_TRIES):
        try:
            with desk.db.write() as conn:
                return _issue(conn, desk, actor, batch)
        except Conflict:  # a random prefix that exists already
            continue
    raise refuse("database.busy")


def _issue(conn: Connection, desk: Desk, actor: Actor, batch: NewBatch) -> int:
    owners: Sequence[int | None] = [None] * batch.number
    if batch.medium == "electronic":
        people = (belonging.here(conn, desk, person_id)["id"] for person_id in batch.people)
        owners = list(dict.fromkeys(people))  # one each, also for who was enrolled twice
    now = desk.clock.now()
    worth = {
        "issuer": batch.issuer,
        "fund": batch.fund,
        "face_fen": batch.face_fen,
        "percent": batch.percent or 0,
        "cap_fen": batch.cap_fen,
        "alone": int(batch.alone),
        "valid_from": batch.valid_from.isoformat(),
        "valid_to": batch.valid_to.isoformat(),
    }
    made = {
        "name": batch.name,
        "kind": "face" if batch.percent is None else "percent",
        "medium": batch.medium,
        "created_at_utc": utc_text(now),
        "created_by": actor.user_id,
    }
    batch_id = rows.add_batch(conn, {**made, **worth})
    prefix = f"Q{now:%y%m}{''.join(secrets.choice(_LETTERS) for _ in range(4))}"
    with guarded():
        rows.add_vouchers(
            conn,
            [
                {
                    "serial": f"{prefix}{place:04d}{secrets.choice(_LETTERS)}{secrets.choice(_LETTERS)}",
                    "batch_id": batch_id,
                    "person_id": owner,
                    **worth,
                }
                for place, owner in enumerate(owners, start=1)
            ],
        )
    audit.log(conn, desk, actor, "vouchers_issued", batch=batch_id, name=batch.name, number=len(owners))
    return batch_id


def _check(batch: NewBatch, today: date) -> None:
    if not batch.name:
        raise refuse("voucher.batch_name")
    if not batch.issuer:
        raise refuse("voucher.batch_issuer")
    if batch.percent is None and not 0 < batch.face_fen <= MOST_FACE_FEN:
        raise refuse("voucher.batch_face", most_fen=MOST_FACE_FEN)
    if batch.percent is not None and (batch.face_fen or not 1 <= batch.percent <= 100):
        raise refuse("voucher.batch_percent")
    if batch.cap_fen is not None and typed.amount(batch.cap_fen) <= 0:
        raise refuse("voucher.batch_cap")
    if batch.valid_to < batch.valid_from:
        raise refuse("voucher.batch_dates")
    if batch.valid_to < today:
        raise refuse("voucher.batch_over")
    if batch.medium == "electronic" and not batch.people:
        raise refuse("voucher.batch_people")
    number = len(batch.people) if batch.medium == "electronic" else batch.number
    if not 1 <= number <= MOST:
        raise refuse("voucher.batch_count", most=MOST)


def count(desk: Desk, text: str = "", *, in_force: bool = False) -> int:
    """How many batches `page` would find."""
    with desk.db.read() as conn:
        return rows.count_batches(conn, text.strip(), desk.clock.now().date() if in_force else None)


def page(
    desk: Desk, actor: Actor, text: str, offset: int, limit: int, *, in_force: bool = False
) -> tuple[BatchRow, ...]:
    """Batches, the newest first; found by name, issuer or one of their serials. Needs 'read_purses'."""
    check(actor, "read_purses")
    with desk.db.read() as conn:
        on = desk.clock.now().date() if in_force else None
        return rows.batches(conn, text.strip(), on, offset, limit)


def batch_of(desk: Desk, actor: Actor, batch_id: int) -> BatchRow:
    """Needs 'read_purses'. Refusal 'voucher.batch_unknown'."""
    check(actor, "read_purses")
    with desk.db.read() as conn:
        return _the(conn, batch_id)


def listed(
    desk: Desk, actor: Actor, batch_id: int, state: VoucherState | None = None, limit: int | None = None
) -> tuple[VoucherLine, ...]:
    """Vouchers of a batch, by serial. Needs 'read_purses'."""
    check(actor, "read_purses")
    with desk.db.read() as conn:
        return rows.vouchers(conn, desk.clock.now().date(), batch_id=batch_id, state=state, limit=limit)


def of_person(desk: Desk, person_id: int, day: date | None = None) -> tuple[VoucherLine, ...]:
    """Electronic vouchers somebody may use for a meal of `day` (today), the first to expire first; for the till."""
    day = day or desk.clock.now().date()
    with desk.db.read() as conn:
        found = rows.vouchers(conn, day, person_id=person_id, state="unused")
    return tuple(sorted((one for one in found if one.valid_from <= day), key=lambda one: one.valid_to))


def void(desk: Desk, actor: Actor, serial: str, reason: str) -> None:
    """Needs 'manage_purses'. Refusal 'voucher.unknown', 'voucher.void_used', 'voucher.void_reason'."""
    check(actor, "manage_purses")
    reason = typed.line(reason)
    if not reason:
        raise refuse("voucher.void_reason")
    serial = voucher_rules.printed(serial)
    with desk.db.write() as conn:
        if serial not in purses.vouchers(conn, {serial}):
            raise refuse("voucher.unknown", serial=serial)
        if not rows.void(conn, desk.clock.now(), serial=serial):
            raise refuse("voucher.void_used", serial=serial)
        audit.log(conn, desk, actor, "voucher_voided", serial=serial, reason=reason)


def void_unused(desk: Desk, actor: Actor, batch_id: int, reason: str) -> int:
    """Void all that was not used of a batch; how many. Needs 'manage_purses'.

    Refusal 'voucher.batch_unknown', 'voucher.void_reason'.
    """
    check(actor, "manage_purses")
    reason = typed.line(reason)
    if not reason:
        raise refuse("voucher.void_reason")
    with desk.db.write() as conn:
        batch = _the(conn, batch_id)
        number = rows.void(conn, desk.clock.now(), batch_id=batch_id)
        audit.log(
            conn,
            desk,
            actor,
            "vouchers_voided",
            batch=batch_id,
            name=batch.name,
            number=number,
            reason=reason,
        )
    return number


def _the(conn: Connection, batch_id: int) -> BatchRow:
    found = rows.batch(conn, batch_id)
    if found is None:
        raise refuse("voucher.batch_unknown")
    return found
