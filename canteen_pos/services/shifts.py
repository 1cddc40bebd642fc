"""A cashier's time at one till: float in, blind count out, the difference kept for ever with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from canteen_pos.domain import chain, typed
from canteen_pos.domain.errors import refuse
from canteen_pos.domain.sale import Draft, Entry, PaymentRow, no_meal
from canteen_pos.domain.shift import CashFlow, Drawer, check_close, counted_fen
from canteen_pos.services import audit, documents
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.documents import Recorded
from canteen_pos.services.rights import check, grant
from canteen_pos.storage import events
from canteen_pos.storage import shifts as rows
from canteen_pos.storage.engine import Conflict, Connection, guarded
from canteen_pos.storage.shifts import Sales, Shift

__all__ = ["CashFlow", "ClosedShift", "Sales", "Shift", "XReport"]


@dataclass(frozen=True, slots=True)
class XReport:
    """A shift as it stands: what was sold, how it was paid, who else pays, what should be in the drawer."""

    shift: Shift
    sales: Sales
    by_tender: Mapping[str, int]
    by_fund: Mapping[str, int]
    cash: CashFlow
    no_sales: int
    removed_lines: int

    @property
    def expected_fen(self) -> int:
        return self.cash.expected_fen


@dataclass(frozen=True, slots=True)
class ClosedShift:
    """The end of a shift; `difference_fen` is positive when there was more cash than expected."""

    shift: Shift
    report: XReport
    drawer: Drawer
    next_shift: Shift | None = None

    @property
    def difference_fen(self) -> int:
        return self.drawer.difference_fen


def current(desk: Desk) -> Shift | None:
    """The open shift of this till."""
    with desk.db.read() as conn:
        return rows.current(conn, desk.station)


def recent(desk: Desk, limit: int = 20) -> tuple[Shift, ...]:
    """Shifts of this till, the newest first."""
    with desk.db.read() as conn:
        return rows.recent(conn, desk.station, limit)


def open(desk: Desk, actor: Actor, float_fen: int) -> Shift:  # noqa: A001 - shifts.open reads well
    """Begin with so much cash in the drawer. Needs 'open_shift'. Refusal 'shift.already_open' (cashier=, till=),
    'shift.negative_float'."""
    check(actor, "open_shift")
    with desk.db.read() as conn:
        standing = rows.current(conn, desk.station)
    if standing:
        raise refuse("shift.already_open", cashier=standing.cashier, till=desk.station)
    with desk.db.write() as conn:
        return _begin(conn, desk, actor, float_fen)


def _begin(conn: Connection, desk: Desk, actor: Actor, float_fen: int) -> Shift:
    if typed.amount(float_fen) < 0:
        raise refuse("shift.negative_float")
    label = documents.begin_till(conn, desk)  # a further till begins with its first shift
    if label:
        audit.log(conn, desk, actor, "series_opened", label=label)
    try:
        with guarded():
            shift_id = rows.add(conn, desk.station, actor.user_id, desk.clock.now(), float_fen)
    except Conflict:
        raise refuse("shift.already_open", cashier="", till=desk.station) from None
    audit.log(conn, desk, actor, "shift_opened", shift=shift_id, float_fen=float_fen)
    return _the(conn, shift_id)


def cash_movement(desk: Desk, actor: Actor, fen: int, reason: str, request_id: str) -> Recorded:
    """Cash into the drawer (positive) or out of it (negative) for a reason: change fetched, a supplier paid.

    Needs 'cash_movement'. The same request id again answers with the first document. Refusal 'cash.zero',
    'cash.reason_needed', 'cash.not_that_much', 'shift.none_open', 'sale.id_reused'.
    """
    check(actor, "cash_movement")
    reason, fen = typed.line(reason), typed.amount(fen)
    if fen == 0:
        raise refuse("cash.zero")
    if not reason:
        raise refuse("cash.reason_needed")
    fingerprint = chain.fingerprint({"cash_movement": fen, "reason": reason})
    try:
        with desk.db.write() as conn:
            again = documents.earlier(conn, (request_id,), {request_id: fingerprint}).get(request_id)
            if again:
                return documents.recorded_before(again)
            writer = documents.writer(conn, desk, actor)
            if fen < 0 and rows.cash_flow(conn, _standing(conn, desk)).expected_fen + fen < 0:
                raise refuse("cash.not_that_much")
            with guarded():
                return writer.record(
                    (_cash_draft(desk, request_id, fingerprint, fen, "cash_moved", {"reason": reason}),)
                )[0]
    except Conflict as same_id_at_the_same_time:
        raise refuse("database.busy") from same_id_at_the_same_time


def x_report(desk: Desk, actor: Actor | None = None) -> XReport:
    """The open shift as it stands, as often as wanted. Needs 'x_report' of whoever asks. Refusal 'shift.none_open'.

    It names the expected cash, so the screen of a blind count must not show it before the count.
    """
    if actor is not None:
        check(actor, "x_report")
    with desk.db.read() as conn:
        return _report(conn, _standing(conn, desk))


def report_of(desk: Desk, shift_id: int) -> XReport:
    """The same for any shift, open or closed. Refusal 'shift.unknown'."""
    with desk.db.read() as conn:
        return _report(conn, _the(conn, shift_id))


def close(
    desk: Desk,
    actor: Actor,
    counts: Mapping[int, int],
    reason: str = "",
    verified_by: Actor | None = None,
) -> ClosedShift:
    """Count the drawer by denomination (fen of a piece -> pieces) and end the shift.

    A difference is stored with its reason and booked as cash over or short; it never forbids closing. `verified_by`
    is a second person who signed in and looked. Needs 'close_shift'. Refusal 'shift.none_open', 'shift.verify_oneself',
    'right.missing' for a second person who may not; 'shift.reason_needed' says nothing of the amount.
    """
    check(actor, "close_shift")
    with desk.db.write() as conn:
        return _end(conn, desk, actor, counts, reason, verified_by)


def hand_over(
    desk: Desk,
    actor: Actor,
    counts: Mapping[int, int],
    next_cashier: Actor,
    reason: str = "",
    verified_by: Actor | None = None,
) -> ClosedShift:
    """Close this shift and open the next with what was counted as its float, in one step: the canteen stays open.

    Needs 'close_shift', and 'open_shift' of `next_cashier`. Refusals as in `close` and `open`.
    """
    check(actor, "close_shift")
    check(next_cashier, "open_shift")
    with desk.db.write() as conn:
        ended = _end(conn, desk, actor, counts, reason, verified_by)
        begun = _begin(conn, desk, next_cashier, ended.drawer.counted_fen)
        audit.log(conn, desk, actor, "handed_over", to=next_cashier.name, shift=begun.id)
    return ClosedShift(ended.shift, ended.report, ended.drawer, begun)


def no_sale(desk: Desk, actor: Actor, reason: str) -> None:
    """Log a drawer opening without a sale; the caller kicks the drawer afterwards. Needs 'no_sale'.

    Refusal 'cash.reason_needed'.
    """
    check(actor, "no_sale")
    reason = typed.line(reason)
    if not reason:
        raise refuse("cash.reason_needed")
    with desk.db.write() as conn:
        shift = rows.current(conn, desk.station)
        audit.log(conn, desk, actor, "no_sale", reason=reason, shift=shift.id if shift else None)


def _end(
    conn: Connection,
    desk: Desk,
    actor: Actor,
    counts: Mapping[int, int],
    reason: str,
    verified_by: Actor | None,
) -> ClosedShift:
    writer = documents.writer(conn, desk, actor)  # no sale comes between the sums and the close
    shift, reason = _standing(conn, desk), typed.line(reason)
    _check_verifier(actor, verified_by)
    report = _report(conn, shift)
    drawer = Drawer(expected_fen=report.expected_fen, counted_fen=typed.amount(counted_fen(counts)))
    check_close(drawer, reason)
    if drawer.difference_fen:
        writer.record((_over_or_short(desk, shift, drawer, reason),))
    closed = rows.close(
        conn,
        shift.id,
        closed_by=actor.user_id,
        at=desk.clock.now(),
        expected_fen=drawer.expected_fen,
        counted_fen=drawer.counted_fen,
        reason=reason,
        counts={piece: pieces for piece, pieces in counts.items() if pieces},
        verified_by=verified_by.user_id if verified_by else None,
    )
    if not closed:
        raise refuse("shift.none_open", till=desk.station)
    audit.log(conn, desk, actor, "shift_closed", shift=shift.id, difference_fen=drawer.difference_fen)
    return ClosedShift(_the(conn, shift.id), report, drawer)


def _check_verifier(actor: Actor, verifier: Actor | None) -> None:
    if verifier is None:
        return
    if verifier.user_id == actor.user_id:
        raise refuse("shift.verify_oneself")
    if grant(verifier.role, "verify_shift") is None:
        raise refuse("right.missing", right="verify_shift", role=verifier.role)


def _over_or_short(desk: Desk, shift: Shift, drawer: Drawer, reason: str) -> Draft:
    """Cash over or short has an account of its own. The document is of this shift and comes after its sums."""
    request_id = chain.digest(
        f"shift {shift.id} {shift.station} {shift.opened_at.isoformat()} over or short"
    )[:32]
    fen = drawer.difference_fen
    fingerprint = chain.fingerprint({"over_short": fen, "reason": reason})
    extra = {"reason": reason, "over_short": True}
    return _cash_draft(desk, request_id, fingerprint, fen, rows.OVER_SHORT, extra)


def _cash_draft(
    desk: Desk, request_id: str, fingerprint: str, fen: int, other_side: str, extra: dict[str, object]
) -> Draft:
    return no_meal(
        "cash_movement",
        request_id,
        fen,
        fingerprint=fingerprint,
        payments=(PaymentRow("cash", fen),),
        entries=(Entry(f"cash:{desk.station}", fen), Entry(other_side, -fen)),
        extra=extra,
    )


def _standing(conn: Connection, desk: Desk) -> Shift:
    shift = rows.current(conn, desk.station)
    if shift is None:
        raise refuse("shift.none_open", till=desk.station)
    return shift


def _the(conn: Connection, shift_id: int) -> Shift:
    shift = rows.by_id(conn, shift_id)
    if shift is None:
        raise refuse("shift.unknown", shift=shift_id)
    return shift


def _report(conn: Connection, shift: Shift) -> XReport:
    return XReport(
        shift=shift,
        sales=rows.sales(conn, shift.id),
        by_tender=rows.by_tender(conn, shift.id),
        by_fund=rows.by_fund(conn, shift.id),
        cash=rows.cash_flow(conn, shift),
        no_sales=events.count(conn, shift.station, "no_sale", shift.opened_at, shift.closed_at),
        removed_lines=events.count(conn, shift.station, "line_removed", shift.opened_at, shift.closed_at),
    )
