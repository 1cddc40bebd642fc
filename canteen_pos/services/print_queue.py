"""What waits to be printed: queued inside the sale's transaction, watched and judged by people.

Printing itself is in `print_worker`. A job is one paper on one printer; its id stays the same at every try.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from canteen_pos.domain.errors import refuse
from canteen_pos.services import audit
from canteen_pos.services.context import Actor, Desk
from canteen_pos.services.printer_setup import serving, the_printer
from canteen_pos.services.rights import check
from canteen_pos.storage import print_jobs as rows
from canteen_pos.storage import sales
from canteen_pos.storage.columns import utc_text
from canteen_pos.storage.engine import Connection
from canteen_pos.storage.print_jobs import JobRow, PrinterRow

__all__ = ["JobRow", "PrinterStatus"]

Kind = Literal["sale", "refund", "top_up", "purse_refund", "account_payment", "kitchen", "shift", "test"]
LIFE_MINUTES: Mapping[str, int] = {
    "kitchen": 15,
    "test": 15,
    "sale": 240,
    "refund": 720,
    "top_up": 720,
    "purse_refund": 720,
    "account_payment": 720,
    "shift": 1440,
}
"""How long a paper is worth printing: a kitchen ticket that comes out at power-on cooks a meal nobody waits for."""


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """A printer as the till shows it. `reason` is a code for `wording` ('' when ok).

    `waiting` counts jobs that will print by themselves, `queued` are those of them that have not started; `asking` are
    jobs that wait for a person: their end is unknown, or they failed.
    """

    printer_id: int
    name: str
    role: str
    state: Literal["ok", "fault", "unknown"]
    reason: str
    waiting: int
    asking: tuple[JobRow, ...]
    queued: tuple[JobRow, ...] = ()


# -- into the queue --------------------------------------------------------------------------------------


def enqueue(conn: Connection, desk: Desk, kind: Kind, document_id: str, copy_no: int = 0) -> tuple[str, ...]:
    """Queue a document's papers in the caller's transaction; ids of the jobs, none without a printer.

    A sale also gives a kitchen ticket on every kitchen printer when it holds dishes made to order; its copies do not.
    """
    printers = rows.station_printers(conn, desk.station)
    jobs = [_job(desk, kind, printer, document_id, copy_no) for printer in serving(printers, "receipt")[:1]]
    kitchens = serving(printers, "kitchen")
    if kind == "sale" and not copy_no and kitchens and sales.made_to_order(conn, document_id):
        jobs += [_job(desk, "kitchen", printer, document_id) for printer in kitchens]
    rows.add(conn, jobs)
    return tuple(job.id for job in jobs)


def enqueue_shift_report(desk: Desk, shift_id: int) -> tuple[str, ...]:
    """Queue the report of a shift: X report while it is open, shift report once closed."""
    payload = {"shift": shift_id, "at": desk.clock.now().isoformat()}
    with desk.db.write() as conn:
        receipt = serving(rows.station_printers(conn, desk.station), "receipt")[:1]
        jobs = [_job(desk, "shift", printer, payload=payload) for printer in receipt]
        rows.add(conn, jobs)
    return tuple(job.id for job in jobs)


def enqueue_test_page(desk: Desk, printer_id: int) -> str:
    """Queue a test page. Refusal 'printer.unknown'."""
    with desk.db.write() as conn:
        job = _job(desk, "test", the_printer(conn, printer_id))
        rows.add(conn, [job])
    return job.id


def reprint(desk: Desk, actor: Actor, document_id: str) -> int:
    """Queue a copy, marked as one and counted; the number of the copy. Needs 'reprint'.

    Of a tender correction it is the sale's. Refusal 'printer.none' when there is nothing to print on,
    'document.unknown', 'print.kind_unknown' for what has no paper.
    """
    check(actor, "reprint")
    with desk.db.write() as conn:
        return _copy(conn, desk, actor, document_id)


def _copy(conn: Connection, desk: Desk, actor: Actor, document_id: str) -> int:
    stored = sales.one(conn, document_id)
    if stored is None:
        raise refuse("document.unknown")
    kind = stored.body["kind"]
    if kind == "tender_correction":  # has no paper of its own
        return _copy(conn, desk, actor, stored.body["refers_to"])
    if kind not in LIFE_MINUTES:
        raise refuse("print.kind_unknown", kind=kind)
    copy_no = rows.count_copy(conn, document_id, actor.user_id, desk.clock.now())
    if not enqueue(conn, desk, kind, document_id, copy_no):
        raise refuse("printer.none")
    audit.log(conn, desk, actor, "reprinted", document=document_id, copy=copy_no)
    return copy_no


def _job(
    desk: Desk,
    kind: Kind,
    printer: PrinterRow,
    document_id: str | None = None,
    copy_no: int = 0,
    payload: dict[str, Any] | None = None,
) -> JobRow:
    now = desk.clock.now()
    return JobRow(
        id=f"{time.time_ns():016x}{secrets.token_hex(8)}",  # sorts by age within one millisecond too
        document_id=document_id,
        printer_id=printer.id,
        kind=kind,
        payload=payload or {},
        copy_no=copy_no,
        status="waiting",
        created_at_utc=utc_text(now),
        expires_at_utc=utc_text(now + timedelta(minutes=LIFE_MINUTES[kind])),
        error="",
        tries=0,
    )


# -- people decide ---------------------------------------------------------------------------------------


def came_out(desk: Desk, actor: Actor, job_id: str) -> None:
    """Somebody looked: the paper is there. Needs 'reprint'. Refusal 'print.not_asking'."""
    _judge(desk, actor, job_id, ("unknown",), "printed")


def drop(desk: Desk, actor: Actor, job_id: str) -> None:
    """Give a paper up, unless it is on its way right now. Needs 'reprint'. Refusal 'print.not_asking'."""
    _judge(desk, actor, job_id, ("waiting", "unknown", "failed"), "dropped")


def print_again(desk: Desk, actor: Actor, job_id: str) -> None:
    """A person wants it again. After an unknown end the first one may exist, so a document's paper comes as a copy.

    Needs 'reprint'. Refusal 'print.not_asking' when the job does not wait for a person.
    """
    check(actor, "reprint")
    now = desk.clock.now()
    with desk.db.write() as conn:
        job = rows.by_id(conn, job_id)
        if job is None or job.status not in ("unknown", "failed", "expired"):
            raise refuse("print.not_asking")
        values: dict[str, Any] = {
            "created_at_utc": utc_text(now),
            "expires_at_utc": utc_text(now + timedelta(minutes=LIFE_MINUTES[job.kind])),
        }
        if job.status == "unknown" and job.document_id is not None:
            is_slip = job.kind != "kitchen"  # a cook's second ticket is no copy of the diner's slip
            counted = rows.count_copy(conn, job.document_id, actor.user_id, now) if is_slip else 0
            values["copy_no"] = counted or job.copy_no + 1
        if not rows.move(conn, job_id, (job.status,), "waiting", **values):
            raise refuse("print.not_asking")
        audit.log(conn, desk, actor, "print_again", job=job_id, was=job.status)


def _judge(desk: Desk, actor: Actor, job_id: str, come_from: tuple[str, ...], status: str) -> None:
    check(actor, "reprint")
    with desk.db.write() as conn:
        if not rows.move(conn, job_id, come_from, status):
            raise refuse("print.not_asking")
        audit.log(conn, desk, actor, f"print_{status}", job=job_id)


# -- how it stands ---------------------------------------------------------------------------------------


def status(desk: Desk) -> tuple[PrinterStatus, ...]:
    """The printers that this till prints on, from the database alone: it asks no printer and is quick.

    A built-in printer whose place a real one has taken shows only while something waits for it.
    """
    with desk.db.read() as conn:
        printers = rows.station_printers(conn, desk.station)
        jobs = rows.open_jobs(conn, desk.station)
    used = {one.id for role in ("receipt", "kitchen") for one in serving(printers, role)}
    used |= {job.printer_id for job in jobs}
    return tuple(
        _status(printer, [job for job in jobs if job.printer_id == printer.id])
        for printer in printers
        if printer.id in used
    )


def _status(printer: PrinterRow, jobs: list[JobRow]) -> PrinterStatus:
    state: Literal["ok", "fault", "unknown"] = "unknown"
    if printer.state in ("ok", "fault"):
        state = "ok" if printer.state == "ok" else "fault"
    return PrinterStatus(
        printer_id=printer.id,
        name=printer.name,
        role=printer.role,
        state=state,
        reason=printer.trouble,
        waiting=sum(job.status in ("waiting", "sending") for job in jobs),
        asking=tuple(job for job in jobs if job.status in ("unknown", "failed")),
        queued=tuple(job for job in jobs if job.status == "waiting"),
    )
